"""Small fairs for the tests of the allocation: stands, exhibitors, any problem under either rule set, every plan of one."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from village.floor.allocation import (
    BLOCKS_AND_PRIORITIES,
    ZONES_AND_WISHES,
    Beside,
    Circuit,
    Edge,
    Exhibitor,
    Problem,
    Wish,
    problem,
    score,
)
from village.floor.rules import Box, Needs, Reserve, Stand, WishKind

if TYPE_CHECKING:
    from collections.abc import Iterator

ZONES = ("Z1", "Z2")
# Few watched stands, so that a small fair can crowd the entrance.
CROWDED = replace(ZONES_AND_WISHES, near_entrance=3, province_limit=1)
RULES = (CROWDED, BLOCKS_AND_PRIORITIES, BLOCKS_AND_PRIORITIES.with_weights({"rotation": 9, "unplaced": 20}))


def stand(number: int, **different: object) -> Stand:
    """Stands of three metres in rows of four, the entrance at the south-west corner."""
    row, place = divmod(number, 4)
    plain = Stand(
        code=f"S{number:02d}",
        box=Box(place * 300, row * 600, 300, 300),
        zone=ZONES[row % 2],
        row=f"R{row}",
        position=place + 1,
        power=False,
        water=False,
        step_free=True,
        entrance_cm=500 + 100 * number,
    )
    return replace(plain, **different)  # type: ignore[arg-type]


def exhibitor(number: int, **different: object) -> Exhibitor:
    """An exhibitor of zone Z1 without needs."""
    return replace(Exhibitor(f"C{number:02d}", "Z1", "02.113"), **different)  # type: ignore[arg-type]


flag = st.booleans()


@st.composite
def stands_of(draw: st.DrawFn, number: int) -> Stand:
    return stand(
        number,
        power=draw(flag),
        water=draw(flag),
        step_free=draw(flag),
        food=draw(flag),
        corner=draw(flag),
        zone=draw(st.sampled_from(ZONES)),
        entrance_cm=draw(st.integers(100, 900)),
        reserved_for=draw(st.sampled_from([None, None, None, None, Reserve.SPARE])),
        closed=draw(st.sampled_from([False, False, False, True])),
        circuit=draw(st.sampled_from([None, "Q1", "Q2"])),
        value=draw(st.integers(0, 100)),
    )


@st.composite
def exhibitors_of(draw: st.DrawFn, number: int, codes: list[str]) -> Exhibitor:
    power = draw(st.sampled_from([0, 0, 500, 1500]))
    return exhibitor(
        number,
        zone=draw(st.sampled_from(ZONES)),
        sector=draw(st.sampled_from(["honey", "oil"])),
        province=draw(st.sampled_from(["02.113", "02.411"])),
        needs=Needs(power=power > 0, power_w=power, water=draw(flag), step_free=draw(flag), food=draw(flag)),
        size=draw(st.sampled_from([1, 1, 1, 2, 3])),
        poor_place_last_year=draw(flag),
        wants_corner=draw(flag),
        priority=draw(st.integers(1, 3)),
        seniority=draw(st.integers(0, 5)),
        stand_wishes=tuple(draw(st.lists(st.sampled_from(codes), max_size=3, unique=True))),
        good_places=draw(st.integers(0, 2)),
    )


@st.composite
def problems(draw: st.DrawFn, most_stands: int = 8, most_exhibitors: int = 7) -> Problem:
    """Any small fair under either rule set: needs, blocks, circuits, reserves, zones, wishes, provinces, a pin."""
    stands = [draw(stands_of(n)) for n in range(draw(st.integers(1, most_stands)))]
    codes = [each.code for each in stands]
    people = [draw(exhibitors_of(n, codes)) for n in range(draw(st.integers(1, most_exhibitors)))]
    names = st.sampled_from([each.code for each in people])
    wishes = draw(st.lists(st.builds(Wish, st.sampled_from(WishKind), names, names), max_size=5))
    pairs = [pair for pair in itertools.combinations(codes, 2) if draw(st.integers(0, 3)) == 0]
    return problem(
        stands,
        people,
        wishes,
        rules=draw(st.sampled_from(RULES)),
        edges=[Edge(a, b, draw(st.sampled_from(Beside))) for a, b in pairs],
        circuits=[Circuit("Q1", 1500), Circuit("Q2", 2000)],
        pins=draw(st.sampled_from([{}, {people[0].code: codes[-1]}])),
    )


def every_plan(case: Problem) -> Iterator[dict[str, tuple[str, ...]]]:
    """All plans that keep the hard rules."""
    codes = [each.code for each in case.stands]
    choices = [[(), *(tuple(codes[s : s + who.size]) for s in range(len(codes)))] for who in case.exhibitors]
    for places in itertools.product(*choices):
        plan = {who.code: block for who, block in zip(case.exhibitors, places, strict=True) if block}
        taken = [code for block in plan.values() for code in block]
        if len(set(taken)) == len(taken) and not score(case, plan).broken:
            yield plan
