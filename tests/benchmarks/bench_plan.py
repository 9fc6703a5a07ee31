"""The plan of a hall with sixteen hundred stands: frames under the hand, the page's arrival, the papers.

Run it from the project's root: `.venv/bin/python -m tests.benchmarks.bench_plan`. Frames are measured in Chromium with
a processor slowed six times; medians of five runs, the bar is 20 ms a frame.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from config import Settings
from tests.databases import SqliteFiles
from tests.large_hall import open_large_hall
from tests.plan_gestures import measure
from village.floor import papers, signs
from village.floor.paper_files import shown_plan
from village.kit.clock import FixedClock
from village.kit.db import db
from village.kit.deeds import SYSTEM, begin

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

NOW = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)
BAR_MS, RUNS = 20.0, 5


class _Silent(WSGIRequestHandler):
    def log(self, *_: object, **__: object) -> None:
        """Say nothing between the figures."""


def main() -> int:
    """Print the figures; 1 when a median frame is over the bar."""
    with tempfile.TemporaryDirectory(prefix="village-bench-") as name:
        folder = Path(name)
        with SqliteFiles(folder).fresh(folder) as database:
            app = _app(folder, database.url)
            worst = _frames(app)
            _papers(app, folder)
            with app.app_context():
                db.engine.dispose()
    return int(worst > BAR_MS)


def _app(folder: Path, url: str) -> Flask:
    from village.app import create_app

    settings = Settings(data=str(folder), database_url=url, queue="now", rate_limits="off")
    app = create_app(settings, clock=FixedClock(NOW))
    with app.app_context(), begin(db.engine, actor=SYSTEM, now=NOW) as deed:
        open_large_hall(deed)
    return app


def _frames(app: Flask) -> float:
    http = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    address, worst = f"http://127.0.0.1:{http.server_port}", 0.0
    print(f"{'screen':<10}{'page s':>8}{'pan ms':>8}{'zoom ms':>9}")
    with sync_playwright() as play:
        browser = play.chromium.launch(args=["--no-sandbox", "--disable-dev-shm-usage"], executable_path="/usr/bin/chromium")
        for width in (390, 1280):
            rows = []
            for _ in range(RUNS):
                page = browser.new_page(base_url=address, viewport={"width": width, "height": 844})
                arrived = _seconds(lambda page=page: page.goto("/fr/plan"))
                rows.append((arrived, *measure(page, "/fr/plan")))
                page.close()
            middle = [statistics.median(column) for column in zip(*rows, strict=True)]
            print(f"{width:<10}{middle[0]:>8.2f}{middle[1]:>8.1f}{middle[2]:>9.1f}")
            worst = max(worst, *middle[1:])
        browser.close()
    http.shutdown()
    http.server_close()
    return worst


def _papers(app: Flask, folder: Path) -> None:
    with app.app_context():
        edition = db.session.execute(db.text("SELECT edition_id FROM hall")).scalar_one()
        plan, heading = shown_plan(db.session(), edition, "BIG", "https://village.example.ma", NOW)
    made = signs.signs_of(plan)
    print(f"\n{'paper, 1,600 stands':<24}{'seconds':>8}")
    for name, make in (
        ("plan A3", lambda: papers.plan_sheet(plan, heading, "a3")),
        ("plan A0", lambda: papers.plan_sheet(plan, heading, "a0")),
        ("zone sheets", lambda: papers.zone_sheets(plan, heading)),
        (f"{len(made)} signs A4", lambda: signs.write_signs(made, heading, "a4", folder / "signs.pdf")),
    ):
        print(f"{name:<24}{_seconds(make):>8.1f}", flush=True)


def _seconds(doing: Callable[[], object]) -> float:
    begun = time.monotonic()
    doing()
    return time.monotonic() - begun


if __name__ == "__main__":
    sys.exit(main())
