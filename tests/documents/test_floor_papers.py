"""Plans and signs on paper: nothing overlaps, Arabic is joined, codes can be read and lead to the stand."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from sqlalchemy.orm import Session

from tests.documents.looking import codes, fonts_of, is_blank, pictures, worn
from tests.floor_places import open_placed_floor
from village.floor import papers, queries, signs
from village.floor.paper_colours import SECTORS
from village.floor.paper_drawing import fit_into, labels
from village.floor.papers import Heading

if TYPE_CHECKING:
    from collections.abc import Callable

    import sqlalchemy as sa

    from village.floor.queries import PlanView

pytestmark = pytest.mark.sqlite_only
ADDRESS = "https://village.example.ma"
HEADING = Heading("القرية التضامنية", "Village solidaire", 3, date(2026, 11, 16), ADDRESS)
LONGEST = {
    "name_ar": "اتحاد تعاونيات المنتوجات المجالية والأعشاب العطرية والطبية بجهة الشرق",
    "name_fr": "Union des coopératives des produits du terroir et des plantes aromatiques de l’Oriental",
    "sector_ar": "النباتات العطرية والطبية",
    "sector_fr": "Plantes aromatiques et médicinales",
    "zone_ar": "فضاء المنتوجات المجالية الطرية والصناعات الغذائية",
    "zone_fr": "Espace produits frais et industries alimentaires",
}


@pytest.fixture
def plan(engine: sa.Engine, act: Callable[..., object]) -> PlanView:
    """The demo's hall with a few exhibitors, one of them on two stands."""
    with act("organiser") as deed:  # type: ignore[attr-defined]
        fair = open_placed_floor(deed)
    with Session(engine) as session:
        found = queries.load_published_plan(session, fair.edition_id)
    assert found
    return found[0]


def bag(word: str) -> str:
    """The letters of a word in order of the alphabet: reading a file gives those of one glyph in any order."""
    return "".join(sorted(unicodedata.normalize("NFKC", word)))


def text_of(data: bytes) -> str:
    """The text of all pages of a file, without signs of direction."""
    document = pypdfium2.PdfDocument(data)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return re.sub(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufffe]", "", unicodedata.normalize("NFKC", text))


def says(data: bytes, *sentences: str) -> bool:
    """Whether these sentences are printed: each as a line of its own, else every word of it."""
    text = text_of(data)
    found = {bag(word) for word in re.split(r"[\s·]+", text)}
    # Where two letters stand apart, reading splits a word: a whole line has all its letters all the same.
    found |= {bag("".join(line.split())) for line in re.split(r"[\r\n·]+", text)}
    return all(
        bag("".join(each.split())) in found or all(bag(word) in found for word in each.split()) for each in sentences
    )


@pytest.mark.parametrize(("paper", "size"), [("a3", (1191, 842)), ("a0", (3370, 2384))])
def test_a_plan_is_one_sheet_with_everything_in_both_languages(plan: PlanView, paper: str, size: tuple[int, int]) -> None:
    data = papers.plan_sheet(plan, HEADING, paper)
    with pikepdf.open(io.BytesIO(data)) as file:
        assert file.check_pdf_syntax() == []
        (page,) = file.pages
        assert (round(page.mediabox[2]), round(page.mediabox[3])) == size
    printed = text_of(data)
    assert [each.code for each in plan.stands if each.code not in printed] == []
    assert says(data, *(name for each in plan.hall.zones for name in (each.name_ar or "", each.name_fr or "")))
    assert says(data, "Plan des stands", "مخطط الأروقة", "Version 3", "النسخة 3", "16 novembre 2026", "نونبر")
    assert says(data, "Entrée", "المدخل", "Sortie", "مخرج", "Nord", "شمال", "Libre", "فارغ", "Misk", "مسك")
    assert all(fonts_of(data).values())


def test_the_code_of_a_plan_leads_to_the_plan(plan: PlanView) -> None:
    (page,) = pictures(papers.plan_sheet(plan, HEADING, "a3"), 150)
    assert codes(page) == {f"{ADDRESS.upper()}/P/H1"}


def test_names_do_not_overlap_and_stay_on_their_stands(plan: PlanView) -> None:
    frame = fit_into((-45, -45, plan.hall.width + 90, plan.hall.depth + 90), (14, 36, 392, 217))
    shown = labels(plan, papers.paper_areas(plan), frame)
    boxes = [(each.x - each.width / 2, each.y - each.size * 0.6, each.x + each.width / 2, each.y + each.size * 0.6) for each in shown if each.tone == "name"]
    assert len(boxes) >= 2 * 4
    for a, b in combinations(boxes, 2):
        assert a[2] <= b[0] + 3 or b[2] <= a[0] + 3 or a[3] <= b[1] or b[3] <= a[1]
    ochre = next(each for each in shown if "Misk" in each.text)
    left, right = frame.at(200, 0)[0], frame.at(1000, 0)[0]
    assert left < ochre.x < right  # over both stands of the block, B01 and B02


def test_a_name_over_a_block_lies_in_its_middle(plan: PlanView) -> None:
    frame = fit_into((-45, -45, plan.hall.width + 90, plan.hall.depth + 90), (14, 36, 392, 217))
    block = next(each for each in plan.blocks.values() if len(each) == 2)
    label = next(each for each in labels(plan, (), frame) if "مسك" in each.text)
    left, right = block[0].box.x, block[1].box.x + block[1].box.w
    assert label.x == pytest.approx(frame.at((left + right) / 2, 0)[0])


def test_the_edge_of_a_plan_is_free_for_the_printer(plan: PlanView) -> None:
    (page,) = pictures(papers.plan_sheet(plan, HEADING, "a3"), 100)
    assert is_blank(page, 100, (0, 12, 10, 280))
    assert is_blank(page, 100, (410, 12, 420, 280))


@pytest.mark.parametrize("here", ["ENT", "A01"])
def test_you_are_here_is_marked_where_asked(plan: PlanView, here: str) -> None:
    plain, marked = (pictures(papers.plan_sheet(plan, HEADING, "a3", each))[0] for each in ("", here))
    assert plain.tobytes() != marked.tobytes()
    assert says(papers.plan_sheet(plan, HEADING, "a3", here), "Vous êtes ici", "أنتم هنا")
    assert not says(papers.plan_sheet(plan, HEADING, "a3", "NOWHERE"), "Vous")


def test_a_plan_that_is_not_public_says_so(plan: PlanView) -> None:
    assert says(papers.plan_sheet(plan, replace(HEADING, number=None), "a3"), "Brouillon non publié", "مسودة")


def test_a_hall_deeper_than_wide_stands_upright(plan: PlanView) -> None:
    data = papers.plan_sheet(replace(plan, hall=replace(plan.hall, depth=6000)), HEADING, "a3")
    with pikepdf.open(io.BytesIO(data)) as file:
        assert round(file.pages[0].mediabox[2]) == 842
    # The legend stays on the sheet, off the drawing and off the measure.
    (page,) = pictures(data, 100)
    assert is_blank(page, 100, (0, 12, 10, 400))


def test_zone_sheets_name_who_stands_there(plan: PlanView) -> None:
    data = papers.zone_sheets(plan, HEADING)
    with pikepdf.open(io.BytesIO(data)) as file:
        assert len(file.pages) == 4
    one = papers.zone_sheets(plan, HEADING, ["Z2"])
    assert says(one, "Coopérative Misk Ahfir Halawiyat", "تعاونية مسك أحفير", "Espace produits du terroir", "B01")
    assert not says(one, "Clémentine")
    with pytest.raises(ValueError, match="no zone"):
        papers.zone_sheets(plan, HEADING, ["Z9"])


def test_each_sign_bears_its_code_names_and_the_way(plan: PlanView, tmp_path: Path) -> None:
    made = signs.signs_of(plan)
    assert [each.codes for each in made] == [("A03",), ("B01", "B02"), ("D08",), ("F04",)]
    signs.write_signs(made, HEADING, "a4", tmp_path / "signs.pdf")
    pages = pictures(tmp_path / "signs.pdf", 100)
    assert [codes(page) for page in pages] == [{f"{ADDRESS.upper()}/P/H1/{each.codes[0]}"} for each in made]
    assert [codes(worn(page)) for page in pages] == [codes(page) for page in pages]
    data = (tmp_path / "signs.pdf").read_bytes()
    assert says(data, "Coopérative Clémentine d’Or de Madagh", "تعاونية مسك أحفير للحلويات", "A03", "الفلاحة")


@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_the_longest_names_stay_in_their_places(plan: PlanView, tmp_path: Path, paper: str) -> None:
    sign = replace(signs.signs_of(plan)[0], codes=("AB101", "AB102", "AB114"), **LONGEST)
    signs.write_signs([sign], HEADING, paper, tmp_path / "one.pdf")
    (page,) = pictures(tmp_path / "one.pdf", 200)
    k = 1 if paper == "a4" else 210 / 297

    def blank(left: float, top: float, right: float, bottom: float) -> bool:
        return is_blank(page, 200, (left * k, top * k, right * k, bottom * k))

    assert blank(1, 14, 12, 200)  # the left edge
    assert blank(285.5, 14, 296, 203)  # the right edge
    assert blank(106, 14, 113, 112)  # between the code and the names
    assert blank(115, 12, 284, 20)  # between the frieze and the names
    assert blank(115, 112.4, 284, 113.4)  # between the names and the sector
    assert blank(14, 138.8, 280, 140.2)  # between the sector and the foot
    assert blank(62, 165, 190, 178)  # round the symbol


def test_a_sign_is_known_by_what_is_written_on_it(plan: PlanView) -> None:
    one = signs.signs_of(plan)[0]
    assert one.digest == replace(one, stand_ids=(99,)).digest
    for name in ("name_ar", "name_fr", "zone_fr", "sector_ar", "hall"):
        assert replace(one, **{name: "autre"}).digest != one.digest
    assert replace(one, codes=("A04",)).digest != one.digest


def test_signs_of_one_content_make_one_file(plan: PlanView, tmp_path: Path) -> None:
    made = signs.signs_of(plan)
    told: list[tuple[int, int]] = []
    for name in ("one", "two"):
        signs.write_signs(made, HEADING, "a5", tmp_path / name, lambda done, total: told.append((done, total)))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert told == [(4, 4), (4, 4)]
    with pytest.raises(ValueError, match="no sign"):
        signs.write_signs([], HEADING, "a4", tmp_path / "none")


def test_colours_on_paper_are_those_of_the_screen() -> None:
    sheet = (Path(__file__).parents[2] / "static" / "css" / "sectors.css").read_text(encoding="utf-8")
    found = dict(re.findall(r"\.sector-(\w+) \{ --fill: (#\w+); --stroke: #\w+; \}", sheet))
    edges = dict(re.findall(r"\.sector-(\w+) \{ --fill: #\w+; --stroke: (#\w+); \}", sheet))
    assert {code: (each.fill, each.stroke) for code, each in SECTORS.items()} == {c: (found[c], edges[c]) for c in found}
