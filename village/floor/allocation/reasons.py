"""Why each exhibitor has the stand it has: codes with facts, worded elsewhere in three languages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from village.floor.allocation.rulesets import ZonesAndWishes
from village.floor.allocation.rulesets.zones import far_stands, nearest_entrance
from village.floor.allocation.terms import touch
from village.floor.rules import Stand, WishKind, block_objections

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from village.floor.allocation.problem import Block, Exhibitor, Plan, Problem, Wish
    from village.floor.allocation.terms import Terms


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: its code and the facts its sentence needs; ``good`` when it speaks for the stand."""

    code: str
    facts: Mapping[str, str | int] = field(default_factory=dict)
    good: bool = True


def reasons(problem: Problem, plan: Plan) -> dict[str, tuple[Reason, ...]]:
    """The reasons of every placement, by exhibitor code.

    Who has no stand gets ``no_stand_left``, or ``no_block_fits`` where no block of the floor meets its needs.
    """
    scene = _Scene.of(problem, plan)
    found: dict[str, tuple[Reason, ...]] = {}
    for index, who in enumerate(problem.exhibitors):
        block = plan.get(who.code)
        if not block:
            fits = bool(scene.terms.allowed[index].any())
            found[who.code] = (Reason("no_stand_left" if fits else "no_block_fits", {}, good=False),)
            continue
        held = tuple(scene.stands[code] for code in block)
        found[who.code] = tuple(_of_one(scene, who, held))
    return found


@dataclass(frozen=True, slots=True)
class _Scene:
    """What the reasons of a plan are read from; ``crowd`` and ``room`` count per zone."""

    problem: Problem
    plan: Plan
    terms: Terms
    stands: Mapping[str, Stand]
    number: Mapping[str, int]
    index: Mapping[str, int]
    pinned: frozenset[str]
    holder: Mapping[str, str]
    wishes: Mapping[str, tuple[Wish, ...]]
    crowd: Counter[str]
    room: Counter[str]
    cluster: Counter[tuple[str, str]]
    near: frozenset[str]
    far: frozenset[str]

    @classmethod
    def of(cls, problem: Problem, plan: Plan) -> _Scene:
        stands = {each.code: each for each in problem.stands}
        wishes: dict[str, list[Wish]] = {}
        for wish in problem.wishes:
            for who in {wish.a, wish.b}:
                wishes.setdefault(who, []).append(wish)
        people = {each.code: each for each in problem.exhibitors}
        clusters = ((people[who].sector, stands[block[0]].zone) for who, block in plan.items() if block)
        return cls(
            problem,
            plan,
            problem.rules.terms(problem),
            stands,
            {each.code: index for index, each in enumerate(problem.stands)},
            {each.code: index for index, each in enumerate(problem.exhibitors)},
            frozenset(code for block in problem.pins.values() for code in block),
            {code: who for who, block in plan.items() for code in block},
            {who: tuple(each) for who, each in wishes.items()},
            Counter(each.zone for each in problem.exhibitors),
            Counter(each.zone for each in problem.stands if each.open_to_exhibitors),
            Counter(clusters),
            frozenset(nearest_entrance(problem)),
            far_stands(problem),
        )

    def numbers(self, block: Block) -> range:
        """A block as numbers of stands."""
        return range(self.number[block[0]], self.number[block[0]] + len(block)) if block else range(0)


def _of_one(scene: _Scene, who: Exhibitor, held: tuple[Stand, ...]) -> Iterator[Reason]:
    if who.code in scene.problem.pins:
        yield Reason("pinned")
    by_zones = isinstance(scene.problem.rules, ZonesAndWishes)
    if by_zones:
        yield _zone_reason(scene, who, held[0])
    else:
        yield from _stand_reasons(scene, who, held)
        yield from _cluster_reasons(scene, who, held[0])
    yield from _need_reasons(who)
    for wish in scene.wishes.get(who.code, ()):
        yield _wish_reason(scene, wish, who.code)
    if by_zones:
        yield from _entrance_reasons(scene, who, held)
    elif who.wants_corner:
        given = any(each.corner for each in held)
        yield Reason("corner_given" if given else "no_corner_left", {}, good=given)


def _zone_reason(scene: _Scene, who: Exhibitor, stand: Stand) -> Reason:
    if stand.zone == who.zone:
        return Reason("sector_zone", {"zone": stand.zone})
    facts = {"zone": stand.zone, "own_zone": who.zone}
    wanted, places = scene.crowd[who.zone], scene.room[who.zone]
    if wanted > places:
        return Reason("own_zone_full", {**facts, "wanted": wanted, "places": places}, good=False)
    return Reason("other_zone", facts, good=False)


def _stand_reasons(scene: _Scene, who: Exhibitor, held: Sequence[Stand]) -> Iterator[Reason]:
    """The wish that was granted, and for each dearer one why it was not."""
    block = {each.code for each in held}
    for rank, code in enumerate(who.stand_wishes):
        if code in block:
            yield Reason("wish_given", {"stand": code, "rank": rank + 1})
            return
        if code in scene.stands:
            yield _wish_lost(scene, who, code, rank + 1)
    if who.stand_wishes:
        yield Reason("no_wish_given", {"stand": held[0].code}, good=False)


def _wish_lost(scene: _Scene, who: Exhibitor, code: str, rank: int) -> Reason:
    facts: dict[str, str | int] = {"stand": code, "rank": rank}
    missing = _missing(scene, who, code)
    if missing:
        return Reason(missing, facts, good=False)
    holder = scene.holder.get(code)
    if holder is None:
        return Reason("wish_costs_others", facts, good=False)
    weight = scene.terms.weight
    higher = weight[scene.index[holder]] > weight[scene.index[who.code]]
    return Reason("wish_to_higher" if higher else "wish_to_other", {**facts, "exhibitor": holder}, good=False)


def _missing(scene: _Scene, who: Exhibitor, code: str) -> str | None:
    """Why no block with a wished stand can be this exhibitor's, or None where one can."""
    stand, at = scene.stands[code], scene.number[code]
    row = scene.terms.allowed[scene.index[who.code]]
    if row[max(0, at - who.size + 1) : at + 1].any():
        return None
    codes = {each.code for each in block_objections((stand,), who.code, who.needs)}
    worded = {
        "stand_closed": "wish_closed",
        "stand_reserved": "wish_reserved",
        "stand_without_food_floor": "wish_without_food_floor",
        "stand_not_step_free": "wish_not_step_free",
        "stand_without_water": "wish_without_water",
        "stand_without_power": "wish_without_power",
        "stand_not_corner": "wish_not_corner",
    }
    found = next((worded[each] for each in worded if each in codes), None)
    return found or ("wish_pinned" if code in scene.pinned else "wish_too_small")


def _cluster_reasons(scene: _Scene, who: Exhibitor, stand: Stand) -> Iterator[Reason]:
    others = scene.cluster[who.sector, stand.zone] - 1
    if others:
        yield Reason("with_its_sector", {"zone": stand.zone, "others": others})


def _need_reasons(who: Exhibitor) -> Iterator[Reason]:
    needs = who.needs
    asked = (
        ("has_cold", needs.cold),
        ("has_power", needs.any_power and not needs.cold),
        ("has_water", needs.water),
        ("has_food_floor", needs.food),
        ("is_step_free", needs.step_free),
        ("is_corner", needs.corner),
    )
    return (Reason(code) for code, wanted in asked if wanted)


def _wish_reason(scene: _Scene, wish: Wish, who: str) -> Reason:
    other = wish.b if who == wish.a else wish.a
    here, there = (scene.numbers(scene.plan.get(each) or ()) for each in (who, other))
    facts = {"exhibitor": other}
    if wish.kind is WishKind.APART:
        broken = touch(here, there, scene.terms.near)
        return Reason("not_apart" if broken else "apart", facts, good=not broken)
    if touch(here, there, scene.terms.beside):
        return Reason("beside", facts)
    one_zone = bool(here and there) and scene.terms.zone[here[0]] == scene.terms.zone[there[0]]
    if one_zone and scene.terms.zone_points:
        return Reason("same_zone", facts)
    return Reason("not_beside", facts, good=False)


def _entrance_reasons(scene: _Scene, who: Exhibitor, held: Sequence[Stand]) -> Iterator[Reason]:
    metres = {"metres": (held[0].entrance_cm + 50) // 100}
    if who.poor_place_last_year:
        far = held[0].code in scene.far
        yield Reason("still_far" if far else "better_than_last_year", metres, good=not far)
    elif any(each.code in scene.near for each in held):
        yield Reason("near_entrance", metres)
