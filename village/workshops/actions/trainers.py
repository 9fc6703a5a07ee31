"""Trainers: who leads sessions, with a profile for everybody and a telephone for the organisers."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from village.audit.actions import record
from village.kit.db import locked
from village.kit.refusal import Refusal
from village.people.rules import parse_phones
from village.workshops.actions.codes import give_code
from village.workshops.models import Trainer
from village.workshops.rules.editing import list_changed

if TYPE_CHECKING:
    from village.kit.db import Json
    from village.kit.deeds import Deed
    from village.workshops.rules.sessions import TrainerText


def add_trainer(deed: Deed, *, edition_id: int, text: TrainerText) -> str:
    """Add a trainer. Returns the code.

    Raises:
        Refusal: `edition_not_found`, `trainer_name_missing`, `phone_invalid`.

    """
    values = _values(text)
    code = give_code(deed, edition_id, Trainer)
    deed.session.add(Trainer(edition_id=edition_id, code=code, **values))
    deed.session.flush()
    record(deed, "trainer.added", f"trainer:{code}", {"trainer": code})
    return code


def edit_trainer(deed: Deed, *, trainer_id: int, text: TrainerText, expected: int) -> list[str]:
    """Write who a trainer is. Returns the names of what changed; the log names them and never their values.

    Raises:
        Refusal: `this_trainer_not_found`, `changed_meanwhile`, `trainer_name_missing`, `phone_invalid`.

    """
    row = locked(deed.session, Trainer, trainer_id)
    if row is None:
        raise Refusal("this_trainer_not_found", {"trainer": trainer_id})
    if row.version != expected:
        raise Refusal("changed_meanwhile", {"thing": row.code})
    values = _values(text)
    changed = list_changed({name: getattr(row, name) for name in values}, values)
    if changed:
        for name in changed:
            setattr(row, name, values[name])
        row.version += 1
        record(deed, "trainer.edited", f"trainer:{row.code}", {"trainer": row.code, "changed": list(changed)})
    return changed


def _values(text: TrainerText) -> dict[str, Json]:
    if not (text.name_ar or text.name_fr):
        raise Refusal("trainer_name_missing")
    phones = parse_phones(text.phone)
    return {**asdict(text), "phone": phones[0] if phones else None, "email": text.email or None}
