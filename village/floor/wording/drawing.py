"""The sentences of the hall's drawing and its editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from village.kit.i18n import Words

REFUSALS: dict[str, Words] = {}

DEEDS: dict[str, Words] = {}
