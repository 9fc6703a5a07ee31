"""Admission at a gate: one decision for every gate, device and replay, whatever the order in which scans arrive.

The organisers' words: «من حضر أولا حسب الوقت الصحيح هو المسجل، وما بعده مكرر، ولا يضيع أي مسح.»
« Le premier passage à l’heure corrigée compte, les suivants restent comme doublons, aucun passage n’est perdu. »
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class Verdict(StrEnum):
    """What a scan amounts to. Only `registered` and `duplicate` open the gate's list."""

    REGISTERED = "registered"
    DUPLICATE = "duplicate"
    NOT_REGISTERED = "not_registered"
    UNKNOWN_CODE = "unknown_code"
    FORGED_CODE = "forged_code"
    REVOKED_BADGE = "revoked_badge"
    OTHER_EDITION = "other_edition"
    WITHDRAWN = "withdrawn"

    @property
    def admits(self) -> bool:
        """Whether the person may go in (a duplicate is in already)."""
        return self in (Verdict.REGISTERED, Verdict.DUPLICATE)


class Way(StrEnum):
    """How a person was recognised: at the gate, by the own link online, or by a signature or a tick brought in."""

    BADGE = "badge"
    NAME = "name"
    WALK_IN = "walk_in"
    SHEET = "sheet"
    TRAINER = "trainer"
    ONLINE = "online"


class DeviceState(StrEnum):
    """Whether a device's scans are still taken."""

    ACTIVE = "active"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class ScannedCode:
    """What a gate read, before anyone knows what it means.

    `device_time` is the instant the device believed in, `offset_s` is not part of it: the clock's error is measured
    at sync and belongs to the device. `received_at` is when the scan reached the server (None: the deed's instant).
    """

    uuid: str
    code: str
    device_id: int
    workshop_id: int
    device_time: datetime
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KnownBadge:
    """A badge that a code named."""

    badge_id: int
    person_id: int
    edition_id: int
    revoked: bool


@dataclass(frozen=True, slots=True)
class Arrival:
    """A scan's place in time: the corrected instant, then its id, so that every replay orders alike."""

    corrected_at: datetime
    uuid: str

    def before(self, other: Arrival) -> bool:
        """Tell whether this arrival comes first."""
        return (self.corrected_at, self.uuid) < (other.corrected_at, other.uuid)


def correct_time(device_time: datetime, offset_s: int) -> datetime:
    """Return the true instant of a scan.

    Args:
        device_time: what the device's clock said.
        offset_s: seconds by which that clock runs ahead of the server's (negative: behind).

    """
    return device_time - timedelta(seconds=offset_s)


def why_not_admitted(badge: KnownBadge | Verdict, edition_id: int, *, registered: bool) -> Verdict | None:
    """Return the verdict that keeps a code out, or None where the person may go in.

    Args:
        badge: the badge a code named, or the verdict on a code that names none (unknown or forged).
        edition_id: the edition of the gate.
        registered: whether the person holds a confirmed place in the gate's workshop.

    """
    if isinstance(badge, Verdict):
        return badge
    if badge.edition_id != edition_id:
        return Verdict.OTHER_EDITION
    if badge.revoked:
        return Verdict.REVOKED_BADGE
    return None if registered else Verdict.NOT_REGISTERED


def decide_arrival(new: Arrival, first: Arrival | None) -> tuple[Verdict, bool]:
    """Place an admitted arrival among those of the same person at the same workshop.

    Returns:
        its verdict, and whether it takes the first place from the arrival that held it.

    """
    if first is None:
        return Verdict.REGISTERED, False
    if new.before(first):
        return Verdict.REGISTERED, True
    return Verdict.DUPLICATE, False
