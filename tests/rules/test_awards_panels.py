"""Split panels, votes, lots and nominations: pure rules, with figures that can be checked by hand."""

from __future__ import annotations

import hashlib
import hmac
import json
import random
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from village.awards import rules
from village.awards.rules import Criterion, CriterionKind, DecidedBy, NomineeRule, Panel, Sheet, Terms
from village.awards.rules import lot as ties
from village.kit.called_lot import LotFaulty, commitment_of
from village.kit.canonical import dumps
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from pathlib import Path

MILD, STRICT, LINK = 1, 2, 3
ARGAN, CLAY, HONEY, DATES = 11, 12, 13, 14
ONLY = (Criterion(101, 100),)
SPLIT = Terms(Panel.SPLIT)


def given(juror: int, nominee: int, mark: int) -> Sheet:
    """One sheet with one criterion, in marks on 20."""
    return Sheet(juror, nominee, {101: 2 * mark})


def ranks(sheets: list[Sheet], terms: Terms = SPLIT, criteria: tuple[Criterion, ...] = ONLY) -> list[int]:
    """Nominees, best first."""
    return [one.nominee_id for one in rules.rank_nominees(criteria, sheets, None, terms)]


# Argan and clay were marked by the mild juror and honey and dates by the strict one; one juror marked clay and honey.
# Mild is 3 above the link, strict 3 below: freed of that, honey (12 + 3) stands before argan (16 − 3).
SEASON = [
    given(MILD, ARGAN, 16),
    given(MILD, CLAY, 13),
    given(LINK, CLAY, 10),
    given(LINK, HONEY, 15),
    given(STRICT, HONEY, 12),
    given(STRICT, DATES, 9),
]


def test_a_split_panel_is_freed_of_how_strict_each_juror_is() -> None:
    totals = {(sheet.juror_id, sheet.nominee_id): rules.total(sheet, ONLY) for sheet in SEASON}
    assert rules.juror_effects(totals) == {MILD: 3, STRICT: -3, LINK: 0}
    assert rules.adjusted_means(totals) == {ARGAN: 13, CLAY: 10, HONEY: 15, DATES: 12}
    assert ranks(SEASON) == [HONEY, ARGAN, DATES, CLAY]
    assert ranks(SEASON, Terms()) == [ARGAN, HONEY, CLAY, DATES]
    first = rules.rank_nominees(ONLY, SEASON, None, SPLIT)[0]
    assert (first.mean, first.adjusted) == (Fraction(27, 2), 15)


def test_the_fit_finds_what_was_put_in_whatever_the_pattern() -> None:
    chance = random.Random(7)
    jurors = {juror: Fraction(chance.randint(-9, 9), 3) for juror in range(8)}
    worth = {nominee: Fraction(chance.randint(20, 40), 2) for nominee in range(100, 118)}
    pairs = rules.propose_assignment(list(jurors), list(worth), 3)
    totals = {(juror, nominee): worth[nominee] + jurors[juror] for juror, nominee in pairs}
    effects = rules.juror_effects(totals)
    assert effects is not None
    assert {effects[juror] - jurors[juror] for juror in jurors} == {effects[0] - jurors[0]}
    assert sum(effects[juror] for juror, _ in pairs) == 0
    freed = rules.adjusted_means(totals)
    assert freed is not None
    assert sorted(worth, key=lambda one: (worth[one], one)) == sorted(freed, key=lambda one: (freed[one], one))


def test_on_a_full_panel_taking_the_effects_off_changes_no_order() -> None:
    chance = random.Random(8)
    sheets = [given(juror, nominee, chance.randint(0, 20)) for juror in (1, 2, 3) for nominee in range(20, 26)]
    plain = rules.rank_nominees(ONLY, sheets, None)
    freed = rules.rank_nominees(ONLY, sheets, None, SPLIT)
    assert [(one.nominee_id, one.rank, one.mean) for one in plain] == [
        (one.nominee_id, one.rank, one.adjusted) for one in freed
    ]


def test_groups_that_no_juror_links_are_not_compared() -> None:
    apart = [given(MILD, ARGAN, 16), given(STRICT, HONEY, 12)]
    assert rules.juror_effects({(one.juror_id, one.nominee_id): rules.total(one, ONLY) for one in apart}) is None
    assert [one.adjusted for one in rules.rank_nominees(ONLY, apart, None, SPLIT)] == [None, None]
    pairs = {(MILD, ARGAN), (STRICT, HONEY)}
    (told,) = rules.objections_to_split([MILD, STRICT], [ARGAN, HONEY], pairs, connected=rules.is_connected(pairs))
    assert told.code == "panel_not_linked"
    (told,) = rules.objections_to_split([MILD, STRICT], [ARGAN, CLAY, HONEY], pairs, connected=False)
    assert told.facts == {"nominees": 1}


@pytest.mark.parametrize(("jurors", "nominees", "each"), [(5, 12, 2), (6, 30, 3), (3, 7, 2), (4, 4, 4)])
def test_nominees_are_shared_out_evenly_and_hang_together(jurors: int, nominees: int, each: int) -> None:
    seats, named = list(range(jurors)), list(range(100, 100 + nominees))
    barred = {(0, 100), (1, 101)} if each < jurors else set()
    pairs = rules.propose_assignment(seats, named, each, barred)
    load = [sum(juror == seat for juror, _ in pairs) for seat in seats]
    assert max(load) - min(load) <= 2
    assert {sum(one == nominee for _, one in pairs) for nominee in named} == {each}
    assert not barred & set(pairs)
    assert rules.is_connected(pairs)


def test_an_exact_value_too_long_for_a_number_of_64_bits_is_kept_to_fifteen_places() -> None:
    long = Fraction(2**70 + 1, 2**69)
    assert rules.storable(Fraction(1859, 120)) == Fraction(1859, 120)
    kept = rules.storable(long)
    assert max(kept.numerator, kept.denominator) < 2**63
    assert abs(kept - long) < Fraction(1, 10**15)


def test_the_vote_of_visitors_is_a_weight_beside_the_jury() -> None:
    criteria = (Criterion(101, 80), Criterion(102, 20, CriterionKind.PUBLIC))
    sheets = [given(MILD, ARGAN, 15), given(MILD, CLAY, 14)]
    terms = Terms(votes={ARGAN: 10, CLAY: 40})
    ranked = rules.rank_nominees(criteria, sheets, None, terms)
    # clay: 0.8 × 14 + 0.2 × 20 = 15.2; argan: 0.8 × 15 + 0.2 × 5 = 13
    assert [(one.nominee_id, one.mean, one.votes) for one in ranked] == [
        (CLAY, Fraction(76, 5), 40),
        (ARGAN, Fraction(13), 10),
    ]
    nobody = rules.rank_nominees(criteria, sheets, None, Terms(votes={}))
    assert [(one.nominee_id, one.mean) for one in nobody] == [(ARGAN, 12), (CLAY, Fraction(56, 5))]
    assert [one.code for one in rules.objections_to_marks({101: 4, 102: 4}, criteria)] == ["criterion_unknown"]
    assert rules.heaviest((Criterion(1, 40), Criterion(2, 60, CriterionKind.PUBLIC))).id == 1
    heavy = (Criterion(1, 50), Criterion(2, 50, CriterionKind.PUBLIC))
    assert [one.code for one in rules.objections_to_criteria(heavy, 2, 1)] == ["public_too_heavy"]


def test_a_lot_separates_only_those_who_are_level() -> None:
    level = [given(MILD, one, mark) for one, mark in ((ARGAN, 15), (CLAY, 15), (HONEY, 15), (DATES, 12))]
    assert [one.rank for one in rules.rank_nominees(ONLY, level, None)] == [1, 1, 1, 4]
    drawn = rules.rank_nominees(ONLY, level, None, Terms(lots={HONEY: 0, ARGAN: 1, CLAY: 2}))
    assert [(one.nominee_id, one.rank, one.decided_by) for one in drawn] == [
        (HONEY, 1, DecidedBy.LOT),
        (ARGAN, 2, DecidedBy.LOT),
        (CLAY, 3, DecidedBy.MEAN),
        (DATES, 4, DecidedBy.LAST),
    ]
    assert rules.tie_break(rules.TieRule.LOT)[-1] is DecidedBy.LOT


def tie() -> bytes:
    """The bundle of a lot between two cooperatives, drawn from two numbers."""
    sealed = ties.sealed_tie(
        edition="VS14", category="AW3", number=1, previous=None, rank=1, tickets=["C17", "C06"], seats=2
    )
    witness = [("S1", "1207"), ("S2", "41")]
    drawn = ties.draw_tie(sealed, witness)
    return ties.tie_bundle(
        sealed=sealed, commitment=commitment_of(sealed), witness=witness, seed=drawn.seed, ranking=drawn.ranking
    )


def test_a_lot_for_a_tie_is_recomputed_by_anybody() -> None:
    drawn = ties.verify_tie(tie())
    made = json.loads(tie())
    # By hand: SHA-256 of the canonical inputs, HMAC of each code under it, the smallest first.
    inputs = (
        f'{{"beacon":null,"commitment":"{made["commitment"]}","iteration":0,"secret":null,'
        '"v":"village-draw/1","witness":[["S1","1207"],["S2","41"]]}'
    )
    seed = hashlib.sha256(inputs.encode()).digest()
    keys = {code: hmac.digest(seed, b"ticket:" + code.encode(), "sha256") for code in ("C06", "C17")}
    assert (drawn.seed, drawn.ranking) == (seed.hex(), tuple(sorted(keys, key=keys.__getitem__)))


def test_the_command_for_lots_verifies_a_tie(tmp_path: Path) -> None:
    from village.cli import main

    bundle = tmp_path / "tie.json"
    bundle.write_bytes(tie())
    said = CliRunner().invoke(main, ["verify-lot", str(bundle)])
    assert (said.exit_code, "all follows" in said.output) == (0, True)
    bundle.write_bytes(tie().replace(b"1207", b"1208"))
    said = CliRunner().invoke(main, ["verify-lot", str(bundle)])
    assert (said.exit_code, "seed_wrong" in said.output) == (1, True)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda made: made["sealed"].update(tickets=["C06", "C33"]), "sealed_altered"),
        (lambda made: made["sealed"].update(v="village-tie-lot/2"), "wrong_version"),
        (lambda made: made["witness"].pop(), "witness_missing"),
        (lambda made: made["witness"].reverse(), "witness_missing"),
        (lambda made: made["witness"][0].__setitem__(1, "12a"), "witness_missing"),
        (lambda made: made["witness"][0].__setitem__(1, "1208"), "seed_wrong"),
        (lambda made: made["ranking"].reverse(), "ranking_wrong"),
        (lambda made: made.update(extra=1), "not_canonical"),
    ],
)
def test_a_changed_lot_is_refused_with_its_fault(change, fault: str) -> None:
    made = json.loads(tie())
    change(made)
    with pytest.raises(LotFaulty) as told:
        ties.verify_tie(dumps(made))
    assert told.value.fault == fault


def test_no_byte_of_a_lot_can_be_changed() -> None:
    whole = tie()
    for at in range(len(whole)):
        with pytest.raises(LotFaulty):
            ties.verify_tie(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])


def test_a_sealed_lot_needs_its_form_even_where_its_hash_fits() -> None:
    for wrong in ({"tickets": ["C17", "C06"]}, {"tickets": ["C06"]}, {"seats": ["S1"]}, {"seats": ["S2", "S1"]}):
        made = json.loads(tie())
        made["sealed"].update(wrong)
        made["commitment"] = commitment_of(made["sealed"])
        with pytest.raises(LotFaulty) as told:
            ties.verify_tie(dumps(made))
        assert told.value.fault == "sealed_altered"


@dataclass(frozen=True)
class Named:
    """What a rule looks at in an exhibitor."""

    sector: str = "handicraft"
    branch: str = "pottery"
    province_code: str = "02.113"
    members: int = 20
    is_womens: bool = True
    previous_editions: int = 0


def test_a_rule_names_who_meets_every_condition() -> None:
    tifawine = Named()
    rule = NomineeRule(sectors=("handicraft",), provinces=("02.113",), womens=True, newcomers=True, fewest_members=20)
    assert rule.takes(tifawine)
    for other in (
        {"sector": "honey"},
        {"province_code": "02.411"},
        {"is_womens": False},
        {"previous_editions": 1},
        {"members": 19},
    ):
        assert not rule.takes(replace(tifawine, **other)), other
    assert NomineeRule().asks_nothing
    assert not NomineeRule(branches=("weaving",)).takes(tifawine)


def test_figures_of_a_dossier_are_known_and_whole() -> None:
    assert rules.objections_to_figures({"members": 24, "women": 0}) == []
    told = rules.objections_to_figures({"beauty": 3, "women": -1})
    assert [one.code for one in told] == ["figure_unknown", "figure_wrong"]
    assert all(isinstance(one, Refusal) for one in told)
