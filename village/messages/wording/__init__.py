"""The sentences of messages' refusals and deeds, one module for each wing."""

from village.messages.wording import sending, webhooks

_WINGS = (sending, webhooks)
REFUSALS = {code: words for wing in _WINGS for code, words in wing.REFUSALS.items()}
DEEDS = {code: words for wing in _WINGS for code, words in wing.DEEDS.items()}

__all__ = ["DEEDS", "REFUSALS"]
