"""Pages of the floor: the public plan, the organisers' board, the studio where plans are made, the editor, the day."""

from village.floor.pages import (
    board,
    day,
    editor,
    layout,
    layout_files,
    lot,
    papers,
    plan,
    requests,
    studio,
    studio_placing,
    studio_publish,
    studio_runs,
    studio_weights,
)
from village.floor.pages.blueprint import bare, bp

__all__ = [
    "bare",
    "board",
    "bp",
    "day",
    "editor",
    "layout",
    "layout_files",
    "lot",
    "papers",
    "plan",
    "requests",
    "studio",
    "studio_placing",
    "studio_publish",
    "studio_runs",
    "studio_weights",
]
