"""Fairs of any number of exhibitors in the exchange format of instances: the same seed gives the same fair.

`python -m tests.benchmarks.allocation_fairs 600 --seed 7 > fair.json`

They are made like the fair of 56: rows back to back and across aisles, one zone for each aisle, water at the wall, food
floors in the front rows, one circuit a row that carries a little more than its stands ask for, places worth more towards
the entrance, wishes for the good places, competitors within a sector, friends who want to be neighbours.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from random import Random

WEIGHTS = {
    "unplaced": 1000, "wish": [0, 3, 5, 7, 8], "wish_none": 12, "value_div": 20, "corner": 4, "zone": 20,
    "competitor": 15, "together_adjacent": 10, "together_zone": 10,
}  # fmt: skip

# Sectors and their shares (of 56); the longer list is for fairs above a hundred.
SECTORS = {
    "artisanat-bois-poterie": 10, "artisanat-textile": 8, "cosmetique-argan": 15, "services-institutions": 5,
    "terroir-dattes-couscous": 7, "terroir-huile": 4, "terroir-miel": 7,
}  # fmt: skip
MORE_SECTORS = {
    "artisanat-cuir": 5, "artisanat-bijoux": 4, "agriculture-plantes": 4, "services-numerique": 3, "terroir-safran": 4,
}  # fmt: skip
STANDS_OF = {56: 62, 200: 220, 600: 650, 1500: 1600, 5000: 5200}
STAND_M = 3.0
# At most this share of the stands is asked for, so that everybody may have a place.
FULL = 0.97


@dataclass(frozen=True)
class Shape:
    """How the halls are cut: stands of a row, rows of a column, columns of a hall."""

    row: int
    rows: int
    columns: int


def shape_of(stands: int) -> Shape:
    """Rows grow with the fair, as halls do."""
    for most, shape in ((90, Shape(9, 7, 1)), (300, Shape(10, 8, 3)), (1000, Shape(12, 8, 4))):
        if stands <= most:
            return shape
    return Shape(14, 10, 5)


def fair(exhibitors: int, *, seed: int = 7, stands: int | None = None) -> dict[str, object]:
    """An instance of the exchange format."""
    chance = Random(f"{exhibitors} {seed}")
    count = stands or STANDS_OF.get(exhibitors, -(-exhibitors * 108 // 100))
    floor, circuits = _floor(count, shape_of(count), chance)
    people = _people(exhibitors, floor, chance)
    _relations(people, chance)
    return {
        "name": f"fair{exhibitors}", "seed": seed, "stands": floor, "edges": _edges(floor), "circuits": circuits,
        "exhibitors": people, "weights": WEIGHTS,
    }  # fmt: skip


def _floor(count: int, shape: Shape, chance: Random) -> tuple[list[dict], list[dict]]:
    floor, circuits = [], []
    for number in range(-(-count // shape.row)):
        column, row = divmod(number, shape.rows)
        hall, column = divmod(column, shape.columns)
        length = min(shape.row, count - len(floor))
        circuit = None if row % 8 == 5 else f"Q{len(circuits) + 1}"
        stands = _row(hall, column, row, length, shape, circuit, chance)
        if circuit:
            circuits.append({"id": circuit, "kw": -(-12 * sum(each["power"] for each in stands) // 10)})
        floor += stands
    return floor, circuits


def _row(
    hall: int, column: int, row: int, length: int, shape: Shape, circuit: str | None, chance: Random
) -> list[dict]:
    # Rows 1 and 2, 3 and 4, … stand back to back; between rows 0 and 1, 2 and 3, … lies an aisle.
    y = 1.5 + 3.0 * row + 3.0 * ((row + 1) // 2)
    shallow, dry, food = row % 8 == 3, row % 8 > 1, row % 8 < 3
    without = chance.randrange(1, length) if length > 2 and row % 8 not in (0, 4) else -1
    found = []
    for place in range(length):
        powered = circuit is not None and place != without
        found.append({
            "id": f"{chr(65 + hall)}{column + 1}{row:02d}-{place + 1:02d}", "hall": f"H{hall + 1}",
            "row": f"H{hall + 1}-C{column + 1}-R{row}", "pos": place,
            "x": 1.5 + STAND_M * (place + column * (shape.row + 1)), "y": y, "w": STAND_M, "d": 2.0 if shallow else 3.0,
            "area": 6.0 if shallow else 9.0, "corner": row > 0 and place in (0, length - 1),
            "zone": f"H{hall + 1}-C{column + 1}-A{row // 2}", "power": powered,
            "water": not dry and chance.random() < 0.9, "food": food, "accessible": chance.random() < 0.92,
            "circuit": circuit if powered else None, "value": _value(place, length, row, shape, chance),
        })  # fmt: skip
    return found


def _value(place: int, length: int, row: int, shape: Shape, chance: Random) -> int:
    """0 to 100: dear at the entrance, in the middle of the row, and at corners."""
    middle = 1 - abs(place - (length - 1) / 2) / max(length / 2, 1)
    corner = 8 if row and place in (0, length - 1) else 0
    raw = 64 * row / max(shape.rows - 1, 1) + 12 * middle + corner + chance.uniform(-8, 8)
    return max(0, min(100, round(raw)))


def _edges(floor: list[dict]) -> list[list]:
    at = {(each["row"], each["pos"]): number for number, each in enumerate(floor)}
    found = []
    for number, each in enumerate(floor):
        column, row = each["row"].rsplit("-R", 1)
        place, behind = each["pos"], f"{column}-R{int(row) + 1}"
        kinds = [(each["row"], place + 1, "side")]
        if int(row) % 2:
            kinds.append((behind, place, "back"))
        else:
            kinds += [(behind, place, "across"), (behind, place + 1, "diagonal"), (behind, place - 1, "diagonal")]
        found += [[number, at[other, where], kind] for other, where, kind in kinds if (other, where) in at]
    return found


def _people(count: int, floor: list[dict], chance: Random) -> list[dict]:
    shares = SECTORS | (MORE_SECTORS if count > 100 else {})
    spare = int(FULL * len(floor)) - count
    dear = [each["value"] ** 2 + 30 for each in floor]
    found = []
    for number in range(count):
        sector = chance.choices(list(shares), list(shares.values()))[0]
        size = chance.choices((1, 2, 3, 4), (92, 5, 2, 1))[0]
        size = size if size - 1 <= spare else 1
        spare -= size - 1
        food = sector.startswith("terroir")
        wishes = chance.choices(floor, dear, k=chance.choices((0, 1, 2, 3, 5), (7, 7, 17, 15, 10))[0])
        found.append({
            "id": f"E{number + 1:04d}", "sector": sector, "size": size,
            "min_area": chance.choices((6.0, 9.0), (20, 36))[0] * size if size == 1 else 6.0 * size,
            "needs": {
                "power_kw": chance.choices((0, 0.5, 1, 2, 3), (26, 12, 10, 4, 4))[0],
                "water": food and chance.random() < 0.42, "food": food, "accessible": chance.random() < 0.07,
                "corner": size == 1 and chance.random() < 0.01,
            },
            "wants_corner": chance.random() < 0.2, "priority": chance.choices((1, 2, 3), (26, 20, 10))[0],
            "seniority": int(min(12, chance.expovariate(0.35))),
            "wishes": list(dict.fromkeys(each["id"] for each in wishes)), "competitors": [], "together": [],
        })  # fmt: skip
    return found


def _relations(people: list[dict], chance: Random) -> None:
    by_sector: dict[str, list[dict]] = {}
    for each in people:
        by_sector.setdefault(each["sector"], []).append(each)
    for each in people:
        if len(by_sector[each["sector"]]) > 1 and chance.random() < 0.4:
            _join("competitors", each, chance.choice(by_sector[each["sector"]]))
        if chance.random() < 0.07:
            same = chance.random() < 0.75
            _join("together", each, chance.choice(by_sector[each["sector"]] if same else people))


def _join(relation: str, one: dict, other: dict) -> None:
    known = {*one["competitors"], *one["together"], one["id"]}
    if other["id"] not in known:
        one[relation].append(other["id"])
        other[relation].append(one["id"])


def main(arguments: list[str]) -> int:
    """Print an instance."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("exhibitors", type=int)
    parser.add_argument("--stands", type=int)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args(arguments)
    json.dump(fair(asked.exhibitors, seed=asked.seed, stands=asked.stands), sys.stdout, ensure_ascii=False)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
