// Who stands beside whom: computed from the drawing, shown faintly; two stands picked one after the other are corrected.
import { say } from "./words.js";

const PATIENCE = 700;
// In larger halls the neighbours are only asked for when the tool is in hand.
const FEW = 300;

export class Links {
  constructor(editor) {
    this.editor = editor;
    this.pairs = [];
    this.picked = [];
    this.form = editor.querySelector('[data-tool-panel="link"]');
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("change", () => this.correct());
  }

  take(pairs) {
    this.pairs = pairs;
    this.version = this.editor.sync.version;
    this.draw();
  }

  /** Ask for the neighbours of the drawing as it is now, when they are shown and have grown old. */
  freshen(shows) {
    const { sync } = this.editor;
    clearTimeout(this.timer);
    if (!shows || !sync || this.version === sync.version || sync.queue.length) return;
    this.timer = setTimeout(async () => {
      const state = await sync.get(sync.urls.state).catch(() => null);
      if (state && state.version === sync.version) this.take(state.neighbours);
    }, PATIENCE);
  }

  /** All of them while the tool is in hand, else those of the one stand that is chosen. */
  draw() {
    const { editor } = this;
    if (editor.tools.active === "link") {
      this.freshen(true);
      editor.overlay.neighbours(this.shown());
      return;
    }
    const things = editor.selection.things();
    const only = things.length === 1 && things[0].kind === "stand" ? things[0].code : null;
    this.freshen(only && editor.store.of("stand").size <= FEW);
    editor.overlay.neighbours(only ? this.shown().filter(([a, b]) => a === only || b === only) : []);
  }

  /** Computed neighbours with the corrections over them; a fourth value says that it is a correction. */
  shown() {
    const own = this.editor.store.of("link");
    const key = (a, b) => [a, b].sort().join("~");
    const found = new Map(this.pairs.map(([a, b, kind]) => [key(a, b), [a, b, kind, false]]));
    for (const [code, { a, b, kind }] of own) found.set(code, [a, b, kind, true]);
    return [...found.values()];
  }

  pick(code) {
    this.picked = this.picked.length === 1 && this.picked[0] !== code ? [this.picked[0], code].sort() : [code];
    this.editor.selection.set(this.picked.map((each) => ["stand", each]));
    this.show();
  }

  show() {
    const [a, b] = this.picked;
    const ready = this.picked.length === 2;
    this.form.querySelector("[data-choose]").disabled = !ready;
    const said = this.form.querySelector("[data-said]");
    if (!ready) {
      said.textContent = a ? say("link_second", { a }) : say("link_first");
      return;
    }
    const found = this.shown().find(([x, y]) => (x === a && y === b) || (x === b && y === a));
    const kind = found?.[2] ?? "none";
    const code = `${a}~${b}`;
    said.textContent = say("link_now", { a, b, kind: say(`link_${kind}`) });
    const corrected = this.editor.store.get("link", code)?.kind ?? "computed";
    for (const radio of this.form.elements.kind) radio.checked = radio.value === corrected;
    this.editor.live(said.textContent);
  }

  correct() {
    if (this.picked.length !== 2) return;
    const [a, b] = this.picked;
    const kind = this.form.elements.kind.value;
    const code = `${a}~${b}`;
    const had = this.editor.store.get("link", code);
    if (kind === "computed" && !had) return;
    const after = kind === "computed" ? null : { a, b, kind };
    this.editor.sync.push(`link.${after ? (had ? "changed" : "added") : "removed"}`, [["link", code, after]]);
    this.draw();
    this.show();
  }

  start() {
    this.picked = [];
    this.show();
    this.draw();
  }
}
