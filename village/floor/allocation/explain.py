"""Why not there, and where else: what stands against a block, or what it would cost and who else would move."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from village.floor.allocation.changes import only
from village.floor.allocation.resolve import MOST_WHOLE, Move, concerned, moves_between, resolve
from village.floor.allocation.score import circuit_of, loads, score
from village.floor.allocation.terms import NEVER, value_of, windows
from village.floor.rules import Objection, block_objections

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from village.floor.allocation.problem import Block, Exhibitor, Plan, Problem
    from village.floor.allocation.terms import Terms

# On a large fair so many blocks, the cheapest at first sight, are looked at closely.
SHORTLIST = 12
# There the plan is not the best possible: a move that has nothing to do with the question must earn this much.
MOVE_POINTS = 3


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why the exhibitor does not have that block.

    Either ``objections`` say what stands against it, or ``extra`` is what the plan would cost more (in points of the
    judge; less than 0 when it would be cheaper) and ``moves`` who else would move.  ``proven``: no cheaper way exists;
    else it is the best that was found among those concerned.
    """

    who: str
    block: Block | None
    objections: tuple[Objection, ...] = ()
    extra: int | None = None
    moves: tuple[Move, ...] = ()
    proven: bool = False


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another block for an exhibitor: what the plan would cost more, and who else would move (nobody if free)."""

    block: Block
    extra: int
    moves: tuple[Move, ...]


def why_not(
    problem: Problem,
    plan: Plan,
    who: str,
    where: str | Sequence[str],
    *,
    seed: int = 0,
    work: int | None = None,
) -> WhyNot:
    """What stands against giving the exhibitor that stand (or block), or what it would cost.

    With the code of one stand, the best block that holds it is taken.  Exact up to 100 exhibitors; on larger fairs
    only those in the zones concerned may move.  A pin of the exhibitor itself is left aside, others stay.

    Raises:
        ValueError: nobody or no stand has that code.
    """
    case = _without_own_pin(problem, who)
    exhibitor = next((each for each in case.exhibitors if each.code == who), None)
    if exhibitor is None:
        raise ValueError(f"no exhibitor {who}")
    tries = _blocks(case, exhibitor, where)
    if tuple(plan.get(who, ())) in tries:
        return WhyNot(who, tuple(plan[who]), (), 0, (), proven=True)
    against = {block: _objections(case, exhibitor, block) for block in tries}
    open_blocks = [block for block in tries if not against[block]]
    if not open_blocks:
        block = min(tries, key=lambda each: (len(against[each]), each))
        return WhyNot(who, block, against[block])
    return _forced(case, plan, who, open_blocks, seed, work)


def alternatives(
    problem: Problem, plan: Plan, who: str, count: int = 2, *, seed: int = 0, work: int | None = None
) -> tuple[Alternative, ...]:
    """The cheapest other blocks for an exhibitor, the cheapest first; fewer than ``count`` where there are no more.

    Raises:
        ValueError: nobody has that code.
    """
    case = _without_own_pin(problem, who)
    terms = case.rules.terms(case)
    if who not in terms.exhibitors:
        raise ValueError(f"no exhibitor {who}")
    number = terms.exhibitors.index(who)
    size, starts = int(terms.size[number]), terms.starts(plan)
    mask = terms.allowed[number].copy()
    if starts[number] >= 0:
        mask[starts[number]] = False
    whole = len(terms.exhibitors) <= MOST_WHOLE
    left = [start for start in np.flatnonzero(mask).tolist() if whole] or _shortlist(terms, starts, number, mask)
    found: list[Alternative] = []
    while left and len(found) < count:
        # On a large fair each block is priced by itself: the zones concerned differ.
        tries = left if whole else left[:1]
        answer = _forced(case, plan, who, [terms.stands[at : at + size] for at in tries], seed, work)
        if answer.block is None or answer.extra is None:
            break
        found.append(Alternative(answer.block, answer.extra, answer.moves))
        left = [at for at in left if terms.stands[at : at + size] != answer.block]
    return tuple(sorted(found, key=lambda each: (each.extra, len(each.moves), each.block)))


def _without_own_pin(problem: Problem, who: str) -> Problem:
    if who not in problem.pins:
        return problem
    return replace(problem, pins={each: block for each, block in problem.pins.items() if each != who})


def _blocks(problem: Problem, who: Exhibitor, where: str | Sequence[str]) -> list[Block]:
    """The block that is named, or every block of the exhibitor's size that holds the stand."""
    number = {each.code: index for index, each in enumerate(problem.stands)}
    codes = (where,) if isinstance(where, str) else tuple(where)
    if not codes or not number.keys() >= set(codes):
        raise ValueError(f"no stand {where}")
    if len(codes) > 1 or who.size == 1:
        return [codes]
    _, run_end = windows(problem)
    stand = number[codes[0]]
    found = [
        tuple(each.code for each in problem.stands[at : at + who.size])
        for at in range(max(0, stand - who.size + 1), stand + 1)
        if at + who.size <= run_end[at] and run_end[at] == run_end[stand]
    ]
    return found or [codes]


def _objections(problem: Problem, who: Exhibitor, block: Block) -> tuple[Objection, ...]:
    stands = {each.code: each for each in problem.stands}
    held = [stands[code] for code in block]
    found = block_objections(held, who.code, who.needs, size=who.size, min_area_cm2=who.min_area_cm2)
    # Of a pin, the exhibitor named is the one that holds the stand.
    pinned = tuple(
        Objection("stand_pinned", code, holder)
        for holder, taken in problem.pins.items()
        for code in block
        if code in taken
    )
    return (*found, *pinned, *_overload(problem, who, block))


def _overload(problem: Problem, who: Exhibitor, block: Block) -> tuple[Objection, ...]:
    """The circuit cannot carry the exhibitor even beside nobody but the pins."""
    circuit = circuit_of(block, {each.code: each for each in problem.stands})
    carries = {each.code: each.watts for each in problem.circuits}.get(circuit or "")
    if carries is None or not who.needs.power_w:
        return ()
    load = loads(problem, problem.pins).get(circuit or "", 0) + who.needs.power_w
    return (Objection("circuit_overloaded", block[0], who.code),) if load > carries else ()


def _forced(problem: Problem, plan: Plan, who: str, blocks: list[Block], seed: int, work: int | None) -> WhyNot:
    """The cheapest plan in which the exhibitor has one of the blocks."""
    terms = problem.rules.terms(problem)
    number, before = terms.exhibitors.index(who), terms.starts(plan)
    first = {code: index for index, code in enumerate(terms.stands)}
    starts = [first[block[0]] for block in blocks]
    mask = np.zeros(len(terms.stands), bool)
    mask[starts] = True
    forced = only(terms, {number: mask})
    # Dearer than to leave anybody out, so that it is not done.
    unplaced = forced.unplaced.copy()
    unplaced[number] = 10 * int(unplaced.max())
    free, points = None, 0
    if len(terms.exhibitors) > MOST_WHOLE:
        held = [at + step for at in starts for step in range(int(terms.size[number]))]
        free, points = concerned(terms, before, held, [number]), MOVE_POINTS
    changed = replace(forced, unplaced=unplaced)
    found, proven = resolve(changed, before, points=points, free=free, fewest=True, seed=seed, work=work)
    after = terms.plan(found)
    if who not in after:
        return WhyNot(who, blocks[0], (Objection("circuit_overloaded", blocks[0][0], who),))
    extra = score(problem, after).total - score(problem, plan).total
    moves = tuple(each for each in moves_between(plan, after) if each.who != who)
    return WhyNot(who, after[who], (), extra, moves, proven=proven)


def _shortlist(terms: Terms, starts: NDArray[np.int32], who: int, mask: NDArray[np.bool_]) -> list[int]:
    """The blocks that cost least at first sight: own cost, and what a change of places costs the holder."""
    size, mine = int(terms.size[who]), int(starts[who])
    holder = np.full(len(terms.stands), -1)
    for each, at in enumerate(starts.tolist()):
        if at >= 0 and each != who:
            holder[at : at + int(terms.size[each])] = each
    rough: list[tuple[int, int]] = []
    for at in np.flatnonzero(mask).tolist():
        there = {int(each) for each in holder[at : at + size]} - {-1}
        price = int(terms.cost[who, at])
        if there:
            (other, *more) = there
            fits = not more and terms.size[other] == size and starts[other] == at and mine >= 0
            price += int(terms.cost[other, mine] - terms.cost[other, at]) if fits else NEVER
        rough.append((price, at))
    near = [at for price, at in sorted(rough)[:SHORTLIST] if price < NEVER]
    tried = []
    for at in near:
        after = starts.copy()
        after[(starts == at) & (np.arange(len(starts)) != who)] = mine
        after[who] = at
        tried.append((value_of(terms, after), at))
    return [at for _, at in sorted(tried)]
