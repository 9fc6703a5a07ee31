"""Selection by RFC 3797: its own worked example, the forms of its sources, and what no source can be."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import pytest

from village.draws.rfc3797 import key_of, select

EXAMPLE = [9319, [2, 5, 12, 8, 10], [9, 18, 26, 34, 41, 45]]


def test_the_example_of_the_rfc_comes_out() -> None:
    """Section 6: 10 of 25 (and the next, for whoever declines)."""
    key = key_of(EXAMPLE)

    assert key == "9319./2.5.8.10.12./9.18.26.34.41.45./"
    assert (
        hashlib.new("md5", b"\0\0" + key.encode() + b"\0\0", usedforsecurity=False).hexdigest()
        == "990dd0a5692a029a98b5e01aa28f3459"
    )
    assert select(EXAMPLE, 25, 10) == [17, 7, 2, 16, 25, 23, 8, 24, 19, 13]
    assert select(EXAMPLE, 25, 11)[-1] == 22


@pytest.mark.parametrize(
    ("sources", "key"),
    [
        ([[5, 3], 8], "3.5./8./"),
        ([Decimal("1.250"), 0.5, "0.10", Decimal("7.0")], "1.25/0.5/0.1/7./"),
        ([[Decimal("2.5"), 10, 1]], "1.2.510./"),
        (["Mažňák", "W 4-1"], "MAZNAK/W41/"),
        (["9319"], "9319/"),
    ],
)
def test_every_source_has_one_form(sources: list[object], key: str) -> None:
    assert key_of(sources) == key  # type: ignore[arg-type]


def test_a_whole_pool_is_a_permutation_and_a_longer_selection_begins_with_the_shorter() -> None:
    whole = select(EXAMPLE, 300, 300)

    assert sorted(whole) == list(range(1, 301))
    assert select(EXAMPLE, 300, 7) == whole[:7]
    assert select(EXAMPLE, 5, 0) == []


@pytest.mark.parametrize(
    ("sources", "pool", "count"),
    [
        ([], 5, 1),
        ("9319", 5, 1),
        ([[]], 5, 1),
        ([-1], 5, 1),
        ([True], 5, 1),
        ([float("nan")], 5, 1),
        ([None], 5, 1),
        ([b"9319"], 5, 1),
        ([{}], 5, 1),
        (9319, 5, 1),
        (iter([7]), 5, 1),
        (["…"], 5, 1),
        ([7], 0, 0),
        ([7], 65_536, 1),
        ([7], 5, 6),
        ([7], 5, -1),
        ([7], "5", 1),
        ([7], 5.0, 1),
        ([7], 5, None),
    ],
)
def test_what_decides_nothing_is_refused(sources: object, pool: int, count: int) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        select(sources, pool, count)  # type: ignore[arg-type]
