"""Check-in requests against a bare endpoint on the same server and database, as ratios in one run.

Run it from the project's root: `.venv/bin/python -m tests.benchmarks.bench_checkin [requests] [sqlite|postgresql]`.
Each request admits another person by their signed badge: session, permission, CSRF, signature, place, scan,
attendance and the log's line. Bars: 0.7 × the bare chain; p50 ≤ 5 ms at one client, p95 ≤ 100 ms at 32; no 5xx.
"""

from __future__ import annotations

import json
import sys
import tempfile
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks import load
from tests.cast import NAIMA, PASSWORD, YOUSSEF
from tests.factories import make_account, make_edition
from village.badges.actions import issue_badges
from village.badges.queries import digits_for, get_badge
from village.badges.rules import BadgeOrder
from village.checkin.actions import register_device
from village.kit.deeds import SYSTEM, begin
from village.kit.web import parts
from village.people.actions import add_people
from village.people.rules import NewPerson
from village.workshops.actions import import_programme, register
from village.workshops.rules import Mode, NewWorkshop

if TYPE_CHECKING:
    from flask import Flask

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
FAR = date(2099, 12, 4)


def prepare(app: Flask, people: int) -> tuple[list[str], dict[str, str]]:
    """Register and badge so many people; return their signed codes and the desk's headers."""
    with app.app_context():
        world = parts()
        with begin(world.engine, actor=SYSTEM, now=NOW) as deed:
            edition = make_edition(deed)
            rooms = NewWorkshop("W01", "ورشة", "Atelier", "training", Mode.ONLINE, None, FAR, time(10), time(12), 120,
                                people)  # fmt: skip
            workshop = import_programme(deed, edition, [], [rooms])["W01"]
            new = NewPerson(given_ar=YOUSSEF.given_ar, given_fr=YOUSSEF.given_fr)
            ids = add_people(deed, edition, [new] * people)
            for person in ids:
                register(deed, person_id=person, workshop_id=workshop)
            badges = issue_badges(deed, edition_id=edition, orders=[BadgeOrder(person) for person in ids]).ids
            codes = [digits_for(get_badge(deed.session, badge), 14, world.keys) for badge in badges]
            device = register_device(deed, edition, code="bench")
        account = make_account(world.engine, NAIMA, PASSWORD)
    session = {
        "_user_id": account.uniquifier,
        "_fresh": True,
        "gate": {"edition": edition, "code": "bench", "id": device, "name": ""},
    }
    return codes, load.session_headers(app, session)


def run(kind: str, url: str, number: int) -> None:
    """Measure one database."""
    with tempfile.TemporaryDirectory(prefix="village-bench-") as name:
        folder = Path(name)
        app = load.village(url, folder)
        codes, headers = prepare(app, number * len(load.CLIENTS))
        headers["Content-Type"] = "application/json"
        asks = [load.Ask("/api/v1/workshops/W01/scans", json.dumps({"code": code}).encode(), headers) for code in codes]
        rivals = {
            "bare": lambda count: load.bare("/bare", count),
            "chain": lambda count: load.bare("/chain", count),
            "check-in": lambda count: [asks.pop() for _ in range(count)],
        }
        with load.served(url, folder) as port:
            load.measure(port, load.bare("/bare", 50), 4)
            load.compare(f"check-in on {kind}", port, rivals, number)


def main() -> None:
    """Measure both databases, or the one that was named."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    kinds = sys.argv[2:] or ["sqlite", "postgresql"]
    with load.databases(kinds) as urls:
        for kind, url in urls.items():
            run(kind, url, number)


if __name__ == "__main__":
    main()
