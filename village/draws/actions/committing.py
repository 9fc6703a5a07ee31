"""What binds a commission: the commitment, the ways out of it before the hour, and the register of all draws."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import select

from village.audit.actions import make_checkpoint, record
from village.audit.keys import log_verifiers
from village.audit.queries.witnesses import list_witnesses
from village.draws.actions.holding import hold_draw, record_step, sign_head_of_step
from village.draws.actions.preparing import live_marks
from village.draws.models import Draw, DrawEntrant, DrawPrize, DrawRegister, DrawSeat, DrawVerifier
from village.draws.queries.loading import load_draw
from village.draws.rules import leaving, states
from village.draws.rules.verifier import verifier_bytes, verifier_sha256
from village.draws.rules.witnesses import Witness, why_not_witnesses
from village.editions.queries import get_edition
from village.exhibitors.queries import exhibitor_by_person
from village.kit.canonical import dumps
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from village.audit.keys import LogKeys
    from village.draws.rules.plan import Commitment
    from village.kit.db import Json
    from village.kit.deeds import Deed

SECRET_BYTES = 32


def commit_draw(deed: Deed, *, draw_id: int, keys: LogKeys) -> Commitment:
    """Fix plan and list, promise the secret, and sign the head of the log.

    Where heads must be cosigned, the witnesses enrolled now are those of the draw.

    Raises:
        Refusal: `draw_not_found`, `draw_already_committed`, `draw_register_closed`, `prize_in_another_draw`,
            `witness_is_interested`, and those of `states.commit`.

    """
    number, previous = _next_number(deed, _edition_of(deed, draw_id))
    row = hold_draw(deed, draw_id)
    if row.state != "open":
        raise Refusal("draw_already_committed")
    if row.quorum:
        row.witness_keys = "\n".join(each.vkey or "" for each in list_witnesses(deed.session, enrolled_only=True))
    draw = states.as_open(load_draw(deed.session, row))
    objections = _why_not_prizes(deed, row) or why_not_witnesses(_witnesses(deed, row), _ticket_holders(deed, row))
    if objections:
        raise Refusal.of(objections)
    secret = deed.chance.token_bytes(SECRET_BYTES) if row.uses_secret else None
    sealed = states.commit(
        draw,
        deed.now,
        number=number,
        previous=previous,
        secret_sha256=None if secret is None else hashlib.sha256(secret).hexdigest(),
        verifier_sha256=verifier_sha256(),
    )
    row.state, row.number, row.secret, row.committed_at = "sealed", number, secret, deed.now
    row.commitment = dumps(sealed.commitment.document).decode()
    row.commitment_sha256 = sealed.commitment.sha256
    row.log_key = log_verifiers(keys)[0].vkey()
    _keep_verifier(deed)
    facts: dict[str, Json] = {"commitment": sealed.commitment.document, "sha256": sealed.commitment.sha256}
    record(deed, "draw.committed", f"draw:{draw_id}", facts)
    sign_head_of_step(deed, draw_id, "committed", keys)
    return sealed.commitment


def go_offline(deed: Deed, *, draw_id: int, keys: LogKeys) -> None:
    """Let the public beacon count no more, before its round; the head of the log is signed.

    Raises:
        Refusal: `draw_not_found`, `draw_not_committed`, `draw_closed`, and those of `leaving.go_offline`.

    """
    row = hold_draw(deed, draw_id)
    leaving.go_offline(states.as_sealed(load_draw(deed.session, row)), deed.now)
    row.offline_at = deed.now
    record_step(deed, row, "went_offline")
    sign_head_of_step(deed, draw_id, "went_offline", keys)


def cancel_draw(deed: Deed, *, draw_id: int, reason: str, keys: LogKeys) -> None:
    """Call a committed draw off before its hour; the head of the log is signed. Nothing follows.

    Raises:
        Refusal: `draw_not_found`, `draw_not_committed`, `draw_is_cancelled`, `draw_closed`, and those of
            `leaving.cancel`.

    """
    row = hold_draw(deed, draw_id)
    cancelled = leaving.cancel(states.as_sealed(load_draw(deed.session, row)), deed.now, reason)
    row.state, row.cancelled_at, row.cancel_reason = "cancelled", deed.now, cancelled.reason
    record_step(deed, row, "cancelled", {"reason": reason})
    sign_head_of_step(deed, draw_id, "cancelled", keys)


def close_register(deed: Deed, *, edition_id: int, keys: LogKeys) -> None:
    """Say how many draws the edition had, once and for ever: no draw can be committed after it.

    Raises:
        Refusal: `draw_register_closed`; `draw_register_empty` where no draw was ever set up.

    """
    number, previous = _next_number(deed, edition_id)
    if not deed.session.scalar(select(Draw.id).where(Draw.edition_id == edition_id).limit(1)):
        raise Refusal("draw_register_empty")
    deed.session.add(DrawRegister(edition_id=edition_id, count=number - 1, last=previous, closed_at=deed.now))
    deed.session.flush()
    thing = f"register:{get_edition(deed.session, edition_id).code}"
    record(deed, "draw.register_closed", thing, {"count": number - 1, "last": previous})
    make_checkpoint(deed, keys, "draw.register_closed")


def _edition_of(deed: Deed, draw_id: int) -> int:
    found = deed.session.scalar(select(Draw.edition_id).where(Draw.id == draw_id))
    if found is None:
        raise Refusal("draw_not_found", {"draw": draw_id})
    return found


def _why_not_prizes(deed: Deed, row: Draw) -> list[Refusal]:
    """Object to every prize that is the object of another draw too: no two of them hold the edition at once here."""
    own = select(DrawPrize.mark).where(DrawPrize.draw_id == row.id, DrawPrize.mark.is_not(None))
    marks = set(deed.session.scalars(own))
    return [
        Refusal("prize_in_another_draw", {"mark": mark})
        for mark, other in live_marks(deed, row.edition_id)
        if mark in marks and other != row.id
    ]


def _keep_verifier(deed: Deed) -> None:
    """Keep the verifier that the commitment names, so that it can be had by its hash after it changed."""
    if deed.session.get(DrawVerifier, verifier_sha256()) is None:
        deed.session.add(DrawVerifier(sha256=verifier_sha256(), body=verifier_bytes(), kept_at=deed.now))


def _next_number(deed: Deed, edition_id: int) -> tuple[int, str | None]:
    """Give the next gap-free number and the commitment before it.

    Holds every draw of the edition until the deed ends, always in the same order, so that two commissions that
    commit two draws at once, or one of them and the closing of the register, never wait for each other in a circle.

    Raises:
        Refusal: `draw_register_closed`.

    """
    rows = deed.session.execute(
        select(Draw.number, Draw.commitment_sha256)
        .where(Draw.edition_id == edition_id)
        .order_by(Draw.id)
        .with_for_update()
    ).all()
    if deed.session.scalar(select(DrawRegister.count).where(DrawRegister.edition_id == edition_id)) is not None:
        raise Refusal("draw_register_closed")
    numbered = [(row.number or 0, row.commitment_sha256) for row in rows]
    number, previous = max(numbered, key=lambda pair: pair[0], default=(0, None))
    return number + 1, previous


def _witnesses(deed: Deed, row: Draw) -> list[Witness]:
    exhibitors = exhibitor_by_person(deed.session, row.edition_id)
    found = []
    for seat in deed.session.scalars(select(DrawSeat).where(DrawSeat.draw_id == row.id).order_by(DrawSeat.code)):
        things = {f"exhibitor:{number}" for number in seat.ties.split()}
        if seat.person_id is not None:
            things.add(f"person:{seat.person_id}")
        if seat.person_id in exhibitors:
            things.add(f"exhibitor:{exhibitors[seat.person_id]}")
        found.append(Witness(seat.code, frozenset(things)))
    return found


def _ticket_holders(deed: Deed, row: Draw) -> frozenset[str]:
    """Name everyone with a ticket; with a person stands the exhibitor whose delegate they are."""
    rows = deed.session.execute(
        select(DrawEntrant.exhibitor_id, DrawEntrant.person_id).where(
            DrawEntrant.draw_id == row.id, DrawEntrant.reasons == ""
        )
    )
    exhibitors = exhibitor_by_person(deed.session, row.edition_id)
    found = set()
    for exhibitor, person in rows:
        stands_at = exhibitor or exhibitors.get(person or 0)
        found |= {f"person:{person}"} if person else set()
        found |= {f"exhibitor:{stands_at}"} if stands_at else set()
    return frozenset(found)
