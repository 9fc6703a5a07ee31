"""Deeds on keys: make one, take one back, and remember what a program was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from village.audit.actions import record
from village.kit.db import locked
from village.kit.refusal import Refusal
from village.people.account_models import ApiAnswer, ApiKey
from village.people.rules import digest_of, why_not_key, write_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from village.kit.deeds import Deed

# For so long the same word of a program brings the same answer.
ANSWERS_KEPT = timedelta(days=1)
_BYTES = 32


@dataclass(frozen=True)
class KeyMade:
    """A new key; `key` is nowhere else to be read."""

    id: int
    key: str


@dataclass(frozen=True)
class KeptAnswer:
    """What a program was answered under its word, and the digest of what it had sent."""

    digest: str
    status: int
    body: dict[str, Any]


def make_key(deed: Deed, *, edition_id: int, name: str, scopes: Iterable[str]) -> KeyMade:
    """Make a key for another program.

    Raises:
        Refusal: `api_key_without_name`, `api_key_without_scope`, alone or together.

    """
    wanted = tuple(sorted(set(scopes)))
    if objections := why_not_key(name, wanted):
        raise Refusal.of(objections)
    key = write_key(deed.chance.token_bytes(_BYTES))
    row = ApiKey(
        edition_id=edition_id,
        name=name.strip(),
        digest=digest_of(key),
        scopes=",".join(wanted),
        made_at=deed.now,
    )
    deed.session.add(row)
    deed.session.flush()
    record(deed, "api_key.made", f"api_key:{row.id}", {"scopes": list(wanted)})
    return KeyMade(row.id, key)


def revoke_key(deed: Deed, *, edition_id: int, key_id: int) -> None:
    """Let a key open nothing any more; a second time changes nothing.

    Raises:
        Refusal: `api_key_not_found`.

    """
    row = locked(deed.session, ApiKey, key_id)
    if row is None or row.edition_id != edition_id:
        raise Refusal("api_key_not_found")
    if row.revoked_at is None:
        row.revoked_at = deed.now
        record(deed, "api_key.revoked", f"api_key:{key_id}")


def touch_key(deed: Deed, key_id: int) -> None:
    """Note that a key was used."""
    row = locked(deed.session, ApiKey, key_id)
    if row is not None:
        row.used_at = deed.now


def find_answer(deed: Deed, *, key_id: int, word: str) -> KeptAnswer | None:
    """Return what was answered under a program's word within the last day, or None."""
    row = deed.session.scalars(
        select(ApiAnswer).where(
            ApiAnswer.api_key_id == key_id, ApiAnswer.word == word, ApiAnswer.at > deed.now - ANSWERS_KEPT
        )
    ).first()
    return KeptAnswer(row.digest, row.status, dict(row.body)) if row else None


def keep_answer(deed: Deed, *, key_id: int, word: str, answer: KeptAnswer) -> None:
    """Keep what is answered under a word, in the deed that it tells of; what is older than a day goes.

    Of two requests at once under one word the second fails on the table's own key, and is `done_meanwhile`.
    """
    deed.session.execute(delete(ApiAnswer).where(ApiAnswer.at <= deed.now - ANSWERS_KEPT))
    deed.session.execute(
        insert(ApiAnswer).values(
            api_key_id=key_id,
            word=word,
            digest=answer.digest,
            status=answer.status,
            body=answer.body,
            at=deed.now,
        )
    )
