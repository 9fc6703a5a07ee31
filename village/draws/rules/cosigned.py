"""What witnesses put under a head (C2SP tlog-cosignature): who, and when by their own clock."""

from __future__ import annotations

import base64
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

IN_TIME = frozenset({"committed", "went_offline", "cancelled"})
"""Heads that witnesses must have cosigned by the announced hour: later, one could know what comes."""

_ID, _TIME = 4, 8
_SIGNATURE = 64


def cosignature_times(note: str) -> list[int]:
    """List the times (seconds since 1970) of the cosignatures under a note; whoever keeps it has verified them."""
    found = []
    for line in note.partition("\n\n")[2].splitlines():
        raw = base64.b64decode(line.rpartition(" ")[2])
        if len(raw) == _ID + _TIME + _SIGNATURE:
            found.append(struct.unpack(">Q", raw[_ID : _ID + _TIME])[0])
    return found


def count_in_time(note: str, step: str, announced_at: datetime) -> int:
    """Count the cosignatures under the head of a step that count: some steps want them by the announced hour."""
    times = cosignature_times(note)
    return sum(time <= announced_at.timestamp() for time in times) if step in IN_TIME else len(times)
