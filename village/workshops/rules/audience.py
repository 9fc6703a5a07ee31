"""Who a session is for, what must come before it, and how many places one person or organisation may hold.

The organisers' words:
«بعض الورشات للتعاونيات المقبولة فقط، وبعضها بدعوة. ونحتفظ بمقاعد لها إلى أجل معلوم، ثم تفتح للجميع. ولا يأخذ شخص
واحد أو تعاونية واحدة كل المقاعد.»
« Certains ateliers sont pour les coopératives admises, d’autres sur invitation. Des places leur sont gardées jusqu’à
une date, puis ouvertes à tous. Et personne, ni une coopérative, ne prend toutes les places. »

A place of a reserve is used first by those whom it serves: so the reserve is what they are sure of, not a bonus above
the open places, and as many places as can be stay open to everybody.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from village.kit.refusal import Refusal
from village.workshops.rules.matching import seat
from village.workshops.rules.places import Channel

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from village.workshops.rules.places import Places, Session, Slot


class Audience(StrEnum):
    """For whom a session is held."""

    OPEN = "open"
    DELEGATES = "delegates"
    INVITED = "invited"


class WaitingMode(StrEnum):
    """What becomes of a free place: given at once, or offered with a time to answer."""

    PROMOTE = "promote"
    OFFER = "offer"


@dataclass(frozen=True, slots=True)
class Visitor:
    """What of a person bears on the rules of one session.

    `exhibitor_id` is the accepted exhibitor whom they stand for; `places` and `places_that_day` count what they hold
    (confirmed or offered) elsewhere; `holds` names the sessions with a confirmed place among those required.
    """

    person_id: int
    exhibitor_id: int | None = None
    invited: bool = False
    places: int = 0
    places_that_day: int = 0
    holds: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Reserve:
    """Places of a channel kept for an audience or an organisation, until an instant if one is set."""

    id: int
    channel: Channel
    places: int
    audience: Audience | None = None
    exhibitor_id: int | None = None
    until: datetime | None = None

    def keeps(self, now: datetime) -> bool:
        """Tell whether the places are still kept."""
        return self.until is None or now < self.until

    def serves(self, visitor: Visitor) -> bool:
        """Tell whether somebody may use these places."""
        if self.exhibitor_id is not None:
            return visitor.exhibitor_id == self.exhibitor_id
        if self.audience is Audience.INVITED:
            return visitor.invited
        return visitor.exhibitor_id is not None


@dataclass(frozen=True, slots=True)
class Required:
    """A session that must be held before another. `ends` is its wall time."""

    id: int
    code: str
    ends: datetime
    title_ar: str = ""
    title_fr: str = ""


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions of one session, as far as any are set.

    `shares` says how many places each organisation may still take here. `reserves` are those still kept, the narrowest
    first; `unused` their places that nobody uses yet.
    """

    audience: Audience = Audience.OPEN
    required: tuple[Required, ...] = ()
    max_per_person: int | None = None
    max_per_day: int | None = None
    max_per_exhibitor: int | None = None
    shares: Mapping[int, int] = field(default_factory=dict)
    reserves: tuple[Reserve, ...] = ()
    unused: Mapping[int, int] = field(default_factory=dict)

    def share_of(self, exhibitor_id: int | None) -> int | None:
        """Return how many places an organisation may still take; None without a limit."""
        if exhibitor_id is None or self.max_per_exhibitor is None:
            return None
        return self.shares.get(exhibitor_id, self.max_per_exhibitor)


FREE = Conditions()


def narrowest_first(reserves: Iterable[Reserve]) -> tuple[Reserve, ...]:
    """Order reserves so that the place that fewest others could use is used first: one organisation's, then invited."""
    rank = {None: 0, Audience.INVITED: 1, Audience.DELEGATES: 2}
    return tuple(sorted(reserves, key=lambda r: (rank.get(r.audience, 3), r.id)))


def reserved_slots(reserves: Sequence[Reserve], visitor: Visitor) -> tuple[Slot, ...]:
    """Return the reserves that somebody may use, in the order in which they are used."""
    return tuple((r.channel, r.id) for r in reserves if r.serves(visitor))


def unused_places(reserves: Sequence[Reserve], holders: Sequence[tuple[Channel, Visitor]]) -> dict[int, int]:
    """Count the places of each reserve that nobody uses, when all who hold a place use as many as they can.

    Whoever held an open place before the reserve was made, or became a delegate since, fills it too.
    """
    options = [[slot for slot in reserved_slots(reserves, v) if slot[0] is c] for c, v in holders]
    seats: dict[int, Slot] = seat(options, {(r.channel, r.id): r.places for r in reserves})
    used = list(seats.values())
    return {r.id: r.places - used.count((r.channel, r.id)) for r in reserves}


def places_by_slot(places: Places, conditions: Conditions) -> dict[Slot, int]:
    """Count the places left in each slot; together they are never more than what is left of the channel."""
    left: dict[Slot, int] = {}
    for channel in Channel:
        rest = places.left(channel)
        for reserve in conditions.reserves:
            if reserve.channel is channel:
                kept = min(rest, conditions.unused.get(reserve.id, 0))
                left[channel, reserve.id] = kept
                rest -= kept
        left[channel, None] = rest
    return left


def why_not_admitted(session: Session, visitor: Visitor, conditions: Conditions) -> list[Refusal]:
    """List what the conditions of a session object to somebody, each with what can be done about it."""
    facts = {"workshop": session.code}
    found = []
    if conditions.audience is Audience.DELEGATES and visitor.exhibitor_id is None:
        found.append(Refusal("audience_delegates", facts))
    if conditions.audience is Audience.INVITED and not visitor.invited:
        found.append(Refusal("audience_invited", facts))
    for required in conditions.required:
        if required.id in visitor.holds and required.ends <= session.starts:
            continue
        titles = {
            "other": required.code,
            "other_ar": required.title_ar or required.title_fr,
            "other_fr": required.title_fr or required.title_ar,
        }
        code = "prerequisite_missing" if required.ends <= session.starts else "prerequisite_later"
        found.append(Refusal(code, {**facts, **titles}))
    if conditions.max_per_person is not None and visitor.places >= conditions.max_per_person:
        found.append(Refusal("person_maximum", {**facts, "max": conditions.max_per_person}))
    if conditions.max_per_day is not None and visitor.places_that_day >= conditions.max_per_day:
        found.append(Refusal("person_day_maximum", {**facts, "max": conditions.max_per_day}))
    share = conditions.share_of(visitor.exhibitor_id)
    if share is not None and share <= 0:
        found.append(Refusal("exhibitor_maximum", {**facts, "max": conditions.max_per_exhibitor or 0}))
    return found
