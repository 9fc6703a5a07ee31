"""A visitor finds a session by day and place, takes it into a calendar and prints, on a telephone and at a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import vobject

from tests.journeys.test_every_page import AXE, CHECK, DESK, RULES, SIDEWAYS, TELEPHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

SATURDAY = {"ar": "السبت 5 دجنبر", "fr": "samedi 5 décembre"}
SEASIDE = {"ar": "السعيدية", "fr": "Saïdia"}
MORE = {"ar": "اختيارات أخرى", "fr": "Plus de choix"}
SHOW = {"ar": "عرض", "fr": "Afficher"}
KIND = {"ar": "مائدة مستديرة", "fr": "Table ronde"}


def look(page: Page) -> None:
    """The page is accessible and no wider than the screen."""
    page.evaluate(AXE)
    assert page.evaluate(CHECK, RULES) == []
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("size", [TELEPHONE, DESK], ids=["390", "1280"])
@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_a_visitor_finds_a_session_and_keeps_it(
    enter: Callable[..., BrowserContext], lang: str, size: dict[str, int], scripts: bool
) -> None:
    page = enter(None, viewport=size, java_script_enabled=scripts).new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(f"/{lang}/programme")
    assert page.locator(".sessions > li").count() == 12
    page.get_by_role("link", name=SATURDAY[lang], exact=True).click()
    page.get_by_role("link", name=SEASIDE[lang], exact=True).click()
    assert page.locator(".sessions > li").count() == 2
    page.locator("summary", has_text=MORE[lang]).click()
    page.locator("#kind").select_option(label=KIND[lang])
    page.get_by_role("button", name=SHOW[lang]).click()
    assert page.locator(".sessions > li").count() == 1
    page.locator("summary", has_text="agenda" if lang == "fr" else "مفكرتي").click()
    if scripts:
        look(page)
    file = page.get_by_role("link", name="Fichier d’agenda" if lang == "fr" else "ملف المفكرة").get_attribute("href")
    answer = page.request.get(file or "")
    assert [each.uid.value for each in vobject.readOne(answer.text()).vevent_list] == ["vs14.w09@solidarity-village"]
    page.locator(".sessions h3 a").click()
    if scripts:
        look(page)
    assert page.locator("a[href$='W09.ics']").is_visible()
    assert faults == []


def test_what_is_printed_has_no_buttons(enter: Callable[..., BrowserContext]) -> None:
    page = enter(None, viewport=DESK).new_page()
    page.goto("/ar/programme")
    page.emulate_media(media="print")
    assert page.locator("main .button:visible, .tabs:visible, summary:visible, .status:visible").count() == 0
    assert page.locator(".sessions > li:visible").count() == 12
