"""What is forgotten of organisations after three years: who chaired them and how to reach them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, update

from village.exhibitors.models import Exhibitor
from village.people.rules.retention import Keeper, Stage

if TYPE_CHECKING:
    from village.kit.deeds import Deed


def forget_chairs(deed: Deed, edition_id: int, _limit: int) -> int:
    """Take out the chair's name, telephone and mail address."""
    left = or_(
        Exhibitor.chair_ar != "", Exhibitor.chair_fr != "", Exhibitor.phone.is_not(None), Exhibitor.email.is_not(None)
    )
    gone = (
        update(Exhibitor)
        .where(Exhibitor.edition_id == edition_id, left)
        .values(chair_ar="", chair_fr="", phone=None, email=None)
        .returning(Exhibitor.id)
    )
    return len(deed.session.scalars(gone).all())


KEEPERS = (Keeper("chairs", Stage.THREE_YEARS, forget_chairs),)
