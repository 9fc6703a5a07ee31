"""Deeds on the addresses that other programs are told at, and what is put down for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from village.audit.actions import record
from village.kit.db import locked
from village.kit.outbox import list_outgoing, put, put_many, replay
from village.kit.refusal import Refusal
from village.messages.models import Webhook
from village.messages.queries.webhooks import KIND, about, list_webhooks
from village.messages.rules.addresses import why_not_url
from village.messages.rules.events import EVENTS, event_of, ping

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from village.kit.db import Json
    from village.kit.deeds import Deed
    from village.workshops.queries.telling import NoticeRow

_LONGEST_NOTE = 160
_MOST_AT_ONCE = 1000


def add_webhook(
    deed: Deed, *, edition_id: int, url: str, events: Collection[str], note: str = "", anywhere: bool = False
) -> int:
    """Add an address, and send it a trial. Returns its id.

    Args:
        deed: the transaction.
        edition_id: of which edition it is told.
        url: the address.
        events: what it wishes to hear (see `rules.events`).
        note: what staff write beside it.
        anywhere: whether the operator allows plain http and private addresses.

    Raises:
        Refusal: `webhook_url_invalid`, `webhook_url_not_secure`, `webhook_url_private`, `webhook_without_events`,
            alone or together.

    """
    if objections := [each for each in (why_not_url(url, anywhere=anywhere), _why_not_events(events)) if each]:
        raise Refusal.of(objections)
    wanted = [event for event in EVENTS if event in events]
    row = Webhook(
        edition_id=edition_id,
        url=url,
        note=note.strip()[:_LONGEST_NOTE],
        events=",".join(wanted),
        made_at=deed.now,
    )
    deed.session.add(row)
    deed.session.flush()
    record(deed, "webhook.added", about(row.id), {"events": list(wanted)})
    _ping(deed, row)
    return row.id


def ping_webhook(deed: Deed, *, edition_id: int, webhook_id: int) -> None:
    """Send an address a trial.

    Raises:
        Refusal: `webhook_not_found`, `webhook_is_stopped`.

    """
    row = _locked(deed, edition_id, webhook_id)
    if row.stopped_at is not None:
        raise Refusal("webhook_is_stopped")
    _ping(deed, row)


def renew_secret(deed: Deed, *, edition_id: int, webhook_id: int) -> None:
    """Give an address a new secret. Calls are signed with the new one and the one before, so that none is lost.

    Raises:
        Refusal: `webhook_not_found`.

    """
    row = _locked(deed, edition_id, webhook_id)
    row.secret_version += 1
    record(deed, "webhook.secret_renewed", about(webhook_id), {"version": row.secret_version})


def stop_webhook(deed: Deed, *, edition_id: int, webhook_id: int) -> None:
    """Tell an address nothing more. What still waits for it fails and may be sent again later.

    Raises:
        Refusal: `webhook_not_found`.

    """
    row = _locked(deed, edition_id, webhook_id)
    if row.stopped_at is None:
        row.stopped_at = deed.now
        record(deed, "webhook.stopped", about(webhook_id))


def start_webhook(deed: Deed, *, edition_id: int, webhook_id: int) -> None:
    """Tell a stopped address again what happens from now on.

    Raises:
        Refusal: `webhook_not_found`.

    """
    row = _locked(deed, edition_id, webhook_id)
    if row.stopped_at is not None:
        row.stopped_at = None
        record(deed, "webhook.started", about(webhook_id))


def note_gone(deed: Deed, webhook_id: int) -> None:
    """Stop an address that answered to be gone for good (410)."""
    row = locked(deed.session, Webhook, webhook_id)
    if row is not None and row.stopped_at is None:
        row.stopped_at = deed.now
        record(deed, "webhook.gone", about(webhook_id))


def replay_one(deed: Deed, *, edition_id: int, webhook_id: int, outgoing_id: int) -> None:
    """Send one thing to an address again, under the same id.

    Raises:
        Refusal: `webhook_not_found`, `outgoing_not_found`, `outgoing_waits`, `outgoing_emptied`.

    """
    _locked(deed, edition_id, webhook_id)
    found = replay(deed, outgoing_id)
    if found.about != about(webhook_id):
        raise Refusal("outgoing_not_found", {"outgoing": outgoing_id})
    record(deed, "webhook.replayed", about(webhook_id), {"calls": 1})


def replay_failed(deed: Deed, *, edition_id: int, webhook_id: int, since: datetime) -> int:
    """Send everything that failed since an instant again, a thousand at most. Returns how many.

    Raises:
        Refusal: `webhook_not_found`.

    """
    _locked(deed, edition_id, webhook_id)
    failed = list_outgoing(deed.session, states=("failed",), about=about(webhook_id), limit=_MOST_AT_ONCE)
    again = [row for row in failed if row.made_at >= since and row.target]
    for row in reversed(again):
        replay(deed, row.id)
    if again:
        record(deed, "webhook.replayed", about(webhook_id), {"calls": len(again)})
    return len(again)


def announce(
    deed: Deed,
    edition_id: int,
    edition_code: str,
    notices: Iterable[NoticeRow],
    *,
    sessions: Mapping[int, str],
    people: Mapping[int, str],
) -> int:
    """Put down for every live address what it wishes to hear of some notices. Returns how many calls.

    Args:
        deed: the transaction in which the notices count as told.
        edition_id: whose notices.
        edition_code: as programs know it.
        notices: what happened.
        sessions: codes of the sessions by id.
        people: codes of the persons by id.

    """
    live = [row for row in list_webhooks(deed.session, edition_id) if row.stopped_at is None]
    if not live:
        return 0
    told = [event for event in (_event(each, edition_code, sessions, people) for each in notices) if event]
    calls = 0
    for row in live:
        # Not kept under the person: a program must also hear of a place that was cancelled when somebody is forgotten.
        wanted: Sequence[dict[str, Any]] = [event for event in told if event["type"] in row.events]
        put_many(deed, KIND, [(str(row.id), event, "") for event in wanted], about(row.id))
        calls += len(wanted)
    return calls


def _event(
    notice: NoticeRow, edition: str, sessions: Mapping[int, str], people: Mapping[int, str]
) -> dict[str, Json] | None:
    return event_of(
        notice.kind,
        at=notice.at,
        edition=edition,
        session=sessions[notice.workshop_id],
        person=people.get(notice.person_id, ""),
        registration=notice.registration_id,
        facts=notice.facts,
    )


def _ping(deed: Deed, row: Webhook) -> None:
    put(deed, KIND, str(row.id), ping(deed.now, row.note), about(row.id))


def _why_not_events(events: Collection[str]) -> Refusal | None:
    return None if set(events) & set(EVENTS) and set(events) <= set(EVENTS) else Refusal("webhook_without_events")


def _locked(deed: Deed, edition_id: int, webhook_id: int) -> Webhook:
    row = locked(deed.session, Webhook, webhook_id)
    if row is None or row.edition_id != edition_id:
        raise Refusal("webhook_not_found")
    return row
