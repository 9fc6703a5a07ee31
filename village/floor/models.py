"""Tables of the floor: what stands in a hall, who wishes what, who has which stand, and how the plan came about."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from village.kit.db import Base, BigId, UtcDateTime


class Hall(Base):
    """A hall or tent, drawn to scale in whole centimetres from its north-west corner.

    ``plan_version`` counts every change of who stands where; a screen that shows an older number is out of date.
    """

    __tablename__ = "hall"
    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("width_cm > 0 AND depth_cm > 0", name="has_area"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    code: Mapped[str] = mapped_column(String(20))
    name_ar: Mapped[str | None] = mapped_column(String(200))
    name_fr: Mapped[str | None] = mapped_column(String(200))
    width_cm: Mapped[int]
    depth_cm: Mapped[int]
    # The zone of sectors that no zone lists.
    default_zone: Mapped[str] = mapped_column(String(20))
    rule_set: Mapped[str] = mapped_column(String(40))
    plan_version: Mapped[int] = mapped_column(default=0)

    zones: Mapped[list[Zone]] = relationship(order_by="Zone.code")
    doors: Mapped[list[Door]] = relationship(order_by="Door.code")
    obstacles: Mapped[list[Obstacle]] = relationship(order_by="Obstacle.code")


class Zone(Base):
    """Several stands of one theme; ``sectors`` lists ``sector`` or ``sector:branch``."""

    __tablename__ = "zone"
    __table_args__ = (UniqueConstraint("hall_id", "code"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("hall.id"))
    code: Mapped[str] = mapped_column(String(20))
    name_ar: Mapped[str | None] = mapped_column(String(200))
    name_fr: Mapped[str | None] = mapped_column(String(200))
    sectors: Mapped[list[str]] = mapped_column(JSON)


class Stand(Base):
    """One stand: its place in the hall and what it offers."""

    __tablename__ = "stand"
    __table_args__ = (
        UniqueConstraint("hall_id", "code"),
        UniqueConstraint("hall_id", "row", "position"),
        CheckConstraint("w_cm > 0 AND h_cm > 0", name="has_area"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("hall.id"))
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"), index=True)
    code: Mapped[str] = mapped_column(String(20))
    x_cm: Mapped[int]
    y_cm: Mapped[int]
    w_cm: Mapped[int]
    h_cm: Mapped[int]
    back: Mapped[str] = mapped_column(String(5))
    row: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    open_sides: Mapped[int]
    has_power: Mapped[bool]
    has_water: Mapped[bool]
    step_free: Mapped[bool]
    entrance_cm: Mapped[int]
    reserved_for: Mapped[str | None] = mapped_column(String(20))
    closed: Mapped[bool] = mapped_column(default=False)


class Door(Base):
    """A door in a wall: an entrance or an emergency exit."""

    __tablename__ = "door"
    __table_args__ = (UniqueConstraint("hall_id", "code"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("hall.id"))
    code: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    side: Mapped[str] = mapped_column(String(5))
    x_cm: Mapped[int]
    y_cm: Mapped[int]
    w_cm: Mapped[int]


class Obstacle(Base):
    """A pole, a desk, a panel: where no stand can be."""

    __tablename__ = "obstacle"
    __table_args__ = (UniqueConstraint("hall_id", "code"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("hall.id"))
    code: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(40))
    x_cm: Mapped[int]
    y_cm: Mapped[int]
    w_cm: Mapped[int]
    h_cm: Mapped[int]


class StandWish(Base):
    """Two exhibitors who wish to be together or apart; the one with the smaller id comes first."""

    __tablename__ = "stand_wish"
    __table_args__ = (
        UniqueConstraint("a_id", "b_id", "kind"),
        CheckConstraint("a_id < b_id", name="ordered"),
        CheckConstraint("kind IN ('together', 'apart')", name="kind"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    a_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"))
    b_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))


class StandAssignment(Base):
    """Who has which stand now.  The two unique constraints are the last guard against doubles."""

    __tablename__ = "stand_assignment"
    __table_args__ = (UniqueConstraint("stand_id"), UniqueConstraint("exhibitor_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    stand_id: Mapped[int] = mapped_column(ForeignKey("stand.id"))
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"))
    # Locked: the next allocation leaves the exhibitor there.
    locked: Mapped[bool] = mapped_column(default=False)
    # Why an organiser gave it although a need is not met.
    override_reason: Mapped[str | None] = mapped_column(Text)


class PlanChange(Base):
    """One step of the plan's history, so that it can be taken back: for each stand, who had it and who got it."""

    __tablename__ = "plan_change"
    __table_args__ = (
        UniqueConstraint("undoes_id"),
        Index("ix_plan_change_hall_version", "hall_id", "version", unique=True),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("hall.id"))
    version: Mapped[int]
    code: Mapped[str] = mapped_column(String(40))
    # [[stand id, exhibitor id before or null, exhibitor id after or null], …]
    steps: Mapped[list[list[int | None]]] = mapped_column(JSON)
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("plan_change.id"))
    actor: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class AllocationRun(Base):
    """One allocation: what it cost, how well it is proven, and the reasons of every placement."""

    __tablename__ = "allocation_run"
    __table_args__ = (Index("ix_allocation_run_hall", "hall_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("hall.id"))
    rule_set: Mapped[str] = mapped_column(String(40))
    seed: Mapped[int]
    cost: Mapped[int]
    bound: Mapped[int]
    proven: Mapped[bool]
    by_code: Mapped[dict[str, int]] = mapped_column(JSON)
    # stand code by exhibitor code
    places: Mapped[dict[str, str]] = mapped_column(JSON)
    # exhibitor code → [[reason code, facts, speaks for the stand], …]
    reasons: Mapped[dict[str, list[Any]]] = mapped_column(JSON)
    actor: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class PlanPublication(Base):
    """A plan as it was made public, numbered from 1."""

    __tablename__ = "plan_publication"
    __table_args__ = (UniqueConstraint("hall_id", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("hall.id"))
    number: Mapped[int]
    plan_version: Mapped[int]
    # [[stand id, exhibitor id], …]
    places: Mapped[list[list[int]]] = mapped_column(JSON)
    actor: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
