// The gate: hand scanners, focus, sound and vibration. Without this script the form posts by itself.
import { toast } from "./lib/toast.js";

const doc = document;
const form = doc.querySelector("form[data-gate]");
const input = form.elements.code;

// ---- hand scanner -------------------------------------------------------------------------------------------
// A scanner types like a keyboard of the United States. On AZERTY or Arabic layouts `event.key` garbles it, so the
// signs are read from the place of the key and shift. A burst quicker than a hand is a scanner.
const PLAIN = { Slash: "/", Period: ".", Minus: "-", Semicolon: ";", Space: " ", Equal: "=" };
const SHIFTED = { Slash: "?", Period: ">", Minus: "_", Semicolon: ":", Space: " ", Equal: "+" };
const HAND_MS = 45;
const FEWEST = 10;
let burst = "";
let last = 0;

export const signOf = (code, shift) => {
  if (/^Key[A-Z]$/.test(code)) return shift ? code[3] : code[3].toLowerCase();
  if (/^Digit\d$/.test(code) && !shift) return code[5];
  if (/^Numpad\d$/.test(code)) return code[6];
  return (shift ? SHIFTED : PLAIN)[code] ?? "";
};

const isElsewhere = (target) => target !== input && target.matches?.("input, textarea, select, [contenteditable]");

doc.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || isElsewhere(event.target)) return;
  const quick = event.timeStamp - last < HAND_MS;
  last = event.timeStamp;
  if (event.code === "Enter" || event.code === "NumpadEnter") {
    if (quick && burst.length >= FEWEST) {
      event.preventDefault();
      input.value = burst;
      form.requestSubmit();
    }
    burst = "";
    return;
  }
  const sign = signOf(event.code, event.shiftKey);
  if (!sign) return;
  burst = quick ? burst + sign : sign;
  if (doc.activeElement !== input) {
    input.focus();
    if (event.target === doc.body) input.value = "";
  }
});

// ---- sound and vibration: each verdict is heard and felt apart ----------------------------------------------
const SOUNDS = { ok: [[880, 0.12]], wait: [[660, 0.12], [660, 0.12]], bad: [[220, 0.5]] };
const SHAKES = { ok: [80], wait: [80, 80, 80], bad: [400] };
let audio;

const wake = () => {
  audio ??= new (window.AudioContext ?? window.webkitAudioContext)();
  if (audio.state === "suspended") audio.resume();
};
doc.addEventListener("pointerdown", wake, { once: true });
doc.addEventListener("keydown", wake, { once: true });

const sing = (tone) => {
  navigator.vibrate?.(SHAKES[tone] ?? []);
  if (audio?.state !== "running") return;
  let at = audio.currentTime;
  for (const [hertz, seconds] of SOUNDS[tone] ?? []) {
    const source = audio.createOscillator();
    const loud = audio.createGain();
    source.frequency.value = hertz;
    loud.gain.setValueAtTime(0.25, at);
    loud.gain.exponentialRampToValueAtTime(0.001, at + seconds);
    source.connect(loud).connect(audio.destination);
    source.start(at);
    source.stop(at + seconds);
    at += seconds + 0.06;
  }
};

// ---- one scan at a time, in the order read; nothing typed is lost ---------------------------------------------
const newUuid = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};

let waiting = Promise.resolve();

const put = (fresh) => {
  for (const id of ["found", "recent", "live"]) {
    const part = fresh.getElementById(id);
    if (part) doc.getElementById(id).replaceWith(part);
  }
};

const read = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

// A refusal comes as a fragment too; anything else is shown as the page it is.
const send = async (from, body) => {
  let answer;
  try {
    answer = await fetch(from.action, { method: "POST", body, headers: { "HX-Request": "true" } });
  } catch {
    toast(doc.getElementById("toast").dataset.offline, "bad");
    if (!input.value && body.get("code")) input.value = body.get("code");
    return;
  }
  if (answer.redirected) return location.assign(answer.url);
  const fresh = await read(answer);
  const live = fresh.getElementById("live");
  if (!live || fresh.querySelector("header.top")) {
    form.removeEventListener("submit", onSubmit);
    doc.removeEventListener("submit", onTap);
    from.submit();
    return;
  }
  put(fresh);
  sing(live.dataset.tone);
  // Not on a telephone: its keyboard would rise over the verdict.
  if (!matchMedia("(pointer: coarse)").matches) input.focus();
};

const onSubmit = (event) => {
  event.preventDefault();
  if (!input.value.trim()) return input.focus();
  form.elements.uuid.value = newUuid();
  const body = new FormData(form);
  if (!isBadge(input.value)) return look();
  input.value = "";
  input.focus();
  waiting = waiting.then(() => send(form, body));
};
form.addEventListener("submit", onSubmit);

// One tap beside a name, or on a reason: the answer takes the place of the search.
const onTap = (event) => {
  const from = event.target;
  if (!from.matches("form[data-door]")) return;
  event.preventDefault();
  const body = new FormData(from);
  clearTimeout(soon);
  asked += 1;
  input.value = "";
  for (const button of doc.querySelectorAll("form[data-door] button")) button.disabled = true;
  waiting = waiting.then(() => send(from, body));
};
doc.addEventListener("submit", onTap);

// ---- a name is searched while it is typed ---------------------------------------------------------------------
const PAUSE_MS = 160;
let soon;
let asked = 0;

export const isBadge = (text) => {
  const bare = text.replace(/[\s-]/g, "");
  return /\/B\//i.test(bare) || (/^[0-9A-Z]{12,}$/i.test(bare) && /\d/.test(bare));
};

const look = async () => {
  const number = (asked += 1);
  const text = input.value.trim();
  try {
    const query = new URLSearchParams({ q: text.length > 1 && !isBadge(text) ? text : "" });
    const fresh = await read(await fetch(`${form.dataset.people}?${query}`));
    const found = fresh.getElementById("found");
    // A later letter has been asked about already: its answer counts.
    if (number === asked && found) doc.getElementById("found").replaceWith(found);
  } catch {
    toast(doc.getElementById("toast").dataset.offline, "bad");
  }
};

input.addEventListener("input", () => {
  clearTimeout(soon);
  soon = setTimeout(look, PAUSE_MS);
});

// The field is always ready for the next badge or name.
const said = doc.getElementById("live").dataset.tone;
if (said) sing(said);
input.focus();
