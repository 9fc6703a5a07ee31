"""What rule sets share: how much an exhibitor weighs, how points are changed, pairs and neighbours by number."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from _typeshed import DataclassInstance

    from village.floor.allocation.problem import Exhibitor, Problem
    from village.floor.allocation.terms import Near, Pairs
    from village.floor.rules import WishKind

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
