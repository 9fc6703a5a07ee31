"""Relays of the public beacon: where a round is fetched from. None of them is believed; the signature is checked here.

A relay of drand answers `GET {address}/{hash of the chain}/public/{round}` with JSON that holds `round` and
`signature` (hexadecimal). What it says is only brought in: the draw checks it against the chain's public key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import structlog

if TYPE_CHECKING:
    from collections.abc import Iterator

_log = structlog.get_logger(__name__)
# The name of the chain «quicknet» in addresses: SHA-256 of its parameters, as the League of Entropy publishes it.
CHAIN_HASHES = {"quicknet": "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"}
PUBLIC_RELAY = "https://api.drand.sh"
_SIGNATURE = re.compile("[0-9a-f]{96}")
_OK = 200


class Relays(Protocol):
    """Where rounds of the beacon are fetched."""

    offers: bool

    def fetch(self, chain: str, number: int) -> Iterator[str]:
        """Give what each relay says is the signature of a round, 96 hexadecimal digits, one after the other."""
        ...


class NoRelays:
    """For a fair without internet: a telephone brings the round in."""

    offers = False

    def fetch(self, chain: str, number: int) -> Iterator[str]:  # noqa: ARG002 - the protocol's signature
        """Give nothing."""
        yield from ()


@dataclass(frozen=True)
class HttpRelays:
    """Relays by HTTP, asked one after the other until somebody has enough."""

    addresses: tuple[str, ...]
    timeout_s: float = 4.0
    offers = True

    def fetch(self, chain: str, number: int) -> Iterator[str]:
        """Ask each relay; one that does not answer, or not about this round, is passed over."""
        import httpx

        for address in self.addresses:
            try:
                answer = httpx.get(address_of(chain, number, address), timeout=self.timeout_s, follow_redirects=False)
                said = answer.json() if answer.status_code == _OK else {}
            except (httpx.HTTPError, httpx.InvalidURL, ValueError) as fault:
                _log.info("beacon.relay_silent", relay=address, fault=type(fault).__name__)
                continue
            signature = said.get("signature") if isinstance(said, dict) and said.get("round") == number else None
            if isinstance(signature, str) and _SIGNATURE.fullmatch(signature):
                yield signature


def address_of(chain: str, number: int, relay: str = PUBLIC_RELAY) -> str:
    """Write the address under which a relay publishes a round."""
    return f"{relay.rstrip('/')}/{CHAIN_HASHES[chain]}/public/{number}"


def relays_for(addresses: str) -> Relays:
    """Choose relays by the setting: `none`, or addresses with blanks between them."""
    return NoRelays() if addresses == "none" else HttpRelays(tuple(addresses.split()))
