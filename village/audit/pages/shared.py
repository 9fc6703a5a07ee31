"""What the pages of the log share: their blueprint, and lines told in the reader's words."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import Blueprint
from flask_babel import gettext as _

from village.audit.kinds import FACTS, KINDS, ThingName, kind_of, pointed, things_of
from village.kit.db import db
from village.kit.i18n import current_lang, format_day
from village.kit.web import edition, wired
from village.kit.wording import say_deed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from village.audit.queries import EntryRow
    from village.kit.i18n import Lang

bp = Blueprint("audit", __name__)

HOME_ZONE = "Africa/Casablanca"
# What the log calls an actor by, where it is not the kind of a thing.
_ACTS_AS = {"key": "api_key"}
_DAY = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])")
_HASH = re.compile(r"[0-9a-f]{32,}")


@dataclass(frozen=True)
class Shown:
    """A thing or actor as it is shown: the word for its kind, its key, and what it is called today."""

    thing: str
    kind: str
    key: str
    name: str
    erased: bool

    @property
    def label(self) -> str:
        """The whole in one line of plain text, for titles and lists."""
        told = _("name erased") if self.erased else self.name
        return f"{self.kind} {self.key}".strip() + (f" · {told}" if told else "")


@dataclass(frozen=True)
class Value:
    """The value of a fact: things it points to, a hash, a text, a number or something longer as it is written."""

    things: tuple[Shown, ...] = ()
    hash: str = ""
    text: str = ""
    number: int | None = None
    written: str = ""


@dataclass(frozen=True)
class Fact:
    """A fact of a line beside its value before; `before` is None where the log had said nothing, `line` who said it."""

    name: str
    now: Value
    before: Value | None
    line: int | None
    changed: bool


def say(entry: EntryRow, lang: Lang) -> str:
    """Say a line in words; one whose facts do not fit its sentence shows its code, for the log must stay readable."""
    try:
        facts = {name: _in_words(name, value, lang) for name, value in entry.facts.items()}
        return say_deed(entry.code, {**facts, "thing": entry.thing.partition(":")[2]}, lang)
    except (TypeError, ValueError, LookupError):
        return entry.code


class Names:
    """What things and actors of some lines are called today, looked up together; without names for who may not know."""

    def __init__(self, rows: Iterable[EntryRow], *, more: Iterable[str] = (), named: bool = True) -> None:
        asked = set(more)
        for row in rows:
            asked |= {row.thing, _as_thing(row.actor), *things_of(row.facts)}
        self._lang = current_lang()
        self._names: Mapping[str, ThingName] = (
            wired("thing_names")(db.session(), asked, self._lang) if named and asked else {}
        )

    def of(self, thing: str) -> Shown:
        """Show a thing or an actor."""
        kind, _colon, key = thing.partition(":")
        found = self._names.get(_as_thing(thing), ThingName(""))
        return Shown(thing, kind_word(kind, self._lang), key, "" if found.text == key else found.text, found.erased)

    def mentioned(self, entry: EntryRow) -> list[Shown]:
        """Show the other things of a line that have a name."""
        found = [self.of(thing) for thing in sorted(things_of(entry.facts) - {entry.thing})]
        return [each for each in found if each.name or each.erased]

    def value(self, name: str, value: Any) -> Value:
        """Show the value of a fact."""
        things = pointed(name, value)
        if things:
            return Value(things=tuple(map(self.of, things)))
        if value is None:
            return Value(text="–")
        if isinstance(value, bool):
            return Value(text=_("Yes") if value else _("No"))
        if isinstance(value, int):
            return Value(number=value)
        if isinstance(value, str):
            told = _in_words(name, _written(value, self._lang), self._lang)
            return Value(hash=value) if _HASH.fullmatch(value) else Value(text=told)
        return Value(written=json.dumps(value, ensure_ascii=False, indent=1))


def fact_name(name: str, lang: Lang) -> str:
    """Name a fact; one that nobody worded is shown by its code."""
    words = FACTS.get(name) or KINDS.get(name)
    return words.say(lang) if words else name


def _in_words(name: str, value: Any, lang: Lang) -> Any:
    """Say a fact that is a code of the program as people do ("juror-2": the second juror); others stay as they are."""
    if not isinstance(value, str):
        return value
    code, _dash, number = value.partition("-")
    words = wired("code_words")().get(name, {}).get(code)
    return f"{words.say(lang)} {number}".strip() if words else value


def _written(text: str, lang: Lang) -> str:
    """Write a day as people do; every other text stays as it is."""
    return format_day(date.fromisoformat(text), lang) if _DAY.fullmatch(text) else text


def _as_thing(actor: str) -> str:
    kind, colon, key = actor.partition(":")
    return f"{_ACTS_AS[kind]}{colon}{key}" if kind in _ACTS_AS else actor


def kind_word(kind: str, lang: Lang) -> str:
    """Return the word for a kind of thing or actor; one that nobody worded is shown as it is."""
    if kind in ("system", "public"):
        return str(_("The program") if kind == "system" else _("A visitor"))
    words = KINDS.get(_ACTS_AS.get(kind, kind))
    return words.say(lang) if words else kind


def zone() -> str:
    """Return the zone in which instants are told."""
    view = edition()
    return str(view.zone) if view else HOME_ZONE


def is_thing(text: str) -> bool:
    """Tell whether a typed text is the key of a thing as the log writes it."""
    return ":" in text and kind_of(text) in KINDS
