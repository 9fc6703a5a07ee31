"""A log of any length for a measurement, made by the fastest way: bodies and tree here, rows in bulk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from village.audit.merkle import Accumulator
from village.audit.rules import write_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy as sa

BEGIN = datetime(2026, 12, 4, 8, 0, tzinfo=UTC)
_COLUMNS = "id, body, leaf_hash, nodes, at, actor, code, thing"
_AT_ONCE = 20_000


def fill(engine: sa.Engine, lines: int) -> None:
    """Put so many lines like those of a gate into an empty log: a line in ten is something rarer."""
    tree = Accumulator()
    with engine.begin() as connection:
        raw: Any = connection.connection
        cursor = raw.cursor()
        if engine.dialect.name == "sqlite":
            for begun in range(0, lines, _AT_ONCE):
                rows = list(_rows(tree, range(begun, min(begun + _AT_ONCE, lines)), ""))
                cursor.executemany(f"INSERT INTO audit_entry ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        else:
            # The guards would look for the last line a million times; as the owner we may lift them here.
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
            with cursor.copy(f"COPY audit_entry ({_COLUMNS}) FROM STDIN") as copy:
                for row in _rows(tree, range(lines), "+00"):
                    copy.write_row(row)
            cursor.execute("ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_next")
            cursor.execute("ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_keep")
            cursor.execute("ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_truncate")
        mark = "?" if engine.dialect.name == "sqlite" else "%s"
        cursor.execute(
            f"UPDATE audit_head SET size = {mark}, peaks = {mark}",
            (tree.size, b"".join(tree.peaks)),
        )
    # What a living database has long done when it holds so many lines: else it is done while proofs are measured.
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in ["ANALYZE"] if engine.dialect.name == "sqlite" else ["VACUUM ANALYZE", "CHECKPOINT"]:
            connection.exec_driver_sql(statement)


def _rows(tree: Accumulator, numbers: range, zone: str) -> Iterator[tuple[Any, ...]]:
    for number in numbers:
        rare = number % 10 == 0
        person = f"person:{number * 7919 % 50_000}"
        line = write_line(
            at=BEGIN + timedelta(milliseconds=250 * number),
            actor=f"account:{number % 17}" if rare else f"device:{number % 12}",
            code="registration.confirmed" if rare else "scan.admitted",
            thing=person if rare else f"workshop:W{number % 40:02d}",
            facts={"registration": number, "workshop": f"W{number % 40:02d}"}
            if rare
            else {"person": number * 7919 % 50_000, "scan": f"S{number:07d}"},
        )
        nodes = b"".join(tree.append(line.leaf_hash))
        # SQLite keeps instants as text, as `kit.db.UtcDateTime` writes them; PostgreSQL reads the same with its zone.
        at = f"{line.at:%Y-%m-%d %H:%M:%S.%f}{zone}"
        yield (tree.size, line.body, line.leaf_hash, nodes, at, line.actor, line.code, line.thing)
