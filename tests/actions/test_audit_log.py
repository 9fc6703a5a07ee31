"""Recording, proving and verifying, on both databases."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.pool.base import _ConnectionFairy

from village.audit import merkle, notes
from village.audit.actions import make_checkpoint, record
from village.audit.keys import log_origin, log_verifiers
from village.audit.models import AuditEntry
from village.audit.queries import (
    EntryFilter,
    find_checkpoint,
    get_consistency,
    get_entry,
    get_head,
    get_inclusion,
    get_root,
    latest_checkpoint,
    list_checkpoints,
    list_codes,
    list_entries,
    verify_log,
)
from village.kit import canonical
from village.kit.deeds import Actor
from village.kit.refusal import Refusal
from village.kit.signing import Keyring

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

MORNING = datetime(2026, 12, 4, 9, 0, 0, 120_999, tzinfo=UTC)


@pytest.fixture
def keys(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "keys")


@pytest.fixture
def lines(act: Callable) -> Callable[[int], None]:
    """Record so many lines, in one deed."""

    def write(count: int) -> None:
        with act("organiser", at=MORNING) as deed:
            for number in range(count):
                record(deed, "stand.assigned", f"stand:A{number:02d}", {"exhibitor": number})

    return write


def leaves(session: Session) -> list[bytes]:
    return list(session.scalars(select(AuditEntry.leaf_hash).order_by(AuditEntry.id)))


def test_a_line_says_who_did_what_to_what_and_when(act, session):
    with act(Actor("account", "3"), at=MORNING) as deed:
        record(deed, "stand.assigned", "stand:A01", {"exhibitor": "C07", "reasons": ["water", "sector"]})
    entry = get_entry(session, 0)
    assert entry.body == (
        b'{"actor":"account:3","at":"2026-12-04T09:00:00.120Z","code":"stand.assigned",'
        b'"facts":{"exhibitor":"C07","reasons":["water","sector"]},"thing":"stand:A01","v":1}'
    )
    assert entry.leaf_hash == merkle.leaf_hash(entry.body)
    assert (entry.number, entry.actor, entry.code, entry.thing) == (1, "account:3", "stand.assigned", "stand:A01")
    assert entry.facts == {"exhibitor": "C07", "reasons": ["water", "sector"]}
    assert get_head(session) == get_head(session).__class__(1, entry.leaf_hash)


def test_the_tree_grows_by_any_steps(lines, session):
    for count in (1, 1, 1, 1, 2, 7, 28, 1, 100):
        lines(count)
        session.rollback()
        hashes = leaves(session)
        assert get_head(session).root == merkle.root(hashes)
        assert get_head(session).size == len(hashes)
    kept = b"".join(session.scalars(select(AuditEntry.nodes)))
    assert len(kept) == 32 * merkle.inner_nodes_of(142)


def test_lines_of_a_deed_keep_their_order_and_come_after_its_change(act, session):
    with act() as deed:
        record(deed, "stand.assigned", "stand:B02")
        record(deed, "stand.freed", "stand:A01")
        record(deed, "stand.assigned", "stand:A01")
    assert [(row.code, row.thing) for row in list_entries(session).rows] == [
        ("stand.assigned", "stand:A01"),
        ("stand.freed", "stand:A01"),
        ("stand.assigned", "stand:B02"),
    ]


def test_a_refused_deed_leaves_no_line(act, lines, session):
    lines(2)

    def refused() -> None:
        with act() as deed:
            record(deed, "stand.assigned", "stand:A01")
            raise Refusal("stand_taken")

    with pytest.raises(Refusal):
        refused()
    session.rollback()
    assert get_head(session).size == 2


def test_a_line_recorded_while_the_deed_finishes_is_not_lost(act, session):
    with act() as deed:
        record(deed, "stand.assigned", "stand:A01")
        deed.before_commit(lambda ending: record(ending, "plan.published", "hall:H1"))
    assert [row.code for row in list_entries(session).rows] == ["plan.published", "stand.assigned"]


def test_a_log_that_grows_while_it_is_verified_is_sound(act, lines, session, keys):
    lines(6)

    def grow(_done: int, _total: int) -> None:
        lines(1)
        with act() as deed:
            make_checkpoint(deed, keys, "asked")

    found = verify_log(session, keys, grow)
    assert found.ok, found.faults
    assert found.size == 6


def test_a_deed_without_lines_leaves_the_head_alone(act, session):
    with act() as deed:
        deed.session.execute(text("SELECT 1"))
    assert get_head(session).size == 0


@pytest.mark.parametrize(
    ("code", "thing", "facts"),
    [
        ("Assigned", "stand:A01", {}),
        ("assigned", "stand:A01", {}),
        ("stand assigned", "stand:A01", {}),
        ("stand.assigned", "رواق A01", {}),
        ("stand.assigned", "stand: A01", {}),
        ("stand.assigned", "", {}),
        ("stand.assigned", "stand:" + "9" * 120, {}),
        ("stand.assigned", "stand:A01", {"area": 12.5}),
        ("stand.assigned", "stand:A01", {"at": MORNING}),
        ("stand.assigned", "stand:A01", {"number": 2**60}),
    ],
)
def test_a_line_of_the_wrong_form_stops_its_deed_where_it_is_made(act, session, code, thing, facts):
    with pytest.raises(ValueError), act() as deed:
        record(deed, code, thing, facts)
    assert get_head(session).size == 0


def test_deeds_at_the_same_moment_all_find_their_place(act, session):
    """Six gates write at once; the tree is one, and nobody's line is lost."""

    def gate(name: str) -> None:
        for number in range(10):
            with act(Actor("device", name)) as deed:
                record(deed, "badge.admitted", f"badge:{name}{number}")

    gates = [Thread(target=gate, args=(name,)) for name in "abcdef"]
    for thread in gates:
        thread.start()
    for thread in gates:
        thread.join()
    assert get_head(session).root == merkle.root(leaves(session))
    things = session.scalars(select(AuditEntry.thing)).all()
    assert sorted(things) == sorted(f"badge:{name}{number}" for name in "abcdef" for number in range(10))


def test_every_line_is_proved_against_every_size(lines, session):
    lines(21)
    hashes = leaves(session)
    for size in range(1, 22):
        root = merkle.root(hashes[:size])
        assert get_root(session, size) == root
        for index in range(size):
            proof = get_inclusion(session, index, size)
            assert (proof.root, proof.leaf_hash) == (root, hashes[index])
            assert list(proof.path) == merkle.inclusion_proof(index, hashes[:size])
        for old in range(1, size + 1):
            proof = get_consistency(session, old, size)
            assert (proof.old_root, proof.new_root) == (merkle.root(hashes[:old]), root)
            assert list(proof.path) == merkle.consistency_proof(old, hashes[:size])


def test_a_proof_asks_the_database_twice(lines, session, monkeypatch):
    lines(300)
    session.connection()
    opened: list[str] = []
    make_cursor = _ConnectionFairy.cursor

    def cursor(connection: Any, *given: Any) -> Any:
        opened.append("cursor")
        return make_cursor(connection, *given)

    # Every statement goes through a cursor of its own.
    monkeypatch.setattr(_ConnectionFairy, "cursor", cursor)
    get_inclusion(session, 36, 299)
    assert len(opened) == 2
    opened.clear()
    get_consistency(session, 250, 299)
    assert len(opened) == 2


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda s: get_entry(s, 3), "audit_entry_not_found"),
        (lambda s: get_entry(s, -1), "audit_entry_not_found"),
        (lambda s: get_inclusion(s, 3), "audit_entry_not_found"),
        (lambda s: get_inclusion(s, -1), "audit_entry_not_found"),
        (lambda s: get_inclusion(s, 2, 2), "audit_entry_not_found"),
        (lambda s: get_inclusion(s, 0, 4), "audit_size_not_found"),
        (lambda s: get_inclusion(s, 0, -1), "audit_size_not_found"),
        (lambda s: get_consistency(s, 0), "audit_size_zero"),
        (lambda s: get_consistency(s, -1), "audit_size_not_found"),
        (lambda s: get_consistency(s, 4), "audit_size_not_found"),
        (lambda s: get_consistency(s, 3, 2), "audit_size_not_found"),
        (lambda s: get_consistency(s, 1, 4), "audit_size_not_found"),
        (lambda s: get_root(s, 4), "audit_size_not_found"),
    ],
)
def test_what_was_never_there_is_refused(lines, session, ask, code):
    lines(3)
    with pytest.raises(Refusal) as refused:
        ask(session)
    assert refused.value.code == code


def test_lines_are_found_by_what_who_and_when(act, session):
    for hour, role, code, thing in (
        (9, "organiser", "stand.assigned", "stand:A01"),
        (10, "floor_manager", "stand.freed", "stand:A01"),
        (11, "floor_manager", "stand.assigned", "stand:A02"),
    ):
        with act(role, at=MORNING.replace(hour=hour)) as deed:
            record(deed, code, thing)
            who = str(deed.actor)

    def found(**wanted: object) -> list[int]:
        return [row.number for row in list_entries(session, EntryFilter(**wanted)).rows]  # type: ignore[arg-type]

    assert found() == [3, 2, 1]
    assert found(code="stand.assigned") == [3, 1]
    assert found(thing="stand:A01") == [2, 1]
    assert found(actor=who) == [3, 2]
    assert found(since=MORNING.replace(hour=10)) == [3, 2]
    assert found(until=MORNING.replace(hour=10)) == [1]
    assert found(code="stand.assigned", thing="stand:A01", actor=who) == []


def test_pages_of_lines_follow_each_other(lines, session):
    lines(7)
    first = list_entries(session, limit=3)
    second = list_entries(session, before=first.older, limit=3)
    third = list_entries(session, before=second.older, limit=3)
    pages = [[row.number for row in page.rows] for page in (first, second, third)]
    assert pages == [[7, 6, 5], [4, 3, 2], [1]]
    assert third.older is None
    assert list_entries(session, limit=7).older is None


def test_the_codes_that_occur_are_listed_once(act, lines, session):
    assert list_codes(session) == []
    session.rollback()
    lines(3)
    with act() as deed:
        record(deed, "draw.committed", "draw:1")
        record(deed, "stand.freed", "stand:A01")
        record(deed, "draw.committed", "draw:2")
    assert list_codes(session) == ["draw.committed", "stand.assigned", "stand.freed"]


def test_a_signed_head_covers_the_lines_of_its_own_deed(act, lines, session, keys):
    lines(4)
    with act(at=MORNING) as deed:
        record(deed, "draw.committed", "draw:DR1")
        signed = make_checkpoint(deed, keys, "draw.committed")
        record(deed, "draw.announced", "draw:DR1")
    assert signed.size == 5
    checkpoint = notes.open_checkpoint(signed.note, log_verifiers(keys), log_origin(keys))
    assert (checkpoint.size, checkpoint.root) == (5, merkle.root(leaves(session)[:5]))
    assert latest_checkpoint(session) == signed == find_checkpoint(session, 5)
    assert signed.reason == "draw.committed"
    assert signed.at == MORNING
    assert get_head(session).size == 6


def test_an_empty_log_is_not_signed(act, keys):
    with pytest.raises(Refusal) as refused, act() as deed:
        make_checkpoint(deed, keys, "asked")
    assert refused.value.code == "audit_log_empty"


def test_a_size_is_signed_once(act, lines, session, keys):
    lines(2)
    with act() as deed:
        first = make_checkpoint(deed, keys, "asked")
    with act(at=MORNING + timedelta(hours=1)) as deed:
        assert make_checkpoint(deed, keys, "day.closed") == first
    lines(1)
    with act() as deed:
        second = make_checkpoint(deed, keys, "day.closed")
    assert list_checkpoints(session) == [second, first]


def test_heads_signed_by_a_replaced_key_stay_good(act, lines, session, keys):
    lines(2)
    with act() as deed:
        make_checkpoint(deed, keys, "asked")
    origin = log_origin(keys)
    keys.renew("log")
    lines(1)
    with act() as deed:
        make_checkpoint(deed, keys, "asked")
    assert log_origin(keys) == origin
    assert len({verifier.key_id for verifier in log_verifiers(keys)}) == 2
    assert verify_log(session, keys).ok


def test_a_whole_log_verifies_and_tells_how_far_it_is(act, lines, session, keys):
    lines(700)
    with act() as deed:
        make_checkpoint(deed, keys, "day.closed")
    lines(5)
    told: list[tuple[int, int]] = []
    found = verify_log(session, keys, lambda done, total: told.append((done, total)))
    assert found.ok
    assert (found.size, found.nodes, found.checkpoints) == (705, merkle.inner_nodes_of(705), 1)
    assert found.root == get_head(session).root
    assert told[-1] == (705, 705)


def test_an_empty_log_verifies(session, keys):
    found = verify_log(session, keys)
    assert (found.ok, found.size, found.root) == (True, 0, merkle.EMPTY_ROOT)


@pytest.fixture
def tamper(engine: Engine) -> Iterator[Callable[..., None]]:
    """Change the log as its owner can: with the guards lifted."""

    def change(statement: str, **values: object) -> None:
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                for table in ("audit_entry", "audit_head", "audit_checkpoint"):
                    connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            else:
                triggers = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
                for (name,) in triggers.all():
                    connection.execute(text(f"DROP TRIGGER {name}"))
            connection.execute(text(statement), values)

    return change


FORGED = canonical.dumps(
    {
        "v": 1,
        "at": "2026-12-04T09:00:00.120Z",
        "actor": "account:1",
        "code": "stand.assigned",
        "thing": "stand:A04",
        "facts": {"exhibitor": 99},
    }
)


@pytest.mark.parametrize(
    ("statement", "values", "fault"),
    [
        ("UPDATE audit_entry SET body = :body WHERE id = 5", {"body": FORGED}, ("audit_line_changed", 5)),
        (
            "UPDATE audit_entry SET body = :body, leaf_hash = :hash WHERE id = 5",
            {"body": FORGED, "hash": merkle.leaf_hash(FORGED)},
            ("audit_node_changed", 6),
        ),
        (
            "UPDATE audit_entry SET body = :body, leaf_hash = :hash WHERE id = 9",
            {"body": b'{"v":1.0}', "hash": merkle.leaf_hash(b'{"v":1.0}')},
            ("audit_line_unreadable", 9),
        ),
        (
            "UPDATE audit_entry SET body = :body, leaf_hash = :hash WHERE id = 9",
            {"body": b'["no object"]', "hash": merkle.leaf_hash(b'["no object"]')},
            ("audit_line_unreadable", 9),
        ),
        ("UPDATE audit_entry SET thing = 'stand:B01' WHERE id = 3", {}, ("audit_line_mislabelled", 3)),
        ("UPDATE audit_entry SET code = 'stand.freed' WHERE id = 3", {}, ("audit_line_mislabelled", 3)),
        ("UPDATE audit_entry SET actor = 'account:9' WHERE id = 3", {}, ("audit_line_mislabelled", 3)),
        ("UPDATE audit_entry SET at = '2026-12-05 09:00:00' WHERE id = 3", {}, ("audit_line_mislabelled", 3)),
        ("DELETE FROM audit_entry WHERE id = 4", {}, ("audit_line_missing", 4)),
        ("DELETE FROM audit_entry WHERE id = 10", {}, ("audit_line_missing", 10)),
        ("UPDATE audit_entry SET nodes = :nodes WHERE id = 2", {"nodes": bytes(32)}, ("audit_node_changed", 2)),
        ("UPDATE audit_entry SET nodes = :nodes WHERE id = 8", {"nodes": b""}, ("audit_node_changed", 8)),
        ("UPDATE audit_entry SET nodes = :nodes WHERE id = 9", {"nodes": bytes(32)}, ("audit_node_changed", 9)),
        ("UPDATE audit_head SET size = 9, peaks = :peaks", {"peaks": bytes(64)}, ("audit_head_changed", 9)),
        ("UPDATE audit_head SET peaks = :peaks", {"peaks": bytes(64)}, ("audit_head_changed", 10)),
        ("UPDATE audit_checkpoint SET root = :root", {"root": bytes(32)}, ("audit_checkpoint_changed", 10)),
        ("UPDATE audit_checkpoint SET size = 9", {}, ("audit_checkpoint_changed", 9)),
        (
            "UPDATE audit_checkpoint SET note = replace(note, 'solidarity', 'solitary')",
            {},
            ("audit_checkpoint_unsigned", 10),
        ),
        ("UPDATE audit_checkpoint SET note = ''", {}, ("audit_checkpoint_unsigned", 10)),
    ],
)
def test_whoever_lifts_the_guards_is_found_out(act, lines, session, keys, tamper, statement, values, fault):
    lines(10)
    with act() as deed:
        make_checkpoint(deed, keys, "day.closed")
    tamper(statement, **values)
    faults = verify_log(session, keys).faults
    assert fault in [(each.code, *each.facts.values()) for each in faults]


def test_a_history_rewritten_whole_is_caught_by_the_signed_head(act, lines, session, keys, tamper):
    """Lines, nodes and head are made anew to fit; only the key cannot be."""
    lines(2)
    with act() as deed:
        make_checkpoint(deed, keys, "day.closed")
    second = get_entry(session, 1)
    session.rollback()
    forged = merkle.leaf_hash(FORGED)
    node = merkle.node_hash(forged, second.leaf_hash)
    body = json.loads(FORGED)
    tamper("UPDATE audit_entry SET body = :body, leaf_hash = :hash WHERE id = 1", body=FORGED, hash=forged)
    tamper(
        "UPDATE audit_entry SET thing = :thing, actor = :actor WHERE id = 1", thing=body["thing"], actor=body["actor"]
    )
    tamper("UPDATE audit_entry SET nodes = :hash WHERE id = 2", hash=node)
    tamper("UPDATE audit_head SET peaks = :hash", hash=node)
    assert [fault.code for fault in verify_log(session, keys).faults] == ["audit_checkpoint_changed"]


def test_a_damaged_node_gives_no_proof(lines, session, tamper):
    lines(8)
    tamper("UPDATE audit_entry SET nodes = :nodes WHERE id = 2", nodes=bytes(32))
    with pytest.raises(Refusal) as refused:
        get_inclusion(session, 3)
    assert refused.value.code == "audit_log_damaged"
    tamper("UPDATE audit_entry SET nodes = :nodes WHERE id = 2", nodes=b"")
    session.rollback()
    with pytest.raises(Refusal) as refused:
        get_inclusion(session, 3)
    assert refused.value.code == "audit_log_damaged"


def test_a_head_cut_short_is_found_out(lines, session, keys, tamper):
    lines(3)
    tamper("UPDATE audit_head SET peaks = :peaks", peaks=b"short")
    assert [fault.code for fault in verify_log(session, keys).faults] == ["audit_head_changed"]
