"""Persons, the keys they are found by, and which of them were the same. Accounts stand in `account_models.py`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village.kit.db import Base, BigId, UtcDateTime


class Person(Base):
    """Somebody who takes part in an edition. A name in one script is enough; no national ID number, ever."""

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("gender IN ('m', 'f', 'unknown')", name="gender"),
        Index("ix_person_edition_phone", "edition_id", "phone"),
        CheckConstraint("merged_into_id <> id", name="merged_into_another"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    code: Mapped[str] = mapped_column(String(16))
    given_ar: Mapped[str] = mapped_column(String(80), default="")
    family_ar: Mapped[str] = mapped_column(String(80), default="")
    given_fr: Mapped[str] = mapped_column(String(80), default="")
    family_fr: Mapped[str] = mapped_column(String(80), default="")
    gender: Mapped[str] = mapped_column(String(8), default="unknown")
    category: Mapped[str] = mapped_column(String(24))
    phone: Mapped[str | None] = mapped_column(String(20))
    email: Mapped[str | None] = mapped_column(String(254))
    lang: Mapped[str] = mapped_column(String(2))
    province_code: Mapped[str | None] = mapped_column(String(16))
    commune_code: Mapped[str | None] = mapped_column(String(16))
    age_band: Mapped[str | None] = mapped_column(String(8))
    # Where the person comes from, as they say it; a delegate's organisation stands in `delegate`.
    organisation: Mapped[str] = mapped_column(String(160), default="")
    # What the person needs in order to take part: codes of `rules.needs` with commas between, never a diagnosis.
    needs: Mapped[str] = mapped_column(String(160), default="")
    consent_photo: Mapped[bool] = mapped_column(default=False)
    consent_contact: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Which browser's form this person came by: a keyed hash of its token, so that a second tap is known as one.
    came_by: Mapped[str] = mapped_column(String(32), default="")
    # Raised when a personal link must stop working; the link itself is never stored.
    link_version: Mapped[int] = mapped_column(default=1)
    # The person this one turned out to be; the row stays for what points to it, and can come back.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    # When the names were taken out at the person's wish; the rest is kept for counts only.
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


# Compared byte by byte, so that the beginning of a key is a range of the index whatever the server's language.
_Key = String(40).with_variant(String(40, collation="C"), "postgresql")


class PersonKey(Base):
    """A short text by which a person is found: see `rules.finding`. Its primary key is the index of every search."""

    __tablename__ = "person_key"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(1), primary_key=True)
    key: Mapped[str] = mapped_column(_Key, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False, index=True)


class ProfileKept(Base):
    """How many persons of an edition shared a profile, written down before the profiles themselves were forgotten.

    An unknown age band or province is an empty text.
    """

    __tablename__ = "profile_kept"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True, autoincrement=False)
    gender: Mapped[str] = mapped_column(String(8), primary_key=True)
    age_band: Mapped[str] = mapped_column(String(8), primary_key=True)
    province_code: Mapped[str] = mapped_column(String(16), primary_key=True)
    people: Mapped[int]


class PersonDistinct(Base):
    """Two persons who look like one and are not, as staff said; `a_id` is the smaller id."""

    __tablename__ = "person_distinct"
    __table_args__ = (CheckConstraint("a_id < b_id", name="ordered"),)

    a_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False)
    b_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False, index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))


class PersonMerge(Base):
    """One person was found to be another. `moved` says what each feature moved, so that it can all be put back."""

    __tablename__ = "person_merge"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    gone_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    # The kept person's data before the merge, by column; only those that were taken over.
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    moved: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
