"""In the hall: envelopes, counts, closing, opening, the secret, the ranking. Each step once, in its turn."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from village.audit.actions import record
from village.draws.actions.holding import hold_draw, need_cosigned, record_step, sign_head_of_step
from village.draws.models import DrawCount, DrawEntrant, DrawIncident, DrawPick, DrawSeat, DrawTurn
from village.draws.queries.loading import load_draw
from village.draws.rules import revealing, states
from village.draws.rules.prizes import ranking_root
from village.kit.canonical import dumps
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from village.audit.keys import LogKeys
    from village.draws.rules.envelope import Envelope, Opening
    from village.kit.db import Json
    from village.kit.deeds import Deed


def hand_in_sealed(deed: Deed, *, draw_id: int, envelope: Envelope) -> None:
    """Take in a sealed number.

    Raises:
        Refusal: `draw_not_found`, `draw_not_committed`, `draw_closed`, `head_not_cosigned`, and those of
            `states.hand_in`.

    """
    row = hold_draw(deed, draw_id)
    states.hand_in(states.as_sealed(load_draw(deed.session, row)), envelope, deed.now)
    need_cosigned(deed, row)
    seat = _seat(deed, draw_id, envelope.seat)
    seat.handed_in_at, seat.sealed, seat.signature = deed.now, envelope.sealed, envelope.signature
    facts: dict[str, Json] = {
        "sealed": envelope.sealed,
        "seat": envelope.seat,
        "signature": envelope.signature,
    }
    record_step(deed, row, "envelope_handed_in", facts)


def record_count(deed: Deed, *, draw_id: int, counted: int) -> None:
    """Record how many badges whoever acts has counted; counting again replaces their number, the log keeps both.

    Raises:
        Refusal: `draw_not_found`, `draw_not_committed`, `draw_closed`, `head_not_cosigned`.

    """
    row = hold_draw(deed, draw_id)
    counter = str(deed.actor)
    states.count(states.as_sealed(load_draw(deed.session, row)), counter, counted)
    need_cosigned(deed, row)
    known = deed.session.scalar(select(DrawCount).where(DrawCount.draw_id == draw_id, DrawCount.counter == counter))
    if known is None:
        deed.session.add(DrawCount(draw_id=draw_id, counter=counter, counted=counted, counted_at=deed.now))
    else:
        known.counted, known.counted_at = counted, deed.now
    record_step(deed, row, "counted", {"counted": counted})


def close_draw(deed: Deed, *, draw_id: int, keys: LogKeys) -> None:
    """Close a draw: from here nothing is added, only opened. The head of the log is signed.

    Raises:
        Refusal: `draw_not_found`, `draw_not_committed`, `draw_closed`, `head_not_cosigned`, and those of
            `states.close`.

    """
    row = hold_draw(deed, draw_id)
    closed = states.close(states.as_sealed(load_draw(deed.session, row)), deed.now)
    need_cosigned(deed, row)
    row.state, row.closed_at = "closed", deed.now
    facts: dict[str, Json] = {
        "counts": [[who, counted] for who, counted in sorted(closed.sealed.counts.items())],
        "envelopes": [*sorted(closed.sealed.envelopes)],
    }
    record_step(deed, row, "closed", facts)
    sign_head_of_step(deed, draw_id, "closed", keys)


def open_envelope(deed: Deed, *, draw_id: int, opening: Opening) -> None:
    """Open an envelope and write down its number as it was read aloud.

    Raises:
        Refusal: `draw_not_found`, `draw_not_closed`, `draw_already_revealed`, `head_not_cosigned`,
            and those of `states.open_envelope`.

    """
    row = hold_draw(deed, draw_id)
    revealing.open_envelope(states.as_closed(load_draw(deed.session, row)), opening)
    need_cosigned(deed, row)
    seat = _seat(deed, draw_id, opening.seat)
    seat.opened_at, seat.value, seat.nonce = deed.now, opening.value, opening.nonce
    record_step(deed, row, "envelope_opened", {"nonce": opening.nonce, "seat": opening.seat, "value": opening.value})


def reveal(deed: Deed, *, draw_id: int, secret: bytes | None = None) -> bytes:
    """Reveal the secret and derive the seed (32 bytes, returned).

    Args:
        deed: the open deed.
        draw_id: the draw.
        secret: as typed from the sealed paper copy; None takes the one kept here. Either must be the committed one.

    Raises:
        Refusal: `draw_not_found`, `draw_not_closed`, `draw_already_revealed`, `head_not_cosigned`,
            and those of `states.reveal`.

    """
    row = hold_draw(deed, draw_id)
    closed = states.as_closed(load_draw(deed.session, row))
    revealed = revealing.reveal(closed, row.secret if secret is None else secret)
    need_cosigned(deed, row)
    row.state, row.revealed_at, row.seed = "revealed", deed.now, revealed.seed.hex()
    record_step(deed, row, "revealed", {"secret": revealed.secret, "seed": row.seed})
    return revealed.seed


def conclude(deed: Deed, *, draw_id: int, keys: LogKeys) -> states.DrawnDraw:
    """Rank all tickets, fill the places, begin the winners' turns, and sign the head of the log.

    Raises:
        Refusal: `draw_not_found`, `draw_not_revealed`, `draw_already_drawn`.

    """
    row = hold_draw(deed, draw_id)
    drawn = revealing.rank(states.as_revealed(load_draw(deed.session, row)))
    rows = deed.session.execute(select(DrawEntrant.token, DrawEntrant.id).where(DrawEntrant.draw_id == draw_id))
    ids = {each.token: each.id for each in rows}
    ranks = [{"id": ids[token], "rank": rank} for rank, token in enumerate(drawn.ranking, start=1)]
    deed.session.execute(update(DrawEntrant), ranks)
    picks = [{"draw_id": draw_id, "place": pick.place, "entrant_id": ids[pick.ticket]} for pick in drawn.picks]
    deed.session.execute(insert(DrawPick), picks)
    turns = [
        {
            "draw_id": draw_id,
            "place": pick.place,
            "turn": 0,
            "entrant_id": ids[pick.ticket],
            "rank": pick.rank,
            "began_at": deed.now,
        }
        for pick in drawn.picks
        if not pick.is_substitute
    ]
    deed.session.execute(insert(DrawTurn), turns)
    row.state, row.drawn_at = "drawn", deed.now
    facts: dict[str, Json] = {
        "picks": [pick.as_json() for pick in drawn.picks],
        "ranking_root": ranking_root(drawn.ranking),
        "seed": drawn.revealed.seed.hex(),
    }
    record_step(deed, row, "concluded", facts)
    sign_head_of_step(deed, draw_id, "concluded", keys)
    return drawn


def note_incident(deed: Deed, *, draw_id: int, text_ar: str = "", text_fr: str = "") -> None:
    """Write down an observation or claim for the minutes; the log keeps its hash, for the text may hold names.

    Raises:
        Refusal: `draw_not_found`, `draw_incident_empty`.

    """
    row = hold_draw(deed, draw_id)
    if not (text_ar.strip() or text_fr.strip()):
        raise Refusal("draw_incident_empty")
    deed.session.add(DrawIncident(draw_id=draw_id, said_at=deed.now, text_ar=text_ar, text_fr=text_fr))
    digest = hashlib.sha256(dumps({"ar": text_ar, "fr": text_fr})).hexdigest()
    record(deed, "draw.incident_noted", f"draw:{row.id}", {"text_sha256": digest})


def _seat(deed: Deed, draw_id: int, code: str) -> DrawSeat:
    return deed.session.scalars(select(DrawSeat).where(DrawSeat.draw_id == draw_id, DrawSeat.code == code)).one()
