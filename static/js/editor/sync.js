// Changes go to the server one at a time, in their order. What has not arrived is kept in this browser and sent again;
// where somebody else was quicker, the editor is asked whose version stays.
import { csrfToken } from "../lib/toast.js";
import { Outbox } from "./outbox.js";
import { difference, plain, same, touchedBy } from "./store.js";

const CONFLICT = 409;
const NOTHING = 204;
const PATIENCE = 12000;
const POLL = 3000;
const SLOWEST = 15000;

export class Sync {
  /** `urls`: state, command, undo, redo, changes. `hooks`: answered, refused, status, whose (asks on a conflict). */
  constructor(store, urls, key, hooks) {
    Object.assign(this, { store, urls, hooks });
    this.outbox = new Outbox(key);
    this.queue = [];
    this.takenBack = [];
    this.failures = 0;
    this.version = 0;
  }

  /** Read the drawing and take up what an earlier visit could not send. */
  async start() {
    const state = await this.load();
    this.queue = this.outbox.adopt();
    this.store.settle([], this.waiting());
    setInterval(() => this.poll(), POLL);
    addEventListener("focus", () => this.poll());
    addEventListener("online", () => this.retry());
    this.pump();
    return state;
  }

  async load() {
    const state = await this.get(this.urls.state);
    this.version = state.version;
    Object.assign(this, { undoId: state.undo, redoId: state.redo });
    this.store.load(state);
    return state;
  }

  get canUndo() {
    return this.queue.length > 0 || Boolean(this.undoId);
  }

  get canRedo() {
    return this.takenBack.length > 0 || Boolean(this.redoId);
  }

  /** Steps shown on the screen and not yet on the server, entry by entry. */
  waiting() {
    return this.queue.map((entry) => entry.steps ?? []);
  }

  /** Change the drawing: at once on the screen, then on the server. Changes: [kind, code, form after or null,
   * the form that the hand began with: left out, as it is now]. */
  push(code, changes) {
    const steps = changes
      .map(([kind, name, after, seen = this.store.get(kind, name) ?? null]) => [kind, name, seen, after])
      .filter(([, , before, after]) => !same(before, after));
    if (!steps.length) return;
    this.takenBack = [];
    this.queue.push(this.outbox.entry({ code, steps }));
    this.store.show(steps);
    this.kept();
    this.pump();
  }

  /** Take the last change back ("undo") or make it again ("redo"). What was never sent is taken back here. */
  turn(which) {
    const last = this.queue.at(-1);
    if (which === "undo" && last?.steps && last !== this.sending) {
      this.takenBack.push(this.queue.pop());
      this.store.settle(touchedBy(last.steps), this.waiting());
    } else if (which === "redo" && this.takenBack.length) {
      const entry = this.takenBack.pop();
      this.queue.push(entry);
      this.store.show(entry.steps);
    } else {
      this.queue.push(this.outbox.entry({ turn: which }));
    }
    this.kept();
    this.pump();
  }

  kept() {
    this.outbox.save(this.queue);
    this.hooks.status(this.queue.length, this.failures > 0);
  }

  async pump() {
    if (this.sending || this.asking || !this.queue.length) return;
    clearTimeout(this.again);
    const entry = (this.sending = this.queue[0]);
    const answer = await this.post(entry);
    this.sending = null;
    if (!answer) {
      this.failures += 1;
      this.again = setTimeout(() => this.pump(), Math.min(SLOWEST, 1000 * 2 ** this.failures));
      this.kept();
      return;
    }
    this.failures = 0;
    await this.take(entry, answer);
    this.kept();
    this.pump();
  }

  retry() {
    this.failures = 0;
    if (!this.sending) this.pump();
  }

  /** Send one entry; null when it did not arrive or the server could not answer. */
  async post(entry) {
    const id = entry.turn === "undo" ? this.undoId : this.redoId;
    if (entry.turn && !id) return { ok: true, status: NOTHING, body: {} };
    const [url, content] = entry.turn
      ? [this.urls[entry.turn], { change: id }]
      : [this.urls.command, { code: entry.code, base: this.version, steps: entry.steps }];
    const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": csrfToken() };
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const answer = await fetch(url, { method: "POST", body: JSON.stringify(content), headers, signal });
      const refused = answer.status === CONFLICT || answer.status === 422 || answer.status === 404;
      if (!answer.ok && !refused) return null;
      return { ok: answer.ok, status: answer.status, body: await answer.json() };
    } catch {
      return null;
    }
  }

  async take(entry, { ok, status, body }) {
    if (ok) return this.done(entry, body);
    const ours = entry.steps && status === CONFLICT && body.code === "layout_conflict" && body.steps.length > 0;
    if (ours && arrived(entry.steps, body.steps)) return this.done(entry, body);
    if (!ours) return this.drop(entry, body);
    this.asking = true;
    const mine = await this.hooks.whose(entry, body);
    this.asking = false;
    return mine ? this.insist(entry, body) : this.drop(entry, body, false);
  }

  done(entry, body) {
    this.queue.shift();
    const steps = body.steps ?? [];
    if (body.found) this.store.found = body.found;
    this.rebase(steps);
    if ("undo" in body) Object.assign(this, { undoId: body.undo, redoId: body.redo });
    this.store.learn(steps, this.waiting());
    // A gap in the numbers: somebody else's change came first, and is fetched before ours counts as the newest.
    if (body.version === this.version + 1) this.version = body.version;
    else if (body.version > this.version) this.poll();
    this.hooks.answered(body, entry);
  }

  /** What waits behind a change is built on what the server made of it. */
  rebase(steps) {
    const now = new Map(steps.map(([kind, code, , after]) => [`${kind} ${after?.code ?? code}`, after && plain(after)]));
    for (const { steps: later = [] } of this.queue) {
      for (const step of later) {
        const [kind, code, before, after] = step;
        const form = now.get(`${kind} ${code}`);
        if (!form || !before) continue;
        step[2] = form;
        if (after) step[3] = { ...form, ...difference(before, after) };
        now.set(`${kind} ${step[3]?.code ?? code}`, step[3] && plain(step[3]));
      }
    }
  }

  /** Let a change go, with what waits behind it and touches the same things. */
  drop(entry, body, tell = true) {
    const gone = new Set((entry.steps ?? []).map(([kind, code]) => `${kind} ${code}`));
    const touches = ({ steps = [] }) => steps.some(([kind, code]) => gone.has(`${kind} ${code}`));
    const lost = this.queue.filter((each) => each === entry || touches(each));
    this.queue = this.queue.filter((each) => !lost.includes(each));
    this.store.learn(body.steps ?? [], this.waiting());
    this.store.settle(lost.flatMap(({ steps = [] }) => touchedBy(steps)), this.waiting());
    this.poll();
    if (tell) this.hooks.refused(body);
    else this.hooks.answered({}, entry);
  }

  /** Put one's own change again, on top of the others'. */
  insist(entry, body) {
    const now = new Map(body.steps.map(([kind, code, , form]) => [`${kind} ${code}`, form]));
    for (const step of entry.steps) {
      const [kind, code, before, after] = step;
      const form = now.get(`${kind} ${code}`);
      if (form === undefined) continue;
      step[2] = form;
      if (form && after && before) step[3] = { ...form, ...difference(before, after) };
    }
    entry.steps = entry.steps.filter(([, , before, after]) => !same(before, after));
    this.store.learn(body.steps, this.waiting());
    if (!entry.steps.length) this.queue.shift();
    this.poll();
  }

  /** Ask what others changed since. */
  async poll() {
    if (document.hidden || this.polling || this.sending) return;
    this.polling = true;
    try {
      const body = await this.since();
      if (body && body.version > this.version) this.newer(body);
      if (this.queue.length && this.failures) this.retry();
    } catch {
      // Without network nothing is newer; the next round asks again.
    }
    this.polling = false;
  }

  /** What was changed after the version that this screen knows; null when nothing was. */
  since() {
    const { changes } = this.urls;
    return this.get(`${changes}${changes.includes("?") ? "&" : "?"}since=${this.version}`);
  }

  newer(body) {
    this.version = body.version;
    if (body.found) this.store.found = body.found;
    if ("undo" in body) Object.assign(this, { undoId: body.undo, redoId: body.redo });
    this.store.learn(body.steps, this.waiting());
    this.hooks.answered(body, null);
  }

  async get(url) {
    const answer = await fetch(url, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status === NOTHING) return null;
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  }
}

/** Whether the server already has what was sent: the answer to the first try was lost on its way. */
function arrived(steps, now) {
  const forms = new Map(now.map(([kind, code, , form]) => [`${kind} ${code}`, form]));
  return steps.every(([kind, code, before, after]) => {
    if (!forms.has(`${kind} ${code}`)) return false;
    const form = forms.get(`${kind} ${code}`) ?? null;
    if (!form || !after) return !form && !after;
    return same({ ...form, ...difference(before ?? {}, after) }, form);
  });
}
