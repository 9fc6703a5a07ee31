// The organisers' plan: give stands by tap and tap, by dragging, by keyboard; undo, redo.
// Every change says who is believed to have the stand; where that is no longer so, the server refuses (409), the toast
// says who has it now, and the plan is drawn anew.
import { csrfToken, toast } from "./lib/toast.js";
import { watchDrags } from "./lib/plan-drag.js";
import { PlanView } from "./lib/plan-view.js";

const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const CONFLICT = 409;
// A stand a little aside is farther than one straight ahead: sideways steps weigh more.
const ASIDE = 2.5;

class FloorBoard extends PlanView {
  connectedCallback() {
    super.connectedCallback();
    this.addEventListener("click", (event) => this.onClick(event));
    this.past = (this.dataset.past || "").split(" ").filter(Boolean).map(Number);
    this.future = [];
    this.picked = null;
    this.addEventListener("keydown", (event) => this.onKey(event));
    this.addEventListener("focusin", ({ target }) => this.follow(target.closest(".stand")));
    this.querySelector("[data-undo-form]").addEventListener("submit", (event) => event.preventDefault());
    watchDrags(this, (source, stand) => this.place(this.carried(source), stand));
    this.buttons();
  }

  /** Who is dragged by a stand's exhibitor moves the exhibitor, not the view. */
  mayPan(target) {
    return !target.closest(".stand.taken");
  }

  stands() {
    return [...this.svg.querySelectorAll(".stand")];
  }

  follow(stand) {
    if (stand) this.zoom.follow(stand, +stand.dataset.x, +stand.dataset.y);
  }

  onClick(event) {
    const asked = event.target.closest("[data-do]")?.dataset.do;
    if (asked) return this.doAsked(asked);
    if (this.dragged || this.zoom.moved) return undefined;
    const chip = event.target.closest(".chip");
    if (chip) return this.pick(chip);
    const stand = event.target.closest(".stand");
    return stand ? this.activate(stand) : undefined;
  }

  doAsked(asked) {
    const deeds = {
      undo: () => this.undo(),
      redo: () => this.redo(),
      cancel: () => this.pick(null),
      free: () => this.free(this.picked),
      "free-one": () => this.free(this.picked, { alone: "y" }),
      lock: () => this.lock(this.picked),
    };
    const held = this.picked;
    const done = deeds[asked]?.();
    // The button that was pressed goes away with its bar: the keyboard goes on from the stand.
    if (held?.matches(".stand")) this.rove(held);
    return done;
  }

  onKey(event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.target.closest("input, select")) {
      event.preventDefault();
      return event.shiftKey ? this.redo() : this.undo();
    }
    if (event.key === "Escape" && this.picked) return this.pick(null);
    const stand = event.target.closest?.(".stand");
    if (!stand) return undefined;
    if (ARROWS[event.key]) {
      event.preventDefault();
      const next = this.nearest(stand, ARROWS[event.key]);
      return next && this.rove(next);
    }
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      return this.activate(stand);
    }
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      return this.free(stand);
    }
    return undefined;
  }

  /** The nearest stand in a direction of the plan (not of the text: the plan is the same in every language). */
  nearest(stand, [dx, dy]) {
    const [x, y] = [+stand.dataset.x, +stand.dataset.y];
    let best = null;
    let least = Infinity;
    for (const other of this.stands()) {
      const [ox, oy] = [+other.dataset.x - x, +other.dataset.y - y];
      const along = ox * dx + oy * dy;
      const cost = along + ASIDE * Math.abs(ox * dy - oy * dx);
      if (along > 40 && cost < least) [best, least] = [other, cost];
    }
    return best;
  }

  rove(stand) {
    this.svg.querySelector('.stand[tabindex="0"]')?.setAttribute("tabindex", "-1");
    stand.setAttribute("tabindex", "0");
    stand.focus({ preventScroll: true });
    this.follow(stand);
  }

  /** A tap or Enter on a stand: put there what is held; with empty hands, take who stands there. */
  activate(stand) {
    this.rove(stand);
    if (this.picked === stand) return this.pick(null);
    if (this.picked) return this.place(this.carried(this.picked), stand);
    return stand.dataset.holder ? this.pick(stand) : undefined;
  }

  pick(source) {
    for (const each of this.blockOf(this.picked)) each.classList.remove("picked");
    this.picked?.setAttribute("aria-pressed", "false");
    this.picked = this.picked === source ? null : source;
    const bar = this.querySelector("[data-placing]");
    bar.hidden = !this.picked;
    if (!this.picked) return;
    const stand = this.picked.dataset.code ? this.blockOf(this.picked).map((each) => each.dataset.code).join(" ") : "";
    const block = this.blockOf(this.picked);
    for (const each of block) each.classList.add("picked");
    this.picked.setAttribute("aria-pressed", "true");
    bar.querySelector("[data-placing-name]").textContent = this.picked.dataset.name;
    bar.querySelector("[data-placing-stand]").textContent = stand;
    for (const name of ["free", "lock"]) bar.querySelector(`[data-do="${name}"]`).hidden = !stand;
    bar.querySelector('[data-do="free-one"]').hidden = block.length < 2;
    this.say(`${this.dataset.sayPicked} ${this.picked.dataset.name}`);
    if (!stand && matchMedia("(max-width: 61.99rem)").matches) this.querySelector(".plan").scrollIntoView({ block: "start" });
  }

  /** All stands of whoever has this one: they are picked, moved and freed as one. A chip stands for itself. */
  blockOf(source) {
    if (!source) return [];
    const { stand, holder } = source.dataset;
    return stand && holder ? this.stands().filter((each) => each.dataset.holder === holder) : [source];
  }

  /** What a chip or a stand holds: an exhibitor, and the stand it comes from. */
  carried(source) {
    return source.dataset.stand
      ? { exhibitor: source.dataset.holder, from: source }
      : { exhibitor: source.dataset.exhibitor, from: null };
  }

  seen(stand) {
    return `${stand.dataset.stand}:${stand.dataset.holder ?? ""}`;
  }

  place({ exhibitor, from }, stand) {
    if (!exhibitor || from === stand) return undefined;
    if (stand.dataset.holder === exhibitor) return this.pick(null);
    // From a stand onto a taken one the two exchange; a newcomer sends whom it finds back among those who wait.
    if (from && stand.dataset.holder) return this.change(this.dataset.swap, { stand: this.seen(from), other: this.seen(stand) });
    return this.change(this.dataset.assign, { stand: this.seen(stand), exhibitor });
  }

  free(stand, values = {}) {
    return stand?.dataset.holder ? this.change(this.dataset.assign, { stand: this.seen(stand), exhibitor: "", ...values }) : undefined;
  }

  async lock(stand) {
    const locks = stand.classList.contains("locked") ? "0" : "1";
    const answer = await this.send(this.dataset.lock, { stand: this.seen(stand), locks });
    if (answer?.ok) for (const each of this.blockOf(stand)) each.classList.toggle("locked", locks === "1");
    else if (answer) await this.refused(answer);
    this.pick(null);
  }

  /** Change the plan; a need that is not met may be overridden with a reason. */
  async change(url, values) {
    const answer = await this.send(url, values);
    if (!answer) return;
    const body = await answer.json();
    if (answer.ok) {
      this.future = [];
      this.past.push(body.change);
      this.draw(body);
      return;
    }
    if (body.code === "stand_unsuitable" && !values.reason) {
      const reason = await this.askReason(body.message);
      if (reason) await this.change(url, { ...values, reason });
      return;
    }
    await this.refused(answer, body);
  }

  askReason(message) {
    const dialog = this.querySelector("[data-override]");
    const input = dialog.querySelector("input");
    dialog.querySelector("[data-override-text]").textContent = message;
    input.value = "";
    dialog.returnValue = "no";
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes" ? input.value.trim() : ""), { once: true });
    });
  }

  async send(url, values) {
    const body = new URLSearchParams(values);
    const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
    try {
      return await fetch(url, { method: "POST", body, headers });
    } catch {
      toast(this.dataset.sayFailed, "bad");
      return null;
    }
  }

  /** Say why, and draw the plan as it is now. */
  async refused(answer, body = null) {
    const told = body ?? (await answer.json().catch(() => ({})));
    toast(told.message || this.dataset.sayFailed, "bad");
    if (answer.status !== CONFLICT) return;
    const now = await fetch(this.dataset.state, { headers: { Accept: "application/json" } });
    if (now.ok) this.draw(await now.json());
  }

  undo() {
    return this.takeBack(this.past, this.future);
  }

  redo() {
    return this.takeBack(this.future, this.past);
  }

  /** To undo is a change of its own, and to redo is to undo that one. */
  async takeBack(stack, other) {
    const change = stack.pop();
    if (!change) return;
    const answer = await this.send(this.dataset.undo, { change });
    if (!answer) {
      stack.push(change);
      return;
    }
    const body = await answer.json();
    if (answer.ok) {
      other.push(body.change);
      this.draw(body);
    } else {
      await this.refused(answer, body);
    }
    this.buttons();
  }

  buttons() {
    this.querySelector('[data-do="undo"]').disabled = !this.past.length;
    this.querySelector('[data-do="redo"]').disabled = !this.future.length;
  }

  draw(body) {
    this.pick(null);
    const stands = new Map(this.stands().map((stand) => [+stand.dataset.stand, stand]));
    for (const each of body.stands) this.paint(stands.get(each.id), each);
    this.queue(body.waiting);
    this.buttons();
    if (!body.message) return;
    this.say(body.message);
    toast(body.message);
  }

  paint(stand, { holder, locked }) {
    if (!stand) return;
    stand.classList.toggle("locked", locked);
    if ((stand.dataset.holder ?? "") === String(holder?.id ?? "")) return;
    for (const name of [...stand.classList]) if (name.startsWith("sector-")) stand.classList.remove(name);
    stand.classList.toggle("taken", Boolean(holder));
    const { code, state } = stand.dataset;
    if (holder) {
      stand.classList.add(`sector-${holder.sector}`);
      Object.assign(stand.dataset, { holder: holder.id, name: holder.name });
    } else {
      delete stand.dataset.holder;
      delete stand.dataset.name;
    }
    const kept = stand.classList.contains("kept") ? state : "";
    stand.querySelector(".who").textContent = holder ? holder.short : kept;
    stand.setAttribute("aria-label", holder ? `${code} ${holder.short} – ${holder.name} – ${holder.sector_name}` : `${code} ${state}`);
  }

  queue(waiting) {
    const list = this.querySelector("[data-queue]");
    list.replaceChildren(...waiting.map((each) => this.chip(each)));
    this.querySelector("[data-count]").textContent = waiting.length;
    this.querySelector("[data-queue-empty]").hidden = waiting.length > 0;
  }

  chip(each) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    const text = document.createElement("span");
    const name = document.createElement("bdi");
    const sector = document.createElement("small");
    button.type = "button";
    button.className = `chip sector-${each.sector}`;
    Object.assign(button.dataset, { exhibitor: each.id, name: each.name });
    button.setAttribute("aria-pressed", "false");
    name.textContent = each.name;
    sector.textContent = each.sector_name;
    text.append(name, sector);
    button.append(text);
    item.append(button);
    return item;
  }

  say(text) {
    this.querySelector("[data-live]").textContent = text;
  }
}

customElements.define("floor-board", FloorBoard);
