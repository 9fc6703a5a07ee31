"""A jury's day: marks given without a network, nothing lost, closed, opened before everybody, read by all."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys.conftest import serving
from tests.journeys.test_every_page import AXE, DESK, TELEPHONE, faults_of
from tests.jury_room import Room, prepare
from village.awards import actions, queries
from village.editions.actions import move_edition
from village.editions.rules import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from playwright.sync_api import Browser, BrowserContext, Page
    from sqlalchemy.orm import Session

    from village.kit.storage import FileStorage

pytestmark = pytest.mark.sqlite_only
BLUE = io.BytesIO()
Image.new("RGB", (640, 420), (36, 71, 143)).save(BLUE, "PNG")
CASE_AR = "أربع وعشرون امرأة ينسجن زرابي من صوف المنطقة، ويصبغنها بنباتات محلية."
CASE_FR = "Vingt-quatre femmes tissent la laine de la région et la teignent avec des plantes d’ici."
WORDS = {
    "ar": {"kept": "تُرسل حين تعود الشبكة", "done": "سُلّمت", "closed": "أغلقتم أوراقكم", "sealed": "مختوم ومسلَّم"},
    "fr": {
        "kept": "au retour du réseau",
        "done": "Données",
        "closed": "Vous avez fermé vos fiches",
        "sealed": "scellé et remis",
    },
}


@pytest.fixture
def room(app: Flask, act: Callable[..., Any], sign_in: Callable[..., int]) -> Room:
    """The jury room with a dossier; the two other seats have given their sheets."""
    from village.kit.web import parts

    accounts = {role: sign_in(app.test_client(), role) for role in ("juror", "chair")}
    room = prepare(act, accounts, ruled=False)
    with app.app_context():
        storage: FileStorage = parts().storage
    first = room.nominees["AW2", "C901"]
    with act() as deed:
        figures = {"members": 24, "women": 24, "villages": 3}
        actions.write_dossier(deed, nominee_id=first, case_ar=CASE_AR, case_fr=CASE_FR, figures=figures)
        actions.add_photo(
            deed, nominee_id=first, data=BLUE.getvalue(), storage=storage, caption_ar="زربية", caption_fr="Un tapis"
        )
        actions.commit_rules(deed, category_id=room.craft)
        move_edition(deed, room.edition, Status.OPEN)
    with act("system") as deed:
        for seat in (room.latifa, room.noura):
            for code in ("C901", "C902"):
                marks = {"impact": 30, "novelty": 24} if code == "C901" else {"impact": 25, "novelty": 27}
                actions.give_marks(deed, juror_id=seat, nominee_id=room.nominees["AW2", code], marks=marks)
            actions.close_sheets(deed, juror_id=seat, category_id=room.craft)
    return room


@pytest.fixture
def enter(
    app: Flask, browser: Browser, room: Room, sign_in: Callable[..., int]
) -> Iterator[Callable[..., BrowserContext]]:
    """Open a browser in the served jury room: `enter("juror")`."""
    opened: list[BrowserContext] = []
    with serving(app) as address:

        def enter_as(role: str | None, **options: Any) -> BrowserContext:
            context = browser.new_context(base_url=address, **options)
            if role:
                client = app.test_client()
                sign_in(client, role)
                with client.session_transaction() as content:
                    value = str(app.session_interface.get_signing_serializer(app).dumps(dict(content)))  # type: ignore[attr-defined]
                context.add_cookies([{"name": "village", "value": value, "url": address}])
            opened.append(context)
            return context

        yield enter_as
        for context in opened:
            context.close()


def look(page: Page) -> None:
    """What is wrong with the page as it stands: nothing."""
    page.evaluate(AXE)
    assert faults_of(page, page.url) == []


def mark(page: Page, nominee: int, *marks: str) -> None:
    """Type the marks of one nominee."""
    for field, text in zip(page.locator(f"#n{nominee} input[data-mark]").all(), marks, strict=True):
        field.fill(text)


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_a_jury_marks_without_a_network_and_opens_together(  # noqa: PLR0915 - one day, from the first mark to the hall
    enter: Callable[..., BrowserContext], room: Room, session: Session, act: Callable[..., Any], lang: str
) -> None:
    first, second = room.nominees["AW2", "C901"], room.nominees["AW2", "C902"]
    telephone = enter("juror", viewport=TELEPHONE)
    page = telephone.new_page()
    page.goto(f"/{lang}/jury")
    expect(page.locator("[data-jury][data-ready]")).to_be_attached()
    look(page)
    page.goto(f"/{lang}/jury/AW2")
    expect(page.locator("[data-jury][data-live]")).to_be_attached()
    expect(page.locator(f"#n{first} .photos img")).to_be_visible()
    look(page)
    photo = page.locator(f"#n{first} .photos img").get_attribute("src") or ""
    assert enter(None).request.get(photo).status == 403

    telephone.set_offline(True)
    mark(page, first, "15,5", "١٤")
    page.locator(f"#n{first} button[data-step='1']").first.click()
    expect(page.locator(f"#n{first} input[data-mark]").first).to_have_value("16")
    page.reload()
    # The page and its photo came from the device, and so did what was typed.
    assert page.locator(f"#n{first} .photos img").evaluate("one => one.decode().then(() => one.naturalWidth)") > 0
    expect(page.locator(f"#n{first} input[data-mark]").first).to_have_value("16")
    expect(page.locator(f"#n{first} output")).to_have_text(re.compile(r"15[.,]20"))
    page.locator(f"#n{first} form[data-sheet] button[type=submit]").click()
    expect(page.locator(f"#n{first}")).to_contain_text(WORDS[lang]["kept"])
    page.close()
    page = telephone.new_page()
    page.goto(f"/{lang}/jury/AW2")
    expect(page.locator(f"#n{first} form[data-state=queued]")).to_be_attached()
    assert queries.list_own_marks(session, room.driss) == {}
    session.rollback()
    telephone.set_offline(False)
    expect(page.locator(f"#n{first} form[data-state=given]")).to_be_attached(timeout=20000)
    expect(page.locator(f"#n{first}")).to_contain_text(WORDS[lang]["done"])
    assert queries.list_own_marks(session, room.driss) == {first: {"impact": 32, "novelty": 28}}
    session.rollback()

    # Another device of the same juror changes the marks; the telephone is told and decides.
    with act(room.accounts["juror"]) as deed:
        actions.give_marks(deed, juror_id=room.driss, nominee_id=first, marks={"impact": 20, "novelty": 20})
    mark(page, first, "17", "14")
    page.locator(f"#n{first} form[data-sheet] button[type=submit]").click()
    expect(page.locator(f"#n{first} [data-other-mark=impact]")).to_have_text("10")
    look(page)
    page.locator(f"#n{first} [data-take=mine]").click()
    expect(page.locator(f"#n{first} form[data-state=given]")).to_be_attached()
    mark(page, second, "12", "12,5")
    page.locator(f"#n{second} form[data-sheet] button[type=submit]").click()
    expect(page.locator(f"#n{second} form[data-state=given]")).to_be_attached()
    assert queries.list_own_marks(session, room.driss)[first] == {"impact": 34, "novelty": 28}
    session.rollback()
    page.locator("form[data-closing] button").click()
    page.locator("#confirm button[value=yes]").click()
    expect(page.locator("main")).to_contain_text(WORDS[lang]["closed"])

    hall = enter("chair", viewport=DESK).new_page()
    hall.goto(f"/{lang}/jury/opening/AW2/ceremony")
    expect(hall.locator(".sealed")).to_contain_text(WORDS[lang]["sealed"])
    look(hall)
    hall.locator(".hall-page form button").click()
    hall.locator("#confirm button[value=yes]").click()
    for shown in (0, 1, 2):
        expect(hall.locator(".reveal .hidden")).to_have_count(2 - shown)
        hall.keyboard.press("Enter")
    expect(hall).to_have_url(re.compile("/jury/opening/AW2$"))
    look(hall)
