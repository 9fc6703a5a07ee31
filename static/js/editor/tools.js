// Tools that add something. A tool with a form shows a ghost of what its form says, a tap on the plan says where; a tool
// of corners takes taps, or the arrows and Enter.
import { area2, boxOf, codesFrom, freeCodes, keepWithin, onGrid, rowBoxes } from "./geometry.js";
import { metres, readMetres, readNumber, say } from "./words.js";

const STANDARD = { power: false, water: false, step_free: true, food: true, circuit: null, value: null };
const BESIDES = { open_sides_own: null, reserved_for: null, closed: false, fixed: false };
const CORNERS = { polygon: 3, aisle: 3, safety_line: 2 };
const MOST = 400;
const STEM = { polygon: "P01", aisle: "AI01", safety_line: "SL01", door: "D01", obstacle: "O01" };
const CLOSE = 14;

export class Tools {
  constructor(editor) {
    this.editor = editor;
    this.active = null;
    for (const panel of editor.querySelectorAll("[data-tool-panel]")) {
      panel.addEventListener("input", () => this.preview());
      panel.addEventListener("submit", (event) => {
        event.preventDefault();
        this.commit();
      });
    }
  }

  get panel() {
    return this.editor.querySelector(`[data-tool-panel="${CORNERS[this.active] ? "corners" : this.active}"]`);
  }

  start(name) {
    this.stop();
    this.active = name;
    this.points = [];
    this.cursor = null;
    if (CORNERS[name]) this.startCorners();
    else if (name === "link") this.pair = [];
    else this.offer();
    this.preview();
  }

  stop() {
    this.active = null;
    this.points = [];
    this.editor.overlay.show(null);
  }

  // ---- forms: row, door, obstacle -----------------------------------------------------------------------------

  field(name) {
    return this.panel.elements[name];
  }

  /** Begin with something sensible: in the middle of what is seen, numbered after the last. */
  offer() {
    const { editor, active } = this;
    const [x, y] = editor.centre();
    if (active === "row") {
      const last = [...editor.store.of("stand").keys()].sort().at(-1);
      this.field("first").value = last ? freeCodes(last, 1, editor.store.taken("stand"))[0] : "A01";
      this.place([x - 450, y - 150]);
    } else if (active === "door") {
      this.tapDoor([x, editor.store.hall.depth]);
    } else if (active === "obstacle") {
      this.place([x - 50, y - 50]);
    }
  }

  place([x, y]) {
    const { width, depth } = this.editor.store.hall;
    this.field("x").value = metres(keepWithin(onGrid(x), 0, width));
    this.field("y").value = metres(keepWithin(onGrid(y), 0, depth));
  }

  /** The lengths of a form in centimetres; null when one cannot be read. What cannot be read is marked. */
  read(lengths, counts = []) {
    const found = {};
    let whole = true;
    for (const name of [...lengths, ...counts]) {
      const field = this.field(name);
      const value = counts.includes(name) ? readNumber(field.value) : readMetres(field.value);
      const least = ["w", "h", "count"].includes(name) ? 1 : 0;
      const good = value !== null && (value >= least || ["x", "y"].includes(name)) && !(name === "count" && value > MOST);
      field.setAttribute("aria-invalid", String(!good));
      whole &&= good;
      found[name] = Math.round(value ?? 0);
    }
    return whole ? found : null;
  }

  row() {
    const form = this.read(["x", "y", "w", "h", "gap"], ["count"]);
    if (!form) return null;
    const boxes = rowBoxes({ ...form, direction: this.field("direction").value });
    const codes = codesFrom(this.field("first").value, form.count);
    return { boxes, codes, taken: codes.filter(this.editor.store.taken("stand")) };
  }

  doorForm() {
    const form = this.read(["at", "w"]);
    if (!form) return null;
    const side = this.field("side").value;
    const { width, depth } = this.editor.store.hall;
    const across = side === "north" || side === "south";
    const at = keepWithin(form.at, 0, (across ? width : depth) - form.w);
    const [x, y] = across ? [at, side === "south" ? depth : 0] : [side === "east" ? width : 0, at];
    return { kind: this.field("kind").value, side, x, y, w: form.w };
  }

  // ---- corners: polygon stand, aisle, safety line --------------------------------------------------------------

  startCorners() {
    for (const each of this.panel.querySelectorAll("[data-for]")) each.hidden = each.dataset.for !== this.active;
    this.cursor = this.editor.centre().map((value) => onGrid(value));
  }

  addCorner([x, y]) {
    const corner = [onGrid(x), onGrid(y)];
    const first = this.points[0];
    const reach = CLOSE * this.editor.camera.k;
    const back = first && Math.hypot(first[0] - x, first[1] - y) < reach;
    if (back && this.points.length >= CORNERS[this.active] && this.active !== "safety_line") return this.commit();
    this.points.push(corner);
    this.cursor = corner;
    this.preview();
    this.editor.announce("corner_set", { n: this.points.length, x: metres(corner[0]), y: metres(corner[1]) });
    return undefined;
  }

  moveCursor(dx, dy) {
    const [x, y] = this.cursor;
    const { width, depth } = this.editor.store.hall;
    this.cursor = [keepWithin(x + dx, 0, width), keepWithin(y + dy, 0, depth)];
    this.editor.camera.reveal({ x: this.cursor[0], y: this.cursor[1], w: 0, h: 0 });
    this.preview();
    this.editor.announce("cursor_at", { x: metres(this.cursor[0]), y: metres(this.cursor[1]) });
  }

  dropCorner() {
    this.points.pop();
    this.preview();
  }

  get corners() {
    return Boolean(CORNERS[this.active]);
  }

  // ---- what all have in common ----------------------------------------------------------------------------------

  tap(at, element) {
    if (this.active === "link") this.tapLink(element);
    else if (this.corners) this.addCorner(at);
    else if (this.active === "door") this.tapDoor(at);
    else if (this.active === "measure") this.tapMeasure(at);
    else this.place(at);
    this.preview();
  }

  tapDoor([x, y]) {
    const { width, depth } = this.editor.store.hall;
    const off = { north: y, south: depth - y, west: x, east: width - x };
    const side = Object.keys(off).reduce((best, each) => (Math.abs(off[each]) < Math.abs(off[best]) ? each : best));
    this.field("side").value = side;
    const half = (readMetres(this.field("w").value) ?? 200) / 2;
    this.field("at").value = metres(Math.max(0, onGrid((side === "north" || side === "south" ? x : y) - half)));
  }

  tapMeasure(at) {
    this.points = [...this.points.slice(-1), at.map(Math.round)];
  }

  tapLink(element) {
    if (element?.dataset.kind !== "stand") return;
    this.editor.links.pick(element.dataset.code);
  }

  preview() {
    const { active, editor } = this;
    if (!active) return;
    let ghost = null;
    if (active === "row") {
      const row = this.row();
      ghost = row && { boxes: row.boxes, labels: row.codes };
      const said = this.panel.querySelector("[data-preview]");
      if (row) said.textContent = say(row.taken.length ? "row_taken" : "row_preview", { first: row.codes[0], last: row.codes.at(-1), taken: row.taken.join(" ") });
      else said.textContent = say("not_a_length");
    } else if (active === "door") {
      const form = this.doorForm();
      const across = form && (form.side === "north" || form.side === "south");
      ghost = form && { boxes: [across ? { x: form.x, y: form.y - 30, w: form.w, h: 60 } : { x: form.x - 30, y: form.y, w: 60, h: form.w }] };
    } else if (active === "obstacle") {
      const form = this.read(["x", "y", "w", "h"]);
      ghost = form && { boxes: [form] };
    } else if (this.corners) {
      const closed = this.active !== "safety_line" && this.points.length > 2;
      ghost = { points: this.points, closed, cursor: editor.stage.matches(":focus-within") ? this.cursor : null };
      this.panel.querySelector("[data-finish]").disabled = this.points.length < CORNERS[active];
    } else if (active === "measure") ghost = { points: this.points };
    editor.overlay.show(ghost);
  }

  commit() {
    const done = { row: () => this.addRow(), door: () => this.addDoor(), obstacle: () => this.addObstacle() }[this.active];
    if (done) done();
    else if (this.corners) this.addOutline();
    else if (this.active === "measure") this.editor.background.measured(this.points, this.panel);
  }

  addRow() {
    const row = this.row();
    if (!row || row.taken.length) {
      this.editor.announce(row ? "row_taken" : "not_a_length", { taken: row?.taken.join(" ") });
      this.panel.querySelector('[aria-invalid="true"]')?.focus();
      return;
    }
    const back = this.field("back").value;
    const power = this.field("power").checked;
    const steps = row.boxes.map((box, at) => [
      "stand", row.codes[at], { ...box, outline: null, back, zone: this.field("zone").value, ...STANDARD, power, ...BESIDES },
    ]);
    this.editor.sync.push(steps.length > 1 ? "row.added" : "stand.added", steps);
    this.editor.added(steps);
    this.offer();
    this.preview();
  }

  addDoor() {
    const form = this.doorForm();
    if (form) this.add("door", form);
  }

  addObstacle() {
    const box = this.read(["x", "y", "w", "h"]);
    if (box) this.add("obstacle", { kind: this.field("kind").value, ...box });
  }

  add(kind, form, stem = STEM[this.active]) {
    const { store, sync } = this.editor;
    const code = freeCodes(stem.replace("01", "00"), 1, store.taken(kind))[0];
    const steps = [[kind, code, form]];
    sync.push(`${kind}.added`, steps);
    this.editor.added(steps);
  }

  addOutline() {
    const { active, points } = this;
    if (points.length < CORNERS[active] || (active !== "safety_line" && !area2(points))) return;
    this.points = [];
    if (active === "polygon") {
      const zone = this.field("zone").value;
      this.add("stand", { ...boxOf(points), outline: points, back: "north", zone, ...STANDARD, ...BESIDES });
    } else {
      this.add("marking", { kind: active, points });
    }
    this.preview();
  }
}
