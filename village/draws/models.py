"""Tables of the draws. A committed draw is only ever added to; the log holds the same steps for everyone to check."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village.kit.db import Base, BigId, UtcDateTime


class Draw(Base):
    """One draw. `state`: open, sealed, closed, revealed, drawn, cancelled; `commitment` the document once committed."""

    __tablename__ = "draw"
    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        UniqueConstraint("edition_id", "number"),
        CheckConstraint("state IN ('open', 'sealed', 'closed', 'revealed', 'drawn', 'cancelled')", name="state"),
        CheckConstraint("(state = 'open') = (number IS NULL)", name="numbered"),
        CheckConstraint("pool IN ('exhibitors', 'visitors')", name="pool"),
        CheckConstraint("replacement IN ('ordered', 'fresh')", name="replacement"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    code: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(12), default="open")
    title_ar: Mapped[str] = mapped_column(String(200))
    title_fr: Mapped[str] = mapped_column(String(200))
    rule_ar: Mapped[str] = mapped_column(Text)
    rule_fr: Mapped[str] = mapped_column(Text)
    place_ar: Mapped[str] = mapped_column(String(200))
    place_fr: Mapped[str] = mapped_column(String(200))
    announced_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Who could be drawn: accepted exhibitors, or the visitors who were let in.
    pool: Mapped[str] = mapped_column(String(12), default="exhibitors")
    # Dates on which an entrant must have been present, ISO, separated by blanks.
    present_on: Mapped[str] = mapped_column(Text, default="")
    bars_award_winners: Mapped[bool] = mapped_column(default=True)
    bars_ties: Mapped[bool] = mapped_column(default=True)
    substitutes: Mapped[int] = mapped_column(default=0)
    most_per_group: Mapped[int] = mapped_column(default=1)
    fewest_seats: Mapped[int]
    uses_secret: Mapped[bool] = mapped_column(default=True)
    replacement: Mapped[str] = mapped_column(String(8), default="ordered")
    # The public beacon that counts, by the name of its chain, and its one round, known from the announced hour.
    beacon_chain: Mapped[str | None] = mapped_column(String(40))
    beacon_round: Mapped[int | None] = mapped_column(BigId)
    # How many cosignatures each head of this draw must carry, and whose (verifier keys, one a line).
    quorum: Mapped[int] = mapped_column(default=0)
    witness_keys: Mapped[str] = mapped_column(Text, default="")
    demonstration: Mapped[bool]
    # From the commitment on.
    number: Mapped[int | None]
    commitment: Mapped[str | None] = mapped_column(Text)
    commitment_sha256: Mapped[str | None] = mapped_column(String(64))
    log_key: Mapped[str | None] = mapped_column(String(200))
    secret: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    seed: Mapped[str | None] = mapped_column(String(64))
    committed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Since when the beacon does not count any more: said before its round, in the log.
    offline_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancel_reason: Mapped[str | None] = mapped_column(String(40))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revealed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    drawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DrawPrize(Base):
    """A prize for one winner; `position` is the award order, from 1.

    `mark` is what stands on the object itself (an inventory number): one object is in one live draw only.
    """

    __tablename__ = "draw_prize"
    __table_args__ = (UniqueConstraint("draw_id", "position"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"))
    position: Mapped[int]
    title_ar: Mapped[str] = mapped_column(String(200))
    title_fr: Mapped[str] = mapped_column(String(200))
    value_mad: Mapped[int | None]
    mark: Mapped[str | None] = mapped_column(String(40), index=True)
    giver_ar: Mapped[str] = mapped_column(String(200), default="")
    giver_fr: Mapped[str] = mapped_column(String(200), default="")
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_reason: Mapped[str | None] = mapped_column(String(40))


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
    """A place as it was announced: P1, P2 … for prizes, S1, S2 … for substitutes. Never changed afterwards."""

    __tablename__ = "draw_pick"
    __table_args__ = (UniqueConstraint("draw_id", "place"), UniqueConstraint("entrant_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"))
    place: Mapped[str] = mapped_column(String(8))
    entrant_id: Mapped[int] = mapped_column(ForeignKey("draw_entrant.id"))


class DrawTurn(Base):
    """A ticket's turn at a prize: called, then claimed and handed over, or voided so that the next one has its turn.

    `turn` counts from 0, the announced winner; `rank` is the rank in the ranking of `iteration` (0: the one announced).
    """

    __tablename__ = "draw_turn"
    __table_args__ = (
        UniqueConstraint("draw_id", "place", "turn"),
        UniqueConstraint("draw_id", "entrant_id"),
        CheckConstraint("state IN ('waiting', 'voided', 'claimed', 'handed_over')", name="state"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"))
    place: Mapped[str] = mapped_column(String(8))
    turn: Mapped[int]
    entrant_id: Mapped[int] = mapped_column(ForeignKey("draw_entrant.id"))
    iteration: Mapped[int] = mapped_column(default=0)
    rank: Mapped[int]
    state: Mapped[str] = mapped_column(String(12), default="waiting")
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    calls: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # How the winner was known: badge (scanned) or desk (seen by the commission).
    claimed_by: Mapped[str | None] = mapped_column(String(8))
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    void_reason: Mapped[str | None] = mapped_column(String(40))
    # With replacement `fresh`: the beacon round that decides who comes after this void.
    next_round: Mapped[int | None] = mapped_column(BigId)
    handed_over_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The picture or the signed receipt that shows it, and its SHA-256, which stands in the log.
    proof_key: Mapped[str | None] = mapped_column(String(200))
    proof_sha256: Mapped[str | None] = mapped_column(String(64))


class DrawVoidSignature(Base):
    """One of the two words that it takes to void a turn, each by an account of its own."""

    __tablename__ = "draw_void_signature"
    __table_args__ = (UniqueConstraint("turn_id", "signer"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("draw_turn.id"))
    signer: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(String(40))
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DrawBeacon(Base):
    """A round of the public beacon that was brought in and found genuine."""

    __tablename__ = "draw_beacon"
    __table_args__ = (UniqueConstraint("draw_id", "iteration"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"))
    iteration: Mapped[int]
    # The void that it ranks anew for, place and turn ("P2.0"); empty for the round of the draw itself.
    void: Mapped[str] = mapped_column(String(16), default="")
    round: Mapped[int] = mapped_column(BigId)
    signature: Mapped[str] = mapped_column(String(192))
    randomness: Mapped[str] = mapped_column(String(64))
    brought_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DrawRegister(Base):
    """The closed register of an edition: how many draws there were, and the hash of the last commitment."""

    __tablename__ = "draw_register"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True, autoincrement=False)
    count: Mapped[int]
    last: Mapped[str | None] = mapped_column(String(64))
    closed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DrawVerifier(Base):
    """The verifier as it was when a draw was committed: whoever asks by its hash gets these bytes for ever."""

    __tablename__ = "draw_verifier"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DrawHead(Base):
    """The signed head of the log after a step (committed, closed, drawn …): what witnesses take away with them."""

    __tablename__ = "draw_head"
    __table_args__ = (UniqueConstraint("draw_id", "step"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"))
    step: Mapped[str] = mapped_column(String(16))
    size: Mapped[int] = mapped_column(BigId)
    note: Mapped[str] = mapped_column(Text)
