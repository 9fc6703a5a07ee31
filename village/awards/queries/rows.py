"""What the screens of the awards read: frozen rows, no mark of a category the chair has not opened."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from village.awards import rules
from village.awards.rules import (
    AwardClass,
    CategoryState,
    Criterion,
    CriterionKind,
    DecidedBy,
    Panel,
    Seat,
    Sensitivity,
    Sheet,
    Tie,
    TieRule,
)


class RowState(StrEnum):
    """Where one juror stands with one nominee."""

    AWAITED = "awaited"
    GIVEN = "given"
    RECUSED = "recused"
    ABSENT = "absent"


@dataclass(frozen=True)
class CriterionRow:
    """A criterion; `weight` in per cent."""

    id: int
    code: str
    name_ar: str
    name_fr: str
    weight: int
    kind: CriterionKind
    help_ar: str
    help_fr: str


@dataclass(frozen=True)
class PhotoRow:
    """A photo of a dossier; `key` is where it is kept."""

    id: int
    nominee_id: int
    key: str
    caption_ar: str
    caption_fr: str


@dataclass(frozen=True)
class NomineeRow:
    """Who is named for a category, with the dossier: an exhibitor, or for an honour anybody by name."""

    id: int
    exhibitor_id: int | None
    name_ar: str
    name_fr: str
    source: str
    case_ar: str
    case_fr: str
    figures: Mapping[str, int]
    citation_ar: str
    citation_fr: str
    version: int
    photos: tuple[PhotoRow, ...]

    @property
    def has_dossier(self) -> bool:
        """True where there is more to read than the name."""
        return bool(self.case_ar or self.case_fr or self.figures or self.photos)


@dataclass(frozen=True)
class CategoryRow:
    """A category with its criteria and nominees in their listed order."""

    id: int
    code: str
    name_ar: str
    name_fr: str
    name_en: str | None
    trophy_ar: str
    trophy_fr: str
    winners: int
    award_class: AwardClass
    draw_code: str
    tie_rule: TieRule
    panel: Panel
    vote_opens_at: datetime | None
    vote_closes_at: datetime | None
    version: int
    state: CategoryState
    ruled_at: datetime | None
    opened_at: datetime | None
    published_at: datetime | None
    criteria: tuple[CriterionRow, ...]
    nominees: tuple[NomineeRow, ...]

    @property
    def is_open(self) -> bool:
        """True once the chair has opened the marks."""
        return self.state in {CategoryState.OPENED, CategoryState.PUBLISHED}

    @property
    def has_ranking(self) -> bool:
        """True where a jury marks, so that there is something to rank."""
        return self.award_class is AwardClass.MERIT

    @property
    def has_vote(self) -> bool:
        """True where the ballots of visitors count."""
        return any(one.kind is CriterionKind.PUBLIC for one in self.criteria)

    def rule_criteria(self) -> tuple[Criterion, ...]:
        """Return the criteria as the rules see them."""
        return tuple(Criterion(one.id, one.weight, one.kind) for one in self.criteria)


@dataclass(frozen=True)
class JurorRow:
    """A seat of the jury."""

    id: int
    code: str
    name_ar: str
    name_fr: str
    gender: str
    seat: Seat
    body_ar: str
    body_fr: str
    account_id: int | None


@dataclass(frozen=True)
class RecusalRow:
    """A tie a juror declared, with its kind and its reason in either language."""

    juror_id: int
    exhibitor_id: int
    reason_ar: str
    reason_fr: str
    tie: Tie


@dataclass(frozen=True)
class OwnSheet:
    """What one juror gave one nominee, for that juror's eyes; `marks` = criterion code → half-points."""

    marks: Mapping[str, int]
    version: int
    note: str
    uid: str | None
    given_at: datetime


@dataclass(frozen=True)
class BallotPaper:
    """One juror's paper of one category: own sheets by nominee, when closed, and whom to mark (None: everybody)."""

    sheets: Mapping[int, OwnSheet]
    closed_at: datetime | None
    assigned: frozenset[int] | None


@dataclass(frozen=True)
class StandingRow:
    """One line of an opened ranking; means on 20, exact. `adjusted` only where the panel is split."""

    category_id: int
    nominee_id: int
    exhibitor_id: int
    rank: int
    mean: Fraction
    heaviest_mean: Fraction
    jurors: int
    tied_with_next: bool
    decided_by: DecidedBy
    is_winner: bool
    adjusted: Fraction | None
    votes: int | None

    @property
    def mean_text(self) -> str:
        """The mean with two decimals, as it is read aloud."""
        return rules.decimal_text(self.mean, 2)

    @property
    def mean_exact(self) -> str:
        """The mean as a fraction in lowest terms."""
        return rules.fraction_text(self.mean)


@dataclass(frozen=True)
class MarksTable:
    """The opened sheets of a category, and what the first place hangs on.

    Attributes:
        sheets: all sheets.
        totals: (juror id, nominee id) → total on 20.
        sensitivity: juror by juror, whether the first place would change without them.
        effects: split panels: juror id → how much above the others they mark.
        points: nominee id → what the ballots add to its mean.
        broken_seals: (juror id, nominee id) of sheets whose marks are not those that were sealed.

    """

    sheets: tuple[Sheet, ...]
    totals: Mapping[tuple[int, int], Fraction]
    sensitivity: tuple[Sensitivity, ...]
    effects: Mapping[int, Fraction] = field(default_factory=dict)
    points: Mapping[int, Fraction] = field(default_factory=dict)
    broken_seals: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class NoteRow:
    """What was said when the jury deliberated."""

    id: int
    text_ar: str
    text_fr: str
    actor: str
    written_at: datetime


@dataclass(frozen=True)
class PrizeRow:
    """What goes with a rank of an award: promised, and once it is handed over to whom and with what proof."""

    id: int
    category_id: int
    rank: int
    kind: str
    title_ar: str
    title_fr: str
    value_mad: int | None
    giver_ar: str
    giver_fr: str
    promised_for: date | None
    promised_at: datetime
    nominee_id: int | None
    delivered_at: datetime | None
    receiver: str
    proof_key: str | None
    proof_sha256: str | None

    @property
    def is_delivered(self) -> bool:
        """True once it is handed over."""
        return self.delivered_at is not None
