"""An organiser writes minutes on a telephone: they keep themselves, two writers are told of each other, all read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.test_every_page import TELEPHONE
from tests.journeys.test_programme import look

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

ADDRESS = "/programme/manage/minutes/W07"
KEPT = {"ar": "حفظ في", "fr": "Enregistré"}
OTHER = {"ar": "شخص آخر يكتب", "fr": "Quelqu’un d’autre écrit"}


def answer_yes(page: Page) -> None:
    """Say yes to the question of a deed."""
    page.locator("#confirm button[value=yes]").click()


@pytest.mark.parametrize("lang", ["ar"])
def test_minutes_written_by_two(enter: Callable[..., BrowserContext], lang: str) -> None:
    browser = enter("organiser", viewport=TELEPHONE)
    page = browser.new_page()
    page.goto(f"/{lang}{ADDRESS}")
    look(page)
    page.locator("#reason").fill("Un nom était faux.")
    page.locator("form[action$='/open'] button").click()
    page.locator("#text_ar").fill(f"كلام جديد {lang}")
    expect(page.locator("[data-kept]")).to_contain_text(KEPT[lang])
    look(page)
    other = browser.new_page()
    other.goto(f"/{lang}{ADDRESS}")
    expect(other.locator("#text_ar")).to_have_value(f"كلام جديد {lang}")
    other.locator("#text_ar").fill("كلام آخر")
    expect(other.locator("[data-kept]")).to_contain_text(KEPT[lang])
    # Who writes elsewhere in the same minutes meets nobody; who writes the same words is told.
    page.locator("#text_fr").fill("Paroles")
    expect(page.locator("[data-kept] .hint")).to_contain_text(KEPT[lang])
    page.locator("#text_ar").fill("كلامي")
    expect(page.locator("[data-kept]")).to_contain_text(OTHER[lang])
    page.locator("main form[data-autosave] button[type=submit]").click()
    expect(page.locator(".notice-wait")).to_contain_text("كلام آخر")
    expect(page.locator("#text_ar")).to_have_value("كلامي")
    look(page)
    page.locator("main form[data-autosave] button[type=submit]").click()
    expect(page.locator("#text_ar")).to_have_value("كلامي")
    expect(page.locator("#text_fr")).to_have_value("Paroles")
    page.locator("form[action$='/close'] button").click()
    answer_yes(page)
    expect(page.locator("#reason")).to_be_visible()
    reader = enter(None, viewport=TELEPHONE).new_page()
    reader.goto(f"/{lang}/programme/W07")
    look(reader)
    paper = reader.locator("a[href$='minutes-ar.pdf']").get_attribute("href") or ""
    assert reader.request.get(paper).body().startswith(b"%PDF")
