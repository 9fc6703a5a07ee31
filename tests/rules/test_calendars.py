"""Calendar files: hours come out as instants whatever the season; rules of the zone travel with the file."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import vobject

from village.editions.queries import EditionView, RoomRow, VenueRow
from village.workshops.calendars import Addresses, agenda_calendar, programme_calendar
from village.workshops.linked import written
from village.workshops.queries import AgendaEntry, TrainerRow, WorkshopRow
from village.workshops.rules import Places

NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
FAIR = EditionView(
    1, "VS14", 14, "القرية التضامنية", "Village solidaire", "Solidarity village", "", "", "Africa/Casablanca",
    date(2026, 12, 4), date(2026, 12, 6), "open", demonstration=False,
)  # fmt: skip
TENT = RoomRow(
    1, "M1", "الخيمة", "Tente ; grande, ronde", 80, VenueRow(1, "V1", "مداغ", "Madagh", "الفضاء", "Espace", is_online=False)
)
ADDRESSES = Addresses("https://village.example.ma/fr/programme/{code}", "https://village.example.ma/fr/me/x/join/{code}")
VECTORS: list[dict[str, Any]] = [
    vector
    for vector in json.loads((Path(__file__).parents[1] / "data" / "l10n" / "timezone.json").read_text("utf-8"))["vectors"]
    # A wall clock that shows an hour twice, or never, is no hour to plan a session at.
    if "fold" not in vector and "nonexistent" not in vector
]




def session(code: str, at: datetime, title_fr: str = "Le numérique") -> WorkshopRow:
    """A session of an hour and a half at a wall time."""
    yassine = TrainerRow(1, "T01", "ياسين", "Yassine, dit « le ; sage »", "m")
    return WorkshopRow(
        1, code, "الرقمنة", title_fr, "training", "onsite", at.date(), at.time(), (at + timedelta(minutes=90)).time(), 90,
        Places(10, 0, 0, 0), None, None, "https://salle.example/w", TENT, (yassine,), 0,
    )  # fmt: skip


def read(data: bytes) -> list[Any]:
    """Read a calendar with a reader of another house."""
    return list(vobject.readOne(data.decode()).vevent_list)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector["local"]))
def test_an_hour_on_the_wall_is_the_instant_it_should_be(vector: dict[str, Any]) -> None:
    local = datetime.fromisoformat(vector["local"])
    (event,) = read(programme_calendar(FAIR, [session("W01", local)], "fr", ADDRESSES, NOW))
    assert event.dtstart.value.astimezone(UTC) == datetime.fromisoformat(vector["utc"])
    assert event.dtend.value - event.dtstart.value == timedelta(minutes=90)


def test_signs_that_separate_come_back_as_they_were() -> None:
    title = "Vendre : prix, poids ; emballage\\étiquette " + "très long titre d’atelier " * 6
    (event,) = read(programme_calendar(FAIR, [session("W01", datetime(2026, 12, 4, 10), title.strip())], "fr", ADDRESSES, NOW))  # noqa: DTZ001 - wall time
    assert event.summary.value == title.strip()
    assert event.location.value == "Tente ; grande, ronde, Espace, Madagh"
    assert "Yassine, dit « le ; sage »" in event.description.value
    assert event.description.value.split("\n")[0] == "الرقمنة"


@pytest.mark.parametrize(
    ("status", "channel", "shown", "joins"),
    [
        ("confirmed", "online", "CONFIRMED", True),
        ("confirmed", "onsite", "CONFIRMED", False),
        ("waitlisted", None, "TENTATIVE", False),
        ("cancelled", "online", "CANCELLED", False),
    ],
)
@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_only_who_is_confirmed_online_gets_the_way_in(lang: Any, status: str, channel: str | None, shown: str, joins: bool) -> None:
    row = session("W01", datetime(2026, 12, 4, 10))  # noqa: DTZ001 - wall time
    entry = AgendaEntry(row, status, channel, 4, NOW, 3 if status == "waitlisted" else None)
    data = agenda_calendar(FAIR, [entry], lang, ADDRESSES, NOW)
    (event,) = read(data)
    assert event.status.value == shown
    assert ("https://village.example.ma/fr/me/x/join/W01" in event.description.value) is joins
    assert event.sequence.value == "4"
    assert b"salle.example" not in data
    assert not set("\u2066\u2067\u2068\u2069") & set(data.decode())


def test_linked_data_never_end_the_script_that_holds_them() -> None:
    said = {"name": "</script><b>تعاونية & co</b>", "code": "W01"}
    text = written(said)
    assert "<" not in text
    assert "&" not in text
    assert "تعاونية" in text
    assert json.loads(text) == said
