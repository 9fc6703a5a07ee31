// A slot of the timetable: minutes of the day, a room, a day. What the server reads and writes is text; here it is numbers.
const HOUR = 60;
export const STEP = 15;

export const minute = (clock) => {
  const [h, m] = clock.split(":").map(Number);
  return h * HOUR + m;
};

export const clock = (minutes) =>
  `${String(Math.floor(minutes / HOUR)).padStart(2, "0")}:${String(minutes % HOUR).padStart(2, "0")}`;

/** Say hours as the page's language writes them; `pattern` is "{h}:{m}" or "{h} h {m}", `both` "{s} to {e}". */
export function inWords(slot, pattern, both) {
  const say = (text) => {
    const [h, m] = text.split(":");
    return pattern.replace("{h}", pattern.includes(":") ? h : +h).replace("{m}", m);
  };
  return both.replace("{s}", say(slot.starts)).replace("{e}", say(slot.ends));
}

/** The same slot at other minutes; null where it would leave the day. */
export function at(slot, starts, ends) {
  if (starts < 0 || ends > 24 * HOUR - 1 || ends - starts < STEP) return null;
  return { ...slot, starts: clock(starts), ends: clock(ends) };
}

export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** Lay an element of the grid at a slot's hours and column. */
export function lay(element, slot, column) {
  const [s, e] = [minute(slot.starts), minute(slot.ends)];
  const places = { h: Math.floor(s / HOUR), m: Math.floor((s % HOUR) / 5), u: Math.floor(e / HOUR), v: Math.floor((e % HOUR) / 5) };
  for (const [name, value] of Object.entries(places)) element.style.setProperty(`--${name}`, value);
  if (column) element.style.setProperty("--col", column);
}

/** Let an element lie again where its class names put it. */
export function unlay(element) {
  for (const name of ["h", "m", "u", "v", "col"]) element.style.removeProperty(`--${name}`);
}
