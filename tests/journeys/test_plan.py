"""An organiser's quarter of an hour on the plan: tap, drag, keys, undo, and a colleague who was quicker."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Page

TAKEN = re.compile(r"\btaken\b")
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def board(enter: Callable[..., BrowserContext]) -> Iterator[Page]:
    """The board of the stand manager, with B03 and E04 freed; at the end everything is as it was."""
    page = enter("stands", viewport=DESK).new_page()
    page.goto("/fr/floor")
    as_it_was = past(page)
    for code in ("B03", "E04"):
        free(page, code)
    yield page
    page.goto("/fr/floor")
    while past(page) != as_it_was:
        with page.expect_response("**/floor/undo"):
            page.locator('[data-do="undo"]').click()
        page.reload()


def past(page: Page) -> str | None:
    """The changes that can be undone, as the page knows them."""
    return page.locator("floor-board").get_attribute("data-past")


def stand(page: Page, code: str):
    return page.locator(f"#stand-{code}")


def free(page: Page, code: str) -> None:
    """Free a stand with the keyboard."""
    stand(page, code).focus()
    page.keyboard.press("Delete")
    expect(stand(page, code)).not_to_have_class(TAKEN)


def test_tap_an_exhibitor_then_a_stand(board: Page) -> None:
    name = board.locator(".chip").first.get_attribute("data-name")
    board.locator(".chip").first.click()
    expect(board.locator("[data-placing-name]")).to_have_text(str(name))
    stand(board, "B03").click()
    expect(stand(board, "B03")).to_have_class(TAKEN)
    expect(board.locator("#toast")).to_contain_text("B03")
    expect(board.locator("[data-count]")).to_have_text("1")
    board.reload()  # the server has it, not only the page
    expect(stand(board, "B03")).to_have_attribute("data-name", str(name))


def test_drag_an_exhibitor_to_another_stand_undo_and_redo(board: Page) -> None:
    holder = stand(board, "B04").get_attribute("data-holder")
    start, end = stand(board, "B04").bounding_box(), stand(board, "B03").bounding_box()
    assert start
    assert end
    board.mouse.move(start["x"] + 20, start["y"] + 20)
    board.mouse.down()
    board.mouse.move(start["x"] + 10, start["y"] + 25, steps=3)
    board.mouse.move(end["x"] + 20, end["y"] + 20, steps=5)
    expect(stand(board, "B03")).to_have_class(re.compile(r"\bdrop\b"))
    board.mouse.up()
    expect(stand(board, "B03")).to_have_attribute("data-holder", str(holder))
    expect(stand(board, "B04")).not_to_have_class(TAKEN)
    board.keyboard.press("Control+z")
    expect(stand(board, "B04")).to_have_attribute("data-holder", str(holder))
    board.locator('[data-do="redo"]').click()
    expect(stand(board, "B03")).to_have_attribute("data-holder", str(holder))


def test_keys_alone_move_an_exhibitor(board: Page) -> None:
    # The neighbour asks for nothing that E04 lacks.
    holder = stand(board, "E03").get_attribute("data-holder")
    stand(board, "E03").focus()
    board.keyboard.press("Enter")
    board.keyboard.press("ArrowRight")
    expect(stand(board, "E04")).to_be_focused()
    board.keyboard.press("Enter")
    expect(stand(board, "E04")).to_have_attribute("data-holder", str(holder))
    expect(stand(board, "E03")).not_to_have_class(TAKEN)


def test_the_plan_lies_the_same_way_in_arabic(board: Page, enter: Callable[..., BrowserContext]) -> None:
    page = enter("stands", viewport=DESK).new_page()
    page.goto("/ar/floor")
    west, east = stand(page, "A01").bounding_box(), stand(page, "A12").bounding_box()
    assert west
    assert east
    assert west["x"] < east["x"]
    stand(page, "A01").focus()
    page.keyboard.press("ArrowRight")
    expect(stand(page, "A02")).to_be_focused()


def test_who_comes_second_is_told_who_has_the_stand(board: Page, enter: Callable[..., BrowserContext]) -> None:
    colleague = enter("organiser", viewport=DESK).new_page()
    colleague.goto("/ar/floor")
    first, second = board.locator(".chip").nth(0), colleague.locator(".chip").nth(1)
    name = first.get_attribute("data-name")
    holder = first.get_attribute("data-exhibitor")
    first.click()
    stand(board, "B03").click()
    expect(stand(board, "B03")).to_have_class(TAKEN)
    second.click()
    stand(colleague, "B03").click()
    expect(colleague.locator("#toast")).to_be_visible()
    # Nothing was lost, and the second sees at once what the first has done.
    expect(stand(colleague, "B03")).to_have_attribute("data-holder", str(holder))
    assert name
    expect(colleague.locator(".chip")).to_have_count(1)


def test_a_need_that_is_not_met_is_said_and_may_be_overridden_with_a_reason(board: Page) -> None:
    # A01 is on the water; who sells fish there cannot go to a dry stand without somebody answering for it.
    wet = board.locator('.stand.sector-fishing[data-code^="A"]').first
    holder = wet.get_attribute("data-holder")
    wet.click()
    stand(board, "B03").click()
    dialog = board.locator("[data-override]")
    expect(dialog).to_be_visible()
    dialog.locator('[value="no"]').click()
    expect(stand(board, "B03")).not_to_have_class(TAKEN)
    stand(board, "B03").click()
    dialog.locator("input").fill("Citerne prévue")
    dialog.locator('[value="yes"]').click()
    expect(stand(board, "B03")).to_have_attribute("data-holder", str(holder))
    board.keyboard.press("Control+z")
    expect(wet).to_have_attribute("data-holder", str(holder))


def test_on_a_phone_with_scripts_off_forms_do_it(board: Page, enter: Callable[..., BrowserContext]) -> None:
    page = enter("stands", viewport=PHONE, java_script_enabled=False).new_page()
    page.goto("/fr/floor")
    page.locator("#by-form > summary").click()
    page.select_option("#give-who", index=1)
    page.locator("#give-stand").select_option(label="B03")
    page.get_by_role("button", name="Attribuer le stand").click()
    assert page.locator("#stand-B03.taken").count() == 1
    page.get_by_role("button", name="Annuler").click()
    assert page.locator("#stand-B03.taken").count() == 0


def test_zooming_keeps_the_middle_and_show_all_returns(board: Page) -> None:
    hall = board.locator("svg.hall")
    whole = hall.get_attribute("viewBox")
    board.locator('[data-do="in"]').click()
    x, y, width, height = (float(each) for each in str(hall.get_attribute("viewBox")).split())
    wx, wy, wwidth, wheight = (float(each) for each in str(whole).split())
    assert width < wwidth
    assert abs(x + width / 2 - (wx + wwidth / 2)) < 1
    assert abs(y + height / 2 - (wy + wheight / 2)) < 1
    board.locator('[data-do="fit"]').click()
    expect(hall).to_have_attribute("viewBox", str(whole))
