"""Small fairs of any shape under both rule sets, and the fair of 56 exhibitors, for the tests of the allocation."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from village.floor.allocation.files import read_instance
from village.floor.allocation.problem import Beside, Circuit, Edge, Exhibitor, Problem, Wish, problem
from village.floor.allocation.rulesets import BLOCKS_AND_PRIORITIES, ZONES_AND_WISHES
from village.floor.rules import Box, Needs, Stand, WishKind

MADAGH = Path(__file__).parent / "data" / "madagh56.json"
ROW = 4


def madagh() -> Problem:
    """The fair of 56 exhibitors and 62 stands."""
    return read_instance(MADAGH.read_text())


def stand(number: int, **different: Any) -> Stand:
    """Stands of 3 m × 3 m in rows of four, with everything, better towards the entrance; two rows make a zone."""
    row, place = divmod(number, ROW)
    plain = Stand(
        code=f"S{number:02d}",
        box=Box(place * 300, row * 600, 300, 300),
        zone=f"Z{row // 2}",
        row=f"R{row}",
        position=place + 1,
        power=True,
        water=True,
        step_free=True,
        entrance_cm=500 + 100 * number,
        corner=place in (0, ROW - 1),
        value=max(0, 90 - 10 * number),
    )
    return replace(plain, **different)


def someone(code: str, **different: Any) -> Exhibitor:
    """An exhibitor of zone Z0 who asks for one stand and needs nothing."""
    return replace(Exhibitor(code, zone="Z0", sector="honey"), **different)


def floor(stands: int) -> list[Stand]:
    """So many stands with everything."""
    return [stand(number) for number in range(stands)]


@st.composite
def fairs(draw: st.DrawFn, most_stands: int = 10, most_exhibitors: int = 7, *, most_size: int = 3) -> Problem:
    """Any small fair: needs, blocks, circuits, zones, wishes, neighbours, under one rule set or the other."""
    flag, zone = st.booleans(), st.sampled_from(["Z0", "Z1"])
    stands = [
        stand(
            number,
            power=draw(flag),
            water=draw(flag),
            food=draw(flag),
            step_free=draw(flag),
            closed=draw(st.sampled_from([False, False, False, True])),
            circuit=draw(st.sampled_from([None, "Q1", "Q2"])),
            value=draw(st.integers(0, 100)),
            zone=draw(zone),
        )
        for number in range(draw(st.integers(1, most_stands)))
    ]
    codes = st.sampled_from([each.code for each in stands])
    people = [
        someone(
            f"E{number}",
            zone=draw(zone),
            sector=draw(st.sampled_from(["honey", "oil"])),
            province=draw(st.sampled_from(["02.113", "02.411"])),
            size=min(most_size, draw(st.sampled_from([1, 1, 1, 2, 3]))),
            priority=draw(st.integers(1, 4)),
            needs=Needs(
                *(draw(flag) and draw(flag) for _ in range(5)), power_w=draw(st.sampled_from([0, 0, 500, 900]))
            ),
            stand_wishes=tuple(draw(st.lists(codes, max_size=3, unique=True))),
            wants_corner=draw(flag),
        )
        for number in range(draw(st.integers(1, most_exhibitors)))
    ]
    names = st.sampled_from([each.code for each in people])
    return problem(
        stands,
        people,
        draw(st.lists(st.builds(Wish, st.sampled_from(WishKind), names, names), max_size=4)),
        rules=draw(st.sampled_from([ZONES_AND_WISHES, BLOCKS_AND_PRIORITIES])),
        edges=[Edge(a.code, b.code, Beside.SIDE) for a, b in pairwise(stands) if a.row == b.row],
        circuits=[Circuit("Q1", 1000), Circuit("Q2", 1500)],
    )
