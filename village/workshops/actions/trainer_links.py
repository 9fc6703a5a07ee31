"""A trainer's link is sent to them, and dies when a new one is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from village.audit.actions import record
from village.kit.db import locked
from village.kit.outbox import put
from village.kit.refusal import Refusal
from village.workshops.models import Trainer

if TYPE_CHECKING:
    from village.kit.db import Json
    from village.kit.deeds import Deed

    Kind = Literal["sms", "mail"]


def renew_trainer_link(deed: Deed, trainer_id: int) -> int:
    """Make a trainer's link worthless and a new one valid; returns its version.

    Raises:
        Refusal: `trainer_page_not_found`.

    """
    row = locked(deed.session, Trainer, trainer_id)
    if row is None:
        raise Refusal("trainer_page_not_found")
    row.link_version += 1
    record(deed, "trainer.link_renewed", f"trainer:{row.code}", {"trainer": row.code, "version": row.link_version})
    return row.link_version


def send_trainer_link(deed: Deed, *, trainer_id: int, kind: Kind, text: str, lang: str, subject: str = "") -> str:
    """Put a trainer's link down to be carried to their own telephone or mail; returns the uid of what leaves.

    Args:
        deed: the transaction.
        trainer_id: the trainer.
        kind: `sms` or `mail`.
        text: what they read, the link in it.
        lang: its language.
        subject: of a mail.

    Raises:
        Refusal: `trainer_page_not_found`, `trainer_unreachable` where no telephone or address is kept.

    """
    row = deed.session.get(Trainer, trainer_id)
    if row is None:
        raise Refusal("trainer_page_not_found")
    target = row.phone if kind == "sms" else row.email
    if not target:
        raise Refusal("trainer_unreachable")
    body: dict[str, Json] = {"text": text, "lang": lang}
    if kind == "mail":
        body["subject"] = subject
    record(deed, "trainer.link_sent", f"trainer:{row.code}", {"trainer": row.code, "by": kind})
    return put(deed, kind, target, body, about=f"trainer:{row.id}")
