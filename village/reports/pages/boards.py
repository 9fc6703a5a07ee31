"""The boards of the programme: how full, who waits, who did not come, who takes part; and the rows behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from village.kit.db import db
from village.kit.guard import may, requires
from village.kit.i18n import current_lang, format_clock, format_day, pick
from village.kit.refusal import Refusal
from village.kit.web import clock, page
from village.people.queries import list_people
from village.reports import queries
from village.reports.pages import base
from village.reports.rules import SMALL, YOUTH, By, fill_by, per_cent
from village.workshops.queries import get_workshop
from village.workshops.rules.kinds import THEMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Response

    from village.people.queries import PersonRow
    from village.reports.queries import BoardView
    from village.reports.rules import Fill, SessionFigures

bp = base.bp

_TABS: Final = {
    By.SESSION: _l("By session"),
    By.DAY: _l("By day"),
    By.VENUE: _l("By place"),
    By.TRACK: _l("By track"),
    By.THEME: _l("By theme"),
}
# Length of the longest bar, in units of its drawing.
_LONGEST: Final = 1000


@bp.get("/boards")
@requires("dashboard.see")
def boards() -> Response:
    """Show the programme in figures; places by session, day, place, track or theme."""
    view = base.the_edition()
    by = By(request.args["by"]) if request.args.get("by") in set(By) else By.SESSION
    board = queries.get_board(db.session(), view.id, zone=view.zone, now=clock().now())
    sessions = [one for one in board.sessions if _asked_for(one)]
    fills = fill_by(sessions, by)
    chosen = _chosen()
    return page(
        "reports/boards.html",
        board=board,
        now=clock().now(),
        by=by,
        tabs=[(str(label), url_for("reports.boards", by=each.value), each is by) for each, label in _TABS.items()],
        only=_name(By(chosen[0]), chosen[1], board) if chosen else "",
        bars=_bars(fills, by, board),
        capacity=sum(one.places for one in board.sessions),
        taken=sum(one.taken for one in board.sessions),
        waiting=[one for one in board.sessions if one.waiting or one.offered],
        over=[one for one in board.sessions if one.absent is not None and one.confirmed],
        held=[one for one in board.sessions if one.confirmed],
        provinces=[(share, base.province(share.key)) for share in board.provinces.shares],
        small=SMALL,
        per_cent=per_cent,
        opens=may("registrations.manage"),
    )


@bp.get("/boards/absent/<code>")
@requires("registrations.manage")
def absent(code: str) -> Response:
    """List those who held a confirmed place in a session that is over and did not come."""
    view, session = base.the_edition(), db.session()
    row = get_workshop(session, view.id, code)
    board = queries.get_board(session, view.id, zone=view.zone, now=clock().now())
    if not any(one.workshop_id == row.id and one.absent is not None for one in board.sessions):
        raise Refusal("session_not_over", {"workshop": row.code})
    ids = queries.held_places(session, view.id).absent(row.id)
    title = _("Confirmed and did not come: %(session)s", session=_title(row.title_ar, row.title_fr))
    return base.people_page(_people(view.id, ids), title=title, back=url_for("reports.boards"), code=row.code)


@bp.get("/boards/people")
@requires("registrations.manage")
def board_people() -> Response:
    """List the persons with a place behind a figure: of a session or all; women, young people, a province."""
    view, session = base.the_edition(), db.session()
    wanted = {key: value for key, value in request.args.items() if key in {"session", "gender", "age", "province"}}
    confirmed = queries.held_places(session, view.id).confirmed
    if "session" in wanted:
        ids = confirmed.get(get_workshop(session, view.id, wanted["session"]).id, frozenset())
    else:
        ids = frozenset[int]().union(*confirmed.values())
    found = [row for row in _people(view.id, ids) if _fits(row, wanted)]
    return base.people_page(found, title=_people_title(wanted), back=url_for("reports.boards"), **wanted)


def _people(edition_id: int, ids: frozenset[int]) -> Sequence[PersonRow]:
    return list_people(db.session(), edition_id, ids)


def _fits(row: PersonRow, wanted: dict[str, str]) -> bool:
    return (
        wanted.get("gender", row.gender) == row.gender
        and (wanted.get("age") != "youth" or row.age_band in YOUTH)
        and (not wanted.get("province") or row.province_code == wanted["province"])
    )


def _people_title(wanted: dict[str, str]) -> str:
    if wanted.get("province"):
        who = _("People with a place, from %(name)s", name=base.province(wanted["province"]))
    elif wanted.get("gender") == "f":
        who = _("Women with a place")
    elif wanted.get("age") == "youth":
        who = _("Young people with a place (18 to 34)")
    else:
        who = _("People with a place")
    return f"{who} · {wanted['session'].upper()}" if "session" in wanted else str(who)


def _chosen() -> tuple[str, str] | None:
    """Return the group whose sessions are asked for, as (kind, key)."""
    return next(((by.value, request.args[by.value]) for by in By if request.args.get(by.value)), None)


def _asked_for(one: SessionFigures) -> bool:
    chosen = _chosen()
    return chosen is None or one.key(By(chosen[0])) == chosen[1]


def _bars(fills: Sequence[Fill], by: By, board: BoardView) -> list[dict[str, Any]]:
    """Return what each bar shows, in units of its drawing, with the address of the rows behind it."""
    longest = max((fill.length for fill in fills), default=0) or 1
    return [
        {
            "fill": fill,
            "name": _name(by, fill.key, board),
            "when": _when(fill.key, board) if by is By.SESSION else "",
            "url": _rows(by, fill.key),
            "onsite": fill.onsite * _LONGEST // longest,
            "online": fill.online * _LONGEST // longest,
            "places": max(fill.places, fill.taken) * _LONGEST // longest,
            "waiting": fill.waiting * _LONGEST // longest,
        }
        for fill in fills
    ]


def _rows(by: By, key: str) -> str | None:
    if by is not By.SESSION:
        words: dict[str, Any] = {"by": By.SESSION.value, by.value: key}
        return url_for("reports.boards", **words) if key else None
    return url_for("workshops.registration_list", code=key) if may("registrations.manage") else None


def _name(by: By, key: str, board: BoardView) -> str:
    if not key:
        return str(_("Without"))
    if by is By.DAY:
        found = next((one.day for one in board.sessions if one.day.isoformat() == key), None)
        return format_day(found, current_lang()) if found else key
    if by is By.THEME:
        return THEMES[key].name(current_lang()) if key in THEMES else key
    if by is By.SESSION:
        one = next((each for each in board.sessions if each.code == key), None)
        return _title(one.title_ar, one.title_fr) if one else key
    names = board.venues if by is By.VENUE else board.tracks
    return _title(*names.get(key, (key, key)))


def _when(code: str, board: BoardView) -> str:
    one = next(each for each in board.sessions if each.code == code)
    lang = current_lang()
    return f"{format_day(one.day, lang, weekday=False)} · {format_clock(one.starts, lang)}"


def _title(ar: str, fr: str) -> str:
    return pick(current_lang(), ar, fr)[0]
