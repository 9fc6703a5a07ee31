"""The signs of a typed text: digits of three scripts, spaces of many widths, marks that nobody sees."""

from __future__ import annotations

import re
import unicodedata

# ٠–٩ and ۰–۹, the Arabic decimal and thousands signs, the Arabic comma, true minus and dashes.
_SIGNS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬،−–—‐‑", "01234567890123456789,',-----")
_UNSEEN = re.compile("[\u0640\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
# A hamza is often left out, a final ya written without its dots.
_HANDS = str.maketrans("أإآٱىئؤیک", "ااااييويك")


def plain(typed: object) -> str:
    """Return the text with Western digits, single plain spaces, and without unseen marks."""
    text = _UNSEEN.sub("", str(typed if typed is not None else "")).translate(_SIGNS)
    return " ".join(text.split())


def folded(typed: object) -> str:
    """Return the plain text in small letters without accents, vowel marks and hamza seats, for comparing words."""
    # Composed first, so that a hamza keeps its seat until both are one sign.
    text = unicodedata.normalize("NFC", plain(typed)).translate(_HANDS)
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return bare.casefold()
