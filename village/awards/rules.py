"""How marks become a ranking: exact arithmetic, no rounding before the last printed digit.

The organisers' rule. المعدل هو مجموع النقط مضروبة في معاملاتها، والتنحي أو الغياب يحذف السطر ولا يعوض بصفر؛
عند التعادل يحتكم إلى أثقل معيار ثم إلى نقطة الرئيس ثم المناصفة.
La moyenne est celle des totaux pondérés des jurés qui ont noté ; un déport ou une absence retire la ligne, jamais
un zéro ; à égalité : le critère le plus lourd, puis le total du président, puis ex aequo.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from typing import Final

from village.kit.refusal import Refusal

MARK_MAX: Final = 20
HALF_POINTS_MAX: Final = 2 * MARK_MAX
WEIGHT_SUM: Final = 100


class CategoryState(StrEnum):
    """How far a category has come; it only ever moves forward."""

    DRAFT = "draft"
    MARKING = "marking"
    OPENED = "opened"
    PUBLISHED = "published"


class Seat(StrEnum):
    """The part of a juror in the jury."""

    CHAIR = "chair"
    MEMBER = "member"


class DecidedBy(StrEnum):
    """What separates a nominee from the one ranked next; `ex_aequo` = nothing does."""

    MEAN = "mean"
    HEAVIEST = "heaviest"
    CHAIR = "chair"
    EX_AEQUO = "ex_aequo"
    LAST = "last"


TIE_BREAK: Final = (DecidedBy.HEAVIEST, DecidedBy.CHAIR, DecidedBy.EX_AEQUO)


@dataclass(frozen=True)
class Criterion:
    """What is judged; `weight` in per cent, the weights of a category sum to 100."""

    id: int
    weight: int


@dataclass(frozen=True)
class Sheet:
    """What one juror gave one nominee: criterion id → half-points (0 to 40)."""

    juror_id: int
    nominee_id: int
    marks: Mapping[int, int]


@dataclass(frozen=True)
class Standing:
    """One nominee in the ranking. `mean` and `heaviest_mean` are on 20, exact."""

    nominee_id: int
    rank: int
    mean: Fraction
    heaviest_mean: Fraction
    jurors: int
    tied_with_next: bool
    decided_by: DecidedBy


@dataclass(frozen=True)
class Sensitivity:
    """The first place if one juror had not sat: who would hold it, and whether that differs."""

    juror_id: int
    first: tuple[int, ...]
    changes: bool


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
    if not criteria:
        found.append(Refusal("criteria_missing"))
    elif (total := sum(criterion.weight for criterion in criteria)) != WEIGHT_SUM:
        found.append(Refusal("weights_not_100", {"sum": total}))
    if any(criterion.weight <= 0 for criterion in criteria):
        found.append(Refusal("weight_not_positive"))
    if nominees < max(winners, 1):
        found.append(Refusal("nominees_too_few", {"nominees": nominees, "winners": winners}))
    return found


def objections_to_marks(marks: Mapping[int, int], criteria: Sequence[Criterion]) -> list[Refusal]:
    """All that is wrong with one sheet: a criterion without mark, an unknown one, a mark outside 0–40 half-points."""
    wanted = {criterion.id for criterion in criteria}
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
    """Return the criterion of greatest weight, the first listed if several are equal."""
    return max(criteria, key=lambda criterion: criterion.weight)


def total(sheet: Sheet, criteria: Sequence[Criterion]) -> Fraction:
    """Return the juror's total on 20: Σ mark × weight / 100."""
    points = sum(sheet.marks[criterion.id] * criterion.weight for criterion in criteria)
    return Fraction(points, 2 * WEIGHT_SUM)


def rank_nominees(criteria: Sequence[Criterion], sheets: Iterable[Sheet], chair_id: int | None) -> tuple[Standing, ...]:
    """Rank the nominees of one category, best first; joint ranks leave a gap after them (1, 1, 3).

    The chair's total separates only where the chair marked all who are still level. A nominee nobody marked
    is not in the ranking. Order among ex aequo: by nominee id, which says nothing.
    """
    by_nominee: dict[int, list[Sheet]] = {}
    for sheet in sheets:
        by_nominee.setdefault(sheet.nominee_id, []).append(sheet)
    tallies = [_Tally.of(nominee, given, criteria, chair_id) for nominee, given in by_nominee.items()]
    tallies.sort(key=lambda tally: (-tally.mean, -tally.heaviest_mean, tally.nominee_id))
    ordered: list[tuple[_Tally, Fraction]] = []
    for _, group in groupby(tallies, key=lambda tally: (tally.mean, tally.heaviest_mean)):
        ordered += _by_chair(list(group))
    return _standings(ordered)


def sensitivity(
    criteria: Sequence[Criterion], sheets: Sequence[Sheet], chair_id: int | None
) -> tuple[Sensitivity, ...]:
    """Say for each juror who marked whether the first place would change without them, in the order of their ids."""
    first = _first(rank_nominees(criteria, sheets, chair_id))
    found = []
    for juror in sorted({sheet.juror_id for sheet in sheets}):
        others = [sheet for sheet in sheets if sheet.juror_id != juror]
        without = _first(rank_nominees(criteria, others, None if juror == chair_id else chair_id))
        found.append(Sensitivity(juror, without, without != first))
    return tuple(found)


def unmarked_rows(
    jurors: Iterable[int], nominees: Iterable[int], excused: Iterable[tuple[int, int]], given: Iterable[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return the (juror, nominee) pairs still awaited: neither given, nor recused, nor declared absent."""
    settled = {*excused, *given}
    nominees = list(nominees)
    return [pair for juror in jurors for nominee in nominees if (pair := (juror, nominee)) not in settled]


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


@dataclass(frozen=True)
class _Tally:
    nominee_id: int
    mean: Fraction
    heaviest_mean: Fraction
    chair_total: Fraction | None
    jurors: int

    @classmethod
    def of(
        cls, nominee_id: int, sheets: Sequence[Sheet], criteria: Sequence[Criterion], chair_id: int | None
    ) -> "_Tally":
        top = heaviest(criteria).id
        totals = {sheet.juror_id: total(sheet, criteria) for sheet in sheets}
        return cls(
            nominee_id=nominee_id,
            mean=sum(totals.values(), Fraction(0)) / len(sheets),
            heaviest_mean=Fraction(sum(sheet.marks[top] for sheet in sheets), 2 * len(sheets)),
            chair_total=None if chair_id is None else totals.get(chair_id),
            jurors=len(sheets),
        )


def _by_chair(level: list[_Tally]) -> list[tuple[_Tally, Fraction]]:
    """Order those level on mean and heaviest criterion; without the chair's full word all stay level."""
    if any(tally.chair_total is None for tally in level):
        return [(tally, Fraction(0)) for tally in level]
    totals = [(tally, tally.chair_total or Fraction(0)) for tally in level]
    return sorted(totals, key=lambda pair: (-pair[1], pair[0].nominee_id))


def _standings(ordered: Sequence[tuple[_Tally, Fraction]]) -> tuple[Standing, ...]:
    found: list[Standing] = []
    for place, (tally, chair) in enumerate(ordered):
        after = ordered[place + 1] if place + 1 < len(ordered) else None
        level = bool(found) and found[-1].decided_by is DecidedBy.EX_AEQUO
        found.append(
            Standing(
                nominee_id=tally.nominee_id,
                rank=found[-1].rank if level else place + 1,
                mean=tally.mean,
                heaviest_mean=tally.heaviest_mean,
                jurors=tally.jurors,
                tied_with_next=after is not None and after[0].mean == tally.mean,
                decided_by=_decided_by(tally, chair, after),
            )
        )
    return tuple(found)


def _decided_by(tally: _Tally, chair: Fraction, after: tuple[_Tally, Fraction] | None) -> DecidedBy:
    if after is None:
        return DecidedBy.LAST
    if after[0].mean != tally.mean:
        return DecidedBy.MEAN
    if after[0].heaviest_mean != tally.heaviest_mean:
        return DecidedBy.HEAVIEST
    return DecidedBy.CHAIR if after[1] != chair else DecidedBy.EX_AEQUO


def _first(standings: Sequence[Standing]) -> tuple[int, ...]:
    return tuple(sorted(standing.nominee_id for standing in standings if standing.rank == 1))
