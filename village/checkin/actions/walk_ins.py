"""Walk-ins: somebody at the door without a place is registered and let in by one deed of staff.

The organisers' words: «من وصل إلى الباب وبقي كرسي يدخل، ولا يرجع أحد إلى طابور آخر.»
« Qui arrive à la porte quand il reste une chaise entre ; on ne renvoie personne faire une autre queue. »
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from village.checkin.actions.gates import admit_person, find_answer
from village.checkin.actions.marks import hold_workshop
from village.checkin.rules import Way
from village.kit.refusal import Refusal
from village.workshops.actions import hold_place, register_by_staff, register_newcomer
from village.workshops.actions.offers import accept_offer
from village.workshops.queries import list_standings
from village.workshops.rules import Result, Status, Wish

if TYPE_CHECKING:
    from village.checkin.actions.gates import Admission
    from village.checkin.rules import ScannedCode
    from village.kit.deeds import Deed
    from village.workshops.actions import Newcomer, Registered


def walk_in(
    deed: Deed,
    visit: ScannedCode,
    *,
    edition_id: int,
    person_id: int | None = None,
    newcomer: Newcomer | None = None,
    override: str = "",
) -> Admission:
    """Register somebody at the door and admit them: all of it or nothing.

    Who holds a place already is simply admitted; who is in already is told so.

    Args:
        deed: the transaction.
        visit: device, workshop and time; `code` is not read.
        edition_id: the edition of the gate.
        person_id: who came, where the list knows them.
        newcomer: who came, where nobody knows them: a name is enough.
        override: why staff go beyond the capacity, the hours or an overlap; empty where the rules decide.

    Raises:
        Refusal: `workshop_full`, an overlap, or those of `register`; `person_without_name`; `device_not_found`,
            `device_revoked`.

    """
    if newcomer is not None:
        # A second tap on the same button waits here for the first, and is answered like it.
        hold_workshop(deed, visit.workshop_id)
        if answered := find_answer(deed, visit.uuid):
            return answered
        person_id = _welcome(deed, visit, edition_id, newcomer, override)
    elif person_id is None:
        raise Refusal("person_not_found")
    elif hold_place(deed, person_id=person_id, workshop_id=visit.workshop_id) is None:
        _seat(deed, visit, edition_id, person_id, override)
    return admit_person(deed, visit, edition_id, person_id, Way.WALK_IN)


def _seat(deed: Deed, visit: ScannedCode, edition_id: int, person_id: int, override: str) -> None:
    """Give somebody known a place: the one offered to them, or one of this room, whatever their rank in the queue.

    Whoever waits and stands at the door asks anew: a room that is full asks for the reason of staff.
    """
    key = (person_id, visit.workshop_id)
    standing = list_standings(deed.session, edition_id, [person_id]).get(key)
    if standing == Status.OFFERED:
        accept_offer(deed, person_id=person_id, workshop_id=visit.workshop_id)
        return
    answer = register_by_staff(
        deed, edition_id=edition_id, person_id=person_id, workshop_id=visit.workshop_id, wish=Wish.ONSITE,
        override=override, via="walk_in",
    )  # fmt: skip
    _must_hold(answer, visit)


def _welcome(deed: Deed, visit: ScannedCode, edition_id: int, newcomer: Newcomer, override: str) -> int:
    welcomed = register_newcomer(
        deed, edition_id=edition_id, workshop_id=visit.workshop_id, newcomer=newcomer, wish=Wish.ONSITE,
        override=override, via="walk_in",
    )  # fmt: skip
    _must_hold(welcomed.registered, visit)
    return welcomed.person_id


def _must_hold(answer: Registered, visit: ScannedCode) -> None:
    """Refuse a rank on the waiting list: whoever stands at the door is in or is not."""
    if answer.overlap is not None:
        raise answer.overlap
    if answer.result is not Result.CONFIRMED:
        raise Refusal("workshop_full", {"workshop": visit.workshop_id})
