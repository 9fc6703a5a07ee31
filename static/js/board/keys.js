// The board by keyboard: arrows move the session that has the focus, Shift with them makes it longer or shorter; nothing is
// saved before Enter, and Escape leaves everything as it was.
import { at, lay, minute, same, STEP, unlay } from "./slots.js";

const UP_DOWN = { ArrowUp: -STEP, ArrowDown: STEP };
const SIDEWAYS = { ArrowLeft: -1, ArrowRight: 1 };

export class Keys {
  constructor(board) {
    this.board = board;
    this.held = null;
    board.addEventListener("keydown", (event) => this.onKey(event));
    board.addEventListener("focusout", ({ relatedTarget }) => {
      if (this.held && relatedTarget && !this.held.card.contains(relatedTarget)) this.drop();
    });
  }

  onKey(event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.target.closest("input, select, textarea")) {
      event.preventDefault();
      this.board.step(event.shiftKey ? "redo" : "undo");
      return;
    }
    const card = event.target.closest("[data-sitting]")?.closest(".sitting[data-slot]:not(.loose)");
    if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in UP_DOWN || event.key in SIDEWAYS) {
      event.preventDefault();
      this.shift(card, event.key, event.shiftKey);
    } else if (this.held && event.key === "Enter") {
      event.preventDefault();
      this.save();
    } else if (this.held && event.key === "Escape") {
      event.preventDefault();
      this.drop();
    }
  }

  shift(card, key, longer) {
    const from = this.held?.slot ?? JSON.parse(card.dataset.slot);
    const [starts, ends] = [minute(from.starts), minute(from.ends)];
    const by = UP_DOWN[key] ?? 0;
    let slot = longer ? at(from, starts, ends + by) : at(from, starts + by, ends + by);
    if (key in SIDEWAYS && !longer) slot = { ...from, room: this.beside(from.room, SIDEWAYS[key]) };
    if (!slot) return;
    this.held = { card, slot };
    card.classList.add("held");
    lay(card, slot, +this.board.headOf(slot.room).dataset.column);
    card.querySelector(".when").textContent = this.board.hours(slot);
    card.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.board.say(`${card.dataset.name}, ${this.board.hours(slot)}, ${this.board.roomName(slot.room)}. ${this.board.dataset.sayHeld}`);
  }

  /** The room of the next column as it is seen: in Arabic the first column is at the right. */
  beside(room, by) {
    const heads = this.board.heads().sort((a, b) => a.getBoundingClientRect().left - b.getBoundingClientRect().left);
    const here = heads.findIndex((each) => +each.dataset.room === room);
    const next = heads[Math.min(heads.length - 1, Math.max(0, here + by))];
    return +next.dataset.room;
  }

  save() {
    const { card, slot } = this.held;
    this.held = null;
    card.classList.remove("held");
    if (same(slot, JSON.parse(card.dataset.slot))) unlay(card);
    else this.board.wish(card, slot);
  }

  drop() {
    const { card } = this.held;
    this.held = null;
    card.classList.remove("held");
    unlay(card);
    card.querySelector(".when").textContent = this.board.hours(JSON.parse(card.dataset.slot));
    this.board.say(this.board.dataset.sayLeft);
  }
}
