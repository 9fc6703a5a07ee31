"""Tables of the plan: who wishes what, who has which stand, and how that came about."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village.kit.db import Base, BigId, UtcDateTime


class StandWish(Base):
    """Two exhibitors who wish to be together or apart; the one with the smaller id comes first."""

    __tablename__ = "stand_wish"
    __table_args__ = (
        UniqueConstraint("a_id", "b_id", "kind", "asked_by_id"),
        CheckConstraint("a_id < b_id", name="ordered"),
        CheckConstraint("kind IN ('together', 'apart')", name="kind"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    a_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"))
    b_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    # Which of the two asked for it; None: noted by the organisers.
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("exhibitor.id"))


class StandAssignment(Base):
    """Who has which stand now.  The two unique constraints are the last guard against doubles.

    An exhibitor's stands make one block; ``part`` is the place of the stand in it, from 0.
    """

    __tablename__ = "stand_assignment"
    __table_args__ = (UniqueConstraint("stand_id"), UniqueConstraint("exhibitor_id", "part"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    stand_id: Mapped[int] = mapped_column(ForeignKey("stand.id"))
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"))
    part: Mapped[int] = mapped_column(default=0)
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
    # What else the deed did that has to be taken back with it:
    # {"day", "absent": {id: [codes]}, "accepted": {code: rank}}
    more: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("plan_change.id"))
    actor: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class AllocationRun(Base):
    """One plan that the program found: what it costs, how well it is proven, the reasons of every placement.

    A plan of the studio stays a proposal until it is made the plan of the hall (``applied_at``).
    """

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
    # codes of its stands by exhibitor code (one code alone in plans from before blocks)
    places: Mapped[dict[str, Any]] = mapped_column(JSON)
    # exhibitor code → [[reason code, facts, speaks for the stand], …]
    reasons: Mapped[dict[str, list[Any]]] = mapped_column(JSON)
    actor: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    mode: Mapped[str] = mapped_column(String(12), default="balanced")
    name: Mapped[str | None] = mapped_column(String(80))
    weights: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    # Units of work that were allowed; None: as many as it took.
    work: Mapped[int | None]
    stopped_by_time: Mapped[bool] = mapped_column(default=False)
    move_cost: Mapped[int] = mapped_column(default=0)
    # [[tenths of a second, cost or null, bound or null], …]
    curve: Mapped[list[list[int | None]]] = mapped_column(JSON, default=list)
    # Who envies whom, wishes by rank …, as the core counted it.
    fairness: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    unplaced: Mapped[int] = mapped_column(default=0)
    # The drawing and the plan it was computed from.
    layout_version: Mapped[int] = mapped_column(default=0)
    plan_version: Mapped[int] = mapped_column(default=0)
    applied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("stand_lot.id"))
    # The job that looks for it, and when it was found; without the second, the plan is the best so far.
    # Of the kit, which no feature's table leans on: a plain number.
    job_id: Mapped[int | None] = mapped_column(BigId)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Plans found together carry one word: the three modes, the points of a frontier.
    family: Mapped[str | None] = mapped_column(String(40))
    # The plan it was to keep near: codes of stands by exhibitor code.
    previous: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # Digests of the stands, exhibitors and other parts it was computed from, by code.
    seen: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


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
    # What changed since the number before: [{"exhibitor": id, "before": [codes], "after": [codes], "why": code}, …]
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)


class StandRequest(Base):
    """What an exhibitor asks of the floor beyond its application; who has none asks for one plain stand."""

    __tablename__ = "stand_request"
    __table_args__ = (
        UniqueConstraint("exhibitor_id"),
        CheckConstraint("size >= 1 AND min_size >= 1 AND min_size <= size", name="size"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"))
    size: Mapped[int] = mapped_column(default=1)
    # The fewest stands it would accept.
    min_size: Mapped[int] = mapped_column(default=1)
    min_area_cm2: Mapped[int] = mapped_column(default=0)
    wants_corner: Mapped[bool] = mapped_column(default=False)
    needs_corner: Mapped[bool] = mapped_column(default=False)
    needs_food: Mapped[bool] = mapped_column(default=False)
    priority: Mapped[int] = mapped_column(default=1)


class StandPreference(Base):
    """A stand an exhibitor wishes for; rank 1 is the dearest."""

    __tablename__ = "stand_preference"
    __table_args__ = (UniqueConstraint("exhibitor_id", "rank"), UniqueConstraint("exhibitor_id", "stand_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"))
    rank: Mapped[int]
    stand_id: Mapped[int] = mapped_column(ForeignKey("stand.id"), index=True)


class StandShare(Base):
    """An exhibitor who stands with another at the other's stand."""

    __tablename__ = "stand_share"
    __table_args__ = (UniqueConstraint("guest_id"), CheckConstraint("guest_id <> host_id", name="two"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    guest_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"))
    host_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"), index=True)


class StandAbsence(Base):
    """An exhibitor who did not come to claim its stand on a day of the fair."""

    __tablename__ = "stand_absence"
    __table_args__ = (UniqueConstraint("exhibitor_id", "day"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"))
    hall_id: Mapped[int] = mapped_column(ForeignKey("hall.id"), index=True)
    day: Mapped[date]
    # Codes of the stands it had.
    stands: Mapped[list[str]] = mapped_column(JSON)
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))


class SignPrint(Base):
    """What the last printed sign of a stand says, so that only changed signs are printed again."""

    __tablename__ = "sign_print"
    __table_args__ = (UniqueConstraint("stand_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    stand_id: Mapped[int] = mapped_column(ForeignKey("stand.id"))
    digest: Mapped[str] = mapped_column(String(64))
    printed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))


class StandLot(Base):
    """A public lot for the stands: who takes part is sealed first, then numbers are called, then the order is known."""

    __tablename__ = "stand_lot"
    __table_args__ = (
        UniqueConstraint("hall_id", "number"),
        CheckConstraint("state IN ('sealed', 'drawn', 'cancelled')", name="state"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("hall.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    # What was sealed, canonically: exhibitors, stands, rules, seats of witnesses.
    sealed: Mapped[dict[str, Any]] = mapped_column(JSON)
    commitment: Mapped[str] = mapped_column(String(64))
    # [[seat, value], …]
    witness: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    # [[seat, actor, value], …]: each number is typed by two people apart.
    typed: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    seed: Mapped[str | None] = mapped_column(String(64))
    # Exhibitor codes in the order of the lot.
    ranking: Mapped[list[str]] = mapped_column(JSON, default=list)
    # [[exhibitor, [stands], [blocks liked better: [stands], reason]], …] in the order of the lot
    turns: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)
    sealed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    drawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
    # Why it was cancelled.
    reason: Mapped[str | None] = mapped_column(Text)
