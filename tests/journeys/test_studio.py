"""An organiser's hour in the studio: look for a plan, watch it grow, compare, choose, publish; on a phone in Arabic too."""

from __future__ import annotations

import re
import shutil
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from werkzeug.serving import make_server

from config import Settings
from tests.journeys.conftest import EVENING, _Silent
from tests.journeys.test_every_page import AXE, DESK, TELEPHONE, faults_of
from village.kit.clock import FixedClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask
    from playwright.sync_api import Browser, Page

WORDS = {
    "fr": {"look": "Chercher un plan", "apply": "Adopter ce plan", "yes": "Oui", "publish": "Publier la version 2", "three": "Comparer les trois façons"},
    "ar": {"look": "البحث عن مخطط", "apply": "اعتماد هذا المخطط", "yes": "نعم", "publish": "نشر النسخة 2", "three": "مقارنة الطرق الثلاث"},
}


@pytest.fixture
def own_fair(played: Path, tmp_path: Path) -> Iterator[Flask]:
    """A fair of its own: what is published here is never taken back."""
    from village.app import create_app
    from village.kit.db import db

    folder = tmp_path / "data"
    shutil.copytree(played, folder)
    app = create_app(Settings(data=str(folder), queue="sqlite", rate_limits="off"), clock=FixedClock(EVENING))
    yield app
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def address(own_fair: Flask) -> Iterator[str]:
    http = make_server("127.0.0.1", 0, own_fair, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{http.server_port}"
    http.shutdown()
    thread.join()
    http.server_close()


@pytest.fixture
def enter_studio(browser: Browser, own_fair: Flask, address: str) -> Iterator[Callable[..., Page]]:
    from village.kit.db import db
    from village.people.account_models import Account

    opened = []

    def enter(**options: Any) -> Page:
        with own_fair.app_context():
            account = db.session().scalars(select(Account).where(Account.username == "organiser")).one()
            content = {"_user_id": account.fs_uniquifier, "_fresh": True, "fs_cc": "set", "fs_paa": time.time()}
        serializer = own_fair.session_interface.get_signing_serializer(own_fair)  # type: ignore[attr-defined]
        context = browser.new_context(base_url=address, service_workers="block", **options)
        context.add_cookies([{"name": "village", "value": str(serializer.dumps(content)), "url": address}])
        opened.append(context)
        return context.new_page()

    yield enter
    for each in opened:
        each.close()


def work_off(fair: Flask) -> threading.Thread:
    """Do the floor's jobs that wait, beside the browser, as a worker does; the demo's certificates can wait."""
    from village.kit import jobs
    from village.kit.db import db

    def work() -> None:
        with fair.app_context():
            world = fair.extensions["village"]
            for number in jobs.resume(world):
                if jobs.get_job(db.session(), number).kind.startswith("floor."):
                    jobs.run(world, number)

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def sound(page: Page) -> None:
    page.evaluate(AXE)
    assert faults_of(page, page.url) == []


@pytest.mark.parametrize(("lang", "screen"), [("ar", TELEPHONE), ("fr", DESK)])
def test_look_watch_compare_choose_publish(
    enter_studio: Callable[..., Page], own_fair: Flask, lang: str, screen: dict[str, int]
) -> None:
    words, page = WORDS[lang], enter_studio(viewport=screen)
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(f"/{lang}/floor/studio")
    sound(page)
    page.locator("#mode-lot").check()
    page.get_by_role("button", name=words["look"]).click()
    expect(page.locator("#live")).to_be_visible()
    sound(page)
    working = work_off(own_fair)
    # The page follows the search by itself, and shows the plan when it is there.
    expect(page.get_by_role("button", name=words["apply"])).to_be_visible(timeout=30_000)
    working.join()
    sound(page)
    plan = page.url.rsplit("/", 1)[1]
    page.goto(f"/{lang}/floor/studio/compare?plan=now&plan={plan}")
    expect(page.locator(".columns > .card")).to_have_count(2)
    assert page.locator(".columns .stand.moved").count() > 0
    sound(page)
    page.get_by_role("button", name=words["apply"]).click()
    page.locator("#confirm [value=yes]").click()
    expect(page).to_have_url(re.compile(rf"/{lang}/floor$"))
    page.goto(f"/{lang}/floor/studio/publish")
    sound(page)
    page.get_by_role("button", name=words["publish"]).click()
    page.locator("#confirm [value=yes]").click()
    expect(page).to_have_url(re.compile(r"/floor/studio/published/2$"))
    sound(page)
    page.goto(f"/{lang}/plan/versions")
    sound(page)
    assert page.locator("tbody tr").count() > 0
    assert faults == []


def test_points_show_their_effect_at_once(enter_studio: Callable[..., Page]) -> None:
    page = enter_studio(viewport=DESK)
    page.goto("/fr/floor/studio/weights")
    first = page.locator("#preview tbody tr").first.locator("b")
    expect(first).to_have_text("130")
    page.locator("#w-out_of_zone").fill("3")
    expect(first).to_have_text("39")
    slider = page.locator('studio-weight:has(#w-out_of_zone) input[type="range"]')
    expect(slider).to_have_value("3")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#w-out_of_zone")).to_have_value("4")
    expect(first).to_have_text("52")
    sound(page)


def test_a_tap_or_a_key_locks_an_exhibitor(enter_studio: Callable[..., Page]) -> None:
    page = enter_studio(viewport=TELEPHONE, has_touch=True)
    page.goto("/ar/floor/studio/locks")
    stands = page.locator("a.stand")
    stands.nth(0).tap()
    expect(stands.nth(0)).to_have_class(re.compile(r"\blocked\b"))
    stands.nth(1).focus()
    page.keyboard.press("Enter")
    expect(stands.nth(1)).to_have_class(re.compile(r"\blocked\b"))
    stands.nth(0).tap()
    expect(stands.nth(0)).not_to_have_class(re.compile(r"\blocked\b"))
    page.reload()
    expect(page.locator("a.stand.locked")).to_have_count(1)
    sound(page)


def test_locks_and_points_work_without_scripts(enter_studio: Callable[..., Page]) -> None:
    page = enter_studio(viewport=TELEPHONE, java_script_enabled=False)
    page.goto("/fr/floor/studio/locks")
    page.locator("#list button").first.click()
    assert page.locator("a.stand.locked").count() == 1
    page.goto("/fr/floor/studio/weights")
    page.locator("#w-out_of_zone").fill("2")
    page.get_by_role("button", name="Montrer ce qui change").click()
    assert page.locator("#preview tbody tr b").first.inner_text() == "26"


def test_why_not_there_and_two_other_places(enter_studio: Callable[..., Page]) -> None:
    page = enter_studio(viewport=DESK)
    page.goto("/fr/floor/studio/exhibitors/C08")
    expect(page.locator(".priced")).to_have_count(2, timeout=20_000)
    page.locator("#stand").select_option("B03")
    page.locator("#why-not button").click()
    expect(page.locator("#why-not [role=status]")).to_contain_text("Pas d’eau")
    sound(page)
    expect(page.locator(".priced")).to_have_count(2, timeout=20_000)
    page.get_by_role("button", name="Voir ce plan").first.click()
    expect(page).to_have_url(re.compile(r"/floor/studio/plans/\d+$"))
