"""Places in workshops: who may register, and by which channel.

The organisers' words (arbitration of the 14th edition):
«لا يمكن أن يسجل نفس الشخص في ورشتين في نفس الوقت، مع احتساب وقت التنقل بين مداغ والسعيدية؛
وإذا ألغى أحد مكانه يعطى في الحين لأول من ينتظر ولا تضارب في مواعيده، ومن تم تجاوزه يحتفظ برتبته.»
« Une même personne ne peut s’inscrire à deux ateliers au même moment, trajet entre Madagh et Saïdia compris ; une place
annulée va aussitôt à la première personne en attente sans chevauchement, et celle qu’on a passée garde son rang. »
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from village.kit.refusal import Refusal
from village.workshops.rules.overlaps import Sitting, is_overlap, why_not_together

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime


class Mode(StrEnum):
    """How a workshop is held."""

    ONSITE = "onsite"
    ONLINE = "online"
    HYBRID = "hybrid"


class Channel(StrEnum):
    """Where a confirmed person takes part."""

    ONSITE = "onsite"
    ONLINE = "online"


class Wish(StrEnum):
    """What a person asks for: the room first and online where it is full, or one channel alone."""

    ANY = "any"
    ONSITE = "onsite"
    ONLINE = "online"


class Status(StrEnum):
    """State of one request."""

    CONFIRMED = "confirmed"
    OFFERED = "offered"
    WAITLISTED = "waitlisted"
    CANCELLED = "cancelled"
    REFUSED = "refused"


# A place that is offered is held for the one to whom it is offered, and counts as taken.
HOLDING = (Status.CONFIRMED, Status.OFFERED)
LIVE = (*HOLDING, Status.WAITLISTED)


class Result(StrEnum):
    """What a request came to, as it is told and logged."""

    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    REFUSED_OVERLAP = "refused_overlap"
    CANCELLED = "cancelled"
    IGNORED = "ignored"


CHANNELS_OF_WISH: Mapping[Wish, tuple[Channel, ...]] = MappingProxyType(
    {
        Wish.ANY: (Channel.ONSITE, Channel.ONLINE),
        Wish.ONSITE: (Channel.ONSITE,),
        Wish.ONLINE: (Channel.ONLINE,),
    }
)

# Objections that a member of staff may set aside, giving a reason. The others are facts, not judgements.
OVERRULABLE = frozenset(
    {
        "refused_overlap",
        "registration_not_open",
        "registration_closed",
        "workshop_full",
        "place_reserved",
        "prerequisite_missing",
        "prerequisite_later",
        "audience_delegates",
        "audience_invited",
        "person_maximum",
        "person_day_maximum",
        "exhibitor_maximum",
    }
)

# A place is taken from a reserve of a channel, or (None) from the places open to everybody.
Slot = tuple[Channel, int | None]


@dataclass(frozen=True, slots=True)
class Places:
    """Places of one workshop by channel."""

    onsite: int
    online: int
    taken_onsite: int = 0
    taken_online: int = 0

    def left(self, channel: Channel) -> int:
        """Return the places left in a channel; never below zero, even where staff went beyond the capacity."""
        if channel is Channel.ONSITE:
            return max(0, self.onsite - self.taken_onsite)
        return max(0, self.online - self.taken_online)

    def offers(self, channel: Channel) -> bool:
        """Tell whether the workshop is held in this channel at all."""
        return (self.onsite if channel is Channel.ONSITE else self.online) > 0

    @property
    def all_left(self) -> int:
        """Places left on site and online together."""
        return self.left(Channel.ONSITE) + self.left(Channel.ONLINE)


@dataclass(frozen=True, slots=True)
class Session:
    """What the rules need to know of a workshop.

    `starts` and `ends` are wall times. `starts_at`, `opens` and `closes` are instants written in the zone of the fair,
    or None where nothing limits.
    """

    code: str
    starts: datetime
    ends: datetime
    venue_id: int | None
    places: Places
    opens: datetime | None = None
    closes: datetime | None = None
    title_ar: str = ""
    title_fr: str = ""
    starts_at: datetime | None = None
    is_cancelled: bool = False

    def sitting(self, channel: Channel) -> Sitting:
        """Return the time a person would spend here by a channel."""
        venue = self.venue_id if channel is Channel.ONSITE else None
        return Sitting(self.code, self.starts, self.ends, venue, self.title_ar, self.title_fr)

    def channels(self, wish: Wish) -> tuple[Channel, ...]:
        """Return the channels that are both offered and wished, the preferred one first."""
        return tuple(c for c in CHANNELS_OF_WISH[wish] if self.places.offers(c))


@dataclass(frozen=True, slots=True)
class Request:
    """One person asking for one workshop, with everything that bears on the answer.

    `barred` is what the rules on audience, prerequisites and maxima object (see `rules.audience`). `left` counts the
    places by slot where some are reserved or kept for a group, `reserved` names the reserves that this person may use.
    """

    session: Session
    held: Sequence[Sitting]
    travel: Mapping[tuple[int, int], int]
    now: datetime
    wish: Wish = Wish.ANY
    standing: Status | None = None
    override: str = ""
    barred: Sequence[Refusal] = ()
    left: Mapping[Slot, int] | None = None
    reserved: Sequence[Slot] = ()

    def left_in(self, slot: Slot) -> int:
        """Return the places left for this request in a slot."""
        return self.session.places.left(slot[0]) if self.left is None else self.left.get(slot, 0)


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to a request. `overruled` names the objections that staff set aside."""

    result: Result
    channel: Channel | None = None
    overlap: Refusal | None = None
    overruled: tuple[str, ...] = ()
    reserve_id: int | None = None


def slots_of(channels: Sequence[Channel], reserved: Sequence[Slot]) -> list[Slot]:
    """Order the slots that somebody may take: each channel's own reserves first, so that open places stay open."""
    return [slot for c in channels for slot in (*(r for r in reserved if r[0] is c), (c, None))]


def free_channels(request: Request) -> tuple[tuple[Channel, ...], Refusal | None]:
    """Return the channels that fit into the person's day, and the overlap that closes the first one.

    A person who cannot reach the room in time may still take part online.
    """
    overlap: Refusal | None = None
    fitting = []
    for channel in request.session.channels(request.wish):
        hindrance = why_not_together(request.session.sitting(channel), request.held, request.travel)
        if hindrance is None:
            fitting.append(channel)
        else:
            overlap = overlap or hindrance
    return tuple(fitting), overlap


def list_objections(request: Request) -> list[Refusal]:
    """List everything that speaks against a request, before anyone decides what may be set aside."""
    session, facts = request.session, {"workshop": request.session.code}
    objections = []
    if session.is_cancelled:
        objections.append(Refusal("workshop_cancelled", facts))
    if request.standing in LIVE:
        objections.append(Refusal("already_registered", {**facts, "status": str(request.standing)}))
    if session.opens is not None and request.now < session.opens:
        objections.append(Refusal("registration_not_open", {**facts, **_when(session.opens)}))
    if session.closes is not None and request.now >= session.closes:
        objections.append(Refusal("registration_closed", {**facts, **_when(session.closes)}))
    if not session.channels(request.wish):
        objections.append(Refusal("channel_not_offered", {**facts, "wish": request.wish.value}))
    objections.extend(request.barred)
    fitting, overlap = free_channels(request)
    if overlap is not None and not fitting:
        objections.append(overlap)
    return objections


def _when(at: datetime) -> dict[str, str]:
    return {"day": f"{at:%Y-%m-%d}", "clock": f"{at:%H:%M}"}


def may_overrule(refusal: Refusal) -> bool:
    """Tell whether staff may set this objection aside with a reason."""
    return refusal.code in OVERRULABLE or is_overlap(refusal)


def decide_registration(request: Request) -> Decision:
    """Answer a request: confirmed by a channel, waitlisted, or refused for an overlap.

    Raises:
        Refusal: something else than an overlap objects (all objections are in it), and staff did not or may
            not set it aside.

    """
    objections = list_objections(request)
    if request.override:
        stubborn = [o for o in objections if not may_overrule(o)]
        if stubborn:
            raise Refusal.of(stubborn)
        return _decide_overruled(request, objections)
    if [o for o in objections if not is_overlap(o)]:
        raise Refusal.of(objections)
    if objections:
        return Decision(Result.REFUSED_OVERLAP, overlap=objections[0])
    fitting, _ = free_channels(request)
    for slot in slots_of(fitting, request.reserved):
        if request.left_in(slot):
            return Decision(Result.CONFIRMED, slot[0], reserve_id=slot[1])
    return Decision(Result.WAITLISTED)


def _decide_overruled(request: Request, objections: Sequence[Refusal]) -> Decision:
    """Confirm by decision of staff: a free place where there is one, else a kept one, else one beyond the capacity."""
    overruled = tuple(dict.fromkeys(o.code for o in objections))
    wished = request.session.channels(request.wish)
    fitting, _ = free_channels(request)
    order = (*fitting, *(c for c in wished if c not in fitting))
    for channel, reserve in slots_of(order, request.reserved):
        if request.left_in((channel, reserve)):
            return Decision(Result.CONFIRMED, channel, overruled=overruled, reserve_id=reserve)
    for channel in order:
        if request.session.places.left(channel):
            return Decision(Result.CONFIRMED, channel, overruled=(*overruled, "place_reserved"))
    return Decision(Result.CONFIRMED, order[0], overruled=(*overruled, "workshop_full"))


def why_not_cancel(starts_at: datetime, now: datetime, *, by_staff: bool) -> Refusal | None:
    """Object to a participant who gives a place back once the workshop has begun; staff may still correct it."""
    return Refusal("workshop_begun", {}) if now >= starts_at and not by_staff else None
