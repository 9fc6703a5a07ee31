// The properties of what is chosen. One form for each kind; several stands share one, and a field changes all of them.
import { bounds, fitted, moved } from "./geometry.js";
import { metres, readMetres, readNumber, say } from "./words.js";

const BOX = ["x", "y", "w", "h"];

/** Put a form's value into a field; undefined: the chosen things differ. */
function show(field, value) {
  const { type } = field.dataset;
  field.removeAttribute("aria-invalid");
  if (type === "flag") {
    field.checked = value === true;
    field.indeterminate = value === undefined;
  } else if (type === "metres") field.value = value === undefined || value === null ? "" : metres(value);
  else field.value = value ?? "";
}

/** What a field says: {value}, or null when it cannot be read. */
function read(field) {
  const { type } = field.dataset;
  if (type === "flag") return { value: field.checked };
  const text = field.value.trim();
  if (type === "metres") {
    const value = readMetres(text);
    const least = BOX.indexOf(field.dataset.field) < 2 ? -Infinity : 1;
    return value === null || value < least ? null : { value };
  }
  if (type === "number") {
    const value = text ? readNumber(text) : null;
    const fits = value === null || (Number.isInteger(value) && value >= +(field.dataset.least ?? 0) && value <= +(field.dataset.most ?? 1e9));
    return (text || !field.required) && fits && !(text && value === null) ? { value } : null;
  }
  if (field.required && !text) return null;
  return { value: text || null };
}

/** Fill the fields of a form from forms of things; `spared` is a field in which somebody writes. */
export function fill(root, forms, spared = null) {
  for (const field of root.querySelectorAll("[data-field]")) {
    if (field === spared) continue;
    const values = forms.map((form) => form[field.dataset.field]);
    const alike = values.every((value) => JSON.stringify(value) === JSON.stringify(values[0]));
    show(field, alike ? values[0] ?? null : undefined);
  }
}

/** Read one field, and mark it where it says nothing sensible. */
export function readField(field) {
  const found = read(field);
  field.setAttribute("aria-invalid", String(!found));
  return found;
}

export class Panel {
  constructor(editor) {
    this.editor = editor;
    this.panels = [...editor.querySelectorAll("[data-panel]")];
    for (const panel of this.panels) {
      panel.addEventListener("change", (event) => event.target.dataset.field && this.changed(event.target));
      panel.addEventListener("submit", (event) => {
        event.preventDefault();
        document.activeElement?.blur();
      });
    }
  }

  /** Show what fits the selection, or a tool's own form. */
  refresh() {
    const { editor } = this;
    const things = editor.selection.things();
    const kinds = new Set(things.map(({ kind }) => kind));
    const tool = editor.tools.panel;
    const name = things.length ? (kinds.size === 1 ? [...kinds][0] : "several") : "none";
    for (const panel of this.panels) panel.hidden = Boolean(tool) || panel.dataset.panel !== name;
    for (const panel of editor.querySelectorAll("[data-tool-panel]")) panel.hidden = panel !== tool;
    if (tool || !things.length) return;
    this.fill(this.panels.find((panel) => !panel.hidden), things);
  }

  fill(panel, things) {
    const { editor } = this;
    const one = things.length === 1;
    const title = panel.querySelector("[data-title]");
    if (title) title.textContent = one ? things[0].code : say("chosen", { n: things.length });
    for (const each of panel.querySelectorAll("[data-single]")) each.hidden = !one;
    for (const each of panel.querySelectorAll("[data-box]")) each.hidden = !one || Boolean(things[0].form.outline);
    const forms = things.map(({ kind, code, form }) => ({ ...form, ...(kind === "marking" ? bounds(kind, form) : {}), code }));
    // The same things drawn anew: the field in which somebody writes keeps what is written.
    const names = things.map(({ key }) => key).join();
    fill(panel, forms, names === this.filled ? document.activeElement : null);
    this.filled = names;
    const sides = editor.store.found[things[0].code]?.open_sides ?? forms[0].open_sides;
    const computed = panel.querySelector("[data-open-sides]");
    if (computed) computed.textContent = one && sides !== undefined ? say("open_sides", { n: sides }) : "";
  }

  changed(field) {
    const { editor } = this;
    const found = readField(field);
    if (!found) {
      editor.warn(say("not_readable"));
      return;
    }
    const name = field.dataset.field;
    const things = editor.selection.things();
    const changes = things.map(({ kind, code, form }) => [kind, code, this.edited(kind, code, form, name, found.value)]);
    if (name === "code") {
      const wanted = found.value;
      if (editor.store.get("stand", wanted)) {
        field.setAttribute("aria-invalid", String(wanted !== things[0].code));
        if (wanted !== things[0].code) editor.warn(say("code_taken", { code: wanted }));
        return;
      }
    }
    editor.change(changes, name === "code" ? "renamed" : "changed");
    if (name === "code") editor.selection.set([["stand", found.value]]);
  }

  edited(kind, code, form, name, value) {
    if (name === "code") return { ...form, code: value };
    if (BOX.includes(name) && kind !== "door") return fitted(kind, form, { ...bounds(kind, form), [name]: value });
    if (kind === "door" && (name === "x" || name === "y")) return moved(kind, form, ...(name === "x" ? [value - form.x, 0] : [0, value - form.y]));
    if (kind === "door" && name === "side") return this.toWall(form, value);
    return { ...form, [name]: value };
  }

  /** A door put into another wall keeps its place along it as far as it can. */
  toWall(form, side) {
    const { width, depth } = this.editor.store.hall;
    const along = Math.max(form.side === "north" || form.side === "south" ? form.x : form.y, 0);
    const across = side === "north" || side === "south";
    const at = Math.max(0, Math.min(along, (across ? width : depth) - form.w));
    const wall = { north: 0, west: 0, south: depth, east: width }[side];
    return { ...form, side, x: across ? at : wall, y: across ? wall : at };
  }
}
