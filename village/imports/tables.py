"""From the bytes of an upload to a table of clean text cells.

People send CSV files saved by Excel in French or Arabic Windows, by LibreOffice, by phones: with or without
a byte order mark, with commas, semicolons or tabs, with empty lines. All of that is read here, and what is no
table at all is refused with a code.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from village.kit.refusal import Refusal

MAX_BYTES: Final = 2 * 1024 * 1024
MAX_ROWS: Final = 5_000
MAX_COLUMNS: Final = 80
MIN_COLUMNS: Final = 2  # one column is a text, not a table
MAX_CELL: Final = 2_000
DELIMITERS: Final = (",", ";", "\t", "|")

_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_HIDDEN: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\u061c\ufeff\u00ad]")
_SPACES: Final = re.compile(r"[\s\u00a0\u202f]+")
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")
_MIXED_WORD: Final = re.compile("[A-Za-z][\u0600-\u06ff]|[\u0600-\u06ff][A-Za-z]")


@dataclass(frozen=True)
class TableRow:
    """One line of a table: its number in the file (the first line is 1) and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The non-empty lines of a file, cells trimmed and NFC; `encoding` and `delimiter` as found."""

    rows: tuple[TableRow, ...]
    encoding: str
    delimiter: str


def read_table(data: bytes, *, max_bytes: int = MAX_BYTES, max_rows: int = MAX_ROWS) -> Table:
    """Read the bytes of a CSV file.

    Refusals: `file_empty`, `file_too_large` {limit_kb}, `file_is_workbook`, `file_not_text`,
    `file_encoding_unknown`, `file_not_table`, `file_quote_open` {line}, `file_too_many_rows` {limit},
    `file_too_wide` {line, limit}.
    """
    if len(data) > max_bytes:
        raise Refusal("file_too_large", {"limit_kb": max_bytes // 1024})
    text, encoding = decode(data)
    if not text.strip():
        raise Refusal("file_empty")
    body, first_line, declared = _without_separator_line(text)
    delimiter = declared or _guess_delimiter(body)
    rows = tuple(_rows(body, delimiter, first_line, max_rows))
    if not rows:
        raise Refusal("file_empty")
    if max(len(row.cells) for row in rows) < MIN_COLUMNS:
        raise Refusal("file_not_table")
    return Table(rows, encoding, delimiter)


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding.

    UTF-8 and UTF-16 are certain. Without them Windows-1256 is tried first, because it holds the small French
    letters at the places of Windows-1252; a word that mixes both scripts shows that the file was French.
    Refusals: `file_is_workbook`, `file_not_text`, `file_encoding_unknown`.
    """
    if data.startswith(_WORKBOOKS):
        raise Refusal("file_is_workbook")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _checked(data, "utf-16")
    if b"\x00" in data or data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        raise Refusal("file_not_text")
    try:
        return _checked(data, "utf-8-sig")
    except UnicodeDecodeError:
        text, encoding = _checked(data, "cp1256")
    if _MIXED_WORD.search(text):
        return _checked(data, "cp1252")
    return text, encoding


def clean(cell: str) -> str:
    """Return the cell without hidden marks, with plain single spaces, in NFC."""
    return unicodedata.normalize("NFC", _SPACES.sub(" ", _HIDDEN.sub("", cell))).strip()


def _checked(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8-sig":
            raise
        raise Refusal("file_encoding_unknown") from error
    if _CONTROLS.search(text):
        raise Refusal("file_not_text" if encoding != "utf-8-sig" else "file_encoding_unknown")
    return text, "utf-8" if encoding == "utf-8-sig" else encoding


def _without_separator_line(text: str) -> tuple[str, int, str | None]:
    """Excel may write `sep=;` above the header: take it as its word and count it as a line."""
    first, _, rest = text.partition("\n")
    found = re.fullmatch(r'"?sep=([,;|\t])"?', first.strip("\r"))
    return (rest, 2, found[1]) if found else (text, 1, None)


def _guess_delimiter(text: str) -> str:
    """The separator that cuts most of the first lines into the same, largest number of columns."""
    lines = [line for line in text.splitlines() if line.strip()][:20]

    def shape(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        common = max(set(widths), key=lambda width: (widths.count(width), width))
        return (0, 0) if common < MIN_COLUMNS else (widths.count(common), common)

    return max(DELIMITERS, key=shape)


def _rows(text: str, delimiter: str, first_line: int, max_rows: int) -> Iterator[TableRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    count, line = 0, first_line
    try:
        for raw in reader:
            cells = tuple(clean(cell) for cell in raw)
            if any(cells):
                count += 1
                _check_size(cells, line, count, max_rows)
                yield TableRow(line, cells)
            line = first_line + reader.line_num
    except csv.Error as error:
        raise Refusal("file_quote_open", {"line": line}) from error


def _check_size(cells: tuple[str, ...], line: int, count: int, max_rows: int) -> None:
    if count > max_rows + 1:
        raise Refusal("file_too_many_rows", {"limit": max_rows})
    if len(cells) > MAX_COLUMNS and any(cells[MAX_COLUMNS:]):
        raise Refusal("file_too_wide", {"line": line, "limit": MAX_COLUMNS})
    if any(len(cell) > MAX_CELL for cell in cells):
        raise Refusal("file_cell_too_long", {"line": line, "limit": MAX_CELL})
