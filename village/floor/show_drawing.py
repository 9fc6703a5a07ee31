"""The plan as a drawing: where words are written on stands, blocks and zones, and what a screen reader says of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from village.exhibitors import queries as exhibitors
from village.floor import wording
from village.floor.areas import ZoneStand, zone_areas
from village.floor.rules import Box
from village.kit.i18n import Lang, pick

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from village.floor.areas import Area
    from village.floor.queries import HallView, Outline, PlanView, StandView

# Baselines of the two lines of a stand's label, as shares of its height: below them is room for the marks.
CODE_AT, NAME_AT = 0.4, 0.68
# Sizes of a name on a stand (classes of the style sheet), and how wide a letter is then, in centimetres.
NAME_SIZES = (("", 26), ("long", 20), ("longer", 16))
# A stand narrower than this has smaller letters.
NARROW_CM = 260
# Round the hall so much is drawn for its walls, in centimetres.
MARGIN_CM = 40
# Letters of a zone's name, for a hall so wide; never smaller than the least.
NAME_SHARE, LEAST_NAME_CM = 60, 62
TINTS = 6

View = tuple[int, int, int, int]


@dataclass(frozen=True)
class DrawnStand:
    """A stand with its words: what is written on it and what a screen reader says."""

    view: StandView
    code_at: tuple[int, int]
    name_at: tuple[int, int]
    short: str
    name: str
    sector: str
    label: str
    state: str
    # Class of the letters' size.
    size: str = ""
    # Path data of a stand that is no rectangle.
    shape: str = ""
    # Whether it is one of several stands of its exhibitor.
    part: bool = False


@dataclass(frozen=True)
class DrawnBlock:
    """Several stands of one exhibitor in one row: their common frame, with one name over them."""

    exhibitor_id: int
    sector: str
    short: str
    frame: View
    name_at: tuple[int, int]
    size: str


@dataclass(frozen=True)
class DrawnZone:
    """A zone's area with its name."""

    code: str
    name: str
    area: Area
    tint: int


def in_lang(lang: Lang, names: Sequence[str]) -> str:
    """One of three names (ar, fr, en), the reader's."""
    return names[("ar", "fr", "en").index(lang)]


def zone_names(hall: HallView, lang: Lang) -> dict[str, str]:
    """Names of a hall's zones by code."""
    return {each.code: pick(lang, each.name_ar, each.name_fr)[0] or each.code for each in hall.zones}


def stand_state(stand: StandView, lang: Lang) -> str:
    """What stands in place of an exhibitor's name: free, closed, or for whom it is reserved."""
    if stand.closed:
        return str(_("closed"))
    if stand.reserved_for:
        return wording.RESERVES[stand.reserved_for].say(lang)
    return str(_("free"))


def drawn(plan: PlanView, lang: Lang) -> list[DrawnStand]:
    """The stands of a plan with their labels; a label begins with the visible text."""
    sectors = {code: in_lang(lang, exhibitors.sector_names(code)) for code in exhibitors.sectors()}
    return [_drawn(plan, stand, lang, sectors) for stand in plan.stands]


def _drawn(plan: PlanView, stand: StandView, lang: Lang, sectors: dict[str, str]) -> DrawnStand:
    box, holder = stand.box, stand.holder
    middle = box.x + box.w // 2
    state = stand_state(stand, lang)
    short = holder.short_in(lang) if holder else "" if stand.free else state
    name = holder.name_in(lang) if holder else ""
    label = f"{stand.code} {short} – {name} – {sectors[holder.sector]}" if holder else f"{stand.code} {state}"
    narrow = " narrow" if box.w < NARROW_CM else ""
    return DrawnStand(
        stand,
        (middle, box.y + round(box.h * CODE_AT)),
        (middle, box.y + round(box.h * NAME_AT)),
        short,
        name,
        holder.sector if holder else "",
        label,
        state,
        size=_size(short, box.w) + narrow,
        shape=_shape(stand.outline),
        part=bool(holder and len(plan.blocks[holder.id]) > 1),
    )


def _size(words: str, room: int) -> str:
    """The largest size in which words fit; the smallest where none does."""
    return next((name for name, letter in NAME_SIZES if len(words) * letter <= room - 16), NAME_SIZES[-1][0])


def _shape(outline: Outline) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in outline) + "Z" if outline else ""


def blocks(plan: PlanView, lang: Lang) -> list[DrawnBlock]:
    """The blocks of several stands that lie in one row, each with one name."""
    found = []
    for who, stands in plan.blocks.items():
        holder = stands[0].holder
        if len(stands) == 1 or holder is None or len({each.row for each in stands}) > 1:
            continue
        x, y, w, h = frame_of(stands)
        short = holder.name_in(lang) if w > h else holder.short_in(lang)
        size = _size(short, w)
        if size == NAME_SIZES[-1][0]:
            short, size = holder.short_in(lang), _size(holder.short_in(lang), w)
        # Across an upright row the code of the middle stand would lie under the name.
        share = NAME_AT if w > h else 0.5 + NAME_AT / len(stands) - 0.5 / len(stands)
        found.append(DrawnBlock(who, holder.sector, short, (x, y, w, h), (x + w // 2, y + round(h * share)), size))
    return found


def frame_of(stands: Iterable[StandView]) -> View:
    """What surrounds stands: corner, width and depth."""
    boxes = [each.box for each in stands]
    left, top = min(each.x for each in boxes), min(each.y for each in boxes)
    right, bottom = max(each.x + each.w for each in boxes), max(each.y + each.h for each in boxes)
    return left, top, right - left, bottom - top


def zones(plan: PlanView, lang: Lang) -> list[DrawnZone]:
    """The areas of the plan's zones with their names; the same drawing is measured once."""
    hall, names = plan.hall, zone_names(plan.hall, lang)
    areas = zone_areas(
        (hall.width, hall.depth),
        tuple(ZoneStand(each.zone, each.row, each.box, each.back) for each in plan.stands),
        tuple(each.box for each in hall.obstacles),
        tuple((code, len(name)) for code, name in names.items()),
        max(LEAST_NAME_CM, hall.width // NAME_SHARE),
    )
    order = [each.code for each in hall.zones]
    return [DrawnZone(each.zone, names[each.zone], each, order.index(each.zone) % TINTS + 1) for each in areas]


def part_of(hall: HallView, stands: Iterable[StandView], margin: int) -> View:
    """The part of a hall round some stands, kept inside it; a wall that is near is shown."""
    x, y, w, h = frame_of(stands)
    left, right = _reach(x - margin, x + w + margin, hall.width, margin)
    top, bottom = _reach(y - margin, y + h + margin, hall.depth, margin)
    return left, top, right - left, bottom - top


def within(view: View, stands: Iterable[DrawnStand]) -> list[DrawnStand]:
    """The stands that are seen in a part of the hall."""
    x, y, w, h = view
    part = Box(x, y, w, h)
    return [each for each in stands if each.view.box.overlaps(part)]


def _reach(low: int, high: int, most: int, near: int) -> tuple[int, int]:
    return -MARGIN_CM if low < near else low, most + MARGIN_CM if high > most - near else high
