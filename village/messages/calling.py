"""The carrier of calls to other programs: signed, to the address itself and no other, again until it says yes.

Redirects are not followed. The name is looked up once and the call goes to what was found, so that no answer of a name
server can lead it elsewhere between the check and the call.
"""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import httpx
from sqlalchemy.orm import Session

from village.kit.deeds import SYSTEM, begin
from village.kit.gateway import retry_after
from village.kit.outbox import Item, Undelivered, carrier
from village.messages.actions.webhooks import note_gone
from village.messages.queries.webhooks import KIND as _KIND
from village.messages.queries.webhooks import WebhookRow, find_webhook
from village.messages.rules.addresses import is_public, why_not_url
from village.messages.rules.signing import secret_bytes, sign

if TYPE_CHECKING:
    from village.kit.web import Parts

KIND = _KIND
_TIMEOUT = httpx.Timeout(10.0, connect=5.0)
_AGENT = "Village-Webhooks/1"
_GONE, _REDIRECTS, _OK = 410, range(300, 400), range(200, 300)
_MOST_ADDRESSES = 3


@carrier(KIND)
def call(parts: Parts, item: Item) -> None:
    """Call another program.

    Raises:
        Undelivered: it did not say yes; for good where it is stopped or says to be gone.

    """
    with Session(parts.engine) as session:
        row = find_webhook(session, int(item.target))
    if row is None or row.stopped_at is not None:
        raise Undelivered("stopped", for_good=True)
    status, headers = _send(parts, row, item)
    if status in _OK:
        return
    if status == _GONE:
        with begin(parts.engine, actor=SYSTEM, now=parts.clock.now(), chance=parts.chance) as deed:
            note_gone(deed, row.id)
        raise Undelivered("gone", for_good=True)
    if status in _REDIRECTS:
        raise Undelivered("redirected")
    raise Undelivered(f"http {status}", after=retry_after(headers.get("retry-after", ""), parts.clock.now()))


def _send(parts: Parts, row: WebhookRow, item: Item) -> tuple[int, httpx.Headers]:
    body = json.dumps(item.body, ensure_ascii=False, separators=(",", ":")).encode()
    timestamp = int(parts.clock.now().timestamp())
    host, name, places = _places(row.url, anywhere=parts.settings.webhooks == "any")
    versions = (row.secret_version, row.secret_version - 1) if row.secret_version > 1 else (row.secret_version,)
    secrets = [secret_bytes(parts.keys, row.id, version) for version in versions]
    headers = {
        "Host": host,
        "Content-Type": "application/json",
        "User-Agent": _AGENT,
        "webhook-id": item.uid,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": sign(secrets, item.uid, timestamp, body),
    }
    # No proxy of the environment: it would be the one to look the name up.
    with httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False) as client:
        for number, url in enumerate(places, 1):
            try:
                with client.stream(
                    "POST", url, content=body, headers=headers, extensions={"sni_hostname": name}
                ) as answer:
                    # What it says beyond its status is of no use, and might be endless.
                    return answer.status_code, answer.headers
            except (httpx.ConnectError, httpx.ConnectTimeout) as fault:
                # Nobody there: perhaps at the next of its addresses (the first may be IPv6 where there is none).
                if number == len(places):
                    raise Undelivered("not reached") from fault
            except httpx.TimeoutException as fault:
                raise Undelivered("no answer in time") from fault
            except httpx.HTTPError as fault:
                raise Undelivered("not reached") from fault
    raise Undelivered("name unknown")


def _places(url: str, *, anywhere: bool) -> tuple[str, str, list[str]]:
    """Look the name of an address up. Returns the Host header, the name for TLS, and the address by each IP found.

    Raises:
        Undelivered: the name is unknown, or leads into a private network.

    """
    if why_not_url(url, anywhere=anywhere) is not None:
        raise Undelivered("not allowed", for_good=True)
    split = urlsplit(url)
    name = split.hostname or ""
    port = split.port or (443 if split.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except OSError as fault:
        raise Undelivered("name unknown") from fault
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))[:_MOST_ADDRESSES]
    if not anywhere and not all(is_public(each) for each in addresses):
        raise Undelivered("private address")
    wheres = [f"[{each}]:{port}" if ":" in each else f"{each}:{port}" for each in addresses]
    places = [urlunsplit((split.scheme, where, split.path or "/", split.query, "")) for where in wheres]
    return split.netloc, name, places
