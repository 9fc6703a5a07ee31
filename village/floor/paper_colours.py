"""The colours of the sectors for print; on the screen they are in static/css/sectors.css (a test holds them equal)."""

from __future__ import annotations

from typing import NamedTuple


class Colour(NamedTuple):
    """Light ground and dark edge of one hue: text on the ground and the edge on paper can be read."""

    fill: str
    stroke: str


SECTORS = {
    "agriculture": Colour("#dcebb3", "#4c5a05"),
    "handicraft": Colour("#fed7df", "#941847"),
    "map": Colour("#bff1cf", "#076337"),
    "food": Colour("#ffdcbe", "#784406"),
    "argan": Colour("#ffdf9d", "#694e00"),
    "fishing": Colour("#c6e9fe", "#09597d"),
    "forest": Colour("#d1eccd", "#355e31"),
    "tourism": Colour("#b5f0ef", "#045f5f"),
    "services": Colour("#dae4f0", "#445469"),
    "waste": Colour("#eae991", "#585602"),
    "literacy": Colour("#dbe2fe", "#3e45a3"),
    "education": Colour("#e7ddfd", "#6331a0"),
    "transport": Colour("#c2ebf6", "#095d6c"),
    "housing": Colour("#fddad1", "#8c3019"),
    "labour": Colour("#f6dfc3", "#6a4c23"),
    "retailers": Colour("#fed5eb", "#8d1767"),
    "consulting": Colour("#f3d8fb", "#713383"),
    "communication": Colour("#ffd8d7", "#9b0c28"),
    "quarries": Colour("#ece1d5", "#5f4f3e"),
    "renewables": Colour("#fbe378", "#615202"),
}
NOBODY = Colour("#ffffff", "#857060")
TINTS = ("#eaf4fa", "#f1f6e2", "#fdefe9", "#f3eefb", "#fef5de", "#e7f5f1")
