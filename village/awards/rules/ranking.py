"""How marks become a ranking: exact arithmetic, no rounding before the last printed digit.

The organisers' rule. المعدل هو مجموع النقط مضروبة في معاملاتها، والتنحي أو الغياب يحذف السطر ولا يعوض بصفر؛
عند التعادل يحتكم إلى أثقل معيار ثم إلى نقطة الرئيس ثم المناصفة أو القرعة كما تقرر من قبل.
La moyenne est celle des totaux pondérés des jurés qui ont noté ; un déport ou une absence retire la ligne, jamais
un zéro ; à égalité : le critère le plus lourd, puis le total du président, puis ex aequo ou le sort, comme fixé avant.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

from village.awards.rules.effects import adjusted_means
from village.awards.rules.marks import Criterion, Panel, Sheet, heaviest, public_points, total


class TieRule(StrEnum):
    """What ends a tie that heaviest criterion and chair leave."""

    EX_AEQUO = "ex_aequo"
    LOT = "lot"


class DecidedBy(StrEnum):
    """What separates a nominee from the one ranked next; `ex_aequo` = nothing does."""

    MEAN = "mean"
    HEAVIEST = "heaviest"
    CHAIR = "chair"
    LOT = "lot"
    EX_AEQUO = "ex_aequo"
    LAST = "last"


def tie_break(rule: TieRule) -> tuple[DecidedBy, ...]:
    """Return in which order a tie is settled under a rule."""
    return (DecidedBy.HEAVIEST, DecidedBy.CHAIR, DecidedBy(rule.value))


@dataclass(frozen=True)
class Terms:
    """Under which rules sheets are ranked: the panel, the ballots (nominee → votes), the lots already drawn.

    `lots` gives nominees that were level their place in the lot, from 0.
    """

    panel: Panel = Panel.ALL
    votes: Mapping[int, int] | None = None
    lots: Mapping[int, int] = field(default_factory=dict)


PLAIN = Terms()


@dataclass(frozen=True)
class Standing:
    """One nominee in the ranking. All means are on 20, exact; `adjusted` only where the panel is split."""

    nominee_id: int
    rank: int
    mean: Fraction
    heaviest_mean: Fraction
    jurors: int
    tied_with_next: bool
    decided_by: DecidedBy
    adjusted: Fraction | None = None
    votes: int | None = None


@dataclass(frozen=True)
class Sensitivity:
    """The first place if one juror had not sat: who would hold it, and whether that differs. Lots left aside."""

    juror_id: int
    first: tuple[int, ...]
    changes: bool


def rank_nominees(
    criteria: Sequence[Criterion], sheets: Iterable[Sheet], chair_id: int | None, terms: Terms = PLAIN
) -> tuple[Standing, ...]:
    """Rank the nominees of one category, best first; joint ranks leave a gap after them (1, 1, 3).

    A full panel is ranked by the mean, a split one by the mean freed of the jurors' effects. The chair's total
    separates only where the chair marked all who are still level. A nominee nobody marked is not in the ranking.
    Order among ex aequo: by nominee id, which says nothing.
    """
    tallies = _tallies(criteria, list(sheets), chair_id, terms)
    tallies.sort(key=lambda tally: (-tally.deciding, -tally.heaviest_mean, tally.nominee_id))
    ordered: list[_Line] = []
    for _, group in groupby(tallies, key=lambda tally: (tally.deciding, tally.heaviest_mean)):
        ordered += _settled(list(group), terms.lots)
    return _standings(ordered)


def sensitivity(
    criteria: Sequence[Criterion], sheets: Sequence[Sheet], chair_id: int | None, terms: Terms = PLAIN
) -> tuple[Sensitivity, ...]:
    """Say for each juror who marked whether the first place would change without them, in the order of their ids."""
    before = replace(terms, lots={})
    first = _first(rank_nominees(criteria, sheets, chair_id, before))
    found = []
    for juror in sorted({sheet.juror_id for sheet in sheets}):
        others = [sheet for sheet in sheets if sheet.juror_id != juror]
        without = _first(rank_nominees(criteria, others, None if juror == chair_id else chair_id, before))
        found.append(Sensitivity(juror, without, without != first))
    return tuple(found)


@dataclass(frozen=True)
class _Tally:
    nominee_id: int
    mean: Fraction
    adjusted: Fraction | None
    heaviest_mean: Fraction
    chair_total: Fraction | None
    jurors: int
    votes: int | None

    @property
    def deciding(self) -> Fraction:
        return self.mean if self.adjusted is None else self.adjusted


@dataclass(frozen=True)
class _Line:
    tally: _Tally
    chair: Fraction
    lot: int


def _tallies(
    criteria: Sequence[Criterion], sheets: Sequence[Sheet], chair_id: int | None, terms: Terms
) -> list[_Tally]:
    by_nominee: dict[int, list[Sheet]] = {}
    for sheet in sheets:
        by_nominee.setdefault(sheet.nominee_id, []).append(sheet)
    totals = {(sheet.juror_id, sheet.nominee_id): total(sheet, criteria) for sheet in sheets}
    freed = adjusted_means(totals) if terms.panel is Panel.SPLIT else None
    found = []
    for nominee, given in by_nominee.items():
        top = heaviest(criteria).id
        public = public_points(criteria, terms.votes or {}, nominee)
        found.append(
            _Tally(
                nominee_id=nominee,
                mean=sum((totals[sheet.juror_id, nominee] for sheet in given), Fraction(0)) / len(given) + public,
                adjusted=None if freed is None else freed[nominee] + public,
                heaviest_mean=Fraction(sum(sheet.marks[top] for sheet in given), 2 * len(given)),
                chair_total=None if chair_id is None else totals.get((chair_id, nominee)),
                jurors=len(given),
                votes=None if terms.votes is None else terms.votes.get(nominee, 0),
            )
        )
    return found


def _settled(level: list[_Tally], lots: Mapping[int, int]) -> list[_Line]:
    """Order those level on mean and heaviest criterion: by the chair where the chair marked all, then by lot."""
    by_chair = all(tally.chair_total is not None for tally in level)
    lines = [
        _Line(tally, (tally.chair_total or Fraction(0)) if by_chair else Fraction(0), lots.get(tally.nominee_id, 0))
        for tally in level
    ]
    return sorted(lines, key=lambda line: (-line.chair, line.lot, line.tally.nominee_id))


def _standings(ordered: Sequence[_Line]) -> tuple[Standing, ...]:
    found: list[Standing] = []
    for place, line in enumerate(ordered):
        after = ordered[place + 1] if place + 1 < len(ordered) else None
        level = bool(found) and found[-1].decided_by is DecidedBy.EX_AEQUO
        found.append(
            Standing(
                nominee_id=line.tally.nominee_id,
                rank=found[-1].rank if level else place + 1,
                mean=line.tally.mean,
                heaviest_mean=line.tally.heaviest_mean,
                jurors=line.tally.jurors,
                tied_with_next=after is not None and after.tally.deciding == line.tally.deciding,
                decided_by=_decided_by(line, after),
                adjusted=line.tally.adjusted,
                votes=line.tally.votes,
            )
        )
    return tuple(found)


def _decided_by(line: _Line, after: _Line | None) -> DecidedBy:
    if after is None:
        return DecidedBy.LAST
    if after.tally.deciding != line.tally.deciding:
        return DecidedBy.MEAN
    if after.tally.heaviest_mean != line.tally.heaviest_mean:
        return DecidedBy.HEAVIEST
    if after.chair != line.chair:
        return DecidedBy.CHAIR
    return DecidedBy.LOT if after.lot != line.lot else DecidedBy.EX_AEQUO


def _first(standings: Sequence[Standing]) -> tuple[int, ...]:
    return tuple(sorted(standing.nominee_id for standing in standings if standing.rank == 1))
