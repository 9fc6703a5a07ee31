"""Every page of every role in three languages, on a telephone and a desk: complete, accessible, within the screen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import pytest
from werkzeug.exceptions import HTTPException

from tests.journeys.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from playwright.sync_api import BrowserContext, Page

KIB = 1024
OK = 200
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHECK = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(found => found.violations)"
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
TELEPHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
LANGS = ("ar", "fr", "en")
# Where axe reads a page: what its rules see changes with the direction and the width, little with the words. What
# everybody sees is read in each direction and at each width, what those see who work here as their telephones show it.
READ = {"ar": (390,), "fr": (1280,), "en": ()}
# Visitors first: what they see is not looked at again for each role. Of two pages of one kind one is enough.
WHO = (None, "organiser", "stands", "accueil", "juror1", "juror2", "commission", "auditor", "exhibitor")
# Those who work here work in Arabic and French: their English is read without a screen.
SEEN = [(who, lang) for who in WHO for lang in LANGS if who is None or lang != "en"]
LINK = re.compile(r'href="([^"#]+)')
# Text that shows a hole in a catalogue or a value that was not there.
HOLES = re.compile(r"%\(\w+\)s|\{\w+(:\w+)?\}|\bNone\b|\bnull\b|undefined")


@dataclass
class Reached:
    """What following links leads to: the address of one page of each kind, and links that lead nowhere."""

    pages: dict[str | None, list[str]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def reached(fair: Flask, session_cookie: Callable[[str], str]) -> Reached:
    """The pages that each can reach and that nobody before could."""
    found, seen = Reached(), set[str]()
    for who in WHO:
        starts = ["/ar/", "/ar/welcome"] if who else ["/ar/", "/ar/certificates/verify", _own_page(fair)]
        found.pages[who] = list(_reach(fair, session_cookie(who) if who else "", starts, seen, found.broken))
    return found


def _own_page(fair: Flask) -> str:
    """The address that a participant got when registering: the page needs no account, so no link leads there."""
    from village.kit.db import db
    from village.kit.web import edition
    from village.people.queries import get_person, ids_by_code
    from village.workshops.pages.base import own_token

    with fair.test_request_context("/ar/"):
        person = get_person(db.session(), ids_by_code(db.session(), edition().id)["P001"])
        return f"/ar/me/{own_token(person)}"


def _reach(fair: Flask, cookie: str, starts: list[str], seen: set[str], broken: list[str]) -> Iterator[str]:
    client = fair.test_client()
    if cookie:
        client.set_cookie("village", cookie, domain="localhost")
    adapter = fair.url_map.bind("localhost")
    todo, done = list(starts), set[str]()
    while todo:
        path = todo.pop(0)
        try:
            endpoint, _values = adapter.match(urlsplit(path).path, method="GET")
        except HTTPException:
            endpoint = f"missing {path}"
        if path in done or (endpoint in seen and path not in starts):
            continue
        known = endpoint in seen
        answer = client.get(path, follow_redirects=True)
        done.add(path)
        seen.add(endpoint)
        here = answer.request.path
        if answer.status_code != OK:
            broken.append(f"{path} answers {answer.status_code}")
        elif answer.mimetype == "text/html":
            links = (urljoin(here, unescape(link)) for link in LINK.findall(answer.get_data(as_text=True)))
            todo += [link for link in links if link.startswith(("/ar/", "/B/", "/C/"))]
            if here != urlsplit(path).path:
                todo.append(here)
            elif not known:
                yield path
        answer.close()


def faults_of(page: Page, where: str, *, read: bool = True) -> list[str]:
    """What is wrong with the page as it stands on the screen; by axe's rules only where it is to be read."""
    found: list[dict[str, Any]] = page.evaluate(CHECK, RULES) if read else []
    faults = [f"{where}: {each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"][:3]]
    sideways = page.evaluate(SIDEWAYS)
    return [*faults, *([f"{where}: {sideways} px wider than the screen"] if sideways > 0 else [])]


def _walk(context: BrowserContext, paths: list[str], lang: str, widths: tuple[int, ...]) -> list[str]:
    """Look at pages one after the other in one window: opening a window costs the browser more than a page does."""
    page = context.new_page()
    found: list[str] = []
    page.on("console", lambda said: found.append(f"{page.url}: {said.text}") if said.type == "error" else None)
    page.on("pageerror", lambda fault: found.append(f"{page.url}: {fault}"))
    for path in paths:
        page.set_viewport_size(DESK)
        page.goto(path.replace("/ar/", f"/{lang}/", 1))
        if widths:
            page.evaluate(AXE)
        for screen in (DESK, TELEPHONE):
            page.set_viewport_size(screen)
            found += faults_of(page, f"{path} {lang} {screen['width']}", read=screen["width"] in widths)
        text = page.locator("body").inner_text()
        found += [f"{path} {lang}: shows {hole.group()}" for hole in HOLES.finditer(text)]
    page.close()
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("who", "lang"), SEEN, ids=lambda each: each or "visitor")
def test_every_page_can_be_used_by_everybody(
    enter: Callable[..., BrowserContext], reached: Reached, who: str | None, lang: str
) -> None:
    widths = READ[lang] if who is None or lang == "ar" else ()
    assert _walk(enter(who), reached.pages[who], lang, widths) == []


@pytest.mark.parametrize("who", WHO[1:])
def test_english_pages_of_staff_have_no_holes(
    fair: Flask, session_cookie: Callable[[str], str], reached: Reached, who: str
) -> None:
    client = fair.test_client()
    client.set_cookie("village", session_cookie(who), domain="localhost")
    faults = []
    for path in reached.pages[who]:
        answer = client.get(path.replace("/ar/", "/en/", 1), follow_redirects=True)
        if answer.status_code != OK:
            faults.append(f"{path} answers {answer.status_code}")
        faults += [f"{path}: shows {hole.group()}" for hole in HOLES.finditer(_said(answer.get_data(as_text=True)))]
        answer.close()
    assert faults == []


def _said(html: str) -> str:
    """The text of a page, without its tags and without what stands in scripts and styles."""
    return re.sub(r"<[^>]+>", " ", re.sub(r"<(script|style|template)\b.*?</\1>", " ", html, flags=re.DOTALL))


def test_no_link_leads_nowhere(reached: Reached) -> None:
    assert reached.broken == []


def test_all_main_pages_are_reached(reached: Reached) -> None:
    first_words = {path.removeprefix("/ar/").split("/")[0] for paths in reached.pages.values() for path in paths}
    assert {"", "me", "programme", "exhibitors", "plan", "checkin", "registrations", "floor", "accounts"} <= first_words


def _weight(page: Page, path: str) -> int:
    """Bytes that came over the wire for a page with all it needs."""
    sizes: list[float] = []
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    wire.detach()
    return int(sum(sizes))


@pytest.mark.parametrize(("who", "path"), [(None, "/ar/"), (None, "/fr/"), ("organiser", "/ar/welcome")])
def test_page_is_light_enough_for_an_old_telephone(
    enter: Callable[..., BrowserContext], who: str | None, path: str
) -> None:
    page = enter(who).new_page()
    page.set_viewport_size(TELEPHONE)
    assert _weight(page, path) <= 90 * KIB
    assert _weight(page, page.url) <= 6 * KIB


@pytest.mark.parametrize("lang", LANGS)
def test_pages_work_without_scripts(enter: Callable[..., BrowserContext], lang: str) -> None:
    page = enter("organiser", java_script_enabled=False, viewport=TELEPHONE).new_page()
    page.goto(f"/{lang}/welcome")
    page.locator(".tabs-more summary").click()
    page.locator(".tabs-more li a").last.click()
    assert urlsplit(page.url).path.startswith(f"/{lang}/")
