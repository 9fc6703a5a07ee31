"""Canonical JSON: the same value always gives the same bytes, and no other bytes are read as that value."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village.kit.canonical import GREATEST_INTEGER, NotCanonical, dumps, loads_strict

# Everything that has a canonical form: no floats, no lone surrogates, keys inside the Basic Multilingual Plane.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
KEYS = st.text(st.characters(exclude_categories=["Cs"], max_codepoint=0xFFFF), max_size=8)
INTEGERS = st.integers(-GREATEST_INTEGER, GREATEST_INTEGER)
VALUES = st.recursive(
    st.none() | st.booleans() | INTEGERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_what_is_written_is_read_back_and_written_the_same(value):
    data = dumps(value)
    assert loads_strict(data) == value
    assert dumps(loads_strict(data)) == data


@given(VALUES)
def test_it_is_json_to_everybody_else(value):
    assert json.loads(dumps(value)) == value


@given(st.dictionaries(KEYS, INTEGERS, min_size=2, max_size=6))
def test_the_order_of_keys_does_not_matter(mapping):
    assert dumps(dict(reversed(mapping.items()))) == dumps(mapping)


@given(VALUES, st.data(), st.binary(min_size=1, max_size=2))
def test_a_changed_byte_is_another_value_or_refused(value, data, put):
    written = dumps(value)
    begin = data.draw(st.integers(0, len(written)))
    end = data.draw(st.integers(begin, min(begin + 2, len(written))))
    changed = written[:begin] + put + written[end:]
    try:
        found = loads_strict(changed)
    except NotCanonical:
        return
    assert dumps(found) == changed
    assert changed == written or json.dumps(found) != json.dumps(value)


@pytest.mark.parametrize(
    ("value", "data"),
    [
        (None, b"null"),
        ([], b"[]"),
        ({}, b"{}"),
        ({"b": 1, "a": [True, False, None, -7]}, b'{"a":[true,false,null,-7],"b":1}'),
        ((1, 2), b"[1,2]"),
        ("قرعة", '"قرعة"'.encode()),
        ('"\\/\b\f\n\r\t\x00\x1f\x7f', b'"\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\x7f"'),
        # the order of RFC 8785, 3.2.3, without its key beyond the Basic Multilingual Plane
        (
            {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\u0080": 5, "\u00f6": 6},
            '{"\\r":2,"1":4,"\u0080":5,"\u00f6":6,"\u20ac":1,"\ufb33":3}'.encode(),
        ),
        (GREATEST_INTEGER, b"9007199254740991"),
    ],
)
def test_forms(value, data):
    assert dumps(value) == data
    assert dumps(loads_strict(data)) == data


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (1.0, "float"),
        (float("nan"), "float"),
        ({"a": [float("inf")]}, "float"),
        (GREATEST_INTEGER + 1, "integer"),
        (-GREATEST_INTEGER - 1, "integer"),
        ({1: 2}, "key"),
        ({None: 2}, "key"),
        ({"\U0001f600": 1}, "key"),
        ("\ud800", "surrogate"),
        ({"a\udfff": 1}, "surrogate"),
        (b"bytes", "type"),
        ({1, 2}, "type"),
        (object(), "type"),
    ],
)
def test_what_has_no_form_is_refused(value, why):
    with pytest.raises(NotCanonical) as refused:
        dumps(value)
    assert refused.value.why == why


@pytest.mark.parametrize("depth", [65, 2_000, 200_000])
def test_bottomless_nesting_is_refused(depth):
    with pytest.raises(NotCanonical):
        loads_strict(b"[" * depth + b"]" * depth)
    value: object = []
    for _ in range(min(depth, 900)):
        value = [value]
    with pytest.raises(NotCanonical):
        dumps(value)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "syntax"),
        (b"{", "syntax"),
        (b"nul", "syntax"),
        (b"1 2", "syntax"),
        (b"\xff", "syntax"),
        (b'"\xed\xa0\x80"', "syntax"),  # a surrogate in UTF-8
        (b'\xef\xbb\xbf"a"', "syntax"),  # a byte-order mark
        (b'"a\nb"', "syntax"),
        (b"[1,]", "syntax"),
        (b"1" * 5_000, "syntax"),
        (b"NaN", "float"),
        (b"Infinity", "float"),
        (b"-Infinity", "float"),
        (b"1.0", "float"),
        (b"1e3", "float"),
        (b'{"a":1,"a":1}', "duplicate"),
        (b'{"a":1,"\\u0061":2}', "duplicate"),
        (b"9007199254740992", "integer"),
        (b'"\\ud800"', "surrogate"),
        (b"-0", "form"),
        (b"1\n", "form"),
        (b' {"a":1}', "form"),
        (b'{"a": 1}', "form"),
        (b'{"b":1,"a":1}', "form"),
        (b'"\\u00e9"', "form"),
        (b'"\\/"', "form"),
        (b'"\\u001F"', "form"),
        ('{"a":1}', "type"),
        (None, "type"),
    ],
)
def test_other_spellings_are_refused(data, why):
    with pytest.raises(NotCanonical) as refused:
        loads_strict(data)
    assert refused.value.why == why
