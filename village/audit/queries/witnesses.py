"""Who keeps heads outside, and what they cosigned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from village.audit.models import AuditCheckpoint, AuditCosignature, AuditWitness
from village.audit.notes import add_signatures
from village.audit.rules import hash_of_code
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class WitnessRow:
    """A witness; `vkey` is None until its tablet was enrolled.

    `last_size` and `last_time` (seconds since 1970) tell the longest head it cosigned.
    """

    id: int
    name: str
    kind: str
    label_ar: str
    label_fr: str
    vkey: str | None
    enrolled_at: datetime | None
    retired_at: datetime | None
    last_size: int | None
    last_time: int | None

    @property
    def is_active(self) -> bool:
        """Whether it keeps heads now: enrolled, and not retired."""
        return self.vkey is not None and self.retired_at is None


@dataclass(frozen=True)
class CosignedHead:
    """A signed head and how many cosignatures stand under it."""

    size: int
    reason: str
    at: datetime
    cosignatures: int


def list_witnesses(session: Session, enrolled_only: bool = False) -> list[WitnessRow]:  # noqa: FBT001, FBT002 - read by its name wherever it is called
    """List the witnesses in the order in which they were invited; `enrolled_only`: those who keep heads now."""
    last = (
        select(AuditCosignature.witness_id, func.max(AuditCheckpoint.size).label("size"))
        .join(AuditCheckpoint, AuditCheckpoint.id == AuditCosignature.checkpoint_id)
        .group_by(AuditCosignature.witness_id)
        .subquery()
    )
    rows = session.execute(
        select(
            AuditWitness.id,
            AuditWitness.name,
            AuditWitness.kind,
            AuditWitness.label_ar,
            AuditWitness.label_fr,
            AuditWitness.vkey,
            AuditWitness.enrolled_at,
            AuditWitness.retired_at,
            last.c.size,
            AuditCosignature.time,
        )
        .outerjoin(last, last.c.witness_id == AuditWitness.id)
        .outerjoin(AuditCheckpoint, AuditCheckpoint.size == last.c.size)
        .outerjoin(
            AuditCosignature,
            (AuditCosignature.checkpoint_id == AuditCheckpoint.id) & (AuditCosignature.witness_id == AuditWitness.id),
        )
        .order_by(AuditWitness.id)
    )
    found = [WitnessRow(*row) for row in rows]
    return [row for row in found if row.is_active] if enrolled_only else found


def cosigned_note(session: Session, size: int, vkeys: Collection[str] | None = None) -> str:
    """Return the signed head of a size with the lines of its witnesses under it, in the order of their invitation.

    Args:
        session: the database.
        size: how many lines the head covers.
        vkeys: only these witnesses; all of them when left out.

    Raises:
        Refusal: `audit_size_not_found`: no head of that size was signed.

    """
    note = session.scalar(select(AuditCheckpoint.note).where(AuditCheckpoint.size == size))
    if note is None:
        raise Refusal("audit_size_not_found", {"size": size})
    wanted = _cosignatures(size).with_only_columns(AuditWitness.vkey, AuditCosignature.line)
    rows = session.execute(wanted.order_by(AuditWitness.id))
    return add_signatures(note, [line for vkey, line in rows if vkeys is None or vkey in vkeys])


def count_cosignatures(session: Session, size: int, vkeys: Collection[str]) -> int:
    """Count which of these witnesses cosigned the head of a size; 0 also where no such head was signed."""
    rows = session.scalars(_cosignatures(size).with_only_columns(AuditWitness.vkey))
    return sum(vkey in vkeys for vkey in rows)


def get_invitation(session: Session, code: str, now: datetime) -> WitnessRow:
    """Find whom a code invites.

    Raises:
        Refusal: `witness_code_unknown`, also when it has served or is too old.

    """
    row = session.execute(
        select(AuditWitness.id, AuditWitness.code_until).where(AuditWitness.code_sha256 == hash_of_code(code))
    ).one_or_none()
    if row is None or row.code_until is None or row.code_until < now:
        raise Refusal("witness_code_unknown")
    return next(each for each in list_witnesses(session) if each.id == row.id)


def list_cosigned_heads(session: Session, *, after: int = 0, limit: int = 50) -> list[CosignedHead]:
    """List the signed heads longer than `after`, shortest first, each with its number of cosignatures."""
    count = select(func.count()).where(AuditCosignature.checkpoint_id == AuditCheckpoint.id).scalar_subquery()
    rows = session.execute(
        select(AuditCheckpoint.size, AuditCheckpoint.reason, AuditCheckpoint.at, count)
        .where(AuditCheckpoint.size > after)
        .order_by(AuditCheckpoint.size)
        .limit(limit)
    )
    return [CosignedHead(*row) for row in rows]


def _cosignatures(size: int) -> Select[int]:
    return (
        select(AuditCosignature.id)
        .join(AuditCheckpoint, AuditCheckpoint.id == AuditCosignature.checkpoint_id)
        .join(AuditWitness, AuditWitness.id == AuditCosignature.witness_id)
        .where(AuditCheckpoint.size == size)
    )
