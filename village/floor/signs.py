"""Stand signs: what each says, how it is told whether it has changed, and the print file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from markupsafe import Markup

from village.exhibitors import queries as exhibitors
from village.floor.paper_colours import NOBODY, SECTORS
from village.floor.papers import link
from village.kit import pdf, qr
from village.kit.pdf.layers import Placed, Stack
from village.kit.zellige import band, emblem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from village.floor.papers import Heading
    from village.floor.queries import PlanView, StandView

DESIGN = "stand_sign"
FAMILY = "IBM Plex Sans Arabic"
# Landscape sheets; the design is laid out for A4, and A5 is the same made smaller.
FORMATS = {"a4": (297.0, 210.0), "a5": (210.0, 148.5)}
A4_LONG_MM = 297.0
SIGNS_AT_ONCE = 20
# Room for names and for the code on A4, and the sizes tried (points on A4).
NAME_MM, CODE_MM = 160.0, 84.0
SIZES_AR = (66, 60, 54, 48, 43, 38, 34, 30, 27, 24)
SIZES_FR = (44, 40, 36, 32, 29, 26, 23, 20, 18, 16)
SIZES_CODE = (112, 100, 90, 78, 66, 56, 48, 40, 32, 26)
POINT_MM = 25.4 / 72
TWO = 2


@dataclass(frozen=True)
class Sign:
    """The sign of one exhibitor: its stands (all of its block), and everything that is written on it."""

    stand_ids: tuple[int, ...]
    codes: tuple[str, ...]
    hall: str
    name_ar: str
    name_fr: str
    sector: str
    sector_ar: str
    sector_fr: str
    zone: str
    zone_ar: str
    zone_fr: str

    @property
    def places(self) -> tuple[str, ...]:
        """What stands large on it, line by line: the code; of a block both, or the first and the last."""
        return self.codes if len(self.codes) <= TWO else (f"{self.codes[0]} –", self.codes[-1])

    @property
    def digest(self) -> str:
        """Tells two contents apart: SHA-256 of all that is written on the sign, not of who has which row in a table."""
        told = [*self.codes, self.hall, self.name_ar, self.name_fr]
        told += [self.sector_ar, self.sector_fr, self.zone_ar, self.zone_fr]
        return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def signs_of(plan: PlanView) -> list[Sign]:
    """The signs of a plan in the order of the stands' codes; stands of nobody have none."""
    made = [_sign(plan, block) for block in plan.blocks.values()]
    return sorted(made, key=lambda each: each.codes)


def _sign(plan: PlanView, block: Sequence[StandView]) -> Sign:
    holder, zone = block[0].holder, next(each for each in plan.hall.zones if each.code == block[0].zone)
    if holder is None:
        raise ValueError("a block has an exhibitor")
    sector = exhibitors.sector_names(holder.sector)
    return Sign(
        tuple(each.id for each in block),
        tuple(each.code for each in block),
        plan.hall.code,
        holder.name_ar,
        holder.name_fr,
        holder.sector,
        sector[0],
        sector[1],
        zone.code,
        zone.name_ar or zone.code,
        zone.name_fr or zone.code,
    )


def write_signs(
    signs: Sequence[Sign],
    heading: Heading,
    paper: str,
    path: Path,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> None:
    """Write one page for each sign, in their order, as one PDF.

    `paper` is a key of `FORMATS`; `progress` is told how many are done after each portion.

    Raises:
        ValueError: there is no sign to write.
    """
    if not signs:
        raise ValueError("no sign to print")
    width, height = FORMATS[paper]
    k = width / A4_LONG_MM
    page = {"width": width, "height": height, "k": round(k, 4)}
    stack = Stack("لوحات الأروقة · Panneaux des stands")
    fair = {"ar": heading.fair_ar, "fr": heading.fair_fr}
    ground = pdf.render(
        f"{DESIGN}/ground.html",
        DESIGN,
        page=page,
        fair=fair,
        band=Markup(band(width, 11 * k)),  # noqa: S704 - our own drawing
        low_band=Markup(band(width, 5.5 * k)),  # noqa: S704 - our own drawing
        emblem=Markup(emblem(17 * k)),  # noqa: S704 - our own drawing
    )
    (form,) = stack.forms(ground)
    for start in range(0, len(signs), SIGNS_AT_ONCE):
        part = signs[start : start + SIGNS_AT_ONCE]
        lines = pdf.render(f"{DESIGN}/lines.html", DESIGN, page=page, signs=[_shown(each, heading) for each in part])
        stack.add_pages(lines, [[Placed(form)] for _ in part])
        progress(start + len(part), len(signs))
    stack.save(path)


def _shown(sign: Sign, heading: Heading) -> dict[str, object]:
    """The values of one page; sizes are rem, which are millimetres on A4 and shrink with the sheet."""
    colour = SECTORS.get(sign.sector, NOBODY)
    ar = pdf.fit(sign.name_ar, FAMILY, 700, NAME_MM, SIZES_AR)
    fr = pdf.fit(sign.name_fr, FAMILY, 700, NAME_MM, SIZES_FR)
    code = pdf.fit(max(sign.places, key=len), FAMILY, 700, CODE_MM, SIZES_CODE)
    return {
        "places": list(sign.places),
        "code_size": round(code.size_pt * POINT_MM, 2),
        "name_ar": sign.name_ar,
        "name_fr": sign.name_fr,
        "size_ar": round(ar.size_pt * POINT_MM, 2),
        "size_fr": round(fr.size_pt * POINT_MM, 2),
        "sector_ar": sign.sector_ar,
        "sector_fr": sign.sector_fr,
        "fill": colour.fill,
        "stroke": colour.stroke,
        "zone": sign.zone,
        "zone_ar": sign.zone_ar,
        "zone_fr": sign.zone_fr,
        "qr": qr.svg(qr.matrix(link(heading.address, sign.hall, sign.codes[0])), f"مخطط – plan : {sign.codes[0]}"),
    }
