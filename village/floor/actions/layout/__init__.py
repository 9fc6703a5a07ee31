"""Deeds on the hall itself: draw it, change the drawing by commands and take them back, note wishes."""

from village.floor.actions.layout.commands import LayoutChanged, change_layout, layout_deed_code, undo_layout
from village.floor.actions.layout.files import (
    Imported,
    LayoutFile,
    Lies,
    import_layout,
    place_background,
    remove_background,
)
from village.floor.actions.layout.hall import NewWish, add_wishes, close_stand, import_floor

__all__ = [
    "Imported",
    "LayoutChanged",
    "LayoutFile",
    "Lies",
    "NewWish",
    "add_wishes",
    "change_layout",
    "close_stand",
    "import_floor",
    "import_layout",
    "layout_deed_code",
    "place_background",
    "remove_background",
    "undo_layout",
]
