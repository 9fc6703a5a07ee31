"""Drawings from files, and pictures to trace from: read wholly, then one command that can be taken back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from village.audit.actions import record
from village.floor.actions.layout.commands import LayoutChanged, do_steps
from village.floor.drawing.commands import conflict
from village.floor.drawing.dxf import STANDS_LAYER, WALLS_LAYER, read_dxf
from village.floor.drawing.merging import Mode, steps_to
from village.floor.drawing.reading import empty, read_floor
from village.floor.drawing.svg import read_svg
from village.floor.drawing.things import HALL, KINDS, normal, whole
from village.floor.models import Hall, HallBackground
from village.floor.queries.layout import layout_rows, things_of
from village.kit.db import locked
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from village.floor.drawing.things import Things
    from village.kit.deeds import Deed

MOST_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class LayoutFile:
    """A file to import: its name and bytes; layers and unit concern DXF files alone."""

    name: str
    data: bytes
    layer: str = STANDS_LAYER
    walls: str = WALLS_LAYER
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """An import that was done: the command, how many things of each kind the file holds, and what was odd in it."""

    changed: LayoutChanged
    counts: Mapping[str, int]
    told: tuple[Refusal, ...]


def import_layout(
    deed: Deed, *, hall_id: int, file: LayoutFile, mode: Mode = "replace", base: int | None = None
) -> Imported:
    """Make a hall's drawing that of a file (JSON, DXF, our SVG), or add the file's things to it: one command.

    ``base`` is the version the importer saw: when it has changed since, nothing is replaced.

    Raises:
        Refusal: ``import_kind_unknown``, ``import_too_large``, ``import_unreadable`` and the like, as the readers
            refuse; ``layout_conflict``; those of `change_layout`.
    """
    hall = locked(deed.session, Hall, hall_id)
    if hall is None:
        raise Refusal("hall_not_found", {"hall": hall_id})
    now = things_of(layout_rows(deed.session, hall))
    if base is not None and base != hall.layout_version:
        raise conflict({("hall", HALL): now["hall"][HALL]})
    wanted, kinds, told = _read(file, now)
    changed = do_steps(deed, hall_id=hall_id, code="layout.imported", steps=steps_to(now, wanted, mode, kinds))
    return Imported(changed, {kind: len(wanted[kind]) for kind in kinds if kind != "hall"}, told)


def _read(file: LayoutFile, now: Things) -> tuple[Things, tuple[str, ...], tuple[Refusal, ...]]:
    """The things of a file, the kinds it speaks of, and what was odd in it."""
    if len(file.data) > MOST_BYTES:
        raise Refusal("import_too_large", {"limit": MOST_BYTES // 1024 // 1024})
    ending = PurePosixPath(file.name.lower()).suffix
    if ending == ".json":
        return _named(read_floor(_json(file.data)), now), KINDS, ()
    if ending == ".svg":
        return read_svg(file.data), KINDS, ()
    if ending == ".dxf":
        return _read_dxf(file, now)
    raise Refusal("import_kind_unknown", {"kinds": "JSON, DXF, SVG"})


def _json(data: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Refusal("import_unreadable", {"detail": "JSON"}) from error
    if not isinstance(found, dict):
        raise Refusal("import_unreadable", {"detail": "JSON"})
    return found


def _named(wanted: Things, now: Things) -> Things:
    """A file without the hall's names leaves them as they are."""
    form, here = wanted["hall"][HALL], now["hall"][HALL]
    for field in ("name_ar", "name_fr"):
        form[field] = form[field] or here[field]
    if here["default_zone"] in wanted["zone"]:
        form["default_zone"] = here["default_zone"]
    return wanted


def _read_dxf(file: LayoutFile, now: Things) -> tuple[Things, tuple[str, ...], tuple[Refusal, ...]]:
    hall = now["hall"][HALL]
    found = read_dxf(file.data, zone=hall["default_zone"], layer=file.layer, walls=file.walls, unit=file.unit)
    things = empty()
    things["hall"] = {HALL: {**hall, "width": found.width, "depth": found.depth}}
    for code, form in found.stands.items():
        # A stand that is known keeps what a DXF file does not say: its zone, power, water …
        known = now["stand"].get(code, {})
        things["stand"][code] = normal("stand", code, {**known, **form, "zone": known.get("zone", form["zone"])})
    return things, ("hall", "stand"), tuple(Refusal(code, facts) for code, facts in found.faults)


@dataclass(frozen=True, slots=True)
class Lies:
    """Where a picture lies under the drawing (cm), and how strong it is (per cent)."""

    x: int
    y: int
    w: int
    h: int
    opacity: int = 40


def place_background(deed: Deed, *, hall_id: int, key: str, name: str, lies: Lies) -> None:
    """Put a picture, already in the storage, under the drawing of a hall; it takes the place of the one before.

    Raises:
        Refusal: ``layout_value``, ``hall_not_found``.
    """
    hall = locked(deed.session, Hall, hall_id)
    if hall is None:
        raise Refusal("hall_not_found", {"hall": hall_id})
    for field, low, high in (("x", -100_000, 100_000), ("y", -100_000, 100_000), ("w", 1, 100_000), ("h", 1, 100_000)):
        _check(field, getattr(lies, field), low, high)
    _check("opacity", lies.opacity, 0, 100)
    row = deed.session.scalars(select(HallBackground).where(HallBackground.hall_id == hall_id)).one_or_none()
    if row is None:
        row = HallBackground(hall_id=hall_id)
        deed.session.add(row)
    row.key, row.name = key, name[:200]
    row.x_cm, row.y_cm, row.w_cm, row.h_cm, row.opacity = lies.x, lies.y, lies.w, lies.h, lies.opacity
    record(deed, "layout.background_placed", f"hall:{hall.code}")


def _check(field: str, value: Any, low: int, high: int) -> None:
    try:
        whole(low, high)(value)
    except ValueError as error:
        raise Refusal("layout_value", {"thing": "background", "field": field, "expected": str(error)}) from error


def remove_background(deed: Deed, *, hall_id: int) -> None:
    """Take the picture from under the drawing.

    Raises:
        Refusal: ``background_not_found``, ``hall_not_found``.
    """
    hall = locked(deed.session, Hall, hall_id)
    if hall is None:
        raise Refusal("hall_not_found", {"hall": hall_id})
    row = deed.session.scalars(select(HallBackground).where(HallBackground.hall_id == hall_id)).one_or_none()
    if row is None:
        raise Refusal("background_not_found")
    deed.session.delete(row)
    record(deed, "layout.background_removed", f"hall:{hall.code}")
