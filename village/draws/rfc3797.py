"""Verifiable selection by RFC 3797, for bodies whose rules ask for it (as the IETF for its committees).

Each announced source of chance (numbers or a text) becomes a part of the key; MD5 of the key between two counters,
taken modulo those who are left, picks one after the other. MD5 serves here as the RFC wrote it, not as a signature.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Sequence
from decimal import Decimal

GREATEST_POOL = 2**16 - 1
"""The RFC counts its picks in two bytes."""

Number = int | float | Decimal
Source = Number | str | Sequence[Number]


def select(sources: Sequence[Source], pool_size: int, count: int) -> list[int]:
    """Select from a numbered pool.

    Args:
        sources: in the order announced; each a number, a list of numbers, or a text.
        pool_size: how many stand in the published list.
        count: how many to select.

    Returns:
        Numbers from 1 in the published list, in the order selected.

    Raises:
        ValueError: those of `key_of`; a pool of nobody or of more than 65,535; more picks than members.

    """
    key = key_of(sources).encode()
    if type(pool_size) is not int or type(count) is not int:
        raise ValueError("a pool and a selection are counted in whole numbers")
    if not 0 < pool_size <= GREATEST_POOL:
        raise ValueError(f"a pool holds 1 to {GREATEST_POOL}")
    if not 0 <= count <= pool_size:
        raise ValueError("nobody is selected twice: there are fewer members than picks")
    left, picks = list(range(1, pool_size + 1)), []
    for turn in range(count):
        counter = turn.to_bytes(2, "big")
        drawn = hashlib.md5(counter + key + counter, usedforsecurity=False).digest()
        picks.append(left.pop(int.from_bytes(drawn, "big") % len(left)))
    return picks


def key_of(sources: Sequence[Source]) -> str:
    """Write the key (section 4): each source in its one form, and a slash after each.

    Numbers of a source stand from the smallest to the greatest. Of a text, letters in upper case and digits remain,
    without accents; a text that is a decimal fraction counts as the number it writes.

    Raises:
        ValueError: there is no source; one holds nothing; a number is negative or no number.

    """
    if not isinstance(sources, Sequence) or isinstance(sources, str | bytes) or not sources:
        raise ValueError("sources are a list of numbers, lists of numbers, or texts")
    return "".join(_part(source) + "/" for source in sources)


def _part(source: Source) -> str:
    if isinstance(source, str):
        return _text(source)
    if isinstance(source, bytes) or not isinstance(source, Number | Collection):
        raise ValueError("neither a number, nor numbers, nor a text")  # noqa: TRY004 - as in _exact
    numbers: Collection[object] = [source] if isinstance(source, Number) else source
    if not numbers:
        raise ValueError("a source without a number")
    return "".join(_decimal(number) for number in sorted(map(_exact, numbers)))


def _text(source: str) -> str:
    if re.fullmatch(r"[0-9]+\.[0-9]*", source):
        return _decimal(Decimal(source))
    plain = unicodedata.normalize("NFKD", source).encode("ascii", "ignore").decode().upper()
    kept = re.sub("[^0-9A-Z]", "", plain)
    if not kept:
        raise ValueError("a text without a letter or a digit")
    return kept


def _exact(number: object) -> Decimal:
    if isinstance(number, bool) or not isinstance(number, Number):
        raise ValueError("neither a number nor a text")  # noqa: TRY004 - one kind of fault for whoever types sources
    exact = Decimal(str(number))
    if not exact.is_finite() or exact < 0:
        raise ValueError("a source is a positive number")
    return exact


def _decimal(number: Decimal) -> str:
    """Write a number with its period, without idle zeros: 9319 as `9319.`, 0.50 as `0.5`."""
    whole, _, fraction = format(number, "f").partition(".")
    return f"{int(whole)}.{fraction.rstrip('0')}"
