"""Files for those who take part in a session: which there may be, and what they are called.

The organisers' words: «ملفات الورشة لمن سجل فيها: صغيرة، تفتح في كل هاتف، ولا شيء يشتغل وحده.»
« Les documents de l’atelier, pour ses inscrits : légers, lisibles sur tout téléphone, et rien qui s’exécute. »
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

MOST_FILE_BYTES: Final = 7 * 1024 * 1024
MOST_FILES: Final = 20
_LONGEST_NAME = 120
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_TABLE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a file may be, by its type: its endings, the first of them the one it gets.
ENDINGS: Final[dict[str, tuple[str, ...]]] = {
    "application/pdf": ("pdf",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "text/plain": ("txt", "csv", "md"),
    _WORD: ("docx",),
    _SLIDES: ("pptx",),
    _TABLE: ("xlsx",),
    "application/vnd.oasis.opendocument.text": ("odt",),
    "application/vnd.oasis.opendocument.presentation": ("odp",),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods",),
}
OFFICE_PARTS: Final[dict[str, str]] = {"word/": _WORD, "ppt/": _SLIDES, "xl/": _TABLE}


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that was looked into: its name in any script, its true type, and the bytes to keep."""

    name: str
    mimetype: str
    data: bytes


def clean_name(name: str, mimetype: str) -> str:
    """Return a name that is safe on every device: letters of any script, no path, no hidden signs, a true ending.

    Args:
        name: as the sender's device gave it.
        mimetype: the type found in the content, one of `ENDINGS`.

    """
    endings = ENDINGS[mimetype]
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    # Signs that are not seen (control, turning of direction) make "exe.pdf" look like what it is not.
    seen = "".join(sign for sign in last if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    plain = re.sub(r'[<>:"|?*%;]+', " ", seen)
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        stem, ending = plain, ""
    if ending.lower() not in endings:
        stem, ending = (plain if ending.lower() not in _KNOWN else stem), endings[0]
    stem = " ".join(stem.split()).strip(". ")[:_LONGEST_NAME].rstrip()
    return f"{stem or 'document'}.{ending.lower()}"


_KNOWN = frozenset(ending for endings in ENDINGS.values() for ending in endings) | {"heic", "webp", "gif", "bmp"}


def free_name(name: str, taken: Collection[str]) -> str:
    """Return the name, with a number behind it where the session has a file of that name already."""
    if name not in taken:
        return name
    stem, _dot, ending = name.rpartition(".")
    number = 2
    while f"{stem} ({number}).{ending}" in taken:
        number += 1
    return f"{stem} ({number}).{ending}"
