// What the reader is told about saving: all saved, on its way, not yet saved, somebody else at work, whose version stays.
import { say } from "./words.js";

const WHO_FOR = 60000;

export class Status {
  constructor(editor) {
    this.editor = editor;
    this.line = editor.querySelector("[data-status]");
    this.dialog = editor.querySelector("[data-conflict]");
  }

  hooks() {
    return {
      status: (waiting, failed) => this.saving(waiting, failed),
      answered: (body, entry) => this.answered(body, entry),
      refused: (body) => this.editor.warn(body.message ?? say("failed")),
      whose: (entry, body) => this.whose(entry, body),
    };
  }

  saving(waiting, failed) {
    const late = waiting > 0 && failed;
    this.put(late ? "wait" : waiting ? "info" : "ok", late ? say("unsaved", { n: waiting }) : waiting ? say("saving") : say("saved"));
    this.buttons();
    if (late && !this.told) this.editor.announce("unsaved", { n: waiting });
    this.told = late;
  }

  unread() {
    this.put("bad", say("unread"));
  }

  put(tone, text) {
    if (this.line.textContent === text) return;
    this.line.className = `status status-${tone}`;
    this.line.textContent = text;
  }

  answered(body, entry) {
    const { editor } = this;
    if (body.faults) editor.faults.show(body.faults);
    editor.links.draw();
    if (!entry && body.who) this.others(body.who);
    if (entry?.turn && body.message) editor.live(body.message);
    if (body.steps?.some(([kind]) => kind === "hall")) editor.camera.setHall(editor.store.hall);
    this.buttons();
  }

  /** Who else changed the drawing in the last minute. */
  others(who) {
    const line = this.editor.querySelector("[data-others]");
    const text = say("others", { who });
    if (line.textContent !== text) line.textContent = text;
    line.hidden = false;
    clearTimeout(this.forget);
    this.forget = setTimeout(() => (line.hidden = true), WHO_FOR);
  }

  buttons() {
    const { selection, sync } = this.editor;
    if (!sync) return;
    const things = selection.things();
    const may = {
      undo: sync.canUndo,
      redo: sync.canRedo,
      rotate: things.some(({ kind, form }) => kind !== "door" && !form.fixed),
      duplicate: things.length > 0,
      lock: things.some(({ kind }) => kind === "stand"),
      delete: things.some(({ form }) => !form.fixed),
    };
    for (const [name, can] of Object.entries(may)) {
      for (const button of this.editor.querySelectorAll(`[data-act="${name}"]`)) button.setAttribute("aria-disabled", String(!can));
    }
    const locked = things.some(({ kind }) => kind === "stand") && things.every(({ kind, form }) => kind !== "stand" || form.fixed);
    this.editor.querySelector('[data-act="lock"]').setAttribute("aria-pressed", String(locked));
  }

  /** Somebody was quicker with the same thing: theirs is on the screen now, and the reader says whether it stays. */
  async whose(entry, body) {
    const { dialog, editor } = this;
    const codes = [...new Set(body.steps.map(([, code]) => code))];
    const who = body.who ?? (await this.lastEditor());
    editor.overlay.lower();
    dialog.querySelector("[data-conflict-text]").textContent = say(who ? "conflict_by" : "conflict", { who, codes: codes.slice(0, 6).join(" ") });
    dialog.querySelector("[data-conflict-what]").textContent = body.message ?? "";
    dialog.returnValue = "theirs";
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => resolve(dialog.returnValue === "mine"), { once: true });
    });
  }

  async lastEditor() {
    try {
      return (await this.editor.sync.since())?.who;
    } catch {
      return null;
    }
  }
}
