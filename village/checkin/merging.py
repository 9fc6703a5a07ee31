"""What becomes of scans and attendance when two persons turn out to be one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from village.checkin.models import Attendance, Scan
from village.people.actions import move_rows, put_back
from village.people.rules import Mover
from village.workshops.queries import list_workshops

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from village.kit.db import Json
    from village.kit.deeds import Deed


def move_attendance(deed: Deed, kept: int, gone: int) -> dict[str, Any]:
    """Give scans and attendance to the one who stays; where both were at one workshop, the earlier arrival counts."""
    rows = deed.session.scalars(select(Attendance).where(Attendance.person_id.in_((kept, gone)))).all()
    own = {row.workshop_id: row for row in rows if row.person_id == kept}
    double = []
    for theirs in (row for row in rows if row.person_id == gone):
        mine = own.get(theirs.workshop_id)
        if mine is not None:
            later = theirs if mine.first_at <= theirs.first_at else mine
            double.append(
                {
                    "id": later.id, "person_id": later.person_id, "edition_id": later.edition_id,
                    "workshop_id": later.workshop_id, "scan_id": later.scan_id, "first_at": later.first_at.isoformat(),
                }
            )  # fmt: skip
    deed.session.execute(delete(Attendance).where(Attendance.id.in_([each["id"] for each in double])))
    return {
        "double": double,
        "attendance": move_rows(deed, Attendance, kept=kept, gone=gone),
        "scans": move_rows(deed, Scan, kept=kept, gone=gone),
    }


def restore_attendance(deed: Deed, kept: int, gone: int, done: Mapping[str, Any]) -> None:
    """Give scans and attendance back.

    Raises:
        Refusal: `merge_changed_since`.

    """
    put_back(deed, Scan, done["scans"], kept=kept, gone=gone)
    put_back(deed, Attendance, done["attendance"], kept=kept, gone=gone)
    for each in done["double"]:
        deed.session.execute(insert(Attendance).values({**each, "first_at": _instant(each["first_at"])}))


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


ATTENDANCE = Mover("checkin", move_attendance, restore_attendance)


def list_kept(session: Session, ids: Sequence[int]) -> list[dict[str, Json]]:
    """Return when persons were seen at which door, for themselves to read."""
    rows = session.scalars(select(Scan).where(Scan.person_id.in_(ids)).order_by(Scan.corrected_at, Scan.id)).all()
    seen = {row.workshop_id for row in rows}
    shops = {shop.id: shop for row in rows[:1] for shop in list_workshops(session, row.edition_id, seen)}
    return [
        {
            "code": shops[row.workshop_id].code,
            "title_ar": shops[row.workshop_id].title_ar,
            "title_fr": shops[row.workshop_id].title_fr,
            "at": row.corrected_at.isoformat(),
        }
        for row in rows
    ]
