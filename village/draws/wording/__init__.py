"""The sentences of the draw's refusals and deeds, and the names of its reasons, roles and seats."""

from village.draws.wording.after import AFTER
from village.draws.wording.deeds import DEEDS
from village.draws.wording.holding import HOLDING
from village.draws.wording.names import CANCELS, REASONS, ROLES, SEATS, VOIDS, WITHDRAWALS

REFUSALS = {**HOLDING, **AFTER}

__all__ = ["CANCELS", "DEEDS", "REASONS", "REFUSALS", "ROLES", "SEATS", "VOIDS", "WITHDRAWALS"]
