"""Deeds on what exhibitors ask of the floor: sizes, ranked stands, neighbours, and who shares whose stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from village.audit.actions import record
from village.exhibitors import queries as exhibitors
from village.exhibitors.rules import Status
from village.floor.actions.ledger import named
from village.floor.models import (
    Hall,
    PlanPublication,
    Stand,
    StandAssignment,
    StandPreference,
    StandRequest,
    StandShare,
    StandWish,
)
from village.floor.queries.requests import find_wants
from village.floor.rules import WishKind
from village.floor.wants import Wants, why_not_want
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from village.exhibitors.queries import ExhibitorRow
    from village.kit.db import Json
    from village.kit.deeds import Deed


def note_request(
    deed: Deed, *, edition_id: int, exhibitor_id: int, wants: Wants, seen: str | None = None, own: bool = False
) -> None:
    """Note all that an exhibitor asks of the floor; it takes the place of what it asked before.

    ``seen`` is the seal of the request that whoever asks has read.  ``own``: the exhibitor itself asks; then its
    priority stays as it is, what others asked about it stays too, and nothing changes once a plan is public.

    Raises:
        Refusal: all faults at once (see `why_not_want`); ``wish_stand_unknown``, ``exhibitor_not_found``;
            ``request_changed`` when somebody else was quicker, ``wishes_closed``.
    """
    row = _accepted(deed, exhibitor_id)
    request = deed.session.scalar(
        select(StandRequest).where(StandRequest.exhibitor_id == exhibitor_id).with_for_update()
    )
    if own and _is_public(deed, edition_id):
        raise Refusal("wishes_closed")
    if seen is not None and find_wants(deed.session, exhibitor_id, own=own).seal != seen:
        raise Refusal("request_changed")
    stands, people = _stands(deed, edition_id), exhibitors.ids_by_code(deed.session, edition_id)
    faults = why_not_want(row.code, wants)
    faults += [Refusal("wish_stand_unknown", {"stand": code}) for code in wants.stands if code not in stands]
    faults += [
        Refusal("exhibitor_not_found", {"exhibitor": code})
        for code in (*wants.beside, *wants.apart)
        if code not in people
    ]
    if faults:
        raise Refusal.of(faults)
    if request is None:
        request = StandRequest(exhibitor_id=exhibitor_id)
        deed.session.add(request)
    request.size, request.min_size, request.min_area_cm2 = wants.size, wants.min_size, wants.min_area_cm2
    request.wants_corner, request.needs_corner = wants.wants_corner, wants.needs_corner
    request.needs_food = wants.needs_food
    if not own:
        request.priority = wants.priority
    deed.session.execute(delete(StandPreference).where(StandPreference.exhibitor_id == exhibitor_id))
    deed.session.add_all(
        StandPreference(exhibitor_id=exhibitor_id, rank=rank, stand_id=stands[code])
        for rank, code in enumerate(wants.stands, start=1)
    )
    _set_neighbours(deed, row, edition_id, people, wants, own=own)
    deed.session.flush()
    facts: dict[str, Json] = {"exhibitor": row.code, "size": wants.size, "wishes": len(wants.stands)}
    record(deed, "request.noted", f"exhibitor:{row.code}", facts)


def _accepted(deed: Deed, exhibitor_id: int) -> ExhibitorRow:
    row = exhibitors.find_exhibitor(deed.session, exhibitor_id)
    if row is None:
        raise Refusal("exhibitor_not_found", {"exhibitor": exhibitor_id})
    if row.status not in (Status.ACCEPTED, Status.WAITLISTED):
        raise Refusal("exhibitor_not_accepted", named(deed, exhibitor_id))
    return row


def _is_public(deed: Deed, edition_id: int) -> bool:
    query = select(PlanPublication.id).join(Hall, Hall.id == PlanPublication.hall_id).limit(1)
    return deed.session.scalar(query.where(Hall.edition_id == edition_id)) is not None


def _stands(deed: Deed, edition_id: int) -> dict[str, int]:
    """Stands for exhibitors by code; where two halls number alike, the first hall's."""
    query = (
        select(Stand.code, Stand.id)
        .join(Hall, Hall.id == Stand.hall_id)
        .where(Hall.edition_id == edition_id, Stand.reserved_for.is_(None))
        .order_by(Hall.code.desc())
    )
    return {row.code: row.id for row in deed.session.execute(query)}


def _set_neighbours(
    deed: Deed, row: ExhibitorRow, edition_id: int, people: Mapping[str, int], wants: Wants, *, own: bool
) -> None:
    """Write whom it wishes beside it or far from it, in the place of what it wished before."""
    wished = {(people[code], WishKind.TOGETHER): code for code in wants.beside}
    wished |= {(people[code], WishKind.APART): code for code in wants.apart}
    mine = (StandWish.a_id == row.id) | (StandWish.b_id == row.id)
    asked = StandWish.asked_by_id == row.id
    query = select(StandWish).where(mine, asked if own else asked | StandWish.asked_by_id.is_(None))
    known = {
        (each.b_id if each.a_id == row.id else each.a_id, WishKind(each.kind)): each
        for each in deed.session.scalars(query)
    }
    codes = {who: code for code, who in people.items()}
    for (other, kind), each in known.items():
        if (other, kind) not in wished:
            deed.session.delete(each)
            facts = {"kind": kind.value, "other": codes.get(other, "?")}
            record(deed, "wish.withdrawn", f"exhibitor:{row.code}", facts)
    for (other, kind), code in wished.items():
        if (other, kind) not in known:
            a, b = sorted((row.id, other))
            deed.session.add(StandWish(edition_id=edition_id, a_id=a, b_id=b, kind=kind, asked_by_id=row.id))
            record(deed, "wish.noted", f"exhibitor:{row.code}", {"kind": kind.value, "other": code})


def share_stand(deed: Deed, *, guest_id: int, host_id: int) -> None:
    """Let an exhibitor stand at another's stand, in the place of an earlier host.

    Raises:
        Refusal: ``share_chain``, ``share_guest_placed``, ``exhibitor_not_found``, ``exhibitor_not_accepted``.
    """
    guest, host = _accepted(deed, guest_id), _accepted(deed, host_id)
    query = select(StandShare).where(StandShare.guest_id.in_([guest_id, host_id]) | (StandShare.host_id == guest_id))
    known = list(deed.session.scalars(query.with_for_update()))
    if guest_id == host_id or any(each.guest_id == host_id or each.host_id == guest_id for each in known):
        raise Refusal("share_chain", {"exhibitor": guest.code})
    if deed.session.scalar(select(StandAssignment.id).where(StandAssignment.exhibitor_id == guest_id)) is not None:
        raise Refusal("share_guest_placed", {"exhibitor": guest.code})
    if known:
        known[0].host_id = host_id
    else:
        deed.session.add(StandShare(guest_id=guest_id, host_id=host_id))
    deed.session.flush()
    record(deed, "share.noted", f"exhibitor:{guest.code}", {"exhibitor": guest.code, "host": host.code})


def end_share(deed: Deed, *, guest_id: int) -> None:
    """Let a guest stand for itself again.

    Raises:
        Refusal: ``share_none``, ``exhibitor_not_found``.
    """
    guest = _accepted(deed, guest_id)
    row = deed.session.scalar(select(StandShare).where(StandShare.guest_id == guest_id).with_for_update())
    if row is None:
        raise Refusal("share_none", {"exhibitor": guest.code})
    host = exhibitors.codes_by_id(deed.session, {row.host_id})[row.host_id]
    deed.session.delete(row)
    record(deed, "share.ended", f"exhibitor:{guest.code}", {"exhibitor": guest.code, "host": host})
