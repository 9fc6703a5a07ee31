"""The words of `words.json`, folded for comparing: headings by kind of list, and what cells may say."""

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import cast

from village.imports.rules.account import Kind
from village.people.rules import fold


@lru_cache(maxsize=2)
def headings(kind: Kind) -> Mapping[str, str]:
    """Folded heading → field; where two fields share a spelling, the one listed first has it."""
    return _reversed(_words()["headings"][kind.value])


@lru_cache(maxsize=8)
def values(field: str) -> Mapping[str, str]:
    """Folded word → code, for a field whose cells hold words."""
    return _reversed(_words()["values"][field])


def spelling(kind: Kind, field: str) -> str:
    """Return the field's name as the house's own files write it."""
    return _words()["headings"][kind.value][field][0]


def _reversed(words: Mapping[str, list[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, spellings in words.items():
        for each in spellings:
            found.setdefault(fold(each), code)
    return found


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, dict[str, list[str]]]]:
    text = files("village.imports").joinpath("words.json").read_text(encoding="utf-8")
    return cast("dict[str, dict[str, dict[str, list[str]]]]", json.loads(text))
