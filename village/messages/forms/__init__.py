"""Shapes of input of messages."""

from village.messages.forms.webhooks import ReplayForm, WebhookForm
from village.messages.forms.writing import MessageForm

__all__ = ["MessageForm", "ReplayForm", "WebhookForm"]
