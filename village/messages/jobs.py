"""What the worker does at each round: hand on what happened, and carry what waits, each kind by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from village.kit.deeds import SYSTEM, begin
from village.kit.outbox import carry_due
from village.kit.worker import each_round
from village.messages.actions.letters import House
from village.messages.actions.telling import tell_due
from village.messages.calling import KIND as CALLS
from village.workshops.queries.telling import is_anything_untold

if TYPE_CHECKING:
    from village.kit.web import Parts

_NOTICES_AT_ONCE = 100


@each_round
def tell_people(parts: Parts) -> int:
    """Put down for the outbox what people are to be told."""
    # A read first: an idle round never takes the one write lock of SQLite.
    with Session(parts.engine) as session:
        if not is_anything_untold(session):
            return 0
    with begin(parts.engine, actor=SYSTEM, now=parts.clock.now(), chance=parts.chance) as deed:
        return tell_due(deed, _NOTICES_AT_ONCE, House.of(parts))


@each_round
def carry_letters(parts: Parts) -> int:
    """Carry letters that are due."""
    return carry_due(parts, kinds=("mail",))


@each_round
def carry_texts(parts: Parts) -> int:
    """Carry short messages that are due."""
    return carry_due(parts, kinds=("sms",))


@each_round
def carry_calls(parts: Parts) -> int:
    """Carry calls to other programs that are due."""
    return carry_due(parts, kinds=(CALLS,))
