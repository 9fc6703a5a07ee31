"""Tables of registration: requests, reserves, invitations, groups."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from village.kit.db import Base, BigId, UtcDateTime

_LIVE = text("status IN ('confirmed', 'offered', 'waitlisted')")


class Registration(Base):
    """One request for a place and what became of it; cancelled and refused requests stay.

    `seq` numbers the requests of a workshop and is the rank on its waiting list. `reason` is what staff wrote when
    they set a rule aside. An offered place is held by its channel until `offered_until`. `reserve_id` names the
    reserve whose place it takes, `via` the way it came in: self, desk, group, walk_in, transfer, api or import.
    """

    __tablename__ = "registration"
    __table_args__ = (
        CheckConstraint("status IN ('confirmed', 'offered', 'waitlisted', 'cancelled', 'refused')", name="status"),
        # One person holds at most one place or one rank in a workshop, whatever the deeds do.
        Index(
            "uq_registration_live",
            "person_id",
            "workshop_id",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index(None, "workshop_id", "status", "seq"),
        Index(None, "person_id", "status"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    status: Mapped[str] = mapped_column(String(12))
    channel: Mapped[str | None] = mapped_column(String(10))
    wish: Mapped[str] = mapped_column(String(10), default="any")
    seq: Mapped[int] = mapped_column(Integer)
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text, default="")
    offered_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("registration_group.id"), index=True)
    reserve_id: Mapped[int | None] = mapped_column(ForeignKey("place_reserve.id"))
    via: Mapped[str] = mapped_column(String(12), default="self")
    # The request whose place this one took over.
    transferred_from_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"))


class PlaceReserve(Base):
    """Places of a channel kept for an audience or one organisation until `until`; the others register beside them."""

    __tablename__ = "place_reserve"
    __table_args__ = (
        CheckConstraint("places > 0", name="places"),
        CheckConstraint("channel IN ('onsite', 'online')", name="channel"),
        # Either an audience or an organisation, never both.
        CheckConstraint("(audience IS NULL) <> (exhibitor_id IS NULL)", name="one_owner"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    channel: Mapped[str] = mapped_column(String(10), default="onsite")
    audience: Mapped[str | None] = mapped_column(String(12))
    exhibitor_id: Mapped[int | None] = mapped_column(ForeignKey("exhibitor.id"))
    places: Mapped[int] = mapped_column(Integer)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class WorkshopInvitation(Base):
    """Somebody invited to a session for invited people: a person of the list, or a telephone yet unknown."""

    __tablename__ = "workshop_invitation"
    __table_args__ = (
        UniqueConstraint("workshop_id", "person_id"),
        UniqueConstraint("workshop_id", "phone"),
        CheckConstraint("person_id IS NOT NULL OR phone IS NOT NULL", name="somebody"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    phone: Mapped[str | None] = mapped_column(String(20))
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RegistrationGroup(Base):
    """People whom one organisation registers together for one session.

    Its link is computed; `link_version` makes an old one worthless. With `together` the group moves up from the
    waiting list as a whole or not yet. `size` is how many may join by the link.
    """

    __tablename__ = "registration_group"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    exhibitor_id: Mapped[int | None] = mapped_column(ForeignKey("exhibitor.id"), index=True)
    name: Mapped[str] = mapped_column(String(160), default="")
    size: Mapped[int] = mapped_column(Integer)
    together: Mapped[bool] = mapped_column(default=False)
    link_version: Mapped[int] = mapped_column(Integer, default=1)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RegistrationPolicy(Base):
    """What holds for all sessions of an edition: how many places one person may hold, in all and on one day."""

    __tablename__ = "registration_policy"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True, autoincrement=False)
    max_per_person: Mapped[int | None] = mapped_column(Integer)
    max_per_day: Mapped[int | None] = mapped_column(Integer)
