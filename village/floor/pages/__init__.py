"""Pages of the floor: the public plan, the organisers' board, the studio where plans are made, the editor, the day."""

from village.floor.pages import board, layout, plan, studio
from village.floor.pages.blueprint import bp

__all__ = ["board", "bp", "layout", "plan", "studio"]
