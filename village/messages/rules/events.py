"""What other programs are told: that something happened to a place, by codes alone.

The body says which session, which person's code and which registration, and no name, telephone or address: whoever may
know more asks the JSON interface with a key. The form is that of Standard Webhooks: type, timestamp, data.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from village.workshops.rules import NoticeKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from village.kit.db import Json

PING = "webhook.ping"
EVENT_OF: Mapping[str, str] = MappingProxyType(
    {
        NoticeKind.CONFIRMED.value: "registration.confirmed",
        NoticeKind.WAITLISTED.value: "registration.waitlisted",
        NoticeKind.OFFERED.value: "registration.offered",
        NoticeKind.PROMOTED.value: "registration.promoted",
        NoticeKind.LAPSED.value: "registration.lapsed",
        NoticeKind.CANCELLED.value: "registration.cancelled",
        NoticeKind.TRANSFERRED.value: "registration.transferred",
        NoticeKind.MOVED.value: "session.moved",
        NoticeKind.SESSION_CANCELLED.value: "session.cancelled",
    }
)
EVENTS = tuple(EVENT_OF.values())
"""What a program may ask to be told; session events come once for each registration that they concern."""


def event_of(
    kind: str,
    *,
    at: datetime,
    edition: str,
    session: str,
    person: str,
    registration: int | None,
    facts: Mapping[str, Json],
) -> dict[str, Json] | None:
    """Write what is told of a notice; None where programs are not told of such things.

    Args:
        kind: what happened (a `NoticeKind`).
        at: when.
        edition: code of the edition.
        session: code of the session.
        person: code of the person.
        registration: number of the request, if it is about one.
        facts: those of the notice; only the channel and the time to answer are handed on.

    """
    if kind not in EVENT_OF:
        return None
    data: dict[str, Json] = {
        "edition": edition,
        "session": session,
        "person": person,
        "registration": registration,
    }
    channel, until = facts.get("channel"), facts.get("until")
    if channel in {"onsite", "online"}:
        data["channel"] = channel
    if kind == NoticeKind.OFFERED.value and isinstance(until, str):
        data["offered_until"] = until
    if kind == NoticeKind.TRANSFERRED.value and facts.get("side") in {"gave", "received"}:
        data["side"] = facts["side"]
    return {"type": EVENT_OF[kind], "timestamp": written_at(at), "data": data}


def ping(at: datetime, note: str) -> dict[str, Json]:
    """Write a trial."""
    return {"type": PING, "timestamp": written_at(at), "data": {"note": note}}


def written_at(at: datetime) -> str:
    """Write an instant as RFC 3339 in UTC."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
