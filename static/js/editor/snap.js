// While something is dragged its edges and middle hold on to those of the others; otherwise to the grid.
import { GRID, onGrid } from "./geometry.js";

/** Edges and middles of the boxes along both axes, sorted once when the drag begins. */
export class Guides {
  constructor(boxes, hall) {
    const all = [...boxes, { x: 0, y: 0, w: hall.width, h: hall.depth }];
    this.xs = sorted(all.flatMap(({ x, w }) => [x, x + w / 2, x + w]));
    this.ys = sorted(all.flatMap(({ y, h }) => [y, y + h / 2, y + h]));
  }

  /** Where a moved box comes to rest: its shift, and the lines it holds on to (null: the grid alone). */
  hold(box, dx, dy, reach) {
    const across = holdAxis(this.xs, box.x, box.w, dx, reach);
    const down = holdAxis(this.ys, box.y, box.h, dy, reach);
    return { dx: across.shift, dy: down.shift, x: across.line, y: down.line };
  }
}

const sorted = (values) => Float64Array.from(new Set(values)).sort();

function holdAxis(lines, from, size, shift, reach) {
  let best = null;
  for (const own of [from, from + size / 2, from + size]) {
    const line = nearest(lines, own + shift);
    const off = Math.abs(line - own - shift);
    if (off <= reach && (!best || off < best.off)) best = { off, line, shift: Math.round(line - own) };
  }
  return best ?? { line: null, shift: onGrid(from + shift, GRID) - from };
}

function nearest(lines, value) {
  let [low, high] = [0, lines.length - 1];
  while (low < high) {
    const at = (low + high) >> 1;
    if (lines[at] < value) low = at + 1;
    else high = at;
  }
  return low && value - lines[low - 1] < lines[low] - value ? lines[low - 1] : lines[low];
}
