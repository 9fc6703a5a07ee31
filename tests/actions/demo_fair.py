"""The demo fair as far as workshops and gates need it: venues, programme, people; read from the demo's input files."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from village.editions.actions import open_edition
from village.editions.queries import get_edition
from village.editions.rules import NewEdition, NewRoom, NewVenue
from village.kit.refusal import Refusal
from village.people.actions import add_people
from village.people.rules import NewPerson
from village.workshops.actions import Registered, cancel_registration, import_programme, register
from village.workshops.rules import Mode, NewTrainer, NewWorkshop

if TYPE_CHECKING:
    from village.kit.deeds import Deed

DATA = Path(__file__).parents[2] / "village" / "demo" / "data"


@dataclass(frozen=True)
class Fair:
    """Ids by the codes of the demo files."""

    edition_id: int
    number: int
    people: dict[str, int]
    workshops: dict[str, int]


def rows(name: str) -> list[dict[str, str]]:
    """Read a demo table."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def document(name: str) -> Any:
    """Read a demo document."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def moment(text: str) -> datetime:
    """Read a local time of the demo: Morocco is on UTC+0."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def open_fair(deed: Deed) -> Fair:
    """Open the edition with its venues, programme and people."""
    event = document("event.json")
    edition_id = open_edition(deed, _edition(event))
    workshops = import_programme(
        deed,
        edition_id,
        [NewTrainer(t["id"], t["name_ar"], t["name_fr"], t["gender"]) for t in event["trainers"]],
        [_workshop(w) for w in event["workshops"]],
    )
    people = rows("participants.csv")
    ids = add_people(deed, edition_id, [_person(p) for p in people])
    number = get_edition(deed.session, edition_id).number
    return Fair(edition_id, number, {p["id"]: i for p, i in zip(people, ids, strict=True)}, workshops)


def replay_registrations(deed: Deed, fair: Fair, events: list[dict[str, str]]) -> list[str]:
    """Do the given events in order; return their results as `registration_expected.csv` writes them."""
    codes = {number: code for code, number in fair.people.items()}
    results = []
    for event in events:
        deed.now = moment(event["at"])
        person, workshop = fair.people[event["participant_id"]], fair.workshops[event["workshop_id"]]
        if event["action"] == "register":
            answer: Registered = register(deed, person_id=person, workshop_id=workshop)
            results.append(answer.result.value)
        else:
            given = cancel_registration(deed, person_id=person, workshop_id=workshop)
            promoted = f" promoted={codes[given.promoted.person_id]}" if given.promoted else ""
            results.append(f"{given.result.value}{promoted}")
    return results


def refusal_of(call: Any, *args: Any, **kwargs: Any) -> Refusal | None:
    """Call and return the refusal, if any."""
    try:
        call(*args, **kwargs)
    except Refusal as refusal:
        return refusal
    return None


def _edition(event: dict[str, Any]) -> NewEdition:
    return NewEdition(
        code=event["id"],
        number=event["edition"],
        name_ar=event["name_ar"],
        name_fr=event["name_fr"],
        name_en=event["name_en"],
        theme_ar=event["theme_ar"],
        theme_fr=event["theme_fr"],
        zone=event["timezone"],
        starts_on=date.fromisoformat(event["start_date"]),
        ends_on=date.fromisoformat(event["end_date"]),
        demonstration=True,
        days=(),
        phases=(),
        venues=tuple(_venue(v) for v in event["venues"]),
        travel=tuple((t["a"], t["b"], t["minutes"]) for t in event["travel_minutes"]),
        breaks=(),
        ceremonies=(),
        partners=(),
    )


def _venue(v: dict[str, Any]) -> NewVenue:
    rooms = tuple(NewRoom(r["id"], r["name_ar"], r["name_fr"], r["capacity"]) for r in v["rooms"])
    return NewVenue(v["id"], v["city_ar"], v["city_fr"], v["name_ar"], v["name_fr"], v["commune_code"], rooms)


def _workshop(w: dict[str, Any]) -> NewWorkshop:
    return NewWorkshop(
        code=w["id"],
        title_ar=w["title_ar"],
        title_fr=w["title_fr"],
        kind=w["kind"],
        mode=Mode(w["mode"]),
        room=w["room"],
        day=date.fromisoformat(w["date"]),
        starts=time.fromisoformat(w["start"]),
        ends=time.fromisoformat(w["end"]),
        credit_minutes=round(w["hours"] * 60),
        capacity=w["capacity"],
        online_capacity=w["online_capacity"],
        trainers=tuple(w["trainers"]),
    )


def _person(p: dict[str, str]) -> NewPerson:
    return NewPerson(
        code=p["id"],
        given_ar=p["given_ar"],
        family_ar=p["family_ar"],
        given_fr=p["given_fr"],
        family_fr=p["family_fr"],
        gender=p["gender"],
        category=p["category"],
        phone=p["phone"] or None,
        lang=p["lang"],
    )
