"""Two persons found to be one: the merge, its undoing, and the word that they are two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, or_, select

from village.audit.actions import record
from village.kit.db import locked
from village.kit.refusal import Refusal
from village.people.account_models import Account
from village.people.actions.intake import drop_keys, write_keys
from village.people.actions.moving import move_rows, put_back
from village.people.models import Person, PersonDistinct, PersonMerge
from village.people.rules import PARTS, Standing, why_not_merge

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from village.kit.deeds import Deed
    from village.people.rules import Mover


def merge_people(
    deed: Deed, *, kept_id: int, gone_id: int, taken: Collection[str] = (), movers: Sequence[Mover] = ()
) -> int:
    """Let one person turn out to be another: all that hangs on the second belongs to the first from now on.

    Args:
        deed: the transaction.
        kept_id: who stays.
        gone_id: who goes. The row stays behind, unseen, so that the merge can be undone.
        taken: which parts (`rules.PARTS`) are taken over from the one who goes; the others stay as they are.
        movers: what each feature moves.

    Returns the id of the merge.

    Raises:
        Refusal: `person_not_found`, `merge_of_one`, `person_merged_already`, `person_erased`, or what a feature says.

    """
    kept, gone = _held_pair(deed, kept_id, gone_id, movers)
    before = {name: getattr(kept, name) for part in taken if part in PARTS for name in PARTS[part]}
    for name in before:
        setattr(kept, name, getattr(gone, name))
    gone.merged_into_id = kept_id
    earlier = list(deed.session.scalars(select(Person).where(Person.merged_into_id == gone_id)))
    for each in earlier:
        each.merged_into_id = kept_id
    deed.session.flush()
    moved: dict[str, Any] = {
        "earlier": [each.id for each in earlier],
        "accounts": move_rows(deed, Account, kept=kept_id, gone=gone_id),
    }
    for mover in movers:
        moved[mover.name] = dict(mover.move(deed, kept_id, gone_id))
    drop_keys(deed, (kept_id, gone_id))
    write_keys(deed, [kept])
    merge = PersonMerge(
        edition_id=kept.edition_id, kept_id=kept_id, gone_id=gone_id, before=before, moved=moved, at=deed.now,
        actor=str(deed.actor),
    )  # fmt: skip
    deed.session.add(merge)
    deed.session.flush()
    record(deed, "person.merged", f"person:{kept_id}", {"gone": gone_id, "merge": merge.id})
    return merge.id


def undo_merge(deed: Deed, *, merge_id: int, movers: Sequence[Mover] = ()) -> None:
    """Let two persons be two again, each with what they had.

    Raises:
        Refusal: `merge_not_found`, `merge_undone`, `merge_built_upon` where one of them was merged once more since,
            `person_erased`, `merge_changed_since` and what else a feature says.

    """
    merge = deed.session.get(PersonMerge, merge_id)
    if merge is None:
        raise Refusal("merge_not_found")
    _hold(deed, (merge.kept_id, merge.gone_id), movers)
    persons = {each: locked(deed.session, Person, each) for each in sorted((merge.kept_id, merge.gone_id))}
    merge = locked(deed.session, PersonMerge, merge_id)
    kept, gone = persons[merge.kept_id] if merge else None, persons[merge.gone_id] if merge else None
    if merge is None or kept is None or gone is None:
        raise Refusal("merge_not_found")
    if merge.undone_at is not None:
        raise Refusal("merge_undone")
    if kept.erased_at is not None or gone.erased_at is not None:
        raise Refusal("person_erased")
    if _was_built_upon(deed, merge):
        raise Refusal("merge_built_upon")
    gone.merged_into_id = None
    for each in deed.session.scalars(select(Person).where(Person.id.in_(merge.moved["earlier"]))):
        each.merged_into_id = gone.id
    for name, value in merge.before.items():
        setattr(kept, name, value)
    deed.session.flush()
    for mover in reversed(movers):
        if mover.name in merge.moved:
            mover.restore(deed, kept.id, gone.id, merge.moved[mover.name])
    put_back(deed, Account, merge.moved["accounts"], kept=kept.id, gone=gone.id)
    drop_keys(deed, (kept.id, gone.id))
    write_keys(deed, [kept, gone])
    merge.undone_at = deed.now
    record(deed, "person.merge_undone", f"person:{kept.id}", {"gone": gone.id, "merge": merge.id})


def say_distinct(deed: Deed, *, one_id: int, other_id: int) -> None:
    """Remember that two persons who look like one are two; saying it again changes nothing.

    Raises:
        Refusal: `person_not_found`, `merge_of_one`, `person_merged_already`, `person_erased`.

    """
    one, other = _held_pair(deed, one_id, other_id, ())
    a, b = sorted((one.id, other.id))
    if deed.session.get(PersonDistinct, (a, b)) is None:
        said = PersonDistinct(a_id=a, b_id=b, edition_id=one.edition_id, at=deed.now, actor=str(deed.actor))
        deed.session.add(said)
        record(deed, "person.said_distinct", f"person:{a}", {"other": b})


def take_back_distinct(deed: Deed, *, one_id: int, other_id: int) -> None:
    """Forget that two persons were said to be two: the pair may be shown again.

    Raises:
        Refusal: `not_said_distinct`.

    """
    a, b = sorted((one_id, other_id))
    gone = deed.session.execute(
        delete(PersonDistinct).where(PersonDistinct.a_id == a, PersonDistinct.b_id == b).returning(PersonDistinct.a_id)
    ).first()
    if gone is None:
        raise Refusal("not_said_distinct")
    record(deed, "person.distinct_taken_back", f"person:{a}", {"other": b})


def _hold(deed: Deed, ids: tuple[int, int], movers: Sequence[Mover]) -> None:
    for mover in movers:
        if mover.hold is not None:
            mover.hold(deed, ids)


def _held_pair(deed: Deed, kept_id: int, gone_id: int, movers: Sequence[Mover]) -> tuple[Person, Person]:
    """Lock both persons by rising id: of two who merge the same pair, the second sees what the first did."""
    _hold(deed, (kept_id, gone_id), movers)
    rows = {each: locked(deed.session, Person, each) for each in sorted({kept_id, gone_id})}
    kept, gone = rows[kept_id], rows[gone_id]
    if no := why_not_merge(_standing(kept), _standing(gone)):
        raise no
    if kept is None or gone is None:
        raise Refusal("person_not_found")
    return kept, gone


def _standing(row: Person | None) -> Standing | None:
    if row is None:
        return None
    return Standing(row.id, row.edition_id, row.merged_into_id is not None, row.erased_at is not None)


def _was_built_upon(deed: Deed, merge: PersonMerge) -> bool:
    pair = (merge.kept_id, merge.gone_id)
    later = select(func.count()).where(
        PersonMerge.id > merge.id,
        PersonMerge.undone_at.is_(None),
        or_(PersonMerge.kept_id.in_(pair), PersonMerge.gone_id.in_(pair)),
    )
    return bool(deed.session.scalar(later))
