"""People with a telephone: register, wait, move up, give back, come again by code, come with a group, walk in."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.test_every_page import KIB, TELEPHONE, _weight
from tests.journeys.test_programme import look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from playwright.sync_api import BrowserContext, Page

EVE = datetime(2026, 12, 3, 18, 0, tzinfo=UTC)
DOOR = datetime(2026, 12, 5, 9, 40, tzinfo=UTC)
CODE = re.compile(r"(?:[0-9A-Z] ){5}[0-9A-Z]")
NAMES = {"ar": ("الزهرة", "أمغار"), "fr": ("Zahra", "Amghar")}
SECOND = {"ar": ("رقية", "أمغار"), "fr": ("Rqia", "Amghar")}
SURE = {"ar": "مكانكم مؤكد", "fr": "Votre place est sûre"}
WAITS = {"ar": "أنتم رقم 1 في لائحة الانتظار", "fr": "Vous êtes numéro 1 sur la liste d’attente"}
GONE = {"ar": "لم يبق شيء يخصكم في هذا الهاتف", "fr": "Il ne reste rien de vous sur ce téléphone"}
MEANING = {"ar": "لن تستطيعوا استرجاعه", "fr": "vous ne pourriez pas la reprendre"}


@pytest.fixture
def at(fair: Flask) -> Iterator[Callable[[datetime], None]]:
    """Move the fair's clock; it goes back afterwards."""
    from village.kit.web import parts

    with fair.app_context():
        clock = parts().clock
        before = clock.now()
        yield clock.move_to
        clock.move_to(before)


@pytest.fixture
def one_place_left(fair: Flask) -> Callable[[str], None]:
    """Leave one place in a workshop, whoever holds the others."""
    import sqlalchemy as sa

    from village.kit.deeds import SYSTEM, begin
    from village.kit.web import parts

    def leave(code: str) -> None:
        with fair.app_context(), begin(parts().engine, actor=SYSTEM, now=EVE) as deed:
            leave_one = "UPDATE workshop SET places_onsite = taken_onsite + 1, closes = NULL WHERE code = :code"
            deed.session.execute(sa.text(leave_one), {"code": code})

    return leave


def go(page: Page, selector: str) -> None:
    """Tap what leads to another page, and wait for it."""
    with page.expect_navigation():
        page.locator(selector).first.tap()


def register(page: Page, lang: str, name: tuple[str, str], phone: str) -> None:
    """Fill the form as somebody new, in the fewest taps."""
    page.locator("#given").fill(name[0])
    page.locator("#family").fill(name[1])
    page.locator("#phone").fill(phone)
    go(page, "main form.card button.wide")


def code_on(page: Page) -> str:
    """The short code as a screen reader says it."""
    said = page.locator(".said").get_attribute("aria-label") or ""
    assert CODE.fullmatch(said)
    return said


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_register_wait_move_up_give_back_and_come_again(
    enter: Callable[..., BrowserContext],
    at: Callable[[datetime], None],
    one_place_left: Callable[[str], None],
    lang: str,
) -> None:
    at(EVE)
    code = {"ar": "W12", "fr": "W04"}[lang]
    one_place_left(code)
    first = enter(None, viewport=TELEPHONE, has_touch=True).new_page()
    faults: list[str] = []
    first.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    first.goto(f"/{lang}/programme/{code}")
    go(first, "main a.button.wide")
    look(first)
    register(first, lang, NAMES[lang], "0600000091")
    expect(first.locator(".sure h1")).to_have_text(SURE[lang])
    look(first)

    second = enter(None, viewport=TELEPHONE, has_touch=True).new_page()
    second.goto(f"/{lang}/programme/{code}/register")
    second.locator("#lent").check()
    register(second, lang, SECOND[lang], "0600000092")
    expect(second.locator(".sure h1")).to_have_text(WAITS[lang])
    look(second)
    hers = code_on(second)
    go(second, "form.lent button")
    expect(second.locator("[role=status]").first).to_contain_text(GONE[lang])
    second.go_back()
    assert second.locator(".said").count() == 0

    go(first, ".links a.button")
    look(first)
    go(first, f"#{code} a.button.ghost.small")
    expect(first.locator(".notice")).to_contain_text(MEANING[lang])
    look(first)
    go(first, ".two button")
    expect(first.locator(f"#{code}")).to_have_count(0)
    look(first)

    second.goto(f"/{lang}/me")
    second.locator("#phone").fill("06 00 00 00 92")
    second.locator("#code").fill(hers.lower())
    go(second, "main form button.wide")
    expect(second.locator("#news")).to_be_visible()
    expect(second.locator(f"#{code} .status-ok")).to_be_visible()
    look(second)
    assert faults == []


@pytest.mark.parametrize("lang", ["ar"])
def test_a_cooperative_brings_its_people_by_a_link(
    enter: Callable[..., BrowserContext],
    at: Callable[[datetime], None],
    one_place_left: Callable[[str], None],
    lang: str,
) -> None:
    at(EVE)
    house = enter("exhibitor", viewport=TELEPHONE, has_touch=True).new_page()
    house.goto(f"/{lang}/groups")
    look(house)
    house.locator("#workshop").select_option("W11")
    house.locator("#size").fill("3")
    go(house, "main form.stack button.wide")
    expect(house.locator("input[name=person]").first).to_be_visible()
    house.locator("#given-1").fill(SECOND[lang][0])
    go(house, "main form.card button.wide")
    expect(house.locator(".people .status")).to_have_count(1)
    look(house)
    link = house.locator("#invite").input_value().split()[-1]
    assert re.search(rf"/{lang}/join/[a-z2-7]{{16}}-[0-9a-f]+$", link)

    guest = enter(None, viewport=TELEPHONE, has_touch=True).new_page()
    guest.goto("/" + link.split("/", 3)[3])
    look(guest)
    guest.locator("#given").fill(NAMES[lang][0])
    go(guest, "main form.card button.wide")
    expect(guest.locator(".sure")).to_be_visible()
    look(guest)
    house.reload()
    expect(house.locator(".people .status")).to_have_count(2)


class Hand:
    """A hand at the door: counts keys and taps, and the time from the first key to the verdict."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys, self.taps, self.began = page, 0, 0, 0.0

    def type(self, text: str) -> None:
        """Type as somebody in a hurry does: five keys a second."""
        self.began = time.perf_counter()
        self.page.locator("#code").press_sequentially(text, delay=200)
        self.keys += len(text)

    def tap(self, selector: str) -> None:
        """Tap what stands there, as soon as it does."""
        self.page.locator(selector).first.tap()
        self.taps += 1

    def until(self, verdict: str) -> float:
        """Wait for a verdict; seconds since the first key."""
        expect(self.page.locator(f".verdict-{verdict}")).to_be_visible()
        return time.perf_counter() - self.began


@pytest.mark.parametrize("lang", ["ar"])
def test_a_walk_in_is_inside_in_under_ten_seconds(
    enter: Callable[..., BrowserContext],
    at: Callable[[datetime], None],
    lang: str,
) -> None:
    at(DOOR)
    page = enter("accueil", viewport=TELEPHONE, has_touch=True).new_page()
    page.goto(f"/{lang}/checkin/W07")
    look(page)
    known, taken = Hand(page), {}
    known.type({"ar": "يوسف", "fr": "youssef"}[lang])
    page.locator("#found li").first.wait_for()
    look(page)
    known.tap("#found form[action$='/walk-in']:has([name=person]) button")
    taken["known"] = known.until("ok")
    stranger = Hand(page)
    stranger.type({"ar": "تودة أيت حمو", "fr": "Touda Aït Hammou"}[lang])
    stranger.tap("#found form:has([name=name]) button")
    expect(page.locator(".verdict .who")).to_contain_text({"ar": "تودة", "fr": "Touda"}[lang])
    taken["new"] = stranger.until("ok")
    look(page)
    for who, seconds in taken.items():
        assert seconds < 10, f"{who}: {seconds:.1f} s"
    assert (known.taps, stranger.taps) == (1, 1)
    again = Hand(page)
    again.type({"ar": "تودة أيت حمو", "fr": "Touda Ait Hammou"}[lang])
    expect(page.locator("#found li .status-wait").first).to_be_visible()


@pytest.mark.parametrize("lang", ["ar"])
def test_a_full_room_takes_one_tap_more(
    enter: Callable[..., BrowserContext], at: Callable[[datetime], None], lang: str
) -> None:
    at(DOOR)
    page = enter("accueil", viewport=TELEPHONE, has_touch=True).new_page()
    page.goto(f"/{lang}/checkin/W05")
    hand = Hand(page)
    hand.type({"ar": "إيطو", "fr": "Itto Amzil"}[lang])
    hand.tap("#found form:has([name=name]) button")
    expect(page.locator("#found .wide").first).to_be_visible()
    look(page)
    hand.tap("#found .wide")
    assert hand.until("ok") < 10
    assert hand.taps == 2


def test_the_door_without_scripts(enter: Callable[..., BrowserContext], at: Callable[[datetime], None]) -> None:
    at(DOOR)
    page = enter("accueil", viewport=TELEPHONE, java_script_enabled=False).new_page()
    page.goto("/fr/checkin/W07")
    page.locator("#code").fill("Hadda Ouzzine")
    page.locator("form.scan button").click()
    page.locator("#found form:has([name=name]) button").click()
    assert page.locator(".verdict-ok").is_visible()


@pytest.mark.parametrize("path", ["/ar/programme/W11/register", "/fr/me"])
def test_registering_is_light_enough_for_an_old_telephone(
    enter: Callable[..., BrowserContext], at: Callable[[datetime], None], path: str
) -> None:
    at(EVE)
    page = enter(None).new_page()
    page.set_viewport_size(TELEPHONE)
    assert _weight(page, path) <= 90 * KIB
    assert _weight(page, page.url) <= 7 * KIB
