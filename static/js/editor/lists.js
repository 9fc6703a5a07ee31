// The hall's own values, its zones and its circuits: forms beside the plan.
import { fill, readField } from "./panel.js";
import { say } from "./words.js";

/** Read all fields of a form; null when one is wrong (it is marked and gets the focus). */
function readAll(form) {
  const found = {};
  let wrong = null;
  for (const field of form.querySelectorAll("[data-field]")) {
    const read = readField(field);
    if (read) found[field.dataset.field] = read.value;
    else wrong ??= field;
  }
  wrong?.focus();
  return wrong ? null : found;
}

export class Lists {
  constructor(editor) {
    this.editor = editor;
    this.hallForm = editor.querySelector("[data-hall-form]");
    this.hallForm.addEventListener("change", ({ target }) => target.dataset.field && this.hallChanged(target));
    this.hallForm.addEventListener("submit", (event) => event.preventDefault());
    this.circuitForm = editor.querySelector("[data-circuit-form]");
    this.circuitForm.addEventListener("submit", (event) => this.addCircuit(event));
    this.zoneDialog = editor.querySelector("[data-zone-dialog]");
    this.zoneForm = this.zoneDialog.querySelector("form");
    this.zoneForm.addEventListener("submit", (event) => this.saveZone(event));
    editor.querySelector("[data-zone-new]").addEventListener("click", () => this.openZone(null));
    this.zoneDialog.querySelector("[data-zone-remove]").addEventListener("click", () => this.removeZone());
    this.zoneDialog.querySelector("[data-zone-close]").addEventListener("click", () => this.zoneDialog.close());
    editor.store.watch((touched) => {
      const kinds = new Set(touched.map(([kind]) => kind));
      if (kinds.has("hall") || kinds.has("zone") || kinds.has("circuit")) this.refresh();
    });
  }

  refresh() {
    this.choices();
    if (!this.hallForm.contains(document.activeElement)) fill(this.hallForm, [this.editor.store.hall]);
    this.zones();
    this.circuits();
  }

  zoneName(code) {
    const form = this.editor.store.get("zone", code);
    const name = this.editor.lang === "ar" ? form?.name_ar ?? form?.name_fr : form?.name_fr ?? form?.name_ar;
    return name ? `${code} – ${name}` : code;
  }

  /** The choices of zones and circuits in every form of the page. */
  choices() {
    for (const [kind, name] of [["zone", (code) => this.zoneName(code)], ["circuit", (code) => code]]) {
      const codes = [...this.editor.store.of(kind).keys()].sort();
      for (const select of this.editor.querySelectorAll(`select[data-choices="${kind}"]`)) {
        const chosen = select.value;
        const first = select.querySelector("option[value='']");
        select.replaceChildren(...(first ? [first] : []), ...codes.map((code) => new Option(name(code), code)));
        if (codes.includes(chosen)) select.value = chosen;
        else if (!first && select.dataset.field === "default_zone") select.value = this.editor.store.hall.default_zone;
      }
    }
  }

  hallChanged(field) {
    const { store, sync } = this.editor;
    const found = readField(field);
    if (found) sync.push("hall.changed", [["hall", "HALL", { ...store.hall, [field.dataset.field]: found.value }]]);
    else this.editor.warn(say("not_readable"));
  }

  // ---- zones ------------------------------------------------------------------------------------------------

  zones() {
    const count = new Map();
    for (const { zone } of this.editor.store.of("stand").values()) count.set(zone, (count.get(zone) ?? 0) + 1);
    const rows = [...this.editor.store.of("zone")].sort(([a], [b]) => a.localeCompare(b)).map(([code, form]) => {
      const row = this.editor.querySelector("[data-zone-row]").content.cloneNode(true).firstElementChild;
      const sector = form.sectors[0]?.split(":")[0];
      if (sector) row.classList.add(`sector-${sector}`);
      row.querySelector("[data-name]").textContent = this.zoneName(code);
      row.querySelector("[data-count]").textContent = count.get(code) ?? 0;
      row.querySelector("button").addEventListener("click", () => this.openZone(code));
      return row;
    });
    this.editor.querySelector("[data-zones]").replaceChildren(...rows);
  }

  openZone(code) {
    this.zone = code;
    this.refuse("");
    const form = (code && this.editor.store.get("zone", code)) || { name_ar: "", name_fr: "", sectors: [] };
    fill(this.zoneForm, [{ ...form, code: code ?? "" }]);
    const field = this.zoneForm.querySelector('[data-field="code"]');
    field.readOnly = Boolean(code);
    for (const box of this.zoneForm.querySelectorAll("[data-sector]")) box.checked = form.sectors.includes(box.value);
    this.zoneDialog.querySelector("[data-zone-remove]").hidden = !code;
    this.zoneDialog.showModal();
  }

  saveZone(event) {
    event.preventDefault();
    const found = readAll(this.zoneForm);
    const { store, sync } = this.editor;
    if (!found) return;
    const { code, ...names } = found;
    if (!this.zone && store.get("zone", code)) {
      this.refuse(say("code_taken", { code }));
      return;
    }
    const boxes = [...this.zoneForm.querySelectorAll("[data-sector]")];
    const offered = new Set(boxes.map(({ value }) => value));
    const kept = (store.get("zone", code)?.sectors ?? []).filter((each) => !offered.has(each));
    const sectors = [...boxes.filter(({ checked }) => checked).map(({ value }) => value), ...kept];
    sync.push(this.zone ? "zone.changed" : "zone.added", [["zone", code, { ...names, sectors }]]);
    this.zoneDialog.close();
  }

  /** Say in the dialog why it cannot be: what lies behind it is not read. */
  refuse(text) {
    const line = this.zoneDialog.querySelector("[data-error]");
    line.hidden = !text;
    line.querySelector("span").textContent = text;
  }

  removeZone() {
    const used = [...this.editor.store.of("stand").values()].some(({ zone }) => zone === this.zone);
    if (used || this.editor.store.hall.default_zone === this.zone) {
      this.refuse(say("zone_used", { code: this.zone }));
      return;
    }
    this.editor.sync.push("zone.removed", [["zone", this.zone, null]]);
    this.zoneDialog.close();
  }

  // ---- circuits -----------------------------------------------------------------------------------------------

  circuits() {
    const { store, sync } = this.editor;
    const rows = [...store.of("circuit")].sort(([a], [b]) => a.localeCompare(b)).map(([code, form]) => {
      const row = this.editor.querySelector("[data-circuit-row]").content.cloneNode(true).firstElementChild;
      const stands = [...store.of("stand").values()].filter(({ circuit }) => circuit === code).length;
      row.querySelector("[data-name]").textContent = code;
      row.querySelector("[data-count]").textContent = stands;
      const field = row.querySelector("input");
      field.setAttribute("aria-label", `${code} – ${field.dataset.label}`);
      field.value = form.watts;
      field.addEventListener("change", () => {
        const found = readField(field);
        if (found) sync.push("circuit.changed", [["circuit", code, { ...form, watts: found.value }]]);
      });
      const button = row.querySelector("button");
      button.setAttribute("aria-label", `${button.dataset.label} – ${code}`);
      button.addEventListener("click", () => {
        if (stands) this.editor.warn(say("circuit_used", { code }));
        else sync.push("circuit.removed", [["circuit", code, null]]);
      });
      return row;
    });
    this.editor.querySelector("[data-circuits]").replaceChildren(...rows);
  }

  addCircuit(event) {
    event.preventDefault();
    const found = readAll(this.circuitForm);
    if (!found) return;
    if (this.editor.store.get("circuit", found.code)) {
      this.editor.warn(say("code_taken", { code: found.code }));
      return;
    }
    this.editor.sync.push("circuit.added", [["circuit", found.code, { watts: found.watts }]]);
    this.circuitForm.reset();
  }
}
