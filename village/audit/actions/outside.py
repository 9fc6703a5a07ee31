"""What binds the log to the time outside: a beacon noted in it, a time stamp given to a head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from village.audit.actions.recording import record
from village.audit.models import AuditCheckpoint, AuditTimestamp
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from village.kit.deeds import Deed


def note_beacon(deed: Deed, *, round: int, signature: str, check: Callable[[int, str], bytes]) -> None:  # noqa: A002 - the beacon's own word
    """Note a public beacon in the log: what comes after this line was written after the beacon was published.

    Args:
        deed: the open deed.
        round: number of the round.
        signature: its signature, in hexadecimal digits.
        check: verifies the signature of a round against the chain's key and gives its randomness (32 bytes).

    Raises:
        Refusal: of `check`: the signature is not of that round.

    """
    randomness = check(round, signature.lower())
    record(
        deed,
        "log.beacon_noted",
        "beacon:quicknet",
        {"round": round, "signature": signature.lower(), "randomness": randomness.hex()},
    )


def keep_timestamp(deed: Deed, *, size: int, authority: str, token: bytes, stamped_at: datetime) -> bool:
    """Keep the time stamp (RFC 3161) that an authority gave to a signed head; the caller has verified it.

    Args:
        deed: the open deed.
        size: how many lines the head covers.
        authority: the address that was asked.
        token: the whole response, DER.
        stamped_at: the instant that the authority signed.

    Returns:
        Whether it was the first of this authority for this head.

    Raises:
        Refusal: `audit_size_not_found`.

    """
    head = deed.session.scalar(select(AuditCheckpoint.id).where(AuditCheckpoint.size == size).with_for_update())
    if head is None:
        raise Refusal("audit_size_not_found", {"size": size})
    same = (AuditTimestamp.checkpoint_id == head, AuditTimestamp.authority == authority)
    if deed.session.scalar(select(AuditTimestamp.id).where(*same)):
        return False
    deed.session.add(AuditTimestamp(checkpoint_id=head, authority=authority, token=token, stamped_at=stamped_at))
    return True
