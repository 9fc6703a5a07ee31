"""The sign-in sheet on paper: numbers and codes of the screen in order, room to sign, a symbol that opens the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from tests.attended import Came, came_to_the_fair
from tests.documents.looking import codes, fonts_of, is_blank, pictures, worn
from village.badges.rules import Affiliation
from village.checkin.actions import print_sheet
from village.checkin.papers import sheet_pdf
from village.checkin.queries import get_sheet
from village.editions.queries import get_edition
from village.people.queries import list_people
from village.workshops.queries import get_workshop

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sqlalchemy.orm import Session

    from village.checkin.queries import SheetView
    from village.kit.deeds import Deed
    from village.workshops.queries import WorkshopRow

pytestmark = pytest.mark.sqlite_only

ADDRESS = "https://village.example.ma"
POINT_MM = 25.4 / 72
A4_MM = (297, 210)
SIGN_MM = 40  # at least so much room to sign, clear of the frame


class Paper:
    """A sheet of W01: three names and twenty blank rows, on two pages."""

    def __init__(self, session: Session, fair: Came, number: int) -> None:
        self.session, self.fair = session, fair
        self.edition = get_edition(session, fair.edition)
        self.row: WorkshopRow = get_workshop(session, fair.edition, "W01")
        self.sheet: SheetView = get_sheet(session, fair.training, number)

    def print(self, row: WorkshopRow | None = None, sheet: SheetView | None = None) -> bytes:
        """Lay it out, or another state of it."""
        names = {self.fair.fadma: Affiliation("تعاونية تيفاوين", "Coopérative Tifawine", "A07")}
        return sheet_pdf(
            self.session, self.edition, row or self.row, sheet or self.sheet, names,
            lambda _code: ("بركان", "Berkane", ""), ADDRESS,
        )  # fmt: skip

    def places(self, data: bytes) -> dict[str, tuple[int, float, float]]:
        """Where each row's letters stand: page, and millimetres from the left and from the top."""
        found = {}
        document = pypdfium2.PdfDocument(data)
        for number, page in enumerate(document):
            text = page.get_textpage()
            for row in self.sheet.rows:
                at = text.search(row.code, match_case=True).get_next()
                if at is not None:
                    left, _bottom, _right, top = text.get_charbox(at[0])
                    found[row.code] = (number, left * POINT_MM, A4_MM[1] - top * POINT_MM)
        document.close()
        return found


@pytest.fixture(params=["ar", "fr"])
def paper(request: pytest.FixtureRequest, act: Callable[..., AbstractContextManager[Deed]], session: Session) -> Paper:
    """The sheet in each of its two languages."""
    with act("system") as deed:
        fair = came_to_the_fair(deed)
        number = print_sheet(
            deed, edition_id=fair.edition, workshop_id=fair.training, lang=request.param, blanks=20
        )
    return Paper(session, fair, number)


def test_rows_stand_in_the_order_of_the_screen(paper: Paper) -> None:
    places = paper.places(paper.print())
    order = sorted(places, key=lambda code: (places[code][0], places[code][2]))
    assert order == [row.code for row in paper.sheet.rows]
    side = {left > A4_MM[0] / 2 for _page, left, _top in places.values()}
    assert side == {paper.sheet.lang == "ar"}


def test_a_name_stands_on_the_line_of_its_number_and_letters(paper: Paper) -> None:
    data = paper.print()
    places = paper.places(data)
    names = {each.id: each.name_fr for each in list_people(paper.session, paper.fair.edition, paper.sheet.person_ids)}
    document = pypdfium2.PdfDocument(data)
    text = document[0].get_textpage()
    for row in paper.sheet.rows[:3]:
        if not names[row.person_id or 0]:
            continue
        at = text.search(names[row.person_id or 0].split(" ")[0], match_case=True).get_next()
        assert at is not None
        top = A4_MM[1] - text.get_charbox(at[0])[3] * POINT_MM
        assert abs(top - places[row.code][2]) < 6
    document.close()


def test_there_is_room_to_sign_on_every_row_and_a_mark_for_those_online(paper: Paper) -> None:
    rows = paper.sheet.rows
    online = replace(paper.sheet, rows=(replace(rows[0], channel="online"), *rows[1:]))
    data = paper.print(sheet=online)
    seen, places = pictures(data, 100), paper.places(data)
    for row in rows:
        number, _left, top = places[row.code]
        start = 12 if paper.sheet.lang == "ar" else A4_MM[0] - 12 - SIGN_MM
        room = (start, top - 3, start + SIGN_MM, top + 1.5)
        assert is_blank(seen[number], 100, room) is (row.no != 1), row.no


def test_the_symbol_opens_the_page_of_this_sheet_from_a_poor_camera(paper: Paper) -> None:
    first, *others = pictures(paper.print(), 150)
    assert codes(worn(first)) == {f"{ADDRESS}/S/W01-{paper.sheet.number}".upper()}
    assert all(codes(other) == set() for other in others)


def test_a_sheet_of_before_a_move_or_of_a_cancelled_session_says_so(paper: Paper) -> None:
    red = []
    later = replace(paper.row, starts=time(15), ends=time(17))
    for row in (paper.row, later, replace(paper.row, status="cancelled")):
        data = paper.print(row=row)
        document = pypdfium2.PdfDocument(data)
        picture = document[0].render(scale=1).to_pil().convert("RGB")
        red.append(sum(count for count, (r, g, b) in picture.getcolors(10**6) if r > 2 * g and r > 2 * b and r > 100))
        document.close()
    assert red[0] < red[1] / 5
    assert red[0] < red[2] / 5


def test_every_letter_is_embedded(paper: Paper) -> None:
    found = fonts_of(paper.print())
    assert found
    assert all(found.values())
