"""The tree holds the project and nothing of the place where it was written."""

from __future__ import annotations

import re

from tests.guards.tree import ROOT, kept_files

TEXT = {".py", ".html", ".css", ".js", ".mjs", ".md", ".toml", ".txt", ".json", ".yaml", ".yml", ".sh", ".po", ".svg", ""}
# Assembled from parts, so that this file does not hold what it looks for.
FORBIDDEN = re.compile(
    "|".join(
        (
            "/" + r"(?:root|home/\w+|work|tmp/[a-z])/",
            "pypi" + r"\.org|files\." + "pythonhosted",
            "registry" + r"\.npmjs",
            "deb" + r"\.debian",
        )
    )
)
OPEN_ENDS = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
MOST_LINES = 420
# One file on purpose: anybody can download it and check a draw with nothing but Python.
STANDS_ALONE = ROOT / "village" / "draws" / "verify_draw.py"


def texts():
    for path in kept_files():
        if path.suffix in TEXT and not path.is_relative_to(ROOT / "village" / "demo" / "data"):
            yield path, path.read_text(encoding="utf-8")


def test_no_machine_path_and_no_registry():
    found = [
        f"{path.relative_to(ROOT)}: {hit.group()}" for path, text in texts() for hit in [FORBIDDEN.search(text)] if hit
    ]
    assert found == []


def test_no_open_ends():
    found = [f"{path.relative_to(ROOT)}" for path, text in texts() if path.suffix == ".py" and OPEN_ENDS.search(text)]
    assert found == []


def test_files_stay_small():
    """A file that outgrows about 300 lines becomes a folder."""
    long = [
        f"{path.relative_to(ROOT)}: {lines}"
        for path, text in texts()
        if path.suffix == ".py"
        and path.is_relative_to(ROOT / "village")
        and path != STANDS_ALONE
        and (lines := text.count("\n")) > MOST_LINES
    ]
    assert long == []


def test_nothing_built_is_kept():
    built = [path for path in kept_files() if path.suffix in {".mo", ".pyc", ".db"} or "dist" in path.parts]
    assert built == []
