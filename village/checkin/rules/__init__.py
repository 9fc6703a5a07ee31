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

__all__ = [
    "ABSENT",
    "PRESENT",
    "Arrival",
    "DeviceState",
    "Finding",
    "Kind",
    "KnownBadge",
    "Listed",
    "ScannedCode",
    "Typed",
    "Verdict",
    "Way",
    "compare",
    "correct_time",
    "decide_arrival",
    "in_order",
    "read_numbers",
    "row_codes",
    "why_not_admitted",
    "why_unsettled",
]
