"""What is typed from a signed sheet, its order, and what paper and gates say together."""

from __future__ import annotations

import random

import pytest

from village.checkin.rules import (
    ABSENT,
    PRESENT,
    Kind,
    Listed,
    compare,
    in_order,
    read_numbers,
    row_codes,
    why_unsettled,
)
from village.kit.refusal import Refusal

CODES = {no: code for no, code in enumerate(row_codes(random.Random(14).randbytes(60), 30), 1)}


@pytest.mark.parametrize(
    ("text", "numbers", "twice"),
    [
        ("1-3, 15, 18-20", (1, 2, 3, 15, 18, 19, 20), ()),
        ("١-٣، ١٥", (1, 2, 3, 15), ()),
        ("1 – 3\n5\r\n7", (1, 2, 3, 5, 7), ()),
        ("3-1;4", (1, 2, 3, 4), ()),
        ("12, 10-13", (10, 11, 12, 13), (12,)),
        ("  ", (), ()),
    ],
)
def test_numbers_as_people_type_them(text: str, numbers: tuple[int, ...], twice: tuple[int, ...]) -> None:
    typed = read_numbers(text, CODES)
    assert (typed.numbers, typed.twice) == (numbers, twice)


def test_a_rows_letters_stand_for_its_number() -> None:
    assert read_numbers(f"{CODES[7].lower()} 9-{CODES[9]}", CODES).numbers == (7, 9)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12a", "sheet_text_unclear"),
        ("31", "sheet_row_unknown"),
        ("1-99", "sheet_row_unknown"),
        ("0", "sheet_row_unknown"),
        (f"8-{CODES[9]}", "sheet_code_wrong"),
        ("BBB", "sheet_code_wrong"),
    ],
)
def test_what_cannot_be_meant_is_said(text: str, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_numbers(text, CODES)
    assert caught.value.code == code


def test_all_that_is_unclear_is_said_at_once() -> None:
    with pytest.raises(Refusal) as caught:
        read_numbers("1, x, 40", CODES)
    assert [each.code for each in caught.value.objections] == ["sheet_text_unclear", "sheet_row_unknown"]


def test_codes_of_rows_are_all_different_even_where_chance_repeats_itself() -> None:
    assert len(set(row_codes(bytes(800), 400))) == 400


def test_the_order_is_that_of_the_sheets_script() -> None:
    people = [(1, "يوسف المرابط", "Youssef El Mourabit"), (2, "", "Adil Zaki"), (3, "أحمد بنعلي", "")]
    assert in_order(people, "ar") == [3, 1, 2]
    assert in_order(people, "fr") == [2, 1, 3]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (Listed(1, 7, ticked=False), None),
        (Listed(1, 7, ticked=True), Kind.NEW),
        (Listed(1, 7, ticked=True, arrived=True), Kind.AGREES),
        (Listed(1, 7, ticked=True, taken=True), Kind.AGREES),
        (Listed(1, 7, ticked=False, taken=True, arrived=True), Kind.REMOVED),
        (Listed(1, 7, ticked=False, arrived=True), Kind.SCANNED_ONLY),
        (Listed(1, 7, ticked=True, confirmed=False), Kind.CANCELLED),
        (Listed(1, 7, ticked=True, elsewhere="W02"), Kind.ELSEWHERE),
        (Listed(1, 7, ticked=True, elsewhere="W02", arrived=True), Kind.AGREES),
        (Listed(1, None, ticked=True), Kind.NAMELESS),
        (Listed(1, 7, ticked=True, elsewhere="W02", settled=ABSENT), Kind.LEFT_OUT),
    ],
)
def test_what_a_row_comes_to(row: Listed, kind: Kind | None) -> None:
    assert [finding.kind for finding in compare([row])] == ([kind] if kind else [])


def test_a_person_on_two_signed_rows_is_counted_once() -> None:
    found = compare([Listed(1, 7, ticked=True), Listed(9, 7, ticked=True)])
    assert [(each.no, each.kind) for each in found] == [(1, Kind.NEW), (9, Kind.TWICE)]


def test_who_was_said_to_be_absent_and_is_scanned_later_is_a_new_question() -> None:
    kept = compare([Listed(1, 7, ticked=False, arrived=True, settled=PRESENT)])
    asked = compare([Listed(1, 7, ticked=False, arrived=True, settled=ABSENT)])
    assert not kept[0].is_open
    assert asked[0].is_open


def test_nothing_is_taken_while_a_row_waits_for_a_decision() -> None:
    found = compare([Listed(1, 7, ticked=False, arrived=True), Listed(4, 8, ticked=True, confirmed=False)])
    objection = why_unsettled(found, {1: PRESENT})
    assert objection is not None
    assert objection.facts["rows"] == "4"
    assert why_unsettled(found, {1: PRESENT, 4: ABSENT}) is None
