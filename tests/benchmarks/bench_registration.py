"""Registration requests against a bare endpoint on the same server and database, as ratios in one run.

Run it from the project's root:
`.venv/bin/python -m tests.benchmarks.bench_registration [requests] [sqlite|postgresql]`.
Each request is the public form of somebody whom the browser knows: all ask for the same workshop, which has places for
half of them. Bars: 0.5 × the bare UPDATE; no place sold twice; no 5xx.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from tests.benchmarks import load
from tests.cast import YOUSSEF
from tests.factories import make_edition
from village.kit.deeds import SYSTEM, begin
from village.kit.web import parts
from village.people.actions import add_people
from village.people.queries import link_token
from village.people.rules import NewPerson
from village.workshops.actions import import_programme
from village.workshops.rules import Mode, NewWorkshop

if TYPE_CHECKING:
    from flask import Flask

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
FAR = date(2099, 12, 4)


def prepare(app: Flask, people: int) -> list[load.Ask]:
    """Take in so many people who have yet to register; return their requests."""
    with app.app_context():
        world = parts()
        with begin(world.engine, actor=SYSTEM, now=NOW) as deed:
            edition = make_edition(deed)
            room = NewWorkshop("W01", "ورشة", "Atelier", "training", Mode.ONLINE, None, FAR, time(10), time(12), 120,
                               people // 2)  # fmt: skip
            import_programme(deed, edition, [], [room])
            new = NewPerson(given_ar=YOUSSEF.given_ar, given_fr=YOUSSEF.given_fr)
            ids = add_people(deed, edition, [new] * people)
        tokens = [link_token(world.keys, person, 1) for person in ids]
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    return [
        load.Ask("/fr/programme/W01/register", b"wish=any", load.session_headers(app, {"own_page": token}) | form)
        for token in tokens
    ]


def check(app: Flask, asked: int) -> None:
    """Count: every request is in the list, and no place was given twice."""
    with app.app_context(), parts().engine.connect() as connection:
        counts = dict(
            connection.execute(sa.text("SELECT status, count(*) FROM registration GROUP BY status")).all()  # type: ignore[arg-type]
        )
        taken = connection.scalar(sa.text("SELECT taken_online FROM workshop"))
    exact = counts == {"confirmed": asked // 2, "waitlisted": asked - asked // 2} and taken == asked // 2
    print(f"exact: {'yes' if exact else 'NO'} {counts}, counter {taken}")


def run(kind: str, url: str, number: int) -> None:
    """Measure one database."""
    with tempfile.TemporaryDirectory(prefix="village-bench-") as name:
        folder = Path(name)
        app = load.village(url, folder)
        asks = prepare(app, number * len(load.CLIENTS))
        rivals = {
            "bare": lambda count: load.bare("/bare", count),
            "chain": lambda count: load.bare("/chain", count),
            "register": lambda count: [asks.pop() for _ in range(count)],
        }
        with load.served(url, folder) as port:
            load.measure(port, load.bare("/bare", 50), 4)
            load.compare(f"registration on {kind}", port, rivals, number)
        check(app, number * len(load.CLIENTS))


def main() -> None:
    """Measure both databases, or the one that was named."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    kinds = sys.argv[2:] or ["sqlite", "postgresql"]
    with load.databases(kinds) as urls:
        for kind, url in urls.items():
            run(kind, url, number)


if __name__ == "__main__":
    main()
