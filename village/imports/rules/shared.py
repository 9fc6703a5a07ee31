"""What both lists share: scripts, letters lost on the way, telephones, addresses, places."""

import re
from collections.abc import Mapping
from typing import Final, Literal

from village.imports.cells import western_digits
from village.imports.rules.account import RowReader
from village.kit.refusal import Refusal
from village.people.rules import fold, parse_phones

_PLAIN_PHONE: Final = re.compile(r"(0|\+212|00212)[5-8][0-9]{8}", re.ASCII)
_EMAIL: Final = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]{2,}")
_ARABIC: Final = re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]")


def script_of(text: str) -> Literal["ar", "fr"]:
    """Return the script of a name: Arabic as soon as one Arabic letter stands in it."""
    return "ar" if _ARABIC.search(text) else "fr"


def split_lost(text: str) -> bool:
    """True where a spreadsheet has written question marks for the letters it could not save."""
    letters = re.sub(r"[\s.'’-]", "", text)
    return "??" in letters or (bool(letters) and set(letters) == {"?"})


def plain_phone(text: str) -> bool:
    """True for a number that was typed whole: nothing was added to it, only spaces left out."""
    return bool(_PLAIN_PHONE.fullmatch(re.sub(r"[\s.\-()]", "", text)))


def read_email(reader: RowReader) -> str | None:
    """Return the address in small letters; one that cannot be an address is left out, and the row says so."""
    text = reader.text("email").strip()
    if not text:
        return None
    if not _EMAIL.fullmatch(text):
        reader.note("email_left_out", "email")
        return None
    return text.lower()


def read_phone(reader: RowReader) -> str | None:
    """Return the number as E.164, the first one of several; a number nobody can call refuses the row."""
    text = reader.text("phone")
    try:
        numbers = parse_phones(text)
    except Refusal:
        reader.refuse("phone_unreadable", "phone")
        return None
    if len(numbers) > 1:
        reader.note("phone_first_kept", "phone", numbers[0])
    elif numbers and not plain_phone(text):
        reader.note("phone_mended", "phone", numbers[0])
    return numbers[0] if numbers else None


def read_place(reader: RowReader, places: Mapping[str, str]) -> str | None:
    """Return the code of the province named in the row; an unknown one is left out, and the row says so."""
    text = reader.text("province")
    if not text:
        return None
    code = find_place(text, places)
    if code is None:
        reader.note("province_unknown", "province")
    return code


def find_place(text: str, places: Mapping[str, str]) -> str | None:
    """Return the province code for a name in either script or for a code."""
    plain = fold(western_digits(text))
    for prefix in ("province de ", "prefecture de ", "province d ", "prefecture d ", "اقليم ", "عماله "):
        plain = plain.removeprefix(prefix)
    return places.get(plain)
