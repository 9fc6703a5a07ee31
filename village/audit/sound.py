"""Whether lines are sound, one after the other and fast: a log of a million lines is recomputed in seconds.

A line is canonical JSON with six known keys, so its text is cut by one pattern instead of being read whole. The facts
between are nearly always flat, with plain keys in order: a second pattern knows those. Whatever does not fit goes the
slow and exact way of `kit.canonical`, which alone decides what is wrong.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from village.audit.merkle import Accumulator
from village.kit import canonical
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection

MOST_FAULTS = 100

Labels = tuple[str, str, str, str]
"""Instant as the line writes it, actor, code, thing."""

_LINE = re.compile(
    r'\{"actor":"([^"\\\x00-\x1f]*)","at":"([^"\\\x00-\x1f]*)","code":"([a-z0-9_.]*)","facts":(\{.*\}),'
    r'"thing":"([^"\\\x00-\x1f]*)","v":1\}',
    re.DOTALL,
)
# Facts whose values are short integers, truth values and plain ASCII texts: canonical when their keys are in order.
_FLAT = re.compile(
    r'\{(?:"[a-z0-9_]+":(?:0|-?[1-9][0-9]{0,14}|true|false|null|"[ !#-\[\]-~]*")(?:,(?=")|\}$))+', re.ASCII
)
_KEY = re.compile(r'"([a-z0-9_]+)":')


def fault_of(body: bytes, labels: Labels | None = None) -> str | None:
    """Name what is wrong with the bytes of a line, or with its labels (None: it has none)."""
    try:
        found = _LINE.fullmatch(body.decode())
    except UnicodeDecodeError:
        return "audit_line_unreadable"
    if found is None or not _is_plainly_canonical(found[4]):
        return _slow_fault(body, labels)
    actor, at, code, _facts, thing = found.groups()
    return "audit_line_mislabelled" if labels is not None and labels != (at, actor, code, thing) else None


class Walk:
    """One pass over lines from the first, letting the tree grow again; keeps the root of each size that was signed."""

    def __init__(self, signed_sizes: Collection[int] = ()) -> None:
        self.tree = Accumulator()
        self.nodes = 0
        self.roots: dict[int, bytes] = {}
        self.faults: list[Refusal] = []
        self._signed = frozenset(signed_sizes)
        if 0 in self._signed:
            self.roots[0] = self.tree.root()

    def object(self, code: str, **facts: int) -> None:
        """Note a fault; only the first hundred are kept."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Refusal(code, facts))

    def take(self, body: bytes, labels: Labels | None = None, kept: tuple[bytes, bytes] | None = None) -> None:
        """Take the next line.

        Args:
            body: its bytes.
            labels: the columns by which it is found, where it has any.
            kept: its hash and the inner nodes it completed, where they were kept.

        """
        tree = self.tree
        leaf = hashlib.sha256(b"\x00" + body).digest()
        if kept is not None and kept[0] != leaf:
            self.object("audit_line_changed", number=tree.size + 1)
            # The tree goes on from the kept hash: one altered line is then reported once, not with all its nodes.
            leaf = kept[0]
        else:
            fault = fault_of(body, labels)
            if fault:
                self.object(fault, number=tree.size + 1)
        made = tree.append(leaf)
        self.nodes += len(made)
        if kept is not None and b"".join(made) != kept[1]:
            self.object("audit_node_changed", number=tree.size)
        if tree.size in self._signed:
            self.roots[tree.size] = tree.root()


def _is_plainly_canonical(facts: str) -> bool:
    """Tell whether facts are canonical, or False when only the exact way can tell."""
    if facts == "{}":
        return True
    if not _FLAT.fullmatch(facts):
        return False
    keys = _KEY.findall(facts)
    return keys == sorted(set(keys))


def _slow_fault(body: bytes, labels: Labels | None) -> str | None:
    try:
        line = canonical.loads_strict(body)
        words = (line["at"], line["actor"], line["code"], line["thing"])
        readable = isinstance(line["facts"], dict) and all(isinstance(word, str) for word in words)
    except (canonical.NotCanonical, KeyError, TypeError):
        return "audit_line_unreadable"
    if not readable:
        return "audit_line_unreadable"
    return "audit_line_mislabelled" if labels is not None and labels != words else None
