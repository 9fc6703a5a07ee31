"""The look keeps its promises: contrast, direction, drawings, weights."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from village.exhibitors.catalogue import sectors
from village.kit import zellige

ROOT = Path(__file__).resolve().parents[2]
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))
SECTOR = re.compile(r"\.sector-([a-z]+) \{ --fill: (#[0-9a-f]{6}); --stroke: (#[0-9a-f]{6}); \}")
# What CSS has a logical word for; each would stand on the wrong side in Arabic.
PHYSICAL = re.compile(
    r"(?<![\w-])((margin|padding|border)-(left|right|top|bottom)|(left|right|top|bottom)|(min-|max-)?(width|height)"
    r"|text-align)\s*:(?!\s*(start|end|center))[^;]*;"
)
KIB = 1024


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2 between two colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _themes() -> list[dict[str, str]]:
    """The colours of the light theme and of the dark one, which changes some of them."""
    light, dark = (ROOT / "static/css/tokens.css").read_text(encoding="utf-8").split("@media")
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", part)) for part in (light, dark)]
    found[1] = {**found[0], **found[1]}
    return [{name: c if len(c) == 7 else "#" + "".join(2 * x for x in c[1:]) for name, c in t.items()} for t in found]


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", _themes(), ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "paper"),
        ("ink", "surface"),
        ("ink-2", "paper"),
        ("ink-2", "surface"),
        ("ink-2", "sunken"),
        ("green", "paper"),
        ("green", "surface"),
        ("green", "green-tint"),
        ("on-green", "green"),
        ("on-green", "green-strong"),
        ("on-header", "header"),
        ("terracotta", "surface"),
        ("terracotta", "terracotta-tint"),
        ("ochre-ink", "ochre-tint"),
        ("cobalt", "cobalt-tint"),
        ("bad", "terracotta-tint"),
        ("bad", "surface"),
        ("on-bad", "bad"),
        ("ink", "terracotta-tint"),
        ("ink", "ochre-tint"),
        ("ink", "green-tint"),
    ],
)
def test_text_stands_out_from_its_ground(theme: dict[str, str], text: str, ground: str) -> None:
    assert contrast(theme[text], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", _themes(), ids=["light", "dark"])
@pytest.mark.parametrize("edge", ["line-strong", "focus", "green", "ochre", "terracotta", "cobalt"])
def test_edges_that_mean_something_can_be_seen(theme: dict[str, str], edge: str) -> None:
    assert contrast(theme[edge], theme["surface"]) >= 3


def test_every_sector_has_one_hue_that_reads_and_shows() -> None:
    text = (ROOT / "static/css/sectors.css").read_text(encoding="utf-8")
    found = {code: (fill, stroke) for code, fill, stroke in SECTOR.findall(text)}
    assert set(found) == set(sectors())
    ink, paper = _themes()[0]["ink"], _themes()[0]["paper"]
    for code, (fill, stroke) in found.items():
        assert contrast(ink, fill) >= 11, code
        assert contrast(stroke, paper) >= 5, code
    assert len(set(found.values())) == len(found)


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_styles_serve_both_directions(style: Path) -> None:
    rules = re.sub(r"/\*.*?\*/|\([^)]*\)", "", style.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert PHYSICAL.findall(rules) == []


def test_drawings_are_those_of_the_geometry() -> None:
    kept = {path.name: path.read_text(encoding="utf-8").strip() for path in (ROOT / "static/img").glob("*.svg")}
    assert kept == zellige.pictures()


def test_two_borders_on_one_page_do_not_share_ids() -> None:
    ids = [set(re.findall(r' id="([^"]+)"', zellige.border(*size))) for size in ((297, 210), (105, 148))]
    assert ids[0]
    assert ids[0].isdisjoint(ids[1])


@pytest.mark.parametrize("size", [(297, 210), (210, 297), (148, 105), (90, 55), (200, 200)])
def test_border_leaves_most_of_the_sheet_free(size: tuple[int, int]) -> None:
    inset = zellige.border_inset(*size)
    assert 0 < inset < min(size) / 3
    assert f'viewBox="0 0 {size[0]} {size[1]}"' in zellige.border(*size)


def _weight(name: str) -> int:
    dist = ROOT / "static" / "dist"
    manifest = json.loads((dist / "manifest.json").read_text(encoding="utf-8"))
    return (dist / f"{manifest[name]}.br").stat().st_size


@pytest.mark.skipif(not (ROOT / "static/dist/manifest.json").exists(), reason="assets are not built: npm run build")
def test_style_sheet_and_script_keep_their_budgets() -> None:
    assert _weight("main.css") <= 8 * KIB
    assert _weight("app.js") <= 20 * KIB


def test_lock_file_records_no_download_address() -> None:
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert "://" not in lock
