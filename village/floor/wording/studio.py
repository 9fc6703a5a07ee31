"""The sentences of the studio, where plans are made, compared and published."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from village.kit.i18n import Words

REFUSALS: dict[str, Words] = {}

DEEDS: dict[str, Words] = {}
