// What is taken hold of: drawn, said to a screen reader, and the thing that buttons, keys and panel act on.
import { bounds } from "./geometry.js";

export class Selection {
  constructor(store, view, changed) {
    Object.assign(this, { store, view, changed, keys: new Set() });
    store.watch((touched) => this.prune(touched));
  }

  has(kind, code) {
    return this.keys.has(`${kind} ${code}`);
  }

  get size() {
    return this.keys.size;
  }

  /** The things themselves as they are now: {kind, code, form, key}. */
  things() {
    return [...this.keys].map((key) => {
      const [kind, ...rest] = key.split(" ");
      const code = rest.join(" ");
      return { key, kind, code, form: this.store.get(kind, code) };
    }).filter(({ form }) => form);
  }

  /** Those that may be moved: what is fixed stays. */
  loose() {
    return this.things().filter(({ form }) => !form.fixed);
  }

  boxes() {
    return this.things().map(({ kind, form }) => bounds(kind, form));
  }

  set(pairs) {
    const next = new Set(pairs.map(([kind, code]) => `${kind} ${code}`));
    for (const key of this.keys) if (!next.has(key)) this.mark(key, false);
    for (const key of next) if (!this.keys.has(key)) this.mark(key, true);
    this.keys = next;
    this.changed();
  }

  toggle(kind, code) {
    const pairs = this.things().map((each) => [each.kind, each.code]);
    this.set(this.has(kind, code) ? pairs.filter(([k, c]) => k !== kind || c !== code) : [...pairs, [kind, code]]);
  }

  clear() {
    if (this.size) this.set([]);
  }

  mark(key, on) {
    const element = this.view.elements.get(key);
    element?.setAttribute("aria-pressed", String(on));
    element?.classList.toggle("picked", on);
  }

  prune(touched) {
    let hit = false;
    for (const [kind, code] of touched) {
      const key = `${kind} ${code}`;
      if (!this.keys.has(key)) continue;
      hit = true;
      if (this.store.get(kind, code)) this.mark(key, true);
      else this.keys.delete(key);
    }
    if (hit) this.changed(true);
  }
}
