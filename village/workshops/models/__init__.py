"""Tables of the programme, of registration, and of what people are told."""

from village.workshops.models.programme import (
    Prerequisite,
    ProgrammeChange,
    ProgrammeDraft,
    ProgrammeVersion,
    SessionFile,
    SessionMinutes,
    Track,
    Trainer,
    Workshop,
    WorkshopTrainer,
)
from village.workshops.models.registration import (
    PlaceReserve,
    Registration,
    RegistrationGroup,
    RegistrationPolicy,
    WorkshopInvitation,
)
from village.workshops.models.telling import Notice

__all__ = [
    "Notice",
    "PlaceReserve",
    "Prerequisite",
    "ProgrammeChange",
    "ProgrammeDraft",
    "ProgrammeVersion",
    "Registration",
    "RegistrationGroup",
    "RegistrationPolicy",
    "SessionFile",
    "SessionMinutes",
    "Track",
    "Trainer",
    "Workshop",
    "WorkshopInvitation",
    "WorkshopTrainer",
]
