// Dragging an exhibitor onto a stand: at once with a mouse, after a long press with a finger, so that scrolling stays free.

const LONG_PRESS = 350;
const STARTS_AT = 6;
const SLIPPED = 9;

/** Watch a plan for drags of `.chip` and `.stand.taken`; `drop(source, stand)` is called at the end of one. */
export function watchDrags(plan, drop) {
  plan.addEventListener("pointerdown", (event) => {
    const source = event.target.closest(".chip, .stand.taken");
    if (!source || event.button || !event.isPrimary) return;
    drag(plan, source, event, drop);
  });
}

function drag(plan, source, down, drop) {
  const from = { x: down.clientX, y: down.clientY };
  const touch = down.pointerType === "touch";
  let live = !touch;
  let ghost = null;
  let over = null;

  const begin = (event) => {
    ghost = document.createElement("div");
    ghost.className = "plan-ghost";
    ghost.textContent = source.dataset.name;
    document.body.append(ghost);
    follow(event);
  };
  const follow = (event) => {
    ghost.style.translate = `${event.clientX}px ${event.clientY}px`;
    const under = document.elementFromPoint(event.clientX, event.clientY)?.closest(".stand") ?? null;
    if (under === over) return;
    over?.classList.remove("drop");
    over = under && plan.contains(under) ? under : null;
    over?.classList.add("drop");
  };
  const move = (event) => {
    const far = Math.hypot(event.clientX - from.x, event.clientY - from.y);
    if (!live) {
      if (far > SLIPPED) end(null);
      return;
    }
    if (!ghost && far > STARTS_AT) begin(event);
    else if (ghost) follow(event);
  };
  const hold = (event) => {
    if (ghost) event.preventDefault();
  };
  const press = touch
    ? setTimeout(() => {
        live = true;
        navigator.vibrate?.(15);
        begin(down);
      }, LONG_PRESS)
    : 0;
  const end = (event) => {
    clearTimeout(press);
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", end);
    removeEventListener("pointercancel", cancel);
    removeEventListener("touchmove", hold);
    const target = over;
    over?.classList.remove("drop");
    if (!ghost) return;
    ghost.remove();
    // The click that follows belongs to the drag.
    plan.dragged = true;
    setTimeout(() => (plan.dragged = false), 60);
    if (event && target && target !== source) drop(source, target);
  };
  const cancel = () => end(null);
  addEventListener("pointermove", move);
  addEventListener("pointerup", end);
  addEventListener("pointercancel", cancel);
  addEventListener("touchmove", hold, { passive: false });
}
