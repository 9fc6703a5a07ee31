"""A second judge of allocations, straight from the exchange format: written apart from the village's own code.

It knows nothing of the village.  `python -m tests.judge INSTANCE.json ALLOC.json` prints the cost, its parts and every
hard rule that is broken; the exit status is 1 when one is.  The definition is that of docs/allocation.md.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

Instance = dict[str, Any]
Plan = dict[str, list[str] | None]
POSITIVE_NEEDS = ("power_kw", "water", "food", "accessible", "corner")


def weight(exhibitor: dict[str, Any]) -> int:
    """Priority, and one for every two earlier editions, four at most."""
    return exhibitor["priority"] + min(exhibitor["seniority"], 8) // 2


def parts(instance: Instance, plan: Plan) -> dict[str, int]:
    """The cost by kind: unplaced, value, corner, wish, zone, competitor, together."""
    points, stands = instance["weights"], {each["id"]: each for each in instance["stands"]}
    found: Counter[str] = Counter()
    clusters = set()
    for each in instance["exhibitors"]:
        block = plan.get(each["id"])
        if not block:
            found["unplaced"] += points["unplaced"] * weight(each)
            continue
        held = [stands[code] for code in block]
        found["value"] += weight(each) * (100 - max(stand["value"] for stand in held)) // points["value_div"]
        if each["wants_corner"] and all(not stand["corner"] for stand in held):
            found["corner"] += points["corner"] * weight(each)
        if each["wishes"]:
            granted = [points["wish"][rank] for rank, code in enumerate(each["wishes"]) if code in block]
            found["wish"] += weight(each) * (granted[0] if granted else points["wish_none"])
        clusters.add((each["sector"], held[0]["zone"]))
    found["zone"] = points["zone"] * len(clusters)
    return dict(found + _pairs(instance, plan))


def _pairs(instance: Instance, plan: Plan) -> Counter[str]:
    points, zone = instance["weights"], {each["id"]: each["zone"] for each in instance["stands"]}
    code = [each["id"] for each in instance["stands"]]
    kinds: dict[frozenset[str], set[str]] = {}
    for a, b, kind in instance["edges"]:
        kinds.setdefault(frozenset((code[a], code[b])), set()).add(kind)
    found: Counter[str] = Counter()
    for each in instance["exhibitors"]:
        mine = plan.get(each["id"]) or []
        for other in each["competitors"]:
            theirs = plan.get(other) or []
            if each["id"] < other and _between(kinds, mine, theirs):
                found["competitor"] += points["competitor"]
        for other in each["together"]:
            theirs = plan.get(other) or []
            if each["id"] > other:
                continue
            beside = _between(kinds, mine, theirs) - {"diagonal"}
            together = bool(mine and theirs) and zone[mine[0]] == zone[theirs[0]]
            found["together"] += 0 if beside else points["together_adjacent"]
            found["together"] += 0 if together else points["together_zone"]
    return found


def _between(kinds: dict[frozenset[str], set[str]], mine: list[str], theirs: list[str]) -> set[str]:
    return {kind for a in mine for b in theirs for kind in kinds.get(frozenset((a, b)), ())}


def faults(instance: Instance, plan: Plan) -> list[str]:
    """Every hard rule that the plan breaks, in words; none in a valid plan."""
    people = {each["id"]: each for each in instance["exhibitors"]}
    stands = {each["id"]: each for each in instance["stands"]}
    given = [code for block in plan.values() for code in block or ()]
    found = [f"{code} is given {times} times" for code, times in Counter(given).items() if times > 1]
    found += [f"nobody knows {who}" for who in plan.keys() - people.keys()]
    found += [f"there is no stand {code}" for code in set(given) - stands.keys()]
    if found:
        return sorted(found)
    for who, block in plan.items():
        if block:
            found += [f"{who}: {what}" for what in _misfits(people[who], [stands[code] for code in block])]
    return sorted(found + _overloads(instance, plan, stands, people))


def _misfits(who: dict[str, Any], held: list[dict[str, Any]]) -> list[str]:
    needs, first = who["needs"], held[0]
    in_a_row = [(first["row"], first["pos"] + step) for step in range(len(held))]
    fulfilled = {
        "power_kw": any(stand["power"] for stand in held),
        "water": any(stand["water"] for stand in held),
        "food": all(stand["food"] for stand in held),
        "accessible": all(stand["accessible"] for stand in held),
        "corner": any(stand["corner"] for stand in held),
    }
    found = [f"no {need}" for need in POSITIVE_NEEDS if needs[need] and not fulfilled[need]]
    if len(held) != who["size"]:
        found.append("another size")
    if [(stand["row"], stand["pos"]) for stand in held] != in_a_row:
        found.append("not one block of a row")
    if sum(Fraction(str(stand["area"])) for stand in held) < Fraction(str(who["min_area"])):
        found.append("too small")
    return found


def _overloads(instance: Instance, plan: Plan, stands: dict[str, Any], people: dict[str, Any]) -> list[str]:
    load: dict[str, Fraction] = {}
    for who, block in plan.items():
        powered = [stands[code]["circuit"] for code in block or () if stands[code]["power"]]
        if powered and powered[0] is not None:
            asked = Fraction(str(people[who]["needs"]["power_kw"]))
            load[powered[0]] = load.get(powered[0], Fraction(0)) + asked
    return [
        f"circuit {each['id']} bears {float(load[each['id']])} kW of {each['kw']}"
        for each in instance["circuits"]
        if load.get(each["id"], 0) > Fraction(str(each["kw"]))
    ]


def envies(instance: Instance, plan: Plan) -> list[tuple[str, str]]:
    """Justified envy: pairs (who, whom) where who weighs more, and would rather have whom's block of the same size."""
    stands = {each["id"]: each for each in instance["stands"]}
    alone = {**instance, "edges": [], "weights": {**instance["weights"], "zone": 0}}

    def dislike(who: dict[str, Any], block: list[str] | None) -> float:
        if not block:
            return float("inf")
        lonely = {**who, "competitors": [], "together": []}
        return sum(parts({**alone, "exhibitors": [lonely]}, {who["id"]: block}).values())

    found = []
    for who in instance["exhibitors"]:
        own = dislike(who, plan.get(who["id"]))
        for whom in instance["exhibitors"]:
            block = plan.get(whom["id"])
            if not block or who["size"] != whom["size"] or weight(who) <= weight(whom):
                continue
            if not _misfits(who, [stands[code] for code in block]) and dislike(who, block) < own:
                found.append((who["id"], whom["id"]))
    return found


def main(arguments: list[str]) -> int:
    """Judge the two files named."""
    instance, plan = (json.loads(Path(name).read_text(encoding="utf-8")) for name in arguments)
    found, broken = parts(instance, plan), faults(instance, plan)
    sys.stdout.write("\n".join([str(sum(found.values())), str(found), *broken]) + "\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
