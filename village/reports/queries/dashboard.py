"""Reads for the dashboard and the reports: a constant number of SQL queries, whatever the size of the fair."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from village.audit import queries as audit
from village.awards import queries as awards
from village.badges import queries as badges
from village.certificates import queries as certificates
from village.checkin import queries as checkin
from village.draws import queries as draws
from village.exhibitors import queries as exhibitors
from village.exhibitors.rules import Status
from village.floor import queries as floor
from village.people import queries as people
from village.reports.models import Agreement, AgreementParty, Recommendation
from village.reports.rules import YOUTH, Breakdown, Figures, hide_small
from village.workshops import queries as workshops


@dataclass(frozen=True)
class DashboardView:
    """All that the organiser's dashboard shows."""

    figures: Figures
    provinces: Breakdown
    log_root: str


@dataclass(frozen=True)
class AgreementRow:
    """An agreement with the exhibitors that sign it."""

    id: int
    code: str
    title_ar: str
    title_fr: str
    signed_on: date
    duration_months: int
    exhibitor_ids: tuple[int, ...]


@dataclass(frozen=True)
class RecommendationRow:
    """A recommendation in both languages; an empty text is a translation that is missing."""

    id: int
    code: str
    text_ar: str
    text_fr: str


def get_dashboard(session: Session, edition_id: int) -> DashboardView:
    """Gather the figures of an edition."""
    profiles = people.list_profiles(session, edition_id)
    head = audit.get_head(session)
    provinces: Counter[str] = Counter()
    for one in profiles:
        if one.province_code:
            provinces[one.province_code] += one.people
    return DashboardView(_figures(session, edition_id, profiles, head.size), hide_small(provinces), head.root.hex())


def list_agreements(session: Session, edition_id: int) -> list[AgreementRow]:
    """List the agreements of an edition in order of signature (two SQL queries)."""
    rows = session.scalars(
        select(Agreement).where(Agreement.edition_id == edition_id).order_by(Agreement.signed_on, Agreement.code)
    ).all()
    parties: dict[int, list[int]] = {}
    for row in session.scalars(
        select(AgreementParty)
        .where(AgreementParty.agreement_id.in_([one.id for one in rows]))
        .order_by(AgreementParty.exhibitor_id)
    ):
        parties.setdefault(row.agreement_id, []).append(row.exhibitor_id)
    return [
        AgreementRow(
            row.id,
            row.code,
            row.title_ar,
            row.title_fr,
            row.signed_on,
            row.duration_months,
            tuple(parties.get(row.id, ())),
        )
        for row in rows
    ]


def list_recommendations(session: Session, edition_id: int) -> list[RecommendationRow]:
    """List the recommendations in the order they are read out."""
    rows = session.scalars(
        select(Recommendation).where(Recommendation.edition_id == edition_id).order_by(Recommendation.position)
    )
    return [RecommendationRow(row.id, row.code, row.text_ar, row.text_fr) for row in rows]


def _figures(session: Session, edition_id: int, profiles: list[people.ProfileCount], log_size: int) -> Figures:
    by_status = exhibitors.count_by_status(session, edition_id)
    places = workshops.list_workshops(session, edition_id)
    requests = workshops.count_by_status(session, edition_id)
    printed = badges.badge_figures(session, edition_id)
    papers = certificates.certificate_figures(session, edition_id)
    plan = floor.load_plan(session, edition_id)
    stands = [one for one in plan.stands if one.reserved_for is None and not one.closed] if plan else []
    return Figures(
        stands=len(stands),
        assigned=floor.count_assigned(session, edition_id),
        applications=sum(by_status.values()),
        undecided=by_status[Status.SUBMITTED],
        accepted=by_status[Status.ACCEPTED],
        people=sum(one.people for one in profiles),
        women=sum(one.people for one in profiles if one.gender == "f"),
        gender_known=sum(one.people for one in profiles if one.gender != "unknown"),
        youth=sum(one.people for one in profiles if one.age_band in YOUTH),
        age_known=sum(one.people for one in profiles if one.age_band),
        places=sum(one.places.onsite + one.places.online for one in places),
        confirmed=sum(count for (_, status), count in requests.items() if status == "confirmed"),
        waiting=sum(count for (_, status), count in requests.items() if status == "waitlisted"),
        registered_people=workshops.count_registered_people(session, edition_id),
        badges=printed.active,
        unprinted=printed.unprinted,
        present=checkin.count_people_present(session, edition_id),
        earned=papers.earned,
        certificates=papers.valid,
        awards=Counter(one.state.value for one in awards.list_categories(session, edition_id)),
        draws=Counter(one.state for one in draws.list_draws(session, edition_id)),
        untranslated=_untranslated(session, edition_id),
        log_size=log_size,
    )


def _untranslated(session: Session, edition_id: int) -> int:
    texts = [(one.title_ar, one.title_fr) for one in list_agreements(session, edition_id)]
    texts += [(one.text_ar, one.text_fr) for one in list_recommendations(session, edition_id)]
    return sum(not (ar and fr) for ar, fr in texts)
