"""Pages of the organiser: dashboard, boards of the programme, lists to take out."""

from village.reports.pages import boards, dashboard, exports
from village.reports.pages.base import bp

__all__ = ["boards", "bp", "dashboard", "exports"]
