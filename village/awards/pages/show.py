"""What the pages and documents of the awards show: names, states and figures put together for reading."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from village.awards import queries, rules
from village.awards.queries import RowState
from village.awards.rules import CategoryState
from village.exhibitors.queries import list_exhibitors
from village.kit.i18n import current_lang, format_number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from sqlalchemy.orm import Session

    from village.awards.queries import CategoryRow, JurorRow
    from village.exhibitors.queries import ExhibitorRow


@dataclass(frozen=True)
class Progress:
    """How far the marking of one category has come, in sheets; no mark is in it."""

    category: CategoryRow
    given: int
    excused: int
    total: int
    by_juror: Mapping[int, tuple[int, int]]

    @property
    def awaited(self) -> int:
        """Sheets still to come."""
        return self.total - self.given - self.excused

    @property
    def is_ready(self) -> bool:
        """True when the chair may open."""
        return self.category.state is CategoryState.MARKING and self.awaited == 0 and self.given > 0


def exhibitors_by_id(session: Session, edition_id: int) -> dict[int, ExhibitorRow]:
    """Return the edition's exhibitors by id (one SQL query)."""
    return {row.id: row for row in list_exhibitors(session, edition_id)}


def list_progress(session: Session, edition_id: int) -> list[Progress]:
    """Return the progress of every category (seven SQL queries, whatever the size)."""
    jurors = queries.list_jurors(session, edition_id)
    states = queries.list_row_states(session, edition_id)
    return [_progress(category, jurors, states) for category in queries.list_categories(session, edition_id)]


def _progress(category: CategoryRow, jurors: list[JurorRow], states: Mapping[tuple[int, int], RowState]) -> Progress:
    by_juror: dict[int, tuple[int, int]] = {}
    given = excused = 0
    for juror in jurors:
        found = [states.get((juror.id, nominee.id), RowState.AWAITED) for nominee in category.nominees]
        own_given = found.count(RowState.GIVEN)
        own_excused = found.count(RowState.RECUSED) + found.count(RowState.ABSENT)
        by_juror[juror.id] = (own_given, len(found) - own_excused)
        given += own_given
        excused += own_excused
    return Progress(category, given, excused, len(jurors) * len(category.nominees), by_juror)


def say_mark(half_points: int) -> str:
    """Write half-points as a mark on 20 in the reader's language: 31 → 15,5."""
    return format_number(float(rules.mark_text(half_points)), current_lang(), 1)


def say_mean(value: Fraction) -> str:
    """Write a mean or a total on 20 with two decimals in the reader's language."""
    return format_number(float(Decimal(rules.decimal_text(value, 2))), current_lang(), 2)
