// The editor of the hall's drawing: ties together the drawing, the tools, the keyboard and the server.
import { Background } from "./editor/background.js";
import { Camera } from "./editor/camera.js";
import { deeds } from "./editor/deeds.js";
import { bounds, middle } from "./editor/geometry.js";
import { Faults } from "./editor/faults.js";
import { Files } from "./editor/files.js";
import { Gestures } from "./editor/gestures.js";
import { Keys } from "./editor/keys.js";
import { Links } from "./editor/links.js";
import { Lists } from "./editor/lists.js";
import { Overlay } from "./editor/overlay.js";
import { Panel } from "./editor/panel.js";
import { Selection } from "./editor/selection.js";
import { Status } from "./editor/status.js";
import { Store } from "./editor/store.js";
import { Sync } from "./editor/sync.js";
import { Tools } from "./editor/tools.js";
import { View } from "./editor/view.js";
import { metres, readWords, say } from "./editor/words.js";
import { toast } from "./lib/toast.js";

const FORMS = ["row", "door", "obstacle", "link", "measure"];
const CORNERS = ["polygon", "aisle", "safety_line"];

class FloorEditor extends HTMLElement {
  connectedCallback() {
    readWords(this);
    this.lang = document.documentElement.lang;
    this.stage = this.querySelector("[data-stage]");
    this.store = new Store();
    this.view = new View(this.store, this.querySelector("svg.main"));
    this.camera = new Camera(this.stage, this.querySelector("[data-sheet]"));
    this.overlay = new Overlay(this.querySelector("svg.over"), this.querySelector("svg.lift"), this.store, this.camera);
    this.selection = new Selection(this.store, this.view, (same) => this.selected(same));
    this.tool = "select";
    this.tools = new Tools(this);
    this.panel = new Panel(this);
    this.links = new Links(this);
    this.lists = new Lists(this);
    this.faults = new Faults(this);
    this.files = new Files(this);
    this.background = new Background(this);
    this.status = new Status(this);
    new Gestures(this);
    new Keys(this);
    this.sync = new Sync(this.store, this.dataset, this.dataset.key, this.status.hooks());
    this.addEventListener("click", (event) => this.onClick(event));
    this.stage.addEventListener("focusin", ({ target }) => this.followFocus(target));
    addEventListener("beforeunload", (event) => this.leaving(event));
    addEventListener("pagehide", () => this.flush());
    this.begin();
  }

  async begin() {
    try {
      this.take(await this.sync.start(), true);
    } catch {
      this.status.unread();
      setTimeout(() => this.begin(), 4000);
    }
  }

  async reload() {
    this.take(await this.sync.load());
    this.store.settle([], this.sync.waiting());
  }

  /** Take a tool by its name, or a whole drawing. */
  take(what, first = false) {
    if (typeof what === "string") return this.takeTool(what);
    this.camera.setHall(this.store.hall);
    this.view.all();
    this.lists.refresh();
    if (first) this.camera.fit();
    this.selection.set([]);
    this.faults.show(what.faults);
    this.links.take(what.neighbours);
    this.background.show(what.background);
    this.status.saving(this.sync.queue.length, false);
    this.toggleAttribute("data-ready", true);
    return undefined;
  }

  takeTool(name) {
    this.flush();
    const was = this.tool;
    this.tool = name;
    if (FORMS.includes(name) || CORNERS.includes(name)) {
      this.selection.clear();
      this.tools.start(name);
      if (name === "link") this.links.start();
    } else this.tools.stop();
    this.stage.dataset.mode = name;
    for (const each of this.querySelectorAll("[data-tool]")) each.setAttribute("aria-pressed", String(each.dataset.tool === name));
    this.panel.refresh();
    this.links.draw();
    if (was === name) return;
    if (CORNERS.includes(name)) this.stage.focus({ preventScroll: true });
    // On a telephone the focus would call its keyboard up, over the plan.
    else if (!matchMedia("(pointer: coarse)").matches) this.tools.panel?.querySelector("input:not([type=hidden]), select")?.focus();
    this.tools.preview();
    this.announce(`tool_${name}`);
  }

  onClick(event) {
    const button = event.target.closest("[data-tool], [data-act]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    if (button.dataset.act) this.act(button.dataset.act);
    else if (button.dataset.tool !== "select" && this.tool === button.dataset.tool) this.takeTool("select");
    else this.takeTool(button.dataset.tool);
  }

  act(name) {
    const deeds = {
      undo: () => this.turn("undo"),
      redo: () => this.turn("redo"),
      rotate: () => this.rotate(),
      duplicate: () => this.duplicate(),
      lock: () => this.lock(),
      delete: () => this.removeThings(),
      all: () => this.selection.set([...this.store.of("stand").keys()].map((code) => ["stand", code])),
      in: () => this.camera.zoom(0.7),
      out: () => this.camera.zoom(1.4),
      fit: () => this.camera.fit(),
      finish: () => this.tools.commit(),
      back: () => this.tools.dropCorner(),
      leave: () => this.leave(),
    };
    deeds[name]?.();
  }

  leave() {
    this.flush();
    if (this.tools.active) this.takeTool("select");
    else this.selection.clear();
  }

  // ---- what is chosen -----------------------------------------------------------------------------------------

  selected(same) {
    this.overlay.select(this.selection.things());
    this.panel.refresh();
    if (!this.tools.active) this.links.draw();
    this.status.buttons();
    if (!same) this.flush();
  }

  choose(kind, code, add) {
    if (add) this.selection.toggle(kind, code);
    else this.selection.set([[kind, code]]);
    const element = this.view.element(kind, code);
    this.view.rove(element);
    element.focus({ preventScroll: true });
    this.saySelection();
  }

  saySelection() {
    const things = this.selection.things();
    if (things.length === 1) this.announce("chosen_one", { code: things[0].code });
    else this.announce(things.length ? "chosen" : "chosen_none", { n: things.length });
  }

  goTo(element) {
    if (!element) return;
    const { kind, code } = element.dataset;
    this.view.rove(element);
    this.camera.reveal(bounds(kind, this.store.get(kind, code)));
    element.focus({ preventScroll: true });
  }

  followFocus(target) {
    if (this.tools.corners) this.tools.preview();
    const thing = target.closest(".thing");
    if (thing && thing.matches(":focus-visible")) this.camera.reveal(bounds(thing.dataset.kind, this.store.get(thing.dataset.kind, thing.dataset.code)));
  }

  focusPanel() {
    this.querySelector("[data-panel]:not([hidden]) [data-field]")?.focus();
  }

  centre() {
    const { camera } = this;
    const { width, depth } = this.store.hall;
    const [x, y] = [camera.x + (camera.rect.width * camera.k) / 2, camera.y + (camera.rect.height * camera.k) / 2];
    return [Math.min(width, Math.max(0, x)), Math.min(depth, Math.max(0, y))];
  }

  middleOf({ dataset }) {
    return middle(bounds(dataset.kind, this.store.get(dataset.kind, dataset.code)));
  }

  // ---- what is said -------------------------------------------------------------------------------------------

  readout(a, b, size = false) {
    const chip = (this.chip ??= this.querySelector("[data-readout]"));
    chip.textContent = a === undefined ? "" : size ? `${metres(a)} × ${metres(b)}` : `${metres(a)} · ${metres(b)}`;
  }

  words(key, facts) {
    return say(key, facts);
  }

  announce(key, facts) {
    this.live(say(key, facts));
  }

  live(text) {
    this.querySelector("[data-live]").textContent = text;
  }

  warn(text) {
    this.live(text);
    toast(text, "bad");
  }

  leaving(event) {
    this.flush();
    if (this.sync.queue.length) event.preventDefault();
  }
}

Object.assign(FloorEditor.prototype, deeds);
customElements.define("floor-editor", FloorEditor);
