"""What is to be allocated: frozen values, sorted by code, so that shuffled input is the same input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from village.floor.rules import Needs, Stand, WishKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from village.floor.allocation.rulesets import RuleSet

Block = tuple[str, ...]
"""Codes of neighbouring stands of one row, in row order."""

Plan = Mapping[str, Block]
"""Exhibitor code → its block; who is missing has no stand."""


class Beside(StrEnum):
    """How two stands are neighbours."""

    SIDE = "side"
    BACK = "back"
    ACROSS = "across"
    DIAGONAL = "diagonal"


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """Two neighbouring stands, the smaller code first."""

    a: str
    b: str
    kind: Beside


@dataclass(frozen=True, slots=True, order=True)
class Circuit:
    """An electric circuit and what it carries, in watts."""

    code: str
    watts: int


@dataclass(frozen=True, slots=True)
class Exhibitor:
    """One exhibitor (or several who share) who is to get one block of ``size`` stands.

    Which fields count is the rule set's affair.  ``zone`` is the zone of its sector (see `zone_of`);
    ``priority`` and ``seniority`` weigh it; ``stand_wishes`` are codes of stands, the dearest first;
    ``poor_place_last_year`` says that last year's stand was a poor one; ``good_places`` how good its
    places of earlier editions were (0: never a good one), so that the good places go round.
    """

    code: str
    zone: str = ""
    province: str = ""
    needs: Needs = field(default_factory=Needs)
    poor_place_last_year: bool = False
    sector: str = ""
    size: int = 1
    min_area_cm2: int = 0
    wants_corner: bool = False
    priority: int = 1
    seniority: int = 0
    stand_wishes: tuple[str, ...] = ()
    good_places: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Wish:
    """Two exhibitors who wish to be side by side, or apart.  The order of the two says nothing."""

    kind: WishKind
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A floor, the exhibitors, their wishes and what is already settled (``pins``: exhibitor → block).

    Stands are in order of row, position and code; all else in order of code.  Use `problem` to build
    one: it sorts and checks.
    """

    stands: tuple[Stand, ...]
    exhibitors: tuple[Exhibitor, ...]
    wishes: tuple[Wish, ...]
    rules: RuleSet
    pins: Mapping[str, Block]
    edges: tuple[Edge, ...] = ()
    circuits: tuple[Circuit, ...] = ()

    def with_rules(self, rules: RuleSet) -> Problem:
        """The same problem under other rules or weights."""
        return replace(self, rules=rules)

    def with_pins(self, pins: Mapping[str, Sequence[str]]) -> Problem:
        """The same problem with other pins, checked as in `problem`."""
        _check_pins(self.stands, self.exhibitors, pins)
        return replace(self, pins=_sorted_pins(pins), exhibitors=_sized_as_pinned(self.exhibitors, pins))


def problem(
    stands: Iterable[Stand],
    exhibitors: Iterable[Exhibitor],
    wishes: Iterable[Wish] = (),
    *,
    rules: RuleSet | None = None,
    pins: Mapping[str, Sequence[str] | str] | None = None,
    edges: Iterable[Edge] = (),
    circuits: Iterable[Circuit] = (),
) -> Problem:
    """The problem with its parts in order; a wish about two absent exhibitors falls away.

    A pin may be one stand's code or a block of codes; a pinned exhibitor asks for as many stands as it has.

    Raises:
        ValueError: a code occurs twice, a pin names an unknown stand or exhibitor, or is not one block.
    """
    from village.floor.allocation.rulesets import ZONES_AND_WISHES

    floor, people = tuple(stands), tuple(exhibitors)
    _check_codes("stands", [each.code for each in floor])
    _check_codes("exhibitors", [each.code for each in people])
    settled = {who: (block,) if isinstance(block, str) else tuple(block) for who, block in (pins or {}).items()}
    _check_pins(floor, people, settled)
    known = {each.code for each in people}
    kept = {
        Wish(each.kind, min(each.a, each.b), max(each.a, each.b))
        for each in wishes
        if each.a != each.b and (each.a in known or each.b in known)
    }
    return Problem(
        tuple(sorted(floor, key=lambda each: (each.row, each.position, each.code))),
        tuple(sorted(_sized_as_pinned(people, settled), key=lambda each: each.code)),
        tuple(sorted(kept)),
        rules or ZONES_AND_WISHES,
        _sorted_pins(settled),
        tuple(sorted({Edge(min(e.a, e.b), max(e.a, e.b), e.kind) for e in edges})),
        tuple(sorted(circuits)),
    )


def _check_codes(what: str, codes: list[str]) -> None:
    if len(set(codes)) != len(codes):
        raise ValueError(f"codes of {what} must be unique")


def _check_pins(
    stands: tuple[Stand, ...], exhibitors: tuple[Exhibitor, ...], pins: Mapping[str, Sequence[str]]
) -> None:
    codes, known = {each.code for each in stands}, {each.code for each in exhibitors}
    named = [code for block in pins.values() for code in block]
    if not (pins.keys() <= known and set(named) <= codes):
        raise ValueError("a pin names an unknown stand or exhibitor")
    if len(set(named)) != len(named):
        raise ValueError("two pins name one stand")
    by_code = {each.code: each for each in stands}
    for block in pins.values():
        held = [by_code[code] for code in block]
        if not held or any(a.row != b.row or b.position != a.position + 1 for a, b in pairwise(held)):
            raise ValueError("a pin is not one block of a row")


def _sized_as_pinned(people: tuple[Exhibitor, ...], pins: Mapping[str, Sequence[str]]) -> tuple[Exhibitor, ...]:
    return tuple(replace(each, size=len(pins[each.code])) if each.code in pins else each for each in people)


def _sorted_pins(pins: Mapping[str, Sequence[str]]) -> dict[str, Block]:
    return {who: tuple(pins[who]) for who in sorted(pins)}


def zone_of(sector: str, branch: str | None, zones: Mapping[str, tuple[str, ...]], default: str) -> str:
    """The zone an exhibitor's sector belongs to.

    ``zones`` maps a zone's code to its entries, ``"sector"`` or ``"sector:branch"``.  The branch goes
    before the sector; a sector that no zone lists belongs to ``default``.
    """
    wanted = ([f"{sector}:{branch}"] if branch else []) + [sector]
    for entry in wanted:
        for code in sorted(zones):
            if entry in zones[code]:
                return code
    return default
