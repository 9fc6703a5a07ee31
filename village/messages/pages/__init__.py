"""Pages of messages: the outbox, and writing to many people."""

from village.messages.pages import outbox, webhooks, writing
from village.messages.pages.base import bp

__all__ = ["bp", "outbox", "webhooks", "writing"]
