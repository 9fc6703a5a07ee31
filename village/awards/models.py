"""Tables of the awards. Marks are whole half-points; means are kept as numerator and denominator."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from village.awards.rules import HALF_POINTS_MAX
from village.kit.db import Base, BigId, UtcDateTime


class AwardCategory(Base):
    __tablename__ = "award_category"
    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("winners > 0", name="winners"),
        CheckConstraint("state IN ('draft', 'marking', 'opened', 'published')", name="state"),
        CheckConstraint("award_class IN ('merit', 'honour', 'chance')", name="award_class"),
        CheckConstraint("tie_rule IN ('ex_aequo', 'lot')", name="tie_rule"),
        CheckConstraint("panel IN ('all', 'split')", name="panel"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    code: Mapped[str] = mapped_column(String(16))
    position: Mapped[int]
    name_ar: Mapped[str] = mapped_column(String(200))
    name_fr: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str | None] = mapped_column(String(200))
    trophy_ar: Mapped[str] = mapped_column(String(200), default="")
    trophy_fr: Mapped[str] = mapped_column(String(200), default="")
    winners: Mapped[int]
    # Merit is marked, honour is given without marks, chance is a draw (whose code stands in draw_code).
    award_class: Mapped[str] = mapped_column(String(8), default="merit")
    draw_code: Mapped[str] = mapped_column(String(16), default="")
    # What decides when heaviest criterion and chair leave a tie.
    tie_rule: Mapped[str] = mapped_column(String(12), default="ex_aequo")
    # Whether every juror marks every nominee, or each those assigned.
    panel: Mapped[str] = mapped_column(String(8), default="all")
    vote_opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    vote_closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(16), default="draft")
    ruled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    criteria: Mapped[list["AwardCriterion"]] = relationship(order_by="AwardCriterion.position")
    nominees: Mapped[list["Nominee"]] = relationship(order_by="Nominee.position")


class AwardCriterion(Base):
    __tablename__ = "award_criterion"
    __table_args__ = (
        UniqueConstraint("category_id", "code"),
        CheckConstraint("weight > 0 AND weight <= 100", name="weight"),
        CheckConstraint("kind IN ('jury', 'public')", name="kind"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("award_category.id"), index=True)
    code: Mapped[str] = mapped_column(String(32))
    position: Mapped[int]
    name_ar: Mapped[str] = mapped_column(String(200))
    name_fr: Mapped[str] = mapped_column(String(200))
    weight: Mapped[int]
    # `jury` is marked by jurors, `public` comes from the ballots of visitors.
    kind: Mapped[str] = mapped_column(String(8), default="jury")
    help_ar: Mapped[str] = mapped_column(Text, default="")
    help_fr: Mapped[str] = mapped_column(Text, default="")


class Nominee(Base):
    """An exhibitor named for a category; for an honour also a person, by name."""

    __tablename__ = "nominee"
    __table_args__ = (
        UniqueConstraint("category_id", "exhibitor_id"),
        CheckConstraint("exhibitor_id IS NOT NULL OR name_ar <> '' OR name_fr <> ''", name="named"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("award_category.id"), index=True)
    exhibitor_id: Mapped[int | None] = mapped_column(ForeignKey("exhibitor.id"), index=True)
    name_ar: Mapped[str] = mapped_column(String(200), default="")
    name_fr: Mapped[str] = mapped_column(String(200), default="")
    position: Mapped[int]
    # How it came in: by a rule over exhibitors, or by hand.
    source: Mapped[str] = mapped_column(String(8), default="hand")
    # The dossier: why it is named, and its figures ({"members": 24, "women": 24, …}).
    case_ar: Mapped[str] = mapped_column(Text, default="")
    case_fr: Mapped[str] = mapped_column(Text, default="")
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # What is read aloud when it is given, and stands on the paper.
    citation_ar: Mapped[str] = mapped_column(Text, default="")
    citation_fr: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)


class NomineePhoto(Base):
    __tablename__ = "nominee_photo"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    nominee_id: Mapped[int] = mapped_column(ForeignKey("nominee.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    caption_ar: Mapped[str] = mapped_column(String(200), default="")
    caption_fr: Mapped[str] = mapped_column(String(200), default="")
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Juror(Base):
    __tablename__ = "juror"
    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        UniqueConstraint("edition_id", "account_id"),
        CheckConstraint("seat IN ('chair', 'member')", name="seat"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    code: Mapped[str] = mapped_column(String(16))
    position: Mapped[int]
    name_ar: Mapped[str] = mapped_column(String(200))
    name_fr: Mapped[str] = mapped_column(String(200))
    gender: Mapped[str] = mapped_column(String(8))
    seat: Mapped[str] = mapped_column(String(8))
    body_ar: Mapped[str] = mapped_column(String(200), default="")
    body_fr: Mapped[str] = mapped_column(String(200), default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class JurorAssignment(Base):
    """Who marks whom, where the panel is split."""

    __tablename__ = "juror_assignment"

    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"), primary_key=True)
    nominee_id: Mapped[int] = mapped_column(ForeignKey("nominee.id", ondelete="CASCADE"), primary_key=True, index=True)


class JurorClosing(Base):
    """A juror has closed their sheets of a category: from then on they cannot be changed, only opened together."""

    __tablename__ = "juror_closing"

    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"), primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("award_category.id"), primary_key=True, index=True)
    closed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sheets: Mapped[int]


class Recusal(Base):
    __tablename__ = "recusal"
    __table_args__ = (UniqueConstraint("juror_id", "exhibitor_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"), index=True)
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"), index=True)
    reason_ar: Mapped[str] = mapped_column(Text, default="")
    reason_fr: Mapped[str] = mapped_column(Text, default="")
    # member, trainer, funder, family or other
    tie: Mapped[str] = mapped_column(String(12), default="other")
    declared_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Absence(Base):
    __tablename__ = "juror_absence"
    __table_args__ = (UniqueConstraint("juror_id", "nominee_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"), index=True)
    nominee_id: Mapped[int] = mapped_column(ForeignKey("nominee.id"), index=True)
    declared_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MarkSheet(Base):
    """What one juror gave one nominee; the log holds only `seal`, whose salt stays here."""

    __tablename__ = "mark_sheet"
    __table_args__ = (UniqueConstraint("juror_id", "nominee_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"), index=True)
    nominee_id: Mapped[int] = mapped_column(ForeignKey("nominee.id"), index=True)
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Counts from 1 at each change until the juror closes; `uid` is the device's own name of its last change.
    version: Mapped[int] = mapped_column(default=1)
    uid: Mapped[str | None] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(Text, default="")
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    seal: Mapped[str] = mapped_column(String(64))


class Mark(Base):
    __tablename__ = "mark"
    __table_args__ = (CheckConstraint(f"half_points >= 0 AND half_points <= {HALF_POINTS_MAX}", name="half_points"),)

    sheet_id: Mapped[int] = mapped_column(ForeignKey("mark_sheet.id", ondelete="CASCADE"), primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("award_criterion.id"), primary_key=True)
    half_points: Mapped[int]


class PaperSheet(Base):
    """A signed sheet as one person typed it from paper; it becomes a mark sheet when a second one has read it too."""

    __tablename__ = "paper_sheet"

    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"), primary_key=True)
    nominee_id: Mapped[int] = mapped_column(ForeignKey("nominee.id"), primary_key=True, index=True)
    # Criterion code → half-points.
    marks: Mapped[dict[str, int]] = mapped_column(JSON)
    typed_by: Mapped[str] = mapped_column(String(80))
    typed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    seal: Mapped[str] = mapped_column(String(64))


class AwardResult(Base):
    __tablename__ = "award_result"

    nominee_id: Mapped[int] = mapped_column(ForeignKey("nominee.id"), primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("award_category.id"), index=True)
    rank: Mapped[int]
    mean_numerator: Mapped[int]
    mean_denominator: Mapped[int]
    heaviest_numerator: Mapped[int]
    heaviest_denominator: Mapped[int]
    jurors: Mapped[int]
    tied_with_next: Mapped[bool]
    decided_by: Mapped[str] = mapped_column(String(16))
    # Split panels: the mean without the jurors' effects, beside the plain one.
    adjusted_numerator: Mapped[int | None] = mapped_column(BigId)
    adjusted_denominator: Mapped[int | None] = mapped_column(BigId)
    votes: Mapped[int | None]


class DeliberationNote(Base):
    """What was said when the jury deliberated, as it stands in the minutes; only ever added to."""

    __tablename__ = "deliberation_note"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("award_category.id"), index=True)
    text_ar: Mapped[str] = mapped_column(Text, default="")
    text_fr: Mapped[str] = mapped_column(Text, default="")
    actor: Mapped[str] = mapped_column(String(80))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AwardLot(Base):
    """A lot that decides a tie: who is level is sealed first, then numbers are called, then the order is known."""

    __tablename__ = "award_lot"
    __table_args__ = (
        UniqueConstraint("category_id", "number"),
        CheckConstraint("state IN ('sealed', 'drawn', 'cancelled')", name="state"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("award_category.id"))
    number: Mapped[int]
    # The rank that the nominees share.
    rank: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    sealed: Mapped[dict[str, Any]] = mapped_column(JSON)
    commitment: Mapped[str] = mapped_column(String(64))
    # [[seat, value], …], and [[seat, actor, value], …] as two people typed them apart.
    witness: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    typed: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    seed: Mapped[str | None] = mapped_column(String(64))
    ranking: Mapped[list[str]] = mapped_column(JSON, default=list)
    sealed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    drawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str | None] = mapped_column(Text)


class AwardPrize(Base):
    """What goes with an award: promised by someone, and handed over with a proof."""

    __tablename__ = "award_prize"
    __table_args__ = (
        CheckConstraint("kind IN ('shield', 'prize', 'paper')", name="kind"),
        Index("ix_award_prize_category", "category_id", "rank"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("award_category.id"))
    # Which rank it goes to, from 1.
    rank: Mapped[int]
    kind: Mapped[str] = mapped_column(String(8), default="prize")
    title_ar: Mapped[str] = mapped_column(String(200))
    title_fr: Mapped[str] = mapped_column(String(200))
    value_mad: Mapped[int | None]
    giver_ar: Mapped[str] = mapped_column(String(200), default="")
    giver_fr: Mapped[str] = mapped_column(String(200), default="")
    promised_for: Mapped[date | None]
    promised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    nominee_id: Mapped[int | None] = mapped_column(ForeignKey("nominee.id"))
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    receiver: Mapped[str] = mapped_column(String(200), default="")
    proof_key: Mapped[str | None] = mapped_column(String(200))
    proof_sha256: Mapped[str | None] = mapped_column(String(64))


class AwardBallot(Base):
    """One visitor's vote: who voted is a keyed hash of the badge, so that one badge votes once and nobody is named."""

    __tablename__ = "award_ballot"
    __table_args__ = (UniqueConstraint("category_id", "voter"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("award_category.id"))
    nominee_id: Mapped[int] = mapped_column(ForeignKey("nominee.id"), index=True)
    voter: Mapped[str] = mapped_column(String(64))
    cast_at: Mapped[datetime] = mapped_column(UtcDateTime)
