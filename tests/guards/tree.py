"""The tree as guards read it: the files that git keeps, and the strings in the code."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]


class Call(NamedTuple):
    """A call with a literal text among its arguments."""

    text: str
    place: str


@cache
def kept_files() -> tuple[Path, ...]:
    """Every file that git keeps or would keep."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return tuple(path for name in names if name and (path := ROOT / name).is_file())


@cache
def sources(folder: str = "village") -> tuple[tuple[Path, ast.Module], ...]:
    """Every Python file of a folder, parsed."""
    return tuple((path, ast.parse(path.read_text(encoding="utf-8"))) for path in sorted((ROOT / folder).rglob("*.py")))


def calls_with_text(name: str, position: int) -> list[Call]:
    """Find calls of a function (or class) with a literal text at a position; conditional texts count each."""
    found = []
    for path, module in sources():
        for node in ast.walk(module):
            if not isinstance(node, ast.Call) or _name(node.func) != name or len(node.args) <= position:
                continue
            place = f"{path.relative_to(ROOT)}:{node.lineno}"
            found += [Call(text, place) for text in _texts(node.args[position])]
    return found


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _texts(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return _texts(node.body) + _texts(node.orelse)
    return []
