"""What rule sets share: how much an exhibitor weighs, how points are changed, pairs and neighbours by number."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from village.floor.allocation.terms import (
    NEVER,
    Terms,
    allowed_blocks,
    circuits_of_blocks,
    pinned_starts,
    windows,
)
from village.floor.rules import WishKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from _typeshed import DataclassInstance

    from village.floor.allocation.problem import Exhibitor, Problem
    from village.floor.allocation.terms import Near, Pairs

    Weights = TypeVar("Weights", bound=DataclassInstance)

# Seniority counts up to here, by halves.
MOST_SENIOR = 8


def weight_of(exhibitor: Exhibitor) -> int:
    """Priority, and a half point for each earlier edition up to eight."""
    return exhibitor.priority + min(exhibitor.seniority, MOST_SENIOR) // 2


def changed(weights: Weights, changes: Mapping[str, int], *, besides: frozenset[str] = frozenset()) -> Weights:
    """The weights with some points changed; those ``besides`` are no single points.

    Raises:
        ValueError: an unknown weight, or points below 0.
    """
    known = {each.name for each in fields(weights)} - besides
    if not changes.keys() <= known or any(points < 0 for points in changes.values()):
        raise ValueError("weights are known and not negative")
    points: dict[str, Any] = dict(changes)
    return replace(weights, **points)


def numbered(problem: Problem) -> Terms:
    """The numbers that are the same under every rule set; nothing costs anything yet."""
    stands, people = problem.stands, problem.exhibitors
    run, run_end = windows(problem)
    allowed = allowed_blocks(problem, run_end)
    circuit, capacity = circuits_of_blocks(problem, max((each.size for each in people), default=1))
    zones = {code: index for index, code in enumerate(sorted({each.zone for each in stands}))}
    groups = {code: index for index, code in enumerate(sorted({each.sector for each in people}))}
    return Terms(
        exhibitors=tuple(each.code for each in people),
        stands=tuple(each.code for each in stands),
        size=np.array([each.size for each in people], np.int32),
        group=np.array([groups[each.sector] for each in people], np.int32),
        zone=np.array([zones[each.zone] for each in stands], np.int32),
        run=run,
        run_end=run_end,
        allowed=allowed,
        cost=np.where(allowed, 0, NEVER).astype(np.int32),
        unplaced=np.zeros(len(people), np.int64),
        watts=np.array([each.needs.power_w for each in people], np.int64),
        circuit=circuit,
        capacity=capacity,
        pinned=pinned_starts(problem),
        near=((),) * len(stands),
        beside=((),) * len(stands),
        apart=pairs_of(problem, WishKind.APART),
        together=pairs_of(problem, WishKind.TOGETHER),
        weight=np.array([weight_of(each) for each in people], np.int32),
    )


def pairs_of(problem: Problem, kind: WishKind) -> Pairs:
    """Numbers of the two exhibitors of each wish of a kind; wishes about somebody absent are left out."""
    number = {each.code: index for index, each in enumerate(problem.exhibitors)}
    return tuple(
        (number[each.a], number[each.b])
        for each in problem.wishes
        if each.kind is kind and each.a in number and each.b in number
    )


def related(count: int, pairs: Iterable[tuple[int, int]]) -> Near:
    """For each of ``count`` stands those related to it, both ways round, in order."""
    found: list[set[int]] = [set() for _ in range(count)]
    for a, b in pairs:
        found[a].add(b)
        found[b].add(a)
    return tuple(tuple(sorted(each)) for each in found)
