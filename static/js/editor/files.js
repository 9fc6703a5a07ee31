// A drawing from a file: first looked at (nothing changes), then taken in as one change that can be taken back.
import { csrfToken } from "../lib/toast.js";
import { say } from "./words.js";

export class Files {
  constructor(editor) {
    this.editor = editor;
    this.dialog = editor.querySelector("[data-import]");
    this.form = this.dialog.querySelector("form");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send(event.submitter?.value === "apply");
    });
    this.form.addEventListener("change", () => this.forget());
    this.dialog.querySelector("[data-close]").addEventListener("click", () => this.dialog.close());
    editor.querySelector("[data-import-open]").addEventListener("click", () => {
      this.forget();
      this.dialog.showModal();
    });
  }

  forget() {
    this.form.querySelector("[data-apply]").hidden = true;
    this.form.querySelector("[data-found]").replaceChildren();
    const name = this.form.elements.file.files[0]?.name.toLowerCase() ?? "";
    this.form.querySelector("[data-dxf]").hidden = !name.endsWith(".dxf") && !name.endsWith(".svg");
  }

  async send(apply) {
    const { form, editor } = this;
    const body = new FormData(form);
    body.set("dry_run", apply ? "0" : "1");
    // What was looked at is what is taken in: a change by others in between is told as such.
    if (apply) body.set("base", this.base);
    const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
    form.toggleAttribute("data-busy", true);
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers });
      const told = await answer.json();
      if (!answer.ok) this.say([told.message, ...(told.objections ?? []).map(({ message }) => message)], "bad");
      else if (apply) this.taken(told);
      else this.preview(told);
    } catch {
      this.say([editor.words("failed")], "bad");
    }
    form.toggleAttribute("data-busy", false);
  }

  async taken(told) {
    this.dialog.close();
    this.form.reset();
    await this.editor.reload();
    this.editor.live(told.message ?? say("imported"));
    this.editor.camera.fit();
  }

  preview(told) {
    const counts = Object.entries(told.things ?? {}).filter(([, count]) => count);
    const lines = counts.map(([kind, count]) => `${say(`kind_${kind}`)}: ${count}`);
    const faults = (told.faults ?? []).map(({ message }) => message);
    this.base = told.base;
    this.say([...lines, ...(told.told ?? []).slice(0, 8).map(({ message }) => message), ...(faults.length ? [say("faults", { n: faults.length }), ...faults.slice(0, 8)] : [say("no_faults")])], "ok");
    this.form.querySelector("[data-apply]").hidden = false;
  }

  say(lines, tone) {
    const list = this.form.querySelector("[data-found]");
    list.className = `found ${tone}`;
    list.replaceChildren(...lines.filter(Boolean).map((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    }));
  }
}
