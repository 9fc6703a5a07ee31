"""Reads of the floor: the plan as drawn, the problem as the solver takes it, runs and publications."""

from village.floor.queries.plan import (
    HallView,
    HolderView,
    PlanView,
    PublicationView,
    StandView,
    count_assigned,
    find_hall,
    find_publication,
    find_stand_of,
    load_plan,
    load_published_plan,
)
from village.floor.queries.rotation import EarlierPlace, earlier_places, good_places
from village.floor.queries.runs import (
    ChangeRow,
    RunView,
    explain_plan,
    find_latest_run,
    list_changes,
    list_undoable,
    load_problem,
    needs_of,
    stand_value,
)

__all__ = [
    "ChangeRow",
    "EarlierPlace",
    "HallView",
    "HolderView",
    "PlanView",
    "PublicationView",
    "RunView",
    "StandView",
    "count_assigned",
    "earlier_places",
    "explain_plan",
    "find_hall",
    "find_latest_run",
    "find_publication",
    "find_stand_of",
    "good_places",
    "list_changes",
    "list_undoable",
    "load_plan",
    "load_problem",
    "load_published_plan",
    "needs_of",
    "stand_value",
]
