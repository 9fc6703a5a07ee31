"""One juror's paper of one category: each nominee with its dossier, what was given, and the form for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from village.awards import queries, rules
from village.awards.forms import TieForm, marks_form
from village.awards.pages import show
from village.awards.queries import RowState
from village.awards.rules import CategoryState, Criterion, Sheet
from village.kit.db import db

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from fractions import Fraction

    from village.awards.forms import MarksForm
    from village.awards.pages.show import Face
    from village.awards.queries import CategoryRow, CriterionRow, JurorRow, NomineeRow


@dataclass(frozen=True)
class Line:
    """One nominee on the paper. `given` = half-points by criterion code; `version` 0 where nothing was given."""

    nominee: NomineeRow
    face: Face
    state: RowState
    criteria: tuple[CriterionRow, ...]
    given: Mapping[str, int]
    version: int
    note: str
    total: Fraction | None
    form: MarksForm
    tie: TieForm

    @property
    def is_awaited(self) -> bool:
        """True while marks are still to come."""
        return self.state is RowState.AWAITED


@dataclass(frozen=True)
class Ballot:
    """The paper. It may be changed while the category is marked and the juror has not closed it."""

    seat: JurorRow
    category: CategoryRow
    lines: tuple[Line, ...]
    closed_at: datetime | None

    @property
    def is_marking(self) -> bool:
        """True while marks may be given and changed."""
        return self.category.state is CategoryState.MARKING and self.closed_at is None

    @property
    def settled(self) -> int:
        """How many nominees are given marks or excused."""
        return sum(not line.is_awaited for line in self.lines)

    @property
    def failed(self) -> Any:
        """The first form with something to put right, if any."""
        forms = [form for line in self.lines for form in (line.form, line.tie)]
        return next((form for form in forms if form.errors), None)

    def line(self, nominee_id: int) -> Line:
        """Return the line of a nominee."""
        return next(line for line in self.lines if line.nominee.id == nominee_id)

    def with_form(self, nominee_id: int, form: MarksForm) -> Ballot:
        """Put back the form that was typed."""
        return self._with(nominee_id, form=form)

    def with_tie(self, nominee_id: int, form: TieForm) -> Ballot:
        """Put back the tie that was typed."""
        return self._with(nominee_id, tie=form)

    def _with(self, nominee_id: int, **changed: Any) -> Ballot:
        lines = tuple(replace(line, **changed) if line.nominee.id == nominee_id else line for line in self.lines)
        return replace(self, lines=lines)


def open_ballot(view: Any, seat: JurorRow, code: str) -> Ballot:
    """Lay out a juror's paper of a category. Refusal: `category_not_found`."""
    session = db.session()
    category = queries.get_category(session, view.id, code)
    states = queries.list_row_states(session, view.id)
    paper = queries.get_ballot_paper(session, seat.id, category.id)
    faces = show.faces_of(session, view.id, [category])
    criteria = tuple(one for one in category.criteria if one.kind == "jury")
    lines = []
    for nominee in category.nominees:
        if paper.assigned is not None and nominee.id not in paper.assigned:
            continue
        sheet = paper.sheets.get(nominee.id)
        given = dict(sheet.marks) if sheet else {}
        version, note = (sheet.version, sheet.note) if sheet else (0, "")
        lines.append(
            Line(
                nominee=nominee,
                face=faces[nominee.id],
                state=states.get((seat.id, nominee.id), RowState.AWAITED),
                criteria=criteria,
                given=given,
                version=version,
                note=note,
                total=_total(seat.id, nominee.id, given, criteria) if given else None,
                form=marks_form(criteria, nominee.id, given, formdata=None, note=note, version=str(version)),
                tie=TieForm(prefix=f"r{nominee.id}", formdata=None),
            )
        )
    return Ballot(seat, category, tuple(lines), paper.closed_at)


def _total(seat: int, nominee: int, given: Mapping[str, int], criteria: tuple[CriterionRow, ...]) -> Fraction:
    by_id = {one.id: given[one.code] for one in criteria}
    return rules.total(Sheet(seat, nominee, by_id), tuple(Criterion(one.id, one.weight) for one in criteria))
