"""The 1078 requests of the demo, through the public deeds, give exactly the expected answers."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

import sqlalchemy as sa

from tests.actions.demo_fair import open_fair, replay_registrations, rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sqlalchemy.orm import Session

    from village.kit.deeds import Deed


def test_the_demo_registrations_come_out_as_expected(
    act: Callable[..., AbstractContextManager[Deed]], session: Session
) -> None:
    expected = rows("registration_expected.csv")
    with act("system") as deed:
        fair = open_fair(deed)
    begun = time.perf_counter()
    with act("system") as deed:
        found = replay_registrations(deed, fair, rows("registration_events.csv"))
    took = time.perf_counter() - begun
    assert [f"{e['seq']} {e['result']}" for e in expected] == [f"{n} {r}" for n, r in enumerate(found, 1)]
    assert took < 10

    counts = session.execute(
        sa.text(
            "SELECT w.code, r.status, count(*) FROM registration r JOIN workshop w ON w.id = r.workshop_id GROUP BY 1, 2"
        )
    ).all()
    by = Counter({(code, status): number for code, status, number in counts})
    final = rows("registration_final_counts.csv")
    for line in final:
        code = line["workshop_id"]
        assert by[code, "confirmed"] == int(line["confirmed"])
        assert by[code, "waitlisted"] == int(line["waitlisted"])
        assert by[code, "cancelled"] == int(line["cancelled"])
    taken = session.execute(sa.text("SELECT code, taken_onsite + taken_online FROM workshop")).all()
    assert {code: n for code, n in taken} == {line["workshop_id"]: int(line["confirmed"]) for line in final}


def test_another_input_gives_another_answer(act: Callable[..., AbstractContextManager[Deed]]) -> None:
    """The comparison can fail: without one early request somebody else moves up."""
    expected = [e["result"] for e in rows("registration_expected.csv")]
    events = rows("registration_events.csv")
    del events[1]
    with act("system") as deed:
        fair = open_fair(deed)
        found = replay_registrations(deed, fair, events)
    assert found != expected[:1] + expected[2:]
