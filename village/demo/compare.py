"""Expected against found. This module alone reads the `*_expected*` files and the figures of the data's README."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from village.audit.queries import verify_log
from village.awards.queries import list_categories, list_standings
from village.awards.rules import decimal_text
from village.badges.queries import badge_figures
from village.certificates.queries import count_certificates
from village.checkin.queries import list_attendance, list_verdicts
from village.draws.queries import get_draw_by_code, list_entrants, make_bundle, make_pins
from village.exhibitors.queries import ids_by_code
from village.floor.allocation import score
from village.floor.queries import explain_plan, find_latest_run, load_plan, load_problem
from village.people.queries import list_people
from village.workshops.queries import ids_by_code as workshop_ids
from village.workshops.queries import list_workshops

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy.orm import Session

    from village.demo.stage import Stage
    from village.kit.db import Json

# Figures that the data's README states in words.
STANDS, COST, BADGES, CERTIFICATES = 56, 130, 600, 491
_SHOWN = 5
VERIFIER = Path(__file__).parents[1] / "draws" / "verify_draw.py"


@dataclass(frozen=True)
class Comparison:
    """One figure as expected and as found, with the first few rows that differ."""

    what: str
    expected: Json
    found: Json
    differences: list[Json] = field(default_factory=list)

    @property
    def same(self) -> bool:
        """Whether they are equal."""
        return self.expected == self.found and not self.differences


def compare(stage: Stage) -> list[Comparison]:
    """Compare every result of the fair that has an expected one."""
    parts: tuple[Callable[[Stage, Session], list[Comparison]], ...] = (
        _stands,
        _registrations,
        _check_in,
        _awards,
        _draw,
        _papers,
        _audit,
    )
    with stage.session() as session:
        return [each for part in parts for each in part(stage, session)]


def _rows(stage: Stage, name: str) -> list[dict[str, str]]:
    with (stage.source.folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _mapping(what: str, expected: Mapping[str, Any], found: Mapping[str, Any]) -> Comparison:
    """Compare two tables row by row; the figures shown are the rows that agree."""
    keys = sorted({*expected, *found})
    differing = [key for key in keys if expected.get(key) != found.get(key)]
    sample: list[Json] = [
        {"row": key, "expected": expected.get(key), "found": found.get(key)} for key in differing[:_SHOWN]
    ]
    return Comparison(what, len(expected), len(keys) - len(differing), sample)


def _stands(stage: Stage, session: Session) -> list[Comparison]:
    plan = load_plan(session, stage.edition_id)
    run = find_latest_run(session, plan.hall.id) if plan else None
    if plan is None or run is None:
        return [Comparison("stands given", STANDS, 0)]
    places = plan.places
    judged = score(load_problem(session, plan.hall.id), places)
    explained = explain_plan(session, plan.hall.id, places)
    return [
        Comparison("stands given", STANDS, len(places)),
        Comparison("placements with a reason", STANDS, sum(bool(explained.get(code)) for code in places)),
        Comparison("hard needs not met", 0, len(judged.broken)),
        Comparison("cost of the plan, as judged", COST, judged.total),
        Comparison("best possible cost, as proven", COST, run.bound if run.proven else None),
    ]


def _registrations(stage: Stage, session: Session) -> list[Comparison]:
    expected = {row["seq"]: row["result"] for row in _rows(stage, "registration_expected.csv")}
    sums = {
        row["workshop_id"]: {
            "confirmed": int(row["confirmed"]),
            "waitlisted": int(row["waitlisted"]),
            "capacity": int(row["capacity"]),
        }
        for row in _rows(stage, "registration_final_counts.csv")
    }
    found = {
        row.code: {"confirmed": row.taken, "waitlisted": row.waiting, "capacity": row.capacity}
        for row in list_workshops(session, stage.edition_id)
    }
    return [
        _mapping("registrations, request by request", expected, stage.outcomes("registrations")),
        _mapping("places of each workshop", sums, found),
    ]


def _check_in(stage: Stage, session: Session) -> list[Comparison]:
    truth = json.loads((stage.source.folder / "scans_expected.json").read_text(encoding="utf-8"))
    expected = {row.id: truth["kinds"].get(row.id, "registered") for row in stage.source.scans}
    verdicts = list_verdicts(session, stage.edition_id)
    attended = list_attendance(session, stage.edition_id)
    codes = {number: code for code, number in workshop_ids(session, stage.edition_id).items()}
    people = {row.person_id for row in attended}
    women = [row for row in list_people(session, stage.edition_id) if row.id in people and row.gender == "f"]
    by_workshop = dict(sorted(Counter(codes[row.workshop_id] for row in attended).items()))
    return [
        _mapping("scans, one by one", expected, verdicts),
        _mapping("the same scans by signed codes", expected, stage.outcomes("rehearsal")),
        _mapping("attendance of each workshop", truth["by_workshop"], by_workshop),
        Comparison("people who came", truth["distinct_people"], len(people)),
        Comparison("women among them", truth["distinct_women"], len(women)),
    ]


def _awards(stage: Stage, session: Session) -> list[Comparison]:
    codes = {number: code for code, number in ids_by_code(session, stage.edition_id).items()}
    categories = {row.id: row.code for row in list_categories(session, stage.edition_id)}
    expected = {f"{row['award_id']} {row['cooperative_id']}": dict(row) for row in _rows(stage, "awards_expected.csv")}
    found = {
        f"{categories[category]} {codes[row.exhibitor_id]}": {
            "award_id": categories[category],
            "rank": str(row.rank),
            "cooperative_id": codes[row.exhibitor_id],
            "mean": decimal_text(row.mean, 6),
            "mean_exact": row.mean_exact,
            "mean_top_criterion": decimal_text(row.heaviest_mean, 6),
            "jurors": str(row.jurors),
            "tied_with_next": str(int(row.tied_with_next)),
        }
        for category, rows in list_standings(session, stage.edition_id).items()
        for row in rows
    }
    return [_mapping("awards, nominee by nominee", expected, found)]


def _draw(stage: Stage, session: Session) -> list[Comparison]:
    plan = stage.source.json("draw.json")
    view = get_draw_by_code(session, stage.edition_id, plan["id"])
    rows = list_entrants(session, view)
    left_out = {row.code: row.reasons[0].value for row in rows if row.reasons}
    verdict = _run_verifier(make_bundle(session, view.id), make_pins(session, view.id))
    return [
        _mapping(
            "tickets of the draw",
            dict.fromkeys(plan["eligible"], "ticket"),
            {row.code: "ticket" for row in rows if not row.reasons},
        ),
        _mapping(
            "left out of the draw",
            {each["cooperative_id"]: each["reason"] for each in plan["excluded"]},
            left_out,
        ),
        Comparison("places drawn", plan["winners"] + plan["substitutes"], len(view.picks)),
        Comparison("verify_draw.py on the bundle", "drawn, pinned", verdict),
    ]


def _run_verifier(bundle: bytes, pins: bytes) -> str:
    """Give the bundle to the stand-alone program, in a process of its own, as a stranger would."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "bundle.json").write_bytes(bundle)
        (Path(folder) / "keys.json").write_bytes(pins)
        command = [sys.executable, "-I", str(VERIFIER), "bundle.json", "--pin", "keys.json", "--json"]
        answer = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    try:
        said = json.loads(answer.stdout)
    except json.JSONDecodeError:
        return answer.stderr.strip()[-200:] or "no answer"
    return said["code"] if said["verdict"] == "refused" else f"{said['verdict']}, {said['mode']}"


def _papers(stage: Stage, session: Session) -> list[Comparison]:
    return [
        Comparison("badges made", BADGES, badge_figures(session, stage.edition_id).active),
        Comparison("certificates earned", CERTIFICATES, count_certificates(session, stage.edition_id)),
    ]


def _audit(stage: Stage, session: Session) -> list[Comparison]:
    found = verify_log(session, stage.parts.keys)
    return [Comparison("audit log recomputed", "sound", "sound" if found.ok else [each.code for each in found.faults])]
