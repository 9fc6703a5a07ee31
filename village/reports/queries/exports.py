"""The rows of the lists that are taken out: a constant number of SQL queries for each list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village.checkin.queries import list_attendance
from village.exhibitors.queries import ice_numbers, list_exhibitors, province_names, sector_names
from village.kit.i18n import LANGS, Lang, pick
from village.kit.tables import Cell, Column, Sheet
from village.people.queries import list_people
from village.people.rules import show_phone
from village.reports.headings import HEADINGS, TITLES, VALUES
from village.reports.queries.boards import get_board
from village.reports.rules import Taken
from village.workshops.queries import list_requests, list_workshops

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from village.editions.queries import EditionView
    from village.people.queries import PersonRow
    from village.reports.rules import Part
    from village.workshops.queries import RegistrationRow, WorkshopRow

_WHO = ("code", "given_ar", "family_ar", "given_fr", "family_fr")
_WHAT = ("session", "title", "day", "starts")
_SHAPES: Mapping[Taken, tuple[str, ...]] = {
    Taken.PEOPLE: (*_WHO, "gender", "category", "organisation", "phone", "email", "lang", "province", "age"),
    Taken.REGISTRATIONS: (
        *_WHAT, *_WHO, "gender", "phone", "status", "channel", "position", "requested", "decided", "note",
    ),
    Taken.WAITING: (*_WHAT, "position", *_WHO, "phone", "status", "requested"),
    Taken.ATTENDANCE: (*_WHAT, *_WHO, "gender", "arrived"),
    Taken.EXHIBITORS: (
        "code", "name_ar", "name_fr", "sector", "province", "ice", "phone", "members", "women_members", "status",
    ),
    Taken.BOARDS: (
        "session", "title", "day", "starts", "ends", "places", "onsite", "online", "waiting", "confirmed", "absent",
        "women", "youth",
    ),
}  # fmt: skip
_WIDTHS = {"title": 44, "name_ar": 34, "name_fr": 34, "email": 28, "note": 40, "organisation": 28, "session": 10}
_FEW = "few"


def gather(
    session: Session, edition: EditionView, kind: Taken, *, lang: Lang, now: datetime, workshop_id: int | None = None
) -> Sheet:
    """Gather a list, with its headings and codes in a language.

    Args:
        session: for reading.
        edition: the fair.
        kind: which list.
        lang: of headings, codes and titles.
        now: an aware instant; whoever did not come is counted after the end of a session.
        workshop_id: the one session whose rows are wanted, where the list has sessions.

    """
    rows = {
        Taken.PEOPLE: lambda: _people(session, edition.id, lang),
        Taken.REGISTRATIONS: lambda: _requests(session, edition.id, lang, workshop_id),
        Taken.WAITING: lambda: _waiting(session, edition.id, lang, workshop_id),
        Taken.ATTENDANCE: lambda: _attendance(session, edition.id, lang, workshop_id),
        Taken.EXHIBITORS: lambda: _exhibitors(session, edition.id, lang),
        Taken.BOARDS: lambda: _boards(session, edition, lang, now),
    }[kind]()
    columns = [Column(HEADINGS[name].say(lang), _WIDTHS.get(name, 18)) for name in _SHAPES[kind]]
    table = [tuple(row[name] for name in _SHAPES[kind]) for row in rows]
    return Sheet(TITLES[kind].say(lang), columns, table, lang, edition.zone)


def _people(session: Session, edition_id: int, lang: Lang) -> Iterable[dict[str, Cell]]:
    for row in list_people(session, edition_id):
        if row.erased:
            continue
        yield {
            **_who(row, lang),
            "category": _value(row.category, lang),
            "organisation": row.organisation,
            "email": row.email,
            "lang": _value(row.lang, lang),
            "province": _province(row.province_code, lang),
            "age": row.age_band,
        }


def _requests(
    session: Session, edition_id: int, lang: Lang, workshop_id: int | None
) -> Iterable[dict[str, Cell]]:
    shops = {row.id: row for row in list_workshops(session, edition_id, statuses=("planned", "cancelled"))}
    people = {row.id: row for row in list_people(session, edition_id)}
    found = [row for row in list_requests(session, edition_id, workshop_id) if row.workshop_id in shops]
    for row in sorted(found, key=lambda row: _time(shops[row.workshop_id])):
        if row.person_id in people:
            yield {**_what(shops[row.workshop_id], lang), **_who(people[row.person_id], lang), **_request(row, lang)}


def _waiting(session: Session, edition_id: int, lang: Lang, workshop_id: int | None) -> Iterable[dict[str, Cell]]:
    waits = {_value(status, lang) for status in ("waitlisted", "offered")}
    return (row for row in _requests(session, edition_id, lang, workshop_id) if row["status"] in waits)


def _attendance(
    session: Session, edition_id: int, lang: Lang, workshop_id: int | None
) -> Iterable[dict[str, Cell]]:
    shops = {row.id: row for row in list_workshops(session, edition_id, statuses=("planned", "cancelled"))}
    people = {row.id: row for row in list_people(session, edition_id)}
    came = [row for row in list_attendance(session, edition_id) if row.workshop_id in shops]
    found = [row for row in came if workshop_id in {None, row.workshop_id}]
    for row in sorted(found, key=lambda row: (_time(shops[row.workshop_id]), row.first_at)):
        if row.person_id in people:
            person = _who(people[row.person_id], lang)
            yield {**_what(shops[row.workshop_id], lang), **person, "arrived": row.first_at}


def _exhibitors(session: Session, edition_id: int, lang: Lang) -> Iterable[dict[str, Cell]]:
    ices = ice_numbers(session, edition_id)
    for row in list_exhibitors(session, edition_id):
        yield {
            "code": row.code,
            "name_ar": row.name_ar,
            "name_fr": row.name_fr,
            "sector": sector_names(row.sector)[LANGS.index(lang)],
            "province": _province(row.province_code, lang),
            "ice": ices.get(row.id),
            "phone": _phone(row.phone),
            "members": row.members,
            "women_members": row.women_members,
            "status": _value(row.status.value, lang),
        }


def _boards(session: Session, edition: EditionView, lang: Lang, now: datetime) -> Iterable[dict[str, Cell]]:
    for one in get_board(session, edition.id, zone=edition.zone, now=now).sessions:
        yield {
            "session": one.code,
            "title": pick(lang, one.title_ar, one.title_fr)[0],
            "day": one.day,
            "starts": one.starts,
            "ends": one.ends,
            "places": one.places,
            "onsite": one.taken_onsite,
            "online": one.taken_online,
            "waiting": one.waiting,
            "confirmed": one.confirmed,
            "absent": one.absent,
            "women": _part(one.women, lang),
            "youth": _part(one.youth, lang),
        }


def _who(row: PersonRow, lang: Lang) -> dict[str, Cell]:
    names = {name: str(getattr(row, name)) for name in _WHO}
    return {**names, "gender": _value(row.gender, lang), "phone": _phone(row.phone)}


def _what(row: WorkshopRow, lang: Lang) -> dict[str, Cell]:
    title = pick(lang, row.title_ar, row.title_fr)[0]
    return {"session": row.code, "title": title, "day": row.day, "starts": row.starts}


def _request(row: RegistrationRow, lang: Lang) -> dict[str, Cell]:
    return {
        "status": _value(row.status, lang),
        "channel": _value(row.channel, lang),
        "position": row.position,
        "requested": row.requested_at,
        "decided": row.decided_at,
        "note": row.reason,
    }


def _part(one: Part, lang: Lang) -> Cell:
    return _value(_FEW, lang) if one.count is None else one.count


def _time(row: WorkshopRow) -> tuple[str, str, str]:
    return row.day.isoformat(), row.starts.isoformat(), row.code


def _value(code: str | None, lang: Lang) -> str | None:
    return VALUES[code].say(lang) if code in VALUES else code


def _phone(number: str | None) -> str | None:
    """As people read it; plain spaces, so that it can be searched for in a spreadsheet."""
    return show_phone(number).replace("\u00a0", " ") if number else None


def _province(code: str | None, lang: Lang) -> str | None:
    return province_names(code)[LANGS.index(lang)] if code else None
