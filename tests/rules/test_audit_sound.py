"""The fast reading of lines says what the exact one says, whatever the bytes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village.audit import merkle
from village.audit.kinds import needles, things_of
from village.audit.rules import write_line
from village.audit.sound import Walk, fault_of
from village.kit import canonical

AT = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)
LABELS = ("2026-12-04T09:00:00.000Z", "account:3", "stand.assigned", "stand:A01")

FACTS = st.dictionaries(
    st.text("abz_019éع𐍈", min_size=1, max_size=4),
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=6),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=2),
        max_leaves=5,
    ),
    max_size=4,
)


def body(facts: str) -> bytes:
    """A line with these facts as they are written."""
    return (
        '{"actor":"account:3","at":"2026-12-04T09:00:00.000Z","code":"stand.assigned","facts":'
        + facts
        + ',"thing":"stand:A01","v":1}'
    ).encode()


def written(facts: dict[str, Any]) -> bytes:
    return write_line(at=AT, actor="account:3", code="stand.assigned", thing="stand:A01", facts=facts).body


@given(FACTS)
def test_every_line_that_can_be_written_is_sound(facts: dict[str, Any]) -> None:
    try:
        line = written(facts)
    except canonical.NotCanonical:
        return
    assert fault_of(line, LABELS) is None
    assert fault_of(line) is None


@pytest.mark.parametrize(
    "facts",
    [
        '{"a":1.5}', '{"a":1.0}', '{"a":1e3}', '{"a":01}', '{"a":-0}', '{"a":+1}', '{"a":NaN}', '{"a":9007199254740992}',
        '{"a":12345678901234567890}', '{"b":1,"a":2}', '{"a":1,"a":1}', '{"a":1,"a":2}', '{"a": 1}', '{ "a":1}', '{"a":1,}',
        '{"a":"\\u0041"}', '{"a":"\\/"}', '{"a":"\t"}', '{"a":True}', '{"a":"x"y"}', '{"a":1}}', '{{"a":1}',
        '{"a":"\\ud800"}', '{"a":1},"facts":{}', '{"a":1},"thing":"stand:B01"', '{"a":1}\n', "", '{"a":' + "[" * 70 + "]" * 70 + "}",
        '{"a":"' + "\x7f" + '","":1}', '{"\\u00e9":1}',
    ],
)  # fmt: skip
def test_what_has_no_canonical_form_is_unreadable(facts: str) -> None:
    line = body(facts)
    with pytest.raises(canonical.NotCanonical):
        canonical.loads_strict(line)
    assert fault_of(line) == "audit_line_unreadable"
    assert fault_of(line, LABELS) == "audit_line_unreadable"


@pytest.mark.parametrize("facts", ["[]", "null", "7", '"x"'])
def test_facts_that_are_no_object_are_unreadable(facts: str) -> None:
    assert fault_of(body(facts)) == "audit_line_unreadable"


@given(st.binary(max_size=30), st.integers(0, 200))
def test_changed_bytes_are_judged_as_by_the_exact_way(change: bytes, place: int) -> None:
    line = written({"exhibitor": 7, "stand": "A01"})
    line = line[:place] + change + line[place + len(change) :]
    try:
        found = canonical.loads_strict(line)
        exact = set(found) == {"actor", "at", "code", "facts", "thing", "v"} and isinstance(found["facts"], dict)
    except (canonical.NotCanonical, TypeError):
        exact = False
    if fault_of(line) is None:
        assert exact


@pytest.mark.parametrize("place", range(4))
def test_a_label_that_says_something_else_is_found(place: int) -> None:
    wrong = tuple("x" if number == place else label for number, label in enumerate(LABELS))
    for facts in ({}, {"name": "عربي"}):
        assert fault_of(written(facts), wrong) == "audit_line_mislabelled"  # type: ignore[arg-type]


def test_a_walk_lets_the_same_tree_grow() -> None:
    lines = [written({"n": number}) for number in range(70)]
    walk = Walk({0, 1, 33, 70})
    for line in lines:
        walk.take(line)
    leaves = [merkle.leaf_hash(line) for line in lines]
    assert not walk.faults
    assert walk.roots == {size: merkle.root(leaves[:size]) for size in (0, 1, 33, 70)}


def test_at_most_a_hundred_faults_are_told() -> None:
    walk = Walk()
    for _ in range(150):
        walk.take(b"no line")
    assert len(walk.faults) == 100
    assert walk.tree.size == 150


def test_facts_point_to_things() -> None:
    facts = {"exhibitor": "C07", "jurors": [1, 2], "person": 7, "n": 3, "host": None, "places": {"C01": ["A1"]}}
    assert things_of(facts) == {"exhibitor:C07", "juror:1", "juror:2", "person:7"}
    assert things_of({"jurors": 6, "exhibitors": 4, "trainers": []}) == set()  # these count, they do not point
    assert b'"person":7,' in needles("person:7")
    assert b'"exhibitor":"C07"}' in needles("exhibitor:C07")
    assert b'"host":"C07",' in needles("exhibitor:C07")
