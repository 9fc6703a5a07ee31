"""What is read of draws, as frozen values for pages and papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from village.draws.rules.eligibility import EntryRule, Reason
    from village.draws.rules.plan import SeatKind


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
    """A prize, in award order from 1."""

    id: str
    title_ar: str
    title_fr: str
    value_mad: int | None


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
class DrawView:
    """Everything of a draw that may be shown; the secret only once it is revealed."""

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

    @property
    def winners(self) -> tuple[PickRow, ...]:
        """Those who won a prize, in award order."""
        return tuple(pick for pick in self.picks if pick.prize is not None)

    @property
    def substitutes_drawn(self) -> tuple[PickRow, ...]:
        """The substitutes in their order."""
        return tuple(pick for pick in self.picks if pick.prize is None)

    @property
    def counts_agree(self) -> bool:
        """Whether two people counted exactly the tickets of the list."""
        return len(self.counts) > 1 and all(count.counted == self.tickets for count in self.counts)


@dataclass(frozen=True)
class TicketView:
    """The ticket of one entrant, with the proof that it is in the committed list; or why there is none."""

    token: str
    reasons: tuple[Reason, ...]
    index: int
    size: int
    root: str
    proof: tuple[str, ...]
    rank: int | None
