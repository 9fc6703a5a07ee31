"""Short messages and their room: which alphabet a text needs, how many segments it takes, how it is made to fit.

3GPP TS 23.038: with the GSM alphabet a message holds 160 signs, or 153 in each of several segments; with any other
sign the whole message is written as UCS-2, 70 signs or 67 in each segment.
"""

from __future__ import annotations

import unicodedata

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
# These take the room of two.
_GSM_EXTENDED = frozenset("^{}\\[~]|€\f")
_SPELLED = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "…": "...", "–": "-", "—": "-", "œ": "oe", "Œ": "OE"}
    | dict.fromkeys("\u00a0\u202f\u2009", " ")
    | dict.fromkeys("\u2066\u2067\u2068\u2069\u200e\u200f", "")
)
MOST_SEGMENTS = 2
_ONE = {True: 160, False: 70}
_EACH = {True: 153, False: 67}


def spell_plainly(text: str) -> str:
    """Write a Latin text with the signs of the GSM alphabet: ê as e, ç as c, « » as quotes; others are left."""
    out = []
    for sign in text.translate(_SPELLED):
        if sign in _GSM or sign in _GSM_EXTENDED:
            out.append(sign)
            continue
        plain = unicodedata.normalize("NFKD", sign)[0]
        out.append(plain if plain in _GSM else sign)
    return "".join(out)


def is_gsm(text: str) -> bool:
    """Tell whether a text can be written with the GSM alphabet."""
    return all(sign in _GSM or sign in _GSM_EXTENDED for sign in text)


def size_of(text: str) -> int:
    """Return the room a text takes: signs of the GSM alphabet, else UTF-16 units."""
    if is_gsm(text):
        return len(text) + sum(sign in _GSM_EXTENDED for sign in text)
    return len(text.encode("utf-16-le")) // 2


def segments(text: str) -> int:
    """Return how many segments a text is sent, and paid, as."""
    plain, size = is_gsm(text), size_of(text)
    return 1 if size <= _ONE[plain] else -(-size // _EACH[plain])


def fits(text: str) -> bool:
    """Tell whether a text takes at most two segments: 306 signs of the GSM alphabet, or 134 others."""
    return segments(text) <= MOST_SEGMENTS


def shortened(text: str, most: int) -> str:
    """Cut a text to so many signs at most, at the end of a word where one is near, with an ellipsis."""
    if len(text) <= most:
        return text
    cut = text[: max(most - 1, 0)]
    word = cut.rpartition(" ")[0]
    return (word if len(word) > len(cut) // 2 else cut).rstrip() + "…"
