// Fingers and mouse on the plan. A mouse drags at once and frames on empty ground; a finger moves what is chosen (or
// what it rests on for a moment) and otherwise carries the view; two fingers always zoom.
import { around, bounds, meet, resized } from "./geometry.js";
import { Guides } from "./snap.js";

const STARTS = { mouse: 4, pen: 6, touch: 9 };
const LONG_PRESS = 380;
const HOLD = 8;

export class Gestures {
  constructor(editor) {
    this.editor = editor;
    this.fingers = new Map();
    const { stage } = editor;
    stage.addEventListener("pointerdown", (event) => this.down(event));
    stage.addEventListener("pointermove", (event) => this.move(event));
    stage.addEventListener("pointerup", (event) => this.up(event));
    stage.addEventListener("pointercancel", (event) => this.up(event, true));
    stage.addEventListener("contextmenu", (event) => this.now && event.preventDefault());
  }

  down(event) {
    if (event.target.closest("button")) return;
    const { editor } = this;
    this.fingers.set(event.pointerId, [event.clientX, event.clientY]);
    editor.camera.measure();
    if (this.fingers.size === 2) return this.pinch();
    if (!event.isPrimary || event.button > 1) return undefined;
    try {
      editor.stage.setPointerCapture(event.pointerId);
    } catch {
      // A pointer that is already gone needs no capture.
    }
    this.start = { x: event.clientX, y: event.clientY, at: editor.camera.at(event) };
    this.now = this.intent(event);
    clearTimeout(this.press);
    if (this.now.long) this.press = setTimeout(() => this.longPress(event), LONG_PRESS);
    return undefined;
  }

  /** What a press will become when it moves, and what it is when it does not. */
  intent(event) {
    const { editor } = this;
    const handle = event.target.closest("[data-handle]")?.dataset.handle;
    const element = event.target.closest(".thing");
    const touch = event.pointerType === "touch";
    const base = { touch, starts: STARTS[event.pointerType] ?? 4, element, add: event.shiftKey || editor.tool === "several" };
    if (event.button === 1 || editor.tool === "hand" || editor.spaceDown) return { ...base, kind: "pan", element: null };
    if (editor.tools.active) return { ...base, kind: touch ? "pan" : "none", tap: true };
    if (handle) return { ...base, kind: "resize", handle };
    if (!element) return { ...base, kind: touch && editor.tool !== "several" ? "pan" : "marquee" };
    const chosen = editor.selection.has(element.dataset.kind, element.dataset.code);
    if (touch && !chosen) return { ...base, kind: "pan", long: true };
    // With a mouse, a press on the ground of an aisle frames what stands on it.
    if (!chosen && element.classList.contains("aisle")) return { ...base, kind: "marquee" };
    return { ...base, kind: "move" };
  }

  longPress() {
    const { kind, code } = this.now.element.dataset;
    this.editor.selection.set([[kind, code]]);
    navigator.vibrate?.(15);
    this.now.kind = "move";
    this.begin();
  }

  move(event) {
    const finger = this.fingers.get(event.pointerId);
    if (!finger) return;
    finger[0] = event.clientX;
    finger[1] = event.clientY;
    if (this.spread) return this.pinching();
    if (!this.now) return;
    const [dx, dy] = [event.clientX - this.start.x, event.clientY - this.start.y];
    if (!this.now.live) {
      if (Math.hypot(dx, dy) < this.now.starts) return;
      clearTimeout(this.press);
      this.begin();
    }
    this.now.follow?.(dx, dy);
  }

  begin() {
    this.now.live = true;
    const { editor, now } = this;
    if (now.kind === "pan") {
      editor.camera.begin(this.start.x, this.start.y);
      now.follow = (dx, dy) => editor.camera.carry(dx, dy);
      now.finish = () => editor.camera.settle();
    } else if (now.kind === "move") this.beginMove();
    else if (now.kind === "resize") this.beginResize();
    else if (now.kind === "marquee") this.beginMarquee();
  }

  beginMove() {
    const { editor, now } = this;
    const { kind, code } = now.element.dataset;
    if (!editor.selection.has(kind, code)) {
      const kept = now.add ? editor.selection.things().map((each) => [each.kind, each.code]) : [];
      editor.selection.set([...kept, [kind, code]]);
    }
    const things = editor.selection.loose();
    if (!things.length) {
      editor.announce("is_locked");
      return;
    }
    const own = new Set(things.map(({ key }) => key));
    const box = around(things.map((each) => bounds(each.kind, each.form)));
    const others = [...editor.store.of("stand")].filter(([name]) => !own.has(`stand ${name}`)).map(([, form]) => form);
    const guides = new Guides(others, editor.store.hall);
    const k = editor.camera.k;
    const slides = things.every((each) => each.kind === "door") && things[0].form;
    const across = slides && (slides.side === "north" || slides.side === "south");
    let held = { dx: 0, dy: 0 };
    editor.overlay.raise(things.map(({ key }) => editor.view.elements.get(key)));
    now.follow = (dx, dy) => {
      held = guides.hold(box, slides && !across ? 0 : dx * k, slides && across ? 0 : dy * k, HOLD * k);
      editor.overlay.carry(held.dx, held.dy);
      editor.overlay.guide(held.x, held.y);
      editor.readout(box.x + held.dx, box.y + held.dy);
    };
    now.finish = (cancelled) => {
      editor.overlay.lower();
      editor.readout();
      if (!cancelled) editor.move(things, held.dx, held.dy);
    };
  }

  beginResize() {
    const { editor, now } = this;
    const [thing] = editor.selection.things();
    const from = bounds(thing.kind, thing.form);
    const k = editor.camera.k;
    let box = from;
    now.follow = (dx, dy) => {
      box = resized(from, now.handle, dx * k, dy * k, thing.kind === "stand" ? 50 : 10);
      if (thing.kind === "door") box = from.w ? { ...box, y: from.y, h: 0 } : { ...box, x: from.x, w: 0 };
      editor.overlay.frame(box);
      editor.readout(box.w, box.h, true);
    };
    now.finish = (cancelled) => {
      editor.overlay.frame(null);
      editor.readout();
      if (!cancelled) editor.fit(thing, box);
    };
  }

  beginMarquee() {
    const { editor, now } = this;
    const [x, y] = this.start.at;
    const k = editor.camera.k;
    let box = { x, y, w: 0, h: 0 };
    now.follow = (dx, dy) => {
      const [w, h] = [dx * k, dy * k];
      box = { x: Math.min(x, x + w), y: Math.min(y, y + h), w: Math.abs(w), h: Math.abs(h) };
      editor.overlay.frame(box);
    };
    now.finish = (cancelled) => {
      editor.overlay.frame(null);
      if (cancelled) return;
      const kept = now.add ? editor.selection.things().map((each) => [each.kind, each.code]) : [];
      const caught = [...editor.view.elements.values()].map(({ dataset }) => [dataset.kind, dataset.code])
        .filter(([kind, code]) => kind !== "marking" && meet(bounds(kind, editor.store.get(kind, code)), box));
      editor.selection.set([...kept, ...caught]);
      editor.saySelection();
    };
  }

  up(event, cancelled = false) {
    this.fingers.delete(event.pointerId);
    clearTimeout(this.press);
    if (this.spread) {
      if (this.fingers.size < 2) {
        this.spread = null;
        this.editor.camera.settle();
      }
      return;
    }
    const { now } = this;
    this.now = null;
    if (!now) return;
    if (now.live) now.finish?.(cancelled);
    else if (!cancelled) this.tap(now, event);
  }

  tap(now, event) {
    const { editor } = this;
    if (editor.tools.active) {
      if (now.kind !== "pan" || now.tap) editor.tools.tap(this.start.at, now.element);
      return;
    }
    if (editor.tool === "hand" || event.button) return;
    if (!now.element) {
      if (!now.add && now.kind !== "resize") editor.selection.clear();
      return;
    }
    const { kind, code } = now.element.dataset;
    editor.choose(kind, code, now.add);
  }

  /** A second finger ends whatever the first began. */
  pinch() {
    clearTimeout(this.press);
    if (this.now?.live) this.now.finish?.(this.now.kind !== "pan");
    this.now = null;
    this.spread = this.span();
    this.editor.camera.begin(this.spread.x, this.spread.y);
  }

  span() {
    const [[ax, ay], [bx, by]] = [...this.fingers.values()];
    return { x: (ax + bx) / 2, y: (ay + by) / 2, d: Math.hypot(ax - bx, ay - by) || 1 };
  }

  pinching() {
    const now = this.span();
    this.editor.camera.carry(now.x - this.spread.x, now.y - this.spread.y, now.d / this.spread.d);
  }
}
