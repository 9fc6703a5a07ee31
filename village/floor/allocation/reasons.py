"""Why each exhibitor has the stand it has: codes with facts, worded elsewhere in three languages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from village.floor.allocation.cost import is_far, nearest_entrance
from village.floor.rules import Stand, WishKind, nearer_than, side_by_side

if TYPE_CHECKING:
    from collections.abc import Mapping

    from village.floor.allocation.problem import Exhibitor, Plan, Problem, Wish


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: its code and the facts its sentence needs; ``good`` when it speaks for the stand."""

    code: str
    facts: Mapping[str, str | int] = field(default_factory=dict)
    good: bool = True


def reasons(problem: Problem, plan: Plan) -> dict[str, tuple[Reason, ...]]:
    """The reasons of every placement, by exhibitor code; who has no stand gets ``no_stand_left``."""
    stands = {each.code: each for each in problem.stands}
    crowd = Counter(each.zone for each in problem.exhibitors)
    room = Counter(each.zone for each in problem.stands if each.open_to_exhibitors)
    near = set(nearest_entrance(problem))
    found: dict[str, tuple[Reason, ...]] = {}
    for who in problem.exhibitors:
        stand = stands.get(plan.get(who.code, ""))
        if stand is None:
            found[who.code] = (Reason("no_stand_left", {}, good=False),)
            continue
        zone = _zone_reason(who, stand, wanted=crowd[who.zone], places=room[who.zone])
        found[who.code] = (
            *_pin_reason(problem, who),
            zone,
            *_need_reasons(who),
            *_wish_reasons(problem, plan, who.code, stands),
            *_entrance_reasons(problem, who, stand, near),
        )
    return found


def _pin_reason(problem: Problem, who: Exhibitor) -> tuple[Reason, ...]:
    return (Reason("pinned"),) if who.code in problem.pins else ()


def _zone_reason(who: Exhibitor, stand: Stand, *, wanted: int, places: int) -> Reason:
    if stand.zone == who.zone:
        return Reason("sector_zone", {"zone": stand.zone})
    facts = {"zone": stand.zone, "own_zone": who.zone}
    if wanted > places:
        return Reason("own_zone_full", {**facts, "wanted": wanted, "places": places}, good=False)
    return Reason("other_zone", facts, good=False)


def _need_reasons(who: Exhibitor) -> tuple[Reason, ...]:
    needs = who.needs
    asked = (
        ("has_cold", needs.cold),
        ("has_power", needs.power and not needs.cold),
        ("has_water", needs.water),
        ("is_step_free", needs.step_free),
    )
    return tuple(Reason(code) for code, wanted in asked if wanted)


def _wish_reasons(problem: Problem, plan: Plan, who: str, stands: Mapping[str, Stand]) -> tuple[Reason, ...]:
    return tuple(
        _wish_reason(problem, wish, other, stands[plan[who]], stands.get(plan.get(other, "")))
        for wish in problem.wishes
        if who in (wish.a, wish.b)
        for other in (wish.b if who == wish.a else wish.a,)
    )


def _wish_reason(problem: Problem, wish: Wish, other: str, here: Stand, there: Stand | None) -> Reason:
    facts = {"exhibitor": other}
    if wish.kind is WishKind.TOGETHER:
        granted = there is not None and side_by_side(here, there)
        return Reason("beside" if granted else "not_beside", facts, good=granted)
    granted = there is None or not nearer_than(here.box, there.box, problem.rules.apart_cm)
    return Reason("apart" if granted else "not_apart", facts, good=granted)


def _entrance_reasons(problem: Problem, who: Exhibitor, stand: Stand, near: set[str]) -> tuple[Reason, ...]:
    metres = {"metres": (stand.entrance_cm + 50) // 100}
    if who.poor_place_last_year:
        if is_far(problem, stand):
            return (Reason("still_far", metres, good=False),)
        return (Reason("better_than_last_year", metres),)
    return (Reason("near_entrance", metres),) if stand.code in near else ()
