// Boxes, turns and rows in whole centimetres of the hall. Nothing here knows the screen.

export const GRID = 10;
const TURN = { north: "east", east: "south", south: "west", west: "north" };

export const onGrid = (value, grid = GRID) => Math.round(value / grid) * grid;
export const keepWithin = (value, least, most) => Math.min(most, Math.max(least, value));

/** The box round points. */
export function boxOf(points) {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y };
}

/** The box of any thing: a door takes a strip of its wall, a marking what surrounds its points. */
export function bounds(kind, form) {
  if (kind === "marking") return boxOf(form.points);
  if (kind === "door") {
    const across = form.side === "north" || form.side === "south";
    return { x: form.x, y: form.y, w: across ? form.w : 0, h: across ? 0 : form.w };
  }
  return { x: form.x, y: form.y, w: form.w, h: form.h };
}

/** One box round several. */
export function around(boxes) {
  return boxOf(boxes.flatMap(({ x, y, w, h }) => [[x, y], [x + w, y + h]]));
}

export const middle = ({ x, y, w, h }) => [x + w / 2, y + h / 2];
const shifted = (points, dx, dy) => points && points.map(([x, y]) => [x + dx, y + dy]);

/** The thing moved; a door only slides along its wall. */
export function moved(kind, form, dx, dy) {
  if (kind === "marking") return { ...form, points: shifted(form.points, dx, dy) };
  if (kind === "door") {
    const across = form.side === "north" || form.side === "south";
    return { ...form, x: form.x + (across ? dx : 0), y: form.y + (across ? 0 : dy) };
  }
  const next = { ...form, x: form.x + dx, y: form.y + dy };
  if (form.outline) next.outline = shifted(form.outline, dx, dy);
  return next;
}

/** The thing fitted into another box; corners of a polygon keep their proportions. */
export function fitted(kind, form, box) {
  const from = bounds(kind, form);
  const scale = (points) =>
    points.map(([x, y]) => [
      Math.round(box.x + ((x - from.x) * box.w) / (from.w || 1)),
      Math.round(box.y + ((y - from.y) * box.h) / (from.h || 1)),
    ]);
  if (kind === "marking") return { ...form, points: scale(form.points) };
  if (kind === "door") {
    const across = form.side === "north" || form.side === "south";
    return { ...form, x: box.x, y: box.y, w: across ? box.w : box.h };
  }
  const next = { ...form, ...box };
  if (form.outline) next.outline = scale(form.outline);
  return next;
}

/** Turn things a quarter clockwise round the middle of all of them. Doors stay in their walls. */
export function turned(things) {
  const whole = around(things.map(({ kind, form }) => bounds(kind, form)));
  const [cx, cy] = middle(whole);
  // The corner is put on the grid once for all, so that a group keeps its inner distances.
  const slipX = onGrid(cx - whole.h / 2) - (cx - whole.h / 2);
  const slipY = onGrid(cy - whole.w / 2) - (cy - whole.w / 2);
  const turn = ([x, y]) => [Math.round(cx - (y - cy) + slipX), Math.round(cy + (x - cx) + slipY)];
  return things.map(({ kind, form }) => {
    if (kind === "door") return form;
    if (kind === "marking") return { ...form, points: form.points.map(turn) };
    const { x, y, w, h } = form;
    const next = { ...form, ...boxOf([turn([x, y]), turn([x + w, y + h])]) };
    if (form.outline) next.outline = form.outline.map(turn);
    if (form.back) next.back = TURN[form.back];
    return next;
  });
}

/** A box changed by one of its handles (n, ne, e, …), on the grid and never smaller than half a metre. */
export function resized(box, handle, dx, dy, least = 50) {
  let { x, y } = box;
  let [right, bottom] = [x + box.w, y + box.h];
  if (handle.includes("w")) x = Math.min(onGrid(x + dx), right - least);
  if (handle.includes("e")) right = Math.max(onGrid(right + dx), x + least);
  if (handle.includes("n")) y = Math.min(onGrid(y + dy), bottom - least);
  if (handle.includes("s")) bottom = Math.max(onGrid(bottom + dy), y + least);
  return { x, y, w: right - x, h: bottom - y };
}

/** Whether two boxes share more than an edge. */
export const meet = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

/** Boxes of a row: `count` stands of one size, `gap` between them, running east or south. */
export function rowBoxes({ x, y, w, h, count, gap, direction }) {
  const [dx, dy] = direction === "south" ? [0, h + gap] : [w + gap, 0];
  return Array.from({ length: count }, (_, at) => ({ x: x + at * dx, y: y + at * dy, w, h }));
}

/** Codes in a row from the first one: "A01", "A02", …; a code without a number gets one. */
export function codesFrom(first, count) {
  const [, stem, digits] = /^(.*?)(\d*)$/.exec(first.trim());
  const start = digits ? +digits : 1;
  return Array.from({ length: count }, (_, at) => stem + String(start + at).padStart(digits.length || 2, "0"));
}

/** The first codes of a series that nobody has yet. */
export function freeCodes(after, count, taken) {
  const [, stem, digits] = /^(.*?)(\d*)$/.exec(after);
  const found = [];
  for (let number = (digits ? +digits : 0) + 1; found.length < count; number += 1) {
    const code = stem + String(number).padStart(digits.length || 2, "0");
    if (!taken(code)) found.push(code);
  }
  return found;
}

/** Twice the area of a polygon: nothing when its corners lie on a line. */
export const area2 = (points) =>
  Math.abs(points.reduce((sum, [x, y], at) => {
    const [nx, ny] = points[(at + 1) % points.length];
    return sum + x * ny - nx * y;
  }, 0));
