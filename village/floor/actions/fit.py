"""Whether blocks suit those who get them: every objection at once, by the same numbers as the program's plans."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from village.exhibitors import queries as exhibitors
from village.floor.actions.ledger import named
from village.floor.allocation.problem import Beside
from village.floor.allocation.score import loads
from village.floor.models import StandShare
from village.floor.rules import WishKind, left_standing
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from village.floor.allocation import Plan, Problem
    from village.floor.blocks import Run
    from village.floor.queries.fitting import Fitting
    from village.kit.deeds import Deed

NEAR: Final = frozenset({Beside.SIDE, Beside.BACK, Beside.ACROSS})


def refuse_strangers(deed: Deed, found: Fitting, comers: Iterable[int]) -> None:
    """Let pass accepted exhibitors who stand for themselves.

    Raises:
        Refusal: ``exhibitor_not_found``, ``exhibitor_not_accepted``; ``exhibitor_is_guest`` where it shares another's.
    """
    for who in comers:
        if who not in found.codes:
            known = exhibitors.find_exhibitor(deed.session, who)
            raise Refusal("exhibitor_not_accepted" if known else "exhibitor_not_found", named(deed, who))
        host = deed.session.scalar(select(StandShare.host_id).where(StandShare.guest_id == who))
        if host is not None:
            names = named(deed, host)
            facts = {"host": names["exhibitor"], "host_ar": names["name_ar"], "host_fr": names["name_fr"]}
            raise Refusal("exhibitor_is_guest", {**named(deed, who), **facts})


def check_fit(
    deed: Deed, found: Fitting, comers: Mapping[int, Run], after: Mapping[int, int], override_reason: str | None
) -> tuple[Refusal, ...]:
    """Let pass blocks that suit, or that are given with a reason; returns warnings that need none.

    Args:
        deed: the deed at work.
        found: what is known of the hall.
        comers: blocks by the exhibitors who get them.
        after: who has which stand afterwards.
        override_reason: why an organiser gives them although a need is not met.

    Raises:
        Refusal: ``stand_unsuitable`` with all objections; those of `refuse_strangers`.

    """
    refuse_strangers(deed, found, comers)
    told: list[Refusal] = []
    for who, run in comers.items():
        names = named(deed, who)
        told += [Refusal(each.code, {**each.facts, **names}) for each in found.objections(who, run)]
    before, then = found.plan(found.floor.holders), found.plan(after)
    told += _overloads(found.problem, before, then)
    told = left_standing(told, override_reason)
    if told:
        raise Refusal("stand_unsuitable", told[0].facts, told)
    return _too_near(deed, found, comers, then)


def _overloads(problem: Problem, before: Plan, after: Plan) -> list[Refusal]:
    """Circuits that carry more than they can, and more than before."""
    was, now = Counter(loads(problem, before)), Counter(loads(problem, after))
    return [
        Refusal("circuit_overloaded", {"circuit": each.code, "watts": each.watts, "load": now[each.code]})
        for each in problem.circuits
        if now[each.code] > max(each.watts, was[each.code])
    ]


def _too_near(
    deed: Deed, found: Fitting, comers: Mapping[int, Run], after: Mapping[str, tuple[str, ...]]
) -> tuple[Refusal, ...]:
    """Pairs that wished to be apart and now are neighbours."""
    near = {frozenset((each.a, each.b)) for each in found.problem.edges if each.kind in NEAR}
    near |= {
        frozenset((a.code, b.code))
        for a, b in zip(found.floor.spots, found.floor.spots[1:], strict=False)
        if a.row == b.row and b.position == a.position + 1
    }
    ids = {code: who for who, code in found.codes.items()}
    moving = {found.codes[who] for who in comers}
    return tuple(
        Refusal("neighbours_apart", {**named(deed, ids[wish.a]), **_other(deed, ids[wish.b])})
        for wish in found.problem.wishes
        if wish.kind is WishKind.APART
        and {wish.a, wish.b} & moving
        and wish.a in ids
        and wish.b in ids
        and any(frozenset((a, b)) in near for a in after.get(wish.a, ()) for b in after.get(wish.b, ()))
    )


def _other(deed: Deed, who: int) -> dict[str, str]:
    return {name.replace("name", "other"): text for name, text in named(deed, who).items() if name != "exhibitor"}
