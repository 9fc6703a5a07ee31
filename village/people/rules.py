"""Persons: what a name and a telephone number are, and how one is found in either script."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

import phonenumbers

from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from datetime import datetime

Gender = Literal["m", "f", "unknown"]
CATEGORIES = ("exhibitor", "project_holder", "association", "student", "institution", "press", "public")

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_INVISIBLE = re.compile("[\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# Hamza seats, alef forms, final ya and ta marbuta are written in different ways by different hands.
_ARABIC_FOLD = str.maketrans("أإآٱىئؤة", "ااااييوه")

# Arabic letter → the Latin consonants Moroccans write for it, reduced to one sign each.
_ARABIC_KEY = {
    "ب": "b", "پ": "b", "ت": "t", "ث": "t", "ط": "t", "ج": "k", "ح": "h", "خ": "k", "د": "d", "ذ": "d", "ض": "d",
    "ظ": "d", "ر": "r", "ز": "z", "س": "s", "ص": "s", "ش": "x", "غ": "k", "ف": "f", "ڤ": "f", "ق": "k", "ك": "k",
    "گ": "k", "ڭ": "k", "ل": "l", "م": "m", "ن": "n", "ه": "", "ع": "", "ء": "", "ا": "", "و": "", "ي": "",
}  # fmt: skip
_LATIN_GROUPS = (
    ("ch", "x"), ("sh", "x"), ("kh", "k"), ("gh", "k"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("dj", "k"),
    ("ce", "s"), ("ci", "s"), ("ou", ""), ("5", "k"), ("7", "h"), ("9", "k"), ("3", ""), ("2", ""),
)  # fmt: skip
_LATIN_KEY = {
    "b": "b", "p": "b", "t": "t", "j": "k", "h": "", "k": "k", "c": "k", "q": "k", "d": "d", "r": "r", "z": "z",
    "s": "s", "x": "x", "g": "k", "f": "f", "v": "f", "l": "l", "m": "m", "n": "n",
}  # fmt: skip
_ARTICLES = {"ال", "el", "al", "l", "er", "es", "ez", "ed", "et", "en", "ech", "ar", "as", "at", "d", "de", "la", "le"}


@dataclass(frozen=True)
class NewPerson:
    """What is known of a person who comes in. One name, in either script, is enough; nothing else is required."""

    given_ar: str = ""
    family_ar: str = ""
    given_fr: str = ""
    family_fr: str = ""
    gender: Gender = "unknown"
    category: str = "public"
    phone: str | None = None
    email: str | None = None
    lang: str = "ar"
    province_code: str | None = None
    commune_code: str | None = None
    age_band: str | None = None
    consent_photo: bool = False
    consent_contact: bool = False
    code: str | None = None
    created_at: datetime | None = None


def why_not_add(new: NewPerson) -> list[Refusal]:
    """List what speaks against taking in a person."""
    objections = []
    if not (new.given_ar + new.family_ar + new.given_fr + new.family_fr).strip():
        objections.append(Refusal("person_without_name"))
    if new.category not in CATEGORIES:
        objections.append(Refusal("person_category_unknown", {"category": new.category}))
    return objections


def western_digits(text: str) -> str:
    """Write ٠–٩ and ۰–۹ as 0–9."""
    return text.translate(_DIGITS)


def fold(text: str) -> str:
    """Fold a text for search: no marks, no hamza seats, no case, single spaces.

    أمّ الرّبيع → ام الربيع; Aïcha → aicha.
    """
    bare = _INVISIBLE.sub("", western_digits(text))
    letters = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    words = re.sub(r"[^\w]+", " ", letters.translate(_ARABIC_FOLD).casefold())
    return " ".join(words.split())


def consonant_key(text: str) -> str:
    """Return the consonants of a name in one alphabet and one piece, for finding it across scripts and spacings.

    خديجة, Khadija and 5adija all give `kdk`; عبد الرحيم, عبدالرحيم and Abderrahim all give `bdrm`.
    Keys are for finding and for review, never for merging.
    """
    return re.sub(r"(.)\1+", r"\1", "".join(_word_key(word) for word in fold(text).split()))


def _word_key(word: str) -> str:
    if word in _ARTICLES:
        return ""
    if any("\u0600" <= c <= "\u06ff" for c in word):
        word = word.replace("عبدال", "عبد")
        stem = word.removeprefix("ال") if len(word) > 4 else word  # noqa: PLR2004 - «ال» and two letters may be a whole name
        signs = [_ARABIC_KEY.get(c, "") for c in stem]
    else:
        word = re.sub(r"(?<=\w{3})[ae]t$", "a", word)  # the t of a ta marbuta, heard or not
        for group, sign in _LATIN_GROUPS:
            word = word.replace(group, sign or ".")
        signs = [_LATIN_KEY.get(c, "") for c in word]
    return re.sub(r"(.)\1+", r"\1", "".join(signs).replace("h", ""))


def parse_phones(typed: object) -> tuple[str, ...]:
    """Read the telephone numbers somebody typed, as E.164: `06 00 00 00 12` → `+212600000012`.

    Takes Arabic digits, the letter O for zero, words around the number, several numbers in one cell, and numbers
    whose leading zero a spreadsheet has eaten. An empty cell gives no number.

    Raises:
        Refusal: `phone_invalid` with what was typed.

    """
    text = western_digits(str(typed if typed is not None else "")).translate(str.maketrans("OoQ", "000"))
    text = _INVISIBLE.sub("", text)
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
