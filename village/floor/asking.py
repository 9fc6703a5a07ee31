"""What organisers ask of a search for a plan, as forms send it and actions take it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from village.floor.allocation import Mode

if TYPE_CHECKING:
    from collections.abc import Mapping

# How much to search: thousands of proposals (None: as much as the core thinks right).
EFFORTS: Final[Mapping[str, int | None]] = {"quick": 4_000, "normal": None, "thorough": 600_000}
LONGEST_NAME = 80
MOST_POINTS = 100_000

Keep = Literal["", "plan", "published"]


@dataclass(frozen=True)
class Ask:
    """What the organisers ask of a search.

    ``weights`` None: those of the hall; ``keep`` names the plan to keep near (the present one or the published
    one), where each move costs ``move_cost`` points; ``family`` binds plans that are looked for together.
    """

    mode: Mode = Mode.BALANCED
    weights: Mapping[str, int] | None = None
    keep: Keep = ""
    move_cost: int = 0
    effort: str = "normal"
    name: str | None = None
    seed: int = 0
    family: str | None = None
