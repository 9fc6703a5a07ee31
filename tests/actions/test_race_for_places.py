"""Two hundred requests at one moment, from separate processes to separate server processes: no place is sold twice."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, date, datetime
from datetime import time as clock_time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.benchmarks.load import served, session_headers
from tests.cast import YOUSSEF
from tests.factories import make_edition
from village.audit.queries import verify_log
from village.kit.web import parts
from village.people.actions import add_people
from village.people.queries import link_token
from village.people.rules import NewPerson
from village.workshops.actions import import_programme
from village.workshops.rules import Mode, NewWorkshop

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from flask import Flask

    from config import Settings
    from village.kit.deeds import Deed

ROOT = Path(__file__).parents[2]
PLACES, REQUESTS, PROCESSES = 37, 200, 4
SOON_S = 3.0

# A telephone exchange: as many lines as requests, all opened beforehand, all speaking at the same moment.
CALLERS = """
import http.client, json, sys, threading, time
order = json.load(sys.stdin)
answers = []
def call(headers):
    line = http.client.HTTPConnection("127.0.0.1", order["port"], timeout=120)
    line.connect()
    time.sleep(max(0.0, order["at"] - time.time()))
    line.request("POST", order["path"], b"wish=any", headers)
    answer = line.getresponse()
    answer.read()
    answers.append(answer.status)
threads = [threading.Thread(target=call, args=(each,)) for each in order["headers"]]
for each in threads: each.start()
for each in threads: each.join()
json.dump(answers, sys.stdout)
"""


def all_at_once(port: int, path: str, headers: list[dict[str, str]]) -> Counter[int]:
    """Send every request at the same moment; count the answers by their status."""
    at = time.time() + SOON_S
    callers = []
    for number in range(PROCESSES):
        order = {"port": port, "path": path, "at": at, "headers": headers[number::PROCESSES]}
        caller = subprocess.Popen(
            [sys.executable, "-c", CALLERS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        assert caller.stdin is not None
        caller.stdin.write(json.dumps(order))
        caller.stdin.close()
        callers.append(caller)
    answers: list[int] = []
    for caller in callers:
        assert caller.stdout is not None
        answers += json.loads(caller.stdout.read())
        caller.stdout.close()
        assert caller.wait(30) == 0
    return Counter(answers)


def browsers(app: Flask, people: list[int]) -> list[dict[str, str]]:
    """The cookies and tokens of so many browsers, each known by another person."""
    with app.app_context():
        keys = parts().keys
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return [session_headers(app, {"own_page": link_token(keys, each, 1)}) | form for each in people]


@pytest.mark.slow
def test_two_hundred_at_once_get_exactly_the_places(
    app: Flask, settings: Settings, engine: sa.Engine, act: Callable[..., AbstractContextManager[Deed]]
) -> None:
    with act("system", at=datetime(2026, 11, 20, 9, tzinfo=UTC)) as deed:
        edition = make_edition(deed)
        workshop = NewWorkshop(
            "W01", "ورشة", "Atelier", "training", Mode.ONLINE, None, date(2099, 12, 4), clock_time(10), clock_time(12),
            120, PLACES,
        )  # fmt: skip
        import_programme(deed, edition, [], [workshop])
        people = add_people(
            deed, edition, [NewPerson(given_ar=YOUSSEF.given_ar, given_fr=YOUSSEF.given_fr)] * REQUESTS
        )
    with served(settings.database_url, Path(settings.data)) as port:
        answers = all_at_once(port, "/fr/programme/W01/register", browsers(app, people))
    assert answers == {302: REQUESTS}
    with engine.connect() as connection:
        listed: Any = connection.execute(sa.text("SELECT seq, status, person_id FROM registration ORDER BY seq")).all()
        taken = connection.scalar(sa.text("SELECT taken_online FROM workshop"))
    assert [row.seq for row in listed] == list(range(1, REQUESTS + 1))
    assert [row.status for row in listed] == ["confirmed"] * PLACES + ["waitlisted"] * (REQUESTS - PLACES)
    assert sorted(row.person_id for row in listed) == people
    assert taken == PLACES
    with Session(engine) as session, app.app_context():
        assert verify_log(session, parts().keys).faults == ()
