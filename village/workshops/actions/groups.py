"""Groups: an organisation registers its people for a session together, or lets them come by a link.

Exact under concurrency: the workshop's row is held before the members are counted, as every registration holds it, so
that no two of them find the same last seat of a group.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from sqlalchemy import Table, func, insert, select, update

from village.audit.actions import record
from village.kit.refusal import Refusal
from village.workshops.actions import statements as sql
from village.workshops.actions.giving_back import cancel_registration
from village.workshops.actions.moving import lock_workshop
from village.workshops.actions.newcomers import Newcomer, standing_of, take_in
from village.workshops.actions.places import Registered, register, register_together
from village.workshops.models import RegistrationGroup
from village.workshops.rules import Result, Wish
from village.workshops.rules.groups import why_not_join, why_not_open

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from sqlalchemy import Row

    from village.kit.deeds import Deed
    from village.workshops.actions.giving_back import Cancelled

G = cast("Table", RegistrationGroup.__table__)
_LIVE = ("confirmed", "offered", "waitlisted")
_GROUP = select(G)
_WORKSHOP = select(sql.W.c.id, sql.W.c.edition_id, sql.W.c.code)


@dataclass(frozen=True, slots=True)
class Joined:
    """What became of one who was to join: the answer, or why not; `again` where the same form had come before."""

    person_id: int
    registered: Registered | None = None
    refusal: Refusal | None = None
    again: bool = False


def open_group(deed: Deed, *, workshop_id: int, exhibitor_id: int | None, name: str, size: int, together: bool) -> int:
    """Open a group for a session. Returns its id.

    Args:
        deed: the transaction.
        workshop_id: for which session.
        exhibitor_id: whose group, where an exhibitor of the fair brings it.
        name: how the group is called.
        size: how many it may have.
        together: on the waiting list they move up all at once, or not yet.

    Raises:
        Refusal: `workshop_not_found`, `group_without_name`, `group_size_wrong`.

    """
    workshop = deed.session.execute(_WORKSHOP.where(sql.W.c.id == workshop_id)).first()
    if workshop is None:
        raise Refusal("workshop_not_found", {"workshop": workshop_id})
    if objections := why_not_open(name, size):
        raise Refusal.of(objections)
    values = {
        "edition_id": workshop.edition_id,
        "workshop_id": workshop_id,
        "exhibitor_id": exhibitor_id,
        "name": " ".join(name.split())[:160],
        "size": size,
        "together": together,
        "made_at": deed.now,
    }
    group_id = deed.session.execute(insert(G).values(values).returning(G.c.id)).scalar_one()
    facts = {"group": group_id, "workshop": workshop.code, "size": size}
    record(deed, "group.opened", f"workshop:{workshop.code}", facts)
    return cast("int", group_id)


def resize_group(deed: Deed, *, group_id: int, size: int) -> None:
    """Let a group have more or fewer people; nobody who is in loses the place.

    Raises:
        Refusal: `group_not_found`, `group_size_wrong`.

    """
    group = _hold(deed, group_id)
    if objections := why_not_open(group.name, size):
        raise Refusal.of(objections)
    _set(deed, group_id, "group.resized", {"size": size}, size=size)


def close_group(deed: Deed, *, group_id: int) -> None:
    """Let nobody join a group any more, by its link or by hand; those who are in stay.

    Raises:
        Refusal: `group_not_found`.

    """
    if _hold(deed, group_id).closed_at is None:
        _set(deed, group_id, "group.closed", {}, closed_at=deed.now)


def renew_group_link(deed: Deed, *, group_id: int) -> None:
    """Make a group's present link worthless and give it another; a closed group is open again.

    Raises:
        Refusal: `group_not_found`.

    """
    version = _hold(deed, group_id).link_version + 1
    _set(deed, group_id, "group.link_renewed", {}, link_version=version, closed_at=None)


def join_group(
    deed: Deed,
    *,
    group_id: int,
    newcomer: Newcomer | None = None,
    person_id: int | None = None,
    wish: Wish = Wish.ANY,
) -> Joined:
    """Let one person join a group, by its link: somebody new, or somebody known.

    Raises:
        Refusal: `group_not_found`, `group_closed`, `group_full`, `person_without_name`, `phone_invalid`, an overlap,
            and those of `register`.

    """
    known = [person_id] if person_id is not None else []
    fresh = [newcomer] if newcomer is not None else []
    joined = add_to_group(deed, group_id=group_id, person_ids=known, newcomers=fresh, wish=wish)[0]
    if joined.refusal is not None:
        raise joined.refusal
    return joined


def add_to_group(
    deed: Deed,
    *,
    group_id: int,
    person_ids: Sequence[int] = (),
    newcomers: Sequence[Newcomer] = (),
    wish: Wish = Wish.ANY,
    override: str = "",
) -> list[Joined]:
    """Register people in a group. One whom a rule hinders keeps nobody else out, unless the group stays together.

    Args:
        deed: the transaction.
        group_id: which group.
        person_ids: people of the list.
        newcomers: people who are not in it yet; whoever came by the same form a moment ago is not taken in twice.
        wish: the room first and online where it is full, or one channel alone.
        override: the reason for which staff set a rule aside.

    Returns:
        what became of each.

    Raises:
        Refusal: `group_not_found`, `group_closed`, `group_full`, `person_without_name`, `phone_invalid`, and those
            of `register` for somebody new or a group that stays together.

    """
    group = _hold(deed, group_id)
    taken = [take_in(deed, group.edition_id, each) for each in newcomers]
    standing = {number: standing_of(deed, number, group.workshop_id) for number, known in taken if known}
    back = [Joined(number, registered, again=True) for number, registered in standing.items() if registered]
    there = {each.person_id for each in back}
    coming = list(dict.fromkeys([*person_ids, *(number for number, _known in taken)]))
    coming = [each for each in coming if each not in there]
    objections = why_not_join(
        size=group.size,
        members=_count(deed, group_id),
        coming=len(coming),
        closed=group.closed_at is not None,
    )
    if objections and coming:
        raise Refusal.of(objections)
    if group.together:
        return _place_together(deed, group, coming, wish, override) + back
    new = {number for number, _known in taken}
    return [_place(deed, group, each, wish, override, new) for each in sorted(coming)] + back


def leave_group(deed: Deed, *, group_id: int, person_id: int, by_staff: bool = False) -> Cancelled:
    """Give back the place or the rank that somebody holds in a group; the next who waits moves up.

    Raises:
        Refusal: `group_not_found`, `workshop_begun`, `person_not_found` for whoever is not in the group.

    """
    group = _hold(deed, group_id)
    own = select(sql.R.c.id).where(
        sql.R.c.group_id == group_id, sql.R.c.person_id == person_id, sql.R.c.status.in_(_LIVE)
    )
    if deed.session.execute(own).first() is None:
        raise Refusal("person_not_found")
    return cancel_registration(deed, person_id=person_id, workshop_id=group.workshop_id, by_staff=by_staff)


def _place(
    deed: Deed, group: Row[*tuple[Any, ...]], person_id: int, wish: Wish, override: str, new: set[int]
) -> Joined:
    """Register one; a refusal of somebody known is an answer, one of somebody new takes the person back out."""
    try:
        registered = register(
            deed, person_id=person_id, workshop_id=group.workshop_id, wish=wish, override=override,
            via="group", group_id=group.id,
        )  # fmt: skip
    except Refusal as refusal:
        if person_id in new:
            raise
        return Joined(person_id, refusal=refusal)
    if registered.result is Result.REFUSED_OVERLAP:
        return Joined(person_id, refusal=registered.overlap)
    return Joined(person_id, registered)


def _place_together(
    deed: Deed, group: Row[*tuple[Any, ...]], coming: Sequence[int], wish: Wish, override: str
) -> list[Joined]:
    """Register all, or nobody: whatever objects to one of them objects to all."""
    if not coming:
        return []
    answers = register_together(deed, group_id=group.id, person_ids=coming, wish=wish, override=override)
    return [Joined(person_id, answer) for person_id, answer in zip(coming, answers, strict=True)]


def _hold(deed: Deed, group_id: int) -> Row[*tuple[Any, ...]]:
    """Hold the workshop of a group and read the group as it stands then.

    Raises:
        Refusal: `group_not_found`.

    """
    workshop = deed.session.execute(select(G.c.workshop_id).where(G.c.id == group_id)).scalar()
    if workshop is None:
        raise Refusal("group_not_found")
    lock_workshop(deed, workshop)
    return deed.session.execute(_GROUP.where(G.c.id == group_id)).one()


def _count(deed: Deed, group_id: int) -> int:
    live = select(func.count()).where(sql.R.c.group_id == group_id, sql.R.c.status.in_(_LIVE))
    return deed.session.execute(live).scalar_one()


def _set(deed: Deed, group_id: int, code: str, facts: dict[str, int], **values: object) -> None:
    deed.session.execute(update(G).where(G.c.id == group_id).values(**values))
    record(deed, code, f"group:{group_id}", {"group": group_id, **facts})
