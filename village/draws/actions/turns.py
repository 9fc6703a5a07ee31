"""After the result: calls, claims, voids by two, replacements, withdrawals, and the prize in the winner's hands."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from village.audit.actions import make_checkpoint
from village.draws import beacon
from village.draws.actions.holding import hold_draw, need_cosigned, record_step, sign_head_of_step
from village.draws.models import DrawBeacon, DrawEntrant, DrawPrize, DrawTurn, DrawVoidSignature
from village.draws.queries.loading import load_after, load_draw, void_name
from village.draws.rules import states, turns
from village.draws.rules.plan import Replacement
from village.exhibitors.queries import exhibitor_by_person
from village.kit import lot
from village.kit.pictures import clean_proof
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from village.audit.keys import LogKeys
    from village.draws.models import Draw
    from village.draws.rules.turns import AfterDraw, Turn
    from village.kit.db import Json
    from village.kit.deeds import Deed
    from village.kit.storage import Storage


def hold_turn(deed: Deed, *, draw_id: int, place: str) -> str | None:
    """Hold a draw until the deed ends, and give the ticket whose turn it is at a place; None where nobody had one.

    Raises:
        Refusal: `draw_not_found`.

    """
    hold_draw(deed, draw_id)
    return deed.session.scalar(
        select(DrawEntrant.token)
        .join(DrawTurn, DrawTurn.entrant_id == DrawEntrant.id)
        .where(DrawTurn.draw_id == draw_id, DrawTurn.place == place)
        .order_by(DrawTurn.turn.desc())
        .limit(1)
    )


def call_turn(deed: Deed, *, draw_id: int, place: str, number: int | None = None) -> int:
    """Call whoever has the turn at a prize, and log it; give how many times they were called now.

    `number` says which call is meant (1, 2, 3): a second tap on the same button is then no second call.

    Raises:
        Refusal: `draw_not_found`, `draw_not_drawn`, `head_not_cosigned`, and those of `turns.call`.

    """
    row, after = _after(deed, draw_id)
    turn = turns.call(after, place, number)
    need_cosigned(deed, row)
    _write(deed, row, turn, calls=turn.calls)
    record_step(deed, row, "called", {"place": place, "ticket": turn.ticket, "call": turn.calls})
    return turn.calls


def claim_turn(deed: Deed, *, draw_id: int, place: str, by: str = "desk") -> None:
    """Note that whoever has the turn came; `by` tells how they were known: badge or desk.

    Raises:
        Refusal: `draw_not_found`, `draw_not_drawn`, `head_not_cosigned`, and those of `turns.claim`.

    """
    row, after = _after(deed, draw_id)
    _claim(deed, row, turns.claim(after, place), by)


def claim_by_badge(deed: Deed, *, draw_id: int, person_id: int) -> str:
    """Let the person of a scanned badge claim their prize, and give its place: as its winner or a delegate of theirs.

    Raises:
        Refusal: `badge_not_drawn` when no turn is theirs now; `draw_not_found`, `draw_not_drawn`,
            `head_not_cosigned`, and those of `turns.claim`.

    """
    row, after = _after(deed, draw_id)
    stand = exhibitor_by_person(deed.session, row.edition_id).get(person_id)
    found = deed.session.execute(
        select(DrawTurn.place, DrawTurn.turn)
        .join(DrawEntrant, DrawEntrant.id == DrawTurn.entrant_id)
        .where(
            DrawTurn.draw_id == draw_id,
            DrawTurn.state != "voided",
            (DrawEntrant.person_id == person_id) | (DrawEntrant.exhibitor_id == (stand or 0)),
        )
        .order_by(DrawTurn.state.desc(), DrawTurn.id)  # one that still waits before one that was claimed
    ).first()
    if found is None:
        raise Refusal("badge_not_drawn")
    _claim(deed, row, turns.claim(after, found.place), "badge")
    return str(found.place)


def sign_void(deed: Deed, *, draw_id: int, place: str, reason: str, keys: LogKeys) -> bool:
    """Give one of the two words that void a turn; True when it was the second, and the head of the log is signed.

    Raises:
        Refusal: `void_by_account_only`, `draw_not_found`, `draw_not_drawn`, `head_not_cosigned`, and those of
            `turns.sign_void`.

    """
    if deed.actor.kind != "account":
        raise Refusal("void_by_account_only")
    row, after = _after(deed, draw_id)
    signer = str(deed.actor)
    turn, agreed = turns.sign_void(after, place, signer, reason)
    need_cosigned(deed, row)
    about: dict[str, Json] = {"place": place, "ticket": turn.ticket, "reason": reason}
    turn_id = _turn_id(deed, row, turn)
    deed.session.execute(
        delete(DrawVoidSignature).where(DrawVoidSignature.turn_id == turn_id, DrawVoidSignature.signer == signer)
    )
    word = {"turn_id": turn_id, "signer": signer, "reason": reason, "signed_at": deed.now}
    deed.session.execute(insert(DrawVoidSignature).values(**word))
    record_step(deed, row, "void_signed", dict(about))
    if not agreed:
        return False
    _write(deed, row, turn, state="voided", voided_at=deed.now, void_reason=reason, next_round=_next_round(deed, row))
    record_step(deed, row, "voided", {**about, "signed": [*agreed]})
    sign_head_of_step(deed, draw_id, f"voided.{void_name(turn)}", keys)
    return True


def replace_voided(deed: Deed, *, draw_id: int, place: str, keys: LogKeys) -> str:
    """Give the next ticket its turn at a place that was voided; give its id. The head of the log is signed.

    Raises:
        Refusal: `not_its_turn_to_be_replaced` while an earlier void waits, `nobody_to_replace`, `nobody_left`,
            `beacon_missing` where a beacon decides and was not brought, `place_unknown`, `place_withdrawn`,
            `draw_not_found`, `draw_not_drawn`, `head_not_cosigned`.

    """
    row, after = _after(deed, draw_id)
    if turns.turn_at(after, place).state is not turns.TurnState.VOIDED:
        raise Refusal("nobody_to_replace")
    first = turns.first_waiting(after)
    if first.place != place:
        raise Refusal("not_its_turn_to_be_replaced", {"place": first.place})
    need_cosigned(deed, row)
    come = _next_turn(deed, row, after, first)
    tickets = select(DrawEntrant.id).where(DrawEntrant.draw_id == draw_id, DrawEntrant.token == come.ticket)
    deed.session.add(
        DrawTurn(
            draw_id=draw_id,
            place=place,
            turn=come.number,
            entrant_id=deed.session.scalars(tickets).one(),
            iteration=come.iteration,
            rank=come.rank,
            began_at=deed.now,
        )
    )
    deed.session.flush()
    facts: dict[str, Json] = {"place": place, "ticket": come.ticket, "rank": come.rank, "iteration": come.iteration}
    record_step(deed, row, "replaced", facts)
    make_checkpoint(deed, keys, "draw.replaced")
    return come.ticket


def withdraw_prize(deed: Deed, *, draw_id: int, place: str, reason: str) -> None:
    """Take a prize back, in public: ranks stay and nobody moves up for it.

    Raises:
        Refusal: `draw_not_found`, `draw_not_committed`, `draw_is_cancelled`, and those of `turns.withdraw`.

    """
    row = hold_draw(deed, draw_id)
    draw = load_draw(deed.session, row)
    if isinstance(draw, states.OpenDraw):
        raise Refusal("draw_not_committed")
    if isinstance(draw, states.CancelledDraw):
        raise Refusal("draw_is_cancelled")
    drawn = draw if isinstance(draw, states.DrawnDraw) else None
    turns.withdraw(load_after(deed.session, row, drawn), place, reason)
    deed.session.execute(
        update(DrawPrize)
        .where(DrawPrize.draw_id == draw_id, DrawPrize.position == int(place[1:]))
        .values(withdrawn_at=deed.now, withdrawn_reason=reason)
    )
    record_step(deed, row, "prize_withdrawn", {"place": place, "reason": reason})


def hand_over(deed: Deed, *, draw_id: int, place: str, proof: bytes | None, storage: Storage) -> None:
    """Note that a prize is in its winner's hands, with a picture or a signed receipt where there is one.

    The log keeps the SHA-256 of the picture as it is kept, made anew without what the camera wrote into it.

    Raises:
        Refusal: `draw_not_found`, `draw_not_drawn`, `head_not_cosigned`, those of `turns.hand_over` and of
            `pictures.clean_proof`.

    """
    row, after = _after(deed, draw_id)
    turn = turns.hand_over(after, place)
    need_cosigned(deed, row)
    key = digest = None
    if proof is not None:
        kept, ending = clean_proof(proof)
        digest = hashlib.sha256(kept).hexdigest()
        key = f"draws/{draw_id}/handed-over-{void_name(turn)}-{digest[:16]}.{ending}"
        storage.put(key, kept)
    _write(deed, row, turn, state="handed_over", handed_over_at=deed.now, proof_key=key, proof_sha256=digest)
    record_step(deed, row, "handed_over", {"place": place, "ticket": turn.ticket, "proof": digest})


def sign_tail(deed: Deed, *, draw_id: int, keys: LogKeys) -> None:
    """Sign the head of the log after calls, claims and the like, so that the bundle holds them too.

    Raises:
        Refusal: `draw_not_found`, `draw_not_committed`.

    """
    if hold_draw(deed, draw_id).commitment is None:
        raise Refusal("draw_not_committed")
    make_checkpoint(deed, keys, "draw.steps")


def _after(deed: Deed, draw_id: int) -> tuple[Draw, AfterDraw]:
    row = hold_draw(deed, draw_id)
    drawn = states.as_drawn(load_draw(deed.session, row))
    return row, load_after(deed.session, row, drawn)


def _claim(deed: Deed, row: Draw, turn: Turn, by: str) -> None:
    need_cosigned(deed, row)
    _write(deed, row, turn, state="claimed", claimed_at=deed.now, claimed_by=by)
    record_step(deed, row, "claimed", {"place": turn.place, "ticket": turn.ticket, "by": by})


def _turn_id(deed: Deed, row: Draw, turn: Turn) -> int:
    found = select(DrawTurn.id).where(
        DrawTurn.draw_id == row.id, DrawTurn.place == turn.place, DrawTurn.turn == turn.number
    )
    return deed.session.scalars(found).one()


def _write(deed: Deed, row: Draw, turn: Turn, **values: object) -> None:
    deed.session.execute(update(DrawTurn).where(DrawTurn.id == _turn_id(deed, row, turn)).values(**values))


def _next_round(deed: Deed, row: Draw) -> int | None:
    """Find the round that decides who comes after a void of now; the line in the log has whole milliseconds."""
    if row.replacement != Replacement.FRESH or row.beacon_chain is None:
        return None
    at = deed.now - timedelta(microseconds=deed.now.microsecond % 1000)
    return beacon.round_at(row.beacon_chain, at + turns.FRESH_AFTER)


def _next_turn(deed: Deed, row: Draw, after: AfterDraw, void: turns.Void) -> Turn:
    if row.replacement != Replacement.FRESH:
        return turns.next_ordered(after)
    said = deed.session.scalars(
        select(DrawBeacon).where(DrawBeacon.draw_id == row.id, DrawBeacon.void == void.name)
    ).first()
    if said is None:
        raise Refusal("beacon_missing", {"place": void.place})
    drawn = states.as_drawn(load_draw(deed.session, row))
    closed = drawn.revealed.closed
    seed = lot.seed(
        closed.sealed.commitment.sha256,
        closed.opened.items(),
        secret=drawn.revealed.secret,
        beacon=said.randomness,
        iteration=said.iteration,
    )
    return turns.next_fresh(after, seed, said.iteration)
