"""How long a look at the free places takes while 64 people look at once and others register.

Run it from the project's root:
`.venv/bin/python -m tests.benchmarks.bench_availability [requests] [sqlite|postgresql]`.
The programme is the demo's, with its 1078 requests. The pages are asked for without a cookie, as by a visitor who comes
for the first time, and whole: nobody holds a copy. Bars: p95 of the availability ≤ 500 ms at 64 clients on two cores
shared with the clients; no 5xx.
"""

from __future__ import annotations

import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from tests.actions.demo_fair import moment, open_fair, replay_registrations, rows
from tests.benchmarks import load
from village.kit.deeds import SYSTEM, begin
from village.kit.web import parts
from village.people.queries import link_token

if TYPE_CHECKING:
    from flask import Flask

READERS, WRITERS = 64, 4
BAR_MS = 500
PAGES = ("/api/v1/availability", "/fr/programme", "/ar/programme/W09")
# Held late and online: everybody may still ask for it.
ASKED_FOR = "W11"


def prepare(app: Flask) -> list[load.Ask]:
    """Play the demo's requests; return one more request of everybody."""
    with app.app_context():
        world = parts()
        with begin(world.engine, actor=SYSTEM, now=moment("2026-10-01T09:00")) as deed:
            fair = open_fair(deed)
            replay_registrations(deed, fair, rows("registration_events.csv"))
        tokens = [link_token(world.keys, person, 1) for person in fair.people.values()]
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    return [
        load.Ask(f"/fr/programme/{ASKED_FOR}/register", b"wish=any",
                 load.session_headers(app, {"own_page": token}) | form)
        for token in tokens
    ]  # fmt: skip


def run(kind: str, url: str, number: int) -> int:
    """Measure one database; 1 where the availability is over its bar."""
    over = 0
    with tempfile.TemporaryDirectory(prefix="village-bench-") as name:
        folder = Path(name)
        writers = prepare(load.village(url, folder))
        with load.served(url, folder) as port:
            print(f"\n{kind}, {READERS} readers, {WRITERS} writers")
            print(f"{'page':<24}{'writers':>8}{'per second':>12}{'p50 ms':>9}{'p95 ms':>9}{'5xx':>5}")
            for page in PAGES:
                for busy in (False, True):
                    figure = _measured(port, page, number, writers if busy else [])
                    over |= page == PAGES[0] and (figure.p95 > BAR_MS or figure.faults > 0)
    return int(over)


def _measured(port: int, page: str, number: int, writers: list[load.Ask]) -> load.Figure:
    asks = [load.Ask(page, b"", {"Accept-Encoding": "br"}, "GET") for _ in range(number)]
    load.measure(port, asks[:READERS], READERS)
    taken, writers[:] = writers[:100], writers[100:]
    with ThreadPoolExecutor(1) as beside:
        writing = beside.submit(load.measure, port, taken, WRITERS) if taken else None
        figure = load.measure(port, asks, READERS)
        faults = writing.result().faults if writing else 0
    print(
        f"{page:<24}{'yes' if taken else 'no':>8}{figure.rate:>12.0f}{figure.p50:>9.1f}{figure.p95:>9.1f}"
        f"{figure.faults + faults:>5}"
    )
    return figure


def main() -> int:
    """Measure both databases, or the one that was named."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1280
    kinds = sys.argv[2:] or ["sqlite", "postgresql"]
    with load.databases(kinds) as urls:
        return max(run(kind, url, number) for kind, url in urls.items())


if __name__ == "__main__":
    sys.exit(main())
