"""Reads of the programme and of registrations."""

from village.workshops.queries.agenda import AgendaEntry, list_agenda_entries
from village.workshops.queries.boards import WaitingList, count_given_back, list_requests, list_waiting
from village.workshops.queries.due import list_due
from village.workshops.queries.facts import find_session
from village.workshops.queries.files import FileRow, count_files, get_file, list_files
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
from village.workshops.queries.rules import (
    InvitationRow,
    PolicyRow,
    RequiredRow,
    ReserveRow,
    SessionRules,
    exhibitor_of,
    find_policy,
    session_rules,
)
from village.workshops.queries.trainer_links import find_trainer_by_link, trainer_token
from village.workshops.queries.waiting import Standing, WaitingRow, find_standing, group_names, waiting_line

__all__ = [
    "AgendaEntry",
    "AgendaItem",
    "FileRow",
    "InvitationRow",
    "PolicyRow",
    "RegistrationRow",
    "RequiredRow",
    "ReserveRow",
    "SessionRules",
    "Standing",
    "TrackRow",
    "TrainerRow",
    "WaitingList",
    "WaitingRow",
    "WorkshopRow",
    "count_by_status",
    "count_files",
    "count_given_back",
    "count_registered_people",
    "exhibitor_of",
    "find_confirmed",
    "find_policy",
    "find_session",
    "find_standing",
    "find_trainer_by_link",
    "get_file",
    "get_workshop",
    "group_names",
    "ids_by_code",
    "list_agenda",
    "list_agenda_entries",
    "list_confirmed",
    "list_due",
    "list_files",
    "list_registrations",
    "list_requests",
    "list_standings",
    "list_tracks",
    "list_trainers",
    "list_waiting",
    "list_workshops",
    "session_rules",
    "trainer_token",
    "waiting_line",
]
