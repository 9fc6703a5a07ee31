"""Reads of those who may be one, and of those who were found to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from village.kit.refusal import Refusal
from village.people.models import Person, PersonDistinct, PersonMerge
from village.people.queries.persons import PersonRow, list_people
from village.people.rules import Known, likely_pairs

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from village.people.rules import Sign

PAIRS_SHOWN = 25


@dataclass(frozen=True)
class Likely:
    """Two persons who may be one, and what speaks for it."""

    a: PersonRow
    b: PersonRow
    signs: tuple[Sign, ...]


@dataclass(frozen=True)
class MergeRow:
    """A merge that was done; `actor` as the log names it."""

    id: int
    edition_id: int
    kept: PersonRow
    gone: PersonRow
    at: datetime
    actor: str
    undone_at: datetime | None


def list_likely(session: Session, edition_id: int) -> list[Likely]:
    """List the pairs of an edition that may be one person, the likeliest first; three SQL queries."""
    known = select(Person.id, Person.given_ar, Person.family_ar, Person.given_fr, Person.family_fr, Person.phone,
                   Person.email, Person.gender).where(
        Person.edition_id == edition_id, Person.merged_into_id.is_(None), Person.erased_at.is_(None)
    )  # fmt: skip
    people = [
        Known(row.id, f"{row.given_ar} {row.family_ar}".strip(), f"{row.given_fr} {row.family_fr}".strip(), row.phone,
              row.email, row.gender)
        for row in session.execute(known)
    ]  # fmt: skip
    said = select(PersonDistinct.a_id, PersonDistinct.b_id).where(PersonDistinct.edition_id == edition_id)
    distinct = {(row.a_id, row.b_id) for row in session.execute(said)}
    pairs = likely_pairs(people, distinct)
    ids = {each for pair in pairs for each in (pair.a, pair.b)}
    rows = {row.id: row for row in list_people(session, edition_id, ids)}
    return [Likely(rows[pair.a], rows[pair.b], pair.signs) for pair in pairs]


def list_merges(session: Session, edition_id: int, limit: int = 20) -> list[MergeRow]:
    """List the last merges that stand, the newest first."""
    query = (
        select(PersonMerge)
        .where(PersonMerge.edition_id == edition_id, PersonMerge.undone_at.is_(None))
        .order_by(PersonMerge.id.desc())
        .limit(limit)
    )
    merges = session.scalars(query).all()
    ids = {each for merge in merges for each in (merge.kept_id, merge.gone_id)}
    people = {row.id: row for row in list_people(session, edition_id, ids)}
    return [_row(merge, people[merge.kept_id], people[merge.gone_id]) for merge in merges]


@dataclass(frozen=True)
class DistinctRow:
    """Two persons of whom staff said that they are two; `actor` as the log names it."""

    a: PersonRow
    b: PersonRow
    at: datetime
    actor: str


def list_distinct(session: Session, edition_id: int, limit: int = 20) -> list[DistinctRow]:
    """List the last pairs that were said to be two persons, the newest first; two SQL queries.

    A pair of which one has no name left (merged meanwhile, or taken out) is left out.
    """
    query = select(PersonDistinct).where(PersonDistinct.edition_id == edition_id)
    said = session.scalars(query.order_by(PersonDistinct.at.desc(), PersonDistinct.a_id, PersonDistinct.b_id)).all()
    ids = {each for row in said for each in (row.a_id, row.b_id)}
    people = {row.id: row for row in list_people(session, edition_id, ids)}
    rows = [DistinctRow(people[row.a_id], people[row.b_id], row.at, row.actor) for row in said]
    return [row for row in rows if not any(p.erased or p.merged_into_id for p in (row.a, row.b))][:limit]


def get_merge(session: Session, edition_id: int, merge_id: int) -> MergeRow:
    """Return a merge.

    Raises:
        Refusal: `merge_not_found`.

    """
    merge = session.get(PersonMerge, merge_id)
    if merge is None or merge.edition_id != edition_id:
        raise Refusal("merge_not_found")
    people = {row.id: row for row in list_people(session, edition_id, (merge.kept_id, merge.gone_id))}
    return _row(merge, people[merge.kept_id], people[merge.gone_id])


def _row(merge: PersonMerge, kept: PersonRow, gone: PersonRow) -> MergeRow:
    return MergeRow(merge.id, merge.edition_id, kept, gone, merge.at, merge.actor, merge.undone_at)
