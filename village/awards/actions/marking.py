"""Marks, recusals and absences, while a category is being judged.

Marks are hidden until the chair opens a category: before that the log holds only the seal of a sheet
(SHA-256 of a salt and the canonical marks), and no query returns them.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert, select

from village.audit.actions import record
from village.awards import rules
from village.awards.actions.loading import criteria_of, load_category, load_juror, load_nominee, own_seat
from village.awards.models import Absence, AwardCategory, Juror, Mark, MarkSheet, Nominee, Recusal
from village.awards.rules import CategoryState
from village.kit import canonical
from village.kit.deeds import Deed
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from village.kit.db import Json

SALT_BYTES: Final = 16


def give_marks(deed: Deed, *, juror_id: int, nominee_id: int, marks: Mapping[str, int]) -> None:
    """Give one nominee the marks of one juror, for good: criterion code → half-points (0 to 40).

    Refusals: `juror_not_found`, `nominee_not_found`, `not_your_seat`, `marks_closed` {category}, `juror_recused`,
    `juror_absent`, `already_marked`, and those of `rules.objections_to_marks`.
    """
    # Seat before category, as in a recusal: two deeds that lock in opposite orders would wait for each other.
    juror = own_seat(deed, juror_id)
    nominee, category = load_nominee(deed, nominee_id)
    objections = _objections_to_marking(deed, juror, nominee, category)
    ids = {one.code: one.id for one in category.criteria}
    if marks.keys() - ids.keys():
        objections.append(Refusal("criterion_unknown"))
    by_id = {ids[code]: half for code, half in marks.items() if code in ids}
    objections += rules.objections_to_marks(by_id, criteria_of(category))
    if objections:
        raise Refusal.of(objections)
    salt = deed.chance.token_bytes(SALT_BYTES)
    sealed = seal(salt, juror_id, nominee_id, marks)
    sheet = MarkSheet(juror_id=juror_id, nominee_id=nominee_id, given_at=deed.now, salt=salt, seal=sealed)
    deed.session.add(sheet)
    deed.session.flush()
    rows = [{"sheet_id": sheet.id, "criterion_id": key, "half_points": half} for key, half in by_id.items()]
    deed.session.execute(insert(Mark), rows)
    facts: dict[str, Json] = {"juror": juror_id, "exhibitor": nominee.exhibitor_id, "seal": sealed}
    record(deed, "marks.given", f"award:{category.id}", facts)


def seal(salt: bytes, juror_id: int, nominee_id: int, marks: Mapping[str, int]) -> str:
    """Return SHA-256(salt ‖ canonical JSON of the sheet) in hexadecimal: what the log keeps of hidden marks."""
    sheet = {"juror": juror_id, "marks": dict(marks), "nominee": nominee_id}
    return sha256(salt + canonical.dumps(sheet)).hexdigest()


def recuse(deed: Deed, *, juror_id: int, exhibitor_id: int, reason_ar: str = "", reason_fr: str = "") -> int:
    """A juror declares a tie with an exhibitor: no marks for it, and sheets given before are removed unread.

    Returns how many sheets were removed. Refusals: `not_your_seat`, and those of `record_recusal`.
    """
    own_seat(deed, juror_id)
    return record_recusal(deed, juror_id=juror_id, exhibitor_id=exhibitor_id, reason_ar=reason_ar, reason_fr=reason_fr)


def record_recusal(deed: Deed, *, juror_id: int, exhibitor_id: int, reason_ar: str = "", reason_fr: str = "") -> int:
    """Write down a recusal for a juror (the organiser's or the chair's deed). Returns the sheets removed.

    Refusals: `juror_not_found`, `reason_missing`, `already_recused`, `nominee_not_found`,
    `marks_closed` where every category that names the exhibitor is opened.
    """
    juror = load_juror(deed, juror_id)
    if not (reason_ar.strip() or reason_fr.strip()):
        raise Refusal("award_reason_missing")
    if _is_recused(deed, juror_id, exhibitor_id):
        raise Refusal("already_recused")
    hidden = _lock_hidden_nominations(deed, juror.edition_id, exhibitor_id)
    deed.session.add(
        Recusal(
            juror_id=juror_id,
            exhibitor_id=exhibitor_id,
            reason_ar=reason_ar.strip(),
            reason_fr=reason_fr.strip(),
            declared_at=deed.now,
        )
    )
    removed = _remove_rows(deed, juror_id, hidden)
    facts = {"exhibitor": exhibitor_id, "sheets_removed": removed}
    record(deed, "juror.recused", f"juror:{juror_id}", facts)
    return removed


def declare_absent(deed: Deed, *, juror_id: int, nominee_ids: Sequence[int]) -> None:
    """Write down that a juror was absent for nominees: their rows are left out of the means.

    Refusals: `juror_not_found`, `nominee_not_found`, `marks_closed`, `already_marked`, `already_absent`.
    """
    load_juror(deed, juror_id)
    for nominee_id in nominee_ids:
        nominee, category = load_nominee(deed, nominee_id)
        if category.state != CategoryState.MARKING:
            raise Refusal("marks_closed", {"category": category.code})
        if _has_sheet(deed, juror_id, nominee_id):
            raise Refusal("already_marked")
        if _is_absent(deed, juror_id, nominee_id):
            raise Refusal("already_absent")
        deed.session.add(Absence(juror_id=juror_id, nominee_id=nominee_id, declared_at=deed.now))
        facts = {"juror": juror_id, "exhibitor": nominee.exhibitor_id}
        record(deed, "juror.absent", f"award:{category.id}", facts)


def _objections_to_marking(deed: Deed, juror: Juror, nominee: Nominee, category: AwardCategory) -> list[Refusal]:
    found = []
    if category.state == CategoryState.DRAFT or juror.edition_id != category.edition_id:
        found.append(Refusal("rules_not_committed", {"category": category.code}))
    elif category.state != CategoryState.MARKING:
        found.append(Refusal("marks_closed", {"category": category.code}))
    if _is_recused(deed, juror.id, nominee.exhibitor_id):
        found.append(Refusal("juror_recused"))
    if _is_absent(deed, juror.id, nominee.id):
        found.append(Refusal("juror_absent"))
    if _has_sheet(deed, juror.id, nominee.id):
        found.append(Refusal("already_marked"))
    return found


def _is_recused(deed: Deed, juror_id: int, exhibitor_id: int) -> bool:
    query = select(Recusal.id).where(Recusal.juror_id == juror_id, Recusal.exhibitor_id == exhibitor_id)
    return deed.session.scalar(query) is not None


def _is_absent(deed: Deed, juror_id: int, nominee_id: int) -> bool:
    query = select(Absence.id).where(Absence.juror_id == juror_id, Absence.nominee_id == nominee_id)
    return deed.session.scalar(query) is not None


def _has_sheet(deed: Deed, juror_id: int, nominee_id: int) -> bool:
    query = select(MarkSheet.id).where(MarkSheet.juror_id == juror_id, MarkSheet.nominee_id == nominee_id)
    return deed.session.scalar(query) is not None


def _lock_hidden_nominations(deed: Deed, edition_id: int, exhibitor_id: int) -> list[int]:
    """Nominee ids of an exhibitor in the categories whose marks are not opened, those categories held."""
    nominations = deed.session.execute(
        select(Nominee.id, AwardCategory.id)
        .join(AwardCategory, AwardCategory.id == Nominee.category_id)
        .where(AwardCategory.edition_id == edition_id, Nominee.exhibitor_id == exhibitor_id)
        .order_by(AwardCategory.id)
    ).all()
    if not nominations:
        raise Refusal("nominee_not_found")
    hidden = [
        nominee
        for nominee, category in nominations
        if load_category(deed, category).state in {CategoryState.DRAFT, CategoryState.MARKING}
    ]
    if not hidden:
        raise Refusal("marks_closed", {"category": ""})
    return hidden


def _remove_rows(deed: Deed, juror_id: int, nominee_ids: Iterable[int]) -> int:
    given = deed.session.scalars(
        select(MarkSheet.id).where(MarkSheet.juror_id == juror_id, MarkSheet.nominee_id.in_(list(nominee_ids)))
    ).all()
    deed.session.execute(delete(Mark).where(Mark.sheet_id.in_(given)))
    deed.session.execute(delete(MarkSheet).where(MarkSheet.id.in_(given)))
    return len(given)
