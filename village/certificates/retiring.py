"""What certificates forget after three years: of the names only initials stay, as on their public page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from village.certificates.models import Certificate
from village.certificates.rules import State, masked
from village.people.rules.retention import Keeper, Stage

if TYPE_CHECKING:
    from village.kit.deeds import Deed


def holders(deed: Deed, edition_id: int) -> set[int]:
    """Return who holds a certificate of an edition that is valid or was corrected."""
    kept = select(Certificate.person_id).where(Certificate.edition_id == edition_id, Certificate.state == State.VALID)
    return set(deed.session.scalars(kept))


def forget_names(deed: Deed, edition_id: int, limit: int) -> int:
    """Leave of the names on certificates the initials; numbers stay, and what they attest."""
    query = select(Certificate).where(Certificate.edition_id == edition_id).order_by(Certificate.id).with_for_update()
    todo = [row for row in deed.session.scalars(query) if _tells(row)][:limit]
    for row in todo:
        row.name_ar, row.name_fr, row.reason = masked(row.name_ar), masked(row.name_fr), ""
    return len(todo)


def _tells(row: Certificate) -> bool:
    return bool(row.reason) or row.name_ar != masked(row.name_ar) or row.name_fr != masked(row.name_fr)


KEEPERS = (Keeper("certificates", Stage.THREE_YEARS, forget_names),)
