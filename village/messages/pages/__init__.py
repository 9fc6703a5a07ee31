"""Pages of messages: the outbox, and writing to many people."""

from village.messages.pages import outbox, writing
from village.messages.pages.base import bp

__all__ = ["bp", "outbox", "writing"]
