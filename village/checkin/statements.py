"""The few SQL statements of an admission, built once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from village.checkin.models import Attendance, Device, Scan

if TYPE_CHECKING:
    from sqlalchemy import Executable
    from sqlalchemy.orm import Session

D = cast("Table", Device.__table__)
S = cast("Table", Scan.__table__)
A = cast("Table", Attendance.__table__)

DEVICE = select(D.c.offset_s, D.c.state).where(D.c.id == bindparam("device"))

FIRST = (
    select(A.c.scan_id, S.c.uuid, S.c.corrected_at, S.c.device_id)
    .join(S, S.c.id == A.c.scan_id)
    .where(A.c.person_id == bindparam("person"), A.c.workshop_id == bindparam("workshop"))
)

KNOWN = select(S.c.uuid, S.c.verdict, S.c.corrected_at, S.c.person_id, S.c.workshop_id).where(
    S.c.uuid == bindparam("uuid")
)

ATTEND = insert(A).inline()
SET_VERDICT = update(S).where(S.c.id == bindparam("scan")).values(verdict=bindparam("to"))
SET_FIRST = (
    update(A)
    .where(A.c.person_id == bindparam("person"), A.c.workshop_id == bindparam("workshop"))
    .values(scan_id=bindparam("first_scan"), first_at=bindparam("at"))
)

# A resend meets its own uuid and adds nothing, even where both copies arrive in the same instant.
_KEEP: dict[str, Executable] = {
    "sqlite": sqlite.insert(S).on_conflict_do_nothing(index_elements=["uuid"]).returning(S.c.id),
    "postgresql": postgresql.insert(S).on_conflict_do_nothing(index_elements=["uuid"]).returning(S.c.id),
}


def keep_scan(session: Session) -> Executable:
    """Return the statement that adds a scan unless its uuid is known."""
    return _KEEP[session.get_bind().dialect.name]


def put_device(session: Session, values: dict[str, Any]) -> Executable:
    """Return the statement that adds a device, or updates name and clock of a known one."""
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    new = postgresql.insert(D).values(values) if on_postgresql else sqlite.insert(D).values(values)
    changing = ("offset_s", "measured_at", "name") if values["name"] else ("offset_s", "measured_at")
    changes = {name: new.excluded[name] for name in changing}
    put: Executable = new.on_conflict_do_update(index_elements=["edition_id", "code"], set_=changes).returning(D.c.id)
    return put
