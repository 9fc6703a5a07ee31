// The tablet of a witness: it enrols by a code, then watches the log, keeps its heads and signs them.
import { hexOf, newKey, readHead, readTyped } from "./lib/witness-book.js";
import { Away, deliver, enrol, follow, invitation, take } from "./lib/witness-log.js";
import * as store from "./lib/witness-store.js";

const EVERY_MS = 5000;
const SHOWN = 12;

const fill = (text, facts = {}) => text.replace(/\{(\w+)\}/g, (whole, name) => facts[name] ?? whole);

class WitnessTablet extends HTMLElement {
  async connectedCallback() {
    this.words = JSON.parse(this.dataset.words);
    const lang = document.documentElement.lang;
    this.numbers = new Intl.NumberFormat(`${lang}-MA`);
    this.clock = new Intl.DateTimeFormat(`${lang}-MA`, { dateStyle: "medium", timeStyle: "medium" });
    this.part("join").addEventListener("submit", (event) => this.run(event, () => this.join(event.target)));
    this.part("typed").addEventListener("submit", (event) => this.run(event, () => this.typed(event.target)));
    this.querySelector("[data-check]").addEventListener("click", () => this.watch());
    this.querySelector("[data-forget]").addEventListener("click", () => this.forget());
    this.querySelector("[data-evidence]").addEventListener("click", () => this.save());
    this.camera();
    await store.self().then(
      () => this.show(),
      () => this.say("join-said", this.words.no_store, "bad"),
    );
    const code = new URLSearchParams(location.hash.slice(1)).get("code");
    if (code) this.part("join").querySelector("form").elements.code.value = code;
    // Where the browser allows it, the screen stays on: a tablet that sleeps sees nothing.
    const wake = () => navigator.wakeLock?.request("screen").catch(() => {});
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake());
    wake();
    setInterval(() => document.visibilityState === "visible" && this.watch(), EVERY_MS);
    this.watch();
    await this.keepPage().catch(() => {});
  }

  // So that the page opens again without a network; browsers allow it only on a secure address.
  async keepPage() {
    const { serviceWorker } = navigator;
    if (!serviceWorker) return;
    serviceWorker.addEventListener("message", ({ data }) => data.kept && (this.dataset.ready = "yes"));
    await serviceWorker.register(this.dataset.worker, { scope: this.dataset.scope });
    const { active } = await serviceWorker.ready;
    const loaded = performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname);
    active.postMessage({ keep: [...new Set(loaded)] });
  }

  part(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }

  say(name, text, tone = "info") {
    const box = this.querySelector(`[data-say="${name}"]`);
    if (box.textContent === text && box.dataset.tone === tone) return;
    box.textContent = text;
    box.dataset.tone = tone;
    box.className = text ? `notice notice-${tone}` : "";
  }

  async run(event, work) {
    event.preventDefault();
    const button = event.target.querySelector("button[type=submit]");
    button.disabled = true;
    await work().finally(() => (button.disabled = false));
  }

  async join(form) {
    const code = form.elements.code.value.trim();
    if (!code) return form.elements.code.focus();
    try {
      const told = await invitation(code);
      const key = newKey(told.name);
      const label = document.documentElement.lang === "ar" ? told.label_ar : told.label_fr;
      // Kept before it is made known: a key that the log knows and nobody holds would be of no use.
      await store.keepSelf({ ...key, label: label || told.name, origin: told.origin, vkeys: told.vkeys, enrolled: false });
      await enrol(code, key.vkey);
      await store.keepSelf({ ...(await store.self()), enrolled: true });
      await navigator.storage?.persist?.();
      history.replaceState(null, "", location.pathname);
      await this.show();
      await this.watch();
    } catch (fault) {
      this.say("join-said", fault instanceof Away ? this.words.away : fault.message, "bad");
    }
  }

  // Looks at the log once. What another look is already doing is not done twice.
  watch() {
    this.looking ??= this.look().finally(() => (this.looking = null));
    return this.looking;
  }

  async look() {
    const self = await store.self().catch(() => null);
    if (!self?.enrolled) return;
    try {
      if (!(await store.alarm())) await follow(self);
      await deliver();
      this.state = ["well", "ok"];
    } catch (fault) {
      if (fault.kind) this.state = ["alarm", "bad"];
      else if (fault instanceof Away) this.state = ["away", "wait"];
      else this.state = [fault.message || this.words.stranger, "bad"];
    }
    await this.show();
  }

  async typed(form) {
    const found = readTyped(form.elements.head.value);
    if (!found) return this.say("typed-said", this.words.unread, "bad");
    let said = "rewritten";
    try {
      said = await take(await store.self(), found.note, found.path);
    } catch (fault) {
      if (!fault.kind) throw fault;
    }
    const tone = { first: "ok", grown: "ok", same: "ok", older: "info" }[said] ?? "bad";
    this.say("typed-said", this.words[`typed_${said}`], tone);
    if (tone === "ok") form.reset();
    await this.show();
  }

  async show() {
    const [self, last, alarm, heads] = await Promise.all([store.self(), store.last(), store.alarm(), store.heads()]);
    this.alarmed = alarm;
    for (const [name, shown] of Object.entries({
      join: !self?.enrolled,
      desk: self?.enrolled,
      typed: self?.enrolled && !alarm,
      kept: self?.enrolled && heads.length,
      alarm,
    })) {
      this.part(name).hidden = !shown;
    }
    if (!self?.enrolled) return;
    const head = last && readHead(last.note, self);
    this.put("who", self.label);
    this.put("key", self.vkey);
    this.put("size", head ? this.numbers.format(head.size) : "–");
    this.put("hash", head ? hexOf(head).match(/.{8}/g).join(" ") : "–");
    this.querySelector('[data-put="next"]').textContent = head ? head.size : 0;
    const waiting = heads.filter(({ sent }) => !sent).length;
    const [word, tone] = alarm ? ["alarm", "bad"] : (this.state ?? ["looking", "info"]);
    const text = this.words[word] ?? word;
    this.say("state", waiting && tone !== "bad" ? `${text} ${fill(this.words.waiting, { n: this.numbers.format(waiting) })}` : text, tone);
    if (alarm) this.put("alarm-why", this.words[`alarm_${alarm.kind}`]);
    this.list(heads);
  }

  put(name, text) {
    const box = this.querySelector(`[data-put="${name}"]`);
    if (box.textContent !== text) box.textContent = text;
  }

  list(heads) {
    const body = this.part("kept").querySelector("tbody");
    const row = this.querySelector("template").content.firstElementChild;
    const newest = heads.slice(-SHOWN).reverse();
    const stamp = newest.map(({ size, sent }) => `${size}${sent}`).join();
    if (body.dataset.stamp === stamp) return;
    body.dataset.stamp = stamp;
    body.replaceChildren(
      ...newest.map(({ size, time, line, sent }) => {
        const made = row.cloneNode(true);
        made.querySelector("[data-size]").textContent = this.numbers.format(size);
        made.querySelector("[data-time]").textContent = this.clock.format(new Date(time * 1000));
        made.querySelector("[data-sent]").textContent = this.words[`sent_${sent || "no"}`];
        made.querySelector("[data-line]").textContent = `${size} ${line}`;
        made.querySelector("details").hidden = sent === "yes";
        return made;
      }),
    );
  }

  // Both heads, each signed by the log: whoever compares them sees that it told two stories.
  save() {
    const { kind, at, kept, shown } = this.alarmed;
    const text = `${kind} ${new Date(at * 1000).toISOString()}\n\n${kept}\n${shown}`;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    link.download = "log-evidence.txt";
    link.click();
    URL.revokeObjectURL(link.href);
  }

  async forget() {
    if (!confirm(this.words.forget)) return;
    await store.forget();
    this.state = null;
    await this.show();
  }

  // Where the browser itself reads symbols; elsewhere the camera of the tablet or a hand scanner brings the text.
  camera() {
    const button = this.querySelector("[data-camera]");
    if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const video = this.querySelector("video");
      const form = this.part("typed").querySelector("form");
      const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).catch(() => null);
      if (!stream) return this.say("typed-said", this.words.no_camera, "bad");
      const detector = new BarcodeDetector({ formats: ["qr_code"] });
      video.srcObject = stream;
      video.hidden = false;
      await video.play();
      while (stream.active && !video.hidden) {
        const [seen] = await detector.detect(video).catch(() => []);
        if (seen && readTyped(seen.rawValue)) {
          form.elements.head.value = seen.rawValue;
          break;
        }
        await new Promise((done) => setTimeout(done, 150));
      }
      for (const track of stream.getTracks()) track.stop();
      video.hidden = true;
      form.requestSubmit();
    });
  }
}

customElements.define("witness-tablet", WitnessTablet);
