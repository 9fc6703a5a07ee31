"""The draw: list, commitment, sealed numbers of the witnesses, two counts, opening, ranking.

Witness keys and numbers are made at random for the occasion, as the minutes of a demonstration say. They are kept
with the demonstration's progress, so that a draw interrupted between two steps can go on.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from village.awards.queries import list_winners
from village.demo.stage import at
from village.draws.actions import (
    NewDraw,
    NewMember,
    NewPrize,
    NewSeat,
    call_turn,
    claim_turn,
    close_draw,
    commit_draw,
    conclude,
    hand_in_sealed,
    open_envelope,
    record_count,
    reveal,
    set_up_draw,
    sign_tail,
)
from village.draws.queries import get_draw_by_code
from village.draws.rules.eligibility import Entrant, EntryRule
from village.draws.rules.envelope import Envelope, Opening, sealed_hash, to_be_signed
from village.draws.rules.plan import SeatKind
from village.exhibitors.queries import ids_by_code, list_exhibitors, list_presence
from village.exhibitors.rules import Presence, Status
from village.kit.deeds import Actor
from village.people.accounts.queries import list_accounts
from village.people.queries import get_person
from village.people.queries import ids_by_code as person_ids

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from village.demo.stage import Stage
    from village.kit.db import Json
    from village.kit.deeds import Deed

_SEATS = {
    "participants_representative": SeatKind.PARTICIPANTS,
    "juror": SeatKind.JUROR,
    "judicial_officer": SeatKind.OFFICER,
}
_COUNTERS = ("commission", "commission2")
_DIGITS = 10**12
_FIRST = "P1"


def draw(stage: Stage) -> dict[str, Json]:
    """Play the draw deed by deed; each is resumed where it was interrupted."""
    plan = stage.source.json("draw.json")
    deeds = _deeds(plan)
    for done, (when, play) in enumerate(deeds[stage.done() :], stage.done() + 1):
        with stage.deed(when) as deed:
            play(stage, deed, plan)
            stage.advance(deed, done, len(deeds))
    with stage.session() as session:
        view = get_draw_by_code(session, stage.edition_id, plan["id"])
    return {"eligible": view.tickets, "left_out": view.left_out, "places": len(view.picks)}


def _deeds(plan: dict[str, Any]) -> list[tuple[datetime, Callable[[Stage, Deed, Any], None]]]:
    hour = f"{plan['date']}T{plan['time']}"
    day = plan["date"]
    seats = [_SEATS[each["kind"]] for each in plan["witnesses"]]
    return [
        (at(f"{day}T15:40"), _set_up),
        (at(f"{day}T15:45"), _commit),
        *((at(f"{day}T16:20"), partial(_hand_in, seat=seat)) for seat in seats),
        *((at(f"{day}T16:25"), partial(_count, counter=name)) for name in _COUNTERS),
        (at(hour), _close),
        *((at(f"{day}T16:33"), partial(_open, seat=seat)) for seat in seats),
        (at(f"{day}T16:36"), _reveal),
        (at(f"{day}T16:37"), _conclude),
        (at(f"{day}T16:40"), _call_the_first),
        (at(f"{day}T16:41"), _hear_the_first),
    ]


def _set_up(stage: Stage, deed: Deed, plan: dict[str, Any]) -> None:
    """Sort the exhibitors by the rule and name prizes, witnesses and commission."""
    place = next(each for each in stage.source.event["venues"] if each["id"] == "V1")
    new = NewDraw(
        edition_id=stage.edition_id,
        code=plan["id"],
        title_ar=plan["title_ar"],
        title_fr=plan["title_fr"],
        rule_ar=plan["entry_rule_ar"],
        rule_fr=plan["entry_rule_fr"],
        place_ar=f"{place['city_ar']}، {place['name_ar']}",
        place_fr=f"{place['city_fr']}, {place['name_fr']}",
        announced_at=at(f"{plan['date']}T{plan['time']}"),
        prizes=[NewPrize(plan["prize_ar"], plan["prize_fr"]) for _ in range(plan["winners"])],
        substitutes=plan["substitutes"],
        seats=[_seat(stage, deed, each) for each in plan["witnesses"]],
        fewest_seats=len(plan["witnesses"]),
        entry_rule=EntryRule(_days(stage)),
        members=(NewMember("chair", "رئيس اللجنة", "Président de la commission"),),
    )
    set_up_draw(deed, new, _entrants(stage, deed, plan))


def _entrants(stage: Stage, deed: Deed, plan: dict[str, Any]) -> list[Entrant]:
    """Gather the facts that the rule of entry looks at, from the features that know them."""
    came: dict[int, set[date]] = {}
    for row in list_presence(deed.session, stage.edition_id):
        if row.status is not Presence.ABSENT:
            came.setdefault(row.exhibitor_id, set()).add(row.date)
    winners = set(list_winners(deed.session, stage.edition_id))
    ids = ids_by_code(deed.session, stage.edition_id)
    tied = {ids[each["cooperative_id"]] for each in plan["ties_declared"]}
    accepted = list_exhibitors(deed.session, stage.edition_id, status=Status.ACCEPTED)
    return [
        Entrant(
            f"exhibitor:{row.id}",
            f"exhibitor:{row.id}",
            frozenset(came.get(row.id, ())),
            row.id in winners,
            row.id in tied,
        )
        for row in accepted
    ]


def _seat(stage: Stage, deed: Deed, each: dict[str, Any]) -> NewSeat:
    """Name a witness seat and make its key for the occasion."""
    kind = _SEATS[each["kind"]]
    raw = deed.chance.token_bytes(32)
    stage.keep(deed, f"key {kind.value}", raw.hex())
    public = Ed25519PrivateKey.from_private_bytes(raw).public_key().public_bytes_raw()
    person, name_ar, name_fr = None, "مفوض قضائي", "Commissaire de justice"
    if "participant_id" in each:
        person = person_ids(deed.session, stage.edition_id)[each["participant_id"]]
        row = get_person(deed.session, person)
        name_ar, name_fr = row.name_ar, row.name_fr
    if "juror_id" in each:
        juror = next(one for one in stage.source.json("jury.json")["jurors"] if one["id"] == each["juror_id"])
        name_ar, name_fr = juror["name_ar"], juror["name_fr"]
    return NewSeat(kind.value, kind, name_ar, name_fr, person, public)


def _commit(stage: Stage, deed: Deed, plan: dict[str, Any]) -> None:
    commit_draw(deed, draw_id=_draw_id(stage, deed, plan), keys=stage.parts.keys)


def _hand_in(stage: Stage, deed: Deed, plan: dict[str, Any], *, seat: SeatKind) -> None:
    """Choose the witness's number, seal it, and hand in the sealed form with the witness's signature."""
    view = get_draw_by_code(deed.session, stage.edition_id, plan["id"])
    if view.commitment_sha256 is None:
        raise ValueError("a draw takes sealed numbers once it is committed")
    opening = Opening(seat.value, f"{deed.chance.below(_DIGITS):012d}", deed.chance.token_bytes(16).hex())
    stage.keep(deed, f"number {seat.value}", f"{opening.value} {opening.nonce}")
    sealed = sealed_hash(view.commitment_sha256, opening)
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(stage.outcomes(stage.step)[f"key {seat.value}"]))
    signature = key.sign(to_be_signed(view.commitment_sha256, seat.value, sealed)).hex()
    hand_in_sealed(deed, draw_id=view.id, envelope=Envelope(seat.value, sealed, signature))


def _count(stage: Stage, deed: Deed, plan: dict[str, Any], *, counter: str) -> None:
    """Let a member of the commission count the badges in the hall."""
    view = get_draw_by_code(deed.session, stage.edition_id, plan["id"])
    accounts = {row.username: row.id for row in list_accounts(deed.session)}
    deed.actor = Actor("account", str(accounts[counter]))
    record_count(deed, draw_id=view.id, counted=view.tickets)


def _close(stage: Stage, deed: Deed, plan: dict[str, Any]) -> None:
    close_draw(deed, draw_id=_draw_id(stage, deed, plan), keys=stage.parts.keys)


def _open(stage: Stage, deed: Deed, plan: dict[str, Any], *, seat: SeatKind) -> None:
    value, nonce = stage.outcomes(stage.step)[f"number {seat.value}"].split()
    open_envelope(deed, draw_id=_draw_id(stage, deed, plan), opening=Opening(seat.value, value, nonce))


def _reveal(stage: Stage, deed: Deed, plan: dict[str, Any]) -> None:
    reveal(deed, draw_id=_draw_id(stage, deed, plan))


def _conclude(stage: Stage, deed: Deed, plan: dict[str, Any]) -> None:
    conclude(deed, draw_id=_draw_id(stage, deed, plan), keys=stage.parts.keys)


def _call_the_first(stage: Stage, deed: Deed, plan: dict[str, Any]) -> None:
    """Call the first winner; the second one is left to whoever visits the demonstration."""
    call_turn(deed, draw_id=_draw_id(stage, deed, plan), place=_FIRST)


def _hear_the_first(stage: Stage, deed: Deed, plan: dict[str, Any]) -> None:
    draw_id = _draw_id(stage, deed, plan)
    claim_turn(deed, draw_id=draw_id, place=_FIRST)
    sign_tail(deed, draw_id=draw_id, keys=stage.parts.keys)


def _draw_id(stage: Stage, deed: Deed, plan: dict[str, Any]) -> int:
    return get_draw_by_code(deed.session, stage.edition_id, plan["id"]).id


def _days(stage: Stage) -> tuple[date, ...]:
    return tuple(date.fromisoformat(day["date"]) for day in stage.source.event["days"])
