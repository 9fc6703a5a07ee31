"""Figures of the fair: what may be shown, and what needs doing next."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

YOUTH: Final = frozenset({"18-24", "25-34"})


class Task(StrEnum):
    """What may be left to do, in the order of a fair's days."""

    DECIDE = "decide"
    ASSIGN = "assign"
    PRINT_BADGES = "print_badges"
    ISSUE = "issue"
    RULE_AWARDS = "rule_awards"
    OPEN_AWARDS = "open_awards"
    PUBLISH_AWARDS = "publish_awards"
    RUN_DRAW = "run_draw"
    TRANSLATE = "translate"


@dataclass(frozen=True)
class Figures:
    """The counts behind the dashboard; `awards` counts categories by state."""

    stands: int
    assigned: int
    applications: int
    undecided: int
    accepted: int
    people: int
    women: int
    gender_known: int
    youth: int
    age_known: int
    places: int
    confirmed: int
    waiting: int
    registered_people: int
    badges: int
    unprinted: int
    present: int
    earned: int
    certificates: int
    awards: Mapping[str, int]
    draws: Mapping[str, int]
    untranslated: int
    log_size: int


@dataclass(frozen=True)
class Step:
    """Something to do, and how many times."""

    task: Task
    count: int


def next_steps(figures: Figures) -> tuple[Step, ...]:
    """List what is left to do, in the order of a fair's days; nothing that is done appears."""
    draws = sum(count for state, count in figures.draws.items() if state not in {"drawn", "cancelled"})
    left = {
        Task.DECIDE: figures.undecided,
        Task.ASSIGN: max(min(figures.accepted, figures.stands) - figures.assigned, 0),
        Task.PRINT_BADGES: figures.unprinted,
        Task.ISSUE: max(figures.earned - figures.certificates, 0),
        Task.RULE_AWARDS: figures.awards.get("draft", 0),
        Task.OPEN_AWARDS: figures.awards.get("marking", 0),
        Task.PUBLISH_AWARDS: figures.awards.get("opened", 0),
        Task.RUN_DRAW: draws,
        Task.TRANSLATE: figures.untranslated,
    }
    return tuple(Step(task, count) for task, count in left.items() if count)
