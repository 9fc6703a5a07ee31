"""A message to many people: whom it is for, what may stand in it, what speaks against sending it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

# What a text may ask for between square brackets, in the words of its language, and is filled in for each reader.
PLACES = {
    "name": ("name", "nom", "الاسم"),
    "page": ("page", "الصفحة"),
    "code": ("code", "الرمز"),
    "sessions": ("sessions", "séances", "الحصص"),
}
# A short message is paid by the segment: six are a whole screen of an old telephone.
MOST_SEGMENTS = 6
LONGEST_TEXT, LONGEST_SUBJECT, LONGEST_PURPOSE = 4000, 160, 200
_PLACE = re.compile(r"\[([^\[\]\s]*[^\W\d_][^\[\]\s]*)\]")
_FACT_OF = {word: fact for fact, words in PLACES.items() for word in words}


class Standing(StrEnum):
    """What somebody has to do with a session."""

    CONFIRMED = "confirmed"
    OFFERED = "offered"
    WAITLISTED = "waitlisted"
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    NO_SHOW = "no_show"


class Delegates(StrEnum):
    """Whether delegates of exhibitors are meant."""

    ANY = "any"
    ONLY = "only"
    NONE = "none"


@dataclass(frozen=True)
class Asked:
    """Whom a message is for; what is left empty does not restrict."""

    workshops: tuple[int, ...] = ()
    standings: tuple[Standing, ...] = ()
    categories: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()
    genders: tuple[str, ...] = ()
    delegates: Delegates = Delegates.ANY
    sectors: tuple[str, ...] = ()

    @property
    def by_session(self) -> bool:
        """Whether only those who had to do with a session are meant."""
        return bool(self.workshops or self.standings)

    @property
    def wanted_standings(self) -> tuple[Standing, ...]:
        """What they had to do with it: a place, where nothing is said."""
        return self.standings or (Standing.CONFIRMED,)


@dataclass(frozen=True)
class Message:
    """A text in two languages. `token` is that of the form: the same form is sent once."""

    token: str
    purpose: str
    invitation: bool
    subject_ar: str = ""
    subject_fr: str = ""
    text_ar: str = ""
    text_fr: str = ""
    sms: bool = True
    voice: bool = True

    def subject(self, lang: str) -> str:
        """Return the subject for a reader: in Arabic or French, the other where one is missing."""
        return self.subject_ar if self.lang_for(lang) == "ar" else self.subject_fr

    def text(self, lang: str) -> str:
        """Return the text for a reader, in the same language as the subject."""
        return self.text_ar if self.lang_for(lang) == "ar" else self.text_fr

    def lang_for(self, lang: str) -> str:
        """Return in which language a reader is written to: theirs where there is a text, else the other."""
        if lang == "ar":
            return "ar" if self.text_ar.strip() else "fr"
        return "fr" if self.text_fr.strip() else "ar"


def why_not_send(message: Message) -> list[Refusal]:
    """List what speaks against sending a message."""
    objections = []
    if not message.purpose.strip():
        objections.append(Refusal("message_without_purpose"))
    texts = {"ar": (message.subject_ar, message.text_ar), "fr": (message.subject_fr, message.text_fr)}
    if not any(text.strip() for _subject, text in texts.values()):
        objections.append(Refusal("message_without_text"))
    for subject, text in texts.values():
        if text.strip() and not subject.strip():
            objections.append(Refusal("message_without_subject"))
        objections += [Refusal("message_place_unknown", {"place": f"[{place}]"}) for place in unknown_places(text)]
    return objections


def unknown_places(text: str) -> list[str]:
    """List what a text asks to have filled in and nobody can."""
    return [place for place in dict.fromkeys(_PLACE.findall(text)) if place.lower() not in _FACT_OF]


def fill(text: str, facts: Mapping[str, str]) -> str:
    """Fill a text in for one reader; brackets that name no fact stay as they are."""
    return _PLACE.sub(lambda found: facts.get(_FACT_OF.get(found[1].lower(), ""), found[0]), text)
