r"""Canonical JSON: one value, one sequence of bytes.

A line of the log is hashed and a bundle of a draw is signed, so both need a form that every reader rebuilds
byte for byte. The form is RFC 8785 (JSON Canonicalization Scheme) without its only hard part, floating numbers:

- UTF-8, no blank outside strings, no byte-order mark;
- object keys are strings, each once, sorted by code point;
- integers only, between -(2^53 - 1) and 2^53 - 1, so that JavaScript reads the same number;
- in strings only ``"``, ``\`` and the control characters are escaped, in the shortest way;
- no lone surrogates; keys stay in the Basic Multilingual Plane, where code-point order and UTF-16 order agree.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

GREATEST_INTEGER = 2**53 - 1
DEEPEST = 64
_LAST_OF_BASIC_PLANE = "\uffff"

_ENCODER = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)


class NotCanonical(ValueError):  # noqa: N818 - what the value is, not a fault of the program
    """The value has no canonical form, or the bytes are not in it; ``why`` is a short code for tests and logs."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def dumps(value: object) -> bytes:
    """Write ``value`` (None, bool, int, str, list, tuple, dict with string keys) as canonical JSON.

    Raises NotCanonical for floats, other types, integers beyond 2^53 - 1, lone surrogates and nesting beyond 64.
    """
    _check(value, 0)
    try:
        return _ENCODER.encode(value).encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonical("surrogate") from error


def loads_strict(data: bytes) -> Any:
    """Read canonical JSON; bytes that :func:`dumps` would not have written raise NotCanonical."""
    if not isinstance(data, bytes):
        raise NotCanonical("type")
    try:
        value = _DECODER.decode(data.decode("utf-8"))
    except NotCanonical:
        raise
    except (ValueError, RecursionError) as error:
        raise NotCanonical("syntax") from error
    if dumps(value) != data:
        raise NotCanonical("form")
    return value


def _check(value: object, depth: int) -> None:
    if value is None or isinstance(value, (str, bool)):
        return
    if isinstance(value, int):
        if not -GREATEST_INTEGER <= value <= GREATEST_INTEGER:
            raise NotCanonical("integer")
        return
    if depth >= DEEPEST:
        raise NotCanonical("depth")
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not (key.isascii() or max(key) <= _LAST_OF_BASIC_PLANE):
                raise NotCanonical("key")
            _check(item, depth + 1)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _check(item, depth + 1)
    else:
        raise NotCanonical("float" if isinstance(value, float) else "type")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotCanonical("duplicate")
    return found


def _no_float(_: str) -> NoReturn:
    raise NotCanonical("float")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=_no_float, parse_constant=_no_float)
