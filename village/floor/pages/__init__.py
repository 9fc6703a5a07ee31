"""Pages of the floor: the public plan, the organisers' board, the studio where plans are made, the editor, the day."""

from village.floor.pages import (
    board,
    editor,
    layout,
    plan,
    studio,
    studio_placing,
    studio_publish,
    studio_runs,
    studio_weights,
)
from village.floor.pages.blueprint import bp

__all__ = [
    "board",
    "bp",
    "editor",
    "layout",
    "plan",
    "studio",
    "studio_placing",
    "studio_publish",
    "studio_runs",
    "studio_weights",
]
