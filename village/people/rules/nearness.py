"""How near two spellings of a name are, in one script or across two: what ranks those that share their consonants."""

from __future__ import annotations

import re
from functools import lru_cache

# A rough reading of Arabic letters; short vowels are not written, so a vowel more or less weighs little.
_ARABIC = {
    "ا": "a", "و": "u", "ي": "i", "ه": "h", "ح": "h", "ب": "b", "پ": "b", "ت": "t", "ث": "t", "ط": "t", "ج": "j",
    "خ": "x", "د": "d", "ذ": "d", "ض": "d", "ظ": "d", "ر": "r", "ز": "z", "س": "s", "ص": "s", "ش": "c", "غ": "g",
    "ف": "f", "ڤ": "f", "ق": "q", "ك": "k", "گ": "g", "ڭ": "g", "ل": "l", "م": "m", "ن": "n",
}  # fmt: skip
_LATIN = (
    ("ch", "c"), ("sh", "c"), ("kh", "x"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("dj", "j"),
    ("ce", "se"), ("ci", "si"), ("ou", "u"), ("ck", "k"), ("gu", "g"), ("w", "u"), ("o", "u"), ("y", "i"),
    ("p", "b"), ("v", "f"), ("5", "x"), ("7", "h"), ("9", "q"), ("3", ""), ("2", ""),
)  # fmt: skip
_VOWELS = frozenset("aeiu")
_CHANGES_LITTLE = frozenset("jgxkqc")
_PRICE = {"a": 0.15, "e": 0.1, "i": 0.35, "u": 0.35, "h": 0.3}
_VOWEL_FOR_VOWEL, _NEAR_LETTER, _OTHER_LETTER = 0.3, 0.4, 1.2
# Letters at the head of a name that have no sign of their own among the consonants.
_OPEN = frozenset("aeiouyhw327اويهحعء")


@lru_cache(maxsize=20_000)
def distance(one: str, other: str) -> float:
    """Price the way from one folded word to another; both are read in Latin letters, and vowels weigh little."""
    a, b = _read(one), _read(other)
    row = [0.0]
    for letter in b:
        row.append(row[-1] + _PRICE.get(letter, 1.0))
    for mine in a:
        before, row = row, [row[0] + _PRICE.get(mine, 1.0)]
        for place, theirs in enumerate(b, 1):
            row.append(
                min(
                    before[place] + _PRICE.get(mine, 1.0),
                    row[-1] + _PRICE.get(theirs, 1.0),
                    before[place - 1] + _swap(mine, theirs),
                )
            )
    return row[-1]


def alike(asked: str, word: str, *, to_the_end: bool = True) -> bool:
    """Tell whether two words with the same consonants may be one: they begin alike (a Y is a letter) and end alike.

    Amina is not أمين, سليم is not سلمى, Youssef is not صافي, though their consonants are the same.
    """
    if _begins_with_y(asked) != _begins_with_y(word) and not (_is_open(asked) and _is_open(word)):
        return False
    if not to_the_end:
        return True
    mine, theirs = _endings(asked), _endings(word)
    if mine & theirs:
        return True
    # Somebody still typing may not have come to the vowel at the end; within Arabic letters nothing is left out.
    return mine == {""} and not _is_arabic(asked)


def _swap(a: str, b: str) -> float:
    if a == b:
        return 0.0
    if a in _VOWELS and b in _VOWELS:
        return _VOWEL_FOR_VOWEL
    if (a in _CHANGES_LITTLE and b in _CHANGES_LITTLE) or {a, b} == {"h", "a"}:
        return _NEAR_LETTER
    return _OTHER_LETTER


@lru_cache(maxsize=20_000)
def _read(word: str) -> str:
    if _is_arabic(word):
        stem = word.removeprefix("ال")
        text = "".join(_ARABIC.get(c, "") for c in stem)
        if stem.endswith("ه"):
            text = text[:-1] + "a"
    else:
        text = word
        for group, sign in _LATIN:
            text = text.replace(group, sign)
    return re.sub(r"(.)\1+", r"\1", text)


def _stem(word: str) -> str:
    if _is_arabic(word):
        return word.removeprefix("ال") if len(word) > len("الام") else word
    return re.sub(r"^(?:el|al)(?=\w{4})", "", word)


def _begins_with_y(word: str) -> bool:
    return _stem(word)[:1] in {"y", "ي"}


def _is_open(word: str) -> bool:
    """Tell whether a word begins with a vowel or with a letter that is written in as many ways."""
    return _stem(word)[:1] in _OPEN


def _endings(word: str) -> frozenset[str]:
    """Return what may be heard at the end: `a`, `i`, `u`, or nothing after the last consonant."""
    last = word[-1:]
    if _is_arabic(word):
        open_ends = {"ه": "a", "ا": "a", "ي": "ai", "و": "u"}
        if last in "عءح":
            return frozenset(("", "a", "i", "e"))
    else:
        open_ends = {"a": "a", "i": "i", "y": "i", "u": "u", "o": "u"}
        if last == "h":
            return frozenset(("", "a"))
        if last == "e":
            return frozenset(("", "a", "i", "e"))
        if re.search(r"[ae]t$", word):
            return frozenset(("", "a"))
    return frozenset(open_ends.get(last, ("",)))


def _is_arabic(word: str) -> bool:
    return any("\u0600" <= c <= "\u06ff" for c in word)
