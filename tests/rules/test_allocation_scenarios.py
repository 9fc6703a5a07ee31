"""Scenes from a fair, each with few stands and the outcome its title says; the title in the fair's own words below it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.small_fairs import floor, someone, stand
from village.floor.allocation.allocate import allocate
from village.floor.allocation.frontier import frontier
from village.floor.allocation.lot import draw
from village.floor.allocation.problem import Beside, Edge, Plan, Wish, problem
from village.floor.allocation.rounds import grow
from village.floor.allocation.rulesets import BLOCKS_AND_PRIORITIES
from village.floor.allocation.search import Mode
from village.floor.rules import Needs, Stand, WishKind

MOVE_COST = 5


def alike(count: int) -> list[Stand]:
    """Stands in one row that differ in nothing but their place in it."""
    return [stand(n, row="R0", position=n + 1, zone="Z0", value=50, corner=False) for n in range(count)]


def fair(stands: list[Stand], *people: object, **more: object):
    return problem(stands, people, rules=BLOCKS_AND_PRIORITIES, **more)  # type: ignore[arg-type]


def moved_to(case: object, previous: Plan) -> Plan:
    return allocate(case, previous=previous, move_cost=MOVE_COST).plan  # type: ignore[arg-type]


def test_minimum_not_met_is_a_rejection_and_the_stand_is_offered_again() -> None:
    """من لا يجد الحد الأدنى الذي طلبه لا يأخذ شيئا، ورواقه يعرض على غيره — minimum non atteint, stand reproposé."""
    lone = [stand(0, row="R0", position=1), stand(1, row="R9", position=1)]
    case = fair(lone, someone("Assafou", size=2, priority=4), someone("Nahl"), someone("Zit"))

    for mode in Mode:
        found = allocate(case, mode=mode)
        assert found.unplaced == ("Assafou",)
        assert {code for block in found.plan.values() for code in block} == {"S00", "S01"}


def test_no_block_across_an_obstacle() -> None:
    """لا رواق مزدوج على جانبي عمود — pas de double stand de part et d'autre d'un poteau."""
    row = [replace(each, position=each.position + (each.position > 2)) for each in alike(4)]
    case = fair(row, someone("Taws", size=2, stand_wishes=("S01",)), someone("Amal", size=2, stand_wishes=("S02",)))

    plan = allocate(case).plan

    assert plan == {"Taws": ("S00", "S01"), "Amal": ("S02", "S03")}
    assert allocate(fair(row[1:3], someone("Taws", size=2))).unplaced == ("Taws",)


def test_two_movers_swap() -> None:
    """كل واحد يريد رواق الآخر فيتبادلان — chacun veut le stand de l'autre : ils échangent."""
    case = fair(alike(2), someone("Zineb", stand_wishes=("S01",)), someone("Hamid", stand_wishes=("S00",)))

    assert moved_to(case, {"Zineb": ("S00",), "Hamid": ("S01",)}) == {"Zineb": ("S01",), "Hamid": ("S00",)}


def test_three_way_chain() -> None:
    """ثلاثة ينتقلون واحدا بعد الآخر إلى رواق فارغ — chaîne à trois jusqu'au stand libre."""
    case = fair(
        alike(4),
        someone("Zineb", stand_wishes=("S01",)),
        someone("Hamid", stand_wishes=("S02",)),
        someone("Rachid", stand_wishes=("S03",)),
    )
    previous = {"Zineb": ("S00",), "Hamid": ("S01",), "Rachid": ("S02",)}

    assert moved_to(case, previous) == {"Zineb": ("S01",), "Hamid": ("S02",), "Rachid": ("S03",)}


def test_three_change_places_in_a_ring() -> None:
    """ثلاثة يتبادلون أماكنهم دائريا — échange à trois."""
    case = fair(
        alike(3),
        someone("Zineb", stand_wishes=("S01",)),
        someone("Hamid", stand_wishes=("S02",)),
        someone("Rachid", stand_wishes=("S00",)),
    )
    previous = {"Zineb": ("S00",), "Hamid": ("S01",), "Rachid": ("S02",)}

    assert moved_to(case, previous) == {"Zineb": ("S01",), "Hamid": ("S02",), "Rachid": ("S00",)}


@pytest.mark.parametrize("gone", ["closed", "pinned", "senior"])
def test_a_mover_keeps_the_own_stand_if_the_wish_is_gone(gone: str) -> None:
    """إذا ضاع الرواق المرغوب يبقى صاحبه في مكانه — si le vœu est pris, on garde son stand."""
    stands = alike(3)
    if gone == "closed":
        stands[1] = replace(stands[1], closed=True)
    people = [someone("Zineb", stand_wishes=("S01",))]
    people += [] if gone == "closed" else [someone("Doyenne", priority=4, stand_wishes=("S01",))]
    pins = {"Doyenne": "S01"} if gone == "pinned" else {}
    case = fair(stands, *people, pins=pins)

    assert moved_to(case, {"Zineb": ("S00",), "Doyenne": ("S02",)})["Zineb"] == ("S00",)


def test_the_absent_holders_stand_is_given() -> None:
    """رواق الغائب يعطى لمن في لائحة الانتظار دون أن يتحرك أحد — le stand de l'absent est donné, personne ne bouge."""
    previous = {"Absente": ("S00",), "Hamid": ("S01",)}
    case = fair(alike(2), someone("Hamid"), someone("Attente"))

    points = frontier(case, previous)

    assert points[0].plan == {"Hamid": ("S01",), "Attente": ("S00",)}
    assert (points[0].moves, points[0].moved) == (0, ())


@pytest.mark.parametrize("mode", [Mode.BALANCED, Mode.PRIORITY])
def test_nobody_takes_a_stand_others_wish_if_any_other_will_do(mode: Mode) -> None:
    """لا يأخذ أحد رواقا يرغب فيه غيره إذا كان أي رواق آخر يكفيه — on ne prend pas le stand souhaité par un autre."""
    case = fair(
        alike(3),
        someone("Aicha", priority=4),
        someone("Brahim", priority=4),
        someone("Zahra", stand_wishes=("S01",)),
    )

    assert allocate(case, mode=mode).plan["Zahra"] == ("S01",)


def test_third_stand_waits_until_all_had_a_second() -> None:
    """لا رواق ثالث لأحد قبل أن ينال كل من طلب رواقه الثاني — pas de troisième stand avant le deuxième des autres."""
    case = fair(alike(5), someone("Grande", priority=4), someone("Moyenne", priority=2), someone("Petite"))
    wider = fair(alike(6), *case.exhibitors)
    asked = {"Grande": 3, "Moyenne": 2}

    assert {each.code: each.size for each in grow(case, asked).exhibitors} == {"Grande": 2, "Moyenne": 2, "Petite": 1}
    assert {each.code: each.size for each in grow(wider, asked).exhibitors} == {"Grande": 3, "Moyenne": 2, "Petite": 1}
    assert allocate(grow(wider, asked)).unplaced == ()


def test_nobody_loses_the_first_stand_to_a_second() -> None:
    """لا رواق ثان لأحد ما دام غيره بلا رواق — pas de deuxième stand tant qu'un autre n'en a pas."""
    case = fair(alike(3), someone("Grande", priority=4), someone("Moyenne"), someone("Petite"))

    assert grow(case, {"Grande": 2}).exhibitors == case.exhibitors
    with pytest.raises(ValueError, match="not there"):
        grow(case, {"Personne": 2})


def test_the_lot_decides_who_has_a_second_stand_first() -> None:
    """القرعة تقرر من يأخذ الرواق الثاني — le sort décide du deuxième stand."""
    case = fair(alike(4), someone("A", priority=4), someone("B"), someone("C"))

    assert {e.code: e.size for e in grow(case, {"A": 2, "B": 2}).exhibitors} == {"A": 2, "B": 1, "C": 1}
    assert {e.code: e.size for e in grow(case, {"A": 2, "B": 2}, ["B", "A"]).exhibitors} == {"A": 1, "B": 2, "C": 1}


def test_the_cold_room_keeps_the_only_socket_though_drawn_last() -> None:
    """المأخذ الكهربائي الوحيد يبقى لمن يحتاجه ولو جاء آخر القرعة — la seule prise reste à qui en a besoin."""
    stands = [replace(each, power=each.code == "S00", value=90 if each.code == "S00" else 10) for each in alike(3)]
    case = fair(stands, someone("Hmid"), someone("Rkia"), someone("Lben", needs=Needs(cold=True)))

    assert draw(case, ["Hmid", "Rkia", "Lben"]).plan["Lben"] == ("S00",)


def test_competitors_apart_and_friends_together() -> None:
    """المتنافسان متباعدان والصديقتان متجاورتان — concurrents séparés, amies voisines."""
    row = alike(4)
    beside = [Edge(f"S0{n}", f"S0{n + 1}", Beside.SIDE) for n in range(3)]
    wishes = [Wish(WishKind.APART, "Argan1", "Argan2"), Wish(WishKind.TOGETHER, "Amal", "Tiziri")]
    case = fair(row, *map(someone, ("Argan1", "Argan2", "Amal", "Tiziri")), wishes=wishes, edges=beside)

    place = {who: int(block[0][1:]) for who, block in allocate(case).plan.items()}

    assert abs(place["Amal"] - place["Tiziri"]) == 1 < abs(place["Argan1"] - place["Argan2"])


def test_who_stands_on_a_closed_stand_moves_and_nobody_else() -> None:
    """إذا أغلق رواق انتقل صاحبه وحده — un stand fermé : seul son occupant bouge."""
    stands = floor(4)
    stands[0] = replace(stands[0], closed=True)
    people = [someone(code) for code in ("Zineb", "Hamid", "Rachid")]
    previous = {"Zineb": ("S00",), "Hamid": ("S01",), "Rachid": ("S02",)}

    first = frontier(fair(stands, *people), previous)[0]

    assert [each.who for each in first.moved] == ["Zineb"]
    assert first.plan == {"Zineb": ("S03",), "Hamid": ("S01",), "Rachid": ("S02",)}
