"""What auditors find in the log and take out of it, on both databases."""

from __future__ import annotations

import gzip
import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from village.audit.actions import record, take_out_log
from village.audit.log_file import verify_file
from village.audit.queries import (
    EntryFilter,
    export_log,
    find_next,
    get_before,
    get_entry,
    get_head,
    latest_checkpoint,
    list_entries,
    packed,
)
from village.kit.deeds import Actor
from village.kit.refusal import Refusal
from village.kit.signing import Keyring

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

MORNING = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)


@pytest.fixture
def told(act: Callable) -> None:
    """Six lines: a place asked for, waited for and given, beside those of somebody else."""
    with act(Actor("person", "21"), at=MORNING) as deed:
        record(deed, "registration.waitlisted", "workshop:W01", {"person": 21, "workshop": "W01", "registration": 1})
        record(deed, "registration.confirmed", "workshop:W01", {"person": 22, "workshop": "W01", "registration": 2})
    with act(Actor("system"), at=MORNING) as deed:
        record(deed, "stand.assigned", "stand:A01", {"exhibitor": "C07", "stand": "A01"})
        record(deed, "registration.promoted", "workshop:W01", {"person": 21, "workshop": "W01", "registration": 1})
        record(deed, "person.link_renewed", "person:21")
        record(deed, "stand.assigned", "stand:A01", {"exhibitor": "C08", "stand": "A01"})


def numbers(session: Session, **wanted: object) -> list[int]:
    return [row.number for row in list_entries(session, EntryFilter(**wanted)).rows]  # type: ignore[arg-type]


def test_lines_that_only_name_a_thing_are_found_when_asked_for(told: None, session: Session) -> None:
    assert numbers(session, thing="person:21") == [5]
    assert numbers(session, thing="person:21", mentions=True) == [5, 4, 2, 1]  # also what the person did
    assert numbers(session, thing="person:2", mentions=True) == []
    assert numbers(session, thing="exhibitor:C07", mentions=True) == [3]
    assert numbers(session, thing="exhibitor:x", also=("exhibitor:C07", "stand:A01"), mentions=True) == [6, 3]
    assert numbers(session, thing="stand:A01", also=("person:21",)) == [6, 5, 3]


def test_what_a_line_changed_is_told_from_those_before(told: None, session: Session) -> None:
    given = get_before(session, get_entry(session, 5))
    assert given.line is not None
    assert given.line.number == 3
    assert given.facts == {"exhibitor": ("C07", 3), "stand": ("A01", 3)}
    # In the story of a workshop only the lines of the same person come before.
    promoted = get_before(session, get_entry(session, 3))
    assert promoted.line is not None
    assert promoted.line.code == "registration.waitlisted"
    assert promoted.facts["registration"] == (1, 1)
    assert get_before(session, get_entry(session, 0)).line is None
    assert find_next(session, get_entry(session, 2)) == 6
    assert find_next(session, get_entry(session, 5)) is None


def test_a_copy_of_the_log_is_sealed_and_verifies_alone(
    told: None, act: Callable, engine: Engine, session: Session, tmp_path: Path
) -> None:
    keys = Keyring(tmp_path / "keys")
    with act("auditor", at=MORNING) as deed:
        head = take_out_log(deed, keys)
    last = latest_checkpoint(session)
    assert (head.size, last and last.reason) == (7, "exported")
    session.rollback()
    with act("auditor", at=MORNING) as deed:
        record(deed, "stand.freed", "stand:A01", {"exhibitor": "C08", "stand": "A01"})
    data = b"".join(packed(export_log(engine, keys, head.size)))
    found = verify_file(io.BytesIO(data))
    assert found.ok, found.faults
    assert (found.size, found.sealed, found.root) == (7, 7, head.root)
    assert b"C07" in gzip.decompress(data)
    assert get_head(session).size == 8


def test_a_copy_of_a_log_with_a_hole_is_not_given(told: None, engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
        else:
            connection.execute(text("DROP TRIGGER audit_entry_delete"))
        connection.execute(text("DELETE FROM audit_entry WHERE id = 4"))
    with pytest.raises(Refusal) as refused:
        list(export_log(engine, Keyring(tmp_path / "keys"), 6))
    assert refused.value.code == "audit_log_damaged"
