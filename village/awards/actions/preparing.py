"""Before the first mark: the seats of the jury, the categories, and the rules fixed in the log."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from village.audit.actions import record
from village.awards import rules
from village.awards.actions.loading import criteria_of, list_seats, load_category
from village.awards.models import AwardCategory, AwardCriterion, Juror, Nominee
from village.awards.rules import CategoryState, Seat
from village.kit.db import locked
from village.kit.deeds import Deed
from village.kit.refusal import Refusal


@dataclass(frozen=True)
class NewCriterion:
    """A criterion to be; `weight` in per cent."""

    code: str
    name_ar: str
    name_fr: str
    weight: int


@dataclass(frozen=True)
class NewCategory:
    """A category to be; `nominees` are exhibitor ids in the order of presentation."""

    code: str
    name_ar: str
    name_fr: str
    name_en: str | None
    winners: int
    criteria: tuple[NewCriterion, ...]
    nominees: tuple[int, ...]
    trophy_ar: str = ""
    trophy_fr: str = ""


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


def seat_juror(deed: Deed, *, juror_id: int, account_id: int | None) -> None:
    """Let an account mark from a seat, or take it away again. Refusals: `juror_not_found`, `account_has_seat`."""
    juror = locked(deed.session, Juror, juror_id)
    if juror is None:
        raise Refusal("juror_not_found")
    if account_id is not None and deed.session.scalar(
        select(Juror.id).where(
            Juror.edition_id == juror.edition_id, Juror.account_id == account_id, Juror.id != juror_id
        )
    ):
        raise Refusal("account_has_seat")
    juror.account_id = account_id
    record(deed, "juror.seated", f"juror:{juror_id}", {"account": account_id})


def import_awards(deed: Deed, *, edition_id: int, categories: Sequence[NewCategory]) -> list[int]:
    """Create categories with their criteria and nominees, as drafts; returns their ids in the order given.

    Refusals: `category_exists` {category}.
    """
    taken = set(deed.session.scalars(select(AwardCategory.code).where(AwardCategory.edition_id == edition_id)))
    found = []
    for place, new in enumerate(categories, start=len(taken)):
        if new.code in taken:
            raise Refusal("category_exists", {"category": new.code})
        taken.add(new.code)
        row = AwardCategory(
            edition_id=edition_id,
            code=new.code,
            position=place,
            name_ar=new.name_ar,
            name_fr=new.name_fr,
            name_en=new.name_en,
            trophy_ar=new.trophy_ar,
            trophy_fr=new.trophy_fr,
            winners=new.winners,
            criteria=[AwardCriterion(position=at, **vars(one)) for at, one in enumerate(new.criteria)],
            nominees=[Nominee(position=at, exhibitor_id=one) for at, one in enumerate(new.nominees)],
        )
        deed.session.add(row)
        deed.session.flush()
        record(deed, "award.created", f"award:{row.id}", {"code": new.code, "nominees": len(new.nominees)})
        found.append(row.id)
    return found


def commit_rules(deed: Deed, *, category_id: int) -> None:
    """Fix criteria, weights, nominees, jury and tie-break in the log; from now on the jury may mark.

    Refusals: `category_not_found`, `rules_already_committed`, those of `rules.objections_to_criteria`,
    `jury_missing`.
    """
    category = load_category(deed, category_id)
    if category.state != CategoryState.DRAFT:
        raise Refusal("rules_already_committed", {"category": category.code})
    objections = rules.objections_to_criteria(criteria_of(category), len(category.nominees), category.winners)
    jurors = list_seats(deed, category.edition_id)
    if not any(juror.seat == Seat.CHAIR for juror in jurors):
        objections.append(Refusal("jury_missing"))
    if objections:
        raise Refusal.of(objections)
    category.state = CategoryState.MARKING
    category.ruled_at = deed.now
    record(
        deed,
        "award.rules_committed",
        f"award:{category_id}",
        {
            "code": category.code,
            "winners": category.winners,
            "criteria": [{"code": one.code, "weight": one.weight} for one in category.criteria],
            "nominees": [one.exhibitor_id for one in category.nominees],
            "jurors": [one.id for one in jurors],
            "tie_break": [step.value for step in rules.TIE_BREAK],
        },
    )
