"""Sheets that a juror without an account signed on paper: one person types each, a second one compares and confirms.

What was typed counts for nothing before the second account has confirmed it. The log holds the same seal twice, under
the name of whoever typed and of whoever confirmed: neither of the two can change a mark alone.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import delete

from village.audit.actions import record
from village.awards.actions.excusing import sheet_of
from village.awards.actions.loading import load_juror, load_nominee
from village.awards.actions.marking import SALT_BYTES, by_criterion, objections_to_marking, write_sheet
from village.awards.models import AwardCategory, Juror, Nominee, PaperSheet
from village.awards.queries.judged import seal
from village.kit.deeds import Deed
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from village.kit.db import Json


def type_paper_sheet(deed: Deed, *, juror_id: int, nominee_id: int, marks: Mapping[str, int]) -> None:
    """Type what a juror signed on paper for a nominee: criterion code → half-points. Typed again, it is corrected.

    Refusals: `juror_not_found`, `juror_has_account`, `nominee_not_found`, `rules_not_committed`, `marks_closed`,
    `not_assigned`, `juror_recused`, `juror_absent`, and those of `rules.objections_to_marks`.
    """
    juror, nominee, category = _on_paper(deed, juror_id, nominee_id)
    objections = objections_to_marking(deed, juror, nominee, category) + by_criterion(category, marks)[1]
    if objections:
        raise Refusal.of(objections)
    salt = deed.chance.token_bytes(SALT_BYTES)
    _drop(deed, juror_id, nominee_id)
    row = PaperSheet(
        juror_id=juror_id,
        nominee_id=nominee_id,
        marks=dict(marks),
        typed_by=str(deed.actor),
        typed_at=deed.now,
        salt=salt,
        seal=seal(salt, juror_id, nominee_id, dict(marks)),
    )
    deed.session.add(row)
    record(deed, "paper_sheet.typed", f"award:{category.id}", _facts(juror, nominee) | {"seal": row.seal})


def confirm_paper_sheet(deed: Deed, *, juror_id: int, nominee_id: int, seen: str) -> int:
    """Confirm that what another account typed is what the juror signed: from now on it counts as the juror's marks.

    Args:
        deed: the open deed, of another account than the one that typed.
        juror_id: the seat.
        nominee_id: the nominee.
        seen: the seal of what was on the screen, so that nothing typed since is confirmed unread.

    Returns:
        The version of the sheet. Confirming twice changes nothing.

    Refusals: `paper_sheet_not_found`, `paper_sheet_changed`, `paper_needs_second`, and those of `type_paper_sheet`.

    """
    juror, nominee, category = _on_paper(deed, juror_id, nominee_id)
    sheet = sheet_of(deed, juror_id, nominee_id)
    row = deed.session.get(PaperSheet, (juror_id, nominee_id), populate_existing=True)
    if row is None:
        if sheet is not None and sheet.seal == seen:
            return sheet.version
        raise Refusal("paper_sheet_not_found")
    if row.seal != seen:
        raise Refusal("paper_sheet_changed")
    typed_by = row.typed_by
    if typed_by == str(deed.actor):
        raise Refusal("paper_needs_second")
    by_id, wrong = by_criterion(category, row.marks)
    if objections := objections_to_marking(deed, juror, nominee, category) + wrong:
        raise Refusal.of(objections)
    sheet = write_sheet(
        deed, sheet, juror_id=juror_id, nominee_id=nominee_id, by_id=by_id, sealed=(row.salt, row.seal)
    )
    sheet.uid = None
    _drop(deed, juror_id, nominee_id)
    facts = _facts(juror, nominee) | {"seal": sheet.seal, "version": sheet.version, "typed_by": typed_by}
    record(deed, "paper_sheet.confirmed", f"award:{category.id}", facts)
    return sheet.version


def discard_paper_sheet(deed: Deed, *, juror_id: int, nominee_id: int) -> None:
    """Throw away what was typed and not confirmed. Refusals: `juror_not_found`, `paper_sheet_not_found`."""
    juror = load_juror(deed, juror_id)
    nominee, category = load_nominee(deed, nominee_id)
    row = deed.session.get(PaperSheet, (juror_id, nominee_id), populate_existing=True)
    if row is None:
        raise Refusal("paper_sheet_not_found")
    sealed = row.seal
    _drop(deed, juror_id, nominee_id)
    record(deed, "paper_sheet.discarded", f"award:{category.id}", _facts(juror, nominee) | {"seal": sealed})


def _on_paper(deed: Deed, juror_id: int, nominee_id: int) -> tuple[Juror, Nominee, AwardCategory]:
    """Hold the seat, then the category, as marks do; the juror has no account to mark from."""
    juror = load_juror(deed, juror_id)
    if juror.account_id is not None:
        raise Refusal("juror_has_account")
    return juror, *load_nominee(deed, nominee_id)


def _drop(deed: Deed, juror_id: int, nominee_id: int) -> None:
    deed.session.execute(
        delete(PaperSheet).where(PaperSheet.juror_id == juror_id, PaperSheet.nominee_id == nominee_id)
    )
    deed.session.flush()


def _facts(juror: Juror, nominee: Nominee) -> "dict[str, Json]":
    return {"juror": juror.id, "exhibitor": nominee.exhibitor_id}
