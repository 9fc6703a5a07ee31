"""The inner loop of annealing, compiled by numba: it is imported only where numba is installed.

A proposal moves the contents of windows of the floor (equal runs of stands) to one another, so that blocks stay
blocks whatever their sizes.  All points are whole numbers; chance comes from one 64-bit xorshift state.

Everything lies in a few arrays of whole numbers, one line for each exhibitor and each stand: to hand over more of
them, or richer ones, makes compiling and every call slower.  All but the first are of 64 bits, so that each function
is compiled for one kind of number only.

- ``cost`` (N×S, 32 bits): points of a block, NEVER where it is not allowed.
- ``people`` (N × 16): the columns named below; those that end in _AT and _END bound a part of ``lists``.
- ``stands`` (S × BY_SIZE + sizes): the columns named below; behind them the circuit of a block by its size.
- ``lists``: neighbours, partners (2 × exhibitor + 1 for together), kin, cheap blocks, quotas.
- ``tally``: the points of the rules, where its own parts begin, and what is counted.
- ``moves`` (3 × MOST): who is moved, from where, to where (-1: no stand).
- ``chance`` (1, 64 bits without sign).
"""

from __future__ import annotations

from typing import Any

import numba

# A number written in a call would be compiled for as a kind of its own.
whole = numba.int64
compiled = numba.njit(cache=True, nogil=True, error_model="numpy")

NEVER = 10**8
MOST = 32
# Of so many proposals one of each rare kind; those below THIRD go by way of a third window.
KINDS, ROTATE, BENCH, THIRD = 16, 0, 1, 8
# Of so many targets one of each rare kind.
TARGETS, KIN, PARTNER, ANY = 16, 0, 1, 2
# Columns of an exhibitor.
AT, SIZE, GROUP, WATTS, OUT, SLACK, MARK, PINNED = 0, 1, 2, 3, 4, 5, 6, 7
PAIR_AT, PAIR_END, QUOTA_AT, QUOTA_END, KIN_AT, KIN_END, CHOICE_AT, CHOICE_END = 8, 9, 10, 11, 12, 13, 14, 15
# Columns of a stand.
HOLDER, ZONE, RUN_END, NEAR_AT, NEAR_END = 0, 1, 2, 3, 4
BESIDE_AT, BESIDE_END, ROOM_AT, ROOM_END, BY_SIZE = 5, 6, 7, 8, 9
# Places in the tally.
SPREAD, APART, BESIDE, APART_ZONE, ZONES, COUNT_AT, LOAD_AT, CAPACITY_AT, QUOTA = 0, 1, 2, 3, 4, 5, 6, 7, 8
# Of each quota, behind each other: how much is held, limit, points, where its stands are marked in ``lists``.
HEAD = 9


@compiled
def draw(chance: Any, below: Any) -> Any:
    """A whole number from 0, smaller than ``below``."""
    x = chance[0]
    x ^= x << numba.uint64(13)
    x ^= x >> numba.uint64(7)
    x ^= x << numba.uint64(17)
    chance[0] = x
    return whole(((x >> numba.uint64(32)) * numba.uint64(below)) >> numba.uint64(32))


@compiled
def one_of(chance: Any, lists: Any, first: Any, end: Any) -> Any:
    """One of a part of the lists."""
    return lists[first + draw(chance, end - first)]


@compiled
def target(people: Any, stands: Any, lists: Any, chance: Any, who: Any) -> Any:
    """A stand worth trying: a cheap block, one in a zone of the own group, one beside a partner, any."""
    dice = draw(chance, whole(TARGETS))
    if dice == KIN:
        start = people[one_of(chance, lists, people[who, KIN_AT], people[who, KIN_END]), AT]
        if start >= 0:
            return one_of(chance, lists, stands[start, ROOM_AT], stands[start, ROOM_END])
    elif dice == PARTNER and people[who, PAIR_END] > people[who, PAIR_AT]:
        partner = one_of(chance, lists, people[who, PAIR_AT], people[who, PAIR_END])
        other = partner >> 1
        if partner & 1 and people[other, AT] >= 0:
            stand = people[other, AT] + draw(chance, people[other, SIZE])
            if stands[stand, BESIDE_END] > stands[stand, BESIDE_AT]:
                beside = one_of(chance, lists, stands[stand, BESIDE_AT], stands[stand, BESIDE_END])
                return beside - draw(chance, people[who, SIZE])
    elif dice == ANY:
        return draw(chance, len(stands))
    return one_of(chance, lists, people[who, CHOICE_AT], people[who, CHOICE_END])


@compiled
def carry(
    cost: Any, people: Any, stands: Any, moves: Any, moved: Any, start: Any, length: Any, to: Any
) -> Any:
    """Note that what stands in a window goes to another (-1: to no stand); -1 when it cannot."""
    stand = start
    while stand < start + length:
        who = stands[stand, HOLDER]
        if who < 0:
            stand += 1
            continue
        first = people[who, AT]
        size = people[who, SIZE]
        if first < start or first + size > start + length or moved >= MOST:
            return -1
        place = to + first - start if to >= 0 else -1
        if (place >= 0 and cost[who, place] >= NEVER) or (place < 0 and people[who, PINNED] >= 0):
            return -1
        moves[0, moved] = who
        moves[1, moved] = first
        moves[2, moved] = place
        moved += 1
        stand = first + size
    return moved


@compiled
def exchange(
    cost: Any, people: Any, stands: Any, lists: Any, moves: Any, chance: Any, who: Any, third: Any
) -> Any:
    """One exhibitor to a target; what stands there to the place it leaves, or on to a third window."""
    length = people[who, SIZE]
    own = people[who, AT]
    there = target(people, stands, lists, chance, who)
    if there < 0 or there >= len(stands) or cost[who, there] >= NEVER:
        return 0
    if own >= 0 and there < own + length and own < there + length:
        return 0
    back = own
    if third:
        other = stands[there, HOLDER]
        if other < 0:
            return 0
        back = target(people, stands, lists, chance, other)
        if back < 0 or back >= len(stands) or back + length > stands[back, RUN_END]:
            return 0
        if (there < back + length and back < there + length) or (own >= 0 and abs(back - own) < length):
            return 0
    moves[0, 0] = who
    moves[1, 0] = own
    moves[2, 0] = there
    moved = carry(cost, people, stands, moves, whole(1), there, length, back)
    if third and moved > 0:
        moved = carry(cost, people, stands, moves, moved, back, length, own)
    return moved


@compiled
def rotate(cost: Any, people: Any, stands: Any, moves: Any, chance: Any, longest: Any) -> Any:
    """Two neighbouring windows of a run change places."""
    start = draw(chance, len(stands))
    left = 1 + draw(chance, longest)
    right = 1 + draw(chance, longest)
    if start + left + right > stands[start, RUN_END]:
        return 0
    moved = carry(cost, people, stands, moves, whole(0), start, left, start + right)
    if moved < 0:
        return 0
    return carry(cost, people, stands, moves, moved, start + left, right, start)


@compiled
def touch(people: Any, stands: Any, lists: Any, column: Any, one: Any, other: Any) -> Any:
    """Whether a stand of one is near (or beside) a stand of the other; ``column`` says which."""
    first = people[other, AT]
    end = first + people[other, SIZE]
    for stand in range(people[one, AT], people[one, AT] + people[one, SIZE]):
        for place in range(stands[stand, column], stands[stand, column + 1]):
            if first <= lists[place] < end:
                return True
    return False


@compiled
def pair_points(people: Any, stands: Any, lists: Any, tally: Any, who: Any) -> Any:
    """Points of the pairs of one exhibitor; of two that are marked the pair counts with the smaller."""
    found = whole(0)
    own = people[who, AT]
    for place in range(people[who, PAIR_AT], people[who, PAIR_END]):
        other = lists[place] >> 1
        if people[other, MARK] and other < who:
            continue
        at = people[other, AT]
        if not lists[place] & 1:
            if own >= 0 and at >= 0 and touch(people, stands, lists, whole(NEAR_AT), who, other):
                found += tally[APART]
        elif own < 0 or at < 0:
            found += tally[BESIDE] + tally[APART_ZONE]
        else:
            if not touch(people, stands, lists, whole(BESIDE_AT), who, other):
                found += tally[BESIDE]
            if stands[own, ZONE] != stands[at, ZONE]:
                found += tally[APART_ZONE]
    return found


@compiled
def count(people: Any, stands: Any, lists: Any, tally: Any, who: Any, start: Any, step: Any) -> Any:
    """Count an exhibitor in (1) or out (-1) of its zone, circuit and quotas; the points this makes."""
    found = whole(0)
    place = tally[COUNT_AT] + people[who, GROUP] * tally[ZONES] + stands[start, ZONE]
    before = tally[place]
    tally[place] = before + step
    if before == 0 or before + step == 0:
        found += step * tally[SPREAD]
    circuit = stands[start, BY_SIZE + people[who, SIZE]]
    if circuit >= 0:
        tally[tally[LOAD_AT] + circuit] += step * people[who, WATTS]
    for place in range(people[who, QUOTA_AT], people[who, QUOTA_END]):
        quota = HEAD + 4 * lists[place]
        was = tally[quota]
        for stand in range(start, start + people[who, SIZE]):
            tally[quota] += step * lists[tally[quota + 3] + stand]
        over = max(0, tally[quota] - tally[quota + 1]) - max(0, was - tally[quota + 1])
        found += over * tally[quota + 2]
    return found


@compiled
def count_all(people: Any, stands: Any, lists: Any, tally: Any, moves: Any, moved: Any, column: Any, step: Any) -> Any:
    """The same of all that are moved, at the places they leave (column 1) or come to (2)."""
    found = whole(0)
    for place in range(moved):
        if moves[column, place] >= 0:
            found += count(people, stands, lists, tally, moves[0, place], moves[column, place], step)
    return found


@compiled
def overloaded(people: Any, stands: Any, tally: Any, moves: Any, moved: Any) -> Any:
    """Whether a circuit that someone comes to carries too much."""
    for place in range(moved):
        who = moves[0, place]
        if moves[2, place] >= 0 and people[who, WATTS] > 0:
            circuit = stands[moves[2, place], BY_SIZE + people[who, SIZE]]
            if circuit >= 0 and tally[tally[LOAD_AT] + circuit] > tally[tally[CAPACITY_AT] + circuit]:
                return True
    return False


@compiled
def all_pairs(people: Any, stands: Any, lists: Any, tally: Any, moves: Any, moved: Any, column: Any) -> Any:
    """Points of the pairs of those moved, at the places they leave (column 1) or come to (2); leaves them there."""
    found = whole(0)
    for place in range(moved):
        people[moves[0, place], MARK] = 1
        people[moves[0, place], AT] = moves[column, place]
    for place in range(moved):
        who = moves[0, place]
        if people[who, SLACK] > 0:
            found += pair_points(people, stands, lists, tally, who)
    for place in range(moved):
        people[moves[0, place], MARK] = 0
    return found


@compiled
def settle(people: Any, stands: Any, moves: Any, moved: Any) -> None:
    """Write down who holds what after a move that was accepted."""
    for place in range(moved):
        if moves[1, place] >= 0:
            for stand in range(moves[1, place], moves[1, place] + people[moves[0, place], SIZE]):
                stands[stand, HOLDER] = -1
    for place in range(moved):
        people[moves[0, place], AT] = moves[2, place]
        if moves[2, place] >= 0:
            for stand in range(moves[2, place], moves[2, place] + people[moves[0, place], SIZE]):
                stands[stand, HOLDER] = moves[0, place]


@compiled
def own_points(cost: Any, people: Any, moves: Any, moved: Any) -> Any:
    """Points of the blocks alone that a move makes more."""
    change = whole(0)
    for place in range(moved):
        who = moves[0, place]
        change += cost[who, moves[2, place]] if moves[2, place] >= 0 else people[who, OUT]
        change -= cost[who, moves[1, place]] if moves[1, place] >= 0 else people[who, OUT]
    return change


@compiled
def hope(people: Any, stands: Any, tally: Any, moves: Any, moved: Any) -> Any:
    """Points that zones and quotas can give back at most."""
    found = whole(0)
    for place in range(moved):
        who = moves[0, place]
        start = moves[1, place]
        found += NEVER * (people[who, QUOTA_END] - people[who, QUOTA_AT])
        if start >= 0 and tally[tally[COUNT_AT] + people[who, GROUP] * tally[ZONES] + stands[start, ZONE]] <= moved:
            found += tally[SPREAD]
    return found


@compiled
def weigh(
    cost: Any, people: Any, stands: Any, lists: Any, tally: Any, moves: Any, moved: Any, limit: Any
) -> Any:
    """Points a move makes more; it is done when they are at most ``limit``, else undone (0)."""
    slack = whole(0)
    for place in range(moved):
        slack += people[moves[0, place], SLACK]
    change = own_points(cost, people, moves, moved)
    if change - slack - hope(people, stands, tally, moves, moved) > limit:
        return 0
    if slack > 0:
        change -= all_pairs(people, stands, lists, tally, moves, moved, whole(1))
    change += count_all(people, stands, lists, tally, moves, moved, whole(1), whole(-1))
    change += count_all(people, stands, lists, tally, moves, moved, whole(2), whole(1))
    good = change <= limit and not overloaded(people, stands, tally, moves, moved)
    if good and slack > 0:
        change += all_pairs(people, stands, lists, tally, moves, moved, whole(2))
        good = change <= limit
        if not good:
            for place in range(moved):
                people[moves[0, place], AT] = moves[1, place]
    if not good:
        count_all(people, stands, lists, tally, moves, moved, whole(2), whole(-1))
        count_all(people, stands, lists, tally, moves, moved, whole(1), whole(1))
        return 0
    settle(people, stands, moves, moved)
    return change


@compiled
def anneal(  # noqa: PLR0913, PLR0917 - arrays, not an object: see above
    cost: Any, people: Any, stands: Any, lists: Any, tally: Any, moves: Any, chance: Any, bench: Any,
    chances: Any, proposals: Any, hot: Any, cool: Any,
) -> Any:  # fmt: skip
    """Make proposals while the temperature goes from hot to cool; returns the points gained (below 0) or lost.

    ``bench``: exhibitors that deserve more tries; ``chances``: limits of acceptance at temperature 1.
    """
    total = whole(0)
    longest = stands.shape[1] - BY_SIZE
    factor = (cool / hot) ** (64.0 / max(64, proposals))
    heat = hot
    for turn in range(proposals):
        if turn & 63 == 0:
            heat *= factor
        dice = draw(chance, whole(KINDS))
        if dice == ROTATE:
            moved = rotate(cost, people, stands, moves, chance, longest)
        else:
            who = draw(chance, len(people))
            if dice == BENCH and len(bench):
                who = bench[draw(chance, len(bench))]
            moved = exchange(cost, people, stands, lists, moves, chance, who, dice < THIRD)
        if moved > 0:
            limit = heat * chances[draw(chance, len(chances))]
            total += weigh(cost, people, stands, lists, tally, moves, moved, limit)
    return total
