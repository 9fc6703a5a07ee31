"""The seats of the jury: who sits, who is chair, which account marks from a seat, who marks whom."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, func, insert, select

from village.audit.actions import record
from village.awards.actions.loading import list_seats, load_draft, load_juror
from village.awards.models import (
    Absence,
    AwardCategory,
    Juror,
    JurorAssignment,
    JurorClosing,
    MarkSheet,
    Nominee,
    Recusal,
)
from village.awards.rules import AwardClass, CategoryState, Panel, Seat, propose_assignment
from village.kit.deeds import Deed
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from village.kit.db import Json

MOST_CODE: Final = 16


@dataclass(frozen=True)
class NewJuror:
    """A seat of the jury to be; without `account_id` nobody can mark from it yet."""

    code: str
    name_ar: str
    name_fr: str
    gender: str
    seat: Seat
    body_ar: str = ""
    body_fr: str = ""
    account_id: int | None = None


def import_jury(deed: Deed, *, edition_id: int, jurors: Sequence[NewJuror]) -> list[int]:
    """Seat the jury of an edition, in protocol order; returns the juror ids in the order given.

    Refusals: `jury_exists`, `jury_needs_one_chair`.
    """
    if deed.session.scalar(select(Juror.id).where(Juror.edition_id == edition_id).limit(1)):
        raise Refusal("jury_exists")
    if sum(juror.seat is Seat.CHAIR for juror in jurors) != 1:
        raise Refusal("jury_needs_one_chair")
    rows = [
        Juror(edition_id=edition_id, position=place, **{**vars(juror), "seat": juror.seat.value})
        for place, juror in enumerate(jurors)
    ]
    deed.session.add_all(rows)
    deed.session.flush()
    record(deed, "jury.seated", f"edition:{edition_id}", {"jurors": [row.id for row in rows]})
    return [row.id for row in rows]


def add_juror(deed: Deed, *, edition_id: int, new: NewJuror) -> int:
    """Seat one more juror, last in protocol order; returns the id. A new chair makes the chair before a member.

    Refusals: `jury_is_fixed`, `juror_exists`, `award_code_wrong`, `award_name_missing`, `account_has_seat`,
    `chair_is_fixed`.
    """
    _must_not_be_marking(deed, edition_id)
    _check(new)
    here = Juror.edition_id == edition_id
    if deed.session.scalar(select(Juror.id).where(here, Juror.code == new.code)):
        raise Refusal("juror_exists", {"juror": new.code})
    _must_be_free(deed, edition_id, new.account_id, None)
    last = deed.session.scalar(select(func.max(Juror.position)).where(here))
    values = {**vars(new), "seat": new.seat.value}
    row = Juror(edition_id=edition_id, position=0 if last is None else last + 1, **values)
    deed.session.add(row)
    deed.session.flush()
    _keep_one_chair(deed, row)
    record(deed, "juror.added", f"juror:{row.id}", {"juror": row.code, "seat": row.seat})
    return row.id


def change_juror(deed: Deed, *, juror_id: int, new: NewJuror) -> None:
    """Correct a seat: names, body, account, and while nobody is marking also who is chair.

    Refusals: `juror_not_found`, `jury_is_fixed`, `jury_needs_one_chair`, `award_name_missing`, `account_has_seat`,
    `juror_is_marking`, `chair_is_fixed`.
    """
    row = load_juror(deed, juror_id)
    _check(new)
    _must_keep_account(deed, row, new.account_id)
    if new.seat != row.seat:
        _must_not_be_marking(deed, row.edition_id)
        if row.seat == Seat.CHAIR:
            raise Refusal("jury_needs_one_chair")
    _must_be_free(deed, row.edition_id, new.account_id, juror_id)
    row.name_ar, row.name_fr, row.gender, row.seat = new.name_ar, new.name_fr, new.gender, new.seat.value
    row.body_ar, row.body_fr, row.account_id = new.body_ar, new.body_fr, new.account_id
    _keep_one_chair(deed, row)
    record(deed, "juror.changed", f"juror:{row.id}", {"juror": row.code, "seat": row.seat, "account": row.account_id})


def drop_juror(deed: Deed, *, juror_id: int) -> None:
    """Take a seat away that never marked nor stood back.

    Refusals: `juror_not_found`, `jury_is_fixed`, `juror_has_acted`.
    """
    row = load_juror(deed, juror_id)
    _must_not_be_marking(deed, row.edition_id)
    for model in (MarkSheet, Recusal, Absence, JurorClosing):
        if deed.session.scalar(select(func.count()).select_from(model).where(model.juror_id == juror_id)):
            raise Refusal("juror_has_acted", {"juror": row.code})
    deed.session.execute(delete(JurorAssignment).where(JurorAssignment.juror_id == juror_id))
    code = row.code
    deed.session.delete(row)
    record(deed, "juror.dropped", f"juror:{juror_id}", {"juror": code})


def seat_juror(deed: Deed, *, juror_id: int, account_id: int | None) -> None:
    """Let an account mark from a seat, or take it away again.

    Refusals: `juror_not_found`, `account_has_seat`, `juror_is_marking`.
    """
    juror = load_juror(deed, juror_id)
    _must_keep_account(deed, juror, account_id)
    _must_be_free(deed, juror.edition_id, account_id, juror_id)
    juror.account_id = account_id
    record(deed, "juror.seated", f"juror:{juror_id}", {"account": account_id})


def assign_jurors(deed: Deed, *, category_id: int, pairs: Collection[tuple[int, int]]) -> None:
    """Say who marks whom in a split panel: (juror id, nominee id) pairs, which replace those before.

    Refusals: `category_not_found`, `rules_already_committed`, `panel_not_split`, `juror_not_found`,
    `nominee_not_found`.
    """
    category = load_draft(deed, category_id)
    if category.panel != Panel.SPLIT:
        raise Refusal("panel_not_split", {"category": category.code})
    nominees = {one.id for one in category.nominees}
    if {juror for juror, _ in pairs} - {one.id for one in list_seats(deed, category.edition_id)}:
        raise Refusal("juror_not_found")
    if {nominee for _, nominee in pairs} - nominees:
        raise Refusal("nominee_not_found")
    deed.session.execute(delete(JurorAssignment).where(JurorAssignment.nominee_id.in_(nominees)))
    rows = [{"juror_id": juror, "nominee_id": nominee} for juror, nominee in sorted(set(pairs))]
    if rows:
        deed.session.execute(insert(JurorAssignment), rows)
    category.version += 1
    told: list[Json] = [[row["juror_id"], row["nominee_id"]] for row in rows]
    record(deed, "award.jurors_assigned", f"award:{category_id}", {"code": category.code, "pairs": told})


def assign_evenly(deed: Deed, *, category_id: int, each: int) -> None:
    """Give every nominee of a split panel `each` jurors, evenly, leaving out declared ties.

    Refusals: those of `assign_jurors`, `jurors_each_wrong`.
    """
    category = load_draft(deed, category_id)
    jurors = [one.id for one in list_seats(deed, category.edition_id)]
    if not 1 <= each <= max(len(jurors), 1):
        raise Refusal("jurors_each_wrong", {"most": len(jurors)})
    barred = deed.session.execute(
        select(Recusal.juror_id, Nominee.id)
        .join(Nominee, Nominee.exhibitor_id == Recusal.exhibitor_id)
        .where(Nominee.category_id == category_id)
    )
    nominees = [one.id for one in category.nominees]
    pairs = propose_assignment(jurors, nominees, each, {(juror, nominee) for juror, nominee in barred})
    assign_jurors(deed, category_id=category_id, pairs=pairs)


def _check(new: NewJuror) -> None:
    if not (0 < len(new.code) <= MOST_CODE and new.code.isascii() and new.code.isalnum()):
        raise Refusal("award_code_wrong")
    if not (new.name_ar.strip() or new.name_fr.strip()):
        raise Refusal("award_name_missing")


def _must_not_be_marking(deed: Deed, edition_id: int) -> None:
    """The jury of a category was fixed with its rules: nobody joins or leaves while one is being marked."""
    marking = select(AwardCategory.code).where(
        AwardCategory.edition_id == edition_id, AwardCategory.state == CategoryState.MARKING
    )
    if code := deed.session.scalars(marking).first():
        raise Refusal("jury_is_fixed", {"category": code})


def _must_not_be_opened(deed: Deed, edition_id: int) -> None:
    """The chair's total may end a tie and a lot ranks anew: between opening and publication the chair stays."""
    opened = select(AwardCategory.code).where(
        AwardCategory.edition_id == edition_id,
        AwardCategory.state == CategoryState.OPENED,
        AwardCategory.award_class == AwardClass.MERIT,
    )
    if code := deed.session.scalars(opened).first():
        raise Refusal("chair_is_fixed", {"category": code})


def _must_keep_account(deed: Deed, row: Juror, account_id: int | None) -> None:
    """Sealed marks stay with the account that gave them: another one would read them, none would never close them."""
    if row.account_id is None or row.account_id == account_id:
        return
    sealed = (
        select(MarkSheet.id)
        .join(Nominee, Nominee.id == MarkSheet.nominee_id)
        .join(AwardCategory, AwardCategory.id == Nominee.category_id)
        .where(MarkSheet.juror_id == row.id, AwardCategory.state == CategoryState.MARKING)
    )
    if deed.session.scalars(sealed.limit(1)).first() is not None:
        raise Refusal("juror_is_marking", {"juror": row.code})


def _must_be_free(deed: Deed, edition_id: int, account_id: int | None, juror_id: int | None) -> None:
    if account_id is None:
        return
    taken = select(Juror.id).where(Juror.edition_id == edition_id, Juror.account_id == account_id)
    if any(other != juror_id for other in deed.session.scalars(taken)):
        raise Refusal("account_has_seat")


def _keep_one_chair(deed: Deed, row: Juror) -> None:
    if row.seat == Seat.CHAIR:
        for other in list_seats(deed, row.edition_id):
            if other.id != row.id and other.seat == Seat.CHAIR:
                _must_not_be_opened(deed, row.edition_id)
                other.seat = Seat.MEMBER.value
