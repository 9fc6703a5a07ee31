"""Bringing in what a public beacon said: typed, scanned or fetched, it is checked here against the chain's own key."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from village.draws import beacon
from village.draws.actions.holding import hold_draw, need_cosigned, record_step
from village.draws.models import DrawBeacon, DrawTurn
from village.draws.queries.loading import load_after, load_draw
from village.draws.rules import revealing, states
from village.draws.rules.plan import Replacement
from village.draws.rules.turns import first_waiting
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from village.draws.models import Draw
    from village.kit.deeds import Deed


@lru_cache(maxsize=64)
def check_round(chain: str, number: int, signature: str) -> str:
    """Check the signature of a round, give its randomness, and remember it: to be called before a deed begins.

    The sum takes most of a second, and a deed may hold the whole database: `bring_beacon` then finds it done.

    Raises:
        Refusal: those of `beacon.verify`.

    """
    known = beacon.find_chain(chain)
    return beacon.verify(known.public_key, known.scheme, number, _tidy(signature)).hex()


def bring_beacon(deed: Deed, *, draw_id: int, signature: str) -> str:
    """Bring in the signature of the one round that counts now, and give its randomness (64 hexadecimal digits).

    After the close that is the committed round; after the result, where replacement is `fresh`, the round of the void
    that waits longest. A signature of any other round or chain does not verify.

    Args:
        deed: the open deed.
        draw_id: the draw.
        signature: as the beacon publishes it, in hexadecimal; blanks and capitals do not matter.

    Raises:
        Refusal: `draw_not_found`, `draw_not_closed`, `draw_is_cancelled`, `beacon_not_planned`,
            `beacon_already_brought`, `nobody_to_replace`, `head_not_cosigned`, and those of `beacon.verify`.

    """
    row = hold_draw(deed, draw_id)
    draw = load_draw(deed.session, row)
    need_cosigned(deed, row)
    if row.beacon_chain is None:
        raise Refusal("beacon_not_planned")
    if isinstance(draw, states.DrawnDraw):
        number, iteration, void = _fresh_round(deed, row, draw)
        randomness = check_round(row.beacon_chain, number, signature)
    else:
        number, iteration, void = row.beacon_round or 0, 0, ""
        closed = states.as_closed(draw)
        revealing.bring_beacon(closed, "")  # whether it is wanted at all, before the long sum
        randomness = check_round(row.beacon_chain, number, signature)
    deed.session.execute(
        insert(DrawBeacon).values(
            draw_id=draw_id,
            iteration=iteration,
            void=void,
            round=number,
            signature=_tidy(signature),
            randomness=randomness,
            brought_at=deed.now,
        )
    )
    record_step(deed, row, "beacon_brought", {"iteration": iteration, "round": number, "signature": _tidy(signature)})
    return randomness


def _fresh_round(deed: Deed, row: Draw, drawn: states.DrawnDraw) -> tuple[int, int, str]:
    """Find the round of the void that waits longest, the iteration it gets, and the name of the void."""
    if row.replacement != Replacement.FRESH:
        raise Refusal("beacon_not_planned")
    void = first_waiting(load_after(deed.session, row, drawn))
    brought = deed.session.execute(
        select(func.max(DrawBeacon.iteration), func.count().filter(DrawBeacon.void == void.name)).where(
            DrawBeacon.draw_id == row.id
        )
    ).one()
    if brought[1]:
        raise Refusal("beacon_already_brought")
    place, _, turn = void.name.partition(".")
    wanted = select(DrawTurn.next_round).where(
        DrawTurn.draw_id == row.id, DrawTurn.place == place, DrawTurn.turn == int(turn)
    )
    return deed.session.execute(wanted).scalar_one() or 0, (brought[0] or 0) + 1, void.name


def _tidy(signature: str) -> str:
    return "".join(signature.split()).lower()
