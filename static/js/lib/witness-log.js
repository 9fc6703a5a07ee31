// The way to the log: what the tablet asks of the server, and the walk from the last head kept to the newest one.
import { Alarm, cosign, judge, pathOf, readHead } from "./witness-book.js";
import * as store from "./witness-store.js";

const API = "/api/v1/audit/";
const TIMEOUT_MS = 10000;

// A server out of reach; nothing is lost, it is asked again.
export class Away extends Error {}

// The server says no, in words for people.
export class Denied extends Error {
  constructor(told) {
    super(told.message);
    this.code = told.code;
  }
}

async function ask(path, body) {
  const headers = { Accept: "application/json", "Accept-Language": document.documentElement.lang };
  const options = body
    ? { method: "POST", body: JSON.stringify(body), headers: { ...headers, "Content-Type": "application/json" } }
    : { headers };
  let told;
  let response;
  try {
    response = await fetch(API + path, { ...options, cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS) });
    told = await response.json();
  } catch {
    throw new Away();
  }
  if (response.ok) return told;
  if (told.code && told.message && response.status < 500 && response.status !== 429) throw new Denied(told);
  throw new Away();
}

export const invitation = (code) => ask("witness/invitation", { code });
export const enrol = (code, vkey) => ask("witness/enrol", { code, vkey });

const seconds = () => Math.floor(Date.now() / 1000);

// Keeps a head and the witness's word about it, both or neither; false when another window was quicker.
async function sign(self, kept, head) {
  const time = seconds();
  const record = { size: head.size, note: head.note, time, line: cosign(self, head, time), sent: "" };
  return store.advance(kept?.size ?? 0, record);
}

const keptHead = async (self) => {
  const last = await store.last();
  return last ? readHead(last.note, self) : null;
};

async function raise(kind, kept, shown) {
  await store.keepAlarm({ kind, kept: kept.note, shown: shown?.note ?? "", at: seconds() });
  throw new Alarm(kind, kept, shown);
}

// One head that came by hand: what was found of it, as `judge` says, or "unsigned".
export async function take(self, note, path) {
  const head = readHead(note, self);
  if (!head) return "unsigned";
  const kept = await keptHead(self);
  const found = judge(kept, head, path);
  if (found === "rewritten") await raise(found, kept, head);
  if (found === "first" || found === "grown") await sign(self, kept, head);
  return found;
}

async function step(self, kept, note) {
  const head = readHead(note, self);
  if (!head) throw new Denied({ code: "unsigned", message: "" });
  const grows = kept && head.size > kept.size;
  const path = grows ? pathOf((await ask(`consistency?old=${kept.size}&new=${head.size}`)).proof) : null;
  const found = judge(kept, head, path);
  // Asked for a proof, the log gave one that does not hold: it no longer contains what this tablet saw.
  if (found === "rewritten" || found === "unfit") await raise("rewritten", kept, head);
  const isRefused = found === "same" && (await store.heads()).some(({ size, sent }) => size === head.size && sent === "refused");
  if (found === "first" || found === "grown" || isRefused) await sign(self, kept, head);
}

// Walks from the last head kept to the newest, signing each on the way; gives how many lines the log had.
export async function follow(self) {
  let kept = await keptHead(self);
  if (!kept) {
    const told = await ask("checkpoint");
    await step(self, null, told.note);
    return;
  }
  for (;;) {
    const told = await ask(`heads?since=${kept.size}`);
    if (!told.heads.length) await raise("shorter", kept, null);
    const before = kept.size;
    for (const { note } of told.heads) {
      await step(self, kept, note);
      kept = await keptHead(self);
    }
    if (kept.size === before || kept.size >= told.size) return;
  }
}

// Sends what was signed and not yet sent, oldest first.
export async function deliver() {
  for (const { size, line, sent } of await store.heads()) {
    if (sent) continue;
    try {
      await ask("cosignatures", { size, line });
    } catch (denied) {
      if (denied.code === "cosignature_clock") await store.mark(size, "refused");
      throw denied;
    }
    await store.mark(size, "yes");
  }
}
