"""What people need in order to take part: asked by deed, never by diagnosis, and only of whoever wishes to say it.

A code stands in `Person.needs`, with commas between; the words stand here, because the form, the trainer's list and
the organiser's figures must say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Need:
    """One need: its code, the name of its drawing, and its words in three languages."""

    code: str
    icon: str
    ar: str
    fr: str
    en: str

    def name_in(self, lang: str) -> str:
        """Return the words in a language."""
        return self.ar if lang == "ar" else self.fr if lang == "fr" else self.en


_ALL = (
    Need("step_free", "wheelchair", "الدخول بلا أدراج", "Entrer sans marche", "Enter without steps"),
    Need("front_seat", "chair", "مقعد في الأمام", "Une place devant", "A seat in front"),
    Need("sign_language", "hand", "لغة الإشارة", "Langue des signes", "Sign language"),
    Need("help_reading", "read", "المساعدة على القراءة والكتابة", "Aide pour lire et écrire", "Help to read and write"),
    Need("childcare", "child", "مكان لطفلي", "Une place pour mon enfant", "A place for my child"),
    Need("interpretation", "speech", "ترجمة إلى لغتي", "Traduction dans ma langue", "Translation into my language"),
)
NEEDS: dict[str, Need] = {need.code: need for need in _ALL}


def pack_needs(codes: Iterable[str]) -> str:
    """Return the codes as they are kept, each once, in the order of the list; what is not in the list is dropped."""
    asked = set(codes)
    return ",".join(code for code in NEEDS if code in asked)


def list_needs(codes: Iterable[str]) -> list[Need]:
    """Return the needs of the given codes, in the order of the list."""
    asked = set(codes)
    return [need for need in NEEDS.values() if need.code in asked]
