"""A witness's tablet in a browser: enrolled, following the log, without connection, and when the log is rewritten."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlalchemy import text
from sqlalchemy.orm import Session

from config import Settings
from tests.journeys.conftest import serving
from tests.journeys.test_every_page import AXE, CHECK, RULES
from village.audit import notes
from village.audit.actions import invite_witness, make_checkpoint, record
from village.audit.keys import log_origin, log_verifiers
from village.audit.queries import cosigned_note, latest_checkpoint, list_witnesses
from village.kit.deeds import SYSTEM, begin

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.databases import SqliteFiles
    from village.kit.web import Parts

TABLET = {"width": 820, "height": 1180}


class Village:
    """A log that is served, and what its organisers do."""

    def __init__(self, parts: Parts, address: str) -> None:
        self.parts = parts
        self.address = address

    def deed(self):
        return begin(self.parts.engine, actor=SYSTEM, now=self.parts.clock.now(), chance=self.parts.chance)

    def invite(self, name: str, label_ar: str) -> str:
        with self.deed() as deed:
            return invite_witness(deed, name=name, kind="jury", label_ar=label_ar, label_fr=name)

    def seal(self, lines: int = 1) -> int:
        with self.deed() as deed:
            for number in range(lines):
                record(deed, "draw.called", "draw:DR1", {"call": number})
            return make_checkpoint(deed, self.parts.keys, "asked").size

    def hours(self) -> dict[str, int]:
        """When each witness cosigned the newest head, by the name of its key; the signatures are verified."""
        with Session(self.parts.engine) as session:
            seal = latest_checkpoint(session)
            assert seal
            known = [notes.read_vkey(row.vkey) for row in list_witnesses(session, enrolled_only=True) if row.vkey]
            note = cosigned_note(session, seal.size)
        keys = self.parts.keys
        opened = notes.open_cosigned(note, log_verifiers(keys), known, log_origin(keys))
        return {vkey.partition("+")[0]: time for vkey, time in opened.times.items()}

    def rewrite(self, lines: int) -> None:
        """Begin the log anew, as whoever holds the file and the key can."""
        with self.parts.engine.begin() as connection:
            for (name,) in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
                connection.execute(text(f"DROP TRIGGER {name}"))
            for table in ("audit_cosignature", "audit_checkpoint", "audit_entry"):
                connection.execute(text(f"DELETE FROM {table}"))
            connection.execute(text("UPDATE audit_head SET size = 0, peaks = x''"))
        self.seal(lines)


@pytest.fixture
def village(sqlite_files: SqliteFiles, tmp_path: Path) -> Iterator[Village]:
    from village.app import create_app
    from village.kit.db import db

    with sqlite_files.fresh(tmp_path) as database:
        settings = Settings(data=str(tmp_path / "data"), database_url=database.url, queue="now", rate_limits="off")
        app = create_app(settings)
        with serving(app) as address:
            yield Village(app.extensions["village"], address)
        with app.app_context():
            for engine in db.engines.values():
                engine.dispose()


@pytest.fixture
def tablet(browser: Browser, village: Village) -> Iterator[Page]:
    with closing(browser.new_context(base_url=village.address, viewport=TABLET, service_workers="block")) as context:
        yield context.new_page()


def said(page: Page):
    return page.locator('[data-say="state"]')


def join(page: Page, code: str, lang: str = "ar") -> None:
    page.goto(f"/{lang}/witness#code={code}")
    page.locator('[data-part="join"] button[type="submit"]').click()
    expect(page.locator('[data-part="desk"]')).to_be_visible()


def no_violation(page: Page) -> None:
    page.evaluate(AXE)
    assert page.evaluate(CHECK, RULES) == []


def test_a_tablet_follows_the_log_and_cries_when_it_is_rewritten(village: Village, tablet: Page) -> None:
    village.seal(20)
    join(tablet, village.invite("jury", "لجنة التحكيم"))
    expect(tablet.locator('[data-put="who"]')).to_have_text("لجنة التحكيم")
    expect(tablet.locator('[data-put="size"]')).to_have_text("20")
    expect(said(tablet)).to_have_attribute("data-tone", "ok")
    assert set(village.hours()) == {"jury"}

    size = village.seal(7)
    tablet.locator("[data-check]").click()
    expect(tablet.locator('[data-put="size"]')).to_have_text(str(size))
    expect(said(tablet)).to_have_attribute("data-tone", "ok")
    assert set(village.hours()) == {"jury"}
    no_violation(tablet)

    # Two seals at once, read after a reload: each is signed, and the key is still there.
    village.seal(3)
    last = village.seal(3)
    tablet.reload()
    expect(tablet.locator('[data-put="size"]')).to_have_text(str(last))
    expect(tablet.locator('[data-part="kept"] tbody tr')).to_have_count(4)

    village.rewrite(last + 5)
    tablet.locator("[data-check]").click()
    expect(tablet.locator('[data-part="alarm"]')).to_be_visible()
    expect(said(tablet)).to_have_attribute("data-tone", "bad")
    assert village.hours() == {}
    no_violation(tablet)
    with tablet.expect_download() as download:
        tablet.locator("[data-evidence]").click()
    evidence = download.value.path().read_text(encoding="utf-8")
    assert f"\n{last}\n" in evidence
    assert f"\n{last + 5}\n" in evidence
    # An alarm outlives a reload, and no later seal is signed.
    village.seal()
    tablet.reload()
    expect(tablet.locator('[data-part="alarm"]')).to_be_visible()
    assert village.hours() == {}


def test_a_tablet_without_connection_signs_what_it_can_prove(village: Village, tablet: Page) -> None:
    village.seal(5)
    join(tablet, village.invite("officer", "مفوض قضائي"), "fr")
    expect(tablet.locator('[data-put="next"]')).to_have_text("5")
    desk = tablet.context.new_page()
    size = village.seal(9)
    tablet.route("**/api/**", lambda route: route.abort())
    tablet.locator("[data-check]").click()
    expect(said(tablet)).to_have_attribute("data-tone", "wait")

    def read(words: str, tone: str) -> None:
        tablet.locator("#witness-head").fill(words)
        tablet.locator('[data-part="typed"] button[type="submit"]').click()
        expect(tablet.locator('[data-say="typed-said"]')).to_have_attribute("data-tone", tone)

    tablet.locator('[data-part="typed"] summary').click()
    desk.goto("/fr/log/carry/5")
    desk.locator("summary", has_text="texte").click()
    carried = desk.locator("pre").inner_text()
    desk.close()  # a page behind another draws once a second
    head = carried.partition("\n\n")[2]
    assert carried.startswith("old 5\n")
    for words in (
        "nonsense",
        head,  # without its proof
        carried.replace(f"\n{size}\n", f"\n{size + 1}\n"),  # another head than the log signed
        carried.replace("old 5\n", "old 5\n" + "A" * 43 + "=\n"),  # another proof
    ):
        read(words, "bad")
    assert village.hours() == {}
    # As a hand scanner brings it: one line, the long dash lost.
    read(carried.replace("\n", " ").replace("—", "-"), "ok")
    expect(tablet.locator('[data-put="size"]')).to_have_text(str(size))
    assert village.hours() == {}
    tablet.unroute("**/api/**")
    tablet.locator("[data-check]").click()
    expect(said(tablet)).to_have_attribute("data-tone", "ok")
    assert set(village.hours()) == {"officer"}


def test_a_tablet_that_knows_more_than_the_log_cries(village: Village, tablet: Page) -> None:
    village.seal(9)
    join(tablet, village.invite("public", "الجمهور"), "en")
    expect(tablet.locator('[data-put="size"]')).to_have_text("9")
    village.rewrite(4)
    tablet.locator("[data-check]").click()
    expect(tablet.locator('[data-put="alarm-why"]')).to_contain_text("shorter")


def test_the_page_of_a_tablet_opens_without_a_network(village: Village, browser: Browser) -> None:
    village.seal(4)
    with closing(browser.new_context(base_url=village.address, viewport=TABLET)) as context:
        tablet = context.new_page()
        join(tablet, village.invite("jury", "لجنة التحكيم"))
        tablet.wait_for_selector("witness-tablet[data-ready]")
        expect(tablet.locator('[data-put="size"]')).to_have_text("4")
        context.set_offline(True)
        tablet.reload()
        expect(tablet.locator('[data-put="size"]')).to_have_text("4")
        expect(said(tablet)).to_have_attribute("data-tone", "wait")
        context.set_offline(False)
        size = village.seal(2)
        tablet.locator("[data-check]").click()
        expect(tablet.locator('[data-put="size"]')).to_have_text(str(size))
        assert set(village.hours()) == {"jury"}
