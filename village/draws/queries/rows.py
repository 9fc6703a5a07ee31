"""What is read of draws, as frozen values for pages and papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from village.draws.rules.plan import FEWEST_SEATS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from village.draws.rules.eligibility import EntryRule, Reason
    from village.draws.rules.plan import SeatKind
    from village.draws.rules.turns import TurnState


@dataclass(frozen=True)
class DrawCard:
    """A draw in a list."""

    id: int
    code: str
    state: str
    title_ar: str
    title_fr: str
    announced_at: datetime
    tickets: int
    winners: int


@dataclass(frozen=True)
class PrizeRow:
    """A prize; `id` is its place, P1, P2 … in award order. `mark` is what stands on the object itself."""

    id: str
    title_ar: str
    title_fr: str
    value_mad: int | None
    mark: str | None = None
    giver_ar: str = ""
    giver_fr: str = ""
    withdrawn_at: datetime | None = None
    withdrawn_reason: str | None = None


@dataclass(frozen=True)
class SeatRow:
    """A witness seat. `value` is known once the envelope is open."""

    code: str
    kind: SeatKind
    name_ar: str
    name_fr: str
    has_key: bool
    handed_in_at: datetime | None
    sealed: str | None
    opened_at: datetime | None
    value: str | None


@dataclass(frozen=True)
class ReasonRow:
    """How many entrants were left out, by their first reason."""

    reason: Reason
    count: int


@dataclass(frozen=True)
class EntrantRow:
    """An entrant by opaque id. Organisations are shown by name, persons never are."""

    token: str
    code: str
    name_ar: str
    name_fr: str
    reasons: tuple[Reason, ...]
    rank: int | None


@dataclass(frozen=True)
class PickRow:
    """A place that was drawn; `prize` is None for a substitute."""

    place: str
    rank: int
    token: str
    code: str
    name_ar: str
    name_fr: str
    prize: PrizeRow | None


@dataclass(frozen=True)
class CountRow:
    """What one person counted, and when."""

    counter: str
    counted: int
    counted_at: datetime


@dataclass(frozen=True)
class MemberRow:
    """Someone of the commission."""

    role: str
    name_ar: str
    name_fr: str


@dataclass(frozen=True)
class IncidentRow:
    """An observation written down during the draw."""

    said_at: datetime
    text_ar: str
    text_fr: str


@dataclass(frozen=True)
class HeadRow:
    """A signed head of the log after a step."""

    step: str
    size: int
    note: str


@dataclass(frozen=True)
class BeaconView:
    """The round of the public beacon that counts; what it said is known once it was brought in.

    After going offline the plan still names it, and `DrawView.offline_at` says that it counts no more.
    """

    chain: str
    round: int
    due_at: datetime
    signature: str | None
    randomness: str | None


@dataclass(frozen=True)
class TurnRow:
    """A ticket's turn at a prize; `turn` counts from 0, the ticket announced. Persons have no name here.

    `next_round` is the beacon round that decides who comes after a void, and `next_brought` whether it is known;
    `replaced` whether somebody else has their turn since; `signed_by` the accounts that gave their word for a void.
    """

    place: str
    turn: int
    token: str
    rank: int
    iteration: int
    state: TurnState
    calls: int
    code: str
    name_ar: str
    name_fr: str
    began_at: datetime
    claimed_at: datetime | None
    claimed_by: str | None
    voided_at: datetime | None
    void_reason: str | None
    signed_by: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    next_round: int | None
    next_brought: bool
    replaced: bool
    handed_over_at: datetime | None
    proof: str | None
    proof_key: str | None


@dataclass(frozen=True)
class RegisterRow:
    """The closed register of an edition: how many draws there were, and the hash of the last commitment."""

    count: int
    last: str | None
    closed_at: datetime


@dataclass(frozen=True)
class DrawView:
    """Everything of a draw that may be shown; the secret only once it is revealed.

    `cosigned` maps the step of each signed head to how many cosignatures it has and how many it needs; it is empty
    where the draw demands none. `waiting` lists the places voided and not replaced, the one that is next first.
    """

    id: int
    edition_id: int
    code: str
    state: str
    title_ar: str
    title_fr: str
    rule_ar: str
    rule_fr: str
    place_ar: str
    place_fr: str
    announced_at: datetime
    demonstration: bool
    entry_rule: EntryRule
    most_per_group: int
    substitutes: int
    fewest_seats: int
    uses_secret: bool
    prizes: tuple[PrizeRow, ...]
    seats: tuple[SeatRow, ...]
    counts: tuple[CountRow, ...]
    members: tuple[MemberRow, ...]
    incidents: tuple[IncidentRow, ...]
    heads: tuple[HeadRow, ...]
    tickets: int
    list_root: str
    left_out: int
    reasons: tuple[ReasonRow, ...]
    picks: tuple[PickRow, ...]
    number: int | None
    commitment_sha256: str | None
    seed: str | None
    secret: str | None
    committed_at: datetime | None
    closed_at: datetime | None
    revealed_at: datetime | None
    drawn_at: datetime | None
    pool: str
    replacement: str
    beacon: BeaconView | None
    rounds_brought: frozenset[int]
    quorum: int
    witness_keys: tuple[str, ...]
    cosigned: Mapping[str, tuple[int, int]]
    turns: tuple[TurnRow, ...]
    waiting: tuple[str, ...]
    register: RegisterRow | None
    cancelled_at: datetime | None
    cancel_reason: str | None
    offline_at: datetime | None
    log_key: str | None
    verifier_sha256: str | None

    @property
    def winners(self) -> tuple[PickRow, ...]:
        """Those who won a prize, in award order."""
        return tuple(pick for pick in self.picks if pick.prize is not None)

    @property
    def substitutes_drawn(self) -> tuple[PickRow, ...]:
        """The substitutes in their order."""
        return tuple(pick for pick in self.picks if pick.prize is None)

    @property
    def turns_now(self) -> tuple[TurnRow, ...]:
        """The newest turn of each prize that has one, in award order."""
        last = {turn.place: turn for turn in self.turns}
        return tuple(last[prize.id] for prize in self.prizes if prize.id in last)

    @property
    def beacon_counts(self) -> bool:
        """Whether a round of a public beacon goes into the seed."""
        return self.beacon is not None and self.offline_at is None

    @property
    def seats_needed(self) -> int:
        """How many seats must hand in before the close: two at least where no beacon counts."""
        return self.fewest_seats if self.beacon_counts else max(self.fewest_seats, FEWEST_SEATS)

    @property
    def counts_agree(self) -> bool:
        """Whether two people counted exactly the tickets of the list."""
        return len(self.counts) > 1 and all(count.counted == self.tickets for count in self.counts)


@dataclass(frozen=True)
class TicketView:
    """The ticket of one entrant, with the proof that it is in the committed list; or why there is none.

    `place` is the place it was drawn for or has its turn at; None while there is none. `lost` says how it lost it:
    `voided`, or `withdrawn` with the prize; empty while it did not.
    """

    token: str
    reasons: tuple[Reason, ...]
    index: int
    size: int
    root: str
    proof: tuple[str, ...]
    rank: int | None
    group: str | None = None
    place: str | None = None
    lost: str = ""
