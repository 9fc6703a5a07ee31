"""What becomes of certificates when two persons turn out to be one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from village.audit.actions import record
from village.certificates.models import Certificate
from village.certificates.rules import State, masked
from village.kit.db import locked
from village.kit.refusal import Refusal
from village.people.actions import move_rows, put_back
from village.people.rules import Mover

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from village.kit.db import Json
    from village.kit.deeds import Deed


def move_certificates(deed: Deed, kept: int, gone: int) -> dict[str, Any]:
    """Give all certificates to the one who stays. Of two for one workshop that of the one who goes is taken back."""
    valid = deed.session.scalars(
        select(Certificate)
        .where(Certificate.person_id.in_((kept, gone)), Certificate.state == State.VALID)
        .order_by(Certificate.id)
        .with_for_update()
    ).all()
    own = {row.workshop_id for row in valid if row.person_id == kept}
    double = [row for row in valid if row.person_id == gone and row.workshop_id in own]
    for row in double:
        row.state, row.ended_at = State.REVOKED.value, deed.now
        record(deed, "certificate.revoked", f"certificate:{row.id:x}", {"number": row.number})
    deed.session.flush()
    return {"ended": [row.id for row in double], "ids": move_rows(deed, Certificate, kept=kept, gone=gone)}


def restore_certificates(deed: Deed, kept: int, gone: int, done: Mapping[str, Any]) -> None:
    """Give the certificates back, and let those that were taken back hold again.

    Raises:
        Refusal: `merge_changed_since`.

    """
    put_back(deed, Certificate, done["ids"], kept=kept, gone=gone)
    for each in done["ended"]:
        row = locked(deed.session, Certificate, each)
        if row is None or row.state != State.REVOKED:
            raise Refusal("merge_changed_since")
        row.state, row.ended_at = State.VALID.value, None
        record(deed, "certificate.restored", f"certificate:{row.id:x}", {"number": row.number})
    deed.session.flush()


CERTIFICATES = Mover("certificates", move_certificates, restore_certificates)


def list_kept(session: Session, ids: Sequence[int]) -> list[dict[str, Json]]:
    """Return persons' certificates, for themselves to read."""
    rows = session.scalars(select(Certificate).where(Certificate.person_id.in_(ids)).order_by(Certificate.number))
    return [
        {
            "number": row.number,
            "name_ar": row.name_ar,
            "name_fr": row.name_fr,
            "state": row.state,
            "day": row.day.isoformat(),
            "at": row.issued_at.isoformat(),
        }
        for row in rows
    ]


def forget(deed: Deed, person_id: int) -> None:
    """Leave of the names on certificates the initials that their public page shows; numbers stay."""
    for row in deed.session.scalars(select(Certificate).where(Certificate.person_id == person_id).with_for_update()):
        row.name_ar, row.name_fr, row.reason = masked(row.name_ar), masked(row.name_fr), ""
