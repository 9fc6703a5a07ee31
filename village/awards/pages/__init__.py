"""Pages of the awards: the juror's marks, the chair's opening, the organiser's results, the public palmarès."""

from village.awards.pages import (
    chair,
    jury,
    lots,
    nominees,
    offline,
    organiser,
    paper,
    photos,
    preparing,
    prizes,
    public,
    seats,
    vote,
)
from village.awards.pages.common import bp

__all__ = [
    "bp",
    "chair",
    "jury",
    "lots",
    "nominees",
    "offline",
    "organiser",
    "paper",
    "photos",
    "preparing",
    "prizes",
    "public",
    "seats",
    "vote",
]
