"""What makes a full plan impossible: each conflict minimal, certain, and told with those it concerns."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests.small_fairs import fairs, floor, madagh, someone, stand
from village.floor.allocation.diagnose import Conflict, diagnose
from village.floor.allocation.problem import Circuit, Problem, problem
from village.floor.allocation.score import broken_rules
from village.floor.rules import Needs, Reserve

FOOD_AND_WATER = Needs(food=True, water=True)


def with_food_and_water(stands: int, wanting: int) -> Problem:
    """So many stands with food floor and water, twice as many without; so many who need both, and two who do not."""
    floored = [stand(number, food=number < stands, water=number < stands) for number in range(3 * stands)]
    people = [someone(f"E{number:02d}", needs=FOOD_AND_WATER) for number in range(wanting)]
    return problem(floored, [*people, someone("F1"), someone("F2")])


def everybody_fits(case: Problem) -> bool:
    """Whether some plan places all, by trying everything."""
    terms = case.rules.terms(case)
    choices = [[start for start, may in enumerate(row) if may] for row in terms.allowed.tolist()]
    return any(not broken_rules(case, terms.plan(list(starts))) for starts in itertools.product(*choices))


def only_with(case: Problem, codes: set[str]) -> Problem:
    return replace(case, exhibitors=tuple(each for each in case.exhibitors if each.code in codes))


def test_a_fair_where_everybody_fits_has_no_conflict() -> None:
    assert diagnose(madagh()) == ()


def test_sixteen_need_food_and_water_and_fourteen_stands_offer_both() -> None:
    found = diagnose(with_food_and_water(14, 16))

    assert [each.as_json() for each in found] == [
        {
            "kind": "hall_set",
            "exhibitors": [f"E{number:02d}" for number in range(16)],
            "stands": [f"S{number:02d}" for number in range(14)],
            "need": {"needs": ["water", "food"], "size": 1, "unit": "stand", "wanted": 16, "available": 14},
        }
    ]


def test_who_needs_less_is_left_out_of_the_set() -> None:
    case = with_food_and_water(3, 4)
    thirsty = problem(case.stands, [*case.exhibitors, someone("W", needs=Needs(water=True))])

    found = diagnose(thirsty)

    # Five want the three stands with water, four of them for food too: the inner set, and the outer one.
    assert [(each.kind, len(each.exhibitors), each.need["needs"]) for each in found] == [
        ("hall_set", 5, ["water"]),
    ]


def test_two_shortages_are_told_apart() -> None:
    stands = [stand(0), stand(1, water=False), stand(2, power=False, water=False), stand(3, power=False)]
    dry = [stand(number, power=False, water=False) for number in range(4, 9)]
    people = [someone(f"P{number}", needs=Needs(power=True)) for number in range(3)]
    people += [someone(f"W{number}", needs=Needs(step_free=True)) for number in range(2)]
    steps = [replace(each, step_free=each.code == "S08") for each in [*stands, *dry]]

    found = diagnose(problem(steps, people))

    assert [(each.exhibitors, each.stands) for each in found] == [
        (("P0", "P1", "P2"), ("S00", "S01")),
        (("W0", "W1"), ("S08",)),
    ]


def test_four_stands_in_a_row_where_the_longest_row_has_three() -> None:
    case = problem(floor(3), [someone("Tall", size=4)])

    assert diagnose(case) == (
        Conflict("no_block", ("Tall",), (), {"needs": ["size"], "ways": [["size"]], "size": 4, "longest": 3}),
    )


def test_the_fewest_needs_that_leave_no_block_are_named() -> None:
    stands = [stand(0, water=False, food=False), stand(1, food=False), stand(2, power=False)]
    one_way = problem(stands[:2], [someone("A", needs=Needs(water=True, food=True))])
    two_ways = problem(stands[1:], [someone("A", needs=Needs(power=True, food=True))])
    together = problem(stands[:1], [someone("A", needs=Needs(water=True, food=True, power=True))])

    assert diagnose(one_way)[0].need["needs"] == ["food"]
    assert diagnose(two_ways)[0].need["ways"] == [["power"], ["food"]]
    assert diagnose(together)[0].need["needs"] == ["water", "food"]


def test_closed_and_reserved_stands_are_no_blocks() -> None:
    case = problem([stand(0, closed=True), stand(1, reserved_for=Reserve.SPARE)], [someone("A")])

    (found,) = diagnose(case)

    assert (found.kind, found.need["needs"], found.need["longest"]) == ("no_block", [], 0)


def test_two_blocks_of_three_in_rows_of_four_and_five_who_ask() -> None:
    people = [someone(f"T{number}", size=3) for number in range(3)]
    # Twelve stands for nine, and twelve for twelve: no stand lacks, but a row of four holds one block of three.
    assert diagnose(problem(floor(12), people)) == ()

    (found,) = diagnose(problem(floor(12), [*people, someone("T3", size=3)]))

    assert (found.kind, found.exhibitors) == ("hall_set", ("T0", "T1", "T2", "T3"))
    assert found.need == {"needs": [], "size": 3, "unit": "block", "wanted": 4, "available": 3}


def test_more_load_than_the_circuits_carry() -> None:
    stands = [stand(number, circuit="Q1" if number < 3 else None, power=number < 3) for number in range(6)]
    people = [someone(f"P{number}", needs=Needs(power_w=800)) for number in range(3)]

    (found,) = diagnose(problem(stands, people, circuits=[Circuit("Q1", 2000)]))

    assert (found.kind, found.exhibitors, found.stands) == ("circuit", ("P0", "P1", "P2"), ("S00", "S01", "S02"))
    assert found.need == {"needs": ["power"], "circuits": ["Q1"], "wanted": 2400, "available": 2000}


def test_one_machine_too_strong_for_every_circuit() -> None:
    stands = [stand(0, circuit="Q1"), stand(1, circuit="Q2")]
    circuits = [Circuit("Q1", 2000), Circuit("Q2", 2500)]
    case = problem(stands, [someone("Oven", needs=Needs(power_w=3000))], circuits=circuits)

    (found,) = diagnose(case)

    assert (found.kind, found.need["wanted"], found.need["available"]) == ("circuit", 3000, 2500)


def test_loads_that_fit_in_sum_but_in_no_distribution() -> None:
    stands = [stand(number, circuit="Q1" if number < 2 else "Q2") for number in range(4)]
    people = [someone(f"P{number}", needs=Needs(power_w=600)) for number in range(3)]
    circuits = [Circuit("Q1", 1000), Circuit("Q2", 1000)]

    (found,) = diagnose(problem(stands, [*people, someone("Q")], circuits=circuits))

    assert (found.kind, found.exhibitors) == ("circuit", ("P0", "P1", "P2"))
    assert (found.need["wanted"], found.need["available"], found.need["placed"]) == (1800, 2000, 2)


def test_a_pin_that_lacks_what_its_exhibitor_needs_is_told() -> None:
    case = problem([stand(0, water=False), stand(1)], [someone("A", needs=Needs(water=True))], pins={"A": "S00"})

    assert diagnose(case) == (Conflict("pins", ("A",), ("S00",), {"objections": ["stand_without_water"]}),)


def test_pins_that_overload_a_circuit_are_told() -> None:
    stands = [stand(number, circuit="Q1") for number in range(3)]
    people = [someone("A", needs=Needs(power_w=700)), someone("B", needs=Needs(power_w=700)), someone("C")]
    case = problem(stands, people, circuits=[Circuit("Q1", 1000)], pins={"A": "S00", "B": "S01", "C": "S02"})

    found = next(each for each in diagnose(case) if each.kind == "pins")

    assert (found.exhibitors, found.stands) == (("A", "B"), ("S00", "S01"))
    assert found.need == {"circuits": ["Q1"], "wanted": 1400, "available": 1000}


def test_a_pin_that_takes_the_only_stand_another_can_have() -> None:
    stands = [stand(0), stand(1, water=False)]
    case = problem(stands, [someone("A"), someone("B", needs=Needs(water=True))], pins={"A": "S00"})

    (found,) = diagnose(case)

    assert (found.kind, found.exhibitors, found.stands) == ("pins", ("A", "B"), ("S00",))
    assert (found.need["instead"], found.need["needs"]) == ("no_block", ["water"])


@settings(max_examples=150, deadline=None)
@given(fairs(most_stands=7, most_exhibitors=4))
def test_conflicts_are_told_exactly_when_not_everybody_fits(case: Problem) -> None:
    assert (diagnose(case) == ()) == everybody_fits(case)


@settings(max_examples=150, deadline=None)
@given(fairs(most_stands=7, most_exhibitors=4))
def test_those_of_a_conflict_do_not_fit_even_alone_and_all_of_them_count(case: Problem) -> None:
    for found in diagnose(case):
        members = set(found.exhibitors)
        assert not everybody_fits(only_with(case, members))
        if found.need.get("wanted", 0) == found.need.get("available", 0) + 1 and found.kind == "hall_set":
            assert found.need["unit"] != "exhibitor" or all(
                everybody_fits(only_with(case, members - {each})) for each in members
            )


def test_shuffled_input_gives_the_same_conflicts() -> None:
    case = with_food_and_water(5, 8)
    again = problem(case.stands[::-1], case.exhibitors[::-1])

    assert diagnose(again) == diagnose(case)


@pytest.mark.parametrize("wanting", [14, 20])
def test_the_fair_of_56_is_explained_at_once(wanting: int) -> None:
    case = madagh()
    people = [
        replace(each, needs=FOOD_AND_WATER if number < wanting and each.size == 1 else Needs())
        for number, each in enumerate(case.exhibitors)
    ]
    stands = [replace(each, food=number < 13, water=number < 13) for number, each in enumerate(case.stands)]
    changed = replace(case, stands=tuple(stands), exhibitors=tuple(people))

    began = time.process_time()
    found = diagnose(changed)

    assert [each.kind for each in found] == ["hall_set"]
    assert time.process_time() - began < 0.1
