"""The secret on paper: sealed in an envelope on the table, so that nobody can withhold it when it is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village.draws.actions.holding import hold_draw, record_step
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from village.kit.deeds import Deed


def print_secret(deed: Deed, *, draw_id: int) -> str:
    """Give the secret for its envelope, 64 hexadecimal digits; the log tells everybody that it was printed, and when.

    Whoever has seen it gains nothing: the numbers of the witnesses are sealed, and the round of the beacon is to come.

    Raises:
        Refusal: `draw_not_found`, `draw_not_committed`, `draw_without_secret`; `draw_closed` once contributions are
            closed: a copy that comes later seals nothing.

    """
    row = hold_draw(deed, draw_id)
    if row.state == "open":
        raise Refusal("draw_not_committed")
    if row.secret is None:
        raise Refusal("draw_without_secret")
    if row.state != "sealed":
        raise Refusal("draw_closed")
    record_step(deed, row, "secret_printed")
    return row.secret.hex()
