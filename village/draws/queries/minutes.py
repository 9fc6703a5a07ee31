"""The minutes of a draw (محضر القرعة, procès-verbal de tirage au sort): in Arabic, then in French.

They hold what the French decree of 2017 on such minutes asks for: date, place, beginning and end, persons and roles,
counts, exclusions by cause, ranking, checks, incidents; and what lets anyone compute the draw again: commitment,
numbers, secret, seed, the signed head of the log, and where to find the rest.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Literal, Protocol

from village.audit.queries import get_root
from village.draws.queries.bundle import make_bundle
from village.draws.queries.minutes_events import list_events
from village.draws.queries.minutes_plan import checks_of, head_of, in_script, method_of, prize_of, titles
from village.draws.queries.minutes_text import TEXT, ordinal, winners
from village.draws.queries.views import get_draw, list_entrants
from village.draws.verify_draw import verify
from village.draws.wording import REASONS, ROLES, SEATS
from village.editions.queries import get_edition
from village.kit import pdf, qr
from village.kit.clock import local
from village.kit.i18n import direction, format_clock, format_day, format_number
from village.kit.pdf.text import NBSP
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from village.draws.queries.rows import DrawView, EntrantRow, SeatRow
    from village.editions.queries import EditionView


class Kept(Protocol):
    """A store of files: the part of `village.kit.storage` that keeps what was printed."""

    def exists(self, key: str) -> bool:
        """Tell whether there is a file."""

    def get(self, key: str) -> bytes:
        """Read a file."""

    def put(self, key: str, data: bytes) -> object:
        """Write a file whole or not at all."""


Script = Literal["ar", "fr"]
Values = dict[str, Any]
DESIGN = "draw_minutes"
LONGEST_RANKING = 120
"""Ranks printed; the rest of a longer ranking is in the bundle and on the page."""


def render_minutes(session: Session, draw_id: int, address: str, kept: Kept | None = None) -> bytes:
    """Print the minutes of a drawn draw as a tagged PDF.

    What was printed last, if from the same values, is taken from `kept`: printing costs seconds, and anybody may ask.

    Args:
        session: the database.
        draw_id: the draw.
        address: where the public pages are, as in `http://village.example`, for the code to scan.
        kept: where printed minutes are kept; None prints anew.

    Raises:
        Refusal: `draw_not_found`, `draw_not_drawn`.

    """
    values = minutes_values(session, draw_id, address)
    key, said = minutes_key(draw_id), hashlib.sha256(json.dumps(values, sort_keys=True).encode()).digest()
    if kept is not None and kept.exists(key):
        before = kept.get(key)
        if before.startswith(said):
            return before.removeprefix(said)
    made = pdf.render(DESIGN, DESIGN, tags=True, **values)
    if kept is not None:
        kept.put(key, said + made)
    return made


def minutes_key(draw_id: int) -> str:
    """Name where the minutes printed last are kept, behind the SHA-256 of what they say: one file for a draw."""
    return f"draws/{draw_id}/minutes"


def minutes_values(session: Session, draw_id: int, address: str) -> Values:
    """Gather what the minutes say, ready for the design: texts, numbers and two codes to scan.

    The draw is computed again from its bundle by the stand-alone verifier first: minutes are never printed of a draw
    that does not hold.

    Raises:
        Refusal: `draw_not_found`, `draw_not_drawn`; `head_not_cosigned` while witnesses still sign.
        verify_draw.Refused: the bundle does not hold.

    """
    draw = get_draw(session, draw_id)
    if draw.state != "drawn":
        raise Refusal("draw_not_drawn", {"code": draw.code})
    for have, need in draw.cosigned.values():
        if have < need:
            raise Refusal("head_not_cosigned", {"have": have, "need": need})
    verify(make_bundle(session, draw_id))
    edition = get_edition(session, draw.edition_id)
    entrants = list_entrants(session, draw)
    size = draw.heads[-1].size
    url = f"{address}/D/{edition.code}/{draw.code}".upper()
    mark = f"HEAD {size} {get_root(session, size).hex()}".upper()
    return {
        "demonstration": draw.demonstration,
        "url": f"{address}/D/{edition.code}/{draw.code}",
        "url_qr": qr.svg(qr.matrix(url), url),
        "head_qr": qr.svg(qr.matrix(mark), mark),
        "pages": [_page(draw, edition, entrants, lang) for lang in ("ar", "fr")],
    }


def _page(draw: DrawView, edition: EditionView, entrants: Sequence[EntrantRow], lang: Script) -> Values:
    words, began = TEXT[lang], _began(draw, edition.zone)
    return {
        "lang": lang,
        "dir": direction(lang),
        "fair": in_script(lang, edition.name_ar, edition.name_fr),
        "title": words["title"],
        "about": in_script(lang, draw.title_ar, draw.title_fr),
        "number": words["number"].format(number=draw.number, code=draw.code, edition=edition.code),
        "demonstration": words["demonstration"],
        "opening": words["opening"].format(
            day=format_day(began.date(), lang),
            time=format_clock(began.time(), lang),
            place=in_script(lang, draw.place_ar, draw.place_fr),
            ordinal=ordinal(edition.number, lang),
            winners=winners(len(draw.prizes), lang),
            called=words["called"][len(draw.prizes) > 1],
            prize=("، " if lang == "ar" else ", ").join(titles(draw, lang)),
        ),
        "sections": words["sections"],
        "words": {name: text for name, text in words.items() if isinstance(text, str)},
        "persons": _persons(draw, lang),
        "times": _times(draw, edition.zone, lang),
        "rule": in_script(lang, draw.rule_ar, draw.rule_fr),
        "announced": _instant(draw.announced_at, edition.zone, lang),
        "committed": _instant(draw.committed_at, edition.zone, lang),
        "prizes": [prize_of(prize, lang) for prize in draw.prizes],
        "plan": [
            {"label": words["pool"], "value": words["pools"][draw.pool]},
            {"label": words["replacement"], "value": words["replacements"][draw.replacement]},
            {"label": words["group"], "value": format_number(draw.most_per_group, lang)},
        ],
        "method": method_of(draw, lang),
        "tickets": format_number(draw.tickets, lang),
        "counts": [format_number(each.counted, lang) for each in draw.counts],
        "list_root": draw.list_root,
        "left_out": [_reason(row.reason, row.count, entrants, lang) for row in draw.reasons],
        "seats": [_seat(seat, lang) for seat in draw.seats],
        "codes": _codes(draw),
        "checks": checks_of(draw, lang),
        "head": draw.heads[-1].note,
        "heads": [head_of(draw, head, lang) for head in draw.heads],
        "events": list_events(draw, zone=edition.zone, lang=lang),
        "picks": [_pick(pick, lang) for pick in draw.picks],
        "ranking": _ranking(entrants, lang),
        "ranking_cut": draw.tickets > LONGEST_RANKING,
        "incidents": _incidents(draw, edition.zone, lang),
        "closing": words["closing"].format(time=format_clock(local(_ended(draw), edition.zone).time(), lang)),
    }


def _known(at: datetime | None) -> datetime:
    if at is None:
        raise ValueError("a drawn draw has all its hours")
    return at


def _began(draw: DrawView, zone: str) -> datetime:
    """When the commission met: the first envelope of the day, else the closing."""
    closed = local(_known(draw.closed_at), zone)
    came = [local(seat.handed_in_at, zone) for seat in draw.seats if seat.handed_in_at]
    return min([at for at in came if at.date() == closed.date()], default=closed)


def _ended(draw: DrawView) -> datetime:
    """When the last of what these minutes tell was said or done."""
    done = [(turn.handed_over_at, turn.voided_at, turn.claimed_at, turn.began_at) for turn in draw.turns]
    said = [incident.said_at for incident in draw.incidents]
    return max(_known(draw.drawn_at), *said, *(at for hours in done for at in hours if at))


def _instant(at: datetime | None, zone: str, lang: Script) -> str:
    here = local(_known(at), zone)
    return f"{format_day(here.date(), lang)}، {format_clock(here.time(), lang)}".replace(
        "، ", "، " if lang == "ar" else ", "
    )


def _times(draw: DrawView, zone: str, lang: Script) -> list[Values]:
    words = TEXT[lang]
    hours = (
        ("began", _began(draw, zone)),
        ("closed", local(_known(draw.closed_at), zone)),
        ("revealed", local(_known(draw.revealed_at), zone)),
        ("ended", local(_known(draw.drawn_at), zone)),
    )
    return [{"label": words[name], "value": f"{at:%H:%M:%S}"} for name, at in hours]


def _persons(draw: DrawView, lang: Script) -> list[Values]:
    commission = [(ROLES[each.role].say(lang), in_script(lang, each.name_ar, each.name_fr)) for each in draw.members]
    witnesses = [(SEATS[each.kind].say(lang), in_script(lang, each.name_ar, each.name_fr)) for each in draw.seats]
    return [{"role": role, "name": name} for role, name in (*commission, *witnesses)]


def _reason(reason: Any, count: int, entrants: Sequence[EntrantRow], lang: Script) -> Values:
    named = [
        in_script(lang, each.name_ar, each.name_fr) or each.token for each in entrants if each.reasons[:1] == (reason,)
    ]
    return {"reason": REASONS[reason].say(lang), "count": format_number(count, lang), "names": sorted(named)}


def _seat(seat: SeatRow, lang: Script) -> Values:
    came = seat.handed_in_at is not None
    sealed = seat.sealed or TEXT[lang]["paper" if came else "not_handed_in"]
    return {
        "seat": SEATS[seat.kind].say(lang),
        "sealed": sealed,
        "is_hash": seat.sealed is not None,
        "value": seat.value or "",
    }


def _codes(draw: DrawView) -> list[Values]:
    beacon = draw.beacon if draw.beacon_counts else None
    codes = (
        ("commitment", draw.commitment_sha256),
        ("beacon_round", f"{beacon.chain} {beacon.round}" if beacon else None),
        ("beacon_signature", beacon.signature if beacon else None),
        ("beacon_randomness", beacon.randomness if beacon else None),
        ("secret", draw.secret),
        ("seed", draw.seed),
        ("verifier", draw.verifier_sha256),
    )
    return [{"name": name, "value": value} for name, value in codes if value]


def _pick(pick: Any, lang: Script) -> Values:
    words = TEXT[lang]
    place = words["prize"] if pick.prize else words["substitute"]
    return {
        "place": f"{place}{NBSP}{pick.place[1:]}",
        "prize": in_script(lang, pick.prize.title_ar, pick.prize.title_fr) if pick.prize else "",
        "name": in_script(lang, pick.name_ar, pick.name_fr),
        "code": pick.code,
        "ticket": pick.token,
        "rank": pick.rank,
        "wins": pick.prize is not None,
    }


def _ranking(entrants: Sequence[EntrantRow], lang: Script) -> list[list[Values]]:
    """Give the ranking as rows of two columns, read down the first and then down the second."""
    ranked = [each for each in entrants if each.rank is not None][:LONGEST_RANKING]
    shown = [
        {"rank": each.rank, "ticket": each.token, "name": in_script(lang, each.name_ar, each.name_fr)}
        for each in ranked
    ]
    half = -(-len(shown) // 2)
    return [shown[at : at + half + 1 : half] for at in range(half)] if half else []


def _incidents(draw: DrawView, zone: str, lang: Script) -> list[Values]:
    return [
        {"time": f"{local(each.said_at, zone):%H:%M}", "text": in_script(lang, each.text_ar, each.text_fr)}
        for each in draw.incidents
    ]
