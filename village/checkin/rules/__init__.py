"""Admission at a gate, and what a signed sheet of paper says beside the scans."""

from village.checkin.rules.admission import (
    Arrival,
    DeviceState,
    KnownBadge,
    ScannedCode,
    Verdict,
    Way,
    correct_time,
    decide_arrival,
    why_not_admitted,
)
from village.checkin.rules.online import OPENS_BEFORE, arrival_id, why_not_joined
from village.checkin.rules.sheets import (
    ABSENT,
    PRESENT,
    Finding,
    Kind,
    Listed,
    Typed,
    compare,
    in_order,
    read_numbers,
    row_codes,
    why_unsettled,
)
from village.checkin.rules.slots import Slot, read_slot

__all__ = [
    "ABSENT",
    "OPENS_BEFORE",
    "PRESENT",
    "Arrival",
    "DeviceState",
    "Finding",
    "Kind",
    "KnownBadge",
    "Listed",
    "ScannedCode",
    "Slot",
    "Typed",
    "Verdict",
    "Way",
    "arrival_id",
    "compare",
    "correct_time",
    "decide_arrival",
    "in_order",
    "read_numbers",
    "read_slot",
    "row_codes",
    "why_not_admitted",
    "why_not_joined",
    "why_unsettled",
]
