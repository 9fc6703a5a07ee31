// What one does with things of the drawing: move, size, turn, duplicate, lock, delete. Mixed into the editor's element.
import { around, bounds, fitted, freeCodes, moved, turned } from "./geometry.js";
import { bare } from "./store.js";
import { metres } from "./words.js";

export const deeds = {
  /** Send changes as one command, named after what they change. */
  change(changes, deed = "changed") {
    const kinds = new Set(changes.map(([kind]) => kind));
    this.sync.push(`${kinds.size > 1 ? "layout" : [...kinds][0]}.${deed}`, changes);
  },

  move(things, dx, dy) {
    if (!dx && !dy) return;
    this.change(things.map(({ kind, code, form }) => [kind, code, moved(kind, form, dx, dy), form]), "moved");
    const [first] = things;
    const box = bounds(first.kind, this.store.get(first.kind, first.code));
    this.announce("moved_to", { code: first.code, x: metres(box.x), y: metres(box.y) });
  },

  fit({ kind, code, form }, box) {
    this.change([[kind, code, fitted(kind, form, box), form]]);
    this.announce("sized_to", { code, w: metres(box.w), h: metres(box.h) });
  },

  /** Arrow keys: shown at once, sent as one change after a pause. */
  nudge(dx, dy, pause) {
    const things = this.nudged?.things ?? this.selection.loose();
    if (!things.length) {
      this.announce("is_locked");
      return;
    }
    const sum = { dx: (this.nudged?.dx ?? 0) + dx, dy: (this.nudged?.dy ?? 0) + dy };
    clearTimeout(this.nudged?.timer);
    if (!this.nudged) this.overlay.raise(things.map(({ key }) => this.view.elements.get(key)));
    this.nudged = { things, ...sum, timer: setTimeout(() => this.flush(), pause) };
    this.overlay.carry(sum.dx, sum.dy);
    this.status.saving(this.sync.queue.length + 1, false);
    const box = around(things.map((each) => bounds(each.kind, each.form)));
    this.readout(box.x + sum.dx, box.y + sum.dy);
  },

  flush() {
    if (!this.nudged) return;
    const { things, dx, dy, timer } = this.nudged;
    clearTimeout(timer);
    this.nudged = null;
    this.overlay.lower();
    this.readout();
    this.move(things, dx, dy);
    this.status.saving(this.sync.queue.length, this.sync.failures > 0);
  },

  turn(which) {
    this.flush();
    if (this.sync[which === "undo" ? "canUndo" : "canRedo"]) this.sync.turn(which);
  },

  rotate() {
    this.flush();
    const things = this.selection.loose().filter(({ kind }) => kind !== "door");
    if (!things.length) return;
    const forms = turned(things);
    this.change(things.map(({ kind, code }, at) => [kind, code, forms[at]]));
    this.announce("turned", { n: things.length });
  },

  duplicate() {
    this.flush();
    const things = this.selection.things();
    if (!things.length) return;
    const whole = around(this.selection.boxes());
    const { width, depth } = this.store.hall;
    const [dx, dy] = whole.x + 2 * whole.w <= width ? [whole.w, 0] : whole.y + 2 * whole.h <= depth ? [0, whole.h] : [30, 30];
    const used = new Set();
    const steps = things.map(({ kind, code, form }) => {
      const taken = (each) => this.store.get(kind, each) || used.has(`${kind} ${each}`);
      const [fresh] = freeCodes(code, 1, taken);
      used.add(`${kind} ${fresh}`);
      const copy = bare(moved(kind, form, dx, dy));
      return [kind, fresh, kind === "stand" ? { ...copy, fixed: false } : copy];
    });
    this.change(steps, "added");
    this.added(steps);
  },

  lock() {
    this.flush();
    const stands = this.selection.things().filter(({ kind }) => kind === "stand");
    if (!stands.length) return;
    const fixed = !stands.every(({ form }) => form.fixed);
    this.change(stands.map(({ kind, code, form }) => [kind, code, { ...form, fixed }]));
    this.announce(fixed ? "locked" : "unlocked", { n: stands.length });
  },

  removeThings() {
    this.flush();
    const things = this.selection.loose();
    if (!things.length) return;
    const onPlan = this.stage.contains(document.activeElement);
    this.change(things.map(({ kind, code }) => [kind, code, null]), "removed");
    this.announce("removed", { n: things.length });
    if (onPlan) this.stage.focus({ preventScroll: true });
  },

  /** What was just added is chosen, and said. */
  added(steps) {
    const first = this.view.element(steps[0][0], steps[0][1]);
    if (!this.tools.active) this.selection.set(steps.map(([kind, code]) => [kind, code]));
    this.view.rove(first);
    this.announce("added", { n: steps.length, first: steps[0][1], last: steps.at(-1)[1] });
  },
};
