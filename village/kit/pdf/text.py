"""Isolation of mixed-direction text in print.

WeasyPrint gives `<bdi>` no automatic direction, so the filters write `dir` themselves, from the
first strong character (Unicode Bidirectional Algorithm, P2 and P3).
"""

import re
import unicodedata
from typing import Literal

from markupsafe import Markup, escape

NBSP = "\N{NO-BREAK SPACE}"

_TASHKEEL = re.compile("[\u064b-\u0652\u0670]")


def direction_of(text: str) -> Literal["ltr", "rtl"]:
    """Return the direction of the first strong character; left to right where there is none."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in {"R", "AL"}:
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"


def bdi(text: object) -> Markup:
    """Isolate a name or title, in its own direction."""
    words = str(text)
    return Markup('<bdi dir="{}">{}</bdi>').format(direction_of(words), words)


def ltr(text: object) -> Markup:
    """Isolate a code, telephone, amount or hash: left to right, never broken over two lines.

    Plain spaces become no-break spaces, without which groups of digits change places in a line
    of Arabic.
    """
    return Markup('<bdi class="ltr" dir="ltr">{}</bdi>').format(str(text).replace(" ", NBSP))


def has_tashkeel(text: str) -> bool:
    """Tell whether the text carries vowel marks, which need taller lines (1.75 instead of 1.45)."""
    return bool(_TASHKEEL.search(text))


def inline(text: str) -> str:
    """Escape text for use in hand-built markup."""
    return str(escape(text))
