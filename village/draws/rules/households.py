"""Who wins only once together: people with one telephone, or of one organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def groups_of(persons: Iterable[tuple[int, str | None, str]]) -> dict[int, str | None]:
    """Give everyone the group they share with whoever has the same telephone or organisation, also over others.

    If A has the telephone of B and B the organisation of C, then the three are one group.

    Args:
        persons: id, telephone (E.164, or None) and organisation (as typed; capitals and blanks make no difference).

    Returns:
        A group (`persons:` and the smallest id in it) for everyone who shares something; None for who stands alone.

    """
    head: dict[int, int] = {}
    first: dict[tuple[str, str], int] = {}
    for person, phone, organisation in persons:
        head[person] = person
        for kind, shared in (("phone", phone or ""), ("organisation", " ".join(organisation.casefold().split()))):
            if shared:
                _join(head, first.setdefault((kind, shared), person), person)
    members: dict[int, list[int]] = {}
    for person in head:
        members.setdefault(_find(head, person), []).append(person)
    return {
        person: f"persons:{min(those)}" if len(those) > 1 else None for those in members.values() for person in those
    }


def _find(head: dict[int, int], person: int) -> int:
    while head[person] != person:
        head[person] = head[head[person]]
        person = head[person]
    return person


def _join(head: dict[int, int], one: int, other: int) -> None:
    first, second = sorted((_find(head, one), _find(head, other)))
    head[second] = first
