"""Deeds on persons: take them in, find two to be one, take a name out."""

from village.people.actions.erasing import erase_person, note_export
from village.people.actions.intake import add_people, add_person, renew_link
from village.people.actions.merging import merge_people, say_distinct, take_back_distinct, undo_merge
from village.people.actions.moving import move_rows, put_back

__all__ = [
    "add_people",
    "add_person",
    "erase_person",
    "merge_people",
    "move_rows",
    "note_export",
    "put_back",
    "renew_link",
    "say_distinct",
    "take_back_distinct",
    "undo_merge",
]
