"""Two sessions at once: the hours, and the way between the towns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Sitting:
    """One person's time at one workshop. `venue_id` is None where the person takes part online."""

    workshop: str
    starts: datetime
    ends: datetime
    venue_id: int | None
    title_ar: str = ""
    title_fr: str = ""


def travel_minutes(a: int | None, b: int | None, travel: Mapping[tuple[int, int], int]) -> int:
    """Return the minutes needed from one venue to another; online and unlisted pairs need none.

    `travel` holds each pair of venue ids both ways round.
    """
    if a is None or b is None or a == b:
        return 0
    return travel.get((a, b), 0)


def overlaps(one: Sitting, other: Sitting, travel: Mapping[tuple[int, int], int]) -> bool:
    """Tell whether nobody can attend both. Touching ends do not overlap; the way between venues counts."""
    way = timedelta(minutes=travel_minutes(one.venue_id, other.venue_id, travel))
    return one.starts < other.ends + way and other.starts < one.ends + way


def why_not_together(wanted: Sitting, held: Iterable[Sitting], travel: Mapping[tuple[int, int], int]) -> Refusal | None:
    """Return the overlap with the first held sitting that hinders, or None.

    The facts say whether the hours themselves meet (`way` 0) or only the minutes of the way are missing.
    """
    for other in sorted(held, key=lambda s: (s.starts, s.workshop)):
        if other.workshop == wanted.workshop or not overlaps(wanted, other, travel):
            continue
        hours_meet = wanted.starts < other.ends and other.starts < wanted.ends
        way = 0 if hours_meet else travel_minutes(wanted.venue_id, other.venue_id, travel)
        facts = {
            "workshop": wanted.workshop,
            "other": other.workshop,
            "other_ar": other.title_ar or other.title_fr,
            "other_fr": other.title_fr or other.title_ar,
            "starts": f"{other.starts:%H:%M}",
            "ends": f"{other.ends:%H:%M}",
            "way": way,
        }
        return Refusal("refused_overlap" if hours_meet else "refused_overlap_way", facts)
    return None


def is_overlap(refusal: Refusal) -> bool:
    """Tell whether a refusal is about two workshops at once, by their hours or by the way between them."""
    return refusal.code in {"refused_overlap", "refused_overlap_way"}
