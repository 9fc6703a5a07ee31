"""Presence online: whoever opens their own link while the session is held was there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village.checkin.actions.gates import admit_person, register_device
from village.checkin.queries import find_device
from village.checkin.rules import ScannedCode, Way, arrival_id, why_not_joined
from village.editions.queries import get_edition
from village.kit.clock import instant, local
from village.kit.refusal import Refusal
from village.workshops.queries import list_workshops

if TYPE_CHECKING:
    from village.checkin.actions.gates import Admission
    from village.kit.deeds import Deed

ONLINE = "online"


def join_online(deed: Deed, *, edition_id: int, workshop_id: int, person_id: int) -> Admission:
    """Count somebody present who opens the link of their registration; opened again, it changes nothing.

    The caller has seen that the person holds a place online.

    Args:
        deed: the transaction; its instant is that of the visit.
        edition_id: the edition.
        workshop_id: the session.
        person_id: who opened their link.

    Raises:
        Refusal: `join_too_early` (it opens 15 minutes before), `join_over`, `join_cancelled`, `workshop_not_found`.

    """
    found = list_workshops(deed.session, edition_id, [workshop_id])
    if not found:
        raise Refusal("workshop_not_found", {"workshop": workshop_id})
    row, zone = found[0], get_edition(deed.session, edition_id).zone
    if row.status != "planned":
        raise Refusal("join_cancelled")
    starts, ends = (local(instant(row.day, at, zone), zone) for at in (row.starts, row.ends))
    if objection := why_not_joined(deed.now, starts, ends):
        raise objection
    known = find_device(deed.session, edition_id, ONLINE)
    device = known.id if known else register_device(deed, edition_id, code=ONLINE)
    visit = ScannedCode(arrival_id(workshop_id, person_id), "", device, workshop_id, deed.now)
    return admit_person(deed, visit, edition_id, person_id, Way.ONLINE)
