"""Telephone numbers: as they are typed, kept and shown."""

from __future__ import annotations

import re
from typing import cast

import phonenumbers

from village.kit.refusal import Refusal
from village.people.rules.spelling import INVISIBLE, western_digits


def parse_phones(typed: object) -> tuple[str, ...]:
    """Read the telephone numbers somebody typed, as E.164: `06 00 00 00 12` → `+212600000012`.

    Takes Arabic digits, the letter O for zero, words around the number, several numbers in one cell, and numbers
    whose leading zero a spreadsheet has eaten. An empty cell gives no number.

    Raises:
        Refusal: `phone_invalid` with what was typed.

    """
    text = western_digits(str(typed if typed is not None else "")).translate(str.maketrans("OoQ", "000"))
    text = INVISIBLE.sub("", text)
    if not re.search(r"\d", text):
        return ()
    whole = _one_phone(text)
    if whole:
        return (whole,)
    found = [_one_phone(part) for part in re.split(r"[/;,|]| ou | و ", text) if re.search(r"\d", part)]
    if not found or None in found:
        raise Refusal("phone_invalid", {"phone": str(typed)})
    return tuple(dict.fromkeys(cast("list[str]", found)))


def _one_phone(text: str) -> str | None:
    digits = re.sub(r"[^\d+]", "", re.sub(r"\(0\)", "", text))
    if digits.startswith("212"):
        digits = "+" + digits
    try:
        number = phonenumbers.parse(digits, "MA")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    # The numbering plan of Morocco, and no finer: new ranges open faster than tables are printed.
    if number.country_code == 212 and not re.fullmatch(r"[5-8]\d{8}", str(number.national_number)):  # noqa: PLR2004 - Morocco
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def show_phone(e164: str) -> str:
    """Write a number as people read it: `06 00 00 00 12`, foreign ones in international form (no-break spaces)."""
    number = phonenumbers.parse(e164)
    if number.country_code == 212:  # noqa: PLR2004 - Morocco
        digits = f"0{number.national_number}"
        return "\u00a0".join(digits[i : i + 2] for i in range(0, len(digits), 2))
    shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return shown.replace(" ", "\u00a0")
