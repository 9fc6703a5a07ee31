"""Who takes part in a draw: an explicit rule over facts, with every reason against an entrant.

The organisers' words (draw of the promotional film, 14th edition):
«التعاونيات الحاضرة طيلة الأيام الثلاثة وغير المتوجة بجائزة»
« Coopératives présentes les trois jours et non lauréates d’un prix »
and, for all draws: whoever declares a tie to the organiser stands aside.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from village.draws.rules.plan import Json


class Reason(StrEnum):
    """Why an entrant is left out; the codes stand in the log and in bundles, so they never change."""

    ABSENT = "absent_one_day"
    AWARD = "award_winner"
    TIE = "tie_to_organiser"


@dataclass(frozen=True, slots=True)
class Entrant:
    """Someone who could be drawn, with the facts the rule looks at.

    `thing` names them in the village (`exhibitor:12`); `group` is what wins only so often: the organisation or
    the household, None where everyone stands alone. A late arrival counts as present.
    """

    thing: str
    group: str | None = None
    days_present: frozenset[date] = frozenset()
    award_winner: bool = False
    tied_to_organiser: bool = False


@dataclass(frozen=True, slots=True)
class EntryRule:
    """The rule of entry: present on each of `days`, and which facts bar from the draw."""

    days: tuple[date, ...] = ()
    bars_award_winners: bool = True
    bars_ties: bool = True

    def as_json(self) -> dict[str, Json]:
        """Write the rule as it is committed."""
        return {
            "bars_award_winners": self.bars_award_winners,
            "bars_ties_to_organiser": self.bars_ties,
            "present_on": [day.isoformat() for day in self.days],
        }


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An entrant outside the draw, with all reasons in the order of the rule."""

    entrant: Entrant
    reasons: tuple[Reason, ...]

    @property
    def cause(self) -> Reason:
        """The first reason, under which the exclusion is counted: causes add up to the number left out."""
        return self.reasons[0]


@dataclass(frozen=True, slots=True)
class Sorted:
    """The two lists that the rule makes; together they hold every entrant once, in the order given."""

    eligible: tuple[Entrant, ...]
    left_out: tuple[LeftOut, ...]


def reasons_against(rule: EntryRule, entrant: Entrant) -> tuple[Reason, ...]:
    """List every reason of the rule against an entrant; none means that they take part."""
    found = (
        (Reason.ABSENT, not entrant.days_present.issuperset(rule.days)),
        (Reason.AWARD, rule.bars_award_winners and entrant.award_winner),
        (Reason.TIE, rule.bars_ties and entrant.tied_to_organiser),
    )
    return tuple(reason for reason, applies in found if applies)


def sort_entrants(rule: EntryRule, entrants: Iterable[Entrant]) -> Sorted:
    """Apply the rule to everyone.

    Raises:
        Refusal: `draw_entrant_twice`, somebody stands twice in the list.

    """
    eligible, left_out, seen = [], [], set[str]()
    for entrant in entrants:
        if entrant.thing in seen:
            raise Refusal("draw_entrant_twice", {"thing": entrant.thing})
        seen.add(entrant.thing)
        reasons = reasons_against(rule, entrant)
        if reasons:
            left_out.append(LeftOut(entrant, reasons))
        else:
            eligible.append(entrant)
    return Sorted(tuple(eligible), tuple(left_out))
