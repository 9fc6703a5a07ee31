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

const send = async (body) => {
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
  } catch {
    toast(doc.getElementById("toast").dataset.offline, "bad");
    if (!input.value) input.value = body.get("code");
    return;
  }
  const html = await answer.text();
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const live = fresh.getElementById("live");
  if (!answer.ok || !live) {
    form.removeEventListener("submit", onSubmit);
    form.submit();
    return;
  }
  for (const id of ["recent", "live"]) doc.getElementById(id).replaceWith(fresh.getElementById(id));
  sing(live.dataset.tone);
};

const onSubmit = (event) => {
  event.preventDefault();
  if (!input.value.trim()) return input.focus();
  form.elements.uuid.value = newUuid();
  const body = new FormData(form);
  input.value = "";
  input.focus();
  waiting = waiting.then(() => send(body));
};
form.addEventListener("submit", onSubmit);

// The field is always ready for the next badge, unless somebody is searching a name.
const said = doc.getElementById("live").dataset.tone;
if (said) sing(said);
if (!new URLSearchParams(location.search).has("q")) input.focus();
