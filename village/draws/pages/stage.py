"""The screen for the hall: large, calm, in Arabic and French side by side. It shows; it decides nothing.

Scenes follow each other by a key. Those of a drawn draw begin with the proof that the result stands already; only then
come the names, one after the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from village.draws import wording
from village.draws.pages.guide import beacon_of
from village.draws.pages.shared import bp, this_draw
from village.draws.pages.stage_words import SAYS
from village.draws.rules.states import COUNTERS
from village.kit import qr
from village.kit.clock import local
from village.kit.guard import public
from village.kit.i18n import format_clock, format_day
from village.kit.web import clock, edition, page, parts

if TYPE_CHECKING:
    from flask import Response

    from village.draws.queries import DrawView
    from village.draws.queries.rows import PickRow, PrizeRow, TurnRow
    from village.kit.i18n import Lang, Words

TONGUES: tuple[Lang, ...] = ("ar", "fr")


@dataclass(frozen=True)
class Scene:
    """One picture on the screen. `name` is its place in the address and `shape` the template that draws it."""

    name: str
    shape: str
    title: dict[str, str]
    more: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)


@bp.get("/draws/<code>/stage")
@public
def stage(code: str) -> Response:
    """The screen for the hall; everybody may look at it, for it shows only what is public."""
    draw = this_draw(code)
    scenes, current = list_scenes(draw, edition().zone)
    url = f"{parts().settings.address}/D/{edition().code}/{draw.code}"
    return page(
        "draws/stage.html",
        draw=draw,
        scenes=scenes,
        current=current,
        says=SAYS,
        tongues=TONGUES,
        url=url,
        url_qr=qr.svg(qr.matrix(url.upper()), url),
        now=clock().now(),
        fair={"ar": edition().name_ar, "fr": edition().name_fr},
    )


def list_scenes(draw: DrawView, zone: str) -> tuple[list[Scene], str]:
    """List the scenes of a draw as far as it has come, and the name of the one that belongs on the screen now."""
    first = Scene("title", "title", _both(draw.title_ar, draw.title_fr), _when(draw, zone))
    if draw.state == "open":
        return [first, _prizes(draw)], "title"
    if draw.state == "cancelled":
        why = wording.CANCELS[draw.cancel_reason or ""]
        return [Scene("cancelled", "cancelled", _say("cancelled"), _words(why)), first], "cancelled"
    if draw.state == "sealed":
        found = [first, _prizes(draw), _list(draw), *_envelopes(draw), _counts(draw)]
        came = any(seat.handed_in_at for seat in draw.seats)
        return found, "counts" if draw.counts else "envelopes" if came else "list"
    if draw.state == "closed":
        beacon = _beacon(draw)
        waits = any(seat.handed_in_at and not seat.opened_at for seat in draw.seats)
        found = [first, *_envelopes(draw), *beacon]
        return found, found[-1].name if not waits else "envelopes"
    if draw.state == "revealed":
        return [_determined(draw, zone), *_envelopes(draw), *_beacon(draw)], "determined"
    return _result(draw, zone)


def _result(draw: DrawView, zone: str) -> tuple[list[Scene], str]:
    places = [_place(prize, turn) for prize in draw.prizes for turn in _turns(draw, prize)]
    called = next((each.name for each in places if each.facts["state"] == "waiting" and each.facts["calls"]), "")
    came = [_substitutes(draw)] if draw.substitutes_drawn else []
    last = Scene("result", "result", _say("result"), {}, {"rows": [_row(draw, prize) for prize in draw.prizes]})
    return [_determined(draw, zone), *places, *came, last, *_envelopes(draw), *_beacon(draw)], called


def _both(ar: str, fr: str) -> dict[str, str]:
    return {"ar": ar or fr, "fr": fr or ar}


def _words(words: Words, **facts: Any) -> dict[str, str]:
    return {lang: words.say(lang, facts) for lang in TONGUES}


def _say(name: str, **facts: Any) -> dict[str, str]:
    return _words(SAYS[name], **facts)


def _when(draw: DrawView, zone: str) -> dict[str, str]:
    at = local(draw.announced_at, zone)
    place = _both(draw.place_ar, draw.place_fr)
    return {
        lang: f"{format_day(at.date(), lang)} · {format_clock(at.time(), lang)} · {place[lang]}" for lang in TONGUES
    }


def _prizes(draw: DrawView) -> Scene:
    return Scene("prizes", "prizes", _say("prizes"), {}, {"prizes": [_prize(each) for each in draw.prizes]})


def _prize(prize: PrizeRow) -> dict[str, str]:
    return _both(prize.title_ar, prize.title_fr)


def _list(draw: DrawView) -> Scene:
    return Scene("list", "list", _say("tickets"), _say("fingerprint"), {"count": draw.tickets})


def _envelopes(draw: DrawView) -> list[Scene]:
    if not draw.seats:
        return []
    rows = [
        {
            "kind": _words(wording.SEATS[seat.kind]),
            "name": _both(seat.name_ar, seat.name_fr),
            "value": seat.value,
            "state": "sealed" if seat.handed_in_at else "awaited" if draw.state == "sealed" else "missing",
        }
        for seat in draw.seats
    ]
    title = "envelopes" if draw.state == "sealed" else "numbers"
    return [Scene("envelopes", "envelopes", _say(title), {}, {"rows": rows})]


def _counts(draw: DrawView) -> Scene:
    return Scene("counts", "counts", _say("counted"), {}, {"done": min(COUNTERS, len(draw.counts))})


def _beacon(draw: DrawView) -> list[Scene]:
    beacon = beacon_of(draw)
    if beacon is None:
        return []
    more = _say("beacon_in") if beacon.randomness else _say("awaited")
    facts = {"round": beacon.round, "due": beacon.due_at, "randomness": beacon.randomness}
    return [Scene("beacon", "beacon", _say("beacon"), more, facts)]


def _determined(draw: DrawView, zone: str) -> Scene:
    head = next((each for each in draw.heads if each.step == "concluded"), None)
    facts: dict[str, Any] = {"seed": draw.seed, "signed": None}
    if head is not None and draw.drawn_at is not None:
        facts["signed"] = _say("signed", time=f"{local(draw.drawn_at, zone):%H:%M:%S}", size=head.size)
    return Scene("determined", "determined", _say("determined"), _say("determined_why"), facts)


def _turns(draw: DrawView, prize: PrizeRow) -> list[PickRow | TurnRow]:
    """List who had or has a turn at a prize; before the first call the announced pick stands for it."""
    turns = [turn for turn in draw.turns if turn.place == prize.id]
    return [*turns] or [pick for pick in draw.picks if pick.place == prize.id]


def _place(prize: PrizeRow, turn: PickRow | TurnRow) -> Scene:
    number = getattr(turn, "turn", 0)
    facts = {
        "name": _both(turn.name_ar, turn.name_fr),
        "token": turn.token,
        "rank": turn.rank,
        "calls": getattr(turn, "calls", 0),
        "state": "withdrawn" if prize.withdrawn_at else str(getattr(turn, "state", "waiting")),
        "label": _say("winner" if number == 0 else "next"),
        "place": prize.id[1:],
    }
    return Scene(f"{prize.id}-{number}", "place", _prize(prize), {}, facts)


def _substitutes(draw: DrawView) -> Scene:
    rows = [{"name": _both(each.name_ar, each.name_fr), "token": each.token} for each in draw.substitutes_drawn]
    return Scene("substitutes", "substitutes", _say("substitutes"), {}, {"rows": rows})


def _row(draw: DrawView, prize: PrizeRow) -> dict[str, Any]:
    turns = _turns(draw, prize)
    last = turns[-1] if turns else None
    state = "withdrawn" if prize.withdrawn_at else str(getattr(last, "state", "waiting"))
    return {
        "prize": _prize(prize),
        "name": _both(last.name_ar, last.name_fr) if last else _both("–", "–"),
        "token": last.token if last else "",
        "state": state,
    }
