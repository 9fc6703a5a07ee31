"""Tables of the hall: what stands in it, drawn to scale in whole centimetres, and how the drawing came about."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
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
    # Points of the rule set that the organisers changed: {weight: points}.
    weights: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    plan_version: Mapped[int] = mapped_column(default=0)
    # Counts every change of the drawing, as plan_version counts those of the plan.
    layout_version: Mapped[int] = mapped_column(default=0)
    min_aisle_cm: Mapped[int] = mapped_column(default=300)
    door_clear_cm: Mapped[int] = mapped_column(default=200)
    # How many people the hall is announced for; None: not said yet.
    capacity: Mapped[int | None]
    # Local time on each day of the fair at which unclaimed stands are given on; None: never by the clock.
    claim_by: Mapped[time | None]
    # Highest id of a stand that was removed: no new stand may get it, for publications name stands by id.
    last_removed_id: Mapped[int] = mapped_column(BigId, default=0)

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
    """One stand: its place in the hall and what it offers.

    The box is the whole stand where ``outline`` is None, else what surrounds the polygon.  ``row`` and
    ``position`` are found from the drawing whenever it changes.
    """

    __tablename__ = "stand"
    __table_args__ = (
        UniqueConstraint("hall_id", "code"),
        Index("ix_stand_row", "hall_id", "row", "position"),
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
    # [[x, y], …] in centimetres of the hall, for stands that are no rectangles.
    outline: Mapped[list[list[int]] | None] = mapped_column(JSON)
    # 0: that of the box.
    area_cm2: Mapped[int] = mapped_column(default=0)
    food_floor: Mapped[bool] = mapped_column(default=True)
    circuit_id: Mapped[int | None] = mapped_column(ForeignKey("circuit.id"), index=True)
    # How good the place is, 0 to 100, where the organisers say so; None: from distance and open sides.
    value: Mapped[int | None]
    # Fixed in the editor: not moved by a slip of the hand.
    fixed: Mapped[bool] = mapped_column(default=False)
    # Open sides as the organisers say, where the drawing does not show them; None: as drawn.
    open_sides_own: Mapped[int | None]


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


class Circuit(Base):
    """An electric circuit and what it carries, in watts."""

    __tablename__ = "circuit"
    __table_args__ = (UniqueConstraint("hall_id", "code"), CheckConstraint("watts > 0", name="carries"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("hall.id"))
    code: Mapped[str] = mapped_column(String(20))
    watts: Mapped[int]


class Marking(Base):
    """What is drawn on the ground: an aisle (a closed outline) or a safety line."""

    __tablename__ = "marking"
    __table_args__ = (
        UniqueConstraint("hall_id", "code"),
        CheckConstraint("kind IN ('aisle', 'safety_line')", name="kind"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("hall.id"))
    code: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    # [[x, y], …] in centimetres.
    points: Mapped[list[list[int]]] = mapped_column(JSON)


class StandLink(Base):
    """How two stands are neighbours where the organisers know better than the drawing; ``none``: not at all."""

    __tablename__ = "stand_link"
    __table_args__ = (
        UniqueConstraint("a_id", "b_id"),
        CheckConstraint("a_id < b_id", name="ordered"),
        CheckConstraint("kind IN ('side', 'back', 'across', 'diagonal', 'none')", name="kind"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("hall.id"), index=True)
    a_id: Mapped[int] = mapped_column(ForeignKey("stand.id"))
    b_id: Mapped[int] = mapped_column(ForeignKey("stand.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))


class HallBackground(Base):
    """A picture under the drawing, to trace from: where it lies (centimetres) and how strong (per cent)."""

    __tablename__ = "hall_background"
    __table_args__ = (UniqueConstraint("hall_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("hall.id"))
    key: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(200))
    x_cm: Mapped[int]
    y_cm: Mapped[int]
    w_cm: Mapped[int]
    h_cm: Mapped[int]
    opacity: Mapped[int] = mapped_column(default=40)


class LayoutChange(Base):
    """One command of the editor, so that it can be taken back: each thing before and after."""

    __tablename__ = "layout_change"
    __table_args__ = (
        UniqueConstraint("undoes_id"),
        Index("ix_layout_change_hall_version", "hall_id", "version", unique=True),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("hall.id"))
    version: Mapped[int]
    code: Mapped[str] = mapped_column(String(40))
    # [[kind of thing, its code, its form before or null, its form after or null], …]
    steps: Mapped[list[list[Any]]] = mapped_column(JSON)
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("layout_change.id"))
    actor: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
