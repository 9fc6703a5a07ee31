"""Deeds of the printing room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from village.audit.actions import record
from village.floor.models import Hall, SignPrint, Stand
from village.kit.db import locked
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from village.kit.deeds import Deed


def note_signs_printed(deed: Deed, *, hall_id: int, digests: Mapping[int, str]) -> int:
    """Note that signs came out of the printer: what each stand's sign (stand id) says, by its digest.

    Told after the paper is in the hand, not when the file is made: a sign believed printed that never was would
    leave the old name over a stand, while one printed twice costs a sheet.

    Returns:
        the number of stands whose sign is new.

    Raises:
        Refusal: ``hall_not_found``, or ``signs_not_found`` when none of these stands is in the hall any more.
    """
    hall = locked(deed.session, Hall, hall_id)
    if hall is None:
        raise Refusal("hall_not_found")
    own = set(deed.session.scalars(select(Stand.id).where(Stand.hall_id == hall_id, Stand.id.in_(list(digests)))))
    if not own:
        raise Refusal("signs_not_found")
    known = {row.stand_id: row for row in deed.session.scalars(select(SignPrint).where(SignPrint.stand_id.in_(own)))}
    for stand in sorted(own):
        row = known.get(stand)
        if row is None:
            row = SignPrint(stand_id=stand)
            deed.session.add(row)
        row.digest, row.printed_at, row.actor = digests[stand], deed.now, str(deed.actor)
    deed.session.flush()
    record(deed, "signs.printed", f"hall:{hall.code}", {"hall": hall.code, "stands": len(own)})
    return len(own)
