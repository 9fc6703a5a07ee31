"""Tables of the draws. A committed draw is only ever added to; the log holds the same steps for everyone to check."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village.kit.db import Base, BigId, UtcDateTime


class Draw(Base):
    """One draw. `state` is open, sealed, closed, revealed or drawn; `commitment` the canonical JSON once committed."""

    __tablename__ = "draw"
    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        UniqueConstraint("edition_id", "number"),
        CheckConstraint("state IN ('open', 'sealed', 'closed', 'revealed', 'drawn')", name="state"),
        CheckConstraint("(state = 'open') = (number IS NULL)", name="numbered"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    code: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(8), default="open")
    title_ar: Mapped[str] = mapped_column(String(200))
    title_fr: Mapped[str] = mapped_column(String(200))
    rule_ar: Mapped[str] = mapped_column(Text)
    rule_fr: Mapped[str] = mapped_column(Text)
    place_ar: Mapped[str] = mapped_column(String(200))
    place_fr: Mapped[str] = mapped_column(String(200))
    announced_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Dates on which an entrant must have been present, ISO, separated by blanks.
    present_on: Mapped[str] = mapped_column(Text, default="")
    bars_award_winners: Mapped[bool] = mapped_column(default=True)
    bars_ties: Mapped[bool] = mapped_column(default=True)
    substitutes: Mapped[int] = mapped_column(default=0)
    most_per_group: Mapped[int] = mapped_column(default=1)
    fewest_seats: Mapped[int]
    uses_secret: Mapped[bool] = mapped_column(default=True)
    demonstration: Mapped[bool]
    # From the commitment on.
    number: Mapped[int | None]
    commitment: Mapped[str | None] = mapped_column(Text)
    commitment_sha256: Mapped[str | None] = mapped_column(String(64))
    log_key: Mapped[str | None] = mapped_column(String(200))
    secret: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    seed: Mapped[str | None] = mapped_column(String(64))
    committed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revealed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    drawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DrawPrize(Base):
    """A prize for one winner; `position` is the award order, from 1."""

    __tablename__ = "draw_prize"
    __table_args__ = (UniqueConstraint("draw_id", "position"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"))
    position: Mapped[int]
    title_ar: Mapped[str] = mapped_column(String(200))
    title_fr: Mapped[str] = mapped_column(String(200))
    value_mad: Mapped[int | None]


class DrawEntrant(Base):
    """Someone who could be drawn, under an opaque id: with a ticket, or left out with reasons.

    Only this table ties an opaque id to its holder: the log and the bundle never do.
    """

    __tablename__ = "draw_entrant"
    __table_args__ = (
        UniqueConstraint("draw_id", "token"),
        UniqueConstraint("draw_id", "exhibitor_id"),
        UniqueConstraint("draw_id", "person_id"),
        CheckConstraint("(exhibitor_id IS NULL) <> (person_id IS NULL)", name="holder"),
        Index("ix_draw_entrant_rank", "draw_id", "rank"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"))
    token: Mapped[str] = mapped_column(String(40))
    group_token: Mapped[str | None] = mapped_column(String(40))
    exhibitor_id: Mapped[int | None] = mapped_column(ForeignKey("exhibitor.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # Reason codes separated by blanks; empty for a ticket.
    reasons: Mapped[str] = mapped_column(String(120), default="")
    # Place in the ranking of all tickets, from 1, once drawn.
    rank: Mapped[int | None]


class DrawSeat(Base):
    """A witness seat, its envelope, and what was in it."""

    __tablename__ = "draw_seat"
    __table_args__ = (UniqueConstraint("draw_id", "code"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"))
    code: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(40))
    name_ar: Mapped[str] = mapped_column(String(160), default="")
    name_fr: Mapped[str] = mapped_column(String(160), default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # Exhibitors the witness declared a tie to: ids separated by blanks.
    ties: Mapped[str] = mapped_column(Text, default="")
    public_key: Mapped[str | None] = mapped_column(String(64))
    handed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sealed: Mapped[str | None] = mapped_column(String(64))
    signature: Mapped[str | None] = mapped_column(String(128))
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    value: Mapped[str | None] = mapped_column(String(40))
    nonce: Mapped[str | None] = mapped_column(String(32))


class DrawCount(Base):
    """What one person counted, alone; counting again replaces the number here, the log keeps both."""

    __tablename__ = "draw_count"
    __table_args__ = (UniqueConstraint("draw_id", "counter"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"))
    counter: Mapped[str] = mapped_column(String(80))
    counted: Mapped[int]
    counted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DrawMember(Base):
    """Someone of the commission who signs the minutes; the names stay out of the log."""

    __tablename__ = "draw_member"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"), index=True)
    role: Mapped[str] = mapped_column(String(40))
    name_ar: Mapped[str] = mapped_column(String(160))
    name_fr: Mapped[str] = mapped_column(String(160))


class DrawIncident(Base):
    """An observation or claim made during the draw, as it stands in the minutes."""

    __tablename__ = "draw_incident"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"), index=True)
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)
    text_ar: Mapped[str] = mapped_column(Text, default="")
    text_fr: Mapped[str] = mapped_column(Text, default="")


class DrawPick(Base):
    """A place that was drawn: P1, P2 … for prizes, S1, S2 … for substitutes."""

    __tablename__ = "draw_pick"
    __table_args__ = (UniqueConstraint("draw_id", "place"), UniqueConstraint("entrant_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"))
    place: Mapped[str] = mapped_column(String(8))
    entrant_id: Mapped[int] = mapped_column(ForeignKey("draw_entrant.id"))


class DrawHead(Base):
    """The signed head of the log after a step (committed, closed, drawn): what witnesses take away with them."""

    __tablename__ = "draw_head"
    __table_args__ = (UniqueConstraint("draw_id", "step"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"))
    step: Mapped[str] = mapped_column(String(16))
    size: Mapped[int] = mapped_column(BigId)
    note: Mapped[str] = mapped_column(Text)
