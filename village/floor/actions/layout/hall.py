"""Deeds on the hall itself: import a drawing, note wishes, close a stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from village.audit.actions import record
from village.exhibitors import queries as exhibitors
from village.floor.actions.layout.commands import do_steps
from village.floor.actions.layout.writing import write_drawing
from village.floor.allocation import RULE_SETS, ZONES_AND_WISHES
from village.floor.drawing import read_drawing
from village.floor.drawing.commands import Applied, Change, check_references
from village.floor.drawing.things import HALL
from village.floor.models import Hall, Stand, StandWish
from village.floor.queries.layout import layout_rows, things_of
from village.kit.db import locked
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from village.floor.actions.layout.commands import LayoutChanged
    from village.floor.rules import WishKind
    from village.kit.deeds import Deed


def import_floor(
    deed: Deed,
    *,
    edition_id: int,
    code: str,
    drawing: Mapping[str, Any],
    default_zone: str,
    name_ar: str | None = None,
    name_fr: str | None = None,
    rule_set: str = ZONES_AND_WISHES.name,
) -> int:
    """Lay out a hall from its drawing (JSON form, metres) and return its id.

    ``default_zone`` is the zone of sectors that no zone lists.

    Raises:
        Refusal: ``floor_unreadable``, ``floor_faulty`` with every fault, ``hall_code_taken``,
            ``zone_not_found``, ``rule_set_not_found``.
    """
    if rule_set not in RULE_SETS:
        raise Refusal("rule_set_not_found", {"rule_set": rule_set})
    things = read_drawing(drawing, default_zone)
    if default_zone not in things["zone"]:
        raise Refusal("zone_not_found", {"zone": default_zone})
    taken = select(Hall.id).where(Hall.edition_id == edition_id, Hall.code == code)
    if deed.session.scalar(taken) is not None:
        raise Refusal("hall_code_taken", {"hall": code})
    check_references(things)
    form = things["hall"][HALL]
    form |= {"name_ar": name_ar or form["name_ar"], "name_fr": name_fr or form["name_fr"]}
    hall = Hall(edition_id=edition_id, code=code, rule_set=rule_set, last_removed_id=0)
    hall.width_cm, hall.depth_cm, hall.default_zone = form["width"], form["depth"], default_zone
    deed.session.add(hall)
    deed.session.flush()
    rows = layout_rows(deed.session, hall)
    write_drawing(deed, rows, things_of(rows), Applied(things, (), {}), {})
    record(deed, "floor.imported", f"hall:{code}", {"stands": len(things["stand"])})
    return hall.id


class NewWish(NamedTuple):
    """A wish by the codes of the two exhibitors."""

    kind: WishKind
    a: str
    b: str


def add_wishes(deed: Deed, *, edition_id: int, wishes: Iterable[NewWish]) -> int:
    """Note who wishes to be beside whom or apart from whom; a wish already noted is left.  Returns how many are new.

    Raises:
        Refusal: ``exhibitor_not_found``, ``wish_for_oneself``.
    """
    ids = exhibitors.ids_by_code(deed.session, edition_id)
    query = select(StandWish.a_id, StandWish.b_id, StandWish.kind).where(StandWish.edition_id == edition_id)
    known = {tuple(row) for row in deed.session.execute(query)}
    added = 0
    for wish in wishes:
        if wish.a == wish.b:
            raise Refusal("wish_for_oneself", {"exhibitor": wish.a})
        for each in (wish.a, wish.b):
            if each not in ids:
                raise Refusal("exhibitor_not_found", {"exhibitor": each})
        a, b = sorted((ids[wish.a], ids[wish.b]))
        if (a, b, wish.kind.value) in known:
            continue
        known.add((a, b, wish.kind.value))
        deed.session.add(StandWish(edition_id=edition_id, a_id=a, b_id=b, kind=wish.kind))
        record(deed, "wish.noted", f"exhibitor:{wish.a}", {"kind": wish.kind.value, "other": wish.b})
        added += 1
    deed.session.flush()
    return added


def close_stand(deed: Deed, *, stand_id: int, closed: bool) -> LayoutChanged:
    """Close a stand (nobody may stand there) or open it again: a command like those of the editor.

    Raises:
        Refusal: ``stand_not_found``; ``stand_occupied`` when somebody has it; ``layout_unchanged``.
    """
    stand = deed.session.get(Stand, stand_id)
    hall = locked(deed.session, Hall, stand.hall_id) if stand else None
    if stand is None or hall is None:
        raise Refusal("stand_not_found", {"stand": stand_id})
    before = things_of(layout_rows(deed.session, hall))["stand"][stand.code]
    step = Change("stand", stand.code, before, {**before, "closed": closed})
    done = do_steps(deed, hall_id=hall.id, code="stand.changed", steps=[step])
    record(deed, "stand.closed" if closed else "stand.opened", f"stand:{stand.code}")
    return done
