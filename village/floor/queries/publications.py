"""What changed from one public plan to the next, for whom, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from village.exhibitors import queries as exhibitors
from village.floor.models import Hall, PlanChange, PlanPublication, Stand, StandAssignment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from village.exhibitors.queries import ExhibitorRow

Codes = tuple[str, ...]


@dataclass(frozen=True)
class PlaceChange:
    """One exhibitor whose stands changed: codes before and after, and why (see `wording.CHANGES`).

    ``told`` says how it was told (mail, phone), empty while it was not; ``failed`` that a letter did not leave.
    """

    exhibitor: int
    before: Codes
    after: Codes
    why: str
    told: str = ""
    failed: bool = False

    def as_json(self) -> dict[str, Any]:
        """The change as a publication keeps it."""
        return {
            "exhibitor": self.exhibitor,
            "before": list(self.before),
            "after": list(self.after),
            "why": self.why,
            "told": self.told,
        }


@dataclass(frozen=True)
class Published:
    """A publication with its changes; ``first`` has none to tell of."""

    id: int
    number: int
    plan_version: int
    at: datetime
    places: int
    changes: tuple[PlaceChange, ...]

    @property
    def moved(self) -> tuple[PlaceChange, ...]:
        """Those who had a stand and have another one now."""
        return tuple(each for each in self.changes if each.before and each.after)


@dataclass(frozen=True)
class LetterRow:
    """A letter to write: to whom, about what."""

    exhibitor_id: int
    email: str
    why: str
    facts: Mapping[str, Any]


def changes_since(session: Session, hall_id: int) -> list[PlaceChange]:
    """Whose stands differ from the last publication's, in order of the exhibitor's code; everybody before the first.

    The reason is the last step of the plan's history that touched the exhibitor.  Six SQL queries.
    """
    last = session.scalars(
        select(PlanPublication)
        .where(PlanPublication.hall_id == hall_id)
        .order_by(PlanPublication.number.desc())
        .limit(1)
    ).first()
    rows = session.execute(
        select(Stand.id, Stand.code, Stand.closed, StandAssignment.exhibitor_id)
        .outerjoin(StandAssignment, StandAssignment.stand_id == Stand.id)
        .where(Stand.hall_id == hall_id)
        .order_by(Stand.row, Stand.position, Stand.code)
    ).all()
    old = {int(stand): int(who) for stand, who in (last.places if last else [])}
    before, after = _held((row.code, old.get(row.id)) for row in rows), _held((r.code, r.exhibitor_id) for r in rows)
    touched = sorted(who for who in {*before, *after} if before.get(who) != after.get(who))
    if not touched:
        return []
    steps = _last_steps(session, hall_id, last.plan_version if last else 0)
    hall = session.get(Hall, hall_id)
    accepted = {each.id for each in exhibitors.list_placeable(session, hall.edition_id)} if hall else set()
    codes = exhibitors.codes_by_id(session, touched)
    closed = {row.code for row in rows if row.closed}
    known = {row.code for row in rows}
    found = [
        PlaceChange(
            who,
            before.get(who, ()),
            after.get(who, ()),
            _why(who, before.get(who, ()), after.get(who, ()), accepted, known - closed, steps),
        )
        for who in touched
    ]
    return sorted(found, key=lambda each: codes.get(each.exhibitor, ""))


def _held(pairs: Iterable[tuple[str, int | None]]) -> dict[int, Codes]:
    found: dict[int, Codes] = {}
    for code, who in pairs:
        if who is not None:
            found[who] = (*found.get(who, ()), code)
    return found


def _last_steps(session: Session, hall_id: int, version: int) -> dict[int, str]:
    """Code of the last step of the plan's history that touched each exhibitor."""
    query = (
        select(PlanChange.code, PlanChange.steps)
        .where(PlanChange.hall_id == hall_id, PlanChange.version > version)
        .order_by(PlanChange.version)
    )
    found: dict[int, str] = {}
    for code, steps in session.execute(query):
        for _, before, after in steps:
            found.update({who: code for who in (before, after) if who is not None})
    return found


def _why(
    who: int, before: Codes, after: Codes, accepted: set[int], usable: set[str], steps: Mapping[int, str]
) -> str:
    if not before:
        return "placed"
    if who not in accepted:
        return "withdrew"
    if not set(before) <= usable:
        return "stand_lost"
    if not after:
        return "given_up"
    return {"plan.allocated": "better_plan", "stand.swapped": "exchanged"}.get(steps.get(who, ""), "by_hand")


def list_publications(session: Session, hall_id: int) -> list[Published]:
    """Every public plan of a hall, newest first.  One SQL query."""
    query = select(PlanPublication).where(PlanPublication.hall_id == hall_id).order_by(PlanPublication.number.desc())
    return [_published(row) for row in session.scalars(query)]


def find_publication_numbered(session: Session, hall_id: int, number: int) -> Published | None:
    """The public plan of this number, or None."""
    query = select(PlanPublication).where(PlanPublication.hall_id == hall_id, PlanPublication.number == number)
    row = session.scalars(query).one_or_none()
    return _published(row) if row else None


def _published(row: PlanPublication) -> Published:
    changes = tuple(
        PlaceChange(
            int(each["exhibitor"]),
            tuple(each["before"]),
            tuple(each["after"]),
            str(each["why"]),
            str(each.get("told") or ""),
            bool(each.get("failed")),
        )
        for each in row.changes
    )
    return Published(row.id, row.number, row.plan_version, row.at, len(row.places), changes)


def last_news(session: Session, hall_id: int, exhibitor_id: int) -> tuple[int, PlaceChange] | None:
    """The newest publication (its number) that changed an exhibitor's stand after it had one, with the change."""
    for each in list_publications(session, hall_id):
        for change in each.changes:
            if change.exhibitor == exhibitor_id:
                return (each.number, change) if change.before else None
    return None


def concerned(session: Session, changes: Iterable[PlaceChange], edition_id: int) -> dict[int, ExhibitorRow]:
    """The exhibitors of some changes by id.  One SQL query."""
    ids = {each.exhibitor for each in changes}
    return {each.id: each for each in exhibitors.list_exhibitors(session, edition_id) if each.id in ids}


def list_letters(session: Session, publication_id: int) -> list[LetterRow]:
    """The letters of a publication that are still to be written, in order of the exhibitors."""
    row = session.get(PlanPublication, publication_id)
    hall = session.get(Hall, row.hall_id) if row else None
    if row is None or hall is None:
        return []
    shown = _published(row)
    waiting = [each for each in shown.changes if not each.told]
    emails = exhibitors.emails_by_id(session, {each.exhibitor for each in waiting})
    people = concerned(session, waiting, hall.edition_id)
    return [
        LetterRow(each.exhibitor, emails[each.exhibitor], each.why, _letter_facts(people[each.exhibitor], each, shown))
        for each in waiting
        if each.exhibitor in emails and each.exhibitor in people
    ]


def _letter_facts(who: ExhibitorRow, change: PlaceChange, shown: Published) -> dict[str, Any]:
    return {
        "name_ar": who.name_in("ar"),
        "name_fr": who.name_in("fr"),
        "before": " ".join(change.before) or "–",
        "after": " ".join(change.after) or "–",
        "number": shown.number,
    }
