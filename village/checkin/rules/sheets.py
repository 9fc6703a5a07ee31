"""The sheet that people sign: its order, what is typed back, and what paper and scans say together.

The organisers' words: «الورقة والشاشة لائحة واحدة: نفس الترتيب ونفس الأرقام، وما اختلف فيه الورق والمسح يحسمه شخص.»
« La feuille et l’écran sont une seule liste ; là où le papier et les scans diffèrent, c’est une personne qui tranche. »
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from village.kit.refusal import Refusal
from village.people.rules import fold, western_digits

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

# Letters alone, so that a code is never read as a number; none that look alike in handwriting.
_LETTERS = "ACDEFHJKLMNPRTWXY"
_PLACES = 3
_PIECE = re.compile(r"(?P<first>\d{1,4})(?:-(?P<last>\d{1,4}))?|(?P<no>\d{1,4})?-?(?P<code>[A-Z]{3})")
PRESENT, ABSENT = "present", "absent"


class Kind(StrEnum):
    """What a row of a sheet comes to beside what the gates saw."""

    NEW = "new"
    AGREES = "agrees"
    REMOVED = "removed"
    LEFT_OUT = "left_out"
    SCANNED_ONLY = "scanned_only"
    CANCELLED = "cancelled"
    ELSEWHERE = "elsewhere"
    TWICE = "twice"
    NAMELESS = "nameless"

    @property
    def is_conflict(self) -> bool:
        """Whether staff must decide."""
        return self in _CONFLICTS


_CONFLICTS = (Kind.SCANNED_ONLY, Kind.CANCELLED, Kind.ELSEWHERE, Kind.TWICE, Kind.NAMELESS)


@dataclass(frozen=True, slots=True)
class Typed:
    """The rows that were typed, in order, and those that stood twice in what was typed."""

    numbers: tuple[int, ...]
    twice: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of a sheet and what is known of its person.

    `taken` tells whether the row was counted before, `settled` what staff decided (`present`, `absent`, empty),
    `confirmed` whether the person holds a place, `arrived` whether somebody or something saw them at the door,
    `elsewhere` the code of a workshop of the same hour where they were seen, and `online` whether they took part by
    their own link, where nobody signs. `person_id` is None on a blank row.
    """

    no: int
    person_id: int | None
    ticked: bool
    taken: bool = False
    settled: str = ""
    confirmed: bool = True
    arrived: bool = False
    elsewhere: str = ""
    online: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What a row comes to; `choices` are what staff may decide, `settled` what they decided before."""

    no: int
    kind: Kind
    choices: tuple[str, ...] = ()
    settled: str = ""
    elsewhere: str = ""

    @property
    def is_open(self) -> bool:
        """Whether a decision is still missing."""
        return self.kind.is_conflict and not self.settled


def read_numbers(text: str, codes: Mapping[int, str]) -> Typed:
    """Read what was typed from a sheet: `1-12, 15, 18-20`, in any digits; a row's letters do as well (`KDF`, `7-KDF`).

    Args:
        text: what was typed.
        codes: the letters of each row by its number.

    Raises:
        Refusal: `sheet_text_unclear`, `sheet_row_unknown`, `sheet_code_wrong`; all of them together.

    """
    plain = re.sub(r"\s*[-–—]\s*", "-", western_digits(text).upper())
    by_code = {code: no for no, code in codes.items()}
    found: list[int] = []
    objections: list[Refusal] = []
    for piece in filter(None, re.split(r"[\s,،;؛.]+", plain)):
        try:
            found += _read_piece(piece, codes, by_code)
        except Refusal as refusal:
            objections.append(refusal)
    if objections:
        raise Refusal.of(objections)
    counted = Counter(found)
    return Typed(tuple(sorted(counted)), tuple(sorted(no for no, times in counted.items() if times > 1)))


def _read_piece(piece: str, codes: Mapping[int, str], by_code: Mapping[str, int]) -> list[int]:
    match = _PIECE.fullmatch(piece)
    if match is None:
        raise Refusal("sheet_text_unclear", {"text": piece[:20]})
    if match["code"]:
        no = by_code.get(match["code"])
        if no is None or (match["no"] and int(match["no"]) != no):
            raise Refusal("sheet_code_wrong", {"text": piece[:20]})
        return [no]
    first, last = int(match["first"]), int(match["last"] or match["first"])
    if first > last:
        first, last = last, first
    for no in (first, last):
        if no not in codes:
            raise Refusal("sheet_row_unknown", {"number": no, "last": max(codes, default=0)})
    return list(range(first, last + 1))


def in_order(people: Iterable[tuple[int, str, str]], lang: str) -> list[int]:
    """Return ids in the order of a sheet: by name in the script of its language, those without one after them.

    Args:
        people: (id, name in Arabic letters, name in Latin letters).
        lang: the sheet's language; Arabic letters for `ar`, Latin ones else.

    """

    def place(each: tuple[int, str, str]) -> tuple[bool, str, str, int]:
        number, arabic, latin = each
        own, other = (arabic, latin) if lang == "ar" else (latin, arabic)
        return (not own, fold(own), fold(other), number)

    return [each[0] for each in sorted(people, key=place)]


def row_codes(seed: Sequence[int], count: int) -> list[str]:
    """Return letters for each row of a sheet, no two alike.

    Args:
        seed: random bytes, at least two for each row.
        count: how many rows; at most as many as there are codes (4913).

    Raises:
        ValueError: too many rows or too few bytes.

    """
    size = len(_LETTERS) ** _PLACES
    if count > size or len(seed) < 2 * count:
        raise ValueError("too many rows, or too few bytes of chance")
    taken: dict[int, None] = {}
    for place in range(count):
        number = (seed[2 * place] << 8 | seed[2 * place + 1]) % size
        while number in taken:
            number = (number + 1) % size
        taken[number] = None
    return [_letters(number) for number in taken]


def _letters(number: int) -> str:
    size = len(_LETTERS)
    return "".join(_LETTERS[number // size**place % size] for place in range(_PLACES))


def compare(rows: Iterable[Listed]) -> list[Finding]:
    """Lay a sheet beside what the gates saw; rows that say nothing (not signed, not seen) are left out."""
    found = []
    signed: set[int] = set()
    for row in sorted(rows, key=lambda each: each.no):
        again = row.ticked and row.person_id in signed
        if row.ticked and row.person_id is not None:
            signed.add(row.person_id)
        finding = _find(row, again=again)
        if finding is not None:
            found.append(finding)
    return found


def _find(row: Listed, *, again: bool) -> Finding | None:
    if not row.ticked:
        return _unsigned(row)
    if row.taken:
        return Finding(row.no, Kind.AGREES)
    if row.settled == ABSENT:
        return Finding(row.no, Kind.LEFT_OUT, settled=ABSENT)
    kind = _signed(row, again=again)
    choices = _CHOICES.get(kind, ())
    return Finding(row.no, kind, choices, row.settled if choices else "", row.elsewhere)


def _unsigned(row: Listed) -> Finding | None:
    if row.taken:
        return Finding(row.no, Kind.REMOVED)
    if not row.arrived or row.online:
        return None
    # Seen again after staff said they were not there: that is a new question.
    return Finding(row.no, Kind.SCANNED_ONLY, (PRESENT, ABSENT), row.settled if row.settled == PRESENT else "")


def _signed(row: Listed, *, again: bool) -> Kind:
    if row.person_id is None:
        return Kind.NAMELESS
    if again:
        return Kind.TWICE
    if not row.confirmed:
        return Kind.CANCELLED
    if row.arrived:
        return Kind.AGREES
    return Kind.ELSEWHERE if row.elsewhere else Kind.NEW


_CHOICES = {
    Kind.NAMELESS: (ABSENT,),
    Kind.TWICE: (ABSENT,),
    Kind.CANCELLED: (PRESENT, ABSENT),
    Kind.ELSEWHERE: (PRESENT, ABSENT),
}


def why_unsettled(findings: Iterable[Finding], settled: Mapping[int, str]) -> Refusal | None:
    """Return the objection that rows still wait for a decision, or None."""
    open_rows: Collection[int] = [
        each.no for each in findings if each.is_open and settled.get(each.no) not in each.choices
    ]
    if not open_rows:
        return None
    return Refusal("sheet_unsettled", {"rows": ", ".join(map(str, open_rows))})
