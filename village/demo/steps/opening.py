"""Opening the edition: its calendar, the cooperatives that applied, the people who came."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, cast

from village.demo.stage import instant_of
from village.editions import rules as editions
from village.editions.actions import move_edition, open_edition
from village.exhibitors import queries as exhibitors_read
from village.exhibitors.actions import add_delegates, add_exhibitors, decide_applications
from village.exhibitors.rules import Decision, DecisionReason, NewExhibitor, Status
from village.people import queries as people_read
from village.people.actions import add_people
from village.people.rules import NewPerson, parse_phones

if TYPE_CHECKING:
    from village.demo.stage import Stage
    from village.imports.readers import ApplicationRow, CooperativeRow, ParticipantRow
    from village.kit.db import Json
    from village.kit.deeds import Deed


def edition(stage: Stage, deed: Deed) -> dict[str, Json]:
    """Open the edition with its days, venues, rooms, ceremonies and partners."""
    event = stage.source.event
    new = editions.NewEdition(
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
        days=tuple(_day(day) for day in event["days"]),
        phases=tuple(_phase(phase) for phase in event["phases"]),
        venues=tuple(_venue(venue) for venue in event["venues"]),
        travel=tuple((each["a"], each["b"], each["minutes"]) for each in event["travel_minutes"]),
        breaks=(_friday_prayer(event["friday_prayer_break"]),),
        ceremonies=tuple(_ceremony(each) for each in event["ceremonies"]),
        partners=tuple(_partner(each) for each in stage.source.json("partners.json")["partners"]),
    )
    stage.edition_id = open_edition(deed, new)
    move_edition(deed, stage.edition_id, editions.Status.OPEN)
    return {"days": len(new.days), "venues": len(new.venues), "partners": len(new.partners)}


def exhibitors(stage: Stage, deed: Deed) -> dict[str, Json]:
    """Take in the applications of the cooperatives and what the committee decided of each."""
    applications = {row.cooperative_id: row for row in stage.source.applications}
    rows = stage.source.cooperatives
    add_exhibitors(deed, stage.edition_id, [_exhibitor(row, applications[row.id]) for row in rows])
    decide_applications(deed, stage.edition_id, [_decision(row) for row in stage.source.applications])
    count = exhibitors_read.count_by_status(deed.session, stage.edition_id)
    return {str(status.value): number for status, number in count.items()}


def people(stage: Stage, deed: Deed) -> dict[str, Json]:
    """Take in the persons; those of a cooperative become its delegates."""
    rows = stage.source.participants
    ids = add_people(deed, stage.edition_id, [_person(row) for row in rows])
    stands_for = exhibitors_read.ids_by_code(deed.session, stage.edition_id)
    pairs = [
        (number, stands_for[row.cooperative_id]) for number, row in zip(ids, rows, strict=True) if row.cooperative_id
    ]
    add_delegates(deed, pairs)
    return {"people": people_read.count_people(deed.session, stage.edition_id), "delegates": len(pairs)}


def running(stage: Stage, deed: Deed) -> dict[str, Json]:
    """Open the doors."""
    move_edition(deed, stage.edition_id, editions.Status.RUNNING)
    return {}


def _day(day: dict[str, str]) -> editions.NewDay:
    return editions.NewDay(
        date.fromisoformat(day["date"]), time.fromisoformat(day["open"]), time.fromisoformat(day["close"])
    )


def _phase(phase: dict[str, str]) -> editions.NewPhase:
    return editions.NewPhase(
        phase["kind"], datetime.fromisoformat(phase["start"]), datetime.fromisoformat(phase["end"])
    )


def _venue(venue: dict[str, Any]) -> editions.NewVenue:
    rooms = tuple(
        editions.NewRoom(room["id"], room["name_ar"], room["name_fr"], room["capacity"]) for room in venue["rooms"]
    )
    return editions.NewVenue(
        venue["id"],
        venue["city_ar"],
        venue["city_fr"],
        venue["name_ar"],
        venue["name_fr"],
        venue["commune_code"],
        rooms,
    )


def _friday_prayer(each: dict[str, str]) -> tuple[str, date, time, time]:
    return (
        "friday_prayer",
        date.fromisoformat(each["date"]),
        time.fromisoformat(each["start"]),
        time.fromisoformat(each["end"]),
    )


def _ceremony(each: dict[str, str]) -> editions.NewCeremony:
    return editions.NewCeremony(
        each["id"],
        each["kind"],
        date.fromisoformat(each["date"]),
        time.fromisoformat(each["start"]),
        each["venue"],
        each["ar"],
        each["fr"],
    )


def _partner(each: dict[str, Any]) -> editions.NewPartner:
    return editions.NewPartner(each["id"], each["name_ar"], each["name_fr"], each["kind"], each["protocol_order"])


def _exhibitor(row: CooperativeRow, application: ApplicationRow) -> NewExhibitor:
    own = ("id",)
    same = [each.name for each in fields(row) if each.name not in own]
    values = {name: getattr(row, name) for name in same}
    score = application.selection_score
    return NewExhibitor(
        code=row.id,
        **values,
        reference=application.reference,
        submitted_at=application.submitted_at,
        score_tenths=None if score is None else int(score * 10),
        papers=application.documents,
        missing_papers=application.missing,
    )


def _decision(row: ApplicationRow) -> Decision:
    reason = DecisionReason(row.reason) if row.reason else None
    return Decision(row.cooperative_id, Status(row.status), row.rank, reason)


def _person(row: ParticipantRow) -> NewPerson:
    phones = parse_phones(row.phone)
    return NewPerson(
        given_ar=row.given_ar,
        family_ar=row.family_ar,
        given_fr=row.given_fr,
        family_fr=row.family_fr,
        gender=cast("Any", row.gender),
        category=row.category,
        phone=phones[0] if phones else None,
        email=row.email,
        lang=row.lang,
        province_code=row.province_code,
        commune_code=row.commune_code,
        age_band=row.age_band,
        consent_photo=row.consent_photo,
        consent_contact=row.consent_contact,
        code=row.id,
        created_at=instant_of(row.created_at),
    )
