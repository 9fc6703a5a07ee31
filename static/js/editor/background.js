// A picture under the drawing, to trace from: where it lies, how strong it is, and its scale from two points.
import { csrfToken } from "../lib/toast.js";
import { fill, readField } from "./panel.js";
import { readMetres, say } from "./words.js";

export class Background {
  constructor(editor) {
    this.editor = editor;
    this.image = editor.querySelector("[data-background-image]");
    this.form = editor.querySelector("[data-background-form]");
    this.place = editor.querySelector("[data-background-place]");
    this.form.addEventListener("submit", (event) => this.upload(event));
    this.place.addEventListener("submit", (event) => event.preventDefault());
    this.place.addEventListener("change", ({ target }) => target.dataset.field && this.changed(target));
    this.place.addEventListener("input", ({ target }) => {
      if (target.type === "range") this.image.style.opacity = target.value / 100;
    });
    editor.querySelector("[data-background-remove]").addEventListener("click", () => this.send({ remove: "1" }));
    editor.querySelector("[data-measure]").addEventListener("click", () => editor.take("measure"));
  }

  show(background) {
    this.now = background;
    this.place.hidden = !background;
    if (!background) {
      this.image.removeAttribute("href");
      return;
    }
    const { url, x, y, w, h, opacity } = background;
    if (this.image.getAttribute("href") !== url) this.image.setAttribute("href", url);
    for (const [name, value] of Object.entries({ x, y, width: w, height: h })) this.image.setAttribute(name, value);
    this.image.style.opacity = opacity / 100;
    fill(this.place, [background]);
  }

  changed(field) {
    const found = readField(field);
    if (!found || !this.now) return;
    const name = field.dataset.field;
    const next = { ...this.now, [name]: found.value };
    // Width and height keep their proportion.
    if (name === "w") next.h = Math.max(1, Math.round((this.now.h * found.value) / this.now.w));
    this.put(next);
  }

  put({ x, y, w, h, opacity }) {
    this.show({ ...this.now, x, y, w, h, opacity });
    this.send({ x, y, w, h, opacity });
  }

  upload(event) {
    event.preventDefault();
    const file = this.form.elements.file.files[0];
    if (file) this.send({ file });
  }

  async send(values) {
    const { editor } = this;
    const body = new FormData();
    for (const [name, value] of Object.entries(values)) body.append(name, value);
    const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
    try {
      const answer = await fetch(editor.dataset.background, { method: "POST", body, headers });
      const told = await answer.json();
      if (!answer.ok) return editor.warn(told.message);
      this.show(told.background ?? null);
      if (values.file || values.remove) {
        this.form.reset();
        editor.announce(values.file ? "background_set" : "background_gone");
      }
    } catch {
      editor.warn(say("failed"));
    }
    return undefined;
  }

  /** Two points of the picture and the true length between them give its scale; the first point stays where it is. */
  measured([a, b] = [], panel) {
    const length = readMetres(panel.elements.distance.value);
    const field = panel.elements.distance;
    field.setAttribute("aria-invalid", String(!length || length <= 0));
    if (!a || !b || !length || length <= 0 || !this.now) {
      this.editor.announce(a && b ? "not_a_length" : "measure_first");
      return;
    }
    const drawn = Math.hypot(a[0] - b[0], a[1] - b[1]);
    if (drawn < 1) return;
    const by = length / drawn;
    const { x, y, w, h, opacity } = this.now;
    const at = (from, point) => Math.round(point + (from - point) * by);
    this.put({ x: at(x, a[0]), y: at(y, a[1]), w: Math.round(w * by), h: Math.round(h * by), opacity });
    this.editor.take("select");
  }
}
