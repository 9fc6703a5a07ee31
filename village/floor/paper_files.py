"""Papers as files: which plan they show, where they are kept, what a print run is asked to hold."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from village.editions.queries import get_edition
from village.floor import papers, queries, signs
from village.kit.clock import local
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from village.floor.papers import Heading
    from village.floor.queries import PlanView
    from village.floor.signs import Sign
    from village.kit.storage import FileStorage

# The kind of the job in paper_jobs.py, which pages do not import.
PAPER = "floor.paper"
# A plan of so many stands on A3 is made while one waits; larger ones by a job.
AT_ONCE_STANDS = 150
KINDS = ("plan", "zones", "signs")


@dataclass(frozen=True)
class Order:
    """A paper that is asked for.

    ``kind`` is plan, zones or signs; ``paper`` a format of that kind; ``zones`` codes (empty: all); ``stands`` ids of
    the stands whose signs are wanted; ``here`` where a plan will hang.
    """

    kind: str
    hall: str
    paper: str = "a3"
    zones: tuple[str, ...] = ()
    stands: tuple[int, ...] = ()
    here: str = ""

    def values(self) -> dict[str, Any]:
        """The order as a job keeps it."""
        return {
            "kind": self.kind,
            "hall": self.hall,
            "paper": self.paper,
            "zones": list(self.zones),
            "stands": list(self.stands),
            "here": self.here,
        }

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Order:
        """The order that a job keeps."""
        return cls(
            values["kind"],
            values["hall"],
            values["paper"],
            tuple(values["zones"]),
            tuple(values["stands"]),
            values["here"],
        )


def paper_key(edition_id: int, job_id: int) -> str:
    """Storage key of what a job prints; the same with `.json` holds what its signs say."""
    return f"floor/{edition_id}/paper-{job_id}.pdf"


def shown_plan(
    session: Session, edition_id: int, hall: str, address: str, now: datetime
) -> tuple[PlanView, Heading]:
    """The plan that papers show: the published one, before that the working one, marked as a draft.

    Raises:
        Refusal: ``hall_not_found``.
    """
    edition = get_edition(session, edition_id)
    found = queries.load_published_plan(session, edition_id, hall)
    if found is None:
        raise Refusal("hall_not_found")
    plan, publication = found
    if publication is None:
        plan = queries.load_plan(session, edition_id, hall) or plan
    day = local(publication.at if publication else now, edition.zone).date()
    number = publication.number if publication else None
    return plan, papers.Heading(edition.name_ar, edition.name_fr, number, day, address)


def make(order: Order, plan: PlanView, heading: Heading) -> bytes:
    """A plan or zone sheets as PDF.

    Raises:
        Refusal: ``zone_not_found`` when no zone asked for has a stand.
    """
    if order.kind == "plan":
        return papers.plan_sheet(plan, heading, order.paper, order.here)
    try:
        return papers.zone_sheets(plan, heading, order.zones or None)
    except ValueError as error:
        raise Refusal("zone_not_found", {"zone": " ".join(order.zones)}) from error


def make_signs(
    order: Order,
    plan: PlanView,
    heading: Heading,
    storage: FileStorage,
    key: str,
    progress: Callable[[int, int], None],
) -> None:
    """Write the signs of the stands asked for, and beside them what each says.

    Raises:
        Refusal: ``no_signs_to_print``.
    """
    wanted = set(order.stands)
    chosen = [each for each in signs.signs_of(plan) if wanted.intersection(each.stand_ids)]
    if not chosen:
        raise Refusal("no_signs_to_print")
    said = {str(stand): each.digest for each in chosen for stand in each.stand_ids}
    storage.put(f"{key.removesuffix('.pdf')}.json", json.dumps({"hall": plan.hall.id, "said": said}).encode())
    signs.write_signs(chosen, heading, order.paper, storage.path(key), progress)


def said_by(storage: FileStorage, key: str) -> tuple[int, dict[int, str]]:
    """The hall (id) of a run of signs and what each stand's sign says.

    Raises:
        Refusal: ``paper_not_found``.
    """
    try:
        kept = json.loads(storage.get(f"{key.removesuffix('.pdf')}.json"))
    except FileNotFoundError as error:
        raise Refusal("paper_not_found") from error
    return int(kept["hall"]), {int(stand): digest for stand, digest in kept["said"].items()}


def changed_signs(made: Sequence[Sign], printed: Mapping[int, tuple[str, datetime]]) -> list[Sign]:
    """Signs that say something else than what hangs over one of their stands, or hang nowhere yet."""
    return [
        each for each in made if any(printed.get(stand, ("", None))[0] != each.digest for stand in each.stand_ids)
    ]
