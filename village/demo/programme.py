"""The programme of the demonstration: which step comes when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from village.demo.stage import at
from village.demo.titles import TITLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

@dataclass(frozen=True)
class Step:
    """One step. With an instant it is one deed, played whole or not at all; without, it opens its own deeds."""

    name: str
    play: Callable[..., Any]
    at: datetime | None = None

    @property
    def title(self) -> str:
        """What is shown while the step is played."""
        return TITLES[self.name]


def steps() -> tuple[Step, ...]:
    """Return the steps in their order; loaded only when something is to be played."""
    from village.demo.steps import accounts, closing, days, floor, gates, jury, lot, opening, papers, workshops

    return (
        Step("edition", opening.edition, at("2026-10-01T09:00")),
        # The applications are taken in before the people: delegates are named with the people.
        Step("exhibitors", opening.exhibitors, at("2026-11-01T08:00")),
        Step("people", opening.people, at("2026-11-01T09:00")),
        Step("accounts", accounts.accounts, at("2026-11-01T09:30")),
        Step("programme", workshops.programme, at("2026-11-01T10:00")),
        Step("floor", floor.floor, at("2026-11-16T09:00")),
        Step("allocation", floor.allocation, at("2026-11-16T09:30")),
        Step("registrations", workshops.registrations),
        Step("badges", gates.badges, at("2026-12-03T18:00")),
        Step("badge_sheets", papers.badge_sheets),
        Step("devices", gates.devices, at("2026-12-04T08:00")),
        Step("running", opening.running, at("2026-12-04T09:00")),
        Step("rehearsal", gates.rehearsal),
        Step("scans", gates.scans),
        Step("presences", days.presences, at("2026-12-06T14:00")),
        Step("jury", jury.jury, at("2026-12-05T09:00")),
        Step("marks", jury.marks),
        Step("results", jury.results),
        Step("draw", lot.draw),
        Step("minutes", papers.minutes),
        Step("closing", closing.closing, at("2026-12-06T17:20")),
        Step("certificates", papers.certificates, at("2026-12-06T17:30")),
        Step("certificate_print", papers.certificate_print),
        Step("certificate_files", papers.certificate_files, at("2026-12-06T17:40")),
    )
