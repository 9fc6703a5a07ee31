"""A whole draw in a real browser, once in each language: set up, sealed, drawn, shown to the hall, handed over."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.cast import PASSWORD, STAFF
from tests.draws import COMMITTED, DAYS, HOUR, NUMBERS, Hall
from tests.factories import make_account
from tests.journeys.conftest import serving
from tests.journeys.test_every_page import AXE, DESK, TELEPHONE, faults_of
from village.draws import actions
from village.draws.rules.plan import SeatKind
from village.exhibitors.actions import record_presence
from village.exhibitors.rules import NewPresence, Presence
from village.kit.web import parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from playwright.sync_api import Browser, Page

    from village.kit.clock import FixedClock

pytestmark = pytest.mark.sqlite_only
SEATS = (
    actions.NewSeat("juror", SeatKind.JUROR, "السوسي", "Soussi"),
    actions.NewSeat("bailiff", SeatKind.OFFICER),
    actions.NewSeat("participants", SeatKind.PARTICIPANTS, "المرابط", "El Mourabit"),
)


@pytest.fixture
def hall(app: Flask, clock: FixedClock) -> Hall:
    """An open draw with paper envelopes, two hours before."""
    with app.app_context():
        made = Hall(parts().engine, parts().keys)
    made.furnish(seats=SEATS)
    with made.at(HOUR - timedelta(hours=5)) as deed:
        came = [NewPresence(number, day, Presence.PRESENT) for number in made.exhibitors.values() for day in DAYS]
        record_presence(deed, came)
    clock.move_to(COMMITTED)
    return made


@pytest.fixture
def enter_as(app: Flask, hall: Hall, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Serve the application and open its pages as members of the cast."""
    with serving(app) as address:
        opened = []

        def enter(role: str | None, viewport: dict[str, int]) -> Page:
            context = browser.new_context(
                base_url=address, viewport=viewport, service_workers="block", reduced_motion="reduce"
            )  # type: ignore[arg-type]
            if role:
                context.add_cookies([{"name": "village", "value": _cookie(app, role), "url": address}])
            opened.append(context)
            page = context.new_page()
            page.set_default_timeout(9000)
            page.on("pageerror", lambda fault: pytest.fail(str(fault)))
            return page

        yield enter
        for context in opened:
            context.close()


def _cookie(app: Flask, role: str) -> str:
    with app.app_context():
        account = make_account(parts().engine, STAFF[role], PASSWORD)
    content = {"_user_id": account.uniquifier, "_fresh": True, "fs_cc": "set", "fs_paa": time.time()}
    return str(app.session_interface.get_signing_serializer(app).dumps(content))  # type: ignore[attr-defined]


def press(page: Page, path: str, **typed: str) -> None:
    """Fill the form that leads to an address and send it; a question asked before is answered yes."""
    form = page.locator(f'form[action$="{path}"]').first
    for name, value in typed.items():
        form.locator(f'[name="{name}"]').fill(value)
    asks = form.get_attribute("data-confirm")
    with page.expect_navigation():
        form.locator("button[type=submit]").first.click()
        if asks:
            page.locator("#confirm button[value=yes]").click()


def look(page: Page) -> None:
    """Nothing on the page keeps anybody out, and nothing is wider than the screen."""
    read = "/ar/" in page.url  # what axe's rules see changes little with the words
    if read:
        page.evaluate(AXE)
    assert faults_of(page, page.url, read=read) == []


def take_to_the_result(first: Page, second: Page, clock: FixedClock) -> None:
    """Take every step of the hall in the browser."""
    press(first, "/commit")
    for _seat in NUMBERS:
        press(first, "/envelopes")
    press(first, "/counts", counted="12")
    second.reload()
    press(second, "/counts", counted="12")
    clock.move_to(HOUR)
    first.reload()
    press(first, "/close")
    for number in NUMBERS.values():
        press(first, "/openings", value=number)
    press(first, "/reveal")


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_a_draw_from_its_plan_to_the_prize(
    lang: str, enter_as: Callable[..., Page], hall: Hall, clock: FixedClock
) -> None:
    first, second = enter_as("commission", DESK), enter_as("organiser", TELEPHONE)
    screen = enter_as(None, {"width": 1920, "height": 1080})
    first.goto(f"/{lang}/draws/DR1/edit")
    look(first)
    first.locator('input[name="prizes-0-giver_fr"]').evaluate("each => { each.closest('details').open = true }")
    first.locator('input[name="prizes-0-giver_fr"]').fill("Conseil régional")
    with first.expect_navigation():
        first.locator("form.plan-of-draw > p .button").last.click()
    look(first)
    screen.goto(f"/{lang}/draws/DR1/stage")
    second.goto(f"/{lang}/draws/DR1/run")
    take_to_the_result(first, second, clock)

    expect(screen.locator("#determined.on")).to_be_visible(timeout=9000)
    look(screen)
    press(first, "/conclude")
    expect(screen.locator("#determined.on .halves").nth(2)).to_be_visible(timeout=9000)
    screen.keyboard.press("Space")
    card = screen.locator("#P1-0.on")
    expect(card.locator(".behind")).to_be_hidden()
    screen.keyboard.press("ArrowRight")
    expect(card.locator(".behind")).to_be_visible()
    look(screen)
    screen.keyboard.press("Escape")
    expect(screen.locator("#help")).to_be_visible()
    screen.keyboard.press("Escape")

    second.goto(f"/{lang}/draws/DR1/prizes")
    press(second, "/P1/call")
    expect(screen.locator("#P1-0.on .calls")).to_be_visible(timeout=9000)
    screen.context.set_offline(True)
    expect(screen.locator("#alone")).not_to_be_empty(timeout=9000)
    screen.keyboard.press("End")
    expect(screen.locator(".scene.on")).to_be_visible()
    second.goto(f"/{lang}/draws/DR1/prizes")
    look(second)
    press(second, "/P1/claim")
    press(second, "/P1/hand-over")
    expect(second.locator("#P1 .status-ok")).to_be_visible()
    look(second)
