"""What the worker does for the log at each round: has the newest seal stamped by an authority outside."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from village.audit.actions import keep_timestamp
from village.audit.queries import find_unstamped
from village.audit.stamping import authority_for
from village.kit.deeds import SYSTEM, begin
from village.kit.worker import each_round

if TYPE_CHECKING:
    from village.kit.web import Parts

_ASK_AGAIN_S = 60.0
# When an authority that gave nothing may be asked again, in seconds of this process.
_not_before: dict[str, float] = {}


@each_round
def stamp_seals(parts: Parts) -> int:
    """Have the newest seal stamped; older ones are covered by it, for the log only grows."""
    authority = authority_for(parts.settings.timestamp_url, parts.settings.timestamp_roots)
    if not authority.address or time.monotonic() < _not_before.get(authority.address, 0.0):
        return 0
    with Session(parts.engine) as session:
        seal = find_unstamped(session, authority.address)
    if seal is None:
        return 0
    _not_before[authority.address] = time.monotonic() + _ASK_AGAIN_S
    stamp = authority.stamp(seal.note.encode())
    if stamp is None:
        return 0
    with begin(parts.engine, actor=SYSTEM, now=parts.clock.now(), chance=parts.chance) as deed:
        keep_timestamp(deed, size=seal.size, authority=authority.address, token=stamp.token, stamped_at=stamp.at)
    del _not_before[authority.address]
    return 1
