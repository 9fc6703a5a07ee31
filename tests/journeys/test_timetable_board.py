"""The organisers' timetable board in a browser: mouse, finger, keyboard, a lost network, and the way to the public."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from config import Settings
from tests.journeys.conftest import EVENING, serving
from tests.journeys.test_every_page import AXE, CHECK, DESK, RULES, SIDEWAYS, TELEPHONE
from village.kit.clock import FixedClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask
    from playwright.sync_api import BrowserContext, Locator, Page

SATURDAY = "/ar/programme/board?day=2026-12-05"


@pytest.fixture(scope="module")
def fair(played: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A fair of these tests alone: they change its programme."""
    from village.app import create_app
    from village.kit.db import db

    folder = tmp_path_factory.mktemp("board") / "data"
    shutil.copytree(played, folder)
    app = create_app(Settings(data=str(folder), queue="sqlite", rate_limits="off"), clock=FixedClock(EVENING))
    yield app
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture(scope="module")
def server(fair: Flask) -> Iterator[str]:
    """The address of that fair."""
    with serving(fair) as address:
        yield address


@pytest.fixture(scope="module")
def session_cookie(fair: Flask) -> Callable[[str], str]:
    """The cookie of somebody signed in to that fair."""
    import time

    from sqlalchemy import select

    from village.kit.db import db
    from village.people.account_models import Account

    def cookie(username: str) -> str:
        with fair.app_context():
            account = db.session().scalars(select(Account).where(Account.username == username)).one()
            content = {"_user_id": account.fs_uniquifier, "_fresh": True, "fs_cc": "set", "fs_paa": time.time()}
        return str(fair.session_interface.get_signing_serializer(fair).dumps(content))

    return cookie


def card(page: Page, code: str) -> Locator:
    return page.locator(f'.sitting[data-code="{code}"]')


def stands(page: Page, code: str, day: str, starts: str, ends: str) -> None:
    expect(card(page, code)).to_have_attribute(
        "data-slot", re.compile(f'"day":"{day}","starts":"{starts}","ends":"{ends}"')
    )


def point(page: Page, room: str, hour: float) -> tuple[float, float]:
    """Where an hour of a room is on the screen."""
    return tuple(
        page.evaluate(
            """([room, hour]) => {
              const board = document.querySelector("programme-board");
              const head = board.heads().find((each) => each.textContent.includes(room));
              const rect = head.getBoundingClientRect();
              const [zero, one] = [board.minuteAt(0), board.minuteAt(1)];
              return [rect.left + rect.width / 2, (hour * 60 - zero) / (one - zero)];
            }""",
            [room, hour],
        )
    )


def drag(page: Page, code: str, room: str, hour: float) -> None:
    box = card(page, code).bounding_box()
    assert box
    x, y = point(page, room, hour)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 14)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 + 20, box["y"] + 30, steps=3)
    page.mouse.move(x, y + 14, steps=6)
    page.mouse.up()


def is_clean(page: Page) -> None:
    page.evaluate(AXE)
    faults = page.evaluate(CHECK, RULES)
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in faults] == []
    assert page.evaluate(SIDEWAYS) <= 0


TENT, CLASS = "خيمة الورشات", "قاعة التكوين"


def test_the_board_by_mouse_and_keyboard_to_the_public(enter: Callable[..., BrowserContext]) -> None:
    context = enter("organiser", viewport={"width": 1280, "height": 1500})
    page = context.new_page()
    page.goto(SATURDAY)
    is_clean(page)
    # With the mouse, to the afternoon.
    drag(page, "W06", CLASS, 15)
    stands(page, "W06", "2026-12-05", "15:00", "17:00")
    expect(card(page, "W06")).to_have_class(re.compile("changed"))
    # By keyboard: nothing is saved before Enter.
    link = card(page, "W08").locator("[data-sitting]")
    link.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowDown")
    stands(page, "W08", "2026-12-05", "11:30", "13:00")
    page.keyboard.press("Enter")
    stands(page, "W08", "2026-12-05", "11:15", "13:00")
    expect(card(page, "W08").locator("[data-sitting]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    stands(page, "W08", "2026-12-05", "11:15", "13:00")
    # Into a room that is taken: the reason, and the nearest free places, one tap each.
    drag(page, "W08", TENT, 10)
    dialog = page.locator("[data-refusal]")
    expect(dialog).to_be_visible()
    expect(dialog.locator("[data-reasons]")).to_contain_text("W05")
    expect(dialog.locator("[data-near] button")).to_have_count(3)
    is_clean(page)
    dialog.locator("[data-near] button").first.click()
    expect(dialog).to_be_hidden()
    expect(card(page, "W08")).not_to_have_attribute("data-slot", re.compile('"starts":"11:15","ends":"13:00"'))
    page.locator('[data-do="undo"]').click()
    stands(page, "W08", "2026-12-05", "11:15", "13:00")
    page.locator('[data-do="redo"]').click()
    expect(page.locator('[data-do="redo"]')).to_be_disabled()
    page.locator('[data-do="undo"]').click()
    stands(page, "W08", "2026-12-05", "11:15", "13:00")
    # Two sessions changed; the public sees them once they are published.
    page.goto("/ar/programme/board/publish")
    is_clean(page)
    expect(page.locator(".changes > li")).to_have_count(2)
    page.locator('main form button[type="submit"]').last.click()
    page.locator('#confirm button[value="yes"]').click()
    expect(page).to_have_url(re.compile("/ar/programme/versions"))
    is_clean(page)
    expect(page.locator(".changes > li")).to_have_count(2)


def test_a_move_without_network_stays_in_sight_and_arrives_later(enter: Callable[..., BrowserContext]) -> None:
    context = enter("organiser", viewport=DESK)
    page = context.new_page()
    page.goto("/ar/programme/board?day=2026-12-06")
    context.set_offline(True)
    card(page, "W12").locator("[data-sitting]").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(card(page, "W12").locator(".unsaved")).to_be_visible()
    expect(page.locator("#toast")).to_be_visible()
    context.set_offline(False)
    stands(page, "W12", "2026-12-06", "10:45", "12:15")
    expect(card(page, "W12").locator(".unsaved")).to_be_hidden()


def test_two_organisers_see_each_other_and_nothing_is_lost(enter: Callable[..., BrowserContext]) -> None:
    one = enter("organiser", viewport=DESK).new_page()
    other = enter("organiser", viewport=DESK).new_page()
    for page in (one, other):
        page.goto("/fr/programme/board?day=2026-12-06")
    other.evaluate("document.querySelector('programme-board').poll = () => {}")
    card(one, "W10").locator("[data-sitting]").focus()
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        one.keyboard.press(key)
    stands(one, "W10", "2026-12-06", "09:30", "11:00")
    card(other, "W10").locator("[data-sitting]").focus()
    for key in ("Shift+ArrowUp", "ArrowDown", "ArrowDown", "ArrowDown", "Enter"):
        other.keyboard.press(key)
    dialog = other.locator("[data-refusal]")
    expect(dialog.locator("[data-reasons]")).to_contain_text("W10")
    dialog.locator("[data-near] button").click()
    stands(other, "W10", "2026-12-06", "09:45", "11:00")
    stands(one, "W10", "2026-12-06", "09:45", "11:00")


def test_a_finger_moves_a_session_on_a_telephone(enter: Callable[..., BrowserContext]) -> None:
    options: dict[str, Any] = {"viewport": {**TELEPHONE, "height": 1500}, "has_touch": True, "is_mobile": True}
    context = enter("organiser", **options)
    page = context.new_page()
    page.goto("/ar/programme/board?day=2026-12-04&venue=V1")
    is_clean(page)
    box = card(page, "W03").bounding_box()
    assert box
    x, y = point(page, TENT, 16)
    finger = context.new_cdp_session(page)

    def touch(kind: str, *at: float) -> None:
        points = [{"x": at[0], "y": at[1]}] if at else []
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", box["x"] + box["width"] / 2, box["y"] + 14)
    page.wait_for_timeout(450)
    touch("touchMove", x, y + 4)
    touch("touchMove", x, y + 14)
    touch("touchEnd")
    stands(page, "W03", "2026-12-04", "16:00", "18:00")
    page.locator('[data-do="undo"]').click()
    stands(page, "W03", "2026-12-04", "15:00", "17:00")
