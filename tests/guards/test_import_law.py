"""The import law itself is checked by `make lint`; here, that it would notice."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.guards.import_law import reach, read_arrows, why_not
from tests.guards.tree import ROOT

BELOW = reach(
    read_arrows(
        [
            "editions -> audit",
            "people -> editions",
            "exhibitors -> people",
            "floor -> exhibitors",
            "draws -> exhibitors, floor",
        ]
    )
)


def judge(importer, imported):
    return why_not(
        importer,
        imported,
        below=BELOW,
        strangers=frozenset({"floor", "draws"}),
        surface=frozenset({"actions", "queries", "rules"}),
    )


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("village.floor.actions", "village.exhibitors.models"),
        ("village.floor.pages", "village.exhibitors.pages"),
        ("village.people.queries", "village.exhibitors.queries"),
        ("village.draws.actions", "village.floor.queries"),
        ("village.floor.pages", "village.floor.models"),
        ("village.floor.forms", "village.floor.queries"),
    ],
)
def test_what_the_law_forbids(importer, imported):
    assert judge(importer, imported)


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("village.floor.actions", "village.exhibitors.queries"),
        ("village.floor.actions.moving", "village.people.rules"),
        ("village.floor.actions", "village.audit.actions"),
        ("village.floor.pages", "village.kit.web"),
        ("village.app", "village.floor.models"),
    ],
)
def test_what_the_law_allows(importer, imported):
    assert judge(importer, imported) is None


def test_the_tree_keeps_the_law():
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
