"""Where nominees are split between jurors: how severe each juror is, and means freed of it.

A juror who marks low does harm only to those they mark; on a full panel everybody is harmed alike and nothing needs
correcting. The fit is additive: total(juror, nominee) = nominee + juror + rest, the squares of the rest as small as
they can be (least squares for two-way tables with empty cells: Scheffé, The Analysis of Variance, 1959, ch. 4). It is
solved in fractions, so that whoever repeats it finds the same to the last digit.
"""

from collections.abc import Collection, Mapping
from fractions import Fraction

Totals = Mapping[tuple[int, int], Fraction]
# What a database keeps of one number: beyond it an exact value is kept to fifteen places.
_GREATEST = 2**63 - 1
_PLACES = 10**15


def is_connected(rows: Collection[tuple[int, int]]) -> bool:
    """Tell whether all rows (juror, nominee) hang together, so that every two nominees can be compared."""
    return len(_components(rows)) <= 1


def juror_effects(totals: Totals) -> dict[int, Fraction] | None:
    """Return for each juror by how much they mark above (below zero: below) the others.

    The effects, weighed by the number of sheets, sum to zero: the overall mean stays what it was. None where the rows
    fall apart into groups that no juror links, as no fit can compare them.
    """
    if not totals or not is_connected(totals.keys()):
        return None
    by_nominee: dict[int, dict[int, Fraction]] = {}
    for (juror, nominee), value in totals.items():
        by_nominee.setdefault(nominee, {})[juror] = value
    jurors = sorted({juror for juror, _ in totals})
    place = {juror: at for at, juror in enumerate(jurors)}
    matrix = [[Fraction(0)] * (len(jurors) + 1) for _ in jurors]
    sheets = [0] * len(jurors)
    for given in by_nominee.values():
        mean = sum(given.values(), Fraction(0)) / len(given)
        for juror, value in given.items():
            line = matrix[place[juror]]
            sheets[place[juror]] += 1
            line[place[juror]] += 1
            line[-1] += value - mean
            for other in given:
                line[place[other]] -= Fraction(1, len(given))
    # The equations fix the effects up to a constant; the last one gives way to the sum that fixes it.
    matrix[-1] = [*(Fraction(count) for count in sheets), Fraction(0)]
    return dict(zip(jurors, _solve(matrix), strict=True))


def adjusted_means(totals: Totals) -> dict[int, Fraction] | None:
    """Return each nominee's mean with the jurors' effects taken off, or None where they cannot be known."""
    effects = juror_effects(totals)
    if effects is None:
        return None
    freed: dict[int, list[Fraction]] = {}
    for (juror, nominee), value in totals.items():
        freed.setdefault(nominee, []).append(value - effects[juror])
    return {nominee: sum(values, Fraction(0)) / len(values) for nominee, values in freed.items()}


def storable(value: Fraction) -> Fraction:
    """Return a value that fits two numbers of 64 bits: itself, or the nearest to fifteen places."""
    fits = max(abs(value.numerator), value.denominator) <= _GREATEST
    return value if fits else value.limit_denominator(_PLACES)


def _components(rows: Collection[tuple[int, int]]) -> list[set[tuple[str, int]]]:
    groups: list[set[tuple[str, int]]] = []
    for juror, nominee in rows:
        ends = {("juror", juror), ("nominee", nominee)}
        touching = [group for group in groups if group & ends]
        groups = [group for group in groups if not group & ends]
        groups.append(ends.union(*touching))
    return groups


def _solve(matrix: list[list[Fraction]]) -> list[Fraction]:
    """Solve a regular system whose last column is the right side (Gauss–Jordan elimination, exact)."""
    size = len(matrix)
    for at in range(size):
        pivot = next(row for row in range(at, size) if matrix[row][at])
        matrix[at], matrix[pivot] = matrix[pivot], matrix[at]
        factor = matrix[at][at]
        matrix[at] = [value / factor for value in matrix[at]]
        for row in range(size):
            if row != at and (times := matrix[row][at]):
                matrix[row] = [value - times * base for value, base in zip(matrix[row], matrix[at], strict=True)]
    return [line[-1] for line in matrix]
