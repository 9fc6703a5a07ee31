"""Signatures of calls, in the form of Standard Webhooks (v1: HMAC-SHA256), which libraries in many languages check."""

from __future__ import annotations

import base64
import hmac
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from village.kit.signing import Keyring

_PURPOSE = "webhook"
_BEGINNING = "whsec_"


def secret_bytes(keys: Keyring, webhook_id: int, version: int) -> bytes:
    """Return the secret of an address: computed, not stored, so that a stolen database signs nothing."""
    return keys.mac(_PURPOSE, f"{webhook_id}.{version}".encode())


def secret_text(keys: Keyring, webhook_id: int, version: int) -> str:
    """Return the secret as receivers keep it: `whsec_` and base64."""
    return _BEGINNING + base64.b64encode(secret_bytes(keys, webhook_id, version)).decode()


def sign(secrets: Sequence[bytes], uid: str, timestamp: int, body: bytes) -> str:
    """Return the header `webhook-signature`: one signature for each secret, with spaces between.

    Source: https://github.com/standard-webhooks/standard-webhooks, spec, «Webhook signatures».
    """
    content = b".".join((uid.encode(), str(timestamp).encode(), body))
    signed = (base64.b64encode(hmac.digest(secret, content, "sha256")).decode() for secret in secrets)
    return " ".join(f"v1,{each}" for each in signed)
