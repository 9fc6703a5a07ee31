"""Tables that leave the house, read back by other programs than the one that wrote them."""

from __future__ import annotations

import csv
import io
import tracemalloc
import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from village.kit.tables import Column, Sheet, csv_bytes, csv_stream, xlsx_bytes

MADE = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)
DANGEROUS = (
    "=1+1", "+212600000001", "-2+3", "@SUM(A1:A9)", "\t=1+1", "\r=1+1", "\n=1+1", "  =1+1", "＝1+1", "＋1", "－1", "＠x",
    '=HYPERLINK("http://x.example","y")', "=cmd|' /C calc'!A0", "|calc",
)  # fmt: skip
HARMLESS = ("Fadma Oubella", "فاضمة أوبلا", "a=b", "1-2", "5 DH", "o'clock", "W01", "", "a;b", 'say "no"')


def sheet(*rows, lang="fr", name="Essai", columns=None):
    width = max((len(row) for row in rows), default=1)
    return Sheet(name, columns or [Column(f"C{n}") for n in range(width)], rows, lang)


def read_csv(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def read_xlsx(content, number=0):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(number).to_python()


def xlsx(*sheets):
    return xlsx_bytes(sheets, title="Essai", made_at=MADE)


def test_a_french_spreadsheet_opens_the_file_as_it_is_meant():
    content = csv_bytes(sheet(["é", "م", 1200, Decimal("1234.50"), True, None]))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == "C0;C1;C2;C3;C4;C5\r\né;م;1200;1234,50;1;\r\n"


def test_days_are_iso_in_csv_and_real_days_in_a_workbook():
    row = [date(2026, 12, 4), time(14, 5), datetime(2026, 12, 4, 13, 5, 59, tzinfo=UTC)]
    assert read_csv(csv_bytes(sheet(row)))[1] == ["2026-12-04", "14:05", "2026-12-04 13:05"]
    assert read_xlsx(xlsx(sheet(row)))[1] == [date(2026, 12, 4), time(14, 5), datetime.fromisoformat("2026-12-04 13:05")]


def test_an_instant_of_summer_stands_at_the_hour_of_morocco():
    """In June 2026 Morocco was an hour ahead."""
    assert read_csv(csv_bytes(sheet([datetime(2026, 6, 1, 8, 0, tzinfo=UTC)])))[1] == ["2026-06-01 09:00"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula(text):
    [[cell]] = read_csv(csv_bytes(sheet([text])))[1:]
    assert cell == f"'{text}"
    content = xlsx(sheet([text]))
    parts = zipfile.ZipFile(io.BytesIO(content))
    page = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page
    assert 'quotePrefix="1"' in parts.read("xl/styles.xml").decode()
    if text == text.strip():
        assert read_xlsx(content)[1] == [text]


def test_a_heading_is_no_formula_either():
    assert read_csv(csv_bytes(sheet(["x"], columns=[Column("=1+1")])))[0] == ["'=1+1"]


@pytest.mark.parametrize("text", HARMLESS)
def test_any_other_text_stays_as_it_is(text):
    if text:
        assert read_csv(csv_bytes(sheet([text])))[1] == [text]
        assert read_xlsx(xlsx(sheet([text])))[1] == [text]


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=40))
def test_whatever_is_typed_the_first_sign_of_a_cell_starts_no_formula(text):
    content = csv_bytes(sheet([text, "end"])).decode("utf-8-sig")
    [row] = list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))[1:]
    assert row[-1] == "end"
    assert not row[0].lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize("text", ["0600000012", "999001234567890", "00212600000012", "007"])
def test_telephones_and_ice_numbers_stay_text(text):
    assert read_csv(csv_bytes(sheet([text])))[1] == [f"'{text}"]
    [cell] = read_xlsx(xlsx(sheet([text])))[1]
    assert cell == text
    assert isinstance(cell, str)


def test_a_count_stays_a_number_even_below_zero():
    assert read_csv(csv_bytes(sheet([-3])))[1] == ["-3"]
    assert read_xlsx(xlsx(sheet([-3])))[1] == [-3]


def test_an_arabic_sheet_runs_from_right_to_left():
    parts = zipfile.ZipFile(io.BytesIO(xlsx(sheet(["أ"], lang="ar", name="لائحة"), sheet(["a"], lang="fr", name="Liste"))))
    assert 'rightToLeft="1"' in parts.read("xl/worksheets/sheet1.xml").decode()
    assert "rightToLeft" not in parts.read("xl/worksheets/sheet2.xml").decode()


def test_a_workbook_takes_any_title_as_the_name_of_a_sheet():
    titles = ["a/b:c*d?e[f]\\g", "x" * 60, "X" * 60, "'", ""]
    content = xlsx(*(sheet(["1"], name=title) for title in titles))
    names = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    assert len(names) == len({name.casefold() for name in names}) == len(titles)
    assert all(0 < len(name) <= 31 for name in names)


def test_signs_that_no_file_may_hold_are_left_out():
    assert read_csv(csv_bytes(sheet(["a\x00\x0bb"])))[1] == ["ab"]
    assert read_xlsx(xlsx(sheet(["a\x00\x0bb"])))[1] == ["ab"]


def test_five_thousand_rows_are_written_piece_by_piece():
    rows = [[f"P{n:04}", "فاضمة أوبلا", "06 00 00 00 12", date(2026, 12, 4), n] for n in range(5000)]
    table = Sheet("x", [Column(str(n)) for n in range(5)], rows)
    tracemalloc.start()
    most = max(len(piece) for piece in csv_stream(table))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 32 * 1024
    assert peak < 2**20
    assert len(read_csv(csv_bytes(table))) == len(read_xlsx(xlsx(table))) == 5001
