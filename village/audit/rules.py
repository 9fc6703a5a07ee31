"""What a line of the log looks like, and who may read its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from village.audit import merkle
from village.kit import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION = 1
# Longest texts, in characters: the widths of the columns that help to find a line.
LONGEST = {"actor": 80, "code": 60, "thing": 120}

_CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_OPAQUE = re.compile(r"[a-z][a-z0-9_]*(:[^\s:]+)*")
# Whoever looks at the log without an account reads what concerns no single person: the steps of a draw.
_PUBLIC_FAMILIES = frozenset({"draw"})


@dataclass(frozen=True)
class Line:
    """A deed as the log writes it: its canonical bytes, and the words by which it is found again."""

    at: datetime
    actor: str
    code: str
    thing: str
    body: bytes
    leaf_hash: bytes


def write_line(*, at: datetime, actor: str, code: str, thing: str, facts: Mapping[str, Any]) -> Line:
    """Write a deed as canonical JSON and hash it.

    Args:
        at: the instant of the deed, aware; written in UTC to the millisecond.
        actor: who, as an opaque id ("account:3").
        code: what was done, in the past ("stand.assigned").
        thing: to what, as an opaque id ("stand:A01").
        facts: the rest; ids, numbers and codes, never names, telephones or floats.

    Raises:
        ValueError: a code or an id is not of its form, or the facts have no canonical form (NotCanonical).

    """
    if not _CODE.fullmatch(code):
        raise ValueError(f"{code!r} is not a deed code")
    for word, text in (("actor", actor), ("thing", thing)):
        if not _OPAQUE.fullmatch(text):
            raise ValueError(f"{text!r} is not an opaque id")
        if len(text) > LONGEST[word]:
            raise ValueError(f"{text!r} is too long")
    body = canonical.dumps(
        {"v": VERSION, "at": write_instant(at), "actor": actor, "code": code, "thing": thing, "facts": dict(facts)}
    )
    return Line(at, actor, code, thing, body, merkle.leaf_hash(body))


def write_instant(at: datetime) -> str:
    """Write an instant as 2026-12-04T09:00:00.000Z.

    Raises:
        ValueError: the instant is not aware.

    """
    if at.utcoffset() is None:
        raise ValueError("an instant needs its zone")
    return at.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def is_public(code: str) -> bool:
    """Tell whether anybody may read the words of lines with this code; the rest is for auditors."""
    return code.partition(".")[0] in _PUBLIC_FAMILIES
