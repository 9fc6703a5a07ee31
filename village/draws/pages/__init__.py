"""Pages of the draws: what everybody may follow, and the guided steps of the commission."""

from village.draws.pages import commission, public, setting_up
from village.draws.pages.shared import bare, bp

__all__ = ["bare", "bp", "commission", "public", "setting_up"]
