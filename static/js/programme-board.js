// The timetable board. The server draws it; this script moves sessions over it, sends each move, and asks where one is
// refused. Without it every session has its form.
import { watchDrags } from "./board/drag.js";
import { Keys } from "./board/keys.js";
import { Queue } from "./board/queue.js";
import { inWords, lay } from "./board/slots.js";
import { toast } from "./lib/toast.js";

const POLL = 5000;

class ProgrammeBoard extends HTMLElement {
  connectedCallback() {
    this.drawn = this.querySelector("[data-drawn]");
    this.digest = this.dataset.digest;
    this.keys = new Keys(this);
    this.queue = new Queue(`village-board ${this.dataset.keep}`, {
      urlOf: (code) => this.dataset.session.replace("CODE", code),
      asked: () => this.asked(),
      answered: (entry, ok, body) => (ok ? this.stands(body) : this.refused(entry, body)),
      failed: (signedOut) => this.failed(signedOut),
    });
    watchDrags(this);
    this.addEventListener("click", (event) => this.dragged && event.preventDefault(), true);
    this.addEventListener("submit", (event) => this.onSubmit(event));
    setInterval(() => this.poll(), POLL);
    addEventListener("focus", () => this.poll());
    this.overlay();
    this.queue.pump();
  }

  get grid() {
    return this.querySelector("[data-grid]");
  }

  get scroll() {
    return this.querySelector("[data-scroll]");
  }

  heads() {
    return [...this.grid.querySelectorAll("[data-room]")];
  }

  headOf(room) {
    return this.heads().find((each) => +each.dataset.room === room) ?? this.heads()[0];
  }

  roomName(room) {
    return this.headOf(room).querySelector("b").textContent;
  }

  hours(slot) {
    return inWords(slot, this.dataset.clock, this.dataset.hours);
  }

  card(code) {
    return this.querySelector(`.sitting[data-code="${CSS.escape(code)}"]`);
  }

  /** The part of the board that is looked at, as it stands in the address. */
  asked() {
    const here = new URLSearchParams(location.search);
    return { at: this.grid?.dataset.day ?? here.get("day") ?? "", venue: here.get("venue") ?? "" };
  }

  /** The minute of the day at a height of the window. */
  minuteAt(y) {
    const { first, last } = this.grid.dataset;
    const hours = this.grid.querySelectorAll(".hour");
    const top = hours[0].getBoundingClientRect().top;
    const bottom = hours[hours.length - 1].getBoundingClientRect().bottom;
    return +first * 60 + ((y - top) / (bottom - top)) * (+last - +first) * 60;
  }

  /** Somebody wants a session elsewhere: show it there at once, and send it. */
  wish(card, slot) {
    const { code } = card.dataset;
    const before = JSON.parse(card.dataset.slot);
    const now = this.queue.of(code)?.after ?? before;
    if (JSON.stringify(now) === JSON.stringify(slot)) return;
    this.queue.push(code, before, slot);
    this.overlay();
  }

  /** Show what is not saved yet where it is going. */
  overlay() {
    const day = this.grid?.dataset.day;
    for (const { code, after } of this.queue.entries) {
      const card = this.card(code);
      if (!card) continue;
      card.classList.add("waits");
      card.querySelector(".unsaved").hidden = false;
      if (card.classList.contains("loose") || after.day !== day) continue;
      lay(card, after, +this.headOf(after.room).dataset.column);
      card.querySelector(".when").textContent = this.hours(after);
    }
  }

  draw(body) {
    if (!body.html) return;
    const focused = document.activeElement?.closest?.(".sitting")?.dataset.code;
    const did = document.activeElement?.dataset?.do;
    const left = this.scroll?.scrollLeft ?? 0;
    this.keys.held = null;
    this.drawn.innerHTML = body.html;
    this.digest = body.digest;
    if (this.scroll) this.scroll.scrollLeft = left;
    this.overlay();
    if (focused) this.card(focused)?.querySelector("[data-sitting]").focus({ preventScroll: true });
    else if (did) this.querySelector(`[data-do="${did}"]`)?.focus();
  }

  stands(body) {
    this.draw(body);
    this.tell(body.message);
  }

  failed(signedOut) {
    this.overlay();
    const said = signedOut ? this.dataset.saySignIn : this.dataset.sayFailed;
    if (this.told !== said) toast(said, "bad");
    this.told = said;
    this.say(said);
  }

  /** Say why a move does not fit, and offer the nearest free slots, one tap each. */
  refused({ code, after }, body) {
    this.draw(body);
    const dialog = this.querySelector("[data-refusal]");
    const head = dialog.querySelector("[data-refusal-head]");
    const stale = body.code === "slot_changed_meanwhile";
    head.textContent = stale ? head.dataset.stale : head.dataset.no;
    dialog.querySelector("[data-reasons]").replaceChildren(
      ...(body.reasons ?? [body.message]).map((text) => Object.assign(document.createElement("li"), { textContent: text })),
    );
    const near = body.near ?? [];
    if (stale) near.push({ slot: after, label: `${this.dataset.sayAnyway}: ${body.wished.label}` });
    dialog.querySelector("[data-near-head]").hidden = stale || !near.length;
    const choices = near.map(({ slot, label }) => this.choice(dialog, label, () => this.queue.push(code, body.now, slot)));
    dialog.querySelector("[data-near]").replaceChildren(...choices);
    dialog.addEventListener("close", () => this.card(code)?.querySelector("[data-sitting]").focus(), { once: true });
    if (!dialog.open) dialog.showModal();
    (choices[0] ?? dialog.querySelector("form button")).focus();
  }

  choice(dialog, label, take) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button wide", textContent: label });
    button.addEventListener("click", () => {
      dialog.close();
      take();
      this.overlay();
    });
    return button;
  }

  onSubmit(event) {
    const form = event.target.closest("[data-step]");
    if (!form) return;
    event.preventDefault();
    this.step(form.querySelector("[data-do]").dataset.do);
  }

  /** Undo or redo. */
  async step(name) {
    const form = this.querySelector(`[data-do="${name}"]`)?.form;
    if (!form || form.querySelector("[data-do]").disabled) return;
    const answer = await this.queue.send(form.action, {});
    if (!answer.body) {
      toast(answer.signedOut ? this.dataset.saySignIn : this.dataset.sayFailed, "bad");
      return;
    }
    this.draw(answer.body);
    this.tell(answer.body.message, answer.ok ? "" : "bad");
  }

  /** See what colleagues have changed; not while something is held or dragged. */
  async poll() {
    if (document.hidden || this.keys.held || this.queue.entries.length || this.querySelector(".landing, dialog[open]")) return;
    const url = `${this.dataset.state}?${new URLSearchParams({ ...this.asked(), digest: this.digest })}`;
    const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.status !== 200 || answer.redirected || this.keys.held || this.querySelector(".landing")) return;
    const body = await answer.json();
    if (body.digest === this.digest) return;
    this.draw(body);
    this.tell(this.dataset.sayOthers);
  }

  tell(text, tone = "") {
    this.told = "";
    toast(text, tone);
    this.say(text);
  }

  say(text) {
    this.querySelector("[data-live]").textContent = text;
  }
}

customElements.define("programme-board", ProgrammeBoard);
