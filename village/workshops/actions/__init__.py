"""Deeds on the programme: bring it in, register, give a place back."""

from village.workshops.actions.files import add_file, remove_file
from village.workshops.actions.giving_back import Cancelled, cancel_registration
from village.workshops.actions.merging import REGISTRATIONS
from village.workshops.actions.moving import Promoted
from village.workshops.actions.newcomers import Newcomer, Welcomed, new_person, register_newcomer
from village.workshops.actions.offers import accept_offer, lapse_offers
from village.workshops.actions.places import (
    Registered,
    change_places,
    hold_place,
    register,
    register_together,
)
from village.workshops.actions.programme import import_programme, set_join_link
from village.workshops.actions.seating import register_by_staff
from village.workshops.actions.settings import (
    NewReserve,
    NewRules,
    invite,
    set_policy,
    set_rules,
    uninvite,
)
from village.workshops.actions.trainer_links import renew_trainer_link, send_trainer_link
from village.workshops.actions.transfers import Transferred, transfer_place, why_not_transfer

__all__ = [
    "REGISTRATIONS",
    "Cancelled",
    "NewReserve",
    "NewRules",
    "Newcomer",
    "Promoted",
    "Registered",
    "Transferred",
    "Welcomed",
    "accept_offer",
    "add_file",
    "cancel_registration",
    "change_places",
    "hold_place",
    "import_programme",
    "invite",
    "lapse_offers",
    "new_person",
    "register",
    "register_by_staff",
    "register_newcomer",
    "register_together",
    "remove_file",
    "renew_trainer_link",
    "send_trainer_link",
    "set_join_link",
    "set_policy",
    "set_rules",
    "transfer_place",
    "uninvite",
    "why_not_transfer",
]
