"""A lot for the stands as one JSON object that anybody can recompute: docs/protocol.md, "Stands by lot".  Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from village.floor.allocation import RULE_SETS, Allocation, Circuit, Edge, Exhibitor, Wish, problem
from village.floor.allocation.problem import Beside
from village.floor.rules import Box, Needs, Reserve, Stand, WishKind
from village.kit import lot
from village.kit.called_lot import (
    FEWEST_SEATS,
    Fault,
    LotFaulty,
    commitment_of,
    is_number,
    need_all,
    read_bundle,
    seat_codes,
)
from village.kit.canonical import dumps

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from village.floor.allocation import Problem

PROTOCOL: Final = "village-stand-lot/1"
KEYS: Final = frozenset({"bundle", "commitment", "ranking", "sealed", "seed", "turns", "witness"})


@dataclass(frozen=True)
class DrawnLot:
    """What follows from a sealed lot and the witnesses' numbers."""

    seed: str
    ranking: tuple[str, ...]
    turns: tuple[list[Any], ...]
    allocation: Allocation


def sealed_lot(
    case: Problem, *, edition: str, hall: str, number: int, previous: str | None, seats: int
) -> dict[str, Any]:
    """What is sealed: who takes part and what each needs, every stand, the rules, how many witnesses."""
    rules = asdict(case.rules)  # type: ignore[call-overload]
    weights = {name: list(each) if isinstance(each, tuple) else each for name, each in rules["weights"].items()}
    return {
        "edition": edition,
        "hall": hall,
        "number": number,
        "previous": previous,
        "problem": {
            "circuits": [[each.code, each.watts] for each in case.circuits],
            "edges": [[each.a, each.b, each.kind.value] for each in case.edges],
            "exhibitors": [_plain(each) for each in case.exhibitors],
            "pins": {who: list(block) for who, block in case.pins.items()},
            "rules": {**rules, "weights": weights},
            "stands": [_plain(each) for each in case.stands],
            "wishes": [[each.kind.value, each.a, each.b] for each in case.wishes],
        },
        "seats": seat_codes(seats),
        "v": PROTOCOL,
    }


def _plain(value: Exhibitor | Stand) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, each in asdict(value).items():
        found[name] = list(each) if isinstance(each, tuple) else each.value if isinstance(each, StrEnum) else each
    return found


def opened(sealed: Mapping[str, Any]) -> Problem:
    """The problem that was sealed."""
    parts = sealed["problem"]
    rules, base = dict(parts["rules"]), RULE_SETS[parts["rules"]["name"]]
    points = {name: tuple(each) if isinstance(each, list) else each for name, each in rules.pop("weights").items()}
    same = replace(base, weights=replace(base.weights, **points), **rules)  # type: ignore[type-var,arg-type]
    return problem(
        [_stand(each) for each in parts["stands"]],
        [_exhibitor(each) for each in parts["exhibitors"]],
        [Wish(WishKind(kind), a, b) for kind, a, b in parts["wishes"]],
        rules=same,
        pins=parts["pins"],
        edges=[Edge(a, b, Beside(kind)) for a, b, kind in parts["edges"]],
        circuits=[Circuit(code, watts) for code, watts in parts["circuits"]],
    )


def _stand(each: Mapping[str, Any]) -> Stand:
    reserved = each["reserved_for"]
    return Stand(**{**each, "box": Box(**each["box"]), "reserved_for": Reserve(reserved) if reserved else None})


def _exhibitor(each: Mapping[str, Any]) -> Exhibitor:
    known = {field.name for field in fields(Exhibitor)}
    if set(each) != known:
        raise KeyError("exhibitor")
    return Exhibitor(**{**each, "needs": Needs(**each["needs"]), "stand_wishes": tuple(each["stand_wishes"])})


def draw_lot(sealed: Mapping[str, Any], witness: Iterable[tuple[str, str]]) -> DrawnLot:
    """The seed, the order and every turn, from what was sealed and the numbers of the witnesses (seat, value)."""
    from village.floor.allocation.lot import Turn, draw, order_by_lot

    case = opened(sealed)
    seed = lot.seed(commitment_of(sealed), witness)
    ranking = order_by_lot(case, seed)
    turns: list[list[Any]] = []

    def note(turn: Turn) -> None:
        better = [[list(each.block), each.why.value] for each in turn.refused]
        block = list(turn.block) if turn.block else None
        turns.append([turn.place, turn.who, block, better, turn.gone, turn.needed])

    found = draw(case, ranking, on_turn=note)
    return DrawnLot(seed.hex(), tuple(ranking), tuple(turns), found)


def bundle_of(
    *,
    sealed: Mapping[str, Any],
    commitment: str,
    witness: Iterable[tuple[str, str]],
    seed: str | None,
    ranking: Iterable[str],
    turns: Iterable[list[Any]],
) -> bytes:
    """The whole lot as canonical JSON, as `verify` reads it."""
    return dumps(
        {
            "bundle": PROTOCOL,
            "commitment": commitment,
            "ranking": list(ranking),
            "sealed": dict(sealed),
            "seed": seed,
            "turns": list(turns),
            "witness": sorted([seat, value] for seat, value in witness),
        }
    )


def verify(data: bytes) -> DrawnLot:
    """Recompute a lot from its bundle.

    Raises:
        LotFaulty: the first thing in it that does not follow from the rest.
    """
    bundle = read_bundle(data, PROTOCOL, KEYS)
    sealed = bundle["sealed"]
    try:
        witness = [(str(seat), str(value)) for seat, value in bundle["witness"]]
        seats = list(sealed["seats"])
    except (TypeError, ValueError, KeyError) as error:
        raise LotFaulty(Fault.WITNESS_MISSING) from error
    enough = len(seats) >= FEWEST_SEATS and sorted(seats) == [seat for seat, _ in witness]
    if not enough or not all(is_number(value) for _, value in witness):
        raise LotFaulty(Fault.WITNESS_MISSING)
    try:
        found = draw_lot(sealed, witness)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise LotFaulty(Fault.SEALED_ALTERED) from error
    need_all(
        [
            (Fault.SEED_WRONG, found.seed == bundle["seed"]),
            (Fault.RANKING_WRONG, list(found.ranking) == bundle["ranking"]),
            (Fault.TURNS_ALTERED, [list(turn) for turn in found.turns] == bundle["turns"]),
        ]
    )
    return found
