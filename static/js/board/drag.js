// Dragging a session over the board: at once with a mouse, after a long press with a finger, so that scrolling stays free.
import { at, lay, minute, STEP } from "./slots.js";

const LONG_PRESS = 350;
const STARTS_AT = 6;
const SLIPPED = 9;
const EDGE = 56;

export function watchDrags(board) {
  board.addEventListener("dragstart", (event) => event.preventDefault());
  board.addEventListener("pointerdown", (event) => {
    const card = event.target.closest(".sitting[data-slot]");
    if (card && board.grid && !event.button && event.isPrimary) new Drag(board, card, event);
  });
}

class Drag {
  constructor(board, card, down) {
    Object.assign(this, { board, card, down });
    this.slot = JSON.parse(card.dataset.slot);
    this.resizing = Boolean(down.target.closest("[data-grip]"));
    this.loose = card.classList.contains("loose");
    this.live = down.pointerType !== "touch";
    this.grabbed = this.loose ? 0 : down.clientY - card.getBoundingClientRect().top;
    this.press = this.live ? 0 : setTimeout(() => this.wake(), LONG_PRESS);
    this.on = {
      pointermove: (event) => this.move(event),
      pointerup: () => this.end(true),
      pointercancel: () => this.end(false),
      touchmove: (event) => this.landing && event.preventDefault(),
      keydown: ({ key }) => key === "Escape" && this.end(false),
      contextmenu: (event) => !this.live || event.preventDefault(),
    };
    for (const [name, call] of Object.entries(this.on)) addEventListener(name, call, { passive: false });
  }

  wake() {
    this.live = true;
    navigator.vibrate?.(15);
    this.begin();
  }

  begin() {
    this.landing = document.createElement("div");
    this.landing.className = "landing";
    this.landing.hidden = true;
    this.board.grid.append(this.landing);
    this.card.classList.add("lifted");
    this.board.classList.add("dragging-sitting");
    this.follow(this.down);
  }

  move(event) {
    const far = Math.hypot(event.clientX - this.down.clientX, event.clientY - this.down.clientY);
    if (!this.live) {
      if (far > SLIPPED) this.end(false);
    } else if (this.landing) {
      this.follow(event);
    } else if (far > STARTS_AT) {
      this.begin();
      this.follow(event);
    }
  }

  /** Where the pointer is, as a slot: hours on the grid of a quarter of an hour, the room of the column. */
  follow({ clientX, clientY }) {
    if (clientY < EDGE) scrollBy(0, -12);
    if (clientY > innerHeight - EDGE) scrollBy(0, 12);
    const { grid, scroll } = this.board;
    const box = scroll.getBoundingClientRect();
    if (clientX < box.left + EDGE) scroll.scrollBy(-10, 0);
    if (clientX > box.right - EDGE) scroll.scrollBy(10, 0);
    const heads = this.board.heads();
    const head = heads.find((each) => {
      const { left, right } = each.getBoundingClientRect();
      return clientX >= left && clientX < right;
    });
    const rect = grid.getBoundingClientRect();
    const inside = clientY > rect.top && clientY < rect.bottom;
    this.wished = head && inside ? this.slotAt(clientY, head) : null;
    this.landing.hidden = !this.wished;
    if (!this.wished) return;
    lay(this.landing, this.wished, +this.board.headOf(this.wished.room).dataset.column);
    this.landing.textContent = this.board.hours(this.wished);
  }

  slotAt(y, head) {
    const minutes = this.board.minuteAt(y - (this.resizing ? 0 : this.grabbed));
    const nearest = Math.round(minutes / STEP) * STEP;
    const [starts, ends] = [minute(this.slot.starts), minute(this.slot.ends)];
    const day = this.board.grid.dataset.day;
    if (this.resizing) return at(this.slot, starts, Math.max(starts + STEP, nearest));
    return at({ ...this.slot, day, room: +head.dataset.room, status: "planned" }, nearest, nearest + ends - starts);
  }

  end(dropped) {
    clearTimeout(this.press);
    for (const [name, call] of Object.entries(this.on)) removeEventListener(name, call, { passive: false });
    if (!this.landing) return;
    this.landing.remove();
    this.card.classList.remove("lifted");
    this.board.classList.remove("dragging-sitting");
    // The click that follows belongs to the drag.
    this.board.dragged = true;
    setTimeout(() => (this.board.dragged = false), 60);
    if (dropped && this.wished) this.board.wish(this.card, this.wished);
  }
}
