"""Marks, while a category is being judged.

Marks may be changed until the juror closes the sheets of a category, and are hidden until the chair opens it: before
that the log holds only the seal of each version of a sheet (SHA-256 of a salt and the canonical marks), and no query
returns them but to the juror who gave them.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert, select

from village.audit.actions import record
from village.awards import rules
from village.awards.actions.excusing import is_absent, is_excused, is_recused, sheet_of
from village.awards.actions.loading import criteria_of, load_category, load_nominee, own_seat
from village.awards.models import AwardCategory, Juror, JurorAssignment, JurorClosing, Mark, MarkSheet, Nominee
from village.awards.queries.judged import seal
from village.awards.rules import CategoryState, Panel
from village.kit.deeds import Deed
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from village.kit.db import Json

SALT_BYTES: Final = 16
MOST_NOTE: Final = 2000
MOST_UID: Final = 40


def give_marks(
    deed: Deed,
    *,
    juror_id: int,
    nominee_id: int,
    marks: Mapping[str, int],
    expected_version: int | None = None,
    uid: str | None = None,
    note: str = "",
) -> int:
    """Give one nominee the marks of one juror, or change them: criterion code → half-points (0 to 40).

    Args:
        deed: the open deed, of the account that sits there.
        juror_id: the seat.
        nominee_id: the nominee.
        marks: one for each criterion that the jury marks.
        expected_version: the version the juror saw, 0 for none; None overwrites whatever stands.
        uid: a device's own name of this change: sent twice, it counts once.
        note: for the juror's own eyes.

    Returns:
        The version of the sheet, from 1. Marks that change nothing leave version and log as they are.

    Refusals: `juror_not_found`, `nominee_not_found`, `not_your_seat`, `rules_not_committed`, `marks_closed`
    {category}, `sheets_closed`, `not_assigned`, `juror_recused`, `juror_absent`, `marks_changed_meanwhile` {version},
    `jury_text_too_long`, and those of `rules.objections_to_marks`.

    """
    # Seat before category, as in a recusal: two deeds that lock in opposite orders would wait for each other.
    juror = own_seat(deed, juror_id)
    nominee, category = load_nominee(deed, nominee_id)
    sheet = sheet_of(deed, juror_id, nominee_id)
    if sheet is not None and uid and sheet.uid == uid[:MOST_UID]:
        return sheet.version
    by_id, wrong = by_criterion(category, marks)
    objections = objections_to_marking(deed, juror, nominee, category) + wrong
    if len(note) > MOST_NOTE:
        objections.append(Refusal("jury_text_too_long", {"most": MOST_NOTE}))
    if objections:
        raise Refusal.of(objections)
    standing = sheet.version if sheet else 0
    same = sheet is not None and _marks_of(deed, sheet) == by_id and sheet.note == note
    if sheet is not None and same:
        # The same marks again (a second click, a second device): nothing changes, so nothing can be in conflict.
        sheet.uid = uid[:MOST_UID] if uid else sheet.uid
        return sheet.version
    if expected_version is not None and expected_version != standing:
        raise Refusal("marks_changed_meanwhile", {"version": standing})
    salt = deed.chance.token_bytes(SALT_BYTES)
    sealed = seal(salt, juror_id, nominee_id, dict(marks))
    sheet = write_sheet(deed, sheet, juror_id=juror_id, nominee_id=nominee_id, by_id=by_id, sealed=(salt, sealed))
    sheet.uid = uid[:MOST_UID] if uid else None
    sheet.note = note
    facts: dict[str, Json] = {"juror": juror_id, "exhibitor": nominee.exhibitor_id, "seal": sheet.seal}
    record(deed, "marks.given", f"award:{category.id}", facts | {"version": sheet.version})
    return sheet.version


def close_sheets(deed: Deed, *, juror_id: int, category_id: int) -> int:
    """A juror closes the own sheets of a category: they cannot be changed any more. Returns how many they are.

    Closing what is closed changes nothing.

    Refusals: `juror_not_found`, `not_your_seat`, `category_not_found`, `rules_not_committed`, `marks_closed`,
    `sheets_incomplete` {count} while a nominee has neither marks nor an excuse.
    """
    juror = own_seat(deed, juror_id)
    category = load_category(deed, category_id)
    if (closing := deed.session.get(JurorClosing, (juror_id, category_id))) is not None:
        return closing.sheets
    if juror.edition_id != category.edition_id:
        raise Refusal("juror_not_found")
    if refusal := _why_not_marking(category):
        raise refusal
    given = set(
        deed.session.scalars(
            select(MarkSheet.nominee_id)
            .join(Nominee, Nominee.id == MarkSheet.nominee_id)
            .where(MarkSheet.juror_id == juror_id, Nominee.category_id == category_id)
        )
    )
    rows = rules.rows_to_mark([juror_id], [one.id for one in category.nominees], *_panel(deed, category))
    excused = {(juror_id, one.id) for one in category.nominees if is_excused(deed, juror_id, one)}
    if awaited := rules.unmarked_rows(rows, excused, {(juror_id, one) for one in given}):
        raise Refusal("sheets_incomplete", {"count": len(awaited)})
    deed.session.add(JurorClosing(juror_id=juror_id, category_id=category_id, closed_at=deed.now, sheets=len(given)))
    facts: dict[str, Json] = {"juror": juror_id, "sheets": len(given), "code": category.code}
    record(deed, "sheets.closed", f"award:{category_id}", facts)
    return len(given)


def by_criterion(category: AwardCategory, marks: Mapping[str, int]) -> tuple[dict[int, int], list[Refusal]]:
    """Return marks by the number of their criterion, and all that is wrong with them."""
    ids = {one.code: one.id for one in category.criteria}
    found = {ids[code]: half for code, half in marks.items() if code in ids}
    wrong = [Refusal("criterion_unknown")] if marks.keys() - ids.keys() else []
    return found, wrong + rules.objections_to_marks(found, criteria_of(category))


def objections_to_marking(deed: Deed, juror: Juror, nominee: Nominee, category: AwardCategory) -> list[Refusal]:
    """All that keeps a juror from marking a nominee now, whatever the marks."""
    found = []
    if juror.edition_id != category.edition_id:
        found.append(Refusal("rules_not_committed", {"category": category.code}))
    elif refusal := _why_not_marking(category):
        found.append(refusal)
    elif deed.session.get(JurorClosing, (juror.id, category.id)) is not None:
        found.append(Refusal("sheets_closed", {"category": category.code}))
    if nominee.exhibitor_id is not None and is_recused(deed, juror.id, nominee.exhibitor_id):
        found.append(Refusal("juror_recused"))
    if is_absent(deed, juror.id, nominee.id):
        found.append(Refusal("juror_absent"))
    if not rules.rows_to_mark([juror.id], [nominee.id], *_panel(deed, category)):
        found.append(Refusal("not_assigned"))
    return found


def _why_not_marking(category: AwardCategory) -> Refusal | None:
    if category.state == CategoryState.DRAFT:
        return Refusal("rules_not_committed", {"category": category.code})
    return None if category.state == CategoryState.MARKING else Refusal("marks_closed", {"category": category.code})


def _panel(deed: Deed, category: AwardCategory) -> tuple[Panel, set[tuple[int, int]]]:
    if category.panel != Panel.SPLIT:
        return Panel.ALL, set()
    rows = deed.session.execute(
        select(JurorAssignment.juror_id, JurorAssignment.nominee_id)
        .join(Nominee, Nominee.id == JurorAssignment.nominee_id)
        .where(Nominee.category_id == category.id)
    )
    return Panel.SPLIT, {(juror, nominee) for juror, nominee in rows}


def write_sheet(
    deed: Deed,
    sheet: MarkSheet | None,
    *,
    juror_id: int,
    nominee_id: int,
    by_id: Mapping[int, int],
    sealed: tuple[bytes, str],
) -> MarkSheet:
    """Keep marks (criterion id → half-points) under their salt and seal, in the place of those that stood there."""
    salt, digest = sealed
    if sheet is None:
        values = {"juror_id": juror_id, "nominee_id": nominee_id, "salt": salt, "seal": digest}
        sheet = MarkSheet(given_at=deed.now, version=1, **values)
        deed.session.add(sheet)
        deed.session.flush()
    else:
        deed.session.execute(delete(Mark).where(Mark.sheet_id == sheet.id))
        sheet.salt, sheet.seal, sheet.given_at, sheet.version = salt, digest, deed.now, sheet.version + 1
    rows = [{"sheet_id": sheet.id, "criterion_id": key, "half_points": half} for key, half in by_id.items()]
    deed.session.execute(insert(Mark), rows)
    return sheet


def _marks_of(deed: Deed, sheet: MarkSheet) -> dict[int, int]:
    rows = deed.session.execute(select(Mark.criterion_id, Mark.half_points).where(Mark.sheet_id == sheet.id))
    return {criterion: half for criterion, half in rows}
