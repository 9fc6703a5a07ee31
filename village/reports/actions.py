"""Deeds on what a fair leaves behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from village.audit.actions import record
from village.exhibitors.queries import codes_by_id
from village.kit.db import locked
from village.kit.deeds import Deed
from village.kit.refusal import Refusal
from village.reports.models import Agreement, AgreementParty, DataExport, Recommendation
from village.reports.rules import Taken


@dataclass(frozen=True)
class NewAgreement:
    """An agreement between the fair and exhibitors; a title in one language is enough."""

    code: str
    title_ar: str
    title_fr: str
    signed_on: date
    duration_months: int
    exhibitor_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class NewRecommendation:
    """A recommendation as it is read out; a text in one language is enough, the other is marked as missing."""

    code: str
    text_ar: str
    text_fr: str


def add_agreements(deed: Deed, edition_id: int, new: Sequence[NewAgreement]) -> list[int]:
    """Write down agreements, all or none; returns their ids in order.

    Refusals: `agreement_exists`, `agreement_without_title`, `agreement_duration_wrong`, `exhibitor_not_found`.
    """
    taken = set(deed.session.scalars(select(Agreement.code).where(Agreement.edition_id == edition_id)))
    found = []
    for one in new:
        _check_agreement(deed, one, taken)
        taken.add(one.code)
        values = {name: value for name, value in vars(one).items() if name != "exhibitor_ids"}
        row = Agreement(edition_id=edition_id, **values)
        deed.session.add(row)
        deed.session.flush()
        deed.session.add_all(AgreementParty(agreement_id=row.id, exhibitor_id=each) for each in one.exhibitor_ids)
        parties = len(one.exhibitor_ids)
        record(deed, "agreement.signed", f"agreement:{row.id}", {"code": one.code, "parties": parties})
        found.append(row.id)
    return found


def add_recommendations(deed: Deed, edition_id: int, new: Sequence[NewRecommendation]) -> list[int]:
    """Write down recommendations in the order they are read; returns their ids in order.

    Refusals: `recommendation_exists`, `recommendation_empty`.
    """
    taken = set(deed.session.scalars(select(Recommendation.code).where(Recommendation.edition_id == edition_id)))
    found = []
    for place, one in enumerate(new, start=len(taken)):
        if one.code in taken:
            raise Refusal("recommendation_exists", {"code": one.code})
        _check_text(one.text_ar, one.text_fr)
        taken.add(one.code)
        row = Recommendation(edition_id=edition_id, position=place, **vars(one))
        deed.session.add(row)
        deed.session.flush()
        record(deed, "recommendation.adopted", f"recommendation:{row.id}", {"code": one.code})
        found.append(row.id)
    return found


def word_recommendation(deed: Deed, *, recommendation_id: int, text_ar: str, text_fr: str) -> None:
    """Change the wording of a recommendation. Refusals: `recommendation_not_found`, `recommendation_empty`."""
    row = locked(deed.session, Recommendation, recommendation_id)
    if row is None:
        raise Refusal("recommendation_not_found")
    _check_text(text_ar, text_fr)
    row.text_ar, row.text_fr = text_ar.strip(), text_fr.strip()
    record(deed, "recommendation.worded", f"recommendation:{row.id}", {"code": row.code})


@dataclass(frozen=True)
class NewExport:
    """A list that is taken out: what, of which session, how, for whom and what for; `sha256` is that of the file."""

    kind: Taken
    workshop_id: int | None
    lang: str
    form: str
    rows: int
    sha256: str
    recipient: str
    purpose: str


def note_data_export(deed: Deed, *, edition_id: int, new: NewExport) -> int:
    """Write down that a list leaves the house; returns the id under which the log knows it.

    Recipient and purpose stand in the table alone: the log holds no words of people (law 09-08).

    Refusals: `export_without_purpose`.
    """
    if not (new.recipient.strip() and new.purpose.strip()):
        raise Refusal("export_without_purpose")
    values = {**vars(new), "kind": new.kind.value}
    row = DataExport(edition_id=edition_id, made_at=deed.now, actor=str(deed.actor), **values)
    deed.session.add(row)
    deed.session.flush()
    facts: dict[str, str | int] = {"kind": new.kind.value, "form": new.form, "rows": new.rows, "sha256": new.sha256}
    record(deed, "data.exported", f"export:{row.id}", facts)
    return row.id


def _check_agreement(deed: Deed, one: NewAgreement, taken: set[str]) -> None:
    if one.code in taken:
        raise Refusal("agreement_exists", {"code": one.code})
    if not (one.title_ar.strip() or one.title_fr.strip()):
        raise Refusal("agreement_without_title", {"code": one.code})
    if one.duration_months <= 0:
        raise Refusal("agreement_duration_wrong", {"code": one.code})
    if len(codes_by_id(deed.session, one.exhibitor_ids)) != len(set(one.exhibitor_ids)):
        raise Refusal("exhibitor_not_found", {"exhibitor": ""})


def _check_text(text_ar: str, text_fr: str) -> None:
    if not (text_ar.strip() or text_fr.strip()):
        raise Refusal("recommendation_empty")
