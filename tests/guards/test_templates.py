"""What a strict content policy and both writing directions ask of templates and styles."""

from __future__ import annotations

import re

import pytest

from tests.guards.tree import ROOT, kept_files

# Printed documents and SVG drawings are not pages: they carry their own styles.
PAGES = [
    path
    for path in kept_files()
    if path.suffix == ".html"
    and path.is_relative_to(ROOT / "templates")
    and not path.is_relative_to(ROOT / "templates" / "documents")
]
STYLES = [path for path in kept_files() if path.suffix == ".css" and path.is_relative_to(ROOT / "static")]
SIDED = re.compile(
    r"(?<![-\w])(?:margin|padding|border)-(?:left|right)\b|(?<![-\w])(?:left|right)\s*:|text-align\s*:\s*(?:left|right)\b"
    r"|float\s*:\s*(?:left|right)\b"
)


def named(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_no_inline_script_or_style(path):
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    scripts = [tag for tag in re.findall(r"<script\b[^>]*>", text) if "src=" not in tag and "application/" not in tag]
    assert scripts == []
    assert re.findall(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", text) == []


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_nothing_comes_from_elsewhere(path):
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"(?:src|href|action)=\"(?:https?:)?//", text) == []


@pytest.mark.parametrize("path", STYLES, ids=named)
def test_styles_know_no_left_and_right(path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert SIDED.findall(text) == []
