"""Minutes (محضر / compte rendu) of a session: written bit by bit, closed, opened again with a reason."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from village.audit.actions import record
from village.kit.db import locked
from village.kit.refusal import Refusal
from village.workshops.models import SessionMinutes, Workshop
from village.workshops.rules.kinds import why_no_minutes
from village.workshops.rules.sessions import MinutesText, why_not_close

if TYPE_CHECKING:
    from village.kit.deeds import Deed


def write_minutes(deed: Deed, *, workshop_id: int, text: MinutesText, expected: int) -> int:
    """Keep what is written so far. The log says when minutes were begun; what they became stands there when they close.

    Args:
        deed: the transaction.
        workshop_id: of which session.
        text: all of it.
        expected: the version that the writer saw; 0 before anything was written.

    Returns:
        the version now.

    Raises:
        Refusal: `workshop_not_found`, `minutes_not_asked`, `minutes_closed`, `changed_meanwhile`, `attended_negative`.

    """
    workshop = _workshop(deed, workshop_id)
    row = deed.session.get(SessionMinutes, workshop_id)
    if row is not None and row.closed_at is not None:
        raise Refusal("minutes_closed", {"workshop": workshop.code})
    if (row.version if row else 0) != expected:
        raise Refusal("changed_meanwhile", {"thing": workshop.code})
    if text.attended is not None and text.attended < 0:
        raise Refusal("attended_negative", {"workshop": workshop.code})
    if row is None:
        row = SessionMinutes(workshop_id=workshop_id, version=0)
        deed.session.add(row)
        record(deed, "minutes.begun", f"workshop:{workshop.code}", {"workshop": workshop.code})
    if asdict(text) != asdict(_text(row)) or row.version == 0:
        for name, value in asdict(text).items():
            setattr(row, name, value)
        row.version += 1
        row.written_at = deed.now
    deed.session.flush()
    return row.version


def close_minutes(deed: Deed, *, workshop_id: int) -> str:
    """Close minutes: from now on they are read by everybody and not written.

    Returns:
        the SHA-256 of what they say, which the log keeps.

    Raises:
        Refusal: `workshop_not_found`, `minutes_not_asked`, `minutes_closed`, `minutes_empty`.

    """
    workshop = _workshop(deed, workshop_id)
    row = deed.session.get(SessionMinutes, workshop_id)
    text = _text(row) if row else MinutesText()
    if row is not None and row.closed_at is not None:
        raise Refusal("minutes_closed", {"workshop": workshop.code})
    objection = why_not_close(text, workshop.code)
    if row is None or objection:
        raise objection or Refusal("minutes_empty", {"workshop": workshop.code})
    row.closed_at = deed.now
    row.version += 1
    said = json.dumps(asdict(text), ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(said.encode()).hexdigest()
    record(deed, "minutes.closed", f"workshop:{workshop.code}", {"workshop": workshop.code, "sha256": digest})
    return digest


def reopen_minutes(deed: Deed, *, workshop_id: int, reason: str) -> None:
    """Open closed minutes again to put something right; the log keeps the reason.

    Raises:
        Refusal: `workshop_not_found`, `minutes_not_asked`, `minutes_open`, `minutes_reason_missing`.

    """
    workshop = _workshop(deed, workshop_id)
    row = deed.session.get(SessionMinutes, workshop_id)
    if row is None or row.closed_at is None:
        raise Refusal("minutes_open", {"workshop": workshop.code})
    if not reason.strip():
        raise Refusal("minutes_reason_missing", {"workshop": workshop.code})
    row.closed_at = None
    row.version += 1
    record(deed, "minutes.reopened", f"workshop:{workshop.code}", {"workshop": workshop.code, "reason": reason.strip()})


def _workshop(deed: Deed, workshop_id: int) -> Workshop:
    """Hold the session's row: two people never write its minutes at the same moment."""
    row = locked(deed.session, Workshop, workshop_id)
    if row is None:
        raise Refusal("workshop_not_found", {"workshop": workshop_id})
    if objection := why_no_minutes(row.kind, row.code):
        raise objection
    return row


def _text(row: SessionMinutes) -> MinutesText:
    return MinutesText(
        row.rapporteur or "",
        row.attended,
        row.text_ar or "",
        row.text_fr or "",
        row.decisions_ar or "",
        row.decisions_fr or "",
    )
