"""What is to be allocated: frozen values, sorted by code, so that shuffled input is the same input."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from village.floor.rules import Needs, Stand, WishKind


@dataclass(frozen=True, slots=True)
class Exhibitor:
    """One exhibitor who is to get one stand.

    ``zone`` is the zone of its sector (see `zone_of`).  ``poor_place_last_year`` says that last
    year's stand was a poor one, so that this year's should lie nearer to the entrance.
    """

    code: str
    zone: str
    province: str
    needs: Needs = field(default_factory=Needs)
    poor_place_last_year: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Wish:
    """Two exhibitors who wish to be side by side, or apart.  The order of the two says nothing."""

    kind: WishKind
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Weights:
    """What each thing one would rather avoid costs; whole points."""

    unplaced: int = 1000
    out_of_zone: int = 10
    apart_broken: int = 15
    together_broken: int = 20
    poor_again: int = 8
    province_over: int = 12


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A named set of rules by which the cost of a plan is counted.

    ``apart_cm`` is the least distance of two centres for a pair that wishes to be apart;
    ``near_entrance`` is how many stands nearest the entrance are watched and ``province_limit`` how
    many of them the exhibitors of one province hold without cost.
    """

    name: str
    weights: Weights = field(default_factory=Weights)
    apart_cm: int = 600
    near_entrance: int = 15
    province_limit: int = 4


# The rules the organisers of the village wrote down: sectors in their zones, wishes, a better place
# for those who had a poor one, and no province alone at the entrance (30 % of 15 stands: 4).
ZONES_AND_WISHES = RuleSet("zones-and-wishes")
RULE_SETS: Mapping[str, RuleSet] = {ZONES_AND_WISHES.name: ZONES_AND_WISHES}


@dataclass(frozen=True, slots=True)
class Problem:
    """A floor, the exhibitors, their wishes and what is already settled (``pins``: exhibitor → stand).

    Use `problem` to build one: it sorts and checks.
    """

    stands: tuple[Stand, ...]
    exhibitors: tuple[Exhibitor, ...]
    wishes: tuple[Wish, ...]
    rules: RuleSet
    pins: Mapping[str, str]


def problem(
    stands: tuple[Stand, ...] | list[Stand],
    exhibitors: tuple[Exhibitor, ...] | list[Exhibitor],
    wishes: tuple[Wish, ...] | list[Wish] = (),
    *,
    rules: RuleSet = ZONES_AND_WISHES,
    pins: Mapping[str, str] | None = None,
) -> Problem:
    """The problem with its parts in order of code; wishes about absent exhibitors fall away.

    Raises:
        ValueError: a code occurs twice, or a pin names an unknown stand or exhibitor.
    """
    stand_codes = [each.code for each in stands]
    codes = [each.code for each in exhibitors]
    if len(set(stand_codes)) != len(stand_codes) or len(set(codes)) != len(codes):
        msg = "codes of stands and of exhibitors must be unique"
        raise ValueError(msg)
    settled = dict(sorted((pins or {}).items()))
    if not (settled.keys() <= set(codes) and set(settled.values()) <= set(stand_codes)):
        msg = "a pin names an unknown stand or exhibitor"
        raise ValueError(msg)
    if len(set(settled.values())) != len(settled):
        msg = "two pins name one stand"
        raise ValueError(msg)
    known = set(codes)
    kept = {
        Wish(each.kind, min(each.a, each.b), max(each.a, each.b))
        for each in wishes
        if each.a in known and each.b in known and each.a != each.b
    }
    return Problem(
        tuple(sorted(stands, key=lambda each: each.code)),
        tuple(sorted(exhibitors, key=lambda each: each.code)),
        tuple(sorted(kept)),
        rules,
        settled,
    )


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


Plan = Mapping[str, str]
"""Exhibitor code → stand code; who is missing has no stand."""


class Proof(StrEnum):
    """How far a plan is known to be the best: never "optimal" unless proven."""

    PROVEN = "proven"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the search has come: best cost so far and a bound no plan can beat (points, or None)."""

    phase: str
    cost: int | None
    bound: int | None


OnProgress = Callable[[Progress], None]
Stop = Callable[[], bool]
