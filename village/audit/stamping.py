"""Time stamps of heads by an authority outside (RFC 3161): that a head existed at an hour, on a third party's word.

Optional: without an address nothing is asked, and without the extra `timestamp` nothing can be. The log's own note is
what is stamped, so `openssl ts -verify -data note.txt -in stamp.tsr -CAfile roots.pem` verifies it anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import structlog

from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from datetime import datetime

_log = structlog.get_logger(__name__)
_TIMEOUT_S = 10.0
_LONGEST_ANSWER = 100_000
_OK = 200


@dataclass(frozen=True)
class Stamp:
    """A verified time stamp: the response of the authority (DER), and the instant it signed (aware)."""

    token: bytes
    at: datetime


class Authority(Protocol):
    """Who stamps."""

    @property
    def address(self) -> str:
        """Where it is asked; empty where nobody is."""
        ...

    def stamp(self, note: bytes) -> Stamp | None:
        """Have a note stamped; None where the authority cannot be reached now."""
        ...


class NoAuthority:
    """For a fair that asks nobody outside."""

    address = ""

    def stamp(self, note: bytes) -> Stamp | None:  # noqa: ARG002 - the protocol's signature
        """Give nothing."""
        return None


@dataclass(frozen=True)
class HttpAuthority:
    """An authority asked by HTTP (RFC 3161, 3.4). `roots` is a PEM file of the certificates that vouch for it."""

    address: str
    roots: str

    def stamp(self, note: bytes) -> Stamp | None:
        """Ask, and verify the answer against the roots.

        Raises:
            Refusal: `timestamp_wrong`: the answer is none, is about something else, or nobody known vouches for it.

        """
        import httpx
        from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

        request = TimestampRequestBuilder().data(note).hash_algorithm(HashAlgorithm.SHA256).build()
        headers = {"Content-Type": "application/timestamp-query"}
        try:
            answer = httpx.post(self.address, content=request.as_bytes(), headers=headers, timeout=_TIMEOUT_S)
        except httpx.HTTPError as fault:
            _log.info("timestamp.authority_silent", authority=self.address, fault=type(fault).__name__)
            return None
        if answer.status_code != _OK or len(answer.content) > _LONGEST_ANSWER:
            _log.info("timestamp.authority_silent", authority=self.address, status=answer.status_code)
            return None
        return Stamp(answer.content, verify_stamp(answer.content, note, self.roots, request.nonce))


def verify_stamp(token: bytes, note: bytes, roots: str, nonce: int | None = None) -> datetime:
    """Verify a time stamp of a note and return the instant that it signs.

    Args:
        token: the authority's response, DER.
        note: the head as it was given out, without cosignatures.
        roots: PEM file of the certificates that vouch for the authority.
        nonce: the number of the request, where one knows it.

    Raises:
        Refusal: `timestamp_wrong`.

    """
    from cryptography.x509 import load_pem_x509_certificates
    from rfc3161_client import PKIStatus, VerificationError, VerifierBuilder, decode_timestamp_response

    try:
        response = decode_timestamp_response(token)
        if response.status not in {PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS}:
            raise Refusal("timestamp_wrong")
        verifier = VerifierBuilder(roots=load_pem_x509_certificates(Path(roots).read_bytes()), nonce=nonce).build()
        verifier.verify_message(response, note)
    except (ValueError, VerificationError) as fault:
        raise Refusal("timestamp_wrong") from fault
    return response.tst_info.gen_time


def authority_for(address: str, roots: str) -> Authority:
    """Choose by the settings: nobody where there is no address."""
    return HttpAuthority(address, roots) if address else NoAuthority()
