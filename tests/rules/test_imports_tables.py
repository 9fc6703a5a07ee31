"""Files as people really send them: encodings, separators, and what is no table at all."""

from decimal import Decimal

import pytest

from village.imports import cells, readers
from village.imports.tables import MAX_BYTES, read_table
from village.kit.refusal import Refusal

HEAD = "Nom;Prénom;Téléphone\n"
AMINA = "الزهراوي;أمينة;0600000012\n"


def rows(data: bytes) -> list[tuple[str, ...]]:
    """The cells of a table."""
    return [row.cells for row in read_table(data).rows]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ((HEAD + AMINA).encode("utf-8"), "utf-8"),
        (b"\xef\xbb\xbf" + (HEAD + AMINA).encode("utf-8"), "utf-8"),
        ((HEAD + AMINA).encode("utf-16"), "utf-16"),
        ((HEAD + AMINA).encode("cp1256"), "cp1256"),
    ],
)
def test_an_arabic_list_is_read_in_every_usual_encoding(data: bytes, encoding: str) -> None:
    table = read_table(data)
    assert table.encoding == encoding
    assert [row.cells for row in table.rows] == [
        ("Nom", "Prénom", "Téléphone"),
        ("الزهراوي", "أمينة", "0600000012"),
    ]


def test_a_french_list_of_old_windows_keeps_its_capitals() -> None:
    data = "Nom;Ville\nÉCOLE L’Étoile;Oujda\n".encode("cp1252")
    assert rows(data)[1] == ("ÉCOLE L’Étoile", "Oujda")
    assert read_table(data).encoding == "cp1252"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator: str) -> None:
    data = separator.join(("a", "b", "c")) + "\r\n" + separator.join(("1", "2", "3")) + "\r\n"
    assert rows(data.encode()) == [("a", "b", "c"), ("1", "2", "3")]


def test_excels_own_line_about_the_separator_is_taken_as_its_word() -> None:
    table = read_table(b"sep=;\r\na;b\r\n1,5;2,5\r\n")
    assert [(row.number, row.cells) for row in table.rows] == [(2, ("a", "b")), (3, ("1,5", "2,5"))]


def test_hidden_marks_and_odd_spaces_are_taken_out_of_cells() -> None:
    assert rows("a,b\n\u200f محمد \u00a0 الشرقي\u200e,x\n".encode())[1] == ("محمد الشرقي", "x")


def test_empty_lines_count_as_lines_but_not_as_rows() -> None:
    table = read_table(b"a,b\n,\n\n1,2\n")
    assert [(row.number, row.cells) for row in table.rows] == [(1, ("a", "b")), (4, ("1", "2"))]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"\n \n", "file_empty"),
        (b"PK\x03\x04 and the rest of a workbook", "file_is_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old workbook", "file_is_workbook"),
        (b"%PDF-1.7 a paper", "file_not_text"),
        (b"\x89PNG\r\n\x1a\n a picture", "file_not_text"),
        (b"a,b\n1,\x00\n", "file_not_text"),
        (b"just a sentence of text\nand one more\n", "file_not_table"),
        (b'a,b\n"open,2\n3,4\n', "file_quote_open"),
        (b"a,b\n1,2\n" * (MAX_BYTES // 8 + 1), "file_too_large"),
        ("a,b\n1,\ufffd\n".encode(), "file_encoding_unknown"),
        (b"\xff\xfea", "file_encoding_unknown"),
        (b"a,b\n" + b"1,2\n" * 5001, "file_too_many_rows"),
        (b"a,b\n1," + b"x" * 2001 + b"\n", "file_cell_too_long"),
        (",".join("abcdefghij" * 9).encode() + b"\n", "file_too_wide"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_table(data)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "value"), [("15,5", "15.5"), ("15.5", "15.5"), ("١٥٫٥", "15.5"), ("1 234,50", "1234.50")]
)
def test_numbers_are_read_as_typed_here(text: str, value: str) -> None:
    assert cells.read_decimal(text) == Decimal(value)


@pytest.mark.parametrize(
    ("read", "text", "code"),
    [
        (cells.read_int, "12a", "cell_not_whole"),
        (cells.read_int, "1.5", "cell_not_whole"),
        (cells.read_decimal, "1e5", "cell_not_number"),
        (cells.read_bool, "peut-être", "cell_not_yes_no"),
        (cells.read_date, "2026-02-30", "cell_not_date"),
        (cells.read_date, "12/27/2026", "cell_not_date"),
        (cells.read_time, "25:00", "cell_not_time"),
        (cells.read_datetime, "2026-12-04", "cell_not_instant"),
    ],
)
def test_a_wrong_cell_names_its_fault(read: object, text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(text)  # type: ignore[operator]
    assert refused.value.code == code


SCORES = "award_id,cooperative_id,juror_id,criterion,score\n"


def test_a_typed_reader_tells_every_fault_with_its_place() -> None:
    data = SCORES + "AW1,C06,J1,impact,15.0\nAW1,,J1,impact,12\nAW1,C07,J1,impact,good\n"
    with pytest.raises(Refusal) as refused:
        readers.read_scores(data.encode())
    assert refused.value.code == "file_unreadable"
    found = [(one.code, one.facts["row"], one.facts["column"]) for one in refused.value.objections]
    assert found == [("cell_empty", 3, "cooperative_id"), ("cell_not_number", 4, "score")]


def test_a_typed_reader_needs_its_columns_and_takes_them_in_any_order() -> None:
    with pytest.raises(Refusal) as refused:
        readers.read_scores(b"award_id,juror_id\nAW1,J1\n")
    assert refused.value.code == "columns_missing"
    assert refused.value.facts["columns"] == "cooperative_id, criterion, score"
    moved = b"score;criterion;juror_id;cooperative_id;award_id\n15,5;impact;J1;C06;AW1\n"
    assert readers.read_scores(moved) == [readers.ScoreRow("AW1", "C06", "J1", "impact", Decimal("15.5"))]


def test_a_repeated_key_and_an_unlisted_word_are_faults() -> None:
    head = "seq,at,action,participant_id,workshop_id\n"
    lines = "1,2026-11-02T09:28,register,P1,W1\n1,2026-11-02T09:29,vanish,P2,W1\n"
    with pytest.raises(Refusal) as refused:
        readers.read_registration_events((head + lines).encode())
    assert [one.code for one in refused.value.objections] == ["cell_not_listed", "cell_repeated"]
