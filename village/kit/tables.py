"""Tables that leave the house, as CSV or XLSX, to be opened in the spreadsheets people have.

CSV as a French Excel opens it: UTF-8 with its mark, semicolons, CRLF (RFC 4180 otherwise), days and instants in ISO
form. XLSX with real days and numbers, and sheets that run from right to left where the language does. A text that a
spreadsheet would take for a formula is made harmless: in CSV by an apostrophe before it, in XLSX by the mark that Excel
itself sets.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from village.kit.clock import local
from village.kit.i18n import direction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from village.kit.i18n import Lang

Cell = str | int | Decimal | date | time | datetime | bool | None
CSV_TYPE: Final = "text/csv; charset=utf-8"
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MARK: Final = "\ufeff"
# Full-width forms count too: some spreadsheets take them for the plain signs.
_FORMULA: Final = re.compile(r"\s*[=+\-@|＝＋－＠]|[\t\r\n]")
# A number to a spreadsheet and none to us: telephones, ICE, codes that begin with zero.
_DIGITS: Final = re.compile(r"0\d+|\d{11,}", re.ASCII)
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_NOT_IN_A_NAME: Final = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME, _LONGEST_CELL = 31, 32_000
_ROWS_AT_ONCE: Final = 250


@dataclass(frozen=True)
class Column:
    """A column: its heading in the reader's language, and how wide it is in a workbook (characters)."""

    heading: str
    width: int = 18


@dataclass(frozen=True)
class Sheet:
    """A table. Cells are text, numbers, days, times, instants (aware), yes or no, or nothing."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    lang: Lang = "fr"
    zone: str = "Africa/Casablanca"


def csv_stream(sheet: Sheet) -> Iterator[bytes]:
    """Write a table as CSV, some hundred rows at a time."""
    text = io.StringIO()
    text.write(_MARK)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_harmless(column.heading) for column in sheet.columns])
    for number, row in enumerate(sheet.rows, 1):
        writer.writerow([_as_text(cell, sheet) for cell in row])
        if number % _ROWS_AT_ONCE == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def csv_bytes(sheet: Sheet) -> bytes:
    """Write a table as CSV."""
    return b"".join(csv_stream(sheet))


def xlsx_bytes(sheets: Sequence[Sheet], *, title: str, made_at: datetime) -> bytes:
    """Write tables as a workbook, one after the other without holding their rows in memory.

    Args:
        sheets: at least one; rows are read once.
        title: what the workbook says it is.
        made_at: an aware instant.

    """
    out = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "dd/mm/yyyy",
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": title, "created": made_at.replace(tzinfo=None)})
        forms = _Forms(book)
        names: set[str] = set()
        for sheet in sheets:
            _fill(book.add_worksheet(_name(sheet.name, names)), sheet, forms)
    return out.getvalue()


class _Forms:
    """How cells look in a workbook."""

    def __init__(self, book: Any) -> None:
        self.head: Format = book.add_format(
            {"bold": True, "bg_color": "#0B4F45", "font_color": "#FFFFFF", "num_format": "@", "valign": "vcenter"}
        )
        self.text: Format = book.add_format({"num_format": "@"})
        self.quoted: Format = book.add_format({"num_format": "@", "quote_prefix": True})
        self.whole: Format = book.add_format({"num_format": "0"})
        self.day: Format = book.add_format({"num_format": "dd/mm/yyyy"})
        self.clock: Format = book.add_format({"num_format": "hh:mm"})
        self.instant: Format = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})


def _fill(into: Worksheet, sheet: Sheet, forms: _Forms) -> None:
    if direction(sheet.lang) == "rtl":
        into.right_to_left()
    for place, column in enumerate(sheet.columns):
        into.set_column(place, place, column.width)
    into.freeze_panes(1, 0)
    into.repeat_rows(0)
    into.set_landscape()
    into.fit_to_pages(1, 0)
    for place, column in enumerate(sheet.columns):
        into.write_string(0, place, _clean(column.heading), forms.head)
    last = 0
    for last, row in enumerate(sheet.rows, 1):
        for place, cell in enumerate(row):
            _put(into, last, place, cell, sheet, forms)
    if sheet.columns:
        into.autofilter(0, 0, last, len(sheet.columns) - 1)


def _put(into: Worksheet, row: int, place: int, cell: Cell, sheet: Sheet, forms: _Forms) -> None:
    match cell:
        case None:
            pass
        case bool():
            into.write_boolean(row, place, cell)
        case int():
            into.write_number(row, place, cell, forms.whole)
        case Decimal():
            into.write_number(row, place, float(cell))
        case datetime():
            into.write_datetime(row, place, _wall(cell, sheet), forms.instant)
        case date():
            into.write_datetime(row, place, cell, forms.day)
        case time():
            into.write_datetime(row, place, cell, forms.clock)
        case str():
            text = _clean(cell)[:_LONGEST_CELL]
            into.write_string(row, place, text, forms.quoted if _FORMULA.match(text) else forms.text)


def _as_text(cell: Cell, sheet: Sheet) -> str:
    text = ""
    match cell:
        case bool():
            text = "1" if cell else "0"
        case int():
            text = str(cell)
        case Decimal():
            # The comma of a French or Moroccan spreadsheet.
            text = format(cell, "f").replace(".", ",")
        case datetime():
            text = f"{_wall(cell, sheet):%Y-%m-%d %H:%M}"
        case date():
            text = cell.isoformat()
        case time():
            text = f"{cell:%H:%M}"
        case str():
            text = _harmless(cell)
    return text


def _harmless(text: str) -> str:
    bare = _clean(text)
    return f"'{bare}" if _FORMULA.match(bare) or _DIGITS.fullmatch(bare) else bare


def _clean(text: str) -> str:
    return _CONTROL.sub("", text)


def _wall(at: datetime, sheet: Sheet) -> datetime:
    return local(at, sheet.zone).replace(tzinfo=None, second=0, microsecond=0)


def _name(wanted: str, taken: set[str]) -> str:
    """Make a name that a workbook accepts: 31 signs at most, some signs never, no name twice (whatever the case)."""
    bare = _NOT_IN_A_NAME.sub(" ", _clean(wanted)).strip(" '")[:_LONGEST_NAME] or "1"
    name, number = bare, 1
    while name.casefold() in taken:
        number += 1
        name = f"{bare[: _LONGEST_NAME - len(str(number)) - 1]} {number}"
    taken.add(name.casefold())
    return name
