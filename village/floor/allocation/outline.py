"""The blocks of several stands first: whether they fit, when of the single stands only the kinds are counted.

On a large fair the whole model takes seconds.  This one leaves circuits aside and counts stands that serve the same
exhibitors as one kind, so it is small; where even it has no answer, there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from village.floor.allocation.matching import bits, spread_down

if TYPE_CHECKING:
    from village.floor.allocation.completion import Completion

HALF = 0.5


def outline(at: Completion, who: int, start: int) -> dict[int, int] | None:
    """First stands of those with several stands who are not settled, with ``who`` at ``start``; None: impossible.

    All the others of one stand each find one of their kind, as far as circuits are left aside.
    """
    gone = at.settled_stands | ((1 << at.size[who]) - 1) << start
    groups: dict[int, list[int]] = {}
    for each, settled in enumerate(at.settled):
        if not settled and each != who:
            groups.setdefault(at.group[each], []).append(each)
    wide = [members for members in groups.values() if at.size[members[0]] > 1]
    single = [members for members in groups.values() if at.size[members[0]] == 1]
    columns = [
        (index, place)
        for index, members in enumerate(wide)
        for place in bits(at.may[members[0]] & ~spread_down(gone, at.size[members[0]]))
    ]
    chosen = _solve(at, gone, wide, single, columns)
    if chosen is None:
        return None
    found: dict[int, int] = {}
    for index, members in enumerate(wide):
        places = [place for (group, place), taken in zip(columns, chosen, strict=True) if taken and group == index]
        stay = [each for each in members if at.starts[each] in places]
        found |= {each: at.starts[each] for each in stay}
        free = [place for place in places if place not in found.values()]
        found |= dict(zip((each for each in members if each not in stay), free, strict=True))
    return found


def _kinds(at: Completion, gone: int, single: list[list[int]]) -> tuple[list[int], list[tuple[int, ...]]]:
    """Kind of each stand (-1: of no use to a single one), and for each kind the groups that it serves."""
    serves: list[tuple[int, ...]] = [()] * len(at.terms.stands)
    for group, members in enumerate(single):
        for stand in bits(at.may[members[0]] & ~gone):
            serves[stand] = (*serves[stand], group)
    kinds = {each: index for index, each in enumerate(dict.fromkeys(each for each in serves if each))}
    return [kinds.get(each, -1) for each in serves], list(kinds)


class _Rows:
    """The matrix column by column.  Rows: wide groups, single groups, stands, kinds."""

    def __init__(self, at: Completion, gone: int, wide: list[list[int]], single: list[list[int]]) -> None:
        self.kind_of, self.kinds = _kinds(at, gone, single)
        self.first_stand = len(wide) + len(single)
        self.first_kind = self.first_stand + len(self.kind_of)
        self.begins: list[int] = []
        self.index: list[int] = []
        self.value: list[int] = []

    def add_block(self, group: int, covered: range) -> None:
        """A block takes its stands, and as many of each kind."""
        counts: dict[int, int] = {}
        for kind in (self.kind_of[stand] for stand in covered if self.kind_of[stand] >= 0):
            counts[self.first_kind + kind] = counts.get(self.first_kind + kind, 0) + 1
        self.begins.append(len(self.index))
        self.index += [group, *(self.first_stand + stand for stand in covered), *counts]
        self.value += [1] * (1 + len(covered)) + list(counts.values())

    def add_singles(self, wide: int) -> None:
        """How many of each single group take a stand of each kind."""
        for kind, served in enumerate(self.kinds):
            for group in served:
                self.begins.append(len(self.index))
                self.index += [wide + group, self.first_kind + kind]
                self.value += [1, 1]


def _solve(
    at: Completion, gone: int, wide: list[list[int]], single: list[list[int]], columns: list[tuple[int, int]]
) -> list[bool] | None:
    """Which of the columns are taken."""
    import highspy

    rows = _Rows(at, gone, wide, single)
    for group, place in columns:
        rows.add_block(group, range(place, place + at.size[wide[group][0]]))
    rows.add_singles(len(wide))
    count, many = len(rows.begins), len(rows.begins) - len(columns)
    wanted = [len(members) for members in [*wide, *single]]
    room = np.bincount([each for each in rows.kind_of if each >= 0], minlength=len(rows.kinds)).tolist()
    open_below = [-highspy.kHighsInf] * (len(rows.kind_of) + len(rows.kinds))
    lp: Any = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = count, rows.first_kind + len(rows.kinds)
    lp.col_cost_, lp.col_lower_ = np.zeros(count), np.zeros(count)
    lp.col_upper_ = np.array([1.0] * len(columns) + [highspy.kHighsInf] * many)
    lp.row_lower_ = np.array([*wanted, *open_below], float)
    lp.row_upper_ = np.array([*wanted, *[1] * len(rows.kind_of), *room], float)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.array([*rows.begins, len(rows.index)])
    lp.a_matrix_.index_, lp.a_matrix_.value_ = np.array(rows.index), np.array(rows.value, float)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(columns) + [highspy.HighsVarType.kContinuous] * many
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, option in (("output_flag", False), ("threads", 1), ("random_seed", 0)):
        solver.setOptionValue(name, option)
    solver.passModel(lp)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return [each > HALF for each in solver.getSolution().col_value[: len(columns)]]
