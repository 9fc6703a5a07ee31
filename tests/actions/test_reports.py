"""Agreements and recommendations: kept in both languages, wholly or not at all."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.factories import make_edition, make_exhibitor
from village.kit.refusal import Refusal
from village.reports import actions, queries
from village.reports.actions import NewAgreement, NewRecommendation

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

UNIONS = NewRecommendation("RC1", "تشجيع اتحادات التعاونيات", "Encourager les unions de coopératives")


def test_an_agreement_names_its_parties(act: Callable[..., Any], session: Session) -> None:
    with act() as deed:
        edition = make_edition(deed)
        tifawin = make_exhibitor(deed, edition)
        new = NewAgreement("AG1", "اتفاقية تسويق", "", date(2026, 12, 5), 24, (tifawin,))
        actions.add_agreements(deed, edition, [new])
    (row,) = queries.list_agreements(session, edition)
    assert (row.code, row.signed_on, row.duration_months, row.exhibitor_ids) == (
        "AG1",
        date(2026, 12, 5),
        24,
        (tifawin,),
    )
    assert row.title_fr == ""


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (NewAgreement("AG1", "", " ", date(2026, 12, 5), 24), "agreement_without_title"),
        (NewAgreement("AG1", "", "Convention", date(2026, 12, 5), 0), "agreement_duration_wrong"),
        (NewAgreement("AG1", "", "Convention", date(2026, 12, 5), 24, (999,)), "exhibitor_not_found"),
        (NewAgreement("AG0", "", "Convention", date(2026, 12, 5), 24), "agreement_exists"),
    ],
)
def test_a_wrong_agreement_leaves_none(act: Callable[..., Any], session: Session, new: NewAgreement, code: str) -> None:
    good = NewAgreement("AG0", "", "Convention cadre", date(2026, 12, 5), 12)
    with act() as deed:
        edition = make_edition(deed)
    with pytest.raises(Refusal) as refused, act() as deed:
        actions.add_agreements(deed, edition, [good, new])
    assert refused.value.code == code
    assert queries.list_agreements(session, edition) == []


def test_recommendations_keep_their_order_and_can_be_reworded(act: Callable[..., Any], session: Session) -> None:
    with act() as deed:
        edition = make_edition(deed)
        first, _second = actions.add_recommendations(deed, edition, [UNIONS, NewRecommendation("RC0", "", "Former")])
    with act() as deed:
        actions.word_recommendation(deed, recommendation_id=first, text_ar="نص جديد", text_fr="Texte nouveau")
    rows = queries.list_recommendations(session, edition)
    assert [(row.code, row.text_ar, row.text_fr) for row in rows] == [
        ("RC1", "نص جديد", "Texte nouveau"),
        ("RC0", "", "Former"),
    ]


def test_an_empty_or_repeated_recommendation_is_refused(act: Callable[..., Any]) -> None:
    with act() as deed:
        edition = make_edition(deed)
        (number,) = actions.add_recommendations(deed, edition, [UNIONS])
    cases: list[tuple[str, Callable[[Any], object]]] = [
        ("recommendation_exists", lambda deed: actions.add_recommendations(deed, edition, [UNIONS])),
        (
            "recommendation_empty",
            lambda deed: actions.word_recommendation(deed, recommendation_id=number, text_ar=" ", text_fr=""),
        ),
        (
            "recommendation_not_found",
            lambda deed: actions.word_recommendation(deed, recommendation_id=999, text_ar="x", text_fr=""),
        ),
    ]
    for code, doing in cases:
        with pytest.raises(Refusal) as refused, act() as deed:
            doing(deed)
        assert refused.value.code == code
