"""Papers too large to wait for, printed in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from village.floor.paper_files import PAPER, Order, make, make_signs, paper_key, shown_plan
from village.kit.jobs import job

if TYPE_CHECKING:
    from village.kit.jobs import Work


@job(PAPER)
def print_paper(work: Work, *, edition_id: int, order: dict[str, Any]) -> None:
    """Print an order.  The file appears whole at the end, so that a resumed job begins again."""
    asked, parts = Order.of(order), work.parts
    key = paper_key(edition_id, work.job_id)
    if parts.storage.exists(key):
        return
    work.progress(0, max(len(asked.stands), 1))
    with work.session() as session:
        plan, heading = shown_plan(session, edition_id, asked.hall, parts.settings.address, parts.clock.now())
    if asked.kind == "signs":
        make_signs(asked, plan, heading, parts.storage, key, work.progress)
        return
    parts.storage.put(key, make(asked, plan, heading))
    work.progress(1, 1)
