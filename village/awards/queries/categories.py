"""Reads of the categories: their rules, who is named, with dossier and photos."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from village.awards.models import AwardCategory, AwardCriterion, Nominee, NomineePhoto
from village.awards.queries.rows import CategoryRow, CriterionRow, NomineeRow, PhotoRow
from village.awards.rules import AwardClass, CategoryState, CriterionKind, NomineeRule, Panel, TieRule
from village.exhibitors.queries import ExhibitorRow, list_exhibitors
from village.exhibitors.rules import Status
from village.kit.refusal import Refusal


def list_categories(session: Session, edition_id: int) -> list[CategoryRow]:
    """List the categories of an edition in their order (four SQL queries)."""
    rows = session.scalars(
        select(AwardCategory)
        .where(AwardCategory.edition_id == edition_id)
        .order_by(AwardCategory.position, AwardCategory.id)
    ).all()
    ids = [row.id for row in rows]
    criteria = defaultdict(list)
    for one in session.scalars(
        select(AwardCriterion).where(AwardCriterion.category_id.in_(ids)).order_by(AwardCriterion.position)
    ):
        criteria[one.category_id].append(one)
    photos = _photos(session, ids)
    nominees = defaultdict(list)
    for nominee in session.scalars(
        select(Nominee).where(Nominee.category_id.in_(ids)).order_by(Nominee.position, Nominee.id)
    ):
        nominees[nominee.category_id].append(_nominee(nominee, photos.get(nominee.id, ())))
    return [_category(row, criteria[row.id], nominees[row.id]) for row in rows]


def get_category(session: Session, edition_id: int, code: str) -> CategoryRow:
    """Return one category by its code. Refusal: `category_not_found`."""
    for category in list_categories(session, edition_id):
        if category.code == code:
            return category
    raise Refusal("category_not_found")


def get_photo(session: Session, photo_id: int) -> tuple[PhotoRow, CategoryState]:
    """Return a photo and how far its category has come. Refusal: `photo_not_found`."""
    row = session.execute(
        select(NomineePhoto, AwardCategory.state)
        .join(Nominee, Nominee.id == NomineePhoto.nominee_id)
        .join(AwardCategory, AwardCategory.id == Nominee.category_id)
        .where(NomineePhoto.id == photo_id)
    ).first()
    if row is None:
        raise Refusal("photo_not_found")
    return _photo(row[0]), CategoryState(row[1])


def list_candidates(session: Session, edition_id: int, rule: NomineeRule) -> list[ExhibitorRow]:
    """List the accepted exhibitors that a rule names, by code (one SQL query)."""
    return [row for row in list_exhibitors(session, edition_id, status=Status.ACCEPTED) if rule.takes(row)]


def _photos(session: Session, category_ids: Sequence[int]) -> Mapping[int, list[PhotoRow]]:
    found = defaultdict(list)
    for row in session.scalars(
        select(NomineePhoto)
        .join(Nominee, Nominee.id == NomineePhoto.nominee_id)
        .where(Nominee.category_id.in_(category_ids))
        .order_by(NomineePhoto.position, NomineePhoto.id)
    ):
        found[row.nominee_id].append(_photo(row))
    return found


def _photo(row: NomineePhoto) -> PhotoRow:
    return PhotoRow(row.id, row.nominee_id, row.key, row.caption_ar, row.caption_fr)


def _nominee(row: Nominee, photos: Sequence[PhotoRow]) -> NomineeRow:
    return NomineeRow(
        id=row.id,
        exhibitor_id=row.exhibitor_id,
        name_ar=row.name_ar,
        name_fr=row.name_fr,
        source=row.source,
        case_ar=row.case_ar,
        case_fr=row.case_fr,
        figures=dict(row.figures),
        citation_ar=row.citation_ar,
        citation_fr=row.citation_fr,
        version=row.version,
        photos=tuple(photos),
    )


def _category(row: AwardCategory, criteria: list[AwardCriterion], nominees: list[NomineeRow]) -> CategoryRow:
    return CategoryRow(
        id=row.id,
        code=row.code,
        name_ar=row.name_ar,
        name_fr=row.name_fr,
        name_en=row.name_en,
        trophy_ar=row.trophy_ar,
        trophy_fr=row.trophy_fr,
        winners=row.winners,
        award_class=AwardClass(row.award_class),
        draw_code=row.draw_code,
        tie_rule=TieRule(row.tie_rule),
        panel=Panel(row.panel),
        vote_opens_at=row.vote_opens_at,
        vote_closes_at=row.vote_closes_at,
        version=row.version,
        state=CategoryState(row.state),
        ruled_at=row.ruled_at,
        opened_at=row.opened_at,
        published_at=row.published_at,
        criteria=tuple(
            CriterionRow(
                one.id,
                one.code,
                one.name_ar,
                one.name_fr,
                one.weight,
                CriterionKind(one.kind),
                one.help_ar,
                one.help_fr,
            )
            for one in criteria
        ),
        nominees=tuple(nominees),
    )
