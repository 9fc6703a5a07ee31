"""Figures: what may be shown, how places are filled, and what is left to do."""

from village.reports.rules.boards import By, Fill, SessionFigures, count_where, fill_by, may_hope
from village.reports.rules.figures import YOUTH, Figures, Step, Task, next_steps
from village.reports.rules.hiding import SMALL, Breakdown, Part, Share, hide_small, part_of, per_cent
from village.reports.rules.taken import BY_SESSION, Taken

__all__ = [
    "BY_SESSION",
    "SMALL",
    "YOUTH",
    "Breakdown",
    "By",
    "Figures",
    "Fill",
    "Part",
    "SessionFigures",
    "Share",
    "Step",
    "Taken",
    "Task",
    "count_where",
    "fill_by",
    "hide_small",
    "may_hope",
    "next_steps",
    "part_of",
    "per_cent",
]
