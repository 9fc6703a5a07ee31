"""The plan of a very large hall can be used: sixteen hundred stands, dragged and zoomed. `make bench` measures how fast."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from werkzeug.serving import make_server

from config import Settings
from tests.journeys.conftest import EVENING, _Silent
from tests.large_hall import GIVEN, PER_ROW, ROWS, open_large_hall
from village.kit.clock import FixedClock
from village.kit.deeds import SYSTEM, begin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.databases import SqliteFiles


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory, sqlite_files: SqliteFiles) -> Iterator[str]:
    """The address of a served fair with the large hall."""
    from village.app import create_app
    from village.kit.db import db

    folder = tmp_path_factory.mktemp("large")
    with sqlite_files.fresh(folder) as database:
        settings = Settings(data=str(folder), database_url=database.url, queue="now", rate_limits="off")
        app = create_app(settings, clock=FixedClock(EVENING))
        with app.app_context(), begin(db.engine, actor=SYSTEM, now=EVENING) as deed:
            open_large_hall(deed)
        http = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
        thread = threading.Thread(target=http.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()
        thread.join()
        http.server_close()
        with app.app_context():
            db.engine.dispose()


def _where(page: Page) -> dict[str, float]:
    """Where the first stand lies on the screen."""
    box = page.locator(".hall .stand").first.bounding_box()
    assert box
    return dict(box)


@pytest.mark.parametrize("width", [390, 1280])
def test_sixteen_hundred_stands_are_dragged_and_zoomed(hall: str, browser: Browser, width: int) -> None:
    context = browser.new_context(base_url=hall, viewport={"width": width, "height": 844}, service_workers="block")
    page = context.new_page()
    page.goto("/fr/plan")
    assert page.locator(".hall .stand").count() == ROWS * PER_ROW
    assert page.locator(".hall a.stand").count() == GIVEN
    small = _where(page)
    page.locator('[data-do="in"]').click()
    page.locator('[data-do="in"]').click()
    page.locator("[data-stage]").scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    large = _where(page)
    assert large["width"] > small["width"]
    box = page.locator("[data-stage]").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, max(box["y"], 0) + 60
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y - 40, steps=6)
    page.mouse.up()
    page.wait_for_timeout(500)
    assert _where(page)["x"] < large["x"]
    context.close()
