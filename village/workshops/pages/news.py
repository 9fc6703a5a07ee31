"""What changed for somebody: their notices as the own page shows them, old hours struck and new hours bold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from village.kit.db import db
from village.kit.i18n import current_lang, format_clock, format_day
from village.kit.web import clock, deed
from village.workshops import queries
from village.workshops.actions.telling import mark_seen
from village.workshops.pages import base
from village.workshops.queries.telling import list_notices, say_notice
from village.workshops.rules import NoticeKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from village.kit.i18n import Lang
    from village.workshops.queries import WorkshopRow
    from village.workshops.queries.telling import NoticeRow

# What others did to somebody's places. What people did themselves they know; it stands with what happened before.
_ICONS = {
    NoticeKind.PROMOTED: "check",
    NoticeKind.LAPSED: "clock",
    NoticeKind.TRANSFERRED: "next",
    NoticeKind.MOVED: "calendar",
    NoticeKind.SESSION_CANCELLED: "cross",
}
# How long a change stays at the head of the page once it was seen: whoever looks twice finds it again.
_STAYS = timedelta(hours=12)


@dataclass(frozen=True)
class News:
    """One notice as the page shows it; `old` and `new` say when and where, for a session that was moved."""

    icon: str
    at: datetime
    sentence: str
    workshop: WorkshopRow
    old: str = ""
    new: str = ""


def news_of(person_id: int) -> dict[str, Any]:
    """Return what is news to a person and what happened before, the newest first; what is shown counts as seen."""
    edition, session = base.the_edition(), db.session()
    notices = [each for each in list_notices(session, person_id) if each.edition_id == edition.id]
    if not notices:
        return {"fresh": [], "older": []}
    lang, now = current_lang(), clock().now()
    named = {each.workshop_id for each in notices}
    rows = {row.id: row for row in queries.list_workshops(session, edition.id, named)}
    fresh: list[News] = []
    older: list[News] = []
    for each in notices:
        if each.workshop_id not in rows:
            continue
        is_new = each.kind in _ICONS and (each.seen_at is None or now - each.seen_at < _STAYS)
        (fresh if is_new else older).append(_news(each, rows[each.workshop_id], lang, edition.zone))
    if any(each.seen_at is None for each in notices):
        with deed() as opened:
            mark_seen(opened, person_id)
    return {"fresh": fresh, "older": older}


def _news(notice: NoticeRow, row: WorkshopRow, lang: Lang, zone: str) -> News:
    icon = _ICONS.get(NoticeKind(notice.kind), "info")
    sentence = say_notice(notice, row, lang, zone).sentence
    if notice.kind != NoticeKind.MOVED:
        return News(icon, notice.at, sentence, row)
    was, now = notice.facts.get("was"), notice.facts.get("now")
    if not isinstance(was, dict) or not isinstance(now, dict):
        return News(icon, notice.at, sentence, row)
    return News(icon, notice.at, sentence, row, _slot(was, row, lang), _slot(now, row, lang))


def _slot(slot: Mapping[str, Any], row: WorkshopRow, lang: Lang) -> str:
    """Write a day, hours and a room, each as the notice knew it."""
    day = date.fromisoformat(slot["day"]) if slot.get("day") else row.day
    starts = time.fromisoformat(slot["starts"]) if slot.get("starts") else row.starts
    ends = time.fromisoformat(slot["ends"]) if slot.get("ends") else row.ends
    others = ("fr", "ar") if lang != "ar" else ("ar", "fr")
    where = [
        next((slot[f"{part}_{each}"] for each in others if slot.get(f"{part}_{each}")), "") for part in ("room", "city")
    ]
    hours = f"{format_clock(starts, lang)} – {format_clock(ends, lang)}"
    return " · ".join(part for part in (format_day(day, lang), hours, *where) if part)
