"""Badges as files: what the printer gets, gathered from persons, affiliations and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from village.badges.queries import digits_for, list_badges
from village.badges.rules import Affiliation
from village.badges.sheets import BadgeToPrint, Heading, write_sheets
from village.people.queries import list_people

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from sqlalchemy.orm import Session

    from village.editions.queries import EditionView
    from village.kit.signing import Keyring


def sheets_key(edition: EditionView, job_id: int) -> str:
    """Storage key of the sheets that a print job writes."""
    return f"badges/{edition.code}/sheets-{job_id}.pdf"


def collect(
    session: Session,
    edition: EditionView,
    badge_ids: Iterable[int],
    keys: Keyring,
    affiliations: Mapping[int, Affiliation],
) -> list[BadgeToPrint]:
    """Gather what the badges show, in the order of handing out: by kind, stand, organisation, then code."""
    wanted = set(badge_ids)
    people = {person.id: person for person in list_people(session, edition.id)}
    none = Affiliation()

    def place(badge: Any) -> tuple[Any, ...]:
        belongs = affiliations.get(badge.person_id, none)
        return (badge.kind, not belongs.stand, belongs.stand, belongs.org_fr, people[badge.person_id].code)

    badges = [badge for badge in list_badges(session, edition.id) if badge.id in wanted]
    return [
        BadgeToPrint(
            kind=badge.kind,
            name_ar=people[badge.person_id].name_ar,
            name_fr=people[badge.person_id].name_fr,
            short_code=badge.short_code,
            digits=digits_for(badge, edition.number, keys),
            affiliation=affiliations.get(badge.person_id, none),
        )
        for badge in sorted(badges, key=place)
    ]


def write_badges(
    session: Session,
    edition: EditionView,
    badge_ids: Iterable[int],
    path: Path,
    *,
    keys: Keyring,
    address: str,
    affiliations: Mapping[int, Affiliation],
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> int:
    """Write sheets of these badges; returns how many badges they hold."""
    badges = collect(session, edition, badge_ids, keys, affiliations)
    write_sheets(badges, Heading(edition.name_ar, edition.name_fr, address), path, progress)
    return len(badges)
