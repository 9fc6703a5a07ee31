"""What a jury gives: half-points by criterion, weighed exactly, and what is wrong with a sheet or a set of criteria."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from village.kit.refusal import Refusal

MARK_MAX: Final = 20
HALF_POINTS_MAX: Final = 2 * MARK_MAX
WEIGHT_SUM: Final = 100
# A jury decides: what visitors vote may weigh, but never as much as all that the jury marks.
PUBLIC_MOST: Final = 49


class AwardClass(StrEnum):
    """Merit is marked by a jury, honour is given without marks, chance falls by a draw."""

    MERIT = "merit"
    HONOUR = "honour"
    CHANCE = "chance"


class CategoryState(StrEnum):
    """How far a category has come; it only ever moves forward."""

    DRAFT = "draft"
    MARKING = "marking"
    OPENED = "opened"
    PUBLISHED = "published"


class Panel(StrEnum):
    """Who marks: every juror every nominee, or each juror those assigned to them."""

    ALL = "all"
    SPLIT = "split"


class CriterionKind(StrEnum):
    """Who gives the points of a criterion: the jury by marks, or the public by ballots."""

    JURY = "jury"
    PUBLIC = "public"


class Seat(StrEnum):
    """The part of a juror in the jury."""

    CHAIR = "chair"
    MEMBER = "member"


class Tie(StrEnum):
    """What binds a juror to a nominee, so that the juror does not mark it."""

    MEMBER = "member"
    TRAINER = "trainer"
    FUNDER = "funder"
    FAMILY = "family"
    OTHER = "other"


@dataclass(frozen=True)
class Criterion:
    """What is judged; `weight` in per cent, the weights of a category sum to 100."""

    id: int
    weight: int
    kind: CriterionKind = CriterionKind.JURY


@dataclass(frozen=True)
class Sheet:
    """What one juror gave one nominee: criterion id → half-points (0 to 40)."""

    juror_id: int
    nominee_id: int
    marks: Mapping[int, int]


def marked(criteria: Iterable[Criterion]) -> tuple[Criterion, ...]:
    """Return the criteria that jurors mark."""
    return tuple(one for one in criteria if one.kind is CriterionKind.JURY)


def voted(criteria: Iterable[Criterion]) -> Criterion | None:
    """Return the criterion that the ballots of visitors decide, if there is one."""
    return next((one for one in criteria if one.kind is CriterionKind.PUBLIC), None)


def to_half_points(mark: Decimal) -> int:
    """Turn a mark on 20 into half-points.

    Refusals: `mark_out_of_range` {mark, max} (outside 0–20), `mark_not_half_step` {mark}.
    """
    if not mark.is_finite() or not 0 <= mark <= MARK_MAX:
        raise Refusal("mark_out_of_range", {"mark": str(mark), "max": MARK_MAX})
    doubled = mark * 2
    if doubled != doubled.to_integral_value():
        raise Refusal("mark_not_half_step", {"mark": str(mark)})
    return int(doubled)


def objections_to_criteria(criteria: Sequence[Criterion], nominees: int, winners: int) -> list[Refusal]:
    """All that keeps a category from being ruled: criteria, weights, nominees, number of winners."""
    found: list[Refusal] = []
    if not marked(criteria):
        found.append(Refusal("criteria_missing"))
    elif (total := sum(criterion.weight for criterion in criteria)) != WEIGHT_SUM:
        found.append(Refusal("weights_not_100", {"sum": total}))
    if any(criterion.weight <= 0 for criterion in criteria):
        found.append(Refusal("weight_not_positive"))
    public = [criterion.weight for criterion in criteria if criterion.kind is CriterionKind.PUBLIC]
    if len(public) > 1 or sum(public) > PUBLIC_MOST:
        found.append(Refusal("public_too_heavy", {"most": PUBLIC_MOST}))
    if nominees < max(winners, 1):
        found.append(Refusal("nominees_too_few", {"nominees": nominees, "winners": winners}))
    return found


def objections_to_marks(marks: Mapping[int, int], criteria: Sequence[Criterion]) -> list[Refusal]:
    """All that is wrong with one sheet: a criterion without mark, an unknown one, a mark outside 0–40 half-points."""
    wanted = {criterion.id for criterion in marked(criteria)}
    found: list[Refusal] = []
    if missing := len(wanted - marks.keys()):
        found.append(Refusal("marks_incomplete", {"missing": missing}))
    if marks.keys() - wanted:
        found.append(Refusal("criterion_unknown"))
    found += [
        Refusal("mark_out_of_range", {"mark": mark_text(half), "max": MARK_MAX})
        for half in marks.values()
        if not 0 <= half <= HALF_POINTS_MAX
    ]
    return found


def heaviest(criteria: Sequence[Criterion]) -> Criterion:
    """Return the criterion of greatest weight that the jury marks, the first listed if several are equal."""
    return max(marked(criteria), key=lambda criterion: criterion.weight)


def total(sheet: Sheet, criteria: Sequence[Criterion]) -> Fraction:
    """Return the juror's total on 20: Σ mark × weight / 100 over what the jury marks."""
    points = sum(sheet.marks[criterion.id] * criterion.weight for criterion in marked(criteria))
    return Fraction(points, 2 * WEIGHT_SUM)


def public_points(criteria: Sequence[Criterion], votes: Mapping[int, int], nominee_id: int) -> Fraction:
    """Return what the ballots add to a nominee's mean: 20 × its votes ÷ the most votes any got, by its weight."""
    criterion = voted(criteria)
    most = max(votes.values(), default=0)
    if criterion is None or not most:
        return Fraction(0)
    return Fraction(MARK_MAX * votes.get(nominee_id, 0) * criterion.weight, most * WEIGHT_SUM)


def unmarked_rows(
    rows: Iterable[tuple[int, int]], excused: Iterable[tuple[int, int]], given: Iterable[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return those (juror, nominee) rows that are still awaited: neither given, nor recused, nor declared absent."""
    settled = {*excused, *given}
    return [pair for pair in rows if pair not in settled]


def rows_to_mark(
    jurors: Iterable[int], nominees: Collection[int], panel: Panel, assigned: Collection[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return the (juror, nominee) pairs of a panel: all of them, or where it is split those assigned."""
    pairs = [(juror, nominee) for juror in jurors for nominee in nominees]
    return pairs if panel is Panel.ALL else [pair for pair in pairs if pair in assigned]


def mark_text(half_points: int) -> str:
    """Write half-points as a mark on 20: 31 → "15.5"."""
    sign = "-" if half_points < 0 else ""
    return f"{sign}{abs(half_points) // 2}.{5 if half_points % 2 else 0}"


def decimal_text(value: Fraction, places: int = 6) -> str:
    """Write an exact value with `places` decimals, halves rounded up: 1859/120 → "15.491667"."""
    scaled = (value * 10**places * 2 + 1) // 2
    digits = str(abs(scaled)).rjust(places + 1, "0")
    sign = "-" if scaled < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def fraction_text(value: Fraction) -> str:
    """Write an exact value in lowest terms, always with its denominator unless it is whole: "81/5", "14"."""
    return str(value)
