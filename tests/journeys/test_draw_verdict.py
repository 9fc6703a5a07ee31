"""The verdict that a visitor's own browser computes: the same as the Python program's, code by code."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests import draw_mutants
from village.draws import verify_draw
from village.draws.pages.verdict import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from flask import Flask
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.sqlite_only

# Many mutants share a signature: each is checked once.
JUDGE = """async ({ source, base, pins, mutants }) => {
  const { verify, signed, randomness } = await import(source);
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const key = (part) => (part instanceof Uint8Array ? part.join() : String(part));
  const once = (call) => {
    const known = new Map();
    return (...given) => {
      const name = given.map(key).join("|");
      if (!known.has(name)) {
        try { known.set(name, { found: call(...given) }); } catch (fault) { known.set(name, { fault }); }
      }
      const { found, fault } = known.get(name);
      if (fault) throw fault;
      return found;
    };
  };
  const tools = { signed: once(signed), randomness: once(randomness) };
  const whole = bytes(base);
  return mutants.map(([first, last, middle]) => {
    const data = Uint8Array.from([...whole.slice(0, first), ...bytes(middle), ...whole.slice(last)]);
    try { return verify(data, pins, tools).verdict; } catch (fault) { return fault.code ?? String(fault.stack); }
  });
}"""


@pytest.fixture(scope="module")
def insecure(browser: Browser, server: str) -> Iterator[Page]:
    """A page of the hall's Wi-Fi: plain http under a name, so that the browser gives it no cryptography of its own."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.route("http://village.test/**", lambda route: route.fulfill(response=route.fetch(url=_there(route, server))))
    page.goto("http://village.test/fr/draws/DR1")
    assert page.evaluate("[isSecureContext, typeof crypto.subtle]") == [False, "undefined"]
    yield page
    context.close()


def _there(route: Any, server: str) -> str:
    return str(route.request.url).replace("http://village.test", server)


@pytest.fixture
def remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the Python program check each signature once."""
    known: dict[str, Any] = {}

    def once(call: Callable[..., Any]) -> Callable[..., Any]:
        def answer(*given: Any) -> Any:
            name = repr((call.__name__, given))
            if name not in known:
                try:
                    known[name] = call(*given)
                except verify_draw.Refused as refused:
                    known[name] = refused
            if isinstance(known[name], Exception):
                raise known[name]
            return known[name]

        return answer

    for name in ("signed", "randomness"):
        if hasattr(verify_draw, name):
            monkeypatch.setattr(verify_draw, name, once(getattr(verify_draw, name)))


def verdict_of(data: bytes, pins: dict[str, Any]) -> str:
    """Ask the Python program."""
    try:
        return str(verify_draw.verify(data, pins)["verdict"])
    except verify_draw.Refused as refused:
        return refused.code


def differences(page: Page, fair: Flask, base: bytes, pins: dict[str, Any], mutants: Iterable[bytes]) -> list[Any]:
    """List where the two programs disagree, and refuse to have compared nothing."""
    every = list(mutants)
    source = fair.jinja_env.globals["asset"]("draw-verifier.js")
    cuts = [
        [first, last, base64.b64encode(middle).decode()]
        for first, last, middle in (draw_mutants.splice(base, each) for each in every)
    ]
    given = {"source": source, "base": base64.b64encode(base).decode(), "pins": pins, "mutants": cuts}
    in_browser = page.evaluate(JUDGE, given)
    in_python = [verdict_of(each, pins) for each in every]
    assert len(in_browser) == len(in_python) > 0
    return [(one, other, cut) for one, other, cut in zip(in_browser, in_python, cuts, strict=True) if one != other]


@pytest.mark.parametrize("name", draw_mutants.STORIES)
def test_both_programs_say_the_same_of_everything_that_is_touched(
    name: str, insecure: Page, fair: Flask, remembered: None
) -> None:
    story = draw_mutants.STORIES[name]()
    base, pins = story.publish(), story.pins()
    touched = [
        base,
        *draw_mutants.of_fields(base, 1),
        *draw_mutants.of_bodies(base, 1),
        *draw_mutants.of_bytes(base, 150),
    ]
    verdicts = {verdict_of(each, pins) for each in touched[1:]}

    assert verdict_of(base, pins) in {"drawn", "cancelled"}
    assert not verdicts & {"drawn", "cancelled"}
    assert verdicts <= VERDICTS.keys()  # the page has a sentence for each
    assert differences(insecure, fair, base, pins, touched) == []


@pytest.mark.parametrize(("name", "every"), [("long", 9), ("fresh", 7)])
def test_both_programs_say_the_same_of_an_organiser_with_the_key(
    name: str, every: int, insecure: Page, fair: Flask, remembered: None
) -> None:
    story = draw_mutants.STORIES[name]()
    base, pins = story.publish(), story.pins()

    assert differences(insecure, fair, base, pins, draw_mutants.of_lines(story, 1, every)) == []


def test_a_visitor_checks_with_keys_of_their_own(
    enter: Callable[..., BrowserContext], server: str, tmp_path: Any
) -> None:
    context = enter(None, locale="fr")
    page = context.new_page()
    page.goto("/fr/draws/DR1")
    said = page.locator("[data-said]")
    expect(said).to_contain_text("Le tirage est exact")
    expect(said).to_contain_text("Le dossier s’accorde avec lui-même")

    keys = context.request.get(f"{server}/fr/draws/DR1/keys.json").body()
    page.locator("[data-verdict] summary").click()
    page.set_input_files("#pins-file", {"name": "keys.json", "mimeType": "application/json", "buffer": keys})
    page.get_by_role("button", name="Vérifier", exact=True).click()
    expect(said).to_contain_text("Vérifié avec les clés que vous avez données.")

    # Keys that the browser kept before the draw need not be given again.
    page.evaluate(
        "keys => localStorage.setItem(document.querySelector('[data-verdict]').dataset.keep, keys)", keys.decode()
    )
    page.reload()
    expect(said).to_contain_text("gardées par ce navigateur avant le tirage")

    page.locator("[data-verdict] summary").click()
    other = json.loads(keys)
    other["log"] = other["log"][:-4] + "AAA="
    page.set_input_files(
        "#pins-file", {"name": "keys.json", "mimeType": "application/json", "buffer": json.dumps(other).encode()}
    )
    page.get_by_role("button", name="Vérifier", exact=True).click()
    expect(said).to_contain_text("keys_not_pinned")
    expect(said).to_contain_text("ne croyez pas ce résultat")


def test_a_page_that_shows_another_result_is_found_out(enter: Callable[..., BrowserContext]) -> None:
    page = enter(None).new_page()

    def lie(route: Any) -> None:
        answer = route.fetch()
        text = answer.text()
        first, second = (part.split('"')[0] for part in text.split('data-drawn="')[1:3])
        route.fulfill(response=answer, body=text.replace(first, "@").replace(second, first).replace("@", second))

    page.route("**/ar/draws/DR1", lie)
    page.goto("/ar/draws/DR1")

    expect(page.locator("[data-said]")).to_contain_text("page_differs")


def test_a_ticket_is_proven_on_the_page_of_its_holder(enter: Callable[..., BrowserContext]) -> None:
    page = enter(None).new_page()
    page.goto("/ar/draws/DR1/list")
    code = page.locator("main table").first.locator("tbody tr").first.locator(".muted").inner_text()
    page.goto(f"/ar/exhibitors/{code.strip()}")

    expect(page.locator("[data-proven]")).to_be_visible()
    expect(page.locator("[data-unproven]")).to_be_hidden()
