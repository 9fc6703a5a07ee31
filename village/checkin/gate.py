"""What the pages and the interface of a gate share: this browser's device, and a verdict in words."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import session
from flask_babel import gettext as _

from village.checkin.actions import register_device
from village.checkin.rules import ScannedCode, Verdict
from village.kit.clock import local
from village.kit.db import db
from village.kit.i18n import current_lang, format_clock
from village.kit.refusal import Refusal
from village.kit.web import deed, edition, parts
from village.people.queries import get_person

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from village.checkin.actions import Admission
    from village.editions.queries import EditionView
    from village.kit.deeds import Deed

_KEPT = "gate"


@dataclass(frozen=True)
class Said:
    """A verdict as people see and hear it. `tone` is ok, wait or bad; `sign` an icon's name."""

    verdict: str
    tone: str
    sign: str
    word: str
    more: str
    name_ar: str
    name_fr: str
    person_id: int | None
    uuid: str


def the_edition() -> EditionView:
    """Return the edition of the gates.

    Raises:
        Refusal: `edition_not_found`.

    """
    found: EditionView | None = edition()
    if found is None:
        raise Refusal("edition_not_found", {"edition": ""})
    return found


def new_uuid() -> str:
    """Make the id of a scan."""
    return str(uuid.UUID(bytes=parts().chance.token_bytes(16), version=4))


def at_door(work: Callable[[Deed], Admission]) -> Admission:
    """Do a deed of this browser's device; where the database has lost the device, make it known anew and do it again.

    Raises:
        Refusal: whatever the deed refuses.

    """
    try:
        with deed() as opened:
            return work(opened)
    except Refusal as refusal:
        if refusal.code != "device_not_found" or session.pop(_KEPT, None) is None:
            raise
    with deed() as opened:
        return work(opened)


def device_of(opened: Deed) -> int:
    """Return this browser's device, making it known at its first scan."""
    kept = _kept()
    return int(kept["id"]) if kept is not None else name_device(opened, device_name())


def name_device(opened: Deed, name: str) -> int:
    """Give this browser's device a name, making it known where it is not. A browser here keeps the server's time.

    The browser remembers its device only once the deed stands: a refused one leaves no device behind.
    """
    kept = _kept()
    view = the_edition()
    code = str(kept["code"]) if kept is not None else f"web-{opened.chance.token_bytes(4).hex()}"
    device_id = register_device(opened, view.id, code=code, name=name, offset_s=0)
    remembered = {"edition": view.id, "code": code, "id": device_id, "name": name or device_name()}
    opened.after_commit(lambda: session.update({_KEPT: remembered}))
    return device_id


def _kept() -> dict[str, Any] | None:
    """Return what this browser remembers of its device in this edition."""
    kept = session.get(_KEPT)
    if isinstance(kept, dict) and kept.get("edition") == the_edition().id and isinstance(kept.get("id"), int):
        return kept
    return None


def device_name() -> str:
    """Return what this gate is called; empty while nobody has named it."""
    kept = session.get(_KEPT)
    return str(kept.get("name", "")) if isinstance(kept, dict) else ""


def scan_of(opened: Deed, workshop_id: int, code: str, number: str) -> ScannedCode:
    """Make a scan of this browser, now."""
    return ScannedCode(number, code, device_of(opened), workshop_id, opened.now)


def words_of_verdicts() -> dict[Verdict, tuple[str, str, str]]:
    """Return tone, sign and word of each verdict."""
    return {
        Verdict.REGISTERED: ("ok", "check", _("Welcome")),
        Verdict.DUPLICATE: ("wait", "undo", _("Already in")),
        Verdict.NOT_REGISTERED: ("bad", "cross", _("Not registered here")),
        Verdict.UNKNOWN_CODE: ("bad", "cross", _("Unknown code")),
        Verdict.FORGED_CODE: ("bad", "warning", _("False code")),
        Verdict.REVOKED_BADGE: ("bad", "warning", _("Badge withdrawn")),
        Verdict.OTHER_EDITION: ("bad", "cross", _("Badge of another year")),
        Verdict.WITHDRAWN: ("wait", "undo", _("Taken back")),
    }


def say(admission: Admission) -> Said:
    """Say an admission: the word, the name, and what helps staff to go on."""
    tone, sign, word = words_of_verdicts()[admission.verdict]
    person = get_person(db.session(), admission.person_id) if admission.person_id is not None else None
    return Said(
        admission.verdict.value,
        tone,
        sign,
        word,
        _more(admission.verdict, admission.first_at),
        person.name_ar if person else "",
        person.name_fr if person else "",
        admission.person_id,
        admission.uuid,
    )


def clock_of(at: datetime) -> str:
    """Write the local time of day of an instant."""
    return format_clock(local(at, the_edition().zone).time(), current_lang())


def _more(verdict: Verdict, first_at: datetime | None) -> str:
    if verdict is Verdict.DUPLICATE and first_at is not None:
        return _("First seen at %(time)s.", time=clock_of(first_at))
    says = {
        Verdict.NOT_REGISTERED: _("Register the person here, or send them to the desk."),
        Verdict.UNKNOWN_CODE: _("Scan again, or type the name."),
        Verdict.FORGED_CODE: _("This code was not made by the village. Type the name."),
        Verdict.REVOKED_BADGE: _("This badge was lost or replaced. Ask for the new one."),
        Verdict.OTHER_EDITION: _("Type the name."),
    }
    return says.get(verdict, "")
