"""Before the first mark: the categories with their criteria, and the rules fixed in the log."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, func, select

from village.audit.actions import record
from village.awards import rules
from village.awards.actions.loading import criteria_of, list_seats, load_draft
from village.awards.models import (
    AwardCategory,
    AwardCriterion,
    AwardPrize,
    JurorAssignment,
    Nominee,
    NomineePhoto,
    Recusal,
)
from village.awards.rules import AwardClass, CategoryState, CriterionKind, Panel, Seat, TieRule
from village.kit.deeds import Deed
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from village.kit.db import Json

MOST_CODE: Final = 16


@dataclass(frozen=True)
class NewCriterion:
    """A criterion to be; `weight` in per cent. A `public` one is decided by the ballots of visitors."""

    code: str
    name_ar: str
    name_fr: str
    weight: int
    kind: CriterionKind = CriterionKind.JURY
    help_ar: str = ""
    help_fr: str = ""


@dataclass(frozen=True)
class CategoryFacts:
    """What a category is called and how it is given, all but criteria and nominees."""

    name_ar: str
    name_fr: str
    name_en: str | None
    winners: int
    trophy_ar: str = ""
    trophy_fr: str = ""
    award_class: AwardClass = AwardClass.MERIT
    draw_code: str = ""
    tie_rule: TieRule = TieRule.EX_AEQUO
    panel: Panel = Panel.ALL
    vote_opens_at: datetime | None = None
    vote_closes_at: datetime | None = None


@dataclass(frozen=True)
class NewCategory:
    """A category to be, whole; `nominees` are exhibitor ids in the order of presentation."""

    code: str
    name_ar: str
    name_fr: str
    name_en: str | None
    winners: int
    criteria: tuple[NewCriterion, ...]
    nominees: tuple[int, ...]
    trophy_ar: str = ""
    trophy_fr: str = ""
    award_class: AwardClass = AwardClass.MERIT
    draw_code: str = ""
    tie_rule: TieRule = TieRule.EX_AEQUO
    panel: Panel = Panel.ALL
    vote_opens_at: datetime | None = None
    vote_closes_at: datetime | None = None

    @property
    def facts(self) -> CategoryFacts:
        """All but code, criteria and nominees."""
        return CategoryFacts(**{each.name: getattr(self, each.name) for each in fields(CategoryFacts)})


def import_awards(deed: Deed, *, edition_id: int, categories: Sequence[NewCategory]) -> list[int]:
    """Create categories with their criteria and nominees, as drafts; returns their ids in the order given.

    Refusals: `category_exists` {category}, and those of `create_category`.
    """
    found = []
    for new in categories:
        row = _create(deed, edition_id, new.code, new.facts)
        row.criteria = [AwardCriterion(position=at, **vars(one)) for at, one in enumerate(new.criteria)]
        row.nominees = [Nominee(position=at, exhibitor_id=one) for at, one in enumerate(new.nominees)]
        deed.session.flush()
        record(deed, "award.created", f"award:{row.id}", {"code": new.code, "nominees": len(new.nominees)})
        found.append(row.id)
    return found


def create_category(deed: Deed, *, edition_id: int, code: str, facts: CategoryFacts) -> int:
    """Create a category without criteria or nominees, last in the order; returns its id.

    Refusals: `category_exists` {category}, `award_code_wrong`, `award_name_missing`, `winners_wrong`,
    `draw_code_missing`, `vote_hours_wrong`.
    """
    row = _create(deed, edition_id, code, facts)
    record(deed, "award.created", f"award:{row.id}", {"code": code, "nominees": 0})
    return row.id


def change_category(deed: Deed, *, category_id: int, facts: CategoryFacts, expected: int | None = None) -> int:
    """Change a draft: its names, class, panel, tie rule, hours of the vote. Returns its new version.

    Refusals: `category_not_found`, `rules_already_committed`, `award_changed_meanwhile`, and those of
    `create_category`.
    """
    row = load_draft(deed, category_id, expected)
    _check(facts)
    for name, value in vars(facts).items():
        setattr(row, name, value)
    row.version += 1
    record(deed, "award.changed", f"award:{row.id}", {"code": row.code, "version": row.version})
    return row.version


def set_criteria(
    deed: Deed, *, category_id: int, criteria: Sequence[NewCriterion], expected: int | None = None
) -> int:
    """Replace the criteria of a draft, in this order. Returns the category's new version.

    Weights need not sum to 100 yet: `commit_rules` asks that.
    Refusals: `category_not_found`, `rules_already_committed`, `award_changed_meanwhile`, `criterion_twice`,
    `award_name_missing`, `weight_not_positive`.
    """
    row = load_draft(deed, category_id, expected)
    if len({one.code for one in criteria}) < len(criteria):
        raise Refusal("criterion_twice")
    if any(not (one.name_ar.strip() or one.name_fr.strip()) for one in criteria):
        raise Refusal("award_name_missing")
    if any(not 0 < one.weight <= rules.WEIGHT_SUM for one in criteria):
        raise Refusal("weight_not_positive")
    deed.session.execute(delete(AwardCriterion).where(AwardCriterion.category_id == category_id))
    deed.session.add_all(
        AwardCriterion(category_id=category_id, position=at, **vars(one)) for at, one in enumerate(criteria)
    )
    row.version += 1
    deed.session.flush()
    deed.session.expire(row, ["criteria"])
    weights: list[Json] = [{"code": one.code, "weight": one.weight} for one in criteria]
    record(deed, "award.criteria_set", f"award:{row.id}", {"code": row.code, "criteria": weights})
    return row.version


def drop_category(deed: Deed, *, category_id: int) -> list[str]:
    """Take a draft away, with its criteria, nominees and promises. Returns the keys of the photos it held.

    Refusals: `category_not_found`, `rules_already_committed`.
    """
    row = load_draft(deed, category_id)
    code = row.code
    own = select(Nominee.id).where(Nominee.category_id == category_id)
    keys = list(deed.session.scalars(select(NomineePhoto.key).where(NomineePhoto.nominee_id.in_(own))))
    deed.session.execute(delete(NomineePhoto).where(NomineePhoto.nominee_id.in_(own)))
    deed.session.execute(delete(JurorAssignment).where(JurorAssignment.nominee_id.in_(own)))
    for model in (AwardPrize, Nominee, AwardCriterion):
        deed.session.execute(delete(model).where(model.category_id == category_id))
    deed.session.execute(delete(AwardCategory).where(AwardCategory.id == category_id))
    deed.session.expunge(row)
    record(deed, "award.dropped", f"award:{category_id}", {"code": code})
    return keys


def commit_rules(deed: Deed, *, category_id: int) -> None:
    """Fix criteria, weights, nominees, jury and tie-break in the log; from now on the jury may mark.

    Refusals: `category_not_found`, `rules_already_committed`, `award_not_marked` (honours and chance have no marks),
    those of `rules.objections_to_criteria`, `jury_missing`, `nominee_needs_exhibitor`, `vote_hours_missing`, and for
    a split panel those of `rules.objections_to_split`.
    """
    category = load_draft(deed, category_id)
    if category.award_class != AwardClass.MERIT:
        raise Refusal("award_not_marked", {"category": category.code})
    criteria = criteria_of(category)
    jurors = list_seats(deed, category.edition_id)
    nominees = [one.id for one in category.nominees]
    assigned = _assigned(deed, nominees)
    objections = rules.objections_to_criteria(criteria, len(nominees), category.winners)
    if not any(juror.seat == Seat.CHAIR for juror in jurors):
        objections.append(Refusal("jury_missing"))
    if any(one.exhibitor_id is None for one in category.nominees):
        objections.append(Refusal("nominee_needs_exhibitor"))
    if rules.voted(criteria) and (category.vote_opens_at is None or category.vote_closes_at is None):
        objections.append(Refusal("vote_hours_missing"))
    if category.panel == Panel.SPLIT:
        linked = rules.is_connected(assigned - _barred(deed, category))
        objections += rules.objections_to_split([one.id for one in jurors], nominees, assigned, connected=linked)
    if objections:
        raise Refusal.of(objections)
    category.state = CategoryState.MARKING
    category.ruled_at = deed.now
    facts: dict[str, Json] = {
        "code": category.code,
        "winners": category.winners,
        "criteria": [_criterion(one) for one in category.criteria],
        "nominees": [one.exhibitor_id for one in category.nominees],
        "jurors": [one.id for one in jurors],
        "panel": category.panel,
        "tie_break": [step.value for step in rules.tie_break(TieRule(category.tie_rule))],
    }
    if category.panel == Panel.SPLIT:
        facts["assigned"] = [list(pair) for pair in sorted(assigned)]
    if rules.voted(criteria) and category.vote_opens_at and category.vote_closes_at:
        facts["vote"] = [f"{at:%Y-%m-%dT%H:%M:%SZ}" for at in (category.vote_opens_at, category.vote_closes_at)]
    record(deed, "award.rules_committed", f"award:{category_id}", facts)


def _create(deed: Deed, edition_id: int, code: str, facts: CategoryFacts) -> AwardCategory:
    if not (0 < len(code) <= MOST_CODE and code.isascii() and code.isalnum()):
        raise Refusal("award_code_wrong")
    _check(facts)
    here = AwardCategory.edition_id == edition_id
    if deed.session.scalar(select(AwardCategory.id).where(here, AwardCategory.code == code)):
        raise Refusal("category_exists", {"category": code})
    last = deed.session.scalar(select(func.max(AwardCategory.position)).where(here))
    row = AwardCategory(
        edition_id=edition_id, code=code, position=0 if last is None else last + 1, **vars(facts)
    )
    deed.session.add(row)
    deed.session.flush()
    return row


def _check(facts: CategoryFacts) -> None:
    if not (facts.name_ar.strip() or facts.name_fr.strip()):
        raise Refusal("award_name_missing")
    if facts.winners < 1:
        raise Refusal("winners_wrong")
    if (facts.award_class is AwardClass.CHANCE) != bool(facts.draw_code):
        raise Refusal("draw_code_missing")
    hours = [at for at in (facts.vote_opens_at, facts.vote_closes_at) if at]
    if len(hours) == 1 or (hours and hours[0] >= hours[1]):
        raise Refusal("vote_hours_wrong")


def _criterion(one: AwardCriterion) -> "Json":
    facts: dict[str, Json] = {"code": one.code, "weight": one.weight}
    return facts | {"kind": one.kind} if one.kind == CriterionKind.PUBLIC else facts


def _assigned(deed: Deed, nominees: Sequence[int]) -> set[tuple[int, int]]:
    rows = deed.session.execute(
        select(JurorAssignment.juror_id, JurorAssignment.nominee_id).where(JurorAssignment.nominee_id.in_(nominees))
    )
    return {(juror, nominee) for juror, nominee in rows}


def _barred(deed: Deed, category: AwardCategory) -> set[tuple[int, int]]:
    """The rows that fall away because the juror has declared a tie already."""
    rows = deed.session.execute(
        select(Recusal.juror_id, Nominee.id)
        .join(Nominee, Nominee.exhibitor_id == Recusal.exhibitor_id)
        .where(Nominee.category_id == category.id)
    )
    return {(juror, nominee) for juror, nominee in rows}
