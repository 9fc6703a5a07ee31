"""Two persons who are one: what each feature moves, what is taken over, and why not.

The organisers' words: «لا ندمج شخصين بدون أن يراهما أحد منا، ويجب أن نقدر على الرجوع إذا أخطأنا.»
« On ne réunit jamais deux fiches sans qu’un de nous les ait vues, et il faut pouvoir revenir en arrière. »
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from village.kit.deeds import Deed

# What can be taken over from the person who goes, each with its columns.
PARTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "name_ar": ("given_ar", "family_ar"),
        "name_fr": ("given_fr", "family_fr"),
        "gender": ("gender",),
        "phone": ("phone",),
        "email": ("email",),
        "province": ("province_code", "commune_code"),
        "age_band": ("age_band",),
    }
)


@dataclass(frozen=True)
class Mover:
    """What one feature does when two persons become one.

    `hold(deed, ids)` takes the feature's own locks before the persons are locked; `move(deed, kept, gone)` moves all
    that hangs on the second person to the first and returns what it did; `restore(deed, kept, gone, done)` puts exactly
    that back, or refuses with `merge_changed_since`.
    """

    name: str
    move: Callable[[Deed, int, int], Mapping[str, Any]]
    restore: Callable[[Deed, int, int, Mapping[str, Any]], None]
    hold: Callable[[Deed, tuple[int, int]], None] | None = None


@dataclass(frozen=True)
class Standing:
    """What bears on a merge of a person."""

    id: int
    edition_id: int
    merged: bool
    erased: bool


def why_not_merge(kept: Standing | None, gone: Standing | None) -> Refusal | None:
    """Return why two persons cannot become one, or None."""
    if kept is None or gone is None or kept.edition_id != gone.edition_id:
        return Refusal("person_not_found")
    if kept.id == gone.id:
        return Refusal("merge_of_one")
    if kept.merged or gone.merged:
        return Refusal("person_merged_already")
    if kept.erased or gone.erased:
        return Refusal("person_erased")
    return None
