"""The gate for programs: one scan in, one verdict out; the same deed as the page."""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import Blueprint, jsonify, request

from village.checkin import gate
from village.checkin.actions import admit
from village.checkin.forms import UUID
from village.checkin.rules import ScannedCode
from village.kit.db import db
from village.kit.guard import requires
from village.kit.refusal import Refusal
from village.kit.web import keys
from village.workshops.queries import ids_by_code

if TYPE_CHECKING:
    from flask import Response

    from village.checkin.actions import Admission
    from village.kit.deeds import Deed

bare = Blueprint("checkin_api", __name__)

_LONGEST = 400


@bare.post("/api/v1/workshops/<code>/scans")
@requires("checkin.admit")
def scan(code: str) -> Response:
    """Decide one scan.

    Body: `{"code": "…", "uuid": "…", "device_time": "2026-12-04T09:40:43Z"}`; `uuid` and `device_time` may be left
    out. Answer: `{"verdict", "word", "admits", "known", "name_ar", "name_fr", "uuid", "corrected_at", "first_at"}`.
    """
    edition = gate.the_edition()
    workshop_id = ids_by_code(db.session(), edition.id).get(code.upper())
    if workshop_id is None:
        raise Refusal("workshop_not_found", {"workshop": code})
    body = _body()

    def work(opened: Deed) -> Admission:
        scanned = ScannedCode(
            uuid=body["uuid"] or gate.new_uuid(),
            code=body["code"],
            device_id=gate.device_of(opened),
            workshop_id=workshop_id,
            device_time=body["device_time"] or opened.now,
        )
        return admit(opened, scanned, keys(), edition_id=edition.id, edition_number=edition.number)

    return jsonify(_said(gate.at_door(work)))


def _body() -> dict[str, Any]:
    """Read the body.

    Raises:
        Refusal: `scan_invalid`.

    """
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise Refusal("scan_invalid")
    code, number, at = body.get("code"), body.get("uuid"), body.get("device_time")
    # Half a letter, which JSON may hold, can be written nowhere.
    if not isinstance(code, str) or not 0 < len(code.strip()) <= _LONGEST or not code.strip().isprintable():
        raise Refusal("scan_invalid", {"field": "code"})
    if number is not None and not (isinstance(number, str) and re.fullmatch(UUID, number)):
        raise Refusal("scan_invalid", {"field": "uuid"})
    return {"code": code, "uuid": number, "device_time": _instant(at)}


def _instant(text: object) -> datetime | None:
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        at = None
    # The first and the last year leave no room for a zone or for the correction of a clock.
    if at is None or not MINYEAR < at.year < MAXYEAR:
        raise Refusal("scan_invalid", {"field": "device_time"})
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _said(admission: Admission) -> dict[str, Any]:
    said = gate.say(admission)
    return {
        "verdict": said.verdict,
        "word": said.word,
        "admits": admission.verdict.admits,
        "known": admission.known,
        "name_ar": said.name_ar,
        "name_fr": said.name_fr,
        "uuid": admission.uuid,
        "corrected_at": admission.corrected_at.isoformat(),
        "first_at": admission.first_at.isoformat() if admission.first_at else None,
    }
