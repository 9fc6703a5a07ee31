"""Drawing the hall: by keyboard, mouse and finger, alone, with a colleague, and without network."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import ezdxf
import ezdxf.units
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Locator, Page

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
SAVED = re.compile("status-ok")
STATE = "async () => (await fetch(document.querySelector('floor-editor').dataset.state)).json()"
TAKE_BACK = """async (until) => {
  const { dataset } = document.querySelector('floor-editor');
  const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': document.querySelector('meta[name="csrf-token"]').content };
  for (;;) {
    const { undo } = await (await fetch(dataset.state)).json();
    if (!undo || undo === until) return;
    const answer = await fetch(dataset.undo, { method: 'POST', headers, body: JSON.stringify({ change: undo }) });
    if (!answer.ok) return;
  }
}"""


def state(page: Page) -> dict[str, Any]:
    """The drawing as the server has it."""
    found: dict[str, Any] = page.evaluate(STATE)
    return found


def stand_form(page: Page, code: str) -> dict[str, Any] | None:
    found: dict[str, Any] | None = state(page)["things"]["stand"].get(code)
    return found


def thing(page: Page, code: str) -> Locator:
    return page.locator(f'.thing[data-code="{code}"]')


def saved(page: Page) -> None:
    expect(page.locator("[data-status]")).to_have_class(SAVED)


def draw(context: BrowserContext, lang: str = "fr") -> Page:
    page = context.new_page()
    page.goto(f"/{lang}/floor/editor")
    expect(page.locator("floor-editor[data-ready]")).to_be_visible()
    return page


@pytest.fixture
def open_editor(enter: Callable[..., BrowserContext]) -> Iterator[Callable[..., Page]]:
    """Open the editor as somebody: `open_editor("organiser")`; at the end what each has drawn is taken back."""
    opened: list[tuple[Page, int | None]] = []

    def start(who: str = "organiser", lang: str = "fr", **options: Any) -> Page:
        page = draw(enter(who, **{"viewport": DESK, **options}), lang)
        opened.append((page, state(page)["undo"]))
        return page

    yield start
    for page, before in reversed(opened):
        page.context.set_offline(False)
        page.evaluate(TAKE_BACK, before)


def type_into(page: Page, text: str) -> None:
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    page.keyboard.press("Tab")


def test_a_row_of_ten_stands_by_keyboard_alone(open_editor: Callable[..., Page]) -> None:
    page = open_editor()
    page.locator('[data-tool="select"]').focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    for text in ("10", "N01", "2", "2,5", "0"):
        type_into(page, text)
    page.keyboard.press("Tab")
    for text in ("10", "21,5"):
        type_into(page, text)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(thing(page, "N10")).to_be_visible()
    saved(page)
    last = stand_form(page, "N10")
    assert last
    assert (last["x"], last["y"], last["w"], last["h"]) == (2800, 2150, 200, 250)
    expect(page.locator("[data-live]")).to_contain_text("10")

    page.keyboard.press("Escape")
    page.locator("[data-stage]").focus()
    page.keyboard.press("Tab")
    expect(thing(page, "N01")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(thing(page, "N02")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator("#stand-y")).to_have_value("22,7")
    saved(page)
    moved = stand_form(page, "N02")
    assert moved
    assert (moved["x"], moved["y"]) == (1200, 2270)

    page.keyboard.press("Control+z")
    expect(page.locator("#stand-y")).to_have_value("21,5")
    page.keyboard.press("Control+Shift+z")
    expect(page.locator("#stand-y")).to_have_value("22,7")
    saved(page)
    page.reload()
    expect(thing(page, "N02").locator(".box")).to_have_attribute("d", re.compile("M1206 2276"))


def test_mouse_drag_holds_on_to_the_edges_of_others(open_editor: Callable[..., Page]) -> None:
    page = open_editor()
    before = stand_form(page, "C01")
    assert before
    box = thing(page, "C01").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 10, y + 4, steps=3)
    page.mouse.move(x - 30, y + 1, steps=6)  # a little aside: the edge of the row holds it
    page.mouse.up()
    saved(page)
    after = stand_form(page, "C01")
    assert after
    assert after["y"] == before["y"]
    assert after["x"] < before["x"]
    expect(page.locator("[data-live]")).to_contain_text("C01")


def test_properties_take_metres_with_comma_and_change_several_at_once(open_editor: Callable[..., Page]) -> None:
    page = open_editor()
    thing(page, "E01").click()
    page.locator("#stand-w").fill("2,5")
    page.keyboard.press("Tab")
    saved(page)
    form = stand_form(page, "E01")
    assert form
    assert form["w"] == 250
    thing(page, "E02").click(modifiers=["Shift"])
    page.locator("#stand-fixed").check()
    saved(page)
    both = [stand_form(page, code) for code in ("E01", "E02")]
    assert [each and each["fixed"] for each in both] == [True, True]
    page.locator("#stand-w").evaluate("field => field.closest('[data-box]').hidden")
    thing(page, "E02").click()
    page.locator("#stand-code").fill("E99")
    page.keyboard.press("Tab")
    expect(thing(page, "E99")).to_be_visible()
    saved(page)
    assert stand_form(page, "E02") is None


def finger(page: Page) -> Callable[..., None]:
    """A hand on the screen: `touch("touchMove", (x, y))`."""
    wire = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        wire.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    return touch


def test_a_finger_moves_what_is_chosen(open_editor: Callable[..., Page]) -> None:
    page = open_editor(viewport=PHONE, has_touch=True, is_mobile=True)
    before = stand_form(page, "D04")
    assert before
    thing(page, "D04").scroll_into_view_if_needed()
    thing(page, "D04").tap()
    expect(thing(page, "D04")).to_have_attribute("aria-pressed", "true")
    box = thing(page, "D04").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = finger(page)
    touch("touchStart", (x, y))
    for step in range(1, 9):
        touch("touchMove", (x, y - 5 * step))
    touch("touchEnd")
    saved(page)
    after = stand_form(page, "D04")
    assert after
    assert after["y"] < before["y"]
    assert after["x"] == before["x"]


def test_two_fingers_zoom_and_change_nothing(open_editor: Callable[..., Page]) -> None:
    page = open_editor(viewport=PHONE, has_touch=True, is_mobile=True)
    page.locator("[data-stage]").scroll_into_view_if_needed()
    version, main = state(page)["version"], page.locator("svg.main")
    whole = main.get_attribute("viewBox")
    box = page.locator("[data-stage]").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = finger(page)
    touch("touchStart", (x - 20, y), (x + 20, y))
    for step in range(1, 6):
        touch("touchMove", (x - 20 - 10 * step, y), (x + 20 + 10 * step, y))
    touch("touchEnd")
    expect(main).not_to_have_attribute("viewBox", str(whole))
    width = [float(str(each).split()[2]) for each in (whole, main.get_attribute("viewBox"))]
    assert width[1] < width[0] / 2
    assert state(page)["version"] == version


def nudge(page: Page, code: str, key: str) -> None:
    thing(page, code).click()
    page.keyboard.press(key)


def test_two_people_see_each_others_changes(open_editor: Callable[..., Page]) -> None:
    anna, badr = open_editor("organiser"), open_editor("stands")
    nudge(anna, "B01", "Shift+ArrowLeft")
    saved(anna)
    form = stand_form(anna, "B01")
    assert form
    expect(thing(badr, "B01").locator(".box")).to_have_attribute("d", re.compile(f"M{form['x'] + 6} "), timeout=10_000)
    expect(badr.locator("[data-others]")).to_be_visible()


@pytest.mark.parametrize(("answer", "x"), [("theirs", -100), ("mine", 10)])
def test_the_same_stand_changed_by_two_is_asked_about(open_editor: Callable[..., Page], answer: str, x: int) -> None:
    anna, badr = open_editor("organiser"), open_editor("stands")
    before = stand_form(anna, "B02")
    assert before
    badr.route("**/changes?*", lambda route: route.fulfill(status=204))  # his screen has not heard of her change yet
    nudge(anna, "B02", "Shift+ArrowLeft")
    saved(anna)
    nudge(badr, "B02", "ArrowRight")
    dialog = badr.locator("[data-conflict]")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("B02")
    dialog.locator(f'button[value="{answer}"]').click()
    badr.unroute("**/changes?*")
    saved(badr)
    after = stand_form(badr, "B02")
    assert after
    assert after["x"] == before["x"] + x
    expect(thing(badr, "B02").locator(".box")).to_have_attribute("d", re.compile(f"M{after['x'] + 6} "))


def test_without_network_nothing_is_lost(open_editor: Callable[..., Page]) -> None:
    page = open_editor()
    before = stand_form(page, "F03")
    assert before
    page.context.set_offline(True)
    nudge(page, "F03", "ArrowUp")
    expect(page.locator("[data-status]")).to_contain_text("Pas encore enregistré : \u20681", timeout=10_000)
    page.context.set_offline(False)
    saved(page)
    after = stand_form(page, "F03")
    assert after
    assert after["y"] == before["y"] - 10


def test_what_could_not_be_sent_survives_a_reload(open_editor: Callable[..., Page]) -> None:
    page = open_editor()
    before = stand_form(page, "F04")
    assert before
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/floor/editor/command*", lambda route: route.abort())
    nudge(page, "F04", "ArrowUp")
    expect(page.locator("[data-status]")).to_contain_text("Pas encore enregistré", timeout=10_000)
    page.unroute("**/floor/editor/command*")
    page.reload()
    expect(page.locator("floor-editor[data-ready]")).to_be_visible()
    saved(page)
    after = stand_form(page, "F04")
    assert after
    assert after["y"] == before["y"] - 10


def test_faults_lead_to_what_they_speak_of(open_editor: Callable[..., Page]) -> None:
    page = open_editor()
    count = page.locator("[data-fault-count]")
    before = int(count.inner_text())
    nudge(page, "A06", "Shift+ArrowRight")
    expect(count).not_to_have_text(str(before))
    expect(thing(page, "A06")).to_have_class(re.compile("faulty"))
    page.locator(".fault-list .bad button").first.click()
    expect(page.locator(".thing:focus")).to_have_class(re.compile("faulty"))


def test_corners_by_keyboard_make_an_aisle(open_editor: Callable[..., Page]) -> None:
    page = open_editor()
    page.locator('[data-tool="aisle"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-stage]")).to_be_focused()
    page.keyboard.press("Enter")
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft"):
        for _ in range(3):
            page.keyboard.press(f"Shift+{key}")
        page.keyboard.press(" ")
    page.keyboard.press("Enter")
    saved(page)
    [aisle] = [each for each in state(page)["things"]["marking"].values() if each["kind"] == "aisle"]
    assert len(aisle["points"]) == 4
    [left, *_], [right, *_] = aisle["points"][:2]
    assert right - left == 300


def test_neighbours_are_corrected_by_picking_two(open_editor: Callable[..., Page]) -> None:
    page = open_editor()
    page.locator('[data-tool="link"]').click()
    thing(page, "C02").click()
    thing(page, "C03").click()
    page.locator("#link-none").check()
    saved(page)
    assert state(page)["things"]["link"] == {"C02~C03": {"a": "C02", "b": "C03", "kind": "none"}}
    page.locator("#link-computed").check()
    saved(page)
    assert state(page)["things"]["link"] == {}


def test_a_stand_is_changed_without_scripts(
    enter: Callable[..., BrowserContext], open_editor: Callable[..., Page]
) -> None:
    watcher = open_editor()
    page = enter("organiser", java_script_enabled=False, viewport=PHONE).new_page()
    page.goto("/fr/floor/editor")
    expect(page.locator("svg.hall")).to_be_visible()
    expect(page.locator(".desk")).to_be_hidden()
    page.goto("/fr/floor/editor?stand=F05#by-form")
    page.locator("#x").fill("15,20")
    page.locator("#water").set_checked(True)
    page.get_by_role("button", name="Enregistrer le stand").click()
    expect(page.locator("#x")).to_have_value("15,2")
    form = stand_form(watcher, "F05")
    assert form
    assert (form["x"], form["water"]) == (1520, True)
    page.locator("#x").fill("quinze")
    page.get_by_role("button", name="Enregistrer le stand").click()
    expect(page.locator("#x")).to_have_value("quinze")
    expect(page.locator("[data-summary]")).to_be_visible()


def test_a_drawing_from_dxf_is_looked_at_then_taken_in_and_back(
    open_editor: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_editor()
    before = state(page)
    drawing = ezdxf.new(units=ezdxf.units.M)
    space = drawing.modelspace()
    for at in range(3):
        x = 12 + 3 * at
        corners = [(x, 2), (x + 3, 2), (x + 3, 4), (x, 4)]
        space.add_lwpolyline(corners, close=True, dxfattribs={"layer": "STANDS"})
        space.add_text(f"X0{at + 1}", dxfattribs={"layer": "STANDS", "height": 0.4}).set_placement((x + 1, 3))
    drawing.saveas(tmp_path / "hall.dxf")
    page.locator("details.fold", has=page.locator("[data-import-open]")).locator("summary").click()
    page.locator("[data-import-open]").click()
    dialog = page.locator("[data-import]")
    dialog.locator("input[type=file]").set_input_files(tmp_path / "hall.dxf")
    dialog.locator('button[value="look"]').click()
    expect(dialog.locator("[data-found]")).to_contain_text("Stands: 3")
    assert state(page)["version"] == before["version"]
    dialog.locator('button[value="apply"]').click()
    expect(thing(page, "X03")).to_be_visible()
    form = stand_form(page, "X03")
    assert form
    assert (form["w"], form["h"]) == (300, 200)
    assert len(state(page)["things"]["stand"]) == len(before["things"]["stand"]) + 3
    page.locator('[data-act="undo"]').click()
    expect(thing(page, "X03")).to_have_count(0)


def test_a_picture_is_traced_from_and_scaled_by_two_points(open_editor: Callable[..., Page], tmp_path: Path) -> None:
    page = open_editor()
    Image.new("RGB", (400, 300), "lightgrey").save(tmp_path / "plan.png")
    fold = page.locator("details.fold", has=page.locator("[data-background-form]"))
    fold.locator("summary").click()
    fold.locator("input[type=file]").set_input_files(tmp_path / "plan.png")
    fold.locator("[data-background-form] button").click()
    picture = page.locator("[data-background-image]")
    expect(picture).to_have_attribute("width", "4000")
    page.locator("[data-measure]").click()
    box = page.locator("[data-stage]").bounding_box()
    assert box
    wide = float(str(page.locator("svg.main").get_attribute("viewBox")).split()[2]) / box["width"]
    for x in (100, 300):
        page.mouse.click(box["x"] + x, box["y"] + box["height"] / 2)
    page.locator("#measure-distance").fill("10")
    page.keyboard.press("Enter")
    scaled = round(4000 * 1000 / (200 * wide))
    expect(picture).to_have_attribute("width", re.compile("|".join(str(scaled + off) for off in range(-12, 13))))
    page.locator("[data-background-remove]").click()
    expect(picture).not_to_have_attribute("href", re.compile("."))
    assert state(page)["background"] is None


AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHECK = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(found => found.violations)"
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def _violations(page: Page, where: str) -> list[str]:
    found: list[dict[str, Any]] = page.evaluate(CHECK, RULES)
    return [f"{where} {each['id']}: {node['html'][:140]}" for each in found for node in each["nodes"][:3]]


@pytest.mark.parametrize(("lang", "size"), [("ar", PHONE), ("fr", DESK)], ids=["ar-phone", "fr-desk"])
def test_every_panel_can_be_used_by_everybody(
    open_editor: Callable[..., Page], lang: str, size: dict[str, int]
) -> None:
    page = open_editor(lang=lang, viewport=size)
    page.evaluate(AXE)
    for fold in page.locator("details.fold").all():
        fold.evaluate("fold => { fold.open = true; }")
    faults = _violations(page, "nothing chosen")
    thing(page, "C03").click()
    faults += _violations(page, "a stand")
    for tool in ("row", "door", "obstacle", "polygon", "link"):
        page.locator(f'[data-tool="{tool}"]').click()
        expect(page.locator(f'[data-tool="{tool}"]')).to_have_attribute("aria-pressed", "true")
        faults += _violations(page, tool)
    page.locator('[data-tool="select"]').click()
    page.locator("[data-zone-new]").click()
    faults += _violations(page, "a zone")
    assert faults == []
    assert page.evaluate(SIDEWAYS) <= 0


MANY = 1600


def _large(drawing: dict[str, Any]) -> dict[str, Any]:
    """The drawing with 1,600 stands of three by three metres, back to back in a hall to hold them."""
    [like, *_] = drawing["things"]["stand"].values()
    stands = {
        f"{chr(65 + row % 26)}{row // 26}{at:02}": {
            **like,
            "x": 200 + 300 * at,
            "y": 100 + 310 * row + 300 * (row // 2),
        }
        for row in range(32)
        for at in range(50)
    }
    assert len(stands) == MANY
    drawing["things"] |= {"stand": stands, "obstacle": {}, "door": {}}
    return drawing | {"hall": {**drawing["hall"], "width": 15_400, "depth": 15_000}, "neighbours": [], "faults": []}


def test_sixteen_hundred_stands_are_panned_dragged_and_zoomed(enter: Callable[..., BrowserContext]) -> None:
    page = enter("organiser", viewport=DESK).new_page()
    page.route("**/editor/state*", lambda route: route.fulfill(json=_large(route.fetch().json())))
    page.route("**/editor/changes*", lambda route: route.fulfill(status=204))
    page.route("**/editor/command*", lambda route: route.abort())
    page.goto("/fr/floor/editor")
    expect(page.locator(".thing.stand")).to_have_count(MANY)
    box = page.locator("[data-stage]").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def drag(x: float, y: float) -> None:
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 60, y + 40, steps=6)
        page.mouse.up()

    def where() -> dict[str, float]:
        found = thing(page, "M025").bounding_box()
        assert found
        return dict(found)

    page.locator('[data-tool="hand"]').click()
    before = where()
    drag(x, y)
    panned = where()
    assert (round(panned["x"] - before["x"]), round(panned["y"] - before["y"])) == (60, 40)
    page.locator('[data-tool="select"]').click()
    thing(page, "M025").click()
    drag(panned["x"] + panned["width"] / 2, panned["y"] + panned["height"] / 2)
    assert where()["x"] > panned["x"]
    page.keyboard.down("Control")
    page.mouse.wheel(0, -240)
    page.keyboard.up("Control")
    page.wait_for_timeout(400)
    assert where()["width"] > panned["width"]
