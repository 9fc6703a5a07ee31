"""Reads for the dashboard, the boards, the lists that are taken out, and the reports."""

from village.reports.queries.boards import BoardView, Held, get_board, held_places
from village.reports.queries.dashboard import (
    AgreementRow,
    DashboardView,
    RecommendationRow,
    get_dashboard,
    list_agreements,
    list_recommendations,
)
from village.reports.queries.exports import gather
from village.reports.queries.taken import ExportRow, list_exports

__all__ = [
    "AgreementRow",
    "BoardView",
    "DashboardView",
    "ExportRow",
    "Held",
    "RecommendationRow",
    "gather",
    "get_board",
    "get_dashboard",
    "held_places",
    "list_agreements",
    "list_exports",
    "list_recommendations",
]
