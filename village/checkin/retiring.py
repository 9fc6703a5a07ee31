"""What the gates forget of an edition; attendance stays, by number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select, update

from village.checkin.models import Device, Scan, SessionNote
from village.people.rules.retention import Keeper, Stage
from village.workshops.queries import ids_by_code

if TYPE_CHECKING:
    from village.kit.deeds import Deed


def forget_devices(deed: Deed, edition_id: int, limit: int) -> int:
    """Take out what devices said beyond the arrival itself: their own clock, the badge, codes that named none."""
    left = or_(Scan.badge_id.is_not(None), Scan.code_hash.is_not(None), Scan.device_time != Scan.corrected_at)
    some = select(Scan.id).where(Scan.edition_id == edition_id, left).order_by(Scan.id).limit(limit)
    gone = (
        update(Scan)
        .where(Scan.id.in_(some))
        .values(badge_id=None, code_hash=None, device_time=Scan.corrected_at)
        .returning(Scan.id)
    )
    names = (
        update(Device).where(Device.edition_id == edition_id, Device.name != "").values(name="").returning(Device.id)
    )
    return len(deed.session.scalars(gone).all()) + len(deed.session.scalars(names).all())


def forget_notes(deed: Deed, edition_id: int, _limit: int) -> int:
    """Take out what trainers wrote about their sessions."""
    own = tuple(ids_by_code(deed.session, edition_id).values())
    gone = (
        update(SessionNote)
        .where(SessionNote.workshop_id.in_(own), SessionNote.text != "")
        .values(text="")
        .returning(SessionNote.workshop_id)
    )
    return len(deed.session.scalars(gone).all())


def forget_scans(deed: Deed, edition_id: int, limit: int) -> int:
    """Take the person from every scan; who attended stays as a number without a name."""
    some = select(Scan.id).where(Scan.edition_id == edition_id, Scan.person_id.is_not(None)).order_by(Scan.id)
    gone = update(Scan).where(Scan.id.in_(some.limit(limit))).values(person_id=None).returning(Scan.id)
    return len(deed.session.scalars(gone).all())


KEEPERS = (
    Keeper("devices", Stage.YEAR, forget_devices),
    Keeper("notes", Stage.YEAR, forget_notes),
    Keeper("scans", Stage.THREE_YEARS, forget_scans),
)
