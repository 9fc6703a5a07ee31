"""The programme on paper: all is printed, nothing runs over the edge, the code leads to the programme."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from io import BytesIO
from typing import Any

import pypdfium2
import pytest

from tests.documents.looking import codes, fonts_of, is_blank, pictures, worn
from village.editions.queries import EditionView
from village.workshops.programme_paper import COLUMNS, Day, Line, Place, compose, wall_sheets

pytestmark = pytest.mark.sqlite_only
ADDRESS = "https://village.example.ma"
FAIR = EditionView(
    1,
    "VS14",
    14,
    "القرية التضامنية",
    "Village solidaire",
    "Solidarity village",
    "",
    "",
    "Africa/Casablanca",
    date(2026, 12, 4),
    date(2026, 12, 6),
    "open",
    demonstration=False,
)
SHORT = Line("10:00", "12:00", "تقنيات التسويق", "Techniques de commercialisation", "خيمة الورشات", "Tente des ateliers", "session")
LONG = Line(
    "15:30",
    "17:30",
    "التخطيط الاستراتيجي للتعاونيات والجمعيات التنموية والمقاولات الصغرى والمتوسطة بجهة بني ملال خنيفرة",
    "Planification stratégique des coopératives, associations de développement et petites entreprises de la région",
    "قاعة الندوات الكبرى بالمركب الثقافي والرياضي · وعن بعد · ورشة تكوينية · فاطمة الزهراء القصوري، عبد الرحمان بن ميمون",
    "Grande salle de conférences du complexe culturel et sportif · et à distance · Atelier de formation · Fatima Zahra El Ksouri",
    "session",
)
OPENING = Line("16:00", "", "حفل الافتتاح", "Cérémonie d’ouverture", "", "", "ceremony")


def days(number: int, lines: tuple[Line, ...]) -> list[Day]:
    """Days with the same lines at two places each."""
    places = (Place("مداغ · فضاء القرية", "Madagh · Espace du Village", lines), Place("السعيدية · المسرح", "Saïdia · Théâtre", lines[:1]))
    return [Day(date(2026, 12, 4 + each), places) for each in range(number)]


def words(data: bytes) -> list[str]:
    """The text of each page, presentation forms of letters made plain."""
    file = pypdfium2.PdfDocument(BytesIO(data))
    try:
        return [unicodedata.normalize("NFKC", page.get_textpage().get_text_range()) for page in file]
    finally:
        file.close()


def test_each_day_has_its_own_a4_sheet() -> None:
    data = compose(FAIR, days(3, (SHORT, LONG, OPENING)), "a4", ADDRESS).print()
    pages = words(data)
    assert len(pages) == 3
    assert ["vendredi 4 décembre 2026" in pages[0], "samedi 5 décembre 2026" in pages[1], "dimanche 6" in pages[2]] == [True] * 3
    assert all("10:00" in page and "Cérémonie d’ouverture" in page for page in pages)
    assert all(embedded for embedded in fonts_of(data).values())
    for picture in pictures(data, 60):
        assert not is_blank(picture, 60, (0, 0, 210, 7))  # the band of stars
        assert is_blank(picture, 60, (0, 12, 10, 290))
        assert is_blank(picture, 60, (200, 12, 210, 290))


def test_a_long_day_goes_on_with_its_date() -> None:
    pages = words(compose(FAIR, days(1, (LONG,) * 16), "a4", ADDRESS).print())
    assert len(pages) > 1
    assert all("vendredi 4 décembre 2026" in page for page in pages)


@pytest.mark.parametrize("count", [1, 4, 9, 30])
def test_nothing_on_the_wall_runs_into_the_foot(count: int) -> None:
    """The estimate of heights is on the safe side for short and for the longest words."""
    for line in (SHORT, LONG):
        data = compose(FAIR, days(2, (line,) * count), "a3", ADDRESS).print()
        shown = "".join(words(data))
        assert len(re.findall("15:30|10:00", shown)) == 2 * (count + 1)
        for picture in pictures(data, 60):
            assert is_blank(picture, 60, (14, 264, 180, 267.5))
            assert is_blank(picture, 60, (240, 264, 406, 267.5))


def test_letters_on_the_wall_grow_as_far_as_they_fit() -> None:
    sizes = [wall_sheets(days(2, (SHORT,) * count))[0] for count in (1, 4, 7, 30)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1] == 1.0


def test_columns_are_cut_between_lines_and_say_their_day_again() -> None:
    _size, sheets = wall_sheets(days(2, (SHORT,) * 30))
    columns: list[Any] = [column for sheet in sheets for column in sheet]
    assert all(len(sheet) <= COLUMNS for sheet in sheets)
    assert [column["fr"] for column in columns] == sorted((column["fr"] for column in columns), reverse=True)
    assert sum(len(place["lines"]) for column in columns for place in column["places"]) == 2 * 31


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_the_code_leads_to_the_programme(paper: str) -> None:
    picture = pictures(compose(FAIR, days(1, (SHORT,)), paper, ADDRESS).print(), 203)[0]
    assert codes(worn(picture)) == {"HTTPS://VILLAGE.EXAMPLE.MA/W"}


def test_the_same_programme_is_the_same_file() -> None:
    one, same, other = (compose(FAIR, days(1, lines), "a4", ADDRESS).digest for lines in ((SHORT,), (SHORT,), (LONG,)))
    assert one == same != other
