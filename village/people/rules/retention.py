"""How long each datum is kept, and what becomes of it then (law 09-08, articles 3 and 5).

A datum is kept for its purpose and no longer. The months count from the last day of the edition. What is left
afterwards tells nobody who it was: counts, numbers, attendance by number.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from village.kit.deeds import Deed

_MONTHS_IN_A_YEAR: Final = 12


class Stage(IntEnum):
    """When something is forgotten: so many months after the last day of the edition."""

    END = 0
    YEAR = 12
    THREE_YEARS = 36


@dataclass(frozen=True)
class Datum:
    """A line of the inventory: `stage` None is never stored, or ends by itself as `rule` says."""

    code: str
    whose: str
    stage: Stage | None
    rule: str


INVENTORY: Final = (
    Datum("names", "person", Stage.THREE_YEARS, "12 months where there is no certificate; 3 years where there is one"),
    Datum("gender", "person", None, "stays as a count, on a row without a name"),
    Datum("phone", "person", Stage.YEAR, "12 months"),
    Datum("email", "person", Stage.YEAR, "12 months"),
    Datum("place", "person", Stage.YEAR, "12 months, then only as counts"),
    Datum("age_band", "person", Stage.YEAR, "12 months, then only as counts"),
    Datum("organisation", "person", Stage.YEAR, "12 months"),
    Datum("needs", "person", Stage.END, "end of the edition"),
    Datum("badge", "person", Stage.END, "end of the edition: it opens nothing more"),
    Datum("scans", "person", Stage.THREE_YEARS, "3 years with the attendance list; what the device said, 12 months"),
    Datum("signature", "person", None, "on paper only; 3 years, or as the funder asks"),
    Datum("photo", "person", None, "only of nominees and hand-overs; the consent goes after 12 months"),
    Datum("national_id", "person", None, "never stored; imports drop the column"),
    Datum("id_copy", "person", None, "never stored"),
    Datum("belief_health", "person", None, "never asked"),
    Datum("notices", "person", Stage.YEAR, "12 months: what was told, letters and short messages"),
    Datum("remarks", "person", Stage.YEAR, "12 months: what staff and trainers wrote"),
    Datum("imports", "person", Stage.YEAR, "a day in the preview; the name of the file 12 months"),
    Datum("trainer_contact", "trainer", Stage.YEAR, "12 months"),
    Datum("chair", "organisation", Stage.THREE_YEARS, "3 years"),
    Datum("papers", "organisation", None, "only whether a paper was there is kept, not the paper"),
    Datum("marks", "juror", Stage.THREE_YEARS, "3 years, then without the juror's name"),
    Datum("handover", "person", Stage.THREE_YEARS, "3 years: who took a prize, and the picture that proves it"),
    Datum("commission", "staff", Stage.THREE_YEARS, "3 years: who sat in a draw or witnessed it, what was observed"),
    Datum("exports", "staff", Stage.THREE_YEARS, "3 years: for whom and what for a list was taken out"),
    Datum("log", "staff", None, "the log holds numbers only and stays whole: its proofs need every line"),
)
"""What is kept, of whom, until when."""


# Under this word a keeper leaves on its deed the keys of files that go once the deed stands.
FILES: Final = "forgotten.files"


@dataclass(frozen=True)
class Keeper:
    """What forgets one kind of data of an edition.

    `forget(deed, edition_id, limit)` takes out at most `limit` rows (some take all at once) and returns how many; 0
    when nothing is left, so that it can be called again after a crash.
    """

    name: str
    stage: Stage
    forget: Callable[[Deed, int, int], int]


def months_after(day: date, months: int) -> date:
    """Return the same day some months later; the last one of a month that has no such day."""
    whole = day.year * _MONTHS_IN_A_YEAR + day.month - 1 + months
    year, month = divmod(whole, _MONTHS_IN_A_YEAR)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def is_due(stage: Stage, ended: date, today: date, older_than: int | None = None) -> bool:
    """Tell whether what a stage forgets of an edition is to go.

    Args:
        stage: which.
        ended: the last day of the edition.
        today: the day in the zone of the edition.
        older_than: months to use instead of the twelve of `Stage.YEAR`; the other stages keep theirs.

    """
    months = older_than if older_than is not None and stage is Stage.YEAR else stage.value
    return today > months_after(ended, months)
