"""The waiting list: who moves up, who is passed over, and why.

The organisers' words:
«من جاء أولا يأخذ أولا. من لا يستطيع الحضور في ذلك الوقت نتجاوزه ويبقى في رتبته. والمجموعة التي طلبت البقاء معا تصعد
كلها أو لا تصعد: نجمع لها الأماكن إلى يومين قبل الورشة، وبعد ذلك نعطيها لمن يليها حتى لا يبقى مقعد فارغا. ومن التحق
بالمجموعة متأخرا لا يتجاوز بها من سبقه.»
« Premier arrivé, premier servi. Qui ne peut pas venir à cette heure est passé et garde son rang. Un groupe qui veut
rester ensemble monte en entier ou pas du tout : les places libres lui sont gardées jusqu’à deux jours avant la séance ;
ensuite elles vont aux suivants, pour qu’aucune chaise ne reste vide. Et un membre arrivé tard ne fait passer le groupe
devant personne. »
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from village.kit.refusal import Refusal
from village.workshops.rules.matching import seat
from village.workshops.rules.overlaps import why_not_together
from village.workshops.rules.places import Channel, slots_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from village.workshops.rules.overlaps import Sitting
    from village.workshops.rules.places import Session, Slot, Wish

# How long before the session free places are no longer kept together for a group.
GATHERING_ENDS = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One person on a waiting list; `seq` is the rank of the request, `held` the confirmed sittings.

    `party` is the group with which they move up, if they wish to stay together; `barred` what the conditions of the
    session object now; `reserved` the reserves they may use; `exhibitor_id` whose share of the places they take.
    """

    person_id: int
    seq: int
    wish: Wish
    held: Sequence[Sitting] = field(default=())
    party: int | None = None
    barred: tuple[Refusal, ...] = ()
    reserved: tuple[Slot, ...] = ()
    exhibitor_id: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A waiting list before places are dealt out.

    `left` counts the places by slot, `shares` how many an organisation may still take (absent: no limit); `gathers`
    says whether free places are still kept together for a group.
    """

    session: Session
    waiting: Sequence[Waiting]
    travel: Mapping[tuple[int, int], int]
    left: Mapping[Slot, int]
    shares: Mapping[int, int] = field(default_factory=dict)
    gathers: bool = False


@dataclass(frozen=True, slots=True)
class Award:
    """A place for somebody who waited."""

    person_id: int
    channel: Channel
    reserve_id: int | None = None


@dataclass(frozen=True, slots=True)
class Dealt:
    """What a round came to: who gets a place, why others were passed over, and what is left for who comes new."""

    awards: tuple[Award, ...]
    reasons: Mapping[int, tuple[Refusal, ...]]
    left: Mapping[Slot, int]


def gathers(starts_at: datetime | None, now: datetime) -> bool:
    """Tell whether free places are still kept together for a group that waits."""
    return starts_at is None or now < starts_at - GATHERING_ENDS


def parties_in_order(waiting: Iterable[Waiting]) -> list[list[Waiting]]:
    """Return who moves up together, in order: a group stands where its last member stands, so it passes nobody."""
    parties: dict[object, list[Waiting]] = {}
    for person in sorted(waiting, key=lambda w: w.seq):
        key = ("alone", person.person_id) if person.party is None else ("party", person.party)
        parties.setdefault(key, []).append(person)
    return sorted(parties.values(), key=lambda party: party[-1].seq)


def deal(line: Line) -> Dealt:
    """Deal the free places out in the order of the list, and say of everybody else why they were passed over.

    Those passed over keep their rank. A group gets places for all or none; while it may still hope for more, the
    places that it could use are kept for it, and those behind get only what it could not use.
    """
    left, shares = dict(line.left), dict(line.shares)
    awards: list[Award] = []
    reasons: dict[int, tuple[Refusal, ...]] = {}
    kept: Counter[Slot] = Counter()
    for party in parties_in_order(line.waiting):
        hindered = {w.person_id: why for w in party for why in [_hindrances(line, w, party, shares)] if why}
        if hindered:
            together = Refusal("waits_for_member", {"workshop": line.session.code})
            reasons |= {w.person_id: hindered.get(w.person_id, (together,)) for w in party}
            continue
        options = [_options(line, w) for w in party]
        seats = seat(options, left)
        if len(seats) < len(party):
            reasons |= {w.person_id: _why_no_seat(line, party, seats, left, kept) for w in party}
            if len(party) > 1 and line.gathers and _could_ever_sit(line, party):
                kept.update(seats.values())
                left = _without(left, seats.values())
            continue
        left = _without(left, seats.values())
        for number, person in enumerate(party):
            channel, reserve = seats[number]
            awards.append(Award(person.person_id, channel, reserve))
            if person.exhibitor_id in shares:
                shares[person.exhibitor_id] -= 1
    return Dealt(tuple(awards), reasons, left)


def _options(line: Line, person: Waiting) -> list[Slot]:
    """Return the slots that fit into somebody's day."""
    session = line.session
    fitting = [
        c
        for c in session.channels(person.wish)
        if why_not_together(session.sitting(c), person.held, line.travel) is None
    ]
    return slots_of(fitting, person.reserved)


def _hindrances(
    line: Line, person: Waiting, party: Sequence[Waiting], shares: Mapping[int, int]
) -> tuple[Refusal, ...]:
    """Return why a place could not be given to somebody even if there were one."""
    found = list(person.barred)
    session = line.session
    clashes = [why_not_together(session.sitting(c), person.held, line.travel) for c in session.channels(person.wish)]
    if clashes and all(clashes):
        found.extend(clash for clash in clashes[:1] if clash)
    if not session.channels(person.wish):
        found.append(Refusal("channel_not_offered", {"workshop": session.code, "wish": person.wish.value}))
    share = shares.get(person.exhibitor_id) if person.exhibitor_id is not None else None
    sharing = sum(1 for w in party if w.exhibitor_id == person.exhibitor_id)
    if share is not None and share < sharing and not any(o.code == "exhibitor_maximum" for o in found):
        found.append(Refusal("exhibitor_share_taken", {"workshop": session.code, "left": max(0, share)}))
    return tuple(found)


def _why_no_seat(
    line: Line, party: Sequence[Waiting], seats: Mapping[int, Slot], left: Mapping[Slot, int], kept: Mapping[Slot, int]
) -> tuple[Refusal, ...]:
    """Say why nobody of a party sits although places are free; nothing where simply none is left."""
    free = sum(left.values())
    facts = {"workshop": line.session.code}
    if len(party) > 1:
        return (Refusal("waits_together", {**facts, "members": len(party), "free": len(seats)}),)
    if sum(kept.values()) and not free:
        return (Refusal("waits_behind_group", facts),)
    if not free:
        return ()
    mine = _channels(line, party[0])
    reserved = any(number and slot[0] in mine for slot, number in left.items())
    return (Refusal("waits_reserved" if reserved else "waits_other_way", facts),)


def _channels(line: Line, person: Waiting) -> set[Channel]:
    return {slot[0] for slot in _options(line, person)}


def _could_ever_sit(line: Line, party: Sequence[Waiting]) -> bool:
    """Tell whether the session is large enough for a party at all."""
    places = line.session.places
    rooms = {(Channel.ONSITE, None): places.onsite, (Channel.ONLINE, None): places.online}
    options = [[(c, None) for c in line.session.channels(w.wish)] for w in party]
    return len(seat(options, rooms)) == len(party)


def _without(left: Mapping[Slot, int], seats: Iterable[Slot]) -> dict[Slot, int]:
    taken = Counter(seats)
    return {slot: number - taken[slot] for slot, number in left.items()}
