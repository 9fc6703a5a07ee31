"""Stands of those who did not come: given on in the order of those who wait, with the fewest moves."""

from __future__ import annotations

import pytest

from village.floor.allocation import Circuit, Exhibitor, problem
from village.floor.reflow import Reflow, in_turn, reflow
from village.floor.rules import Box, Needs, Stand


def stand(number: int, *, row: str = "A", power: bool = False, circuit: str | None = None) -> Stand:
    """One of a row of stands, three metres wide."""
    return Stand(
        f"{row}{number}", Box(300 * number, 0, 300, 300), "Z1", row, number, power, False, True, 100 * number,
        circuit=circuit,
    )  # fmt: skip


def hand_on(
    people: dict[str, Exhibitor],
    stands: list[Stand],
    plan: dict[str, tuple[str, ...]],
    absent: list[str],
    waiting: list[str],
    *,
    pins: tuple[str, ...] = (),
    circuits: tuple[Circuit, ...] = (),
) -> Reflow:
    held = {who: plan[who] for who in pins}
    return reflow(problem(stands, people.values(), pins=held, circuits=circuits), plan, absent, waiting)


def cast(**different: Exhibitor) -> dict[str, Exhibitor]:
    names = ("Tifawin", "Argana", "Nahla", "Zaytoun", "Afoulki")
    return {name: different.get(name, Exhibitor(name, "Z1")) for name in names}


POWER = Needs(power=True)


def test_the_absent_holders_stand_is_given_to_the_first_who_waits() -> None:
    plan = {"Tifawin": ("A1",), "Argana": ("A2",)}
    found = hand_on(cast(), [stand(1), stand(2)], plan, ["Tifawin"], ["Nahla", "Zaytoun"])
    assert [(each.who, each.block, each.instead) for each in found.given] == [("Nahla", ("A1",), ("Tifawin",))]
    assert found.left == ("Zaytoun",)
    assert found.plan == {"Argana": ("A2",), "Nahla": ("A1",)}
    assert found.moved == ()


def test_nobody_who_is_there_moves_unless_it_gives_somebody_a_place() -> None:
    people = cast(Nahla=Exhibitor("Nahla", "Z1", needs=POWER))
    floor = [stand(1, power=True), stand(2), stand(3)]
    plan = {"Argana": ("A1",), "Tifawin": ("A2",)}
    # A2 is free now, but Nahla needs the socket of A1: Argana, who needs none, moves for it.
    found = hand_on(people, floor, plan, ["Tifawin"], ["Nahla"])
    assert found.plan["Nahla"] == ("A1",)
    assert [(move.who, move.before) for move in found.moved] == [("Argana", ("A1",))]
    # With a free socket, nobody moves.
    found = hand_on(people, [*floor, stand(5, power=True)], plan, ["Tifawin"], ["Nahla"])
    assert found.plan["Nahla"] == ("A5",)
    assert found.moved == ()


def test_whoever_is_pinned_stays() -> None:
    people = cast(Nahla=Exhibitor("Nahla", "Z1", needs=POWER))
    plan = {"Argana": ("A1",), "Tifawin": ("A2",)}
    found = hand_on(people, [stand(1, power=True), stand(2)], plan, ["Tifawin"], ["Nahla"], pins=("Argana",))
    assert found.given == ()
    assert found.left == ("Nahla",)


def test_a_chain_of_two_moves_when_one_is_not_enough() -> None:
    water = Needs(power=True, water=True)
    people = cast(Nahla=Exhibitor("Nahla", "Z1", needs=water), Argana=Exhibitor("Argana", "Z1", needs=POWER))
    wet = Stand("A1", Box(300, 0, 300, 300), "Z1", "A", 1, True, True, True, 100)
    plan = {"Argana": ("A1",), "Zaytoun": ("A2",), "Tifawin": ("A3",)}
    found = hand_on(people, [wet, stand(2, power=True), stand(3)], plan, ["Tifawin"], ["Nahla"])
    assert found.plan == {"Nahla": ("A1",), "Argana": ("A2",), "Zaytoun": ("A3",)}
    assert [move.who for move in found.given[0].moves] == ["Argana", "Zaytoun"]


@pytest.mark.parametrize(("size", "placed"), [(2, ("A1", "A2")), (3, None)])
def test_who_asked_for_two_gets_two_side_by_side_or_none(size: int, placed: tuple[str, ...] | None) -> None:
    people = cast(Nahla=Exhibitor("Nahla", "Z1", size=size))
    plan = {"Tifawin": ("A1",), "Argana": ("A2",), "Zaytoun": ("A4",)}
    floor = [stand(1), stand(2), stand(4), stand(6)]
    found = hand_on(people, floor, plan, ["Tifawin", "Zaytoun"], ["Nahla"])
    assert found.plan.get("Nahla") == placed
    assert found.plan["Argana"] == (("A2",) if placed is None else ("A4",))


def test_a_circuit_is_not_overloaded_by_what_is_given_on() -> None:
    hungry = {name: Exhibitor(name, "Z1", needs=Needs(power=True, power_w=800)) for name in ("Nahla", "Argana")}
    floor = [stand(1, power=True, circuit="K1"), stand(2, power=True, circuit="K1"), stand(9, power=True, circuit="K2")]
    plan = {"Argana": ("A1",), "Tifawin": ("A2",), "Zaytoun": ("A9",)}
    circuits = (Circuit("K1", 1000), Circuit("K2", 1000))
    found = hand_on(cast(**hungry), floor, plan, ["Tifawin"], ["Nahla"], circuits=circuits)
    # K1 carries Argana alone: Zaytoun, who needs nothing, makes room on K2.
    assert found.plan == {"Argana": ("A1",), "Nahla": ("A9",), "Zaytoun": ("A2",)}


def test_the_waiting_list_goes_before_those_who_have_no_stand_yet() -> None:
    assert in_turn([(2, "Nahla"), (1, "Zaytoun")], ["Argana", "Afoulki"]) == ["Zaytoun", "Nahla", "Afoulki", "Argana"]


def test_another_proposal_has_another_seal() -> None:
    plan = {"Tifawin": ("A1",), "Argana": ("A2",)}
    one = hand_on(cast(), [stand(1), stand(2)], plan, ["Tifawin"], ["Nahla"])
    other = hand_on(cast(), [stand(1), stand(2)], plan, ["Tifawin"], ["Zaytoun"])
    again = hand_on(cast(), [stand(2), stand(1)], plan, ["Tifawin"], ["Nahla"])
    assert one.seal == again.seal != other.seal
