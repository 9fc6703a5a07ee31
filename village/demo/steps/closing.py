"""The closing: agreements signed and recommendations read in both languages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from village.demo.steps.award_texts import close_awards
from village.demo.steps.texts import write_minutes_of_sessions
from village.exhibitors.queries import ids_by_code
from village.reports.actions import NewAgreement, NewRecommendation, add_agreements, add_recommendations

if TYPE_CHECKING:
    from village.demo.stage import Stage
    from village.kit.db import Json
    from village.kit.deeds import Deed


def closing(stage: Stage, deed: Deed) -> dict[str, Json]:
    """Write down what the fair leaves behind."""
    exhibitors = ids_by_code(deed.session, stage.edition_id)
    agreements = [
        NewAgreement(
            each["id"],
            each["title_ar"],
            each["title_fr"],
            date.fromisoformat(each["signed_on"]),
            each["duration_months"],
            tuple(exhibitors[party] for party in each["parties"] if party in exhibitors),
        )
        for each in stage.source.json("agreements.json")["agreements"]
    ]
    recommendations = [
        NewRecommendation(each["id"], each["ar"], each["fr"])
        for each in stage.source.json("recommendations.json")["recommendations"]
    ]
    add_agreements(deed, stage.edition_id, agreements)
    add_recommendations(deed, stage.edition_id, recommendations)
    minutes = write_minutes_of_sessions(stage, deed)
    shields = close_awards(stage, deed)
    return {
        "agreements": len(agreements),
        "recommendations": len(recommendations),
        "minutes": minutes,
        "shields": shields,
    }
