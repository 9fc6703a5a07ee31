"""What is put down to leave the house: its table, and how a deed puts it there."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import JSON, CheckConstraint, Index, Integer, String, Table, Text, insert, text
from sqlalchemy.orm import Mapped, mapped_column

from village.kit.db import Base, BigId, UtcDateTime

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from village.kit.db import Json
    from village.kit.deeds import Deed

_DUE = text("state = 'waiting'")
_UID_BYTES = 16


class Outgoing(Base):
    """One thing to be carried. `target` is an address, a telephone or the id of a webhook.

    `about` says what it belongs to (`mailing:3`), `whom` the person it tells (`person:17`), so that it can be found
    and emptied when that person is forgotten. Of what is over, `next_at` is when it ended.
    """

    __tablename__ = "outgoing"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'sent', 'failed', 'dropped')", name="state"),
        Index("ix_outgoing_due", "next_at", sqlite_where=_DUE, postgresql_where=_DUE),
        Index("ix_outgoing_about", "about"),
        Index("ix_outgoing_whom", "whom"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    uid: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[str] = mapped_column(String(12))
    target: Mapped[str] = mapped_column(String(300))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    about: Mapped[str] = mapped_column(String(80), default="")
    whom: Mapped[str] = mapped_column(String(40), default="")
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str] = mapped_column(Text, default="")


_PUT = insert(cast("Table", Outgoing.__table__))


def put(deed: Deed, kind: str, target: str, body: Mapping[str, Json], about: str = "", whom: str = "") -> str:
    """Put one thing down to be carried once the deed stands. Returns its uid."""
    return put_many(deed, kind, [(target, body, whom)], about)[0]


def put_many(
    deed: Deed, kind: str, things: Iterable[tuple[str, Mapping[str, Json], str]], about: str = ""
) -> list[str]:
    """Put many things down at once, each a (target, body, whom). Returns their uids."""
    rows = [
        {
            "uid": deed.chance.token_bytes(_UID_BYTES).hex(),
            "kind": kind,
            "target": target,
            "body": dict(body),
            "about": about,
            "whom": whom,
            "state": "waiting",
            "attempts": 0,
            "made_at": deed.now,
            "next_at": deed.now,
            "error": "",
        }
        for target, body, whom in things
    ]
    if rows:
        deed.session.connection().execute(_PUT, rows)
    return [str(row["uid"]) for row in rows]
