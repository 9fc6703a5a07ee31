"""Letters and short messages to one person: greeting, text, the way to their own page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from village.kit.i18n import LANGS, Lang
from village.messages.rules.reaching import Way, choose_ways
from village.messages.wording import letters as words
from village.people.queries import PersonRow, link_token
from village.workshops.queries.own_code import code_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from village.editions.queries import EditionView
    from village.kit.db import Json
    from village.kit.signing import Keyring
    from village.kit.web import Parts

Thing = tuple[str, "Mapping[str, Json]", str]


@dataclass(frozen=True)
class House:
    """What letters need of the installation: where its pages are, its keys, whether it sends short messages."""

    address: str
    keys: Keyring
    sms: bool = True

    @classmethod
    def of(cls, parts: Parts) -> House:
        """Take it from the application's parts."""
        return cls(parts.settings.address, parts.keys, parts.gateway.carries)


@dataclass(frozen=True)
class Reader:
    """Somebody who is written to."""

    person: PersonRow
    house: House

    @property
    def lang(self) -> Lang:
        """The language they read."""
        return next((lang for lang in LANGS if lang == self.person.lang), LANGS[0])

    @property
    def may_be_told(self) -> bool:
        """Nobody writes to somebody who asked to be forgotten, or who turned out to be somebody else."""
        return not self.person.erased and self.person.merged_into_id is None

    @property
    def link(self) -> str:
        """The address of their own page."""
        token = link_token(self.house.keys, self.person.id, self.person.link_version)
        return f"{self.house.address}/{self.lang}/me/{token}"

    @property
    def short_link(self) -> str:
        """The same, as short as it can be: for short messages."""
        token = link_token(self.house.keys, self.person.id, self.person.link_version)
        return f"{self.house.address}/M/{token}"

    @property
    def code(self) -> str:
        """The code by which their page is found from any telephone."""
        return code_of(self.house.keys, self.person)

    def ways(self, *, urgent: bool = False) -> tuple[Way, ...]:
        """Return how they are reached."""
        return choose_ways(self.person.email, self.person.phone, sms=self.house.sms, urgent=urgent)

    def letter(self, subject: str, paragraphs: Sequence[str], edition: EditionView) -> Thing:
        """Write a letter for the outbox."""
        name = self.person.name_in(self.lang)
        end = [words.PAGE.say(self.lang, {"link": self.link})]
        if self.person.phone:
            end.append(words.CODE.say(self.lang, {"code": self.code}))
        hello = words.GREETING.say(self.lang, {"name": name})
        parts = [hello, *paragraphs, "\n".join(end), name_of(edition, self.lang)]
        body: dict[str, Json] = {"subject": plain(subject), "text": plain("\n\n".join(parts)), "lang": self.lang}
        return str(self.person.email), body, self.whom

    def short(self, text: str) -> Thing:
        """Write a short message for the outbox."""
        return str(self.person.phone), {"text": text, "lang": self.lang}, self.whom

    def aloud(self, paragraphs: Sequence[str]) -> Thing:
        """Put down what somebody has to say to them: by a call where there is a telephone, else when they come."""
        body: dict[str, Json] = {"text": plain("\n\n".join(paragraphs)), "lang": self.lang}
        return self.person.phone or self.person.code, body, self.whom

    @property
    def whom(self) -> str:
        """How the outbox knows them."""
        return f"person:{self.person.id}"


def plain(text: str) -> str:
    """Take the isolates out: mail programs show them as boxes, and a line of one direction needs none."""
    return "".join(sign for sign in text if sign not in "\u2066\u2067\u2068\u2069")


def name_of(edition: EditionView, lang: Lang) -> str:
    """Return the name of the fair in a language."""
    names = {"ar": edition.name_ar, "fr": edition.name_fr, "en": edition.name_en}
    return names[lang] or edition.name_fr or edition.name_ar
