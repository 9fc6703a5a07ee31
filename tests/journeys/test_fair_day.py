"""The morning of the fair with a telephone in Arabic: who did not come, who gets the stand, and back again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask
    from playwright.sync_api import BrowserContext, Page

PHONE = {"width": 390, "height": 844}
SUNDAY_NOON = datetime(2026, 12, 6, 12, 0, tzinfo=UTC)
AXE = "node_modules/axe-core/axe.min.js"


@pytest.fixture
def noon(fair: Flask) -> Iterator[None]:
    """Noon of the last day."""
    from village.kit.web import parts

    with fair.app_context():
        clock = parts().clock
        before = clock.now()
        clock.move_to(SUNDAY_NOON)
        yield
        clock.move_to(before)


@pytest.fixture
def axe(pytestconfig: pytest.Config) -> Path:
    return pytestconfig.rootpath / AXE


def faults(page: Page, axe: Path) -> list[str]:
    """What axe objects to, with the first place of each."""
    page.evaluate(axe.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found["violations"]]


def is_as_wide_as_the_screen(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_no_show_to_re_flow_to_undo(noon: None, enter: Callable[..., BrowserContext], axe: Path) -> None:
    page = enter("stands", viewport=PHONE, has_touch=True).new_page()
    page.goto("/ar/floor/day?day=2026-12-06")
    page.locator("#claim_by").fill("10:00")
    with page.expect_navigation():
        page.locator("form:has(#claim_by) button").tap()
    missing = page.locator('[name="absent"]')
    if missing.count() == 0:
        pytest.fail("the demonstration has somebody absent on the last day")
    assert faults(page, axe) == []
    assert is_as_wide_as_the_screen(page)
    absent = missing.count()
    page.get_by_role("button", name="من يمكنه أخذ هذه الأروقة؟").tap()
    expect(page.locator("#gets")).to_be_visible()
    gifts = page.locator(".gifts > li").count()
    assert gifts >= 1
    assert faults(page, axe) == []
    assert is_as_wide_as_the_screen(page)
    page.get_by_role("button", name="تأكيد").tap()
    expect(page.locator('[role="status"]').first).to_contain_text("اطبعوا اللافتات")
    assert page.locator('[name="absent"]').count() == 0
    assert faults(page, axe) == []
    page.locator(".last-change button").tap()
    expect(page.locator('[name="absent"]')).to_have_count(absent)


def test_moving_somebody_says_what_speaks_against_each_stand(
    noon: None, enter: Callable[..., BrowserContext], axe: Path
) -> None:
    page = enter("stands", viewport=PHONE, has_touch=True).new_page()
    page.goto("/ar/floor/day/move/C08")
    assert page.locator(".folk > li").count() > 3
    assert page.locator(".against").count() > 0
    assert faults(page, axe) == []
    assert is_as_wide_as_the_screen(page)


@pytest.mark.parametrize("path", ["/ar/floor/requests", "/fr/floor/requests/C01", "/ar/floor/lot"])
def test_requests_and_lots_fit_a_telephone(
    noon: None, enter: Callable[..., BrowserContext], axe: Path, path: str
) -> None:
    page = enter("stands", viewport=PHONE).new_page()
    page.goto(path)
    assert faults(page, axe) == []
    assert is_as_wide_as_the_screen(page)
