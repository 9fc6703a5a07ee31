"""The outbox: nothing is lost, nothing is carried by two at once, what cannot arrive ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import create_engine

from village.kit import outbox
from village.kit.chance import SeededChance
from village.kit.clock import FixedClock
from village.kit.outbox import LEASE, MOST_TRIES, Undelivered, carrier, carry_due, list_outgoing
from village.kit.refusal import Refusal

ROOT = Path(__file__).parents[2]
MORNING = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)
KIND = "test"
_carry = {}


@carrier(KIND)
def _carry_test(_parts, item):
    _carry["now"](item)


@pytest.fixture
def world(engine, clock):
    return SimpleNamespace(engine=engine, clock=clock, chance=SeededChance("outbox"))


@pytest.fixture
def carried():
    """What the carrier took, as uids; a test may make it fail."""
    taken = []
    _carry["now"] = lambda item: taken.append(item.uid)
    return taken


def put(act, *targets, **more):
    with act("system") as deed:
        return outbox.put_many(deed, KIND, [(target, {"text": target}, "person:1") for target in targets], **more)


def only(session):
    session.rollback()
    [row] = list_outgoing(session)
    return row


def failing(**answer):
    def carry(_item):
        raise Undelivered("no such street", **answer)

    _carry["now"] = carry


def test_what_a_deed_puts_down_is_carried_in_its_order(act, world, carried, session):
    uids = put(act, "one", "two", "three")
    assert carry_due(world) == 3
    assert carried == uids
    assert {row.state for row in list_outgoing(session)} == {"sent"}
    assert carry_due(world) == 0


def test_a_deed_that_is_refused_sends_nothing(act, world, carried):
    def put_and_refuse():
        with act("system") as deed:
            outbox.put(deed, KIND, "one", {})
            raise Refusal("not_allowed")

    with pytest.raises(Refusal):
        put_and_refuse()
    assert carry_due(world) == 0
    assert carried == []


def test_it_waits_longer_each_time_and_ends(act, world, carried, session, clock):
    put(act, "one")
    failing()
    waits = []
    for _ in range(MOST_TRIES - 1):
        assert carry_due(world) == 1
        row = only(session)
        assert row.state == "waiting"
        assert row.error == "no such street"
        waits.append(row.next_at - clock.now())
        clock.move_to(row.next_at - timedelta(seconds=1))
        assert carry_due(world) == 0
        clock.move_to(row.next_at)
    assert carry_due(world) == 1
    assert only(session).state == "failed"
    assert timedelta(seconds=30) <= waits[0] <= timedelta(seconds=37.5)
    assert timedelta(seconds=240) <= waits[3] <= timedelta(seconds=300)
    assert waits[-1] >= timedelta(hours=6)
    assert sum(waits, timedelta()) < timedelta(days=1)


def test_what_failed_together_does_not_come_back_together(act, world, carried, session):
    put(act, *(str(n) for n in range(20)))
    failing()
    carry_due(world)
    assert len({row.next_at for row in list_outgoing(session)}) > 5


def test_a_refusal_for_good_is_not_tried_again(act, world, carried, session):
    put(act, "one")
    failing(for_good=True)
    carry_due(world)
    row = only(session)
    assert (row.state, row.attempts, row.error) == ("failed", 1, "no such street")


def test_the_other_side_says_when(act, world, carried, session, clock):
    put(act, "one")
    failing(after=timedelta(hours=2))
    carry_due(world)
    assert only(session).next_at == clock.now() + timedelta(hours=2)


def test_a_fault_of_a_carrier_costs_one_try(act, world, carried, session):
    put(act, "one", "two")

    def carry(item):
        if item.target == "one":
            raise ZeroDivisionError("Fadma, 06 00 00 00 12")  # what a fault says may name people, and is not kept
        carried.append(item.uid)

    _carry["now"] = carry
    assert carry_due(world) == 2
    rows = list_outgoing(session)
    assert [(row.target, row.state, row.error) for row in rows] == [
        ("two", "sent", ""),
        ("one", "waiting", "ZeroDivisionError"),
    ]


def test_two_at_once_never_take_the_same(act, engine, world, carried, session):
    uids = put(act, *(str(n) for n in range(60)))
    start = threading.Barrier(4)

    def carry_all():
        start.wait()
        for _ in range(8):
            carry_due(world, limit=7)

    helpers = [threading.Thread(target=carry_all) for _ in range(4)]
    for each in helpers:
        each.start()
    for each in helpers:
        each.join()
    while carry_due(world):
        pass
    assert sorted(carried) == sorted(uids)


def test_what_is_claimed_too_late_is_given_back(act, world, carried, session, clock):
    uids = put(act, "one", "two", "three")

    def carry(item):
        carried.append(item.uid)
        clock.advance(seconds=LEASE.total_seconds())

    _carry["now"] = carry
    assert carry_due(world) == 1
    rest = [row for row in list_outgoing(session) if row.state == "waiting"]
    assert [(row.target, row.attempts) for row in rest] == [("three", 0), ("two", 0)]
    assert carry_due(world) == 1
    assert carry_due(world) == 1
    assert carried == uids


def test_a_killed_carrier_sends_again_under_the_same_uid(act, world, carried, session, clock, database):
    [uid] = put(act, "one")
    killed = subprocess.run([sys.executable, __file__, database.url, MORNING.isoformat()], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert killed.stdout.decode() == f"carried {uid}\n"
    assert carry_due(world) == 0, "the lease of the dead one still holds"
    clock.advance(seconds=LEASE.total_seconds())
    assert carry_due(world) == 1
    assert carried == [uid]
    row = only(session)
    assert (row.state, row.attempts) == ("sent", 2)


def test_sent_again_by_hand(act, world, carried, session):
    [uid] = put(act, "one")
    with pytest.raises(Refusal, match="outgoing_waits"), act("organiser") as deed:
        outbox.replay(deed, only(session).id)
    failing(for_good=True)
    carry_due(world)
    with act("organiser") as deed:
        outbox.replay(deed, only(session).id)
    assert (only(session).state, only(session).attempts, only(session).error) == ("waiting", 0, "")
    _carry["now"] = lambda item: carried.append(item.uid)
    carry_due(world)
    assert carried == [uid]


def test_what_is_dropped_does_not_leave(act, world, carried, session):
    put(act, "one")
    with act("organiser") as deed:
        outbox.drop(deed, only(session).id)
    assert carry_due(world) == 0
    assert only(session).state == "dropped"


def test_texts_are_kept_for_a_while_only(act, world, carried, session, clock):
    put(act, "old")
    carry_due(world)
    clock.advance(seconds=3600)
    put(act, "new")
    put(act, "waiting")
    carry_due(world, limit=1)
    with act("system") as deed:
        assert outbox.purge(deed, clock.now()) == 1
    rows = list_outgoing(session)
    assert [(row.target, row.body, row.state) for row in rows] == [
        ("waiting", {"text": "waiting"}, "waiting"),
        ("new", {"text": "new"}, "sent"),
        ("", {}, "sent"),
    ]
    with pytest.raises(Refusal, match="outgoing_emptied"), act("organiser") as deed:
        outbox.replay(deed, rows[-1].id)


def test_whom_nobody_called_is_given_up_and_emptied(act, world, session, clock):
    with act("system") as deed:
        outbox.put(deed, "voice", "+212600000012", {"text": "Le cours est déplacé."}, whom="person:1")
    with act("system") as deed:
        assert outbox.purge(deed, clock.now()) == 0
    with act("system") as deed:
        assert outbox.purge(deed, clock.now() + timedelta(days=1)) == 1
    [row] = list_outgoing(session)
    assert (row.target, row.body, row.whom, row.state) == ("", {}, "", "dropped")


def test_nothing_more_goes_to_somebody_who_is_forgotten(act, world, carried, session):
    put(act, "one")
    carry_due(world)
    put(act, "two")
    with act("system") as deed:
        assert outbox.drop_for(deed, "person:1") == 2
    assert carry_due(world) == 0
    assert [(row.target, row.body, row.state) for row in list_outgoing(session)] == [("", {}, "dropped"), ("", {}, "sent")]


def test_what_nobody_carries_waits_for_a_tick(act, world, session):
    with act("system") as deed:
        outbox.put(deed, "voice", "0600000012", {"text": "come"})
    assert carry_due(world) == 0
    with act("organiser") as deed:
        outbox.mark_sent(deed, only(session).id, "voice")
    assert only(session).state == "sent"


def test_counts_by_what_they_belong_to(act, world, carried, session):
    put(act, "one", "two", about="mailing:1")
    put(act, "three", about="mailing:2")
    carry_due(world, limit=1)
    assert outbox.count_outgoing(session, abouts=["mailing:1"]) == {("mailing:1", KIND, "sent"): 1, ("mailing:1", KIND, "waiting"): 1}
    assert outbox.count_outgoing(session) == {("", KIND, "sent"): 1, ("", KIND, "waiting"): 2}


def _die_after_carrying(url: str, at: str) -> None:
    """Carry, and be killed before it is noted."""

    def carry(item):
        sys.stdout.write(f"carried {item.uid}\n")
        sys.stdout.flush()
        os.kill(os.getpid(), signal.SIGKILL)

    _carry["now"] = carry
    clock = FixedClock(datetime.fromisoformat(at))
    carry_due(SimpleNamespace(engine=create_engine(url), clock=clock, chance=SeededChance("killed")))


if __name__ == "__main__":
    _die_after_carrying(*sys.argv[1:])
