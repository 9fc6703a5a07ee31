"""Somebody who waits stands before staff: asked anew, whatever their rank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village.workshops.actions.giving_back import cancel_registration
from village.workshops.actions.places import register
from village.workshops.queries import list_standings
from village.workshops.rules import Status, Wish

if TYPE_CHECKING:
    from village.kit.deeds import Deed
    from village.workshops.actions.places import Registered


def register_by_staff(
    deed: Deed,
    *,
    edition_id: int,
    person_id: int,
    workshop_id: int,
    wish: Wish = Wish.ANY,
    override: str = "",
    via: str = "desk",
) -> Registered:
    """Register a person for whom staff ask; with a reason, somebody who waits is asked for anew and leaves their rank.

    Without a reason the one who waits keeps the rank, and is told so.

    Raises:
        Refusal: those of `register`. The rank is kept then, as nothing of the deed stands.

    """
    if override or via == "walk_in":
        standing = list_standings(deed.session, edition_id, [person_id]).get((person_id, workshop_id))
        if standing == Status.WAITLISTED:
            cancel_registration(deed, person_id=person_id, workshop_id=workshop_id, by_staff=True, quietly=True)
    return register(deed, person_id=person_id, workshop_id=workshop_id, wish=wish, override=override, via=via)
