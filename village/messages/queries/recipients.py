"""Whom a message reaches: a filter over people, their places and their attendance."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from village.checkin.queries import list_attendance
from village.exhibitors.queries import exhibitor_by_person, list_exhibitors
from village.kit.clock import instant
from village.messages.rules.mailing import Asked, Delegates, Standing
from village.people.queries import list_people
from village.people.queries.consents import list_invitable
from village.workshops.queries import list_workshops
from village.workshops.queries.audience import list_asked

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from village.editions.queries import EditionView
    from village.people.queries import PersonRow
    from village.workshops.queries import WorkshopRow

_HELD = frozenset({Standing.CONFIRMED, Standing.OFFERED, Standing.WAITLISTED})


@dataclass(frozen=True)
class Recipients:
    """The people meant, in order of their code, and the sessions by which each is meant, in order of time."""

    people: tuple[PersonRow, ...]
    sessions: dict[int, tuple[WorkshopRow, ...]] = field(default_factory=dict)


def find_recipients(
    session: Session, edition: EditionView, asked: Asked, now: datetime, *, invitation: bool
) -> Recipients:
    """Find whom a message is for. Nobody who was forgotten or turned out to be somebody else is among them.

    Args:
        session: the database.
        edition: the fair.
        asked: the filter.
        now: a session that ended before it has its no-shows.
        invitation: only those who agreed to be invited.

    """
    workshops = {row.id: row for row in list_workshops(session, edition.id, statuses=("planned", "cancelled"))}
    meant = _by_session(session, edition, asked, workshops, now)
    people = [row for row in list_people(session, edition.id) if not row.erased]
    fits = _traits(session, edition.id, asked)
    if invitation:
        agreed = list_invitable(session, edition.id)
        people = [row for row in people if row.id in agreed]
    found = tuple(row for row in people if (not asked.by_session or row.id in meant) and fits(row))
    order = {number: place for place, number in enumerate(workshops)}
    return Recipients(
        found,
        {
            row.id: tuple(workshops[each] for each in sorted(meant[row.id], key=lambda each: order[each]))
            for row in found
            if row.id in meant
        },
    )


def _by_session(
    session: Session, edition: EditionView, asked: Asked, workshops: dict[int, WorkshopRow], now: datetime
) -> dict[int, set[int]]:
    """Return by person the sessions with which they have to do what is asked; with nothing asked, those they hold."""
    wanted = set(asked.wanted_standings)
    rows = [each for each in list_asked(session, edition.id, asked.workshops) if each.workshop_id in workshops]
    here = {(each.person_id, each.workshop_id) for each in list_attendance(session, edition.id)}
    ended = {row.id for row in workshops.values() if instant(row.day, row.ends, edition.zone) <= now}
    meant: dict[int, set[int]] = defaultdict(set)
    for each in rows:
        was = (each.person_id, each.workshop_id) in here
        is_no_show = each.status == "confirmed" and each.workshop_id in ended and not was
        if (
            each.status in wanted
            or (is_no_show and Standing.NO_SHOW in wanted)
            or (not asked.by_session and each.status in _HELD)
        ):
            meant[each.person_id].add(each.workshop_id)
    if Standing.ATTENDED in wanted:
        for person, workshop in here:
            if workshop in workshops and (not asked.workshops or workshop in asked.workshops):
                meant[person].add(workshop)
    return meant


def _traits(session: Session, edition_id: int, asked: Asked) -> Callable[[PersonRow], bool]:
    """Return whether a person has what is asked besides their places."""
    delegate_of: dict[int, int] = {}
    in_sectors: set[int] = set()
    if asked.delegates is not Delegates.ANY or asked.sectors:
        delegate_of = exhibitor_by_person(session, edition_id)
        in_sectors = {row.id for row in list_exhibitors(session, edition_id) if row.sector in asked.sectors}

    def fits(person: PersonRow) -> bool:
        exhibitor = delegate_of.get(person.id)
        return (
            (not asked.categories or person.category in asked.categories)
            and (not asked.provinces or (person.province_code or "") in asked.provinces)
            and (not asked.langs or person.lang in asked.langs)
            and (not asked.genders or person.gender in asked.genders)
            and (asked.delegates is not Delegates.ONLY or exhibitor is not None)
            and (asked.delegates is not Delegates.NONE or exhibitor is None)
            and (not asked.sectors or exhibitor in in_sectors)
        )

    return fits
