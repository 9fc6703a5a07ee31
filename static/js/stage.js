// The screen for the hall. It shows one scene at a time and follows the draw; the result never depends on it.
const doc = document;
const root = doc.documentElement;
const help = doc.getElementById("help");
const alone = doc.getElementById("alone");
const PAUSE_MS = 1000;
const SECOND_MS = 1000;

const main = () => doc.getElementById("scenes");
const scenes = () => [...main().querySelectorAll(".scene")];
const shown = () => main().querySelector(".scene.on");
const curtainOf = (scene) => scene?.querySelector("[data-curtain]");

// Curtains that are up stay up when the page behind is renewed.
const up = new Set();

const show = (scene, { lifted = false } = {}) => {
  if (!scene) return;
  for (const each of scenes()) each.classList.toggle("on", each === scene);
  if (lifted) up.add(scene.id);
  curtainOf(scene)?.classList.toggle("up", up.has(scene.id));
  history.replaceState(null, "", `#${scene.id}`);
  scene.focus({ preventScroll: true });
  window.scrollTo(0, 0);
};

const next = () => {
  const here = shown();
  if (curtainOf(here) && !up.has(here.id)) return show(here, { lifted: true });
  const all = scenes();
  show(all[all.indexOf(here) + 1]);
};

const back = () => {
  const all = scenes();
  show(all[all.indexOf(shown()) - 1]);
};

const whole = () => (doc.fullscreenElement ? doc.exitFullscreen() : root.requestFullscreen?.().catch(() => {}));
const explain = () => (help.open ? help.close() : help.showModal());
const deeds = { next, back, whole, help: explain };

const KEYS = {
  " ": next, ArrowRight: next, ArrowDown: next, PageDown: next, Enter: next,
  ArrowLeft: back, ArrowUp: back, PageUp: back, Backspace: back,
  Home: () => show(scenes()[0]),
  End: () => show(scenes().at(-1)),
  f: whole, F: whole, Escape: explain, "?": explain, h: explain, H: explain,
};

doc.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  // An open help takes the keys; a focused button or link keeps its own.
  if (help.open || (event.target.closest("button, a") && [" ", "Enter"].includes(event.key))) return;
  const deed = KEYS[event.key];
  if (!deed) return;
  event.preventDefault();
  deed();
});

doc.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-go]");
  if (button) deeds[button.dataset.go]();
});

// ---- the draw goes on: the page behind is fetched again and put in place, without a blink ------------------------
let known;
let skew = 0;

const renew = async () => {
  const fresh = new DOMParser().parseFromString(await (await fetch(location.pathname)).text(), "text/html").getElementById("scenes");
  if (!fresh) return;
  const { state, current } = main().dataset;
  const here = shown()?.id;
  main().replaceWith(doc.importNode(fresh, true));
  setClock();
  const called = main().dataset.current;
  const moved = main().dataset.state !== state;
  if (moved) up.clear();
  const wanted = moved || (called && called !== current) ? called || scenes()[0].id : here;
  const scene = doc.getElementById(wanted) ?? scenes()[0];
  // Whoever is called stands in the hall already: no curtain hides them.
  show(scene, { lifted: !moved && called === scene.id });
};

const look = async () => {
  try {
    const answer = await fetch(doc.body.dataset.follow, { headers: { Accept: "application/json" } });
    const said = answer.ok ? await answer.text() : known;
    if (known !== undefined && said !== known) await renew();
    known = said;
    alone.textContent = "";
  } catch {
    alone.textContent = doc.body.dataset.offline;
  }
  setTimeout(look, PAUSE_MS);
};

// ---- the countdown runs by the server's clock ----------------------------------------------------------------------
const setClock = () => {
  skew = Date.parse(main().dataset.now) - performance.now();
};

const two = (number) => String(number).padStart(2, "0");

const tick = () => {
  for (const each of main().querySelectorAll("[data-until]")) {
    const left = Math.floor((Date.parse(each.dataset.until) - skew - performance.now()) / SECOND_MS);
    const hours = Math.floor(left / 3600);
    const rest = `${two(Math.floor(left / 60) % 60)}:${two(left % 60)}`;
    each.textContent = left <= 0 || hours > 99 ? "" : hours ? `${hours}:${rest}` : rest;
  }
};

root.classList.add("staged");
doc.querySelector(".keys").hidden = false;
setClock();
const asked = doc.getElementById(location.hash.slice(1));
show(asked?.classList.contains("scene") ? asked : doc.getElementById(main().dataset.current) ?? scenes()[0]);
setInterval(tick, SECOND_MS);
tick();
look();
