"""A visitor on the plan: from the code on a sign to the stand, by zone, by search, by keyboard; and axe on each page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.test_every_page import AXE, CHECK, DESK, RULES, SIDEWAYS, TELEPHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page


def violations(page: Page) -> list[str]:
    """What axe finds on a page."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setBypassCSP", {"enabled": True})
    page.evaluate(AXE)
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in page.evaluate(CHECK, RULES)]


@pytest.mark.parametrize("lang", ["ar", "fr"])
@pytest.mark.parametrize("screen", [TELEPHONE, DESK], ids=["390", "1280"])
def test_plan_zone_and_stand_are_open_to_all(enter: Callable[..., BrowserContext], lang: str, screen: dict[str, int]) -> None:
    page = enter(None, viewport=screen).new_page()
    for path in ("plan", "plan?stand=D08", "plan?q=zzz", "plan/zone/Z3"):
        page.goto(f"/{lang}/{path}")
        assert violations(page) == [], path
        assert page.evaluate(SIDEWAYS) <= 0, path


@pytest.mark.parametrize("lang", ["ar", "fr"])
@pytest.mark.parametrize("screen", [TELEPHONE, DESK], ids=["390", "1280"])
def test_the_printing_room_is_open_to_all(enter: Callable[..., BrowserContext], lang: str, screen: dict[str, int]) -> None:
    page = enter("stands", viewport=screen).new_page()
    page.goto(f"/{lang}/floor/papers")
    assert violations(page) == []
    assert page.evaluate(SIDEWAYS) <= 0


def test_from_the_code_on_a_sign_to_the_stand(enter: Callable[..., BrowserContext]) -> None:
    page = enter(None, viewport=TELEPHONE, locale="fr-FR").new_page()
    page.goto("/P/H1/D08")
    expect(page).to_have_url(re.compile(r"/fr/plan\?hall=H1&stand=D08$"))
    expect(page.locator("#stand-D08")).to_be_in_viewport()
    expect(page.locator("#walk")).to_be_attached()
    expect(page.locator(".ways")).to_contain_text("Depuis l’entrée")


def test_with_scripts_off_everything_is_there(enter: Callable[..., BrowserContext]) -> None:
    page = enter(None, viewport=DESK, java_script_enabled=False).new_page()
    page.goto("/fr/plan")
    page.fill("#q", "D08")
    page.get_by_role("button", name="Chercher").click()
    expect(page.locator("#stand-D08.found")).to_be_visible()
    expect(page.locator("#walk")).to_be_attached()
    page.locator(".zone-list a").first.click()
    expect(page).to_have_url(re.compile("/plan/zone/Z1"))
    expect(page.locator("tbody tr")).to_have_count(12)


def test_keys_zoom_and_pan_and_a_drag_opens_nothing(enter: Callable[..., BrowserContext]) -> None:
    page = enter(None, viewport=DESK).new_page()
    page.goto("/fr/plan")
    hall, stage = page.locator("svg.hall"), page.locator("[data-stage]")
    whole = hall.get_attribute("viewBox")
    stage.focus()
    page.keyboard.press("+")
    near = hall.get_attribute("viewBox")
    assert near != whole
    page.keyboard.press("ArrowRight")
    assert hall.get_attribute("viewBox") != near
    box = stage.bounding_box()
    assert box
    before, x, y = hall.get_attribute("viewBox"), box["x"] + box["width"] / 2, box["y"] + 200
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 120, y + 40, steps=6)
    page.mouse.up()
    expect(hall).not_to_have_attribute("viewBox", str(before))
    expect(page).to_have_url(re.compile("/fr/plan$"))
    stage.focus()
    page.keyboard.press("0")
    expect(hall).to_have_attribute("viewBox", str(whole))


def test_letters_too_small_to_read_are_left_out(enter: Callable[..., BrowserContext]) -> None:
    page = enter(None, viewport=TELEPHONE).new_page()
    page.goto("/fr/plan")
    name = page.locator("#stand-D08 .who")
    expect(name).to_be_hidden()
    expect(page.locator("#stand-D08 .code")).to_be_visible()
    page.locator('[data-do="in"]').click()
    page.locator('[data-do="in"]').click()
    expect(name).to_be_visible()


def test_who_wants_no_motion_sees_the_whole_way_at_once(enter: Callable[..., BrowserContext]) -> None:
    page = enter(None, viewport=DESK, reduced_motion="reduce").new_page()
    page.goto("/fr/plan?stand=D08")
    assert page.locator("#walk").evaluate("line => getComputedStyle(line).animationName") == "none"
