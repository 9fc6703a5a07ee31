// The keyboard on the plan: arrows go from thing to thing, and move what is chosen; fields keep their own keys.

const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const STEP = 10;
const STRIDE = 100;
// Presses of one movement make one change.
const PAUSE = 600;
// A thing a little aside is farther than one straight ahead.
const ASIDE = 2.5;

const writes = (target) => target.closest?.("input:not([type=checkbox], [type=radio], [type=range]), select, textarea, dialog[open]");

export class Keys {
  constructor(editor) {
    this.editor = editor;
    editor.addEventListener("keydown", (event) => this.down(event));
    editor.addEventListener("keyup", (event) => {
      if (event.key === " ") editor.spaceDown = false;
    });
    for (const bar of editor.querySelectorAll('[role="toolbar"]')) roving(bar);
  }

  down(event) {
    if (event.key === "Escape") return this.escape(event);
    if (writes(event.target) || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.ctrlKey || event.metaKey) return this.command(key, event);
    if (!event.target.closest("[data-stage]")) return;
    if (this.editor.tools.corners) return this.corner(key, event);
    const element = event.target.closest(".thing");
    if (ARROWS[key]) return this.arrow(ARROWS[key], element, event);
    if (key === "Delete" || key === "Backspace") return this.act("delete", event);
    if (key === "r") return this.act("rotate", event);
    if (key === "l") return this.act("lock", event);
    if (key === "Enter" || (key === " " && element)) return this.enter(element, event);
    if (key === " ") {
      event.preventDefault();
      this.editor.spaceDown = true;
    }
  }

  /** Out of a field to the plan; out of a tool; then out of the selection. */
  escape(event) {
    const { editor } = this;
    if (event.target.closest("dialog[open]")) return;
    const back = writes(event.target) && !editor.tools.active ? editor.view.roving : editor.tools.active && editor.stage;
    if (!writes(event.target) || editor.tools.active) editor.leave();
    back?.focus?.({ preventScroll: true });
  }

  command(key, event) {
    const deeds = { z: event.shiftKey ? "redo" : "undo", y: "redo", d: "duplicate", a: "all" };
    if (deeds[key]) this.act(deeds[key], event);
  }

  act(name, event) {
    event.preventDefault();
    this.editor.act(name);
  }

  corner(key, event) {
    const { tools } = this.editor;
    const by = event.shiftKey ? STRIDE : STEP;
    const deeds = {
      Enter: () => (tools.points.length && same(tools.cursor, tools.points.at(-1)) ? tools.commit() : tools.addCorner(tools.cursor)),
      " ": () => tools.addCorner(tools.cursor),
      Backspace: () => tools.dropCorner(),
      Delete: () => tools.dropCorner(),
    };
    const arrow = ARROWS[key];
    if (!arrow && !deeds[key]) return;
    event.preventDefault();
    if (arrow) tools.moveCursor(arrow[0] * by, arrow[1] * by);
    else deeds[key]();
  }

  enter(element, event) {
    event.preventDefault();
    if (!element) return;
    const { kind, code } = element.dataset;
    if (this.editor.tools.active) this.editor.tools.tap([0, 0], element);
    else if (this.editor.selection.has(kind, code) && !event.shiftKey) this.editor.focusPanel();
    else this.editor.choose(kind, code, event.shiftKey);
  }

  arrow([dx, dy], element, event) {
    event.preventDefault();
    const { editor } = this;
    const chosen = element && editor.selection.has(element.dataset.kind, element.dataset.code);
    if (chosen || (!element && editor.selection.size)) {
      const by = event.shiftKey ? STRIDE : STEP;
      editor.nudge(dx * by, dy * by, PAUSE);
    } else if (element) {
      const next = this.nearest(element, dx, dy);
      if (next) editor.goTo(next);
    } else {
      editor.view.roving?.focus();
    }
  }

  nearest(element, dx, dy) {
    const [x, y] = this.editor.middleOf(element);
    let [best, least] = [null, Infinity];
    for (const other of this.editor.view.elements.values()) {
      const [ox, oy] = this.editor.middleOf(other);
      const along = (ox - x) * dx + (oy - y) * dy;
      const cost = along + ASIDE * Math.abs((ox - x) * dy - (oy - y) * dx);
      if (along > 20 && cost < least) [best, least] = [other, cost];
    }
    return best;
  }
}

const same = (a, b) => a[0] === b[0] && a[1] === b[1];

/** A toolbar is one stop of the tab key; arrows go through its buttons in the order of reading. */
function roving(bar) {
  const buttons = () => [...bar.querySelectorAll("button")].filter((each) => each.offsetParent);
  const all = [...bar.querySelectorAll("button")];
  for (const [at, each] of all.entries()) each.tabIndex = at ? -1 : 0;
  const here = (button) => {
    for (const each of all) each.tabIndex = each === button ? 0 : -1;
  };
  bar.addEventListener("focusin", ({ target }) => target.matches("button") && here(target));
  bar.addEventListener("keydown", (event) => {
    const turns = getComputedStyle(bar).direction === "rtl" ? -1 : 1;
    const by = { ArrowRight: turns, ArrowLeft: -turns, ArrowDown: 1, ArrowUp: -1 }[event.key];
    const list = buttons();
    const at = list.indexOf(event.target);
    const next = by ? list[(at + by + list.length) % list.length] : { Home: list[0], End: list.at(-1) }[event.key];
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    next.focus();
  });
}
