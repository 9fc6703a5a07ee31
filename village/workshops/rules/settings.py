"""What organisers set for a session, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from village.kit.refusal import Refusal
from village.workshops.rules.audience import Audience, WaitingMode
from village.workshops.rules.places import Channel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from village.workshops.rules.audience import Required
    from village.workshops.rules.places import Session


@dataclass(frozen=True, slots=True)
class NewReserve:
    """Places to be kept for an audience or one organisation, never both, until an instant if one is set."""

    channel: Channel
    places: int
    audience: Audience | None = None
    exhibitor_id: int | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewRules:
    """The rules of a session as organisers set them. `prerequisites` are ids of sessions."""

    audience: Audience = Audience.OPEN
    waiting: WaitingMode = WaitingMode.PROMOTE
    offer_minutes: int = 1440
    max_per_exhibitor: int | None = None
    opens: datetime | None = None
    closes: datetime | None = None
    prerequisites: tuple[int, ...] = ()
    reserves: tuple[NewReserve, ...] = ()


# Long enough to read a message, short enough that a place does not stand empty for weeks.
_DAY = 1440
OFFER_MINUTES = range(5, 14 * _DAY + 1)


def list_rule_faults(
    session: Session, workshop_id: int, rules: NewRules, required: Sequence[Required]
) -> list[Refusal]:
    """List what is wrong with the rules of a session, all at once."""
    facts = {"workshop": session.code}
    faults = []
    if rules.opens is not None and rules.closes is not None and rules.closes <= rules.opens:
        faults.append(Refusal("closes_before_opens", facts))
    if rules.waiting is WaitingMode.OFFER and rules.offer_minutes not in OFFER_MINUTES:
        faults.append(Refusal("offer_minutes_wrong", {"least": OFFER_MINUTES[0], "days": OFFER_MINUTES[-1] // _DAY}))
    if rules.max_per_exhibitor is not None and rules.max_per_exhibitor < 1:
        faults.append(Refusal("maximum_wrong"))
    for each in required:
        if each.id == workshop_id:
            faults.append(Refusal("prerequisite_itself", facts))
        elif each.ends > session.starts:
            faults.append(Refusal("prerequisite_not_before", {**facts, "other": each.code}))
    return [*faults, *_reserve_faults(session, rules)]


def _reserve_faults(session: Session, rules: NewRules) -> Iterator[Refusal]:
    facts = {"workshop": session.code}
    for each in rules.reserves:
        owners = (each.audience is not None) + (each.exhibitor_id is not None)
        if each.places < 1 or owners != 1 or each.audience is Audience.OPEN:
            yield Refusal("reserve_wrong", facts)
    for channel, places in ((Channel.ONSITE, session.places.onsite), (Channel.ONLINE, session.places.online)):
        kept = sum(r.places for r in rules.reserves if r.channel is channel)
        if kept > places:
            yield Refusal("reserves_exceed", {**facts, "kept": kept, "places": places})
