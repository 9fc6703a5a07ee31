"""After the close: envelopes are opened, the beacon is brought in, the secret revealed, and the tickets ranked."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from village.draws.rules.envelope import is_nonce, is_value, sealed_hash
from village.draws.rules.plan import why_not_untouched
from village.draws.rules.prizes import assign_places, places_of
from village.draws.rules.states import ClosedDraw, DrawnDraw, RevealedDraw
from village.kit import lot
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from village.draws.rules.envelope import Opening
    from village.draws.rules.plan import Commitment


def open_envelope(draw: ClosedDraw, opening: Opening) -> ClosedDraw:
    """Open one envelope and read its number.

    Raises:
        Refusal: `envelope_not_handed_in`, `envelope_already_open`, `envelope_value_bad`, `envelope_mismatch` where
            the number is not the one that was sealed.

    """
    envelope = draw.sealed.envelopes.get(opening.seat)
    if envelope is None:
        raise Refusal("envelope_not_handed_in", {"seat": opening.seat})
    if opening.seat in draw.opened:
        raise Refusal("envelope_already_open", {"seat": opening.seat})
    if not is_value(opening.value):
        raise Refusal("envelope_value_bad", {"seat": opening.seat})
    if envelope.sealed is None:
        if opening.nonce is not None:
            raise Refusal("envelope_mismatch", {"seat": opening.seat})
    elif not is_nonce(opening.nonce) or sealed_hash(draw.sealed.commitment.sha256, opening) != envelope.sealed:
        raise Refusal("envelope_mismatch", {"seat": opening.seat})
    return replace(draw, opened={**draw.opened, opening.seat: opening.value})


def bring_beacon(draw: ClosedDraw, randomness: str) -> ClosedDraw:
    """Take in what the beacon said in the committed round (64 hexadecimal digits, checked against its key).

    Raises:
        Refusal: `beacon_not_planned`, `beacon_already_brought`.

    """
    if draw.sealed.beacon is None:
        raise Refusal("beacon_not_planned")
    if draw.randomness is not None:
        raise Refusal("beacon_already_brought")
    return replace(draw, randomness=randomness)


def reveal(draw: ClosedDraw, secret: bytes | None) -> RevealedDraw:
    """Reveal the secret that was committed to and derive the seed.

    Raises:
        Refusal: `envelopes_not_open` while one stays closed, `beacon_missing` while the committed round was not
            brought in (the draw is then pending, never repeated without it), `secret_changed` when the secret is not
            the committed one.

    """
    waiting = sorted(draw.sealed.envelopes.keys() - draw.opened.keys())
    if waiting:
        raise Refusal("envelopes_not_open", {"seats": ", ".join(waiting), "waiting": len(waiting)})
    beacon = draw.sealed.beacon
    if beacon is not None and draw.randomness is None:
        raise Refusal("beacon_missing", {"round": beacon.round})
    _check_secret(draw.sealed.commitment, secret)
    revealed = None if secret is None else secret.hex()
    seed = lot.seed(draw.sealed.commitment.sha256, draw.opened.items(), secret=revealed, beacon=draw.randomness)
    return RevealedDraw(draw, revealed, seed)


def rank(draw: RevealedDraw) -> DrawnDraw:
    """Rank every ticket and fill the places. Nothing is decided here: anyone can compute the same.

    Raises:
        Refusal: `draw_altered` where plan or list are not those committed to.

    """
    sealed = draw.closed.sealed
    objections = why_not_untouched(sealed.plan, sealed.tickets, sealed.commitment)
    if objections:
        raise Refusal.of(objections)
    ranking = tuple(lot.rank(draw.seed, (ticket.id for ticket in sealed.tickets)))
    picks = assign_places(
        ranking,
        {ticket.id: ticket.group for ticket in sealed.tickets},
        places_of(sealed.plan.prizes, sealed.plan.substitutes),
        sealed.plan.most_per_group,
    )
    return DrawnDraw(draw, ranking, picks)


def _check_secret(commitment: Commitment, secret: bytes | None) -> None:
    entropy = commitment.document["entropy"]
    promised = entropy["secret_sha256"] if isinstance(entropy, dict) else None
    shown = None if secret is None else hashlib.sha256(secret).hexdigest()
    if shown != promised:
        raise Refusal("secret_changed")
