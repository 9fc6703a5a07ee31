// Moves on their way to the server, one at a time, in their order. What has not arrived stays in this browser and is sent
// again: a lost network or a closed lid loses nothing.
import { csrfToken } from "../lib/toast.js";

const AGAIN_AFTER = 5000;
const PATIENCE = 12000;

export class Queue {
  /** `key`: where moves are kept, by account and fair, so that whoever signs in next sends none of theirs.
   * `hooks`: urlOf(code), asked() -> words of the address, answered(entry, status, body), failed(reason). */
  constructor(key, hooks) {
    this.key = key;
    this.hooks = hooks;
    this.entries = this.read();
    addEventListener("online", () => this.pump());
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? "[]");
    } catch {
      return [];
    }
  }

  keep() {
    try {
      if (this.entries.length) localStorage.setItem(this.key, JSON.stringify(this.entries));
      else localStorage.removeItem(this.key);
    } catch {
      // A browser that keeps nothing still sends.
    }
  }

  of(code) {
    return this.entries.findLast((each) => each.code === code);
  }

  /** Add a move; one of the same session that has not left yet is replaced, and keeps what was seen before it. */
  push(code, before, after) {
    const waiting = this.entries.find((each) => each.code === code && each !== this.sending);
    if (waiting) waiting.after = after;
    else this.entries.push({ code, before, after });
    this.keep();
    this.pump();
  }

  async pump() {
    clearTimeout(this.timer);
    if (this.sending || !this.entries.length) return;
    [this.sending] = this.entries;
    const entry = this.sending;
    const answer = await this.send(this.hooks.urlOf(entry.code), { before: JSON.stringify(entry.before), ...flat(entry.after) });
    this.sending = null;
    if (!answer.body) {
      this.hooks.failed(answer.signedOut);
      this.timer = setTimeout(() => this.pump(), AGAIN_AFTER);
      return;
    }
    this.entries = this.entries.filter((each) => each !== entry);
    // A second move of the same session begins where the first one ended.
    const next = this.entries.find((each) => each.code === entry.code);
    if (next && answer.ok) next.before = entry.after;
    this.keep();
    this.hooks.answered(entry, answer.ok, answer.body);
    this.pump();
  }

  /** Send a form and read the answer; without a body where it did not arrive or somebody must sign in again. */
  async send(url, values) {
    const body = new URLSearchParams({ ...values, ...this.hooks.asked() });
    const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
    try {
      const answer = await fetch(url, { method: "POST", body, headers, signal: AbortSignal.timeout(PATIENCE) });
      const json = answer.headers.get("content-type")?.includes("json");
      const refused = answer.status === 409 || answer.status === 404;
      if (json && (answer.ok || refused)) return { ok: answer.ok, body: await answer.json() };
      return { signedOut: answer.redirected || answer.status === 401 || answer.status === 403 || answer.status === 400 };
    } catch {
      return {};
    }
  }
}

function flat({ day, starts, ends, room, status, trainers }) {
  const named = Object.fromEntries(trainers.map((id, index) => [`trainers-${index}`, id]));
  return { day, starts, ends, room: room ?? "", status, ...named };
}
