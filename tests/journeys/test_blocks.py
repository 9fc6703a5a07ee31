"""Two stands side by side on the organisers' plan: given by one tap, picked as one, one end freed, and undone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

DESK = {"width": 1280, "height": 900}
TAKEN = re.compile(r"\btaken\b")
ROW = ("C02", "C03", "C04")


def stand(page: Page, code: str):
    return page.locator(f"#stand-{code}")


def test_a_block_is_given_picked_and_freed_as_one(enter: Callable[..., BrowserContext]) -> None:
    page = enter("organiser", viewport=DESK).new_page()
    page.goto("/fr/floor")
    holder, name = (stand(page, "C02").get_attribute(each) for each in ("data-holder", "data-name"))
    for code in ROW:
        stand(page, code).focus()
        page.keyboard.press("Delete")
        expect(stand(page, code)).not_to_have_class(TAKEN)
    asking = page.context.new_page()
    asking.goto("/fr/floor/requests")
    asking.get_by_role("link", name=str(name)).click()
    asking.fill("#size", "2")
    with asking.expect_navigation():
        asking.get_by_role("button", name="Noter les souhaits").click()
    page.locator(f'.chip[data-exhibitor="{holder}"]').click()
    stand(page, "C02").click()
    for code in ("C02", "C03"):
        expect(stand(page, code)).to_have_attribute("data-holder", str(holder))
    stand(page, "C03").click()
    expect(page.locator(".stand.picked")).to_have_count(2)
    expect(page.locator("[data-placing-stand]")).to_have_text("C02 C03")
    page.locator('[data-do="free-one"]').click()
    expect(stand(page, "C03")).not_to_have_class(TAKEN)
    expect(stand(page, "C02")).to_have_class(TAKEN)
    for _ in range(len(ROW) + 2):
        with page.expect_response("**/floor/undo*"):
            page.keyboard.press("Control+z")
    expect(stand(page, "C04")).to_have_class(TAKEN)
    asking.goto("/fr/floor/requests")
    asking.get_by_role("link", name=str(name)).click()
    asking.fill("#size", "1")
    with asking.expect_navigation():
        asking.get_by_role("button", name="Noter les souhaits").click()
