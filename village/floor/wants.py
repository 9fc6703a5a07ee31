"""What an exhibitor asks of the floor: how many stands, which ones it likes best, beside whom.  Pure."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import Final

from village.kit.canonical import dumps
from village.kit.refusal import Refusal

# The longest block anybody may ask for, and the longest list of stands wished for: further ranks weigh nothing.
MOST_STANDS: Final = 8
MOST_WISHES: Final = 5
MOST_PRIORITY: Final = 9


@dataclass(frozen=True, slots=True)
class Wants:
    """What one exhibitor asks: ``stands`` are codes, the dearest first; ``beside`` and ``apart`` codes of exhibitors.

    ``size`` stands side by side, at least ``min_size``; ``min_area_cm2`` is the least floor of them all.
    ``priority`` (1 to 9) is the organisers' affair.
    """

    size: int = 1
    min_size: int = 1
    min_area_cm2: int = 0
    wants_corner: bool = False
    needs_corner: bool = False
    needs_food: bool = False
    priority: int = 1
    stands: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()

    @property
    def seal(self) -> str:
        """What a form carries to say which request its reader saw."""
        content = {**asdict(self), **{name: list(getattr(self, name)) for name in ("stands", "beside", "apart")}}
        return hashlib.sha256(dumps(content)).hexdigest()[:24]


def why_not_want(who: str, wants: Wants) -> list[Refusal]:
    """Everything that speaks against such a request by itself."""
    found = []
    sizes = 1 <= wants.min_size <= wants.size <= MOST_STANDS and 1 <= wants.priority <= MOST_PRIORITY
    if not sizes or wants.min_area_cm2 < 0:
        found.append(Refusal("request_sizes_wrong", {"most": MOST_STANDS}))
    if len(wants.stands) > MOST_WISHES:
        found.append(Refusal("wishes_too_many", {"most": MOST_WISHES}))
    seen: set[str] = set()
    for code in wants.stands:
        if code in seen:
            found.append(Refusal("wish_stand_twice", {"stand": code}))
        seen.add(code)
    if who in (*wants.beside, *wants.apart):
        found.append(Refusal("wish_for_oneself", {"exhibitor": who}))
    found += [Refusal("wish_both_ways", {"exhibitor": each}) for each in sorted({*wants.beside} & {*wants.apart})]
    return found
