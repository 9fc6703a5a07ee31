"""What is fixed before a draw: prizes, rules, the closed list, and where its chance will come from.

The commitment is one canonical JSON document (docs/protocol.md, «The commitment»). Its SHA-256 goes into the seed,
so nothing in it can change without changing every rank.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from village.audit import merkle
from village.kit.canonical import dumps
from village.kit.lot import PROTOCOL
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from village.draws.rules.eligibility import EntryRule

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]

EARLIEST_CLOSE = timedelta(seconds=60)
"""The plan is committed at least this long before the announced hour."""

FEWEST_SEATS = 2
"""Where no public beacon counts, at least two seats contribute: nobody's number decides alone."""

ABSENT = "absent_three_calls"
VOID_REASONS = (ABSENT, "declined", "not_eligible")
CANCEL_REASONS = ("list_wrong", "no_prize", "postponed", "forbidden")
WITHDRAWAL_REASONS = ("not_available", "unfit", "given_back")
CALLS_BEFORE_ABSENCE = 3


class Pool(StrEnum):
    """Who could be drawn."""

    EXHIBITORS = "exhibitors"
    VISITORS = "visitors"


class Replacement(StrEnum):
    """Who comes after a void: the next of the ranking that stands, or the first of a ranking by a beacon to come."""

    ORDERED = "ordered"
    FRESH = "fresh"


class SeatKind(StrEnum):
    """Who may hold a witness seat."""

    PARTICIPANTS = "participants_representative"
    JUROR = "juror"
    OFFICER = "judicial_officer"
    COOPERATIVE = "cooperative"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Prize:
    """One prize for one winner; `id` is P1, P2 … in award order, `mark` what stands on the object itself."""

    id: str
    title_ar: str
    title_fr: str
    value_mad: int | None = None
    mark: str | None = None

    def as_json(self) -> dict[str, Json]:
        """Write the prize as it is committed."""
        return {
            "id": self.id,
            "mark": self.mark,
            "title_ar": self.title_ar,
            "title_fr": self.title_fr,
            "value_mad": self.value_mad,
        }


@dataclass(frozen=True, slots=True)
class BeaconPlan:
    """The one round of a public beacon that counts: the first at or after the announced hour."""

    chain: str
    round: int

    def as_json(self) -> dict[str, Json]:
        """Write the round as it is committed."""
        return {"chain": self.chain, "round": self.round}


@dataclass(frozen=True, slots=True)
class Seat:
    """A witness seat.

    `key` is the Ed25519 public key (64 hexadecimal digits) that signs its sealed number; None where the number is
    sealed in a paper envelope that lies on the table.
    """

    code: str
    kind: SeatKind
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Ticket:
    """One chance: an opaque id and the opaque token of the group that wins only so often."""

    id: str
    group: str | None

    def as_json(self) -> dict[str, Json]:
        """Write the ticket as it stands in the committed list."""
        return {"group": self.group, "id": self.id}


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One entrant left out: an opaque id and the reasons, of which the first is counted."""

    id: str
    reasons: tuple[str, ...]

    def as_json(self) -> dict[str, Json]:
        """Write the exclusion as it stands in the committed list."""
        return {"id": self.id, "reasons": list(self.reasons)}


@dataclass(frozen=True, slots=True)
class Plan:
    """What the commission announces. `announced_at` is the hour of the draw (aware, whole seconds)."""

    edition: str
    code: str
    announced_at: datetime
    prizes: tuple[Prize, ...]
    substitutes: int
    entry_rule: EntryRule
    seats: tuple[Seat, ...]
    fewest_seats: int
    demonstration: bool
    uses_secret: bool = True
    most_per_group: int = 1
    witnesses: tuple[str, ...] = ()
    quorum: int = 0
    pool: Pool = Pool.EXHIBITORS
    replacement: Replacement = Replacement.ORDERED
    beacon: BeaconPlan | None = None

    def seats_needed(self, *, with_beacon: bool) -> int:
        """Say how many seats must contribute: what was announced, and two where no beacon counts."""
        return self.fewest_seats if with_beacon else max(self.fewest_seats, FEWEST_SEATS)


@dataclass(frozen=True, slots=True)
class Commitment:
    """The committed document and its SHA-256 (64 hexadecimal digits)."""

    document: dict[str, Json]
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        """Hash the canonical bytes of the document."""
        object.__setattr__(self, "sha256", hashlib.sha256(dumps(self.document)).hexdigest())


def opaque_id(prefix: str, raw: bytes) -> str:
    """Make an opaque id of 10 random bytes: a letter and 16 base-32 characters; nothing about its holder is in it."""
    return prefix + base64.b32encode(raw).decode().rstrip("=")


def list_root(rows: Iterable[Ticket | Exclusion]) -> str:
    """Root (RFC 6962) of a list sorted by id, each leaf the canonical JSON of one row; 64 hexadecimal digits."""
    return merkle.root([merkle.leaf_hash(dumps(row.as_json())) for row in sorted(rows, key=lambda row: row.id)]).hex()


def write_instant(at: datetime) -> str:
    """Write an instant as the protocol does: UTC, whole seconds, `2026-12-06T16:30:00Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def why_not_plan(plan: Plan) -> list[Refusal]:
    """List everything that is wrong with a plan before anyone relies on it."""
    found = []
    codes = [seat.code for seat in plan.seats]
    marks = [prize.mark for prize in plan.prizes if prize.mark is not None]
    needed = plan.seats_needed(with_beacon=plan.beacon is not None)
    if not plan.prizes:
        found.append(Refusal("draw_without_prize"))
    if len(set(marks)) != len(marks):
        found.append(Refusal("prize_mark_twice"))
    if len(set(codes)) != len(codes):
        found.append(Refusal("draw_seat_twice"))
    if plan.fewest_seats < needed or len(codes) < needed:
        found.append(Refusal("draw_seats_too_few", {"needed": needed, "seats": len(codes)}))
    if plan.replacement is Replacement.FRESH and plan.beacon is None:
        found.append(Refusal("draw_fresh_without_beacon"))
    if plan.replacement is Replacement.FRESH and plan.substitutes:
        found.append(Refusal("draw_fresh_with_substitutes"))
    if len(plan.witnesses) < plan.quorum:
        found.append(Refusal("draw_witnesses_too_few", {"needed": plan.quorum, "enrolled": len(plan.witnesses)}))
    return found


def commitment_of(
    plan: Plan,
    tickets: Iterable[Ticket],
    exclusions: Iterable[Exclusion],
    *,
    number: int,
    previous: str | None,
    secret_sha256: str | None,
    verifier_sha256: str,
) -> Commitment:
    """Write the commitment.

    Args:
        plan: what was announced.
        tickets: the closed list.
        exclusions: those left out.
        number: gap-free number of the draw in its edition, from 1.
        previous: SHA-256 of the commitment of the draw before, None for the first.
        secret_sha256: SHA-256 of the server's secret, None when the plan has none.
        verifier_sha256: SHA-256 of the file verify_draw.py that belongs to this draw.

    """
    tickets, exclusions = list(tickets), list(exclusions)
    return Commitment(
        {
            "announced_at": write_instant(plan.announced_at),
            "code": plan.code,
            "demonstration": plan.demonstration,
            "edition": plan.edition,
            "entropy": _entropy(plan, secret_sha256),
            "exclusions": {
                "by_reason": dict(Counter(row.reasons[0] for row in exclusions)),
                "count": len(exclusions),
                "root": list_root(exclusions),
            },
            "number": number,
            "policy": {"quorum": plan.quorum, "witnesses": list(plan.witnesses)},
            "previous": previous,
            "prizes": [prize.as_json() for prize in plan.prizes],
            "rules": _rules(plan),
            "substitutes": plan.substitutes,
            "tickets": {"count": len(tickets), "root": list_root(tickets)},
            "v": PROTOCOL,
            "verifier_sha256": verifier_sha256,
        }
    )


def why_not_untouched(plan: Plan, tickets: Iterable[Ticket], commitment: Commitment) -> list[Refusal]:
    """Object when the plan or the tickets at hand are not those committed to: somebody changed them underneath.

    The exclusions count for nothing in the ranking; whoever checks the bundle compares them too.
    """
    said = commitment.document
    entropy = said["entropy"]
    again = commitment_of(
        plan,
        tickets,
        (),
        number=int(str(said["number"])),
        previous=None if said["previous"] is None else str(said["previous"]),
        secret_sha256=entropy["secret_sha256"] if isinstance(entropy, dict) else None,  # type: ignore[arg-type]
        verifier_sha256=str(said["verifier_sha256"]),
    )
    same = _agrees(said, {**again.document, "exclusions": said["exclusions"]})
    return [] if same else [Refusal("draw_altered")]


def _agrees(said: Json, now: Json) -> bool:
    """Compare all that was said; a commitment of an older version says less."""
    if isinstance(said, dict) and isinstance(now, dict):
        return all(key in now and _agrees(value, now[key]) for key, value in said.items())
    if isinstance(said, list) and isinstance(now, list):
        return len(said) == len(now) and all(map(_agrees, said, now))
    return said == now


def _rules(plan: Plan) -> dict[str, Json]:
    return {
        "calls_before_absence": CALLS_BEFORE_ABSENCE,
        "entry": {**plan.entry_rule.as_json(), "pool": str(plan.pool)},
        "most_per_group": plan.most_per_group,
        "replacement": str(plan.replacement),
        "void_reasons": list(VOID_REASONS),
    }


def _entropy(plan: Plan, secret_sha256: str | None) -> dict[str, Json]:
    return {
        "beacon": None if plan.beacon is None else plan.beacon.as_json(),
        "fewest_seats": plan.fewest_seats,
        "seats": [
            {"key": seat.key, "kind": str(seat.kind), "seat": seat.code}
            for seat in sorted(plan.seats, key=lambda seat: seat.code)
        ],
        "secret_sha256": secret_sha256,
    }
