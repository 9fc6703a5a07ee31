// The juror's marks: big steps, kept on the device at each change, sent when there is a network.
// Without this script the forms post by themselves.
import { drop, keep, keyOf, listOf, read } from "./lib/jury-store.js";

const doc = document;
const root = doc.querySelector("[data-jury]");
const { seat, decimal, state: stateUrl, worker, scope } = root.dataset;
const forms = [...doc.querySelectorAll("form[data-sheet]")];
const AGAIN_MS = 15000;
const STEP = 0.5;
const MOST = 20;

// ---- numbers as they are typed and written here -------------------------------------------------------------
const western = (text) => text.replace(/[٠-٩]/g, (sign) => "٠١٢٣٤٥٦٧٨٩".indexOf(sign)).replace(/[،,٫]/g, ".").trim();

const markOf = (text) => {
  const plain = western(text);
  const value = /^\d{1,2}(\.[05]?0*)?$/.test(plain) ? Number(plain) : NaN;
  return value >= 0 && value <= MOST ? value : NaN;
};

const write = (value, places) => {
  const text = places === undefined ? String(value) : value.toFixed(places);
  return text.replace(".", decimal);
};

// ---- one form ---------------------------------------------------------------------------------------------
const marksIn = (form) => [...form.querySelectorAll("input[data-mark]")];
const noteOf = (form) => form.querySelector("textarea[data-note]");
const isWhole = (form) => marksIn(form).every((field) => !Number.isNaN(markOf(field.value)));
const formOf = (record) => forms.find((form) => Number(form.dataset.sheet) === record.nominee);

const showTotal = (form) => {
  const out = form.querySelector("[data-total]");
  // Hundredths of half-points are whole numbers: the sum is exact.
  const points = marksIn(form).reduce((sum, field) => sum + markOf(field.value) * 2 * Number(field.dataset.weight), 0);
  out.textContent = isWhole(form) ? write(Math.floor(points / 2 + 0.5) / 100, 2) : "—";
};

const follow = (field) => {
  const slider = field.closest("[data-line]").querySelector("input[type=range]");
  const value = markOf(field.value);
  slider.classList.toggle("untouched", Number.isNaN(value));
  slider.value = Number.isNaN(value) ? MOST / 2 : value;
};

const show = (form, state, said = "") => {
  form.dataset.state = state;
  form.closest("[data-nominee]").dataset.state = state;
  form.querySelector("[data-said]").textContent = said;
  const settled = doc.querySelectorAll("[data-nominee]:is([data-state=given], [data-state=queued], [data-state=recused], [data-state=absent])").length;
  doc.querySelector("progress[data-settled]").value = settled;
  doc.querySelector("[data-settled-count]").textContent = settled;
};

const fill = (form, marks, note) => {
  for (const field of marksIn(form)) {
    field.value = marks[field.dataset.mark] ?? "";
    follow(field);
  }
  if (noteOf(form)) noteOf(form).value = note ?? "";
  showTotal(form);
};

const typed = (form) => Object.fromEntries(marksIn(form).map((field) => [field.dataset.mark, field.value]));

const recordOf = (form, more) => ({
  key: keyOf(seat, Number(form.dataset.sheet)),
  seat,
  nominee: Number(form.dataset.sheet),
  code: form.dataset.code,
  action: form.action,
  prefix: form.dataset.prefix,
  marks: typed(form),
  note: noteOf(form)?.value ?? "",
  base: Number(form.dataset.version),
  at: Date.now(),
  ...more,
});

const showOther = (form, other) => {
  const box = form.querySelector("[data-other]");
  box.hidden = !other;
  if (!other) return;
  for (const field of marksIn(form)) box.querySelector(`[data-other-mark="${field.dataset.mark}"]`).textContent = other.marks[field.dataset.mark];
};

// ---- what was typed is kept at once ---------------------------------------------------------------------------
let broken = false;

const keepDraft = async (form) => {
  show(form, "draft");
  showTotal(form);
  showOther(form);
  try {
    await keep(recordOf(form, { state: "draft" }));
  } catch {
    broken = true;
    root.dataset.broken = "yes"; // a private window keeps nothing: the form still posts by itself
  }
};

const newUid = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// ---- sending: one after the other, each until it is answered --------------------------------------------------
let token = "";
let running = false;
let asked = false;

const signedOut = () => {
  root.dataset.signedOut = "yes";
  navigator.serviceWorker?.controller?.postMessage({ forget: true });
};

const ask = async (url, options = {}) => {
  const answer = await fetch(url, { ...options, headers: { Accept: "application/json" }, redirect: "manual" });
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  if (answer.type === "opaqueredirect" || answer.status === 401 || !isJson) {
    if (answer.status < 500) signedOut();
    return { status: 0 };
  }
  return { status: answer.status, body: await answer.json() };
};

const bodyOf = (record) => {
  const body = new FormData();
  body.set("csrf_token", token);
  body.set("version", record.base);
  body.set("uid", record.uid);
  for (const [code, text] of Object.entries(record.marks)) body.set(`${record.prefix}-${code}`, text);
  body.set(`${record.prefix}-note`, record.note);
  return body;
};

// What changed on the form while the answer was under way stays a draft on the new version.
const settle = async (record, version) => {
  const now = await read(record.key);
  const form = formOf(record);
  if (form) form.dataset.version = version;
  if (now && now.uid !== record.uid) {
    await keep({ ...now, base: version });
    return;
  }
  await keep({ ...record, state: "given", base: version });
  if (form) show(form, "given");
};

const refuse = async (record, body) => {
  const meanwhile = body.code === "marks_changed_meanwhile";
  const next = meanwhile
    ? { ...record, state: "conflict", other: { ...body.other, version: body.facts.version } }
    : { ...record, state: "refused", said: body.message };
  const now = await read(record.key);
  if (now && now.uid !== record.uid) return;
  await keep(next);
  const form = formOf(record);
  if (form) put(form, next);
};

const send = async (record) => {
  const { status, body } = await ask(record.action, { method: "POST", body: bodyOf(record) });
  if (status === 200) await settle(record, body.version);
  else if (status >= 400 && status < 500) await refuse(record, body);
  return status !== 0 && status < 500;
};

const count = async () => {
  const waiting = (await listOf(seat)).filter((one) => one.state === "queued");
  root.dataset.waiting = waiting.length;
  for (const out of doc.querySelectorAll("[data-waiting-count]")) out.textContent = waiting.length;
  return waiting;
};

const hello = async () => {
  const { status, body } = await ask(stateUrl);
  if (status !== 200) return null;
  delete root.dataset.signedOut;
  if (String(body.seat) !== seat) {
    // Somebody else has signed in on this device: their pages, never these.
    navigator.serviceWorker?.controller?.postMessage({ forget: true });
    location.reload();
    return null;
  }
  token = body.csrf;
  return body;
};

const flush = async () => {
  if (broken) return;
  if (running) {
    asked = true; // something was given meanwhile: it goes as soon as this round ends
    return;
  }
  running = true;
  try {
    const waiting = await count();
    if (!waiting.length) return;
    if (!(await hello())) return;
    root.dataset.offline = "no";
    for (const record of waiting) if (!(await send(record))) break;
    if (!(await count()).length) keepPages([location.pathname]);
  } catch {
    root.dataset.offline = "yes";
  } finally {
    running = false;
    await count();
    if (asked) {
      asked = false;
      flush();
    }
  }
};

const give = async (form) => {
  if (!isWhole(form)) {
    form.dataset.missing = "yes";
    marksIn(form).find((field) => Number.isNaN(markOf(field.value))).focus();
    return;
  }
  delete form.dataset.missing;
  await keep(recordOf(form, { state: "queued", uid: newUid() }));
  show(form, "queued");
  await count();
  flush();
};

// ---- what the device still knows comes back onto the page ------------------------------------------------------
const put = (form, record) => {
  fill(form, record.marks, record.note);
  form.dataset.version = record.base;
  show(form, record.state, record.said);
  showOther(form, record.state === "conflict" ? record.other : null);
};

const restore = async (form) => {
  const record = await read(keyOf(seat, Number(form.dataset.sheet)));
  for (const field of marksIn(form)) follow(field);
  showTotal(form);
  if (!record) return;
  // The page is at least as new as what was given from here: nothing is left to remember.
  if (record.state === "given" && Number(form.dataset.version) >= record.base) await drop(record.key);
  else put(form, record);
};

const takeOther = async (form) => {
  const record = await read(keyOf(seat, Number(form.dataset.sheet)));
  const { marks, note, version } = record.other;
  const next = { ...record, marks, note, base: version, state: "given", other: undefined };
  await keep(next);
  put(form, next);
};

const keepMine = async (form) => {
  const record = await read(keyOf(seat, Number(form.dataset.sheet)));
  const next = { ...record, base: record.other.version, other: undefined, state: "queued", uid: newUid(), at: Date.now() };
  await keep(next);
  put(form, next);
  flush();
};

// ---- hands ----------------------------------------------------------------------------------------------------
const step = (button) => {
  const field = button.closest("[data-line]").querySelector("input[data-mark]");
  const now = markOf(field.value);
  const next = Number.isNaN(now) ? MOST / 2 : Math.min(MOST, Math.max(0, now + Number(button.dataset.step) * STEP));
  field.value = write(next);
  follow(field);
  keepDraft(field.form);
};

for (const form of forms) {
  form.addEventListener("click", ({ target }) => {
    const button = target.closest("button[data-step], button[data-take]");
    if (!button) return;
    if (button.dataset.step) step(button);
    else if (button.dataset.take === "other") takeOther(form);
    else if (button.dataset.take === "mine") keepMine(form);
    else drop(keyOf(seat, Number(form.dataset.sheet))).then(() => location.reload());
  });
  form.addEventListener("input", ({ target }) => {
    if (target.type === "range") {
      const field = target.closest("[data-line]").querySelector("input[data-mark]");
      field.value = write(Number(target.value));
      follow(field);
    } else if (target.dataset.mark) follow(target);
    keepDraft(form);
  });
  form.addEventListener("submit", (event) => {
    if (broken) return;
    event.preventDefault();
    give(form);
  });
}

// Sheets are closed when everything has arrived: a mark that still waits here would be lost.
for (const closing of doc.querySelectorAll("form[data-closing]")) {
  closing.addEventListener(
    "submit",
    (event) => {
      if (!Number(root.dataset.waiting) && !doc.querySelector("form[data-sheet]:is([data-state=draft], [data-state=conflict])")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      closing.dataset.early = "yes";
      flush();
    },
    true,
  );
}

// ---- pages that open without a network, where the browser may keep them ----------------------------------------
const keepPages = async (pages) => {
  const ready = await navigator.serviceWorker?.ready;
  const loaded = performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname);
  ready?.active?.postMessage({ keep: [...new Set([...loaded.filter((path) => path.startsWith("/static/dist/")), ...pages])] });
};

const prepare = async () => {
  if (!navigator.serviceWorker) return;
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data.kept) root.dataset.ready = "yes";
  });
  await navigator.serviceWorker.register(worker, { scope });
  const body = await hello();
  if (body) await keepPages(body.keep);
};

for (const link of doc.querySelectorAll('a[href*="/sign-out"], form[action*="/sign-out"]')) {
  link.addEventListener("click", () => navigator.serviceWorker?.controller?.postMessage({ forget: true }));
}

try {
  await Promise.all(forms.map(restore));
  addEventListener("online", flush);
  doc.addEventListener("visibilitychange", flush);
  setInterval(flush, AGAIN_MS);
  await flush();
} catch {
  broken = true;
  root.dataset.broken = "yes";
}
root.dataset.live = "yes";
prepare().catch(() => {}); // no network, or a browser that keeps no pages: marks are kept all the same
