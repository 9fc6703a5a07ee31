"""Pages of the draws: what everybody may follow, and the guided steps of the commission."""

from village.draws.pages import commission, handing_out, public, register, setting_up, stage
from village.draws.pages.shared import bare, bp

__all__ = ["bare", "bp", "commission", "handing_out", "public", "register", "setting_up", "stage"]
