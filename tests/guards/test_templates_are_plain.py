"""No page runs or styles anything inline: the security policy would drop it, and the layout with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
# Printed documents have their own engine and no policy.
PAGES = sorted(path for path in TEMPLATES.rglob("*.html") if "documents" not in path.parts and "mail" not in path.parts)
# Linked data (schema.org) stands in a script element too; browsers neither run it nor hold it against the policy.
INLINE = re.compile(
    r"\sstyle=|\son[a-z]+=\"|<style|javascript:|hx-on|<script(?![^>]*\ssrc=)(?! type=\"application/ld\+json\">)",
    re.IGNORECASE,
)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_page_has_nothing_inline(path: Path) -> None:
    text = COMMENT.sub("", path.read_text(encoding="utf-8"))
    assert INLINE.findall(text) == []


@pytest.mark.parametrize(
    "bad",
    ['<p style="x">', '<a onclick="x()">', "<style>", "<script>1</script>", '<script type="module">1</script>', '<script type="application/ld+json" onload="x()">'],
)
def test_the_guard_sees_what_it_guards_against(bad: str) -> None:
    assert INLINE.search(bad)


def test_the_guard_knows_data_from_a_script() -> None:
    assert not INLINE.search('<script type="application/ld+json">{}</script>')
