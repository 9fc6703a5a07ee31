"""One text cell into one typed value, or a Refusal that names the kind of fault.

The caller adds where the cell stands (row and column). Digits may be Arabic-Indic or Persian, the decimal sign
a point, a comma or ٫.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final, TypeVar

from village.kit.refusal import Refusal

_Moment = TypeVar("_Moment", date, time, datetime)
_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫", "01234567890123456789.")
_YES: Final = frozenset({"1", "true", "yes", "oui", "o", "y", "x", "نعم"})
_NO: Final = frozenset({"0", "false", "no", "non", "n", "لا"})


def western_digits(text: str) -> str:
    """Return the text with ٠–٩ and ۰–۹ as 0–9 and the Arabic decimal sign as a point."""
    return text.translate(_DIGITS)


def read_int(text: str) -> int:
    """Whole number, thousands may be set apart by spaces. Refusal `cell_not_whole`."""
    plain = western_digits(text).replace(" ", "").replace("٬", "")
    if not re.fullmatch(r"[+-]?[0-9]{1,15}", plain):
        raise Refusal("cell_not_whole")
    return int(plain)


def read_decimal(text: str) -> Decimal:
    """Decimal number with point or comma. Refusal `cell_not_number`."""
    plain = western_digits(text).replace(" ", "").replace(",", ".")
    if not re.fullmatch(r"[+-]?[0-9]{1,15}(\.[0-9]{1,6})?", plain):
        raise Refusal("cell_not_number")
    return Decimal(plain)


def read_bool(text: str) -> bool:
    """Yes or no, as 1/0 or as a word of one of the three languages. Refusal `cell_not_yes_no`."""
    plain = western_digits(text).casefold()
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    raise Refusal("cell_not_yes_no")


def read_date(text: str) -> date:
    """ISO date. Refusal `cell_not_date`."""
    return _iso(text, date.fromisoformat, r"\d{4}-\d\d-\d\d", "cell_not_date")


def read_time(text: str) -> time:
    """Local wall time HH:MM. Refusal `cell_not_time`."""
    return _iso(text, time.fromisoformat, r"\d\d:\d\d(:\d\d)?", "cell_not_time")


def read_datetime(text: str) -> datetime:
    """Local wall date and time, naive. Refusal `cell_not_instant`."""
    return _iso(text, datetime.fromisoformat, r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?", "cell_not_instant")


def read_list(text: str) -> tuple[str, ...]:
    """Codes separated by semicolons; an empty cell is an empty tuple."""
    return tuple(part for part in (piece.strip() for piece in text.split(";")) if part)


def _iso(text: str, parse: Callable[[str], _Moment], shape: str, code: str) -> _Moment:
    plain = western_digits(text)
    if not re.fullmatch(shape, plain, re.ASCII):
        raise Refusal(code)
    try:
        return parse(plain)
    except ValueError as error:
        raise Refusal(code) from error
