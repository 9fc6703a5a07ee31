"""Drawings from files and into files: what is written is read back the same; what is bad is refused in words."""

from __future__ import annotations

import io
import json
from typing import Any

import ezdxf
import pytest
from PIL import Image, ImageFile

from tests.floor_fair import DATA
from village.floor.drawing import dxf as dxf_file
from village.floor.drawing import read_drawing, read_floor, write_floor
from village.floor.drawing.backs import guess_backs
from village.floor.drawing.dxf import read_dxf
from village.floor.drawing.merging import steps_to
from village.floor.drawing.pictures import MOST_SIDE, read_picture
from village.floor.drawing.svg import read_svg, write_svg
from village.floor.drawing.things import normal
from village.floor.rules import Box, Side
from village.kit.refusal import Refusal


def demo() -> dict[str, Any]:
    return json.loads((DATA / "floor.json").read_text(encoding="utf-8"))


def rich() -> Any:
    """The demo's hall with everything the demo does not have."""
    things = read_drawing(demo(), "Z2")
    hall = things["hall"]["HALL"]
    hall |= {"name_ar": "الخيمة «الكبرى»", "name_fr": 'Grande tente & <co> "x"', "capacity": 600}
    things["circuit"]["Q1"] = {"watts": 3680}
    outline = [[200, 0], [500, 0], [500, 300], [350, 300], [200, 150]]
    a01 = {
        **things["stand"]["A01"],
        "outline": outline,
        "circuit": "Q1",
        "value": 70,
        "food": False,
        "closed": True,
        "fixed": True,
    }
    things["stand"]["A01"] = normal("stand", "A01", a01)
    things["marking"]["M1"] = {"kind": "aisle", "points": [[0, 300], [4000, 300], [4000, 600], [0, 600]]}
    things["marking"]["L1"] = {"kind": "safety_line", "points": [[0, 50], [4000, 50]]}
    things["link"]["A01~A02"] = {"a": "A01", "b": "A02", "kind": "none"}
    return things


def refused(call: Any, *args: Any, **more: Any) -> str:
    with pytest.raises(Refusal) as found:
        call(*args, **more)
    return found.value.code


# ---- JSON


def test_json_comes_back_the_same() -> None:
    for things in (read_drawing(demo(), "Z2"), rich()):
        assert read_floor(json.loads(json.dumps(write_floor(things)))) == things


def test_what_is_written_of_the_demo_holds_what_its_file_holds() -> None:
    written, original = write_floor(read_drawing(demo(), "Z2")), demo()
    original["obstacles"].sort(key=lambda each: each["code"])
    for name in ("zones", "doors", "obstacles", "rules", "width_m", "depth_m", "area_m2"):
        assert written[name] == original[name], name
    for here, there in zip(written["stands"], original["stands"], strict=True):
        assert {**here, **there} == here


@pytest.mark.parametrize(
    "data", [{}, {"stands": 3}, {"stands": [], "doors": [], "zones": [], "obstacles": [], "width_m": 10, "depth_m": 10}]
)
def test_json_that_is_no_hall_is_refused(data: dict[str, Any]) -> None:
    assert refused(read_floor, data) == "floor_unreadable"


def test_a_code_twice_in_a_file_is_refused() -> None:
    data = demo()
    data["stands"][1]["code"] = "A01"
    assert refused(read_floor, data) == "stand_code_twice"


# ---- SVG


def test_svg_comes_back_the_same() -> None:
    for things in (read_drawing(demo(), "Z2"), rich()):
        assert read_svg(write_svg(things).encode()) == things


def test_svg_is_to_scale() -> None:
    written = write_svg(rich())
    assert 'width="40000mm" height="30000mm" viewBox="0 0 4000 3000"' in written
    assert ">A02</text>" in written


def test_a_shape_moved_in_a_drawing_program_counts() -> None:
    written = write_svg(read_drawing(demo(), "Z2"))
    where = written.index('data-code="B03"')
    moved = written[:where] + 'transform="translate(15.4,-20)" ' + written[where:]
    form = read_svg(moved.encode())["stand"]["B03"]
    assert (form["x"], form["y"], form["w"]) == (1015, 580, 300)
    turned = written[:where] + 'transform="rotate(15)" ' + written[where:]
    assert refused(read_svg, turned.encode()) == "layout_value"


BOMB = """<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><svg>&b;</svg>"""
FILE = """<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>"""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (BOMB, "import_unreadable"),
        (FILE, "import_unreadable"),
        ('<!DOCTYPE svg SYSTEM "http://example.test/x.dtd"><svg/>', "import_unreadable"),
        ("<svg>", "import_unreadable"),
        ("no svg", "import_unreadable"),
        ("", "import_unreadable"),
        ("<svg><script>alert(1)</script></svg>", "import_not_ours"),
        ("<g>" * 100 + "</g>" * 100, "import_too_large"),
        ("<svg>" + "<g/>" * 60_001 + "</svg>", "import_too_large"),
        ('<svg data-kind="hall" data-code="HALL" data-form="[]"/>', "layout_value"),
        ('<svg data-kind="stand" data-code="A01" data-form="{}"/>', "layout_value"),
    ],
)
def test_svg_that_is_bad_is_refused(text: str, code: str) -> None:
    assert refused(read_svg, text.encode()) == code


def test_nothing_foreign_in_an_svg_is_kept() -> None:
    written = write_svg(read_drawing(demo(), "Z2"))
    poisoned = written.replace("</svg>", '<script>x</script><image href="http://example.test/"/><a onload="x"/></svg>')
    assert read_svg(poisoned.encode()) == read_svg(written.encode())


# ---- DXF


def cad(units: int = 6, scale: float = 1.0) -> Any:
    """A drawing of two rows of three stands over an aisle in a hall of 20 m by 15 m, somewhere on the sheet."""
    document = ezdxf.new("R2010")
    document.header["$INSUNITS"] = units
    space, x0, y0 = document.modelspace(), 1000 * scale, 2000 * scale

    def rectangle(x: float, y: float, w: float, h: float, layer: str) -> None:
        corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
        space.add_lwpolyline(
            [(x0 + a * scale, y0 + b * scale) for a, b in corners], close=True, dxfattribs={"layer": layer}
        )

    def words(text: str, x: float, y: float) -> None:
        place = (x0 + x * scale, y0 + y * scale)
        space.add_text(text, height=0.3 * scale, dxfattribs={"layer": "Stands"}).set_placement(place)

    rectangle(0, 0, 20, 15, "WALLS")
    for n in range(3):
        rectangle(3 * n, 12, 3, 3, "Stands")  # against the north wall: y counts upwards here
        words(f"A{n + 1}", 3 * n + 1, 13)
        rectangle(3 * n, 6, 3, 3, "Stands")
        words(f"B {n + 1}", 3 * n + 1, 7)
    return document


def saved(document: Any) -> bytes:
    out = io.StringIO()
    document.write(out)
    return out.getvalue().encode()


@pytest.mark.parametrize(("units", "scale"), [(6, 1.0), (5, 100.0), (4, 1000.0)])
def test_named_outlines_become_stands(units: int, scale: float) -> None:
    found = read_dxf(saved(cad(units, scale)), zone="Z1")
    assert (found.width, found.depth, found.faults) == (2000, 1500, [])
    assert sorted(found.stands) == ["A1", "A2", "A3", "B-1", "B-2", "B-3"]
    a2 = found.stands["A2"]
    assert (a2["x"], a2["y"], a2["w"], a2["h"], a2["outline"], a2["back"]) == (300, 0, 300, 300, None, "north")
    assert (found.stands["B-1"]["y"], found.layers["Stands"]) == (600, 12)


def test_a_file_without_unit_asks_for_one() -> None:
    data = saved(cad(units=0))
    assert refused(read_dxf, data, zone="Z1") == "import_unit_unknown"
    assert read_dxf(data, zone="Z1", unit="m").width == 2000
    assert refused(read_dxf, data, zone="Z1", unit="mm") == "import_unit_wrong"
    assert refused(read_dxf, data, zone="Z1", unit="miles") == "import_unit_unknown"


def test_another_layer_can_be_chosen() -> None:
    data = saved(cad())
    with pytest.raises(Refusal) as found:
        read_dxf(data, zone="Z1", layer="BOOTHS")
    assert (found.value.code, found.value.facts["layers"]) == ("import_layer_empty", "Stands, WALLS")
    assert len(read_dxf(data, zone="Z1", layer="walls").stands) == 1


def test_what_is_odd_in_a_file_is_told() -> None:
    document = cad()
    space = document.modelspace()
    on = {"dxfattribs": {"layer": "Stands"}}
    space.add_lwpolyline([(1010, 2000), (1013, 2000), (1013, 2003), (1010, 2003)], close=True, **on)  # no text
    space.add_lwpolyline([(1015, 2000), (1018, 2000), (1018, 2003), (1016.5, 2003), (1015, 2001.5)], close=True, **on)
    space.add_mtext(r"{\fArial;A1}", **on).set_location((1016, 2001))  # A1 again
    space.add_lwpolyline([(1010, 2005), (1013, 2008), (1013, 2005), (1010, 2008)], close=True, **on)  # crosses itself
    found = read_dxf(saved(document), zone="Z1")
    assert [code for code, _ in found.faults] == [
        "import_unnamed",
        "import_name_twice",
        "import_unnamed",
        "import_outline_bad",
    ]
    assert found.stands["A1-2"]["outline"] == [[1500, 1500], [1800, 1500], [1800, 1200], [1650, 1200], [1500, 1350]]


def test_stands_in_blocks_are_found_with_their_attributes() -> None:
    document = cad()
    block = document.blocks.new("BOOTH")
    block.add_lwpolyline([(0, 0), (3, 0), (3, 3), (0, 3)], close=True, dxfattribs={"layer": "Stands"})
    reference = document.modelspace().add_blockref("BOOTH", (1012, 2006))
    reference.add_attrib("CODE", "K7", (1013, 2007), dxfattribs={"layer": "Stands"})
    found = read_dxf(saved(document), zone="Z1")
    assert (found.stands["K7"]["x"], found.stands["K7"]["y"]) == (1200, 600)


def test_blocks_within_blocks_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    document = ezdxf.new("R2010")
    document.header["$INSUNITS"] = 6
    inner = document.blocks.new("B0")
    inner.add_line((0, 0), (1, 1))
    for level in range(1, 12):
        block = document.blocks.new(f"B{level}")
        for _ in range(10):
            block.add_blockref(f"B{level - 1}", (0, 0))
    document.modelspace().add_blockref("B11", (0, 0))
    monkeypatch.setattr(dxf_file, "MOST_ENTITIES", 2000)  # a hundred thousand million lines, as written
    assert refused(read_dxf, saved(document), zone="Z1") == "import_too_large"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 500,
        b"PK\x03\x04",
        b"%PDF-1.4",
        "مخطط".encode(),
        b"0\nSECTION\n2\nENTITIES\n0\nEOF\n",
        b"999\n" * 4000,
    ],
)
def test_what_is_no_dxf_is_refused(data: bytes) -> None:
    assert refused(read_dxf, data, zone="Z1", unit="m") in {"import_unreadable", "import_layer_empty"}


def test_a_file_cut_short_does_not_break_us() -> None:
    data = saved(cad())
    codes = set()
    for part in range(1, 20):
        try:
            read_dxf(data[: len(data) * part // 20], zone="Z1", unit="m")
        except Refusal as refusal:
            codes.add(refusal.code)
    assert codes <= {"import_unreadable", "import_layer_empty"}


def test_a_block_that_holds_itself_does_not_break_us() -> None:
    document = cad()
    block = document.blocks.new("SNAKE")
    block.add_blockref("SNAKE", (0, 0))
    document.modelspace().add_blockref("SNAKE", (0, 0))
    try:
        codes = set(read_dxf(saved(document), zone="Z1").stands)
    except Refusal as refusal:
        codes = {refusal.code}
    assert codes in ({"import_unreadable"}, {"A1", "A2", "A3", "B-1", "B-2", "B-3"})


def test_backs_are_guessed_from_walls_and_neighbours() -> None:
    boxes = {f"A{n}": Box(300 * n, 0, 300, 300) for n in range(3)}
    boxes |= {f"B{n}": Box(300 * n + 300, 600, 300, 300) for n in range(3)}
    boxes |= {f"C{n}": Box(300 * n + 300, 900, 300, 300) for n in range(3)}
    boxes |= {"W": Box(1700, 900, 300, 300), "I": Box(1400, 1400, 200, 200)}
    backs = guess_backs(boxes, 2000, 2000)
    assert {backs[f"A{n}"] for n in range(3)} == {Side.NORTH}
    assert {backs[f"B{n}"] for n in range(3)} == {Side.SOUTH}
    assert {backs[f"C{n}"] for n in range(3)} == {Side.NORTH}
    assert (backs["W"], backs["I"]) == (Side.EAST, Side.NORTH)


def test_the_backs_of_the_demo_are_guessed_right() -> None:
    things = read_drawing(demo())["stand"]
    boxes = {code: Box(form["x"], form["y"], form["w"], form["h"]) for code, form in things.items()}
    guessed = guess_backs(boxes, 4000, 3000)
    assert {code for code, form in things.items() if guessed[code] != form["back"]} == set()


# ---- imports as steps


def test_replacing_by_oneself_changes_nothing() -> None:
    assert steps_to(rich(), rich(), "replace") == ()


def test_adding_wants_new_codes() -> None:
    now, more = read_drawing(demo(), "Z2"), read_drawing(demo(), "Z2")
    more["stand"] = {"X01": more["stand"]["A01"], "A02": {**more["stand"]["A02"], "x": 0}}
    assert refused(steps_to, now, more, "add") == "layout_code_taken"
    del more["stand"]["A02"]
    assert [each.code for each in steps_to(now, more, "add")] == ["X01"]


# ---- pictures


def picture(kind: str, size: tuple[int, int] = (60, 40), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 120 if mode == "L" else None).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "mode", "ending"), [("PNG", "RGBA", "png"), ("PNG", "L", "png"), ("JPEG", "RGB", "jpg")]
)
def test_pictures_are_made_anew(kind: str, mode: str, ending: str) -> None:
    data = picture(kind, mode=mode) + b"<script>hidden</script>"
    found = read_picture(data)
    assert (found.ending, found.width, found.height) == (ending, 60, 40)
    assert b"script" not in found.data


def test_large_pictures_become_smaller() -> None:
    assert read_picture(picture("PNG", (5000, 100))).width == MOST_SIDE


def test_a_page_of_a_pdf_becomes_a_picture() -> None:
    out = io.BytesIO()
    pages = [Image.new("RGB", (200, 100), colour) for colour in ("white", "red")]
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:])
    second = read_picture(out.getvalue(), page=2)
    with Image.open(io.BytesIO(second.data)) as image:
        red, green, _ = image.convert("RGB").getpixel((10, 10))
        assert (red > 200, green < 50) == (True, True)
    assert refused(read_picture, out.getvalue(), page=3) == "picture_page_not_found"


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a" + b"0" * 50, b"%PDF-1.4 broken", picture("GIF"), picture("PNG")[:60], b"<svg/>"]
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    assert refused(read_picture, data) == "picture_unreadable"


def test_a_file_that_breaks_off_is_refused_whatever_was_printed_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """The printer of papers lets the library take such files, for the whole process."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    assert refused(read_picture, picture("PNG")[:60]) == "picture_unreadable"
    assert ImageFile.LOAD_TRUNCATED_IMAGES


def test_a_picture_of_too_many_pixels_is_refused() -> None:
    data = bytearray(picture("PNG"))
    data[16:24] = (20_000).to_bytes(4, "big") * 2  # the header promises 400 million
    assert refused(read_picture, bytes(data)) in {"import_too_large", "picture_unreadable"}
