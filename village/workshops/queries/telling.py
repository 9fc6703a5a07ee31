"""Reads of what people are told of their places, and the words for it in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from village.kit.clock import local
from village.kit.i18n import LANGS, Lang, format_day, format_instant
from village.kit.short_text import fits, shortened, spell_plainly
from village.workshops.models import Notice
from village.workshops.rules import NoticeKind
from village.workshops.wording import telling as words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from village.workshops.queries.programme import WorkshopRow

_LEAST_TITLE = 8


@dataclass(frozen=True)
class NoticeRow:
    """Something that happened to a person's place; `facts` as the deed wrote them (see `actions.telling.note`)."""

    id: int
    edition_id: int
    person_id: int
    workshop_id: int
    registration_id: int | None
    kind: str
    facts: dict[str, Any]
    at: datetime
    told_at: datetime | None
    seen_at: datetime | None


@dataclass(frozen=True)
class Said:
    """A notice in one language: the subject of a letter and the sentence that stands there and on the own page."""

    subject: str
    sentence: str
    urgent: bool


def list_notices(session: Session, person_id: int, limit: int = 50) -> list[NoticeRow]:
    """List what happened to a person's places, the newest first."""
    rows = session.scalars(
        select(Notice).where(Notice.person_id == person_id).order_by(Notice.id.desc()).limit(limit)
    )
    return [notice_row(row) for row in rows]


def list_untold(session: Session, limit: int = 50) -> list[NoticeRow]:
    """List what nobody has been told yet, the oldest first."""
    rows = session.scalars(select(Notice).where(Notice.told_at.is_(None)).order_by(Notice.id).limit(limit))
    return [notice_row(row) for row in rows]


def is_anything_untold(session: Session) -> bool:
    """Tell whether a notice waits to be handed on."""
    return session.execute(select(Notice.id).where(Notice.told_at.is_(None)).limit(1)).first() is not None


def say_notice(notice: NoticeRow, workshop: WorkshopRow, lang: Lang, zone: str) -> Said:
    """Say a notice in a person's language.

    Args:
        notice: what happened.
        workshop: the session as it is now.
        lang: the reader's language.
        zone: the edition's zone, for the time to answer.

    """
    facts = _facts(notice, workshop, lang, zone)
    case = _case(notice)
    sentences = [words.SENTENCES[case].say(lang, facts)]
    if facts["online"] and case in {"confirmed", "promoted", "transferred_to"}:
        sentences.append(words.JOIN_LINK.say(lang))
    clash = notice.facts.get("clash") or []
    if clash:
        sentences.append(words.CLASH.say(lang, {"others": _titles(clash, lang)}))
    urgent = notice.kind in {NoticeKind.OFFERED, NoticeKind.MOVED, NoticeKind.SESSION_CANCELLED}
    return Said(words.SUBJECTS[case].say(lang, facts), " ".join(sentences), urgent)


def say_shortly(notice: NoticeRow, workshop: WorkshopRow, lang: Lang, zone: str, link: str, code: str = "") -> str:
    """Say a notice in at most two segments of a short message, with the link to the person's own page at its end.

    The code, by which the page is found from any telephone, stands there where it leaves the title whole; the room
    gives way to the city, and the title is cut as far as it must be.
    """
    facts = _facts(notice, workshop, lang, zone)
    template = words.SHORT[_case(notice)]
    facts["day"] = _short_day(facts["day"], lang)
    whole, marked = facts["title"], f"{words.CODE.say(lang, {'code': code})} {link}"
    # What is given up first: the code, the room, then as much of the title as it takes.
    tries = [(facts["place"], whole, marked)] if code else []
    tries += [(facts["place"], whole, link), (facts["city"], whole, link)]
    tries += [(facts["city"], shortened(whole, most), link) for most in range(len(whole) - 1, _LEAST_TITLE - 1, -1)]
    said = ""
    for place, title, tail in tries:
        said = _plain(f"{template.say(lang, facts | {'place': place, 'title': title})}. {tail}", lang)
        if fits(said):
            break
    return said


def say_many_shortly(count: int, lang: Lang, link: str) -> str:
    """Say in a short message that several things changed, and where they stand."""
    return _plain(f"{words.SHORT_MANY.say(lang, {'count': count})} {link}", lang)


def notice_row(row: Notice) -> NoticeRow:
    """Read a notice."""
    return NoticeRow(
        row.id,
        row.edition_id,
        row.person_id,
        row.workshop_id,
        row.registration_id,
        row.kind,
        dict(row.facts),
        row.at,
        row.told_at,
        row.seen_at,
    )


def _case(notice: NoticeRow) -> str:
    if notice.kind == NoticeKind.TRANSFERRED:
        return "transferred_to" if notice.facts.get("side") == "received" else "transferred_from"
    if notice.kind == NoticeKind.CANCELLED and notice.facts.get("was") == "offered":
        return "declined"
    return notice.kind


def _facts(notice: NoticeRow, workshop: WorkshopRow, lang: Lang, zone: str) -> dict[str, Any]:
    """Gather what the sentences name: the session as the notice knew it, else as it is now."""
    online = notice.facts.get("channel") == "online"
    now = notice.facts.get("now") or {}
    was = notice.facts.get("was")
    old = was if isinstance(was, dict) else {}
    until = notice.facts.get("until")
    return {
        "title": _either(workshop.title_ar, workshop.title_fr, lang),
        "day": _date(now.get("day")) or workshop.day,
        "starts": now.get("starts") or workshop.starts,
        "ends": now.get("ends") or workshop.ends,
        "place": words.ONLINE.say(lang) if online else _place(now, lang) or _room(workshop, lang),
        "city": words.ONLINE.say(lang) if online else _city(now, lang) or _town(workshop, lang),
        "online": online,
        "old_day": _date(old.get("day")) or workshop.day,
        "old_starts": old.get("starts") or workshop.starts,
        "old_place": _place(old, lang) or words.ONLINE.say(lang),
        "until": format_instant(datetime.fromisoformat(until), lang, zone) if until else "",
        "until_clock": local(datetime.fromisoformat(until), zone).time() if until else None,
        "until_day": _short_day(local(datetime.fromisoformat(until), zone).date(), lang) if until else "",
    }


def _either(ar: str, fr: str, lang: Lang) -> str:
    return (ar or fr) if lang == "ar" else (fr or ar)


def _date(text: Any) -> Any:
    return datetime.fromisoformat(text).date() if text else None


def _place(slot: Mapping[str, Any], lang: Lang) -> str:
    room = _either(slot.get("room_ar", ""), slot.get("room_fr", ""), lang)
    return words.JOINT[lang].join(part for part in (room, _city(slot, lang)) if part)


def _city(slot: Mapping[str, Any], lang: Lang) -> str:
    return _either(slot.get("city_ar", ""), slot.get("city_fr", ""), lang)


def _room(workshop: WorkshopRow, lang: Lang) -> str:
    room = workshop.room
    if room is None and workshop.mode != "online":
        return words.NO_ROOM.say(lang)
    if room is None or room.venue.is_online:
        return words.ONLINE.say(lang)
    parts = (_either(room.name_ar, room.name_fr, lang), _town(workshop, lang))
    return words.JOINT[lang].join(part for part in parts if part)


def _town(workshop: WorkshopRow, lang: Lang) -> str:
    if workshop.room is None or workshop.room.venue.is_online:
        return _room(workshop, lang)
    venue = workshop.room.venue
    return _either(venue.city_ar, venue.city_fr, lang)


def _titles(sessions: list[Mapping[str, Any]], lang: Lang) -> str:
    return words.JOINT[lang].join(_either(each["title_ar"], each["title_fr"], lang) for each in sessions)


def _short_day(day: Any, lang: Lang) -> str:
    """Write a day without its year, which a short message has no room for: 4 دجنبر · 4 décembre."""
    return format_day(day, lang, weekday=False).rpartition(" ")[0]


def _plain(text: str, lang: Lang) -> str:
    """Take out what a short message pays dearly for: isolates, and in Latin script signs outside the GSM alphabet."""
    bare = "".join(sign for sign in text if sign not in "\u2066\u2067\u2068\u2069")
    return bare.replace("\u00a0", " ") if lang == LANGS[0] else spell_plainly(bare)
