"""The plan on paper: A3 and A0 sheets of a whole hall, and A4 sheets of its zones, in Arabic and French at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from village.exhibitors import queries as exhibitors
from village.floor import wording
from village.floor.areas import ZoneStand, zone_areas
from village.floor.paper_colours import NOBODY, SECTORS
from village.floor.paper_drawing import draw, fit_into, labels
from village.kit import pdf, qr
from village.kit.i18n import counted, format_day
from village.kit.zellige import band, emblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from village.floor.areas import Area
    from village.floor.paper_drawing import Frame, Label
    from village.floor.queries import PlanView, StandView
    from village.floor.rules import Box

DESIGN = "floor_plan"
# Long and short side in millimetres; the design is laid out for A3 and grows with the sheet.
FORMATS = {"a3": (420.0, 297.0), "a0": (1189.0, 841.0)}
A3_SHORT_MM = 297.0
# On an A3 sheet: free edge, head and foot round the drawing.
EDGE_MM, HEAD_MM, FOOT_MM, FOOT_UPRIGHT_MM = 14.0, 36.0, 44.0, 66.0
# Height of «you are here» with its pin.
FLAG_MM = 23.0
# A legend of more sectors than this is set smaller.
MANY_SECTORS = 15
A4_MM = (210.0, 297.0)
ZONE_BOX_MM = (14.0, 40.0, 182.0, 108.0)
ROUND_ZONE_CM = 200
# Bars of so many metres are tried, the longest that is short enough is drawn.
BARS_M = (50, 20, 10, 5, 2, 1)
BAR_MM = 48.0


@dataclass(frozen=True)
class Heading:
    """What every sheet says: the fair's names, the plan's version and its day, and where the plan is online."""

    fair_ar: str
    fair_fr: str
    number: int | None
    day: date
    address: str

    def values(self) -> dict[str, object]:
        """The heading as the designs take it."""
        return {
            "fair_ar": self.fair_ar,
            "fair_fr": self.fair_fr,
            "version_ar": f"النسخة {self.number}" if self.number else "مسودة غير منشورة",
            "version_fr": f"Version {self.number}" if self.number else "Brouillon non publié",
            "day_ar": format_day(self.day, "ar", weekday=False),
            "day_fr": format_day(self.day, "fr", weekday=False),
        }


def link(address: str, hall: str, stand: str = "") -> str:
    """The address in a QR symbol: in capitals, which make the symbol smaller."""
    from urllib.parse import quote

    place = "/".join(quote(part.upper(), safe="-.") for part in (hall, stand) if part)
    return f"{address.rstrip('/').upper()}/P/{place}"


def paper_areas(plan: PlanView) -> tuple[Area, ...]:
    """The plan's zones with places for their names in both languages."""
    hall = plan.hall
    return zone_areas(
        (hall.width, hall.depth),
        tuple(ZoneStand(each.zone, each.row, each.box, each.back) for each in plan.stands),
        tuple(each.box for each in hall.obstacles),
        tuple((each.code, len(each.name_ar or each.code) + len(each.name_fr or each.code) + 3) for each in hall.zones),
        max(52, hall.width // 72),
    )


def plan_sheet(plan: PlanView, heading: Heading, paper: str, here: str = "") -> bytes:
    """The whole hall on one sheet.

    Args:
        plan: the hall and who stands where.
        heading: what the sheet says of the fair.
        paper: a key of `FORMATS`; a hall deeper than wide stands upright.
        here: code of a door, a thing or a stand where the sheet will hang: «you are here»; empty for nowhere.
    """
    long, short = FORMATS[paper]
    hall = plan.hall
    width, height = (long, short) if hall.width >= hall.depth else (short, long)
    k = short / A3_SHORT_MM
    view = (-45, -45, hall.width + 90, hall.depth + 90)
    foot = FOOT_UPRIGHT_MM if height > width else FOOT_MM
    box = (EDGE_MM * k, HEAD_MM * k, width - 2 * EDGE_MM * k, height - (HEAD_MM + foot) * k)
    frame = fit_into(view, box)
    areas = paper_areas(plan)
    spot = _spot(plan, here)
    pin = frame.at(*spot) if spot else None
    metres = next((each for each in BARS_M if each * 100 * frame.scale <= BAR_MM * k), BARS_M[-1])
    legend = _legend(plan.stands)
    # Near the upper wall the flag hangs down, so that it stays off the head of the sheet.
    below = bool(pin and pin[1] - frame.y < FLAG_MM * k)
    words = [each for each in labels(plan, areas, frame) if not (pin and _is_at(each, pin, k, below=below))]
    values: dict[str, Any] = {
        **heading.values(),
        "page": {
            "width": width,
            "height": height,
            "k": round(k, 4),
            "upright": height > width,
            "dense": len(legend) > MANY_SECTORS,
        },
        "hall_ar": hall.name_ar or "",
        "hall_fr": hall.name_fr or "",
        "drawing": _placed(draw(plan, areas, frame), frame),
        "labels": [each.values() for each in words],
        "pin": {"left": round(pin[0], 2), "top": round(pin[1], 2), "below": below} if pin else None,
        "legend": legend,
        "bar": {"metres": metres, "width": round(metres * 100 * frame.scale, 2)},
        "band": Markup(band(width, 8 * k)),  # noqa: S704 - our own drawing
        "low_band": Markup(band(width, 4 * k)),  # noqa: S704 - our own drawing
        "emblem": Markup(emblem(20 * k)),  # noqa: S704 - our own drawing
        "qr": qr.svg(qr.matrix(link(heading.address, hall.code)), "مخطط الأروقة – Plan des stands"),
    }
    return pdf.render(DESIGN, DESIGN, **values)


def zone_sheets(plan: PlanView, heading: Heading, codes: Iterable[str] | None = None) -> bytes:
    """A4 sheets of some zones (None: of all that have stands): each zone's part of the plan and who stands there.

    Raises:
        ValueError: none of these zones has a stand.
    """
    wanted = set(codes) if codes is not None else {each.code for each in plan.hall.zones}
    areas = paper_areas(plan)
    sheets = []
    for zone in plan.hall.zones:
        own = [each for each in plan.stands if each.zone == zone.code]
        if zone.code not in wanted or not own:
            continue
        frame = replace(fit_into(_part(plan, own), ZONE_BOX_MM), y=ZONE_BOX_MM[1])
        ids = frozenset(each.id for each in own)
        others = frozenset(each.id for each in plan.stands if each.zone != zone.code)
        shown = [each for each in labels(plan, areas, frame, ids) if each.tone != "zone"]
        sheets.append(
            {
                "name_ar": zone.name_ar or zone.code,
                "name_fr": zone.name_fr or zone.code,
                "drawing": _placed(draw(plan, areas, frame, others), frame),
                "labels": [each.values() for each in shown],
                "over": round(frame.y + frame.size[1] - 6, 2),
                "rows": [_row(each) for each in own],
                "count_ar": counted("stand", len(own), "ar"),
                "count_fr": counted("stand", len(own), "fr"),
            }
        )
    if not sheets:
        raise ValueError("no zone to print")
    drawn = Markup(band(A4_MM[0], 6))  # noqa: S704 - our own drawing
    values: dict[str, Any] = {**heading.values(), "sheets": sheets, "band": drawn}
    return pdf.render(f"{DESIGN}/zones.html", f"{DESIGN}/zones.css", **values)


def _placed(svg: Markup, frame: Frame) -> dict[str, object]:
    return {"svg": svg, "left": round(frame.x, 2), "top": round(frame.y, 2)}


def _part(plan: PlanView, own: Sequence[StandView]) -> tuple[int, int, int, int]:
    left = max(min(each.box.x for each in own) - ROUND_ZONE_CM, -45)
    top = max(min(each.box.y for each in own) - ROUND_ZONE_CM, -45)
    right = min(max(each.box.x + each.box.w for each in own) + ROUND_ZONE_CM, plan.hall.width + 45)
    bottom = min(max(each.box.y + each.box.h for each in own) + ROUND_ZONE_CM, plan.hall.depth + 45)
    return left, top, right - left, bottom - top


def _row(stand: StandView) -> dict[str, object]:
    holder = stand.holder
    colour = SECTORS.get(holder.sector, NOBODY) if holder else NOBODY
    sector = exhibitors.sector_names(holder.sector) if holder else ("", "", "")
    kept = wording.RESERVES[stand.reserved_for] if stand.reserved_for else None
    return {
        "code": stand.code,
        "name_ar": holder.name_in("ar") if holder else kept.ar if kept else "",
        "name_fr": holder.name_in("fr") if holder else kept.fr if kept else "",
        "sector_ar": sector[0],
        "sector_fr": sector[1],
        "fill": colour.fill,
        "stroke": colour.stroke,
    }


def _legend(stands: Iterable[StandView]) -> list[dict[str, str]]:
    present = {each.holder.sector for each in stands if each.holder}
    found = []
    for code in exhibitors.sectors():
        if code in present:
            names, colour = exhibitors.sector_names(code), SECTORS.get(code, NOBODY)
            found.append({"ar": names[0], "fr": names[1], **colour._asdict(), "line": "solid"})
    found.append({"ar": "فارغ", "fr": "Libre", "fill": "#ffffff", "stroke": NOBODY.stroke, "line": "dashed"})
    found.append({"ar": "محجوز", "fr": "Réservé", "fill": "#f6eddd", "stroke": NOBODY.stroke, "line": "dotted"})
    return found


def _is_at(label: Label, pin: tuple[float, float], k: float, *, below: bool) -> bool:
    """Whether the pin or its flag lies on these words."""
    flag = pin[1] + (FLAG_MM * k if below else -FLAG_MM * k)
    top, bottom = min(pin[1] - 4 * k, flag), max(pin[1] + 4 * k, flag)
    if label.tone not in {"thing", "entrance"}:
        return False
    return abs(label.x - pin[0]) < label.width / 2 and top - label.size < label.y < bottom + label.size


def _spot(plan: PlanView, here: str) -> tuple[float, float] | None:
    """Where in the hall the sheet hangs: a door, a thing or a stand of this code."""
    boxes: dict[str, Box] = {each.code: each.box for each in plan.stands}
    boxes.update({each.code: each.box for each in plan.hall.obstacles})
    boxes.update({each.code: each.box for each in plan.hall.doors})
    box = boxes.get(here)
    return (box.x + box.w / 2, box.y + box.h / 2) if box else None
