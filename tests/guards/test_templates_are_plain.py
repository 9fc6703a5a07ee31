"""No page runs or styles anything inline: the security policy would drop it, and the layout with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
# Printed documents have their own engine and no policy.
PAGES = sorted(path for path in TEMPLATES.rglob("*.html") if "documents" not in path.parts and "mail" not in path.parts)
INLINE = re.compile(r"\sstyle=|\son[a-z]+=\"|<style|javascript:|hx-on|<script(?![^>]*\ssrc=)", re.IGNORECASE)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_page_has_nothing_inline(path: Path) -> None:
    text = COMMENT.sub("", path.read_text(encoding="utf-8"))
    assert INLINE.findall(text) == []


@pytest.mark.parametrize("bad", ['<p style="x">', '<a onclick="x()">', "<style>", "<script>1</script>"])
def test_the_guard_sees_what_it_guards_against(bad: str) -> None:
    assert INLINE.search(bad)
