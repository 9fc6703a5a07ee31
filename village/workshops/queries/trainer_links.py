"""The link to a trainer's own page. It is computed and not stored: a stolen database opens nobody's page."""

from __future__ import annotations

import base64
import hmac
from typing import TYPE_CHECKING

from village.workshops.queries.programme import list_trainers

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from village.kit.signing import Keyring
    from village.workshops.queries.programme import TrainerRow

_MAC_BYTES = 10


def trainer_token(keys: Keyring, edition_id: int, trainer: TrainerRow) -> str:
    """Return the token of a trainer's own page; with another `link_version` it is another one."""
    named = f"trainer.{edition_id}.{trainer.id}.{trainer.link_version}"
    mac = keys.mac("link", named.encode())[:_MAC_BYTES]
    return f"{base64.b32encode(mac).decode().lower()}-{trainer.id:x}"


def find_trainer_by_link(session: Session, keys: Keyring, edition_id: int, token: str) -> TrainerRow | None:
    """Return the trainer whose link this is, or None when it is false, withdrawn or of another edition."""
    typed = token.lower().encode()
    for trainer in list_trainers(session, edition_id):
        if hmac.compare_digest(trainer_token(keys, edition_id, trainer).encode(), typed):
            return trainer
    return None
