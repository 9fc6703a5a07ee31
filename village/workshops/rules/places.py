"""Places in workshops: who may register, by which channel, who waits, and who moves up.

The organisers' words (arbitration of the 14th edition):
«لا يمكن أن يسجل نفس الشخص في ورشتين في نفس الوقت، مع احتساب وقت التنقل بين مداغ والسعيدية؛
وإذا ألغى أحد مكانه يعطى في الحين لأول من ينتظر ولا تضارب في مواعيده، ومن تم تجاوزه يحتفظ برتبته.»
« Une même personne ne peut s’inscrire à deux ateliers au même moment, trajet entre Madagh et Saïdia compris ; une place
annulée va aussitôt à la première personne en attente sans chevauchement, et celle qu’on a passée garde son rang. »
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
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
    WAITLISTED = "waitlisted"
    CANCELLED = "cancelled"
    REFUSED = "refused"


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
OVERRULABLE = frozenset({"refused_overlap", "registration_not_open", "registration_closed", "workshop_full"})


@dataclass(frozen=True, slots=True)
class Sitting:
    """One person's time at one workshop. `venue_id` is None where the person takes part online."""

    workshop: str
    starts: datetime
    ends: datetime
    venue_id: int | None
    title_ar: str = ""
    title_fr: str = ""


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
    """What the rules need to know of a workshop. `opens` and `closes` are instants, or None for no limit."""

    code: str
    starts: datetime
    ends: datetime
    venue_id: int | None
    places: Places
    opens: datetime | None = None
    closes: datetime | None = None
    title_ar: str = ""
    title_fr: str = ""

    def sitting(self, channel: Channel) -> Sitting:
        """Return the time a person would spend here by a channel."""
        venue = self.venue_id if channel is Channel.ONSITE else None
        return Sitting(self.code, self.starts, self.ends, venue, self.title_ar, self.title_fr)

    def channels(self, wish: Wish) -> tuple[Channel, ...]:
        """Return the channels that are both offered and wished, the preferred one first."""
        return tuple(c for c in CHANNELS_OF_WISH[wish] if self.places.offers(c))


@dataclass(frozen=True, slots=True)
class Request:
    """One person asking for one workshop, with everything that bears on the answer."""

    session: Session
    held: Sequence[Sitting]
    travel: Mapping[tuple[int, int], int]
    now: datetime
    wish: Wish = Wish.ANY
    standing: Status | None = None
    override: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to a request. `overruled` names the objections that staff set aside."""

    result: Result
    channel: Channel | None = None
    overlap: Refusal | None = None
    overruled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """One person on a waiting list; `seq` is the rank of the request, `held` the confirmed sittings."""

    person_id: int
    seq: int
    wish: Wish
    held: Sequence[Sitting] = field(default=())


def travel_minutes(a: int | None, b: int | None, travel: Mapping[tuple[int, int], int]) -> int:
    """Return the minutes needed from one venue to another; online and unlisted pairs need none.

    `travel` holds each pair of venue ids both ways round.
    """
    if a is None or b is None or a == b:
        return 0
    return travel.get((a, b), 0)


def overlaps(one: Sitting, other: Sitting, travel: Mapping[tuple[int, int], int]) -> bool:
    """Tell whether nobody can attend both. Touching ends do not overlap; the way between venues counts."""
    way = timedelta(minutes=travel_minutes(one.venue_id, other.venue_id, travel))
    return one.starts < other.ends + way and other.starts < one.ends + way


def why_not_together(wanted: Sitting, held: Iterable[Sitting], travel: Mapping[tuple[int, int], int]) -> Refusal | None:
    """Return the overlap with the first held sitting that hinders, or None.

    The facts say whether the hours themselves meet (`way` 0) or only the minutes of the way are missing.
    """
    for other in sorted(held, key=lambda s: (s.starts, s.workshop)):
        if other.workshop == wanted.workshop or not overlaps(wanted, other, travel):
            continue
        hours_meet = wanted.starts < other.ends and other.starts < wanted.ends
        way = 0 if hours_meet else travel_minutes(wanted.venue_id, other.venue_id, travel)
        facts = {
            "workshop": wanted.workshop,
            "other": other.workshop,
            "other_ar": other.title_ar or other.title_fr,
            "other_fr": other.title_fr or other.title_ar,
            "starts": f"{other.starts:%H:%M}",
            "ends": f"{other.ends:%H:%M}",
            "way": way,
        }
        return Refusal("refused_overlap" if hours_meet else "refused_overlap_way", facts)
    return None


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
    if request.standing in (Status.CONFIRMED, Status.WAITLISTED):
        objections.append(Refusal("already_registered", {**facts, "status": request.standing.value}))
    if session.opens is not None and request.now < session.opens:
        objections.append(Refusal("registration_not_open", {**facts, "opens": session.opens.isoformat()}))
    if session.closes is not None and request.now >= session.closes:
        objections.append(Refusal("registration_closed", {**facts, "closes": session.closes.isoformat()}))
    if not session.channels(request.wish):
        objections.append(Refusal("channel_not_offered", {**facts, "wish": request.wish.value}))
    fitting, overlap = free_channels(request)
    if overlap is not None and not fitting:
        objections.append(overlap)
    return objections


def is_overlap(refusal: Refusal) -> bool:
    """Tell whether a refusal is about two workshops at once, by their hours or by the way between them."""
    return refusal.code in {"refused_overlap", "refused_overlap_way"}


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
    for channel in fitting:
        if request.session.places.left(channel):
            return Decision(Result.CONFIRMED, channel)
    return Decision(Result.WAITLISTED)


def _decide_overruled(request: Request, objections: Sequence[Refusal]) -> Decision:
    """Confirm by decision of staff: a free place where there is one, else one more than the capacity."""
    overruled = tuple(o.code for o in objections)
    wished = request.session.channels(request.wish)
    fitting, _ = free_channels(request)
    order = (*fitting, *(c for c in wished if c not in fitting))
    for channel in order:
        if request.session.places.left(channel):
            return Decision(Result.CONFIRMED, channel, overruled=overruled)
    return Decision(Result.CONFIRMED, order[0], overruled=(*overruled, "workshop_full"))


def choose_promotion(
    session: Session, waiting: Iterable[Waiting], travel: Mapping[tuple[int, int], int], freed: Channel
) -> Waiting | None:
    """Return who moves up to a place freed in a channel: the longest waiting person whom nothing hinders.

    Those passed over, for an overlap or because they wish the other channel alone, keep their rank.
    Nobody moves up while the channel is still at or above its capacity.
    """
    if not session.places.left(freed):
        return None
    sitting = session.sitting(freed)
    for person in sorted(waiting, key=lambda w: w.seq):
        if freed in session.channels(person.wish) and not why_not_together(sitting, person.held, travel):
            return person
    return None


def why_not_cancel(starts_at: datetime, now: datetime, *, by_staff: bool) -> Refusal | None:
    """Object to a participant who gives a place back once the workshop has begun; staff may still correct it."""
    return Refusal("workshop_begun", {}) if now >= starts_at and not by_staff else None
