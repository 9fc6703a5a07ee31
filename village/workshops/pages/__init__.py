"""Pages of the programme, of registration, and a participant's own page."""

from village.workshops.pages import (
    board,
    calendar,
    files,
    groups,
    handing,
    interface,
    manage,
    manage_people,
    minutes,
    own,
    programme,
    registering,
    rooms,
    rules,
    staff,
    transfers,
    versions,
)
from village.workshops.pages.base import bare, bp

__all__ = [
    "bare",
    "board",
    "bp",
    "calendar",
    "files",
    "groups",
    "handing",
    "interface",
    "manage",
    "manage_people",
    "minutes",
    "own",
    "programme",
    "registering",
    "rooms",
    "rules",
    "staff",
    "transfers",
    "versions",
]
