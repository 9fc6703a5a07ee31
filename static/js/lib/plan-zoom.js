// Zoom and pan of the plan. While fingers or wheel move, a CSS transform follows them; the viewBox is written once at
// the end: writing it on every frame redraws every stand.

const MARGIN = 40;
const NEAREST = 500;

export class Zoom {
  constructor(stage, svg, width, depth) {
    this.stage = stage;
    this.svg = svg;
    this.whole = { x: -MARGIN, y: -MARGIN, w: width + 2 * MARGIN, h: depth + 2 * MARGIN };
    this.box = { ...this.whole };
    this.fingers = new Map();
    stage.addEventListener("wheel", (event) => this.onWheel(event), { passive: false });
    stage.addEventListener("pointerdown", (event) => this.onDown(event));
    stage.addEventListener("pointermove", (event) => this.onMove(event));
    for (const end of ["pointerup", "pointercancel"]) stage.addEventListener(end, (event) => this.onEnd(event));
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
    this.svg.style.transform = "";
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

  /** Names that would be smaller than they can be read are left out. */
  relabel() {
    const pixels = (this.svg.getBoundingClientRect().width / this.box.w) * 50;
    this.stage.classList.toggle("far", pixels < 6.5);
  }

  onWheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const factor = event.deltaY < 0 ? 0.85 : 1.18;
    this.wheel = { factor: (this.wheel?.factor ?? 1) * factor, at: { x: event.clientX, y: event.clientY } };
    clearTimeout(this.wheelEnds);
    this.scale(1 / this.wheel.factor, this.wheel.at);
    this.wheelEnds = setTimeout(() => {
      const { factor: all, at } = this.wheel;
      this.wheel = null;
      this.svg.style.transform = "";
      this.by(all, at);
    }, 120);
  }

  scale(factor, at, dx = 0, dy = 0) {
    const rect = this.origin ?? this.stage.getBoundingClientRect();
    const x = at.x - rect.left + this.stage.scrollLeft;
    const y = at.y - rect.top + this.stage.scrollTop;
    this.svg.style.transformOrigin = `${x}px ${y}px`;
    this.svg.style.transform = `translate(${dx}px, ${dy}px) scale(${factor})`;
  }

  onDown(event) {
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (this.fingers.size === 2) this.start = this.spread();
    else if (this.near && !event.target.closest(".stand.taken")) this.start = { ...this.spread(), pan: true };
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
    this.gesture = { factor: this.start.d && now.d ? now.d / this.start.d : 1, dx: now.x - this.start.x, dy: now.y - this.start.y };
    this.scale(this.gesture.factor, this.start, this.gesture.dx, this.gesture.dy);
  }

  onEnd(event) {
    this.fingers.delete(event.pointerId);
    const { gesture, start } = this;
    this.start = this.gesture = null;
    if (!gesture || !start) return;
    this.svg.style.transform = "";
    const perPixel = this.box.w / this.svg.getBoundingClientRect().width;
    this.moved = Math.hypot(gesture.dx, gesture.dy) > 6 || gesture.factor !== 1;
    this.by(1 / gesture.factor, start);
    this.set({ ...this.box, x: this.box.x - gesture.dx * perPixel, y: this.box.y - gesture.dy * perPixel });
    setTimeout(() => (this.moved = false), 50);
  }
}
