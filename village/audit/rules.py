"""What a line of the log looks like, and who may read its words."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from village.audit import merkle
from village.kit import canonical
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from village.kit.chance import Chance

VERSION = 1
# Longest texts, in characters: the widths of the columns that help to find a line.
LONGEST = {"actor": 80, "code": 60, "thing": 120}

_CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_OPAQUE = re.compile(r"[a-z][a-z0-9_]*(:[^\s:]+)*")
# Whoever looks at the log without an account reads what concerns no single person: the steps of a draw.
_PUBLIC_FAMILIES = frozenset({"draw", "witness", "log"})

WITNESS_KINDS = ("jury", "cooperative", "officer", "public", "auditor")
"""Who keeps heads outside: whoever has no interest in how a draw ends."""
CODE_SERVES = timedelta(days=2)
CLOCKS_DIFFER = timedelta(minutes=5)
"""How far the clock of a tablet may be from ours before its word about a time is worth nothing."""
# Without I, L, O and U: what is read aloud is typed right.
_CODE_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 12
_WITNESS_NAME = re.compile(r"[a-z0-9][a-z0-9./-]{0,59}", re.ASCII)


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


def print_seal(size: int, root: bytes) -> str:
    """Write a head as papers carry it: the number of lines, and the root in groups of eight digits."""
    digits = root.hex()
    return f"{size} · " + " ".join(digits[at : at + 8] for at in range(0, len(digits), 8))


def is_public(code: str) -> bool:
    """Tell whether anybody may read the words of lines with this code; the rest is for auditors."""
    return code.partition(".")[0] in _PUBLIC_FAMILIES


def is_witness_name(name: str) -> bool:
    """Tell whether a witness's key may have this name: short, and written the same on every keyboard."""
    return _WITNESS_NAME.fullmatch(name) is not None


def new_code(chance: Chance) -> str:
    """Make the code of an invitation: sixty bits, in three groups of four."""
    signs = "".join(_CODE_SIGNS[chance.below(len(_CODE_SIGNS))] for _ in range(_CODE_LENGTH))
    return "-".join(signs[at : at + 4] for at in range(0, _CODE_LENGTH, 4))


def tidy_code(typed: str) -> str:
    """Read a code as people type it: small letters, spaces for hyphens, an O for a nought, an L for a one."""
    signs = typed.upper().translate(str.maketrans("OIL", "011"))
    return "".join(sign for sign in signs if sign in _CODE_SIGNS)


def hash_of_code(code: str) -> str:
    """Return the SHA-256 (hexadecimal) under which a code is kept."""
    return hashlib.sha256(tidy_code(code).encode()).hexdigest()


def why_not_this_time(time: int, *, signed_at: datetime, now: datetime) -> Refusal | None:
    """Object to a cosignature made before the head existed or after this moment: the tablet's clock is wrong.

    Args:
        time: what the witness signed, in seconds since 1970.
        signed_at: when the log signed the head.
        now: when the cosignature arrived.

    """
    # A head signed later than now: the log's own clock was set back since, and the tablet may well be right.
    earliest, latest = (int(each.timestamp()) for each in (min(signed_at, now) - CLOCKS_DIFFER, now + CLOCKS_DIFFER))
    if earliest <= time <= latest:
        return None
    return Refusal("cosignature_clock", {"ahead": time > latest, "minutes": _minutes_off(time, signed_at, now)})


def _minutes_off(time: int, signed_at: datetime, now: datetime) -> int:
    """Round to whole minutes how far a clock is off at least."""
    return round(min(abs(time - signed_at.timestamp()), abs(time - now.timestamp())) / 60)
