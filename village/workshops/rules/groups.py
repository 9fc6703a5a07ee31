"""Groups: how many people an organisation may bring to a session together, and who may still join.

The organisers' words: «التعاونية تسجل مندوبيها دفعة واحدة، ولا يتجاوز العدد ما صرحت به.»
« La coopérative inscrit ses délégués en une fois, sans dépasser le nombre annoncé. »
"""

from __future__ import annotations

from village.kit.refusal import Refusal

# A bus: larger companies come as several groups, each with somebody who answers for it.
LARGEST = 60


def why_not_open(name: str, size: int) -> list[Refusal]:
    """List what speaks against a group of this name and size."""
    objections = []
    if not name.strip():
        objections.append(Refusal("group_without_name"))
    if not 1 <= size <= LARGEST:
        objections.append(Refusal("group_size_wrong", {"most": LARGEST}))
    return objections


def why_not_join(*, size: int, members: int, coming: int, closed: bool) -> list[Refusal]:
    """List what speaks against people joining a group.

    Args:
        size: how many the group may have.
        members: how many hold a place or a rank in it now.
        coming: how many ask to join.
        closed: whether the group was closed.

    """
    objections = []
    if closed:
        objections.append(Refusal("group_closed"))
    if members + coming > size:
        objections.append(Refusal("group_full", {"size": size, "left": max(0, size - members)}))
    return objections
