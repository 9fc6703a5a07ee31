"""Every setting is told where people look for it."""

from __future__ import annotations

import re

from config import Settings, describe
from tests.guards.tree import ROOT, sources

PAGE = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")


def test_every_setting_is_documented_as_it_is():
    for variable, _default, text in describe():
        assert f"`{variable}`" in PAGE
        assert text in PAGE


def test_nothing_else_is_documented():
    assert set(re.findall(r"^\| `(\w+)`", PAGE, re.MULTILINE)) == {variable for variable, _, _ in describe()}


def test_the_environment_is_read_in_one_place():
    readers = [
        str(path.relative_to(ROOT)) for path, _ in sources() if re.search(r"os\.environ\[|os\.environ\.get|os\.getenv", path.read_text())
    ]
    assert readers == []


def test_settings_are_frozen():
    assert Settings.__dataclass_params__.frozen
