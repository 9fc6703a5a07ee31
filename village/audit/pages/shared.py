"""What the pages of the log share: their blueprint, and lines said in the reader's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint
from flask_babel import gettext as _

from village.kit.db import db
from village.kit.web import edition, wired
from village.kit.wording import say_deed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from village.audit.queries import EntryRow
    from village.kit.i18n import Lang

bp = Blueprint("audit", __name__)

HOME_ZONE = "Africa/Casablanca"


def say(entry: EntryRow, lang: Lang) -> str:
    """Say a line in words; one whose facts do not fit its sentence shows its code, for the log must stay readable."""
    try:
        return say_deed(entry.code, {**entry.facts, "thing": entry.thing.partition(":")[2]}, lang)
    except (TypeError, ValueError, LookupError):
        return entry.code


def actor_names(rows: Iterable[EntryRow]) -> Mapping[str, str]:
    """Name the actors of some lines: accounts by name where the application can, others by their kind."""
    actors = {row.actor for row in rows}
    known: Mapping[str, str] = wired("actor_names")(db.session(), actors)
    return {actor: known.get(actor) or _kind(actor) for actor in actors}


def _kind(actor: str) -> str:
    kind, _colon, key = actor.partition(":")
    sayings = {
        "account": _("Account %(key)s", key=key),
        "person": _("Participant %(key)s", key=key),
        "device": _("Device %(key)s", key=key),
        "key": _("Program with key %(key)s", key=key),
        "system": _("The program"),
        "public": _("A visitor"),
    }
    return str(sayings.get(kind, actor))


def zone() -> str:
    """Return the zone in which instants are told."""
    view = edition()
    return str(view.zone) if view else HOME_ZONE
