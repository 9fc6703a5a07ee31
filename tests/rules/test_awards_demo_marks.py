"""The marks of the demo fair give exactly the expected ranking, to the last fraction."""

import csv
import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from village.awards import rules
from village.awards.rules import Criterion, Sheet
from village.imports.readers import read_scores

DATA = Path(__file__).parents[2] / "village" / "demo" / "data"
CATEGORIES = json.loads((DATA / "awards.json").read_text(encoding="utf-8"))["awards"]
EXPECTED = list(csv.DictReader((DATA / "awards_expected.csv").read_text(encoding="utf-8").splitlines()))
CHAIR = 1


def number(code: str) -> int:
    """C06 → 6, J1 → 1."""
    return int(code[1:])


def sheets_of(award: str, criteria: dict[str, Criterion]) -> list[Sheet]:
    """The sheets of one category, from the flat file of marks."""
    marks: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    for row in read_scores((DATA / "scores.csv").read_bytes()):
        if row.award_id == award:
            place = marks[number(row.juror_id), number(row.cooperative_id)]
            place[criteria[row.criterion].id] = rules.to_half_points(row.score)
    return [Sheet(juror, nominee, given) for (juror, nominee), given in marks.items()]


@pytest.mark.parametrize("category", CATEGORIES, ids=lambda category: category["id"])
def test_the_marks_give_the_expected_table(category: dict) -> None:
    criteria = {one["code"]: Criterion(place, one["weight"]) for place, one in enumerate(category["criteria"])}
    found = rules.rank_nominees(tuple(criteria.values()), sheets_of(category["id"], criteria), CHAIR)
    table = [
        {
            "award_id": category["id"],
            "rank": str(one.rank),
            "cooperative_id": f"C{one.nominee_id:02d}",
            "mean": rules.decimal_text(one.mean),
            "mean_exact": rules.fraction_text(one.mean),
            "mean_top_criterion": rules.decimal_text(one.heaviest_mean),
            "jurors": str(one.jurors),
            "tied_with_next": str(int(one.tied_with_next)),
        }
        for one in found
    ]
    assert table == [row for row in EXPECTED if row["award_id"] == category["id"]]


def test_the_innovation_award_is_settled_by_its_heaviest_criterion() -> None:
    category = next(one for one in CATEGORIES if one["id"] == "AW3")
    criteria = {one["code"]: Criterion(place, one["weight"]) for place, one in enumerate(category["criteria"])}
    first, second, *_ = rules.rank_nominees(tuple(criteria.values()), sheets_of("AW3", criteria), CHAIR)
    assert (first.mean, first.decided_by) == (second.mean, rules.DecidedBy.HEAVIEST)


def test_a_changed_mark_changes_the_table() -> None:
    category = CATEGORIES[0]
    criteria = {one["code"]: Criterion(place, one["weight"]) for place, one in enumerate(category["criteria"])}
    sheets = sheets_of(category["id"], criteria)
    before = rules.rank_nominees(tuple(criteria.values()), sheets, CHAIR)
    down = dict.fromkeys(sheets[0].marks, 0)
    after = rules.rank_nominees(tuple(criteria.values()), [Sheet(1, before[0].nominee_id, down), *sheets[1:]], CHAIR)
    assert after[0].mean != before[0].mean
    assert Decimal(rules.decimal_text(after[0].mean)) < Decimal(rules.decimal_text(before[0].mean))
