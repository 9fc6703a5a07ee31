"""Finding a person: the keys kept of each, what a query asks of them, and how near a name is to what was typed.

Keys are short texts that a database finds by their beginning in an ordinary B-tree. They only bring candidates: which
of them is meant, and which is first, is decided here by the letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from village.people.rules.nearness import alike, distance
from village.people.rules.spelling import SOUNDLESS, fold, grown_together, name_words, western_digits, word_sounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONGEST = 40
_TOKENS = 5
_ID_DIGITS = 4
_MOROCCO = "212"
_NATIONAL_DIGITS = 9


class Kind(StrEnum):
    """What a key holds of a person."""

    CODE = "c"
    WORD = "w"  # one word of the name, folded
    TEXT = "t"  # the folded name from one word on, without spaces
    WORD_SOUND = "k"  # the consonants of one word
    SOUND = "s"  # the consonants from one word on
    PHONE_START = "p"
    PHONE_END = "e"  # the telephone backwards


@dataclass(frozen=True, slots=True)
class Wanted:
    """One look into the keys: those equal to `key`, or all that begin with it."""

    kind: Kind
    key: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, as looks into the keys.

    `direct` finds by code or telephone; `whole` by the name in one piece, however it is spaced; each of `tokens` is one
    word, and a person must meet them all, in any order.
    """

    words: tuple[str, ...]
    direct: tuple[Wanted, ...]
    whole: tuple[Wanted, ...]
    tokens: tuple[tuple[Wanted, ...], ...]


def keys_of(names: Iterable[str], code: str, phone: str | None) -> frozenset[tuple[Kind, str]]:
    """Return the keys by which a person is found: `names` holds the whole name of each script."""
    keys = {(Kind.CODE, _piece(code))}
    for name in names:
        words = name_words(name)
        sounds = [word_sounds(word) for word in words]
        for word in set(grown_together(words)) - set(words):
            keys |= {(Kind.WORD, word[:LONGEST]), (Kind.TEXT, word[:LONGEST])}
            keys |= {(Kind.WORD_SOUND, sound[:LONGEST]) for sound in word_sounds(word)}
        for start, word in enumerate(words):
            keys.add((Kind.WORD, word[:LONGEST]))
            keys.add((Kind.TEXT, "".join(words[start:])[:LONGEST]))
            rest = "".join(each[0] for each in sounds[start + 1 :] if each)
            for sound in sounds[start]:
                keys.add((Kind.WORD_SOUND, sound[:LONGEST]))
                keys.add((Kind.SOUND, _single(sound + rest)[:LONGEST]))
    if phone:
        digits = re.sub(r"\D", "", phone)
        keys.add((Kind.PHONE_START, digits.removeprefix(_MOROCCO)))
        keys.add((Kind.PHONE_END, digits[::-1]))
    return frozenset((kind, key) for kind, key in keys if key)


@lru_cache(maxsize=500)
def read_query(typed: str) -> Query:
    """Understand what was typed: a name in either script, a telephone or its last digits, a code."""
    words = tuple(grown_together(name_words(typed[:200])))
    direct = []
    if words:
        direct.append(Wanted(Kind.CODE, _piece(typed[:LONGEST]), whole=True))
    digits = "".join(c for c in western_digits(typed[:LONGEST]) if c.isdigit())
    if len(digits) >= _ID_DIGITS:
        direct.append(Wanted(Kind.PHONE_END, digits[::-1]))
        # Written whole, a number may begin with 00, 212 or 0; these are not what it is kept by.
        bare = digits.removeprefix("00").removeprefix(_MOROCCO if len(digits) > _NATIONAL_DIGITS else "")
        direct.append(Wanted(Kind.PHONE_START, bare.removeprefix("0")))
    said = [word for word in words if word_sounds(word) or not word.isalpha()] or list(words)
    # The longest words say most; nobody types more than a few.
    tokens = sorted(said, key=len, reverse=True)[:_TOKENS]
    return Query(tuple(said), tuple(each for each in direct if each.key), _whole(words), tuple(map(_looks, tokens)))


def _looks(word: str) -> tuple[Wanted, ...]:
    looks = [Wanted(Kind.WORD, word[:LONGEST], whole=True), Wanted(Kind.TEXT, word[:LONGEST])]
    for sound in word_sounds(word):
        looks.append(Wanted(Kind.WORD_SOUND, sound[:LONGEST], whole=True))
        if len(sound) > 1:
            looks.append(Wanted(Kind.SOUND, sound[:LONGEST]))
    return tuple(looks)


def _whole(words: Sequence[str]) -> tuple[Wanted, ...]:
    if not words:
        return ()
    looks = [Wanted(Kind.TEXT, "".join(words)[:LONGEST])]
    sound = _sound(words)
    if len(sound) > 1:
        looks.append(Wanted(Kind.SOUND, sound[:LONGEST]))
    return tuple(looks)


def nearness(query: Query, names: Iterable[str]) -> float | None:
    """Tell how far a person's names are from a query, 0 for the very words; None where they only seemed to meet.

    The cost of a word is that of `_word_cost`; words of the name that nobody asked for count a little.
    """
    best = None
    for name in names:
        cost = _name_cost(query.words, tuple(name_words(name)))
        if cost is not None and (best is None or cost < best):
            best = cost
    return best


def words_meet(asked: Iterable[str], words: Sequence[str]) -> bool:
    """Tell whether each of some words is, or begins, or sounds like one of the others."""
    return all(_nearest(each, words) is not None for each in asked)


@lru_cache(maxsize=20_000)
def _name_cost(asked: tuple[str, ...], words: tuple[str, ...]) -> float | None:
    if not words:
        return None
    grown = grown_together(list(words))
    costs = [_nearest(each, (*grown, *words)) for each in asked]
    more = 0.2 * max(0, len(words) - len(asked))
    apart = None if None in costs or not costs else sum(c for c in costs if c is not None) + more
    joined = _joined_cost(asked, words)
    return min((cost for cost in (apart, joined) if cost is not None), default=None)


def _nearest(asked: str, words: Iterable[str]) -> float | None:
    return min((cost for cost in (_word_cost(asked, word) for word in words) if cost is not None), default=None)


@lru_cache(maxsize=50_000)
def _word_cost(asked: str, word: str) -> float | None:
    """Price a word of a name: 0 the same, 0.3 its beginning, from 0.5 the same consonants, from 1.5 their beginning."""
    if asked == word:
        return 0.0
    if word.startswith(asked):
        return 0.3
    mine, theirs = word_sounds(asked), word_sounds(word)
    if set(mine) & set(theirs):
        return 0.5 + distance(asked, word) if alike(asked, word) else None
    if any(len(a) > 1 and b.startswith(a) for a in mine for b in theirs) and alike(asked, word, to_the_end=False):
        return 1.5 + distance(asked, word)
    return None


def _joined_cost(asked: Sequence[str], words: Sequence[str]) -> float | None:
    """Price a name that is spaced otherwise: Noureddine for نور الدين."""
    together, sound, best = "".join(asked), _sound(asked), None
    for start in range(len(words)):
        text, heard = "".join(words[start:]), _sound(words[start:])
        ends = heard == sound
        if text.startswith(together):
            cost = 0.4 + (0.0 if text == together else 0.2)
        elif len(sound) > 1 and heard.startswith(sound) and alike(together, text, to_the_end=ends):
            cost = 0.3 + 0.5 * len(asked) + distance(together, text)
        else:
            continue
        best = min(cost + 0.2 * start, best if best is not None else cost + 0.2 * start)
    return best


def _sound(words: Sequence[str]) -> str:
    sounds = [word_sounds(word) for word in words]
    return _single("".join(each[0] for each in sounds if each))


def _single(sound: str) -> str:
    return re.sub(r"(.)\1+", r"\1", sound.replace(SOUNDLESS, ""))


def _piece(code: str) -> str:
    return fold(code).replace(" ", "")
