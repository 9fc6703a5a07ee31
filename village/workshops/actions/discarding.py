"""A draft added by mistake is taken away again, with all that was written of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, or_, select

from village.audit.actions import record
from village.kit.db import locked
from village.kit.refusal import Refusal
from village.workshops.actions.timetable import hold_edition
from village.workshops.models import (
    Notice,
    PlaceReserve,
    Prerequisite,
    ProgrammeChange,
    ProgrammeDraft,
    Registration,
    RegistrationGroup,
    SessionFile,
    SessionMinutes,
    Workshop,
    WorkshopInvitation,
    WorkshopTrainer,
)

if TYPE_CHECKING:
    from village.kit.deeds import Deed

# What hangs on a draft and goes with it. Whatever else hangs on a session makes it one that somebody knows of.
_PARTS = (
    ProgrammeChange,
    ProgrammeDraft,
    WorkshopTrainer,
    PlaceReserve,
    WorkshopInvitation,
    SessionMinutes,
)
_KNOWN_BY = (Registration, RegistrationGroup, SessionFile, Notice)


def discard_session(deed: Deed, *, edition_id: int, workshop_id: int) -> str:
    """Take a draft away. Its steps on the board go with it and cannot be taken back.

    Returns:
        its code.

    Raises:
        Refusal: `edition_not_found`, `workshop_not_found`; `session_is_public` where it was published
            or somebody registered.

    """
    # Nobody moves or publishes it meanwhile.
    hold_edition(deed, edition_id)
    row = locked(deed.session, Workshop, workshop_id)
    if row is None or row.edition_id != edition_id:
        raise Refusal("workshop_not_found", {"workshop": workshop_id})
    known = any(
        deed.session.scalars(select(table.workshop_id).where(table.workshop_id == workshop_id).limit(1)).first()
        for table in _KNOWN_BY
    )
    if row.status != "draft" or known:
        raise Refusal("session_is_public", {"workshop": row.code})
    for table in _PARTS:
        deed.session.execute(delete(table).where(table.workshop_id == workshop_id))
    asked = or_(Prerequisite.workshop_id == workshop_id, Prerequisite.required_id == workshop_id)
    deed.session.execute(delete(Prerequisite).where(asked))
    deed.session.delete(row)
    record(deed, "session.discarded", f"workshop:{row.code}", {"workshop": row.code})
    return row.code
