"""How many SQL statements a page asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask


def count_queries(app: Flask, doing: Callable[[], object]) -> int:
    """Count the statements sent to the database while something is done."""
    from village.kit.web import parts

    with app.app_context():
        engine = parts().engine
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        doing()
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    return len(sent)
