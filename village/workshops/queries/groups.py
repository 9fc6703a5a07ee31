"""Reads of groups, their links and their members."""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import case, func, select

from village.kit.refusal import Refusal
from village.workshops.models import Registration, RegistrationGroup
from village.workshops.queries.registrations import RegistrationRow, list_registrations

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Row, Select
    from sqlalchemy.orm import Session

    from village.kit.signing import Keyring

_MAC_BYTES = 10
_LIVE = ("confirmed", "offered", "waitlisted")


@dataclass(frozen=True)
class GroupRow:
    """A group: whose it is, how many it may have, and how many hold a place, an offer or a rank in it."""

    id: int
    edition_id: int
    workshop_id: int
    exhibitor_id: int | None
    name: str
    size: int
    together: bool
    link_version: int
    made_at: datetime
    closed_at: datetime | None
    confirmed: int
    waiting: int

    @property
    def members(self) -> int:
        """How many are in."""
        return self.confirmed + self.waiting

    @property
    def left(self) -> int:
        """How many more may join; none once the group is closed."""
        return 0 if self.closed_at is not None else max(0, self.size - self.members)


def group_token(keys: Keyring, group_id: int, version: int) -> str:
    """Return the token of a group's link: computed, not stored, worthless after the next version."""
    mac = keys.mac("link", f"group.{group_id}.{version}".encode())[:_MAC_BYTES]
    return f"{base64.b32encode(mac).decode().lower()}-{group_id:x}"


def find_group_by_link(session: Session, keys: Keyring, token: str) -> GroupRow | None:
    """Return the group whose link this is, or None when it is false or was renewed."""
    _, _, number = token.rpartition("-")
    try:
        group_id = int(number, 16)
    except ValueError:
        return None
    row = _one(session, group_id) if 0 < group_id < 1 << 62 else None
    if row is None:
        return None
    true = group_token(keys, row.id, row.link_version).encode()
    return row if hmac.compare_digest(true, token.lower().encode()) else None


def get_group(session: Session, group_id: int) -> GroupRow:
    """Return a group.

    Raises:
        Refusal: `group_not_found`.

    """
    row = _one(session, group_id)
    if row is None:
        raise Refusal("group_not_found")
    return row


def list_groups(
    session: Session, edition_id: int, *, exhibitor_id: int | None = None, workshop_id: int | None = None
) -> list[GroupRow]:
    """List the groups of an edition, of one exhibitor or of one workshop, the newest first; one SQL query."""
    query = _query().where(RegistrationGroup.edition_id == edition_id)
    if exhibitor_id is not None:
        query = query.where(RegistrationGroup.exhibitor_id == exhibitor_id)
    if workshop_id is not None:
        query = query.where(RegistrationGroup.workshop_id == workshop_id)
    return [_row(row) for row in session.execute(query.order_by(RegistrationGroup.id.desc()))]


def list_group_members(session: Session, group: GroupRow) -> list[RegistrationRow]:
    """List who holds a place, an offer or a rank in a group, in the order of their requests."""
    rows = list_registrations(session, group.workshop_id)
    return [row for row in rows if row.group_id == group.id and row.status in _LIVE]


def _one(session: Session, group_id: int) -> GroupRow | None:
    row = session.execute(_query().where(RegistrationGroup.id == group_id)).first()
    return _row(row) if row else None


def _query() -> Select[RegistrationGroup, int, int]:
    confirmed = func.count(case((Registration.status == "confirmed", 1)))
    live = func.count(Registration.id)
    return (
        select(RegistrationGroup, confirmed.label("confirmed"), live.label("live"))
        .outerjoin(
            Registration,
            (Registration.group_id == RegistrationGroup.id) & Registration.status.in_(_LIVE),
        )
        .group_by(RegistrationGroup.id)
    )


def _row(found: Row[RegistrationGroup, int, int]) -> GroupRow:
    row, confirmed, live = found[0], found[1], found[2]
    return GroupRow(
        row.id, row.edition_id, row.workshop_id, row.exhibitor_id, row.name, row.size, row.together,
        row.link_version, row.made_at, row.closed_at, confirmed, live - confirmed,
    )  # fmt: skip
