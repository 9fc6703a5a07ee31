"""Reads of badges: by code for the gates, by person for pages, in bulk for the printer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import Row, Select, case, func, select

from village.badges.models import Badge
from village.badges.rules import (
    ImportedCode,
    Kind,
    Record,
    ShortCode,
    SignedCode,
    State,
    check_signed,
    digits_of,
    group_short_code,
    parse_code,
    payload_of,
)
from village.kit.refusal import Refusal
from village.people.queries import PersonRow, get_person, list_people, search_people

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from village.kit.signing import Keyring


@dataclass(frozen=True)
class BadgeRow:
    """A badge and its state."""

    id: int
    edition_id: int
    person_id: int
    kind: Kind
    short_code: str
    imported_id: str | None
    state: State
    issued_at: datetime
    printed_count: int
    printed_at: datetime | None
    reason: str

    @property
    def short_text(self) -> str:
        """The short code in groups, as printed under the symbol."""
        return group_short_code(self.short_code)


@dataclass(frozen=True)
class BadgeLine:
    """A badge with its bearer, as staff see them in the list."""

    badge: BadgeRow
    person: PersonRow


@dataclass(frozen=True)
class BadgeFigures:
    """Counts of an edition's badges."""

    active: int
    printed: int
    unprinted: int
    replaced: int
    revoked: int


_COLUMNS = (
    Badge.id,
    Badge.edition_id,
    Badge.person_id,
    Badge.kind,
    Badge.short_code,
    Badge.imported_id,
    Badge.state,
    Badge.issued_at,
    Badge.printed_count,
    Badge.printed_at,
    Badge.reason,
)
_Columns = Select[*tuple[Any, ...]]


class CodeKeys(Protocol):
    """The part of the keyring that reading a code needs."""

    def verify(self, purpose: str, data: bytes, signature: bytes, key_id: int | None = None) -> bool:
        """Tell whether a signature is ours."""


def find_by_code(session: Session, *, edition_id: int, edition_number: int, text: str, keys: CodeKeys) -> BadgeRow:
    """Return the badge that a scanned or typed code names, in whatever state it is.

    A signed code is believed only with a true signature; short and imported codes only when they
    are in the list. One SQL query.

    Raises:
        Refusal: `code_unknown`, `code_altered`, `code_forged`, `wrong_edition`.

    """
    code = parse_code(text)
    query: _Columns = select(*_COLUMNS)
    match code:
        case SignedCode():
            checked = check_signed(code, edition_number, lambda *signed: keys.verify("badge", *signed))
            query = query.where(Badge.id == checked.badge_id)
        case ShortCode():
            query = query.where(Badge.short_code == code.text)
        case ImportedCode():
            query = query.where(Badge.edition_id == edition_id, Badge.imported_id == code.text)
    row = _first(session, query)
    if row is None:
        raise Refusal("code_unknown")
    if row.edition_id != edition_id:
        raise Refusal("wrong_edition", {"edition": edition_number})
    return row


def get_badge(session: Session, badge_id: int) -> BadgeRow:
    """Return a badge.

    Raises:
        Refusal: `badge_not_found`.

    """
    row = _first(session, select(*_COLUMNS).where(Badge.id == badge_id))
    if row is None:
        raise Refusal("badge_not_found")
    return row


def find_active_badge(session: Session, edition_id: int, person_id: int) -> BadgeRow | None:
    """Return a person's valid badge, or None."""
    return _first(
        session,
        select(*_COLUMNS).where(
            Badge.person_id == person_id, Badge.edition_id == edition_id, Badge.state == State.ACTIVE.value
        ),
    )


def get_line(session: Session, badge_id: int) -> BadgeLine:
    """Return a badge with its bearer; Refusal `badge_not_found`."""
    badge = get_badge(session, badge_id)
    return BadgeLine(badge, get_person(session, badge.person_id))


def list_badges(
    session: Session, edition_id: int, *, ids: Iterable[int] | None = None, state: State | None = None
) -> list[BadgeRow]:
    """List badges of an edition in order of issue, optionally in one state or only those with the given ids."""
    query: _Columns = select(*_COLUMNS).where(Badge.edition_id == edition_id)
    if state is not None:
        query = query.where(Badge.state == state.value)
    rows = [_row(row) for row in session.execute(query.order_by(Badge.issued_at, Badge.person_id))]
    if ids is None:
        return rows
    wanted = set(ids)
    return [row for row in rows if row.id in wanted]


def list_lines(
    session: Session, edition_id: int, *, search: str = "", start: int = 0, limit: int = 50
) -> list[BadgeLine]:
    """List badges with their bearers for the screen, newest of a person first; two SQL queries."""
    query: _Columns = select(*_COLUMNS).where(Badge.edition_id == edition_id)
    if search:
        people = {person.id: person for person in search_people(session, edition_id, search, limit)}
        code = _typed_code(search)
        named = Badge.person_id.in_(tuple(people))
        query = query.where(named if code is None else named | (Badge.short_code == code) | (Badge.imported_id == code))
    query = query.order_by(Badge.person_id, Badge.issued_at.desc()).offset(start).limit(limit)
    badges = [_row(row) for row in session.execute(query)]
    bearers = {row.id: row for row in list_people(session, edition_id, {badge.person_id for badge in badges})}
    return [BadgeLine(badge, bearers[badge.person_id]) for badge in badges]


def unprinted_ids(session: Session, edition_id: int) -> list[int]:
    """Ids of the valid badges that never went to the printer, in order of the bearers' codes."""
    waiting = [row for row in list_badges(session, edition_id, state=State.ACTIVE) if row.printed_count == 0]
    places = {person.id: place for place, person in enumerate(list_people(session, edition_id))}
    return [row.id for row in sorted(waiting, key=lambda row: places[row.person_id])]


def badge_figures(session: Session, edition_id: int) -> BadgeFigures:
    """Count badges by state and printing; one SQL query."""
    was_printed = case((Badge.printed_count > 0, 1), else_=0).label("was_printed")
    query = (
        select(Badge.state, was_printed, func.count())
        .where(Badge.edition_id == edition_id)
        .group_by(Badge.state, "was_printed")
    )
    counts = {(state, bool(printed)): number for state, printed, number in session.execute(query)}
    printed, waiting = counts.get(("active", True), 0), counts.get(("active", False), 0)
    return BadgeFigures(
        active=printed + waiting,
        printed=printed,
        unprinted=waiting,
        replaced=counts.get(("replaced", True), 0) + counts.get(("replaced", False), 0),
        revoked=counts.get(("revoked", True), 0) + counts.get(("revoked", False), 0),
    )


def digits_for(badge: BadgeRow, edition_number: int, keys: Keyring) -> str:
    """Return the signed record of a badge as the decimal number of its link, with the newest key."""
    record = Record(badge.id, edition_number, badge.kind, keys.key_id("badge"))
    payload = payload_of(record)
    return digits_of(payload, keys.sign("badge", payload, record.key_id))


def list_tokens(session: Session, edition_id: int, edition_number: int, keys: Keyring) -> dict[str, str]:
    """Return the signed number of every badge that was imported, by its imported id."""
    return {
        badge.imported_id: digits_for(badge, edition_number, keys)
        for badge in list_badges(session, edition_id)
        if badge.imported_id
    }


def _typed_code(text: str) -> str | None:
    try:
        code = parse_code(text)
    except Refusal:
        return None
    return None if isinstance(code, SignedCode) else code.text


def _first(session: Session, query: _Columns) -> BadgeRow | None:
    row = session.execute(query.limit(1)).first()
    return _row(row) if row else None


def _row(row: Row[*tuple[Any, ...]]) -> BadgeRow:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's documented way to a row's columns by name
    return BadgeRow(**{**values, "kind": Kind(values["kind"]), "state": State(values["state"])})
