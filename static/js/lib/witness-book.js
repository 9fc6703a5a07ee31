// What a witness knows and does: reads heads of the log, judges each against the last one kept, and cosigns it
// (C2SP tlog-cosignature). Nothing here is asked of the server: a head counts by its signature, growth by its proof.
import { ed25519 } from "@noble/curves/ed25519.js";

import { utf8 } from "./canonical.js";
import { base64, bytesToHex, concatBytes, equal, sha256, unbase64 } from "./merkle.js";
import { Head, Key, signed } from "./signed-log.js";

const COSIGNATURE = 4;
const DASH = "\u2014";

export class Alarm extends Error {
  constructor(kind, kept, shown) {
    super(kind);
    this.kind = kind;
    this.kept = kept;
    this.shown = shown;
  }
}

const idOf = (name, material) => sha256(concatBytes(utf8(`${name}\n`), material)).slice(0, 4);

// A key of its own under the name it was invited by; the seed never leaves the device.
export function newKey(name) {
  const seed = crypto.getRandomValues(new Uint8Array(32));
  const material = concatBytes(Uint8Array.of(COSIGNATURE), ed25519.getPublicKey(seed));
  return { name, seed, vkey: `${name}+${bytesToHex(idOf(name, material))}+${base64(material)}` };
}

// A head that one of the log's keys signed; null for anything else. Lines of other witnesses are no business of ours.
export function readHead(note, { origin, vkeys }) {
  const keys = vkeys.map((vkey) => new Key(vkey)).filter((key) => key.kind === 1);
  try {
    const head = new Head(note);
    const isSigned = head.lines.some(([name, text]) => {
      const key = keys.find((each) => each.name === name);
      const raw = key && unbase64(text);
      return key && equal(key.id, raw.slice(0, 4)) && signed(key.public, utf8(head.body), raw.slice(4));
    });
    return isSigned && head.root.length === 32 && head.origin === origin ? head : null;
  } catch {
    return null;
  }
}

const HASH = "[A-Za-z0-9+/]{43}=";
const TYPED = new RegExp(`(\\S+)\\s+(\\d{1,15})\\s+(${HASH})\\s+(?:[^A-Za-z0-9]\\S*\\s+)?(\\S+)\\s+([A-Za-z0-9+/]{90}==|[A-Za-z0-9+/]{91}=)`);
const OLD = /old\s+(\d{1,15})\s/;

// What a camera or a hand scanner brings: a head, or with the proof before it (C2SP tlog-witness, add-checkpoint).
// Line ends and the long dash suffer on the way, so the note is written anew; its signature tells whether it is right.
export function readTyped(text) {
  const begin = OLD.exec(text);
  let rest = begin ? text.slice(begin.index + begin[0].length) : text;
  const path = [];
  if (begin) {
    const word = new RegExp(`^\\s*(${HASH})(?=\\s)`);
    for (let found = word.exec(rest); found; found = word.exec(rest)) {
      path.push(unbase64(found[1]));
      rest = rest.slice(found[0].length);
    }
  }
  const found = TYPED.exec(rest);
  if (!found) return null;
  const [, origin, size, root, name, signature] = found;
  const note = `${origin}\n${Number(size)}\n${root}\n\n${DASH} ${name} ${signature}\n`;
  return { note, path: begin ? path : null, old: begin ? Number(begin[1]) : null };
}

// How a head stands to the last one kept: first, same, grown, older, unproved (no proof at hand), unfit (a proof that
// does not hold) or rewritten: two heads of one size, both signed by the log, with different roots.
export function judge(kept, head, path) {
  if (!kept) return "first";
  if (head.size < kept.size) return "older";
  if (head.size === kept.size) return equal(head.root, kept.root) ? "same" : "rewritten";
  if (!path) return "unproved";
  return kept.growsTo(head, path) ? "grown" : "unfit";
}

// The line by which a witness says: at this second, this was the longest head I had seen, and all before lead to it.
export function cosign(key, head, seconds) {
  const time = new Uint8Array(8);
  new DataView(time.buffer).setBigUint64(0, BigInt(seconds));
  const signature = ed25519.sign(utf8(`cosignature/v1\ntime ${seconds}\n${head.body}`), key.seed);
  const id = new Key(key.vkey).id;
  return `${DASH} ${key.name} ${base64(concatBytes(id, time, signature))}\n`;
}

export const hexOf = (head) => bytesToHex(head.root);
export const pathOf = (texts) => texts.map(unbase64);
