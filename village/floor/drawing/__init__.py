"""Drawings of halls: how they arrive in files, and how the editor changes them."""

from village.floor.drawing.reading import (
    Drawing,
    DrawnDoor,
    DrawnObstacle,
    DrawnStand,
    DrawnZone,
    read_drawing,
)

__all__ = ["Drawing", "DrawnDoor", "DrawnObstacle", "DrawnStand", "DrawnZone", "read_drawing"]
