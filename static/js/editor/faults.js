// What is wrong with the drawing, said beside the plan and shown on it; each fault leads to what it speaks of.
import { DRAWN } from "./store.js";

export class Faults {
  constructor(editor) {
    this.editor = editor;
    this.list = editor.querySelector("[data-faults]");
    this.list.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (button) this.lead(this.faults[+button.dataset.at]);
    });
  }

  show(faults) {
    if (!faults) return;
    this.faults = faults;
    const { editor } = this;
    // The list is drawn anew only when it says something else: a reader may have the focus in it.
    const text = JSON.stringify(faults);
    if (text !== this.text) this.draw(faults);
    this.text = text;
    editor.view.markFaults(faults);
    editor.overlay.fault(faults);
  }

  draw(faults) {
    const template = this.editor.querySelector("[data-fault]").content;
    const focused = this.list.contains(document.activeElement) ? +document.activeElement.dataset.at : null;
    this.list.replaceChildren(...faults.map(({ message, level }, at) => {
      const row = template.cloneNode(true).firstElementChild;
      row.classList.add(level);
      const button = row.querySelector("button");
      button.dataset.at = at;
      button.querySelector("[data-message]").textContent = message;
      return row;
    }));
    if (focused !== null) this.list.querySelectorAll("button")[Math.min(focused, faults.length - 1)]?.focus();
    this.editor.querySelector("[data-fault-count]").textContent = faults.length;
    this.editor.querySelector("[data-fault-count]").className = `status status-${faults.length ? "wait" : "ok"}`;
    this.editor.querySelector("[data-faultless]").hidden = faults.length > 0;
  }

  lead({ things }) {
    const { editor } = this;
    const pairs = things.flatMap((code) => DRAWN.filter((kind) => editor.store.get(kind, code)).slice(0, 1).map((kind) => [kind, code]));
    if (!pairs.length) return;
    editor.take("select");
    editor.selection.set(pairs);
    editor.goTo(editor.view.element(...pairs[0]));
  }
}
