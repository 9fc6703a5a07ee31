"""Reads of the programme and of registrations."""

from village.workshops.queries.agenda import AgendaEntry, list_agenda_entries
from village.workshops.queries.programme import (
    TrackRow,
    TrainerRow,
    WorkshopRow,
    get_workshop,
    ids_by_code,
    list_tracks,
    list_trainers,
    list_workshops,
)
from village.workshops.queries.registrations import (
    AgendaItem,
    RegistrationRow,
    count_by_status,
    count_registered_people,
    find_confirmed,
    list_agenda,
    list_confirmed,
    list_registrations,
    list_standings,
)

__all__ = [
    "AgendaEntry",
    "AgendaItem",
    "RegistrationRow",
    "TrackRow",
    "TrainerRow",
    "WorkshopRow",
    "count_by_status",
    "count_registered_people",
    "find_confirmed",
    "get_workshop",
    "ids_by_code",
    "list_agenda",
    "list_agenda_entries",
    "list_confirmed",
    "list_registrations",
    "list_standings",
    "list_tracks",
    "list_trainers",
    "list_workshops",
]
