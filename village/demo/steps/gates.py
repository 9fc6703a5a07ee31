"""The gates: badges for all, the scans of three days, and the same scans once more with signed codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village.badges.actions import issue_badges
from village.badges.queries import list_tokens
from village.badges.rules import KIND_OF_CATEGORY, BadgeOrder, Kind
from village.checkin.actions import admit, register_device
from village.checkin.queries import list_devices, list_verdicts
from village.checkin.rules import ScannedCode
from village.demo.stage import at, instant_of
from village.kit.deeds import Actor
from village.people.queries import ids_by_code
from village.workshops.queries import ids_by_code as workshop_ids

if TYPE_CHECKING:
    from village.demo.stage import Stage
    from village.imports.readers import ScanRow
    from village.kit.db import Json
    from village.kit.deeds import Deed

_REHEARSED_AT = at("2026-12-06T17:30")


class _Rehearsed(Exception):  # noqa: N818 - the end of a rehearsal is no fault
    """Ends a rehearsal: its deed is rolled back, only what was said stays."""


def badges(stage: Stage, deed: Deed) -> dict[str, Json]:
    """Make a badge for each person; the id of the imported badge stays usable."""
    people = ids_by_code(deed.session, stage.edition_id)
    orders = [
        BadgeOrder(people[row.id], KIND_OF_CATEGORY.get(row.category, Kind.PARTICIPANT), row.badge_code)
        for row in stage.source.participants
    ]
    return {"badges": len(issue_badges(deed, edition_id=stage.edition_id, orders=orders).ids)}


def devices(stage: Stage, deed: Deed) -> dict[str, Json]:
    """Make the gates' devices known, with the offset of each clock."""
    rows = stage.source.json("devices.json")["devices"]
    for row in rows:
        register_device(deed, stage.edition_id, code=row["id"], offset_s=row["offset_s"])
    return {"devices": len(rows)}


def rehearsal(stage: Stage) -> dict[str, Json]:
    """Play all scans with each known badge as its signed code, in one deed that is then undone."""
    said: dict[str, str] = {}
    rows = stage.source.scans
    codes = _signed_codes(stage)
    try:
        with stage.deed(_REHEARSED_AT) as deed:
            gate = _Gate(stage, deed)
            for row in rows:
                said[row.id] = gate.scan(row, codes.get(row.code, row.code))
            final = gate.final()
            raise _Rehearsed  # noqa: TRY301 - raised to roll the deed back
    except _Rehearsed:
        pass
    with stage.deed() as deed:
        for key, value in final.items():
            stage.keep(deed, key, value)
    return {"scans": len(said), "signed": sum(row.code in codes for row in rows)}


def scans(stage: Stage) -> dict[str, Json]:
    """Play the scans as the gates sent them, each as a deed of its device."""
    rows = stage.source.scans
    for done, row in enumerate(rows[stage.done() :], stage.done() + 1):
        with stage.deed(instant_of(row.received_at)) as deed:
            gate = _Gate(stage, deed)
            deed.actor = Actor("device", str(gate.devices[row.device]))
            gate.scan(row, row.code)
            stage.advance(deed, done, len(rows))
    with stage.session() as session:
        verdicts = list(list_verdicts(session, stage.edition_id).values())
    return {"scans": len(verdicts), **{word: verdicts.count(word) for word in sorted(set(verdicts))}}


class _Gate:
    """A gate of the fair, in one deed."""

    def __init__(self, stage: Stage, deed: Deed) -> None:
        self.stage = stage
        self.deed = deed
        self.devices = {row.code: row.id for row in list_devices(deed.session, stage.edition_id)}
        self.workshops = workshop_ids(deed.session, stage.edition_id)

    def scan(self, row: ScanRow, code: str) -> str:
        """Let the gate decide one scan."""
        scanned = ScannedCode(
            uuid=row.id,
            code=code,
            device_id=self.devices[row.device],
            workshop_id=self.workshops[row.workshop_id],
            device_time=instant_of(row.device_time),
            received_at=instant_of(row.received_at),
        )
        admission = admit(
            self.deed,
            scanned,
            self.stage.parts.keys,
            edition_id=self.stage.edition_id,
            edition_number=self.stage.source.event["edition"],
        )
        return admission.verdict.value

    def final(self) -> dict[str, str]:
        """Return what every scan amounts to in the end."""
        return list_verdicts(self.deed.session, self.stage.edition_id)


def _signed_codes(stage: Stage) -> dict[str, str]:
    """Return the signed code of each badge by its imported id."""
    with stage.session() as session:
        return list_tokens(session, stage.edition_id, stage.source.event["edition"], stage.parts.keys)
