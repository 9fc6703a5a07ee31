"""How somebody is reached: by mail, by short message, or by the voice of a person."""

from __future__ import annotations

from enum import StrEnum


class Way(StrEnum):
    """A way to somebody; the kinds of the outbox. What goes by voice waits until staff say that they have told it."""

    MAIL = "mail"
    SMS = "sms"
    VOICE = "voice"


def choose_ways(email: str | None, phone: str | None, *, sms: bool, urgent: bool = False) -> tuple[Way, ...]:
    """Choose how somebody is told: by mail where there is an address, else by short message, else by voice.

    Args:
        email: the address, if any.
        phone: the telephone, if any.
        sms: whether this fair sends short messages.
        urgent: something to be answered soon goes by both: mail is not read every day.

    """
    by_phone = bool(phone) and sms
    if email:
        return (Way.MAIL, Way.SMS) if urgent and by_phone else (Way.MAIL,)
    return (Way.SMS,) if by_phone else (Way.VOICE,)
