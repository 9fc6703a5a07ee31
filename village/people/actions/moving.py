"""Moving rows from one person to another, and back: what the features above need when two persons become one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, select, update

from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from village.kit.db import Base
    from village.kit.deeds import Deed

_AT_ONCE = 400


def move_rows(deed: Deed, model: type[Base], *, kept: int, gone: int, leave: Collection[int] = ()) -> list[int]:
    """Let a table's rows of one person belong to another, but for those to leave. Returns the ids that moved."""
    table = cast("Table", model.__table__)
    mine = select(table.c.id).where(table.c.person_id == gone).order_by(table.c.id)
    ids = [row for row in deed.session.connection().scalars(mine) if row not in set(leave)]
    _give(deed, table, ids, gone, kept)
    return ids


def put_back(deed: Deed, model: type[Base], ids: Sequence[Any], *, kept: int, gone: int) -> None:
    """Give moved rows back to whom they belonged.

    Raises:
        Refusal: `merge_changed_since` where one of them is not with the other person any more.

    """
    _give(deed, cast("Table", model.__table__), [int(each) for each in ids], kept, gone)


def _give(deed: Deed, table: Table, ids: Sequence[int], giver: int, taker: int) -> None:
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        change = update(table).where(table.c.id.in_(part), table.c.person_id == giver).values(person_id=taker)
        if deed.session.connection().execute(change).rowcount != len(part):
            raise Refusal("merge_changed_since")
