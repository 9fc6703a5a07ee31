"""Codes of new sessions, tracks and trainers, given one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import column, select, table

from village.kit.refusal import Refusal
from village.workshops.models import Track, Trainer, Workshop
from village.workshops.rules.sessions import next_code

if TYPE_CHECKING:
    from village.kit.deeds import Deed

# The edition belongs to another feature: only its key is named here, to hold the row while a code is given. FOR NO KEY
# UPDATE: rows that refer to the edition may still be written.
_EDITION = table("edition", column("id"))
_PREFIXES = {Workshop: ("W", 2), Track: ("TR", 1), Trainer: ("T", 2)}


def give_code(deed: Deed, edition_id: int, model: type[Workshop | Track | Trainer]) -> str:
    """Return the next free code of an edition; two people who add at once get two codes.

    Raises:
        Refusal: `edition_not_found`.

    """
    held = select(_EDITION.c.id).where(_EDITION.c.id == edition_id).with_for_update(key_share=True)
    if deed.session.execute(held).first() is None:
        raise Refusal("edition_not_found", {"edition": edition_id})
    codes = deed.session.scalars(select(model.code).where(model.edition_id == edition_id))
    prefix, digits = _PREFIXES[model]
    return next_code(prefix, codes, digits)
