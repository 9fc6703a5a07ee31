// Draws the hall. One group for each thing; what is dragged is lifted onto a layer of its own, so that a frame of the
// gesture moves one layer and draws nothing anew.
import { bounds, middle } from "./geometry.js";
import { SIZES } from "./camera.js";
import { DRAWN } from "./store.js";
import { say } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const INSET = 6;

export function make(name, attributes = {}, ...inside) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...inside);
  return element;
}

export const pathOf = (points, closed = true) =>
  points.length ? `M${points.map((point) => point.join(" ")).join("L")}${closed ? "Z" : ""}` : "";

export class View {
  constructor(store, main) {
    Object.assign(this, { store, main, elements: new Map() });
    this.layers = Object.fromEntries(["aisles", "obstacle", "stand", "door", "lines"].map((name) => [name, make("g")]));
    main.append(...Object.values(this.layers));
    store.watch((touched) => this.redraw(touched));
  }

  element(kind, code) {
    return this.elements.get(`${kind} ${code}`);
  }

  all() {
    for (const layer of Object.values(this.layers)) layer.replaceChildren();
    this.elements.clear();
    this.ground();
    for (const kind of DRAWN) for (const code of this.store.of(kind).keys()) this.draw(kind, code);
    this.rove(this.elements.values().next().value);
  }

  ground() {
    const { width, depth } = this.store.hall;
    for (const each of this.main.querySelectorAll("[data-ground]")) {
      each.setAttribute("width", width);
      each.setAttribute("height", depth);
    }
    const wall = this.main.querySelector(".wall");
    wall.setAttribute("width", width + 24);
    wall.setAttribute("height", depth + 24);
  }

  redraw(touched) {
    for (const [kind, code] of touched) {
      if (DRAWN.includes(kind)) this.draw(kind, code);
      else if (kind === "hall") this.ground();
      else if (kind === "zone") for (const stand of this.store.of("stand").keys()) this.draw("stand", stand);
    }
  }

  draw(kind, code) {
    const key = `${kind} ${code}`;
    const old = this.elements.get(key);
    const form = this.store.get(kind, code);
    if (!form) {
      old?.remove();
      this.elements.delete(key);
      if (old && this.roving === old) this.rove(this.elements.values().next().value);
      return;
    }
    const fresh = DRAW[kind](code, form, this.store);
    fresh.classList.add("thing", kind);
    Object.assign(fresh.dataset, { kind, code });
    fresh.setAttribute("role", "button");
    fresh.setAttribute("tabindex", old?.getAttribute("tabindex") ?? "-1");
    fresh.setAttribute("aria-pressed", old?.getAttribute("aria-pressed") ?? "false");
    this.put(key, kind === "marking" ? (form.kind === "aisle" ? "aisles" : "lines") : kind, old, fresh);
  }

  put(key, layer, old, fresh) {
    // A thing that has the focus keeps it while it is drawn anew.
    const focused = old && old === document.activeElement;
    for (const name of ["faulty", "warned", "lifted"]) if (old?.classList.contains(name)) fresh.classList.add(name);
    if (old?.parentNode === this.layers[layer]) old.replaceWith(fresh);
    else {
      old?.remove();
      this.layers[layer].append(fresh);
    }
    this.elements.set(key, fresh);
    if (old && this.roving === old) this.roving = fresh;
    if (focused) fresh.focus({ preventScroll: true });
  }

  /** One thing of the plan is in the order of the tab key. */
  rove(element) {
    if (!element || this.roving === element) return;
    this.roving?.setAttribute("tabindex", "-1");
    this.main.querySelector('.thing[tabindex="0"]')?.setAttribute("tabindex", "-1");
    element.setAttribute("tabindex", "0");
    this.roving = element;
  }

  /** Mark what the faults speak of. */
  markFaults(faults) {
    for (const element of this.main.querySelectorAll(".faulty, .warned")) element.classList.remove("faulty", "warned");
    for (const { things, level } of faults) {
      for (const code of things) {
        for (const kind of DRAWN) this.element(kind, code)?.classList.add(level === "bad" ? "faulty" : "warned");
      }
    }
  }
}

const rectangle = ({ x, y, w, h }, inset = 0) =>
  `M${x + inset} ${y + inset}h${w - 2 * inset}v${h - 2 * inset}h${2 * inset - w}Z`;

const backOf = ({ x, y, w, h, back }) => {
  const [near, far] = [14, 14];
  if (back === "north") return `M${x + near} ${y + far}h${w - 2 * near}`;
  if (back === "south") return `M${x + near} ${y + h - far}h${w - 2 * near}`;
  return `M${back === "west" ? x + near : x + w - near} ${y + far}v${h - 2 * far}`;
};

/** The largest size of label that fits. */
function labelSize(text, { w, h }) {
  const most = Math.min(w / (0.62 * text.length + 0.3), h * 0.5);
  return Object.keys(SIZES).find((size) => SIZES[size] <= most) ?? "s";
}

function label(text, box) {
  const size = labelSize(text, box);
  const [x, y] = middle(box);
  const made = make("text", { class: `label ${size}`, x, y });
  made.textContent = text;
  return made;
}

const POWER = (x, y) => `M${x + 20} ${y}l-18 26h14l-6 22 20-28h-14l6-20z`;
const WATER = (x, y) => `M${x + 18} ${y}c14 20 18 26 18 32a18 18 0 0 1-36 0c0-6 4-12 18-32z`;
const STEPS = (x, y) => `M${x} ${y + 46}v-14h14v-14h14v-14h14v42z`;
const LOCK = (x, y) => `M${x} ${y + 20}h40v30h-40zm8 0v-8a12 12 0 0 1 24 0v8`;

function drawStand(code, form, store) {
  const zone = store.get("zone", form.zone);
  const sector = zone?.sectors?.[0]?.split(":")[0];
  const group = make("g", { class: sector ? `sector-${sector}` : "" });
  if (form.closed) group.classList.add("closed");
  if (form.reserved_for) group.classList.add("kept");
  if (form.fixed) group.classList.add("fixed");
  group.append(
    make("path", { class: "box", d: form.outline ? pathOf(form.outline) : rectangle(form, INSET) }),
    ...(form.outline ? [] : [make("path", { class: "back", d: backOf(form) })]),
    label(code, form),
    ...marks(form),
  );
  const said = [form.reserved_for && say(`reserved_${form.reserved_for}`), form.closed && say("closed"), form.fixed && say("fixed")];
  const size = form.outline ? "" : `${form.w / 100} × ${form.h / 100}`;
  group.setAttribute("aria-label", [code, size, form.zone, ...said].filter(Boolean).join(" – "));
  return group;
}

function marks({ x, y, w, h, power, water, step_free, fixed }) {
  if (w < 150 || h < 150) return [];
  const line = y + h - 68;
  return [
    power && make("path", { class: "mark power", d: POWER(x + 24, line) }),
    water && make("path", { class: "mark water", d: WATER(x + 76, line) }),
    !step_free && make("path", { class: "mark steps", d: STEPS(x + w - 66, line) }),
    fixed && make("path", { class: "mark lock", d: LOCK(x + w - 66, y + 22) }),
  ].filter(Boolean);
}

function drawDoor(code, form) {
  const across = form.side === "north" || form.side === "south";
  const out = form.side === "north" || form.side === "west" ? -12 : 12;
  const group = make("g", { class: `doorway ${form.kind}` });
  const line = across ? `M${form.x} ${form.y + out}h${form.w}` : `M${form.x + out} ${form.y}v${form.w}`;
  group.append(make("path", { class: "grip", d: line }), make("path", { class: "gap", d: line }));
  const name = say(`door_${form.kind}`);
  const inward = -Math.sign(out);
  const [cx, cy] = across ? [form.x + form.w / 2, form.y + inward * 46] : [form.x + inward * 56, form.y + form.w / 2];
  const text = make("text", { class: "label s", x: cx, y: cy, ...(across ? {} : { transform: `rotate(-90 ${cx} ${cy})` }) });
  text.textContent = name;
  group.append(text);
  group.setAttribute("aria-label", `${name} – ${code}`);
  return group;
}

function drawObstacle(code, form) {
  const name = say(`obstacle_${form.kind}`);
  const group = make("g", { class: `obstacle-${form.kind}` }, make("path", { class: "box", d: rectangle(form) }));
  group.append(make("path", { class: "grip", d: rectangle(form, -20) }));
  if (form.w >= 200 && form.h >= 60) group.append(label(name, form));
  group.setAttribute("aria-label", `${name} – ${code}`);
  return group;
}

function drawMarking(code, form) {
  const aisle = form.kind === "aisle";
  const group = make("g", { class: form.kind });
  const line = pathOf(form.points, aisle);
  if (!aisle) group.append(make("path", { class: "grip", d: line }));
  group.append(make("path", { class: "box", d: line }));
  const name = say(form.kind);
  if (aisle && bounds("marking", form).w >= 300) group.append(label(name, { ...bounds("marking", form) }));
  group.setAttribute("aria-label", `${name} – ${code}`);
  return group;
}

const DRAW = { stand: drawStand, door: drawDoor, obstacle: drawObstacle, marking: drawMarking };
