"""The hall drawn for print: SVG with presentation attributes, and the words to lay over it as text.

Print engines neither apply page styles inside SVG nor join Arabic letters there: the drawing carries its colours in
attributes, and every word that is not a stand's code is a label over it.  Lengths on paper are millimetres.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from village.floor import wording
from village.floor.paper_colours import NOBODY, SECTORS, TINTS
from village.floor.rules import Box, DoorKind, Side
from village.kit import pdf
from village.kit.pdf.text import direction_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from village.floor.areas import Area
    from village.floor.queries import PlanView, StandView

FAMILY = "IBM Plex Sans Arabic"
WALL_CM = 24
# Shares of a stand's depth: the height of its code, of its names, and their middles from its top.
CODE, NAME_AR, NAME_FR = 0.23, 0.17, 0.13
CODE_AT, AR_AT, FR_AT = 0.22, 0.52, 0.8
# Names are never set smaller than can be read at arm's length, nor larger than so many millimetres.
LEAST_MM, MOST_MM = 1.35, 9.0
# The name of a door may reach so far past it, both sides together.
AROUND_DOOR_CM = 400
# The whole name is written over a block where it keeps so much of its size; else the short one.
READABLE = 0.75
POINT_MM = 25.4 / 72
# Letters of 1 mm are measured at this size in points.
MEASURED_PT = 1 / POINT_MM


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a part of a hall lies on paper: the part (centimetres), its corner on the sheet, its scale (mm per cm)."""

    view: tuple[int, int, int, int]
    x: float
    y: float
    scale: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height on paper."""
        return self.view[2] * self.scale, self.view[3] * self.scale

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A point of the hall on the sheet."""
        return self.x + (x - self.view[0]) * self.scale, self.y + (y - self.view[1]) * self.scale


def fit_into(view: tuple[int, int, int, int], box: tuple[float, float, float, float]) -> Frame:
    """The largest frame of a part of the hall in a box of the sheet (left, top, width, height), in its middle."""
    left, top, width, height = box
    scale = min(width / view[2], height / view[3])
    return Frame(view, left + (width - view[2] * scale) / 2, top + (height - view[3] * scale) / 2, scale)


def draw(plan: PlanView, areas: Sequence[Area], frame: Frame, faded: frozenset[int] = frozenset()) -> Markup:
    """The hall as SVG that fills its frame; stands of `faded` (ids) are pale."""
    hall = plan.hall
    x, y, w, h = frame.view
    parts = [
        (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{x} {y} {w} {h}" role="img"'
        f' width="{frame.size[0]:.2f}mm" height="{frame.size[1]:.2f}mm">'),
        "<title>مخطط الأروقة – Plan des stands</title>",
        f'<rect x="0" y="0" width="{hall.width}" height="{hall.depth}" fill="#fffdf8"/>',
    ]
    parts += [_marking(each.kind, each.points) for each in hall.markings if each.kind == "aisle"]
    order = [each.code for each in hall.zones]
    for area in areas:
        tint = TINTS[order.index(area.zone) % len(TINTS)]
        parts.append(f'<path d="{area.path}" fill="{tint}" stroke="{tint}" stroke-width="30" stroke-linejoin="round"/>')
    parts.append(
        f'<rect x="-{WALL_CM // 2}" y="-{WALL_CM // 2}" width="{hall.width + WALL_CM}" height="{hall.depth + WALL_CM}"'
        f' fill="none" stroke="#6b5a4c" stroke-width="{WALL_CM}"/>'
    )
    parts += [_door(each.kind, each.side, each.box) for each in hall.doors]
    parts += [_rect(each.box, 0, "#e6dac6", "#857060", 5) for each in hall.obstacles]
    joined = {each.id for block in plan.blocks.values() if _is_row(block) for each in block}
    seen = [each for each in plan.stands if each.box.overlaps(Box(x, y, w, h))]
    parts += [_stand(each, pale=each.id in faded, joined=each.id in joined) for each in seen]
    parts += [_frame_of_block(block) for block in plan.blocks.values() if _is_row(block)]
    parts += [_marking(each.kind, each.points) for each in hall.markings if each.kind != "aisle"]
    parts.append("</svg>")
    return Markup("".join(parts))  # noqa: S704 - numbers of ours and escaped codes


def _rect(box: Box, inset: int, fill: str, stroke: str, line: int, more: str = "") -> str:
    return (
        f'<rect x="{box.x + inset}" y="{box.y + inset}" width="{box.w - 2 * inset}" height="{box.h - 2 * inset}"'
        f' rx="{2 * inset}" fill="{fill}" stroke="{stroke}" stroke-width="{line}"{more}/>'
    )


def _marking(kind: str, points: Iterable[tuple[int, int]]) -> str:
    path = "M" + "L".join(f"{x} {y}" for x, y in points)
    if kind == "aisle":
        return f'<path d="{path}Z" fill="#f6eddd"/>'
    return f'<path d="{path}" fill="none" stroke="#c22f1c" stroke-width="10" stroke-dasharray="40 24"/>'


def _door(kind: DoorKind, side: Side, box: Box) -> str:
    colour = "#2f8f5b" if kind is DoorKind.EMERGENCY else "#fffdf8"
    off = -WALL_CM // 2 if side in (Side.NORTH, Side.WEST) else WALL_CM // 2
    across = side in (Side.NORTH, Side.SOUTH)
    line = f"M{box.x} {box.y + off}h{box.w}" if across else f"M{box.x + off} {box.y}v{box.h}"
    drawn = f'<path d="{line}" fill="none" stroke="{colour}" stroke-width="{WALL_CM + 4}"/>'
    if kind is DoorKind.EMERGENCY:
        return drawn
    x, y = box.x + box.w // 2, box.y + box.h // 2
    turn = {Side.SOUTH: 0, Side.WEST: 90, Side.NORTH: 180, Side.EAST: 270}[side]
    arrow = f"M{x} {y - 20}v-95m-42 42l42 -42l42 42"
    return (
        f'{drawn}<path d="{arrow}" transform="rotate({turn} {x} {y})" fill="none" stroke="#0f5c50"'
        ' stroke-width="15" stroke-linecap="round" stroke-linejoin="round"/>'
    )


def _is_row(block: Sequence[StandView]) -> bool:
    """Whether several stands lie in one row, so that they are drawn as one."""
    return len(block) > 1 and len({each.row for each in block}) == 1


def _stand(stand: StandView, *, pale: bool, joined: bool) -> str:
    colour = SECTORS.get(stand.holder.sector, NOBODY) if stand.holder else NOBODY
    # Between the stands of a block only a faint line is left: the name runs across it.
    faint = ' stroke-opacity="0.25"'
    line = "34 20" if stand.free else "6 12"
    dash = faint if joined else "" if stand.holder else f' stroke-dasharray="{line}"'
    fill = colour.fill if stand.holder else "#ffffff" if stand.free else "#f6eddd"
    box = stand.box
    if stand.outline:
        path = "M" + "L".join(f"{x} {y}" for x, y in stand.outline) + "Z"
        shape = f'<path d="{path}" fill="{fill}" stroke="{colour.stroke}" stroke-width="7"{dash}/>'
    else:
        shape = _rect(box, 6, fill, colour.stroke, 7, dash)
    letters = round(min(box.h * CODE, box.w / max(len(stand.code), 3) / 0.66))
    at = box.y + box.h * (CODE_AT if stand.holder or not stand.free else 0.5)
    text = (
        f'<text x="{box.x + box.w // 2}" y="{at + letters * 0.36:.0f}" text-anchor="middle" font-family="{FAMILY}"'
        f' font-weight="700" font-size="{letters}" fill="#2a2118">{escape(stand.code)}</text>'
    )
    return f'<g opacity="0.35">{shape}{text}</g>' if pale else shape + text


def _frame_of_block(block: Sequence[StandView]) -> str:
    holder = block[0].holder
    if holder is None:
        return ""
    left, top = min(each.box.x for each in block), min(each.box.y for each in block)
    right, bottom = max(each.box.x + each.box.w for each in block), max(each.box.y + each.box.h for each in block)
    edge = SECTORS.get(holder.sector, NOBODY).stroke
    return (
        f'<rect x="{left + 6}" y="{top + 6}" width="{right - left - 12}" height="{bottom - top - 12}" rx="12"'
        f' fill="none" stroke="{edge}" stroke-width="16"/>'
    )


@dataclass(frozen=True, slots=True)
class Label:
    """Words over the drawing: the middle of their line, its room, the height of the letters; all in millimetres."""

    text: str
    x: float
    y: float
    width: float
    size: float
    tone: str
    upwards: bool = False

    def values(self) -> dict[str, object]:
        """The label as the design takes it: the corner of its box instead of the middle."""
        height = self.size * 1.5
        return {
            "text": self.text,
            "left": round(self.x - self.width / 2, 2),
            "top": round(self.y - height / 2, 2),
            "width": round(self.width, 2),
            "height": round(height, 2),
            "size": round(self.size, 2),
            "direction": direction_of(self.text),
            "tone": self.tone,
            "upwards": self.upwards,
        }


def labels(plan: PlanView, areas: Sequence[Area], frame: Frame, only: frozenset[int] | None = None) -> list[Label]:
    """Every word of the drawing but the codes, in Arabic and in French, each in the size that fits its room.

    `only` names the stands (ids) whose exhibitors are told; None: all.
    """
    named = [stands for stands in _named(plan) if only is None or stands[0].id in only]
    made = [each for stands in named for each in _names(stands, frame)]
    names = {each.code: (each.name_ar or each.code, each.name_fr or each.code) for each in plan.hall.zones}
    for area in areas:
        if area.name is None:
            continue
        x, y = frame.at(area.name.x, area.name.y)
        size = area.name.size * frame.scale
        text = " · ".join(dict.fromkeys(names[area.zone]))
        made.append(Label(text, x, y, size * len(text), size * 0.92, "zone", area.name.upwards))
    made += _labels_of_hall(plan, frame)
    left, top, (width, height) = frame.x, frame.y, frame.size
    return [each for each in made if left <= each.x <= left + width and top <= each.y <= top + height]


def _named(plan: PlanView) -> list[Sequence[StandView]]:
    """Stands that bear one name together: blocks in one row, else each stand for itself."""
    found: list[Sequence[StandView]] = []
    for block in plan.blocks.values():
        found.extend([block] if _is_row(block) else [[each] for each in block])
    return found + [[each] for each in plan.stands if each.holder is None and not each.free]


def _names(stands: Sequence[StandView], frame: Frame) -> list[Label]:
    left, top = min(each.box.x for each in stands), min(each.box.y for each in stands)
    right, bottom = max(each.box.x + each.box.w for each in stands), max(each.box.y + each.box.h for each in stands)
    first, across = stands[0], right - left >= bottom - top
    depth = (bottom - top) if across else first.box.h
    top = top if across else top + (bottom - top - depth) // 2
    holder, room = first.holder, (right - left - (24 if len(stands) == 1 else 60)) * frame.scale
    if holder is None:
        kind = first.reserved_for
        ar, fr = (wording.RESERVES[kind].ar, wording.RESERVES[kind].fr) if kind else ("مغلق", "Fermé")
        pairs = ((ar, ar, NAME_AR, AR_AT), (fr, fr, NAME_FR, FR_AT))
    else:
        pairs = (
            (holder.name_in("ar"), holder.short_in("ar"), NAME_AR, AR_AT),
            (holder.name_in("fr"), holder.short_in("fr"), NAME_FR, FR_AT),
        )
    made: list[Label] = []
    for whole, short, share, at in pairs:
        wanted = min(depth * share * frame.scale, MOST_MM)
        roomy = len(stands) > 1 and across and room / _width(whole, 400) >= READABLE * wanted
        text = whole if roomy else short
        size = min(wanted, room / _width(text, 400))
        x, y = frame.at((left + right) / 2, top + depth * at)
        if text and size >= LEAST_MM and text not in {each.text for each in made}:
            made.append(Label(text, x, y, room + 2, size, "name"))
    return made


def _labels_of_hall(plan: PlanView, frame: Frame) -> list[Label]:
    made = []
    for each in plan.hall.obstacles:
        words = wording.OBSTACLES.get(each.kind)
        text = f"{words.ar} · {words.fr}" if words else each.kind
        room = (max(each.box.w, each.box.h) - 12) * frame.scale
        size = min(min(each.box.w, each.box.h) * 0.6 * frame.scale, 4.0, room / _width(text, 400))
        if size >= LEAST_MM:
            x, y = frame.at(each.box.x + each.box.w / 2, each.box.y + each.box.h / 2)
            made.append(Label(text, x, y, room + 4, size, "thing", each.box.h > each.box.w))
    several = len(plan.hall.entrances) > 1
    for door in plan.hall.doors:
        entrance = door.kind is DoorKind.ENTRANCE
        text = "المدخل · Entrée" if entrance else "مخرج · Sortie"
        text = f"{text} {door.code}" if several and entrance else text
        wide = round((max(door.box.w, door.box.h) + AROUND_DOOR_CM) / (0.56 * len(text)))
        letters = max(58, min(plan.hall.width // 60, plan.hall.depth // 60, wide)) * (10 if entrance else 7) // 10
        size = min(letters * frame.scale, 16.0)
        upright = door.side in (Side.EAST, Side.WEST)
        away = 118 + letters * 3 // 4 if entrance else 25 + letters // 2
        dx, dy = {Side.SOUTH: (0, -away), Side.NORTH: (0, away), Side.WEST: (away, 0), Side.EAST: (-away, 0)}[door.side]
        x, y = frame.at(door.box.x + door.box.w / 2 + dx, door.box.y + door.box.h / 2 + dy)
        made.append(Label(text, x, y, size * 16, size, "entrance" if entrance else "exit", upright))
    return made


def _width(text: str, weight: int) -> float:
    """Width in millimetres of words whose letters are 1 mm high."""
    return max(pdf.width_mm(text, FAMILY, weight, MEASURED_PT), 0.1)
