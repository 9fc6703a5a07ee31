"""Who is named for a category by a rule over exhibitors, what a dossier may hold, who marks whom in a split panel."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from village.kit.refusal import Refusal

# The figures of a dossier, in the order they are shown; whole numbers only.
FIGURES: Final = ("members", "women", "youth", "jobs", "villages", "turnover_mad", "founded")
GREATEST_FIGURE: Final = 10**12
MOST_PHOTOS: Final = 6
MOST_TEXT: Final = 4000


class Candidate(Protocol):
    """What a rule looks at in an exhibitor."""

    @property
    def sector(self) -> str:
        """Code of the sector."""

    @property
    def branch(self) -> str:
        """Code of the branch."""

    @property
    def province_code(self) -> str:
        """Code of the province."""

    @property
    def members(self) -> int:
        """How many members."""

    @property
    def is_womens(self) -> bool:
        """Whether women lead it."""

    @property
    def previous_editions(self) -> int:
        """In how many editions it took part before."""


@dataclass(frozen=True)
class NomineeRule:
    """Which accepted exhibitors are named; what is left empty asks nothing."""

    sectors: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    womens: bool = False
    newcomers: bool = False
    fewest_members: int = 0

    @property
    def asks_nothing(self) -> bool:
        """True where every exhibitor would be named."""
        return self == NomineeRule()

    def takes(self, one: Candidate) -> bool:
        """Tell whether an exhibitor is named by this rule."""
        return (
            (not self.sectors or one.sector in self.sectors)
            and (not self.branches or one.branch in self.branches)
            and (not self.provinces or one.province_code in self.provinces)
            and (not self.womens or one.is_womens)
            and (not self.newcomers or one.previous_editions == 0)
            and one.members >= self.fewest_members
        )


def objections_to_figures(figures: Mapping[str, int]) -> list[Refusal]:
    """All that is wrong with the figures of a dossier: an unknown one, one below zero or beyond all measure."""
    found = [Refusal("figure_unknown") for code in figures if code not in FIGURES]
    found += [Refusal("figure_wrong") for value in figures.values() if not 0 <= value <= GREATEST_FIGURE]
    return found


def objections_to_split(
    jurors: Sequence[int], nominees: Sequence[int], assigned: Collection[tuple[int, int]], connected: bool  # noqa: FBT001 - a fact
) -> list[Refusal]:
    """All that keeps a split panel from marking: a nominee nobody marks, groups no juror links."""
    idle = len([one for one in nominees if not any((juror, one) in assigned for juror in jurors)])
    if idle:
        return [Refusal("nominee_without_juror", {"nominees": idle})]
    return [] if connected else [Refusal("panel_not_linked")]


def propose_assignment(
    jurors: Sequence[int], nominees: Sequence[int], each: int, barred: Collection[tuple[int, int]] = ()
) -> list[tuple[int, int]]:
    """Give each nominee `each` jurors in turn, evenly, leaving out the pairs that are barred by a tie.

    Neighbours share jurors wherever `each` is 2 or more, so that the panel hangs together. Who has fewest comes
    first; among equals whoever follows the last one given in the order of the jury.
    """
    load = dict.fromkeys(jurors, 0)
    found: list[tuple[int, int]] = []
    last: tuple[int, ...] = ()
    for nominee in nominees:
        free = [juror for juror in jurors if (juror, nominee) not in barred]
        # One juror of the nominee before stays on: that is the link between the two.
        kept = [juror for juror in last if juror in free][-1:] if each > 1 else []
        rest = sorted((juror for juror in free if juror not in kept), key=lambda juror: (load[juror], juror in last))
        chosen = [*kept, *rest][:each]
        for juror in chosen:
            load[juror] += 1
        found += [(juror, nominee) for juror in chosen]
        last = tuple(chosen)
    return found
