"""The programme and a person's agenda as calendar files (iCalendar, RFC 5545; NAME and COLOR of RFC 7986).

Times are the wall times of the fair with the zone described in the file itself, from the pinned zone data: a telephone
with older data would otherwise show every session an hour off.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from icalendar import Calendar, Event, Timezone, vText, vUri

from village.kit.clock import zone
from village.kit.i18n import Words, pick
from village.workshops.rules import KINDS, LANGS, THEMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from village.editions.queries import EditionView
    from village.kit.i18n import Lang
    from village.workshops.queries import AgendaEntry, WorkshopRow

MIMETYPE = "text/calendar"
# Calendars ask again after so long; places and rooms seldom change faster.
ASK_AGAIN = timedelta(hours=1)
LED_BY = Words(ar="تأطير: {names}", fr="Animation : {names}", en="Led by: {names}")
PROGRAMME = Words(ar="البرنامج", fr="Programme", en="Programme")
MY_AGENDA = Words(ar="ورشاتي", fr="Mes ateliers", en="My workshops")
ONLINE = Words(ar="عن بعد", fr="À distance", en="Online")
NO_ROOM = Words(ar="القاعة تحدد لاحقا", fr="Salle à préciser", en="Room to be named")
JOIN = Words(ar="رابط المشاركة: {link}", fr="Lien pour participer : {link}", en="Link to join: {link}")
WAITING = Words(
    ar="لائحة الانتظار، الرقم {n}. لم يتأكد مقعدكم بعد.",
    fr="Liste d’attente, numéro {n}. Votre place n’est pas encore confirmée.",
    en="Waiting list, number {n}. Your place is not confirmed yet.",
)
OFFERED = Words(
    ar="مكان معروض عليكم: أجيبوا في صفحتكم.",
    fr="Une place vous est proposée : répondez sur votre page.",
    en="A place is offered to you: answer on your page.",
)
CANCELLED = Words(ar="ألغي تسجيلكم.", fr="Votre inscription est annulée.", en="Your registration is cancelled.")
OFF = Words(ar="ألغيت هذه الحصة.", fr="Cette séance est annulée.", en="This session is cancelled.")
AIMS = Words(ar="الأهداف: {aims}", fr="Objectifs : {aims}", en="Aims: {aims}")
SPOKEN = Words(ar="لغة الحصة: {langs}", fr="Langue de la séance : {langs}", en="Spoken: {langs}")
_STATUS = {"confirmed": "CONFIRMED", "offered": "TENTATIVE", "waitlisted": "TENTATIVE", "cancelled": "CANCELLED"}


@dataclass(frozen=True)
class Addresses:
    """Where things are online, as whole addresses with `{code}` in the place of a session's code.

    `join` leads somebody confirmed online into the session and stands in their own calendar alone.
    """

    session: str
    join: str = ""


def programme_calendar(
    edition: EditionView, rows: Sequence[WorkshopRow], lang: Lang, addresses: Addresses, now: datetime
) -> bytes:
    """Write sessions as a calendar.

    Args:
        edition: the fair.
        rows: the sessions; none makes an empty calendar.
        lang: the reader's language; titles stand in both scripts.
        addresses: where the sessions are online.
        now: when the file is made (aware).

    """
    calendar = _calendar(edition, PROGRAMME.say(lang), lang, [row.day for row in rows])
    for row in rows:
        event = _event(edition, row, lang, addresses, now)
        event.add("status", "CANCELLED" if row.status == "cancelled" else "CONFIRMED")
        event.add("sequence", row.version)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def agenda_calendar(
    edition: EditionView, entries: Sequence[AgendaEntry], lang: Lang, addresses: Addresses, now: datetime
) -> bytes:
    """Write a person's agenda: places confirmed, tentative on a waiting list, cancelled when given back.

    `SEQUENCE` grows with every decision and with every change of the session, so that a calendar that knew it takes the
    change over.
    """
    calendar = _calendar(edition, MY_AGENDA.say(lang), lang, [entry.workshop.day for entry in entries])
    for entry in entries:
        event = _event(edition, entry.workshop, lang, addresses, now, _own_lines(entry, lang, addresses))
        event.add("status", "CANCELLED" if entry.workshop.status == "cancelled" else _STATUS[entry.status])
        event.add("transp", "OPAQUE" if entry.status == "confirmed" else "TRANSPARENT")
        event.add("sequence", entry.revision + entry.workshop.version)
        event.add("last-modified", entry.decided_at)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def uid(edition: EditionView, row: WorkshopRow) -> str:
    """The name of a session among all calendars of the world; the same in every file and language, for ever."""
    return f"{edition.code}.{row.code}@solidarity-village".lower()


def place(row: WorkshopRow, lang: Lang) -> str:
    """Where a session is held: room, venue, town; or online; or that its room is not named yet."""
    if row.room is None and row.mode != "online":
        return NO_ROOM.say(lang)
    if row.room is None or row.room.venue.is_online:
        return ONLINE.say(lang)
    venue = row.room.venue
    words = [
        pick(lang, row.room.name_ar, row.room.name_fr)[0],
        pick(lang, venue.name_ar, venue.name_fr)[0],
        pick(lang, venue.city_ar, venue.city_fr)[0],
    ]
    return ("، " if lang == "ar" else ", ").join(word for word in words if word)


def _calendar(edition: EditionView, what: str, lang: Lang, days: Iterable[date]) -> Calendar:
    calendar = Calendar()
    fair = pick(lang, edition.name_ar, edition.name_fr, edition.name_en)[0]
    name = f"{fair} {edition.number} – {what}"
    calendar.add("prodid", f"-//Solidarity Village//Programme//{lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    # Names of older programs for the same things.
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", edition.zone)
    calendar.add("color", "darkgreen")
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    years = [day.year for day in days] or [edition.starts_on.year]
    calendar.add_component(_zone(edition.zone, min(years), max(years)))
    return calendar


@lru_cache(maxsize=8)
def _zone(name: str, first: int, last: int) -> Timezone:
    """Describe a zone from the pinned data, over whole years."""
    return Timezone.from_tzinfo(zone(name), name, first_date=date(first, 1, 1), last_date=date(last + 1, 12, 31))


def _event(
    edition: EditionView,
    row: WorkshopRow,
    lang: Lang,
    addresses: Addresses,
    now: datetime,
    own_lines: Sequence[str] = (),
) -> Event:
    event = Event()
    title, found = pick(lang, row.title_ar, row.title_fr)
    wall = zone(edition.zone)
    event.add("uid", uid(edition, row))
    event.add("dtstamp", now)
    event.add("dtstart", datetime.combine(row.day, row.starts, tzinfo=wall))
    event.add("dtend", datetime.combine(row.day, row.ends, tzinfo=wall))
    event.add("summary", vText(title), parameters={"LANGUAGE": found})
    event.add("location", vText(place(row, lang)), parameters={"LANGUAGE": lang})
    link = addresses.session.format(code=row.code)
    event.add("description", "\n".join([*own_lines, *_lines(row, title, lang), link]))
    event.add("url", vUri(link))
    event.add("class", "PRIVATE" if own_lines else "PUBLIC")
    if words := categories(row, lang):
        event.add("categories", words)
    if row.track and (organiser := pick(lang, row.track.organiser_ar, row.track.organiser_fr)[0]):
        event.add("contact", vText(organiser), parameters={"LANGUAGE": lang})
    return event


def categories(row: WorkshopRow, lang: Lang) -> list[str]:
    """What a session is sorted under: its kind, theme and track, by name."""
    known = (KINDS.get(row.kind), THEMES.get(row.theme))
    words = [each.name(lang) for each in known if each]
    return words + ([pick(lang, row.track.name_ar, row.track.name_fr)[0]] if row.track else [])


def spoken(row: WorkshopRow, lang: Lang) -> str:
    """The languages in which a session is held, by name."""
    return ("، " if lang == "ar" else ", ").join(LANGS[code].name(lang) for code in row.langs if code in LANGS)


def _lines(row: WorkshopRow, title: str, lang: Lang) -> list[str]:
    """The title in the other script, who leads, in which language, and to what end; above all that it is called off."""
    lines = [OFF.say(lang)] if row.status == "cancelled" else []
    lines += [other for other in (row.title_ar, row.title_fr) if other and other != title]
    names = [pick(lang, each.name_ar, each.name_fr)[0] for each in row.trainers]
    if names:
        lines.append(_say(LED_BY, lang, names=("، " if lang == "ar" else ", ").join(names)))
    if row.langs:
        lines.append(_say(SPOKEN, lang, langs=spoken(row, lang)))
    if aims := pick(lang, row.aims_ar, row.aims_fr)[0]:
        lines.append(_say(AIMS, lang, aims=aims))
    return lines


def _own_lines(entry: AgendaEntry, lang: Lang, addresses: Addresses) -> list[str]:
    if entry.status == "cancelled":
        return [CANCELLED.say(lang)]
    if entry.status == "waitlisted":
        return [_say(WAITING, lang, n=entry.position or 1)]
    if entry.status == "offered":
        return [OFFERED.say(lang)]
    if entry.channel == "online":
        return [_say(JOIN, lang, link=addresses.join.format(code=entry.workshop.code))]
    return []


def _say(words: Words, lang: Lang, **facts: str | int) -> str:
    """Say a sentence without marks of direction: calendars show them as boxes and take them for a part of a link."""
    return "".join(letter for letter in words.say(lang, facts) if letter not in "\u2066\u2067\u2068\u2069")
