"""Who may be one and the same: likely pairs, with what speaks for each. They are shown to staff, never merged by this.

A family shares a telephone and a town shares names, so neither alone says much; names are compared by their fold, then
by their consonants across scripts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING

from village.people.rules.finding import words_meet
from village.people.rules.spelling import grown_together, name_words, word_sounds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

_WHOLE = 2  # words that make a whole name


class Sign(StrEnum):
    """One thing that speaks for two persons being one, or against."""

    SAME_NAME = "same_name"
    SOUNDS_ALIKE = "sounds_alike"
    SHORTER_NAME = "shorter_name"
    SAME_PHONE = "same_phone"
    SAME_EMAIL = "same_email"
    OTHER_PHONE = "other_phone"
    OTHER_GENDER = "other_gender"


_WEIGHT: Mapping[Sign, int] = MappingProxyType(
    {
        Sign.SAME_NAME: 5, Sign.SOUNDS_ALIKE: 4, Sign.SHORTER_NAME: 2, Sign.SAME_PHONE: 4, Sign.SAME_EMAIL: 4,
        Sign.OTHER_PHONE: -2, Sign.OTHER_GENDER: -3,
    }
)  # fmt: skip
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Known:
    """What is compared of a person."""

    id: int
    name_ar: str
    name_fr: str
    phone: str | None
    email: str | None
    gender: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two persons, the smaller id first, and what speaks for and against; the heavier, the likelier."""

    a: int
    b: int
    signs: tuple[Sign, ...]
    weight: int


def likely_pairs(people: Sequence[Known], distinct: Collection[tuple[int, int]] = ()) -> list[Pair]:
    """List the pairs that may be one person, the likeliest first; pairs that staff said to be two are left out."""
    by_id = {person.id: person for person in people}
    pairs = []
    for a, b in sorted(_meetings(people) - set(distinct)):
        signs = _signs(by_id[a], by_id[b])
        weight = sum(_WEIGHT[sign] for sign in signs)
        names_meet = {Sign.SAME_NAME, Sign.SOUNDS_ALIKE, Sign.SHORTER_NAME} & set(signs)
        if names_meet and weight >= _LEAST + (Sign.SHORTER_NAME in signs) * 2:
            pairs.append(Pair(a, b, signs, weight))
    return sorted(pairs, key=lambda pair: (-pair.weight, pair.a, pair.b))


def _meetings(people: Iterable[Known]) -> set[tuple[int, int]]:
    """Bring together only those who share a telephone, a mail address or all consonants of a whole name."""
    rooms: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for person in people:
        for address in (person.phone, person.email):
            if address:
                rooms[("at", address.casefold())].add(person.id)
        for name in (person.name_ar, person.name_fr):
            words = _words(name)
            if len(words) >= _WHOLE:
                for sound in (False, True):
                    keys = sorted(word_sounds(word)[0] if sound else word for word in words if word_sounds(word))
                    rooms[("sound" if sound else "name", *keys)].add(person.id)
    return {pair for room in rooms.values() for pair in combinations(sorted(room), 2)}


def _signs(a: Known, b: Known) -> tuple[Sign, ...]:
    return tuple(_say(a, b))


def _say(a: Known, b: Known) -> Iterator[Sign]:
    name = _name_sign(a, b)
    if name:
        yield name
    if a.phone and b.phone:
        yield Sign.SAME_PHONE if a.phone == b.phone else Sign.OTHER_PHONE
    if a.email and b.email and a.email.casefold() == b.email.casefold():
        yield Sign.SAME_EMAIL
    if {a.gender, b.gender} == {"m", "f"}:
        yield Sign.OTHER_GENDER


def _name_sign(a: Known, b: Known) -> Sign | None:
    mine, theirs = (a.name_ar, a.name_fr), (b.name_ar, b.name_fr)
    for one, other in zip(mine, theirs, strict=True):
        if one and sorted(_words(one)) == sorted(_words(other)):
            return Sign.SAME_NAME
    shorter = False
    for one in filter(None, mine):
        for other in filter(None, theirs):
            few, many = sorted((_words(one), _words(other)), key=len)
            if not few or not words_meet(few, many):
                continue
            if words_meet(many, few):
                return Sign.SOUNDS_ALIKE
            shorter = shorter or len(few) < len(many)
    return Sign.SHORTER_NAME if shorter else None


def _words(name: str) -> list[str]:
    return grown_together([word for word in name_words(name) if word_sounds(word)])
