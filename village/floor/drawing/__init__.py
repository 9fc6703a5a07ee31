"""Drawings of halls: how they arrive in files and leave in files, and how the editor changes them."""

from village.floor.drawing.reading import read_drawing, read_floor, write_floor

__all__ = ["read_drawing", "read_floor", "write_floor"]
