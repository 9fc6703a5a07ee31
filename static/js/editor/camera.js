// The part of the hall that is seen. While fingers or wheel move, a CSS transform carries the sheet; the viewBoxes are
// written once at the end, for writing them on every frame redraws every stand.

const MARGIN = 26;
// Centimetres to a pixel: from a hand's breadth of the screen for a chair to twice the hall.
const NEAREST = 0.35;
const SETTLE = 140;
// Labels smaller than this many pixels are not read: they are hidden.
const READABLE = 12;

export class Camera {
  constructor(stage, sheet) {
    Object.assign(this, { stage, sheet, x: 0, y: 0, k: 5, whole: { x: 0, y: 0, w: 100, h: 100 } });
    this.layers = [...sheet.querySelectorAll("svg")];
    this.moved = () => {};
    this.rect = stage.getBoundingClientRect();
    new ResizeObserver(() => this.resize()).observe(stage);
    stage.addEventListener("wheel", (event) => this.onWheel(event), { passive: false });
  }

  /** Read where the stage is, once before a gesture. */
  measure() {
    this.rect = this.stage.getBoundingClientRect();
    return this.rect;
  }

  resize() {
    const { width } = this.rect;
    this.measure();
    if (!this.rect.width || !this.placed) return;
    if (this.fitted && width !== this.rect.width) this.fit();
    else this.write();
  }

  setHall({ width, depth }) {
    this.whole = { x: -MARGIN, y: -MARGIN, w: width + 2 * MARGIN, h: depth + 2 * MARGIN };
  }

  get farthest() {
    return 1.6 * Math.max(this.whole.w / this.rect.width, this.whole.h / this.rect.height);
  }

  fit() {
    this.show(this.whole);
    this.fitted = true;
  }

  /** Show a box of the hall, in the middle. */
  show({ x, y, w, h }) {
    this.measure();
    const { width, height } = this.rect;
    const k = Math.max(w / width, h / height, NEAREST);
    this.set(x + w / 2 - (k * width) / 2, y + h / 2 - (k * height) / 2, k);
  }

  /** Bring a box into view with as little movement as can be. */
  reveal({ x, y, w, h }) {
    const { width, height } = this.rect;
    const edge = 24 * this.k;
    const shift = (from, size, at, all) => {
      if (from < at + edge) return from - edge - at;
      return from + size > at + all - edge ? from + size - (at + all - edge) : 0;
    };
    const dx = shift(x, w, this.x, width * this.k);
    const dy = shift(y, h, this.y, height * this.k);
    if (dx || dy) this.set(this.x + dx, this.y + dy, this.k);
  }

  set(x, y, k) {
    Object.assign(this, { x, y, k, fitted: false, placed: true });
    this.write();
  }

  write() {
    const { width, height } = this.rect;
    const box = `${this.x} ${this.y} ${width * this.k} ${height * this.k}`;
    this.sheet.style.transform = "";
    this.stage.style.setProperty("--px", `${this.k}px`);
    for (const layer of this.layers) layer.setAttribute("viewBox", box);
    this.stage.dataset.far = Object.keys(SIZES).filter((size) => SIZES[size] / this.k < READABLE).join(" ");
    this.moved();
  }

  /** The point of the hall under a point of the screen. */
  at({ clientX, clientY }) {
    return [this.x + (clientX - this.rect.left) * this.k, this.y + (clientY - this.rect.top) * this.k];
  }

  zoom(factor, at) {
    const rect = this.measure();
    const [px, py] = at ? [at.clientX - rect.left, at.clientY - rect.top] : [rect.width / 2, rect.height / 2];
    const k = Math.min(this.farthest, Math.max(NEAREST, this.k * factor));
    this.set(this.x + px * (this.k - k), this.y + py * (this.k - k), k);
  }

  // ---- a gesture: begin, carry, settle ----------------------------------------------------------------------

  begin(clientX, clientY) {
    this.measure();
    this.gesture = { px: clientX - this.rect.left, py: clientY - this.rect.top, dx: 0, dy: 0, factor: 1 };
    this.sheet.style.willChange = "transform";
  }

  /** Carry the sheet by pixels and grow it round the point where the gesture began. */
  carry(dx, dy, factor = 1) {
    const { px, py } = this.gesture;
    Object.assign(this.gesture, { dx, dy, factor });
    this.sheet.style.transform = `translate(${px + dx - px * factor}px, ${py + dy - py * factor}px) scale(${factor})`;
  }

  settle() {
    if (!this.gesture) return;
    const { px, py, dx, dy, factor } = this.gesture;
    this.gesture = null;
    this.sheet.style.willChange = "";
    const k = Math.min(this.farthest, Math.max(NEAREST, this.k / factor));
    this.set(this.x + px * this.k - (px + dx) * k, this.y + py * this.k - (py + dy) * k, k);
  }

  onWheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    if (!this.gesture) this.begin(event.clientX, event.clientY);
    this.carry(0, 0, this.gesture.factor * (event.deltaY < 0 ? 1.15 : 0.87));
    clearTimeout(this.wheelEnds);
    this.wheelEnds = setTimeout(() => this.settle(), SETTLE);
  }
}

/** Heights of labels in centimetres: a stand's label takes the largest that fits into it. */
export const SIZES = { xl: 138, l: 100, m: 70, s: 40 };
