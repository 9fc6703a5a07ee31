"""Deeds on the programme: bring it in, register, give a place back."""

from village.workshops.actions.merging import REGISTRATIONS
from village.workshops.actions.newcomers import Newcomer, Welcomed, register_newcomer
from village.workshops.actions.places import (
    Cancelled,
    Promoted,
    Registered,
    cancel_registration,
    change_places,
    hold_place,
    register,
)
from village.workshops.actions.programme import import_programme, set_join_link

__all__ = [
    "REGISTRATIONS",
    "Cancelled",
    "Newcomer",
    "Promoted",
    "Registered",
    "Welcomed",
    "cancel_registration",
    "change_places",
    "hold_place",
    "import_programme",
    "register",
    "register_newcomer",
    "set_join_link",
]
