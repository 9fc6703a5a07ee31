// Zoom and pan of the plan. While fingers, mouse or wheel move, a CSS transform follows them, once a frame; the viewBox
// is written once at the end: writing it on every frame would lay out and draw every stand anew.

const NEAREST = 500;
const MOVED = 6;
const WHEEL_RESTS = 140;
// Letters are shown where they have at least so many pixels; names and codes are so many centimetres high.
const LEGIBLE = 12;
const NAME = 50;
const CODE = 84;
const KEYS = { "+": ["by", 0.7], "=": ["by", 0.7], "-": ["by", 1.4], 0: ["fit"] };
const PANS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Zoom {
  /** `mayPan(target)` says whether a drag that begins on an element moves the view. */
  constructor(stage, svg, mayPan = () => true) {
    this.stage = stage;
    this.svg = svg;
    this.mayPan = mayPan;
    const { x, y, width, height } = svg.viewBox.baseVal;
    this.whole = { x, y, w: width, h: height };
    this.box = { ...this.whole };
    this.fingers = new Map();
    stage.addEventListener("wheel", (event) => this.onWheel(event), { passive: false });
    stage.addEventListener("pointerdown", (event) => this.onDown(event));
    stage.addEventListener("pointermove", (event) => this.onMove(event));
    stage.addEventListener("keydown", (event) => this.onKey(event));
    stage.addEventListener("dragstart", (event) => event.preventDefault());
    for (const end of ["pointerup", "pointercancel"]) stage.addEventListener(end, (event) => this.onEnd(event));
    // The click at the end of a drag opens nothing.
    stage.addEventListener("click", (event) => this.moved && event.preventDefault(), { capture: true });
    new ResizeObserver(() => this.relabel()).observe(stage);
  }

  get near() {
    return this.box.w < this.whole.w - 1;
  }

  /** Show a part of the hall, kept inside it. */
  set(box) {
    const w = Math.min(this.whole.w, Math.max(NEAREST, box.w));
    const h = (w * this.whole.h) / this.whole.w;
    const x = Math.min(this.whole.x + this.whole.w - w, Math.max(this.whole.x, box.x));
    const y = Math.min(this.whole.y + this.whole.h - h, Math.max(this.whole.y, box.y));
    this.box = { x, y, w, h };
    this.rest();
    this.svg.setAttribute("viewBox", `${x} ${y} ${w} ${h}`);
    this.stage.classList.toggle("near", this.near);
    this.relabel();
  }

  fit() {
    this.set(this.whole);
  }

  /** Zoom by a factor (below 1 is nearer) round a point of the screen, or the middle. */
  by(factor, at) {
    const rect = this.svg.getBoundingClientRect();
    const fx = at ? (at.x - rect.left) / rect.width : 0.5;
    const fy = at ? (at.y - rect.top) / rect.height : 0.5;
    const w = Math.min(this.whole.w, Math.max(NEAREST, this.box.w * factor));
    const h = (w * this.whole.h) / this.whole.w;
    this.set({ x: this.box.x + (this.box.w - w) * fx, y: this.box.y + (this.box.h - h) * fy, w });
  }

  /** Bring a point of the hall into view: by scrolling while the whole hall is drawn, else by moving the view. */
  follow(element, x, y) {
    if (!this.near) {
      element.scrollIntoView({ block: "nearest", inline: "nearest" });
      return;
    }
    const { box } = this;
    const edge = Math.min(box.w, box.h) / 6;
    const inside = x > box.x + edge && x < box.x + box.w - edge && y > box.y + edge && y < box.y + box.h - edge;
    if (!inside) this.set({ ...box, x: x - box.w / 2, y: y - box.h / 2 });
  }

  /** Letters smaller than can be read are left out. */
  relabel() {
    const scale = this.svg.getBoundingClientRect().width / this.box.w;
    this.stage.classList.toggle("far", scale * NAME < LEGIBLE);
    this.stage.classList.toggle("farther", scale * CODE < LEGIBLE);
  }

  onWheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const factor = (this.wheel?.factor ?? 1) * (event.deltaY < 0 ? 1.18 : 0.85);
    this.wheel = { factor, at: this.wheel?.at ?? { x: event.clientX, y: event.clientY } };
    this.draw(factor, this.wheel.at);
    clearTimeout(this.wheelRests);
    this.wheelRests = setTimeout(() => {
      const { factor: all, at } = this.wheel;
      this.wheel = null;
      this.rest();
      this.by(1 / all, at);
    }, WHEEL_RESTS);
  }

  onKey(event) {
    if (event.target !== this.stage || event.ctrlKey || event.metaKey || event.altKey) return;
    const pan = this.near && PANS[event.key];
    if (pan) this.set({ ...this.box, x: this.box.x + (pan[0] * this.box.w) / 5, y: this.box.y + (pan[1] * this.box.h) / 5 });
    else if (KEYS[event.key]) this[KEYS[event.key][0]](KEYS[event.key][1]);
    else return;
    event.preventDefault();
  }

  /** Move the picture as it is, in the next frame: nothing is laid out. */
  draw(factor, at, dx = 0, dy = 0) {
    if (!this.origin) {
      const rect = this.svg.getBoundingClientRect();
      this.origin = { left: rect.left, top: rect.top };
      this.stage.classList.add("moving");
    }
    const x = at.x - this.origin.left;
    const y = at.y - this.origin.top;
    this.next = `translate(${dx}px, ${dy}px) translate(${x}px, ${y}px) scale(${factor}) translate(${-x}px, ${-y}px)`;
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (this.origin) this.svg.style.transform = this.next;
    });
  }

  rest() {
    this.origin = null;
    this.svg.style.transform = "";
    this.stage.classList.remove("moving");
  }

  onDown(event) {
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (this.fingers.size === 2) this.start = this.spread();
    else if (this.near && this.mayPan(event.target)) this.start = this.spread();
  }

  spread() {
    const [a, b = a] = [...this.fingers.values()];
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, d: Math.hypot(a.x - b.x, a.y - b.y) };
  }

  onMove(event) {
    const finger = this.fingers.get(event.pointerId);
    if (!finger || !this.start) return;
    finger.x = event.clientX;
    finger.y = event.clientY;
    const now = this.spread();
    const gesture = { factor: this.start.d && now.d ? now.d / this.start.d : 1, dx: now.x - this.start.x, dy: now.y - this.start.y };
    if (!this.gesture && this.fingers.size === 1 && Math.hypot(gesture.dx, gesture.dy) < MOVED) return;
    if (!this.gesture) this.stage.setPointerCapture(event.pointerId);
    this.gesture = gesture;
    this.draw(gesture.factor, this.start, gesture.dx, gesture.dy);
  }

  onEnd(event) {
    this.fingers.delete(event.pointerId);
    const { gesture, start } = this;
    this.start = this.gesture = null;
    if (!gesture || !start) return;
    this.moved = true;
    setTimeout(() => (this.moved = false), 50);
    this.rest();
    const rect = this.svg.getBoundingClientRect();
    const perPixel = this.box.w / rect.width;
    const w = Math.min(this.whole.w, Math.max(NEAREST, this.box.w / gesture.factor));
    // What was under the fingers when they came down is under them where they left.
    const at = { x: this.box.x + (start.x - rect.left) * perPixel, y: this.box.y + (start.y - rect.top) * perPixel };
    const then = w / rect.width;
    this.set({ x: at.x - (start.x + gesture.dx - rect.left) * then, y: at.y - (start.y + gesture.dy - rect.top) * then, w });
  }
}
