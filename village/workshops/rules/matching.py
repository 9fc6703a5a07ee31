"""Seat as many as can be: each takes one of the places open to them, and gives way where another is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

T = TypeVar("T")


def seat(options: Sequence[Sequence[T]], left: Mapping[T, int]) -> dict[int, T]:
    """Return whom to seat where: the number of each in `options` and one of their own choices.

    As many are seated as can be (augmenting paths, Berge 1957); each as near the head of their choices as those seated
    before them allow. `left` is how many each choice takes.
    """
    seated: dict[T, list[int]] = {}

    def place(number: int, tried: set[T]) -> bool:
        for choice in options[number]:
            room = left.get(choice, 0)
            if choice in tried or room <= 0:
                continue
            tried.add(choice)
            there = seated.setdefault(choice, [])
            if len(there) < room:
                there.append(number)
                return True
            for at, other in enumerate(there):
                if place(other, tried):
                    there[at] = number
                    return True
        return False

    for number in range(len(options)):
        place(number, set())
    return {number: choice for choice, numbers in seated.items() for number in numbers}
