"""The workshops: the programme, then every request in the order in which it came in."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

from village.demo.stage import instant_of
from village.demo.steps.texts import write_texts
from village.kit.deeds import Actor
from village.people.queries import ids_by_code
from village.workshops.actions import cancel_registration, import_programme, register
from village.workshops.queries import ids_by_code as workshop_ids
from village.workshops.rules import Mode, NewTrainer, NewWorkshop

if TYPE_CHECKING:
    from village.demo.stage import Stage
    from village.imports.readers import RegistrationEventRow
    from village.kit.db import Json
    from village.kit.deeds import Deed

_MINUTES = 60


def programme(stage: Stage, deed: Deed) -> dict[str, Json]:
    """Publish the programme."""
    event = stage.source.event
    trainers = [NewTrainer(each["id"], each["name_ar"], each["name_fr"], each["gender"]) for each in event["trainers"]]
    workshops = [_workshop(each) for each in event["workshops"]]
    import_programme(deed, stage.edition_id, trainers, workshops)
    tracks = write_texts(stage, deed)
    return {"workshops": len(workshops), "trainers": len(trainers), "tracks": tracks}


def registrations(stage: Stage) -> dict[str, Json]:
    """Play every request, each as a deed of the person who asks."""
    events = stage.source.registration_events
    with stage.session() as session:
        people, workshops = ids_by_code(session, stage.edition_id), workshop_ids(session, stage.edition_id)
    codes = {number: code for code, number in people.items()}
    for done, event in enumerate(events[stage.done() :], stage.done() + 1):
        person = people[event.participant_id]
        with stage.deed(instant_of(event.at), Actor("person", str(person))) as deed:
            result = _play(deed, event, person, workshops[event.workshop_id], codes)
            stage.keep(deed, str(event.seq), result)
            stage.advance(deed, done, len(events))
    outcomes = list(stage.outcomes("registrations").values())
    words = sorted({value.split()[0] for value in outcomes})
    return {"events": len(outcomes), **{word: sum(each.split()[0] == word for each in outcomes) for word in words}}


def _play(
    deed: Deed, event: RegistrationEventRow, person: int, workshop: int, codes: dict[int, str]
) -> str:
    """Do one request and say what it came to, as the files write it."""
    if event.action == "register":
        return register(deed, person_id=person, workshop_id=workshop).result.value
    answer = cancel_registration(deed, person_id=person, workshop_id=workshop)
    promoted = answer.promoted
    return f"{answer.result.value} promoted={codes[promoted.person_id]}" if promoted else answer.result.value


def _workshop(each: dict[str, Any]) -> NewWorkshop:
    return NewWorkshop(
        code=each["id"],
        title_ar=each["title_ar"],
        title_fr=each["title_fr"],
        kind=each["kind"],
        mode=Mode(each["mode"]),
        room=each["room"],
        day=date.fromisoformat(each["date"]),
        starts=time.fromisoformat(each["start"]),
        ends=time.fromisoformat(each["end"]),
        credit_minutes=round(each["hours"] * _MINUTES),
        capacity=each["capacity"],
        online_capacity=each["online_capacity"],
        trainers=tuple(each["trainers"]),
    )
