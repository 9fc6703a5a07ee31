"""What every deed of the jury loads first, and who may act from a seat."""

from sqlalchemy import select

from village.awards.models import AwardCategory, Juror, Nominee
from village.awards.rules import CategoryState, Criterion, CriterionKind
from village.kit.db import locked
from village.kit.deeds import Deed
from village.kit.refusal import Refusal


def load_category(deed: Deed, category_id: int) -> AwardCategory:
    """Load a category and hold it until the deed ends. Refusal: `category_not_found`."""
    category = locked(deed.session, AwardCategory, category_id)
    if category is None:
        raise Refusal("category_not_found")
    return category


def load_draft(deed: Deed, category_id: int, expected: int | None = None) -> AwardCategory:
    """Load a category whose rules are not fixed yet, and hold it.

    Refusals: `category_not_found`, `rules_already_committed`, `award_changed_meanwhile` {version} where `expected`
    is not the version it has.
    """
    category = load_category(deed, category_id)
    if category.state != CategoryState.DRAFT:
        raise Refusal("rules_already_committed", {"category": category.code})
    if expected is not None and expected != category.version:
        raise Refusal("award_changed_meanwhile", {"category": category.code, "version": category.version})
    return category


def load_nominee(deed: Deed, nominee_id: int) -> tuple[Nominee, AwardCategory]:
    """Load a nominee and hold its category. Refusals: `nominee_not_found`, `category_not_found`."""
    category_id = deed.session.scalar(select(Nominee.category_id).where(Nominee.id == nominee_id))
    if category_id is None:
        raise Refusal("nominee_not_found")
    category = load_category(deed, category_id)
    # Read again now that the category is held: another deed may have changed or withdrawn it in between.
    nominee = deed.session.get(Nominee, nominee_id, populate_existing=True)
    if nominee is None:
        raise Refusal("nominee_not_found")
    return nominee, category


def load_juror(deed: Deed, juror_id: int) -> Juror:
    """Load a seat and hold it, so that a recusal and a mark of the same juror cannot pass each other."""
    juror = locked(deed.session, Juror, juror_id)
    if juror is None:
        raise Refusal("juror_not_found")
    return juror


def own_seat(deed: Deed, juror_id: int) -> Juror:
    """Load the seat of whoever acts. Refusals: `juror_not_found`, `not_your_seat`."""
    juror = load_juror(deed, juror_id)
    if not sits_on(deed, juror):
        raise Refusal("not_your_seat")
    return juror


def sits_on(deed: Deed, juror: Juror) -> bool:
    """True for the account of the seat, and for the system where it loads sheets that were given on paper."""
    if deed.actor.kind == "system":
        return True
    return deed.actor.kind == "account" and juror.account_id is not None and deed.actor.id == str(juror.account_id)


def list_seats(deed: Deed, edition_id: int) -> list[Juror]:
    """List the jury of an edition in protocol order."""
    query = select(Juror).where(Juror.edition_id == edition_id).order_by(Juror.position, Juror.id)
    return list(deed.session.scalars(query))


def criteria_of(category: AwardCategory) -> tuple[Criterion, ...]:
    """Return the criteria of a category as the rules see them, in their listed order."""
    return tuple(Criterion(one.id, one.weight, CriterionKind(one.kind)) for one in category.criteria)
