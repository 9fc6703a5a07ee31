"""A line of the log checked again in the reader's own browser, and found out there when the page lies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.factories import make_edition
from tests.journeys.conftest import serving
from village.audit.actions import make_checkpoint, record
from village.kit.web import parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def page(app: Flask, act: Callable, browser: Browser) -> Iterator[Page]:
    """A visitor's browser before a short log of which the last line came after the seal."""
    with act("system") as deed:
        make_edition(deed)
    with act("organiser") as deed:
        for number in range(7):
            record(deed, "draw.set_up", f"draw:{number}", {"code": f"DR{number}", "prizes": 1})
        with app.app_context():
            make_checkpoint(deed, parts().keys, "asked")
        record(deed, "draw.set_up", "draw:99", {"code": "DR99", "prizes": 2})
    with serving(app) as address:
        context = browser.new_context(base_url=address, service_workers="block")
        yield context.new_page()
        context.close()


def result(page: Page, address: str) -> str:
    """Open a line and read what the browser found."""
    page.goto(address)
    page.wait_for_selector("#own-check[data-result]", state="attached")
    found = str(page.get_attribute("#own-check", "data-result"))
    assert page.locator(f'#own-check [data-found="{found}"]').is_visible()
    return found


def lying(change: Callable[[str], str]) -> Callable[[Route], None]:
    """Answer with the page of the server, changed on its way."""

    def answer(route: Route) -> None:
        said = route.fetch()
        text = said.text()
        changed = change(text)
        assert changed != text
        route.fulfill(response=said, body=changed)

    return answer


def test_the_browser_agrees_with_an_honest_page_alone(page: Page) -> None:
    line = "/fr/log/line/5"
    assert result(page, line) == "sealed"
    assert not page.locator('#own-check [data-found="key"]').is_visible()
    first = re.search(r'data-path="([0-9a-f]{64})', page.content())
    assert first
    lies: list[Callable[[str], str]] = [
        lambda text: text.replace("&#34;draw:", "&#34;draw:9", 1),
        lambda text: text.replace(f'data-path="{first[1]}', f'data-path="{first[1][::-1]}'),
        lambda text: text.replace('data-index="4"', 'data-index="5"'),
        lambda text: re.sub(r'data-root="[0-9a-f]{2}', 'data-root="00', text),
        lambda text: re.sub(r'(data-note="[^"\n]*\n[0-9]+\n)....', r"\1AAAA", text),
        lambda text: re.sub(r'(data-keys="[^"]*\+)[^ "+]*"', r'\1AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"', text),
        lambda text: re.sub(r'data-size="[0-9]+"', 'data-size="1"', text),
    ]
    for change in lies:
        page.route(f"**{line}", lying(change), times=1)
        assert result(page, line) == "bad"
    assert result(page, line) == "sealed"


def test_a_line_after_the_seal_and_another_log_are_told_apart(page: Page) -> None:
    page.goto("/ar/log")
    page.evaluate("localStorage.setItem('village.log.keys', 'another+00000000+AQ==')")
    after = page.request.get("/api/v1/audit/checkpoint").json()["size"] + 1
    assert result(page, f"/ar/log/line/{after}") == "open"
    assert page.locator('#own-check [data-found="key"]').is_visible()
