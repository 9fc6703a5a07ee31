// What lies over the plan while one works: outline and handles, guides, ghosts of what will be added, faults, neighbours.
import { around, bounds, middle } from "./geometry.js";
import { make, pathOf } from "./view.js";

const HANDLES = { nw: [0, 0], n: [0.5, 0], ne: [1, 0], e: [1, 0.5], se: [1, 1], s: [0.5, 1], sw: [0, 1], w: [0, 0.5] };
// Below these sizes on the screen (pixels) handles would hide the thing they belong to.
const ROOM_FOR_ALL = 110;
const FINGER = matchMedia("(pointer: coarse)").matches;
const ROOM_FOR_ONE = FINGER ? 60 : 18;
const TOUCH = FINGER ? 22 : 11;
const SMALL = 8;

const boxPath = ({ x, y, w, h }, by = 0) => `M${x - by} ${y - by}h${w + 2 * by}v${h + 2 * by}h${-w - 2 * by}Z`;

export class Overlay {
  constructor(over, lift, store, camera) {
    Object.assign(this, { over, lift, store, camera });
    const layer = (name) => over.appendChild(make("g", { class: name }));
    for (const name of ["links", "faults", "outline", "handles", "guides", "ghost"]) this[name] = layer(name);
    this.across = this.guides.appendChild(make("path"));
    this.down = this.guides.appendChild(make("path"));
    this.marquee = this.guides.appendChild(make("path", { class: "marquee" }));
    camera.moved = () => this.rescale();
  }

  rescale() {
    this.drawFaults();
    this.drawSelection();
    this.drawGhost();
  }

  // ---- what is chosen ---------------------------------------------------------------------------------------

  select(things) {
    this.things = things;
    this.drawSelection();
  }

  drawSelection() {
    const things = this.things ?? [];
    this.outline.replaceChildren();
    this.handles.replaceChildren();
    if (!things.length) return;
    const { k } = this.camera;
    const boxes = things.map(({ kind, form }) => bounds(kind, form));
    this.outline.append(make("path", { d: boxes.map((box) => boxPath(box, 2 * k)).join("") }));
    if (things.length > 1) this.outline.append(make("path", { class: "all", d: boxPath(around(boxes), 7 * k) }));
    else if (!things[0].form.fixed) this.drawHandles(things[0].kind, boxes[0]);
  }

  drawHandles(kind, box) {
    const { k } = this.camera;
    const [w, h] = [box.w / k, box.h / k];
    const room = Math.min(w, h) >= ROOM_FOR_ALL ? Object.keys(HANDLES) : Math.max(w, h) >= ROOM_FOR_ONE ? ["se"] : [];
    const names = kind === "door" ? (box.w ? ["w", "e"] : ["n", "s"]) : room;
    const out = names.length === 1 ? 9 * k : 0;
    for (const name of names) {
      const [fx, fy] = HANDLES[name];
      const [cx, cy] = [box.x + fx * box.w + out, box.y + fy * box.h + out];
      const grip = make("circle", { class: "touch", cx, cy, r: TOUCH * k });
      const dot = make("rect", { x: cx - 5.5 * k, y: cy - 5.5 * k, width: 11 * k, height: 11 * k, rx: 3 * k });
      const handle = make("g", { class: `handle ${name}` }, grip, dot);
      handle.dataset.handle = name;
      this.handles.append(handle);
    }
  }

  // ---- a gesture --------------------------------------------------------------------------------------------

  /** Lift copies of things onto their own layer; the originals fade. */
  raise(elements) {
    this.lift.replaceChildren(...elements.map((element) => {
      const copy = element.cloneNode(true);
      copy.removeAttribute("id");
      copy.setAttribute("tabindex", "-1");
      return copy;
    }));
    for (const element of elements) element.classList.add("lifted");
    this.lift.style.willChange = "transform";
    this.over.classList.add("busy");
  }

  carry(dx, dy) {
    const { k } = this.camera;
    this.lift.style.transform = `translate(${dx / k}px, ${dy / k}px)`;
  }

  guide(x, y) {
    const { camera } = this;
    const { width, height } = camera.rect;
    this.across.setAttribute("d", x === null ? "" : `M${x} ${camera.y}v${height * camera.k}`);
    this.down.setAttribute("d", y === null ? "" : `M${camera.x} ${y}h${width * camera.k}`);
  }

  lower() {
    // Looked up anew: what was lifted may have been drawn again meanwhile, when a colleague changed it.
    for (const element of this.over.parentNode.querySelectorAll(".lifted")) element.classList.remove("lifted");
    this.lift.replaceChildren();
    this.lift.style.transform = "";
    this.lift.style.willChange = "";
    this.over.classList.remove("busy");
    this.guide(null, null);
    this.frame(null);
  }

  frame(box) {
    this.marquee.setAttribute("d", box ? boxPath(box) : "");
  }

  // ---- what will be -----------------------------------------------------------------------------------------

  /** Show what a tool would add: boxes, or points with a line through them, and the cursor of the keyboard. */
  show(ghost) {
    this.coming = ghost;
    this.drawGhost();
  }

  drawGhost() {
    this.ghost.replaceChildren();
    if (!this.coming) return;
    const { boxes = [], labels = [], points = [], closed = false, cursor = null } = this.coming;
    const { k } = this.camera;
    if (boxes.length) this.ghost.append(make("path", { class: "coming", d: boxes.map((box) => boxPath(box)).join("") }));
    boxes.forEach((box, at) => {
      if (!labels[at] || box.w / k < 26) return;
      const [x, y] = middle(box);
      const text = make("text", { x, y: y + 5 * k, "font-size": 14 * k });
      text.textContent = labels[at];
      this.ghost.append(text);
    });
    if (points.length) this.ghost.append(make("path", { class: "coming", d: pathOf(points, closed) }));
    for (const [cx, cy] of points) this.ghost.append(make("circle", { cx, cy, r: 6 * k }));
    if (cursor) {
      const [x, y] = cursor;
      this.ghost.append(make("path", { class: "cursor", d: `M${x - 16 * k} ${y}h${32 * k}M${x} ${y - 16 * k}v${32 * k}` }));
    }
  }

  // ---- what is wrong, and who stands beside whom --------------------------------------------------------------

  fault(faults) {
    this.wrong = faults;
    this.drawFaults();
  }

  drawFaults() {
    this.faults.replaceChildren();
    const { k } = this.camera;
    // Where the hall is small on the screen, signs are too.
    const size = k > SMALL ? 0.65 * k : k;
    const seen = new Set();
    for (const { things, level } of this.wrong ?? []) {
      for (const code of things) {
        const kind = ["stand", "door", "obstacle", "marking"].find((each) => this.store.get(each, code));
        if (!kind || seen.has(code)) continue;
        seen.add(code);
        const box = bounds(kind, this.store.get(kind, code));
        const [x, y] = [box.x + box.w, box.y];
        const sign = make("g", { class: `sign ${level}`, transform: `translate(${x} ${y}) scale(${size})` });
        sign.append(make("path", { d: "M0-11 11 8H-11Z" }), make("path", { class: "bang", d: "M0-5V2M0 5V5.2" }));
        this.faults.append(sign);
      }
    }
  }

  /** Lines between neighbours, one look for each kind. */
  neighbours(pairs) {
    const centre = (code) => middle(bounds("stand", this.store.get("stand", code)));
    const known = pairs.filter(([a, b]) => this.store.get("stand", a) && this.store.get("stand", b));
    this.links.replaceChildren(...known.map(([a, b, kind, own]) =>
      make("path", { class: `link ${kind}${own ? " own" : ""}`, d: pathOf([centre(a), centre(b)], false) })));
  }
}
