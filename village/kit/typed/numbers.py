"""Numbers as people type them: 15,5 · 15.5 · ١٥٫٥ · 1.234,50 · 1 234,50 DH · 15,5/20 · 9 م²."""

from __future__ import annotations

import re
from decimal import Decimal

from village.kit.refusal import Refusal
from village.kit.typed.signs import plain

# What may follow a number; it is read and left out.
_UNIT = re.compile(
    r" ?(?:dh|dhs|mad|dirhams?|درهما?|دراهم|د\. ?م\.?|m²|m2|م²|م2|m|متر|متر مربع|%|/ ?20|sur 20|من 20|من أصل 20)$",
    re.IGNORECASE,
)
_SPACED = re.compile(r"([+-]?)(\d{1,3}(?:[ ']\d{3})+|\d+)(?:[.,](\d+))?", re.ASCII)
_POINTED = re.compile(r"([+-]?)(\d{1,3}(?:\.\d{3})+),(\d+)|([+-]?)(\d{1,3}(?:,\d{3})+)\.(\d+)", re.ASCII)
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3}){2,}|[+-]?[1-9]\d{0,2}(?:,\d{3}){2,}", re.ASCII)
_DOUBTFUL = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_MOST_DIGITS = 15
_CENTIMES = 2


def parse_number(typed: object, *, most: int | Decimal | None = None) -> Decimal:
    """Read a number with comma, point or ٫, with thousands set apart or not, with its unit or not.

    `1.234` may be a thousand or a little more than one. With `most`, the reading above it falls away; otherwise the
    number is refused, so that whoever typed it says which.

    Raises:
        Refusal: `number_doubtful`, `number_unreadable`.

    """
    if isinstance(typed, int | Decimal) and not isinstance(typed, bool):
        return Decimal(typed)
    if isinstance(typed, float):
        return Decimal(repr(typed))
    text = _bare(typed)
    if _DOUBTFUL.fullmatch(text):
        whole, small = Decimal(re.sub("[.,]", "", text)), Decimal(text.replace(",", "."))
        if most is None or abs(whole) <= most:
            raise Refusal("number_doubtful", {"typed": str(typed), "whole": str(whole), "small": str(small)})
        return small
    return _certain(typed, text)


def parse_money(typed: object) -> Decimal:
    """Read an amount in dirhams, to the centime. Three digits behind a point are thousands: 1.234 is 1234 dirhams.

    Raises:
        Refusal: `money_too_fine` for more than two decimals, `number_unreadable`.

    """
    text = _bare(typed)
    amount = Decimal(re.sub("[.,]", "", text)) if _DOUBTFUL.fullmatch(text) else _certain(typed, text)
    exponent = amount.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > _CENTIMES:
        raise Refusal("money_too_fine", {"typed": str(typed)})
    return amount


def parse_whole(typed: object) -> int:
    """Read a whole number. Three digits behind a point are thousands: nobody counts people in thousandths.

    Raises:
        Refusal: `number_not_whole`, `number_unreadable`.

    """
    text = _bare(typed)
    number = Decimal(re.sub("[.,]", "", text)) if _DOUBTFUL.fullmatch(text) else _certain(typed, text)
    if number != number.to_integral_value():
        raise Refusal("number_not_whole", {"typed": str(typed)})
    return int(number)


def _bare(typed: object) -> str:
    return _UNIT.sub("", plain(typed)).strip()


def _certain(typed: object, text: str) -> Decimal:
    if found := _SPACED.fullmatch(text):
        sign, whole, rest = found[1], re.sub("[ ']", "", found[2]), found[3] or ""
    elif found := _POINTED.fullmatch(text):
        sign, whole, rest = (found[1] or found[4] or ""), found[2] or found[5], found[3] or found[6]
        whole = re.sub("[.,]", "", whole)
    elif _GROUPED.fullmatch(text):
        sign, whole, rest = "", re.sub("[.,]", "", text), ""
    else:
        raise Refusal("number_unreadable", {"typed": str(typed)})
    if len(whole + rest) > _MOST_DIGITS:
        raise Refusal("number_unreadable", {"typed": str(typed)})
    return Decimal(f"{sign}{whole}" + (f".{rest}" if rest else ""))
