// The public page of a draw: follows it while it goes on, and checks it over its bundle in the visitor's own browser.
const doc = document;
const FOLLOW_MS = 15_000;
const OFTEN_MS = 7000;

// ---- keys kept from before the draw ---------------------------------------------------------------------------
// A browser may forbid its store (private windows): then the keys are typed or loaded from their file.
const store = {
  read(name) {
    try {
      return JSON.parse(localStorage.getItem(name) ?? "null");
    } catch {
      return null;
    }
  },
  write(name, value) {
    try {
      localStorage.setItem(name, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  },
};

function offerToKeep(box) {
  const { keepKeys, keep } = box.dataset;
  const said = box.querySelector("[data-kept]");
  const button = box.querySelector("button");
  const show = (kept) => {
    said.hidden = !kept;
    button.hidden = kept;
  };
  show(store.read(keep) !== null);
  box.hidden = false;
  button.addEventListener("click", async () => {
    const answer = await fetch(keepKeys);
    if (answer.ok) show(store.write(keep, await answer.json()));
  });
}

// ---- the verdict ----------------------------------------------------------------------------------------------
const element = (name, text, className = "") => Object.assign(doc.createElement(name), { textContent: text, className });

function sayVerdict(box, { tone, title, lines = [], facts = [] }) {
  const said = box.querySelector("[data-said]");
  said.className = `said notice notice-${tone}`;
  const body = doc.createElement("div");
  body.append(element("p", title, "big"), ...lines.map((line) => element("p", line)));
  said.replaceChildren(body);
  said.hidden = false;
  const list = box.querySelector("[data-facts]");
  list.hidden = !facts.length;
  list.replaceChildren(
    ...facts.map(([name, value]) => {
      const pair = doc.createElement("div");
      const answer = element("dd", "");
      answer.append(...[value].flat().map((text) => Object.assign(element("bdi", text), { dir: "ltr" })));
      pair.append(element("dt", name), answer);
      return pair;
    }),
  );
}

// The result that the page shows is the one that was computed, place by place.
function pageAgrees(found) {
  const rows = [...doc.querySelectorAll("[data-place]")].map(({ dataset }) => `${dataset.place} ${dataset.drawn}`);
  const picks = found.picks.map((pick) => `${pick.place} ${pick.ticket}`);
  return rows.length === picks.length && rows.every((row, at) => row === picks[at]);
}

// Keys without that of the log would pin nothing, and nobody is told that they did.
function withLog(pins) {
  if (typeof pins?.log !== "string") throw new Error("no key of the log");
  return pins;
}

async function readPins(form, kept) {
  const [file] = form.elements.pins.files;
  const typed = form.elements.log.value.trim();
  if (file) return { pins: withLog(JSON.parse(await file.text())), mode: "pinned" };
  if (typed) return { pins: { log: typed }, mode: "pinned" };
  return kept ? { pins: withLog(kept), mode: "kept" } : { pins: null, mode: "self" };
}

async function readBundle(box, form) {
  const [file] = form.elements.bundle.files;
  if (file) return { data: new Uint8Array(await file.arrayBuffer()), own: true };
  const answer = await fetch(box.dataset.bundle);
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return { data: new Uint8Array(await answer.arrayBuffer()), own: false };
}

// Text nodes only: a code or a detail from a bundle never becomes markup.
function readWords(box) {
  const words = {};
  for (const each of box.querySelector("[data-words]").content.querySelectorAll("[data-word]")) words[each.dataset.word] = each.textContent;
  return words;
}

function factsOf(found, data, took, words) {
  const bundle = JSON.parse(new TextDecoder().decode(data));
  const winners = found.picks.filter(({ place }) => place.startsWith("P")).map(({ place, ticket }) => `${place} ${ticket}`);
  return [
    [words.tickets, String(found.tickets)],
    [words.lines, String(bundle.entries.length)],
    [words.heads, String(bundle.checkpoints.length)],
    [words.time, `${(took / 1000).toFixed(1)} s`],
    ...(winners.length ? [[words.winners, winners]] : []),
  ];
}

async function check(box, form) {
  const words = readWords(box);
  const bad = (code, detail = "") => sayVerdict(box, { tone: "bad", title: words.refused, lines: [words[code] ?? code, `${code} ${detail}`.trim()] });
  const trouble = (code) => sayVerdict(box, { tone: "wait", title: words[code] });
  sayVerdict(box, { tone: "info", title: words.checking });
  let pinned;
  let bundle;
  try {
    pinned = await readPins(form, store.read(box.dataset.keep));
  } catch {
    return trouble("pins_unreadable");
  }
  let verifier;
  try {
    [bundle, verifier] = await Promise.all([readBundle(box, form), import("./draw-verifier.js")]);
  } catch {
    return trouble("unreadable");
  }
  const began = performance.now();
  try {
    const found = verifier.verify(bundle.data, pinned.pins);
    if (!bundle.own && !pageAgrees(found)) return bad("page_differs");
    const title = found.verdict === "cancelled" ? words.cancelled : words.exact;
    const facts = factsOf(found, bundle.data, performance.now() - began, words);
    sayVerdict(box, { tone: pinned.mode === "self" ? "info" : "ok", title, lines: [words[pinned.mode]], facts });
  } catch (fault) {
    bad(fault.code ?? "not_canonical", fault.detail);
  }
  return undefined;
}

function offerToCheck(box) {
  const form = box.querySelector("[data-pins]");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    check(box, form);
  });
  check(box, form);
}

// ---- following a draw that goes on ----------------------------------------------------------------------------
function follow(part) {
  let mark = null;
  const ask = async () => {
    if (doc.hidden) return;
    const state = await (await fetch(part.dataset.state)).json();
    const moved = mark !== null && mark !== state.mark;
    mark = state.mark;
    // Nobody loses what they were typing: the page is only taken anew where no form is being filled in.
    if (moved && !doc.activeElement?.matches("input, textarea")) location.reload();
  };
  const soon = doc.querySelector("[data-verdict]") ? FOLLOW_MS : OFTEN_MS;
  setInterval(() => ask().catch(() => {}), soon);
  ask().catch(() => {});
}

for (const box of doc.querySelectorAll("[data-keep-keys]")) offerToKeep(box);
for (const box of doc.querySelectorAll("[data-verdict]")) offerToCheck(box);
for (const part of doc.querySelectorAll("[data-state]:not([data-over])")) follow(part);
