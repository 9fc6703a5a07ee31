"""A signed sheet is typed back on a telephone in Arabic, settled and counted; its trainer looks and leaves a file."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from playwright.sync_api import BrowserContext, Page

PHONE = {"width": 390, "height": 844}
AXE = "node_modules/axe-core/axe.min.js"


def look_at(axe: str, page: Page) -> None:
    """Nothing on the page keeps anybody out, and nothing is wider than the telephone."""
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
    assert [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_print_type_back_settle_count_undo(enter: Callable[..., BrowserContext], pytestconfig: pytest.Config) -> None:
    look = partial(look_at, (pytestconfig.rootpath / AXE).read_text(encoding="utf-8"))
    page = enter("organiser", viewport=PHONE, has_touch=True, java_script_enabled=True).new_page()
    page.goto("/ar/sheets")
    look(page)
    page.goto("/ar/sheets/W01")
    with page.expect_navigation():
        page.get_by_role("button", name="إعداد ورقة جديدة").tap()
    look(page)
    page.get_by_role("link", name=re.compile("كتابة التوقيعات")).first.tap()
    page.wait_for_url("**/sheets/W01/*")
    typed = page.locator("#numbers")
    typed.fill("1")
    with page.expect_navigation():
        typed.press("Enter")
    expect(page.locator('[name="row"][value="1"]')).to_be_checked()
    page.locator('[name="row"][value="2"]').check()
    look(page)
    page.get_by_role("button", name="المقارنة مع المسح").tap()
    page.wait_for_url("**/check")
    look(page)
    choices = page.locator('[type="radio"][value="present"]')
    assert choices.count() >= 1, "the demonstration has people who were scanned and whose row is not typed"
    for each in choices.all():
        each.check()
    page.get_by_role("button", name="احتساب الورقة").tap()
    page.wait_for_url("**/ar/sheets/W01")
    expect(page.get_by_text("تم الاحتساب", exact=False)).to_be_visible()
    look(page)
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile("كتابة التوقيعات")).first.tap()
    page.get_by_role("button", name="إلغاء الاحتساب").tap()
    expect(page.get_by_text("لم تعد الورقة محتسبة", exact=False)).to_be_visible()
    page.goto("/ar/sheets/W01/1?blank=1&q=فاطمة")
    look(page)
    page.goto("/ar/sheets/W01")
    page.locator("#links ~ ul a").first.tap()
    page.wait_for_url("**/sheets/trainers/*")
    look(page)
    link = page.locator("#link ~ p a").first.get_attribute("href") or ""
    visit_the_trainers_pages(page, link[link.index("/ar/trainer/") :], look)


def visit_the_trainers_pages(page: Page, own: str, look: Callable[[Page], None]) -> None:
    """Look at what a trainer sees by the link, leave a file and take it back."""
    for address in (own, f"{own}/W01/live", own.replace("/ar/", "/fr/", 1) + "/W01", f"{own}/W01/files"):
        page.goto(address)
        look(page)
    lesson = {"name": "الدرس الأول.txt", "mimeType": "text/plain", "buffer": "كيف نحدد الثمن".encode()}
    page.locator("#file").set_input_files([lesson])
    with page.expect_navigation():
        page.get_by_role("button", name="أضف الملف").tap()
    with page.expect_download() as saved:
        page.get_by_role("link", name=re.compile("الدرس الأول")).tap()
    assert saved.value.suggested_filename == "الدرس الأول.txt"
    look(page)
