"""What the pages of messages share."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import Blueprint

from village.kit.refusal import Refusal
from village.kit.web import edition

if TYPE_CHECKING:
    from village.editions.queries import EditionView

bp = Blueprint("messages", __name__)


def the_edition() -> EditionView:
    """Return the edition that visitors see.

    Raises:
        Refusal: `edition_not_found` before the first one is made.

    """
    found = edition()
    if found is None:
        raise Refusal("edition_not_found", {"edition": ""})
    return cast("EditionView", found)
