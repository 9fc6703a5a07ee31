"""A hand on the plan: drags and zooms in a real browser whose processor is slowed, and how long each frame took."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

# A telephone of the lower kind is about six times slower than a desk computer.
SLOWED = 6
# Counts the time between frames while a gesture goes on; put in by the debugger, which a content policy does not stop.
WATCH = """() => {
  window.frames_ms = [];
  let last = performance.now();
  const tick = (now) => { window.frames_ms.push(now - last); last = now; window.watching = requestAnimationFrame(tick); };
  requestAnimationFrame((now) => { last = now; window.watching = requestAnimationFrame(tick); });
}"""
STOP = "() => { cancelAnimationFrame(window.watching); return window.frames_ms; }"


def drag_frames(page: Page, steps: int = 60) -> list[float]:
    """Milliseconds of each frame while the zoomed plan is dragged about."""
    box = page.locator("[data-stage]").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + min(box["height"], 600) / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 10, y + 10)
    page.evaluate(WATCH)
    for step in range(steps):
        page.mouse.move(x + 10 - 3 * step, y + 10 + step)
        page.wait_for_timeout(12)
    frames = page.evaluate(STOP)
    page.mouse.up()
    return [float(each) for each in frames]


def zoom_frames(page: Page, steps: int = 40) -> list[float]:
    """Milliseconds of each frame while the wheel zooms in and out."""
    box = page.locator("[data-stage]").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 300)
    page.keyboard.down("Control")
    page.evaluate(WATCH)
    for step in range(steps):
        page.mouse.wheel(0, -40 if step < steps // 2 else 40)
        page.wait_for_timeout(20)
    frames = page.evaluate(STOP)
    page.keyboard.up("Control")
    page.wait_for_timeout(400)
    return [float(each) for each in frames]


def measure(page: Page, path: str) -> tuple[float, float]:
    """Median milliseconds a frame of panning and of zooming on the plan at this path, with a slowed processor."""
    page.goto(path)
    page.locator('[data-do="in"]').click()
    page.locator('[data-do="in"]').click()
    slow = page.context.new_cdp_session(page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.wait_for_timeout(1500)
    panning = statistics.median(drag_frames(page))
    page.wait_for_timeout(1500)
    zooming = statistics.median(zoom_frames(page))
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return panning, zooming
