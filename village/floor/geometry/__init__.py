"""Geometry of the hall: rows, neighbours, open sides, and what is wrong with a drawing.  Pure; whole centimetres."""
