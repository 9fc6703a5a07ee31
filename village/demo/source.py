"""The files of the fair to be played. The `*_expected*` files are not among them: only `compare.py` reads those."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from village.imports import readers

if TYPE_CHECKING:
    from collections.abc import Callable

Row = TypeVar("Row")
DATA = Path(__file__).parent / "data"


class Source:
    """One folder of files in the format of `village/demo/data`."""

    def __init__(self, folder: Path | None = None) -> None:
        """Read from a folder; from the fair that comes with the village when left out."""
        self.folder = folder or DATA

    def json(self, name: str) -> Any:
        """Read a JSON file."""
        return json.loads((self.folder / name).read_text(encoding="utf-8"))

    @cached_property
    def event(self) -> dict[str, Any]:
        """The edition, its venues, rooms, workshops and trainers."""
        return dict(self.json("event.json"))

    @cached_property
    def participants(self) -> list[readers.ParticipantRow]:
        """The persons."""
        return self._rows("participants.csv", readers.read_participants)

    @cached_property
    def cooperatives(self) -> list[readers.CooperativeRow]:
        """The cooperatives that applied."""
        return self._rows("cooperatives.csv", readers.read_cooperatives)

    @cached_property
    def applications(self) -> list[readers.ApplicationRow]:
        """Their applications, with the committee's decision."""
        return self._rows("applications.csv", readers.read_applications)

    @cached_property
    def registration_events(self) -> list[readers.RegistrationEventRow]:
        """Requests for workshops in the order they came in."""
        return self._rows("registration_events.csv", readers.read_registration_events)

    @cached_property
    def scans(self) -> list[readers.ScanRow]:
        """What the gates scanned."""
        return self._rows("scans.csv", readers.read_scans)

    @cached_property
    def scores(self) -> list[readers.ScoreRow]:
        """The jury's marks."""
        return self._rows("scores.csv", readers.read_scores)

    @cached_property
    def presences(self) -> list[readers.ExhibitorPresenceRow]:
        """The daily attendance of the exhibitors."""
        return self._rows("exhibitor_presence.csv", readers.read_exhibitor_presence)

    def _rows(self, name: str, read: Callable[[bytes], list[Row]]) -> list[Row]:
        return read((self.folder / name).read_bytes())
