// Signed heads of the log (C2SP signed-note, tlog-checkpoint, tlog-cosignature), checked in the browser.
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";

import { need, utf8 } from "./canonical.js";
import { bytesToHex, concatBytes, equal, isBeginning, isIncluded, sha256, unbase64 } from "./merkle.js";

const { Point } = ed25519;
const MALFORMED = "not_canonical";

function littleEndian(data) {
  return data.length ? BigInt(`0x${bytesToHex(Uint8Array.from(data).reverse())}`) : 0n;
}

// Ed25519 by the letter of RFC 8032 (5.1.7), without a cofactor: one signature has one form.
export function signed(key, message, signature) {
  if (signature.length !== 64) return false;
  const r = signature.slice(0, 32);
  const scalar = littleEndian(signature.slice(32));
  if (scalar === 0n || scalar >= Point.Fn.ORDER) return false;
  let point;
  try {
    point = Point.fromBytes(key, false);
  } catch {
    return false;
  }
  const digest = littleEndian(sha512(concatBytes(r, key, message))) % Point.Fn.ORDER;
  const found = Point.BASE.multiplyUnsafe(scalar).add(point.negate().multiplyUnsafe(digest));
  return equal(found.toBytes(), r);
}

// A verifier key `name+id+base64` of a signed note; kind 1 signs heads, kind 4 cosigns them.
export class Key {
  constructor(vkey) {
    need(typeof vkey === "string" && vkey.split("+").length >= 3, MALFORMED, "a key");
    const [name, id, ...rest] = vkey.split("+");
    const data = unbase64(rest.join("+"));
    this.vkey = vkey;
    this.name = name;
    this.id = sha256(concatBytes(utf8(`${name}\n`), data)).slice(0, 4);
    need(data.length, MALFORMED, "a key");
    [this.kind, this.public] = [data[0], data.slice(1)];
    need(bytesToHex(this.id) === id && data.length === 33, "bad_key", name);
  }
}

const FORM = /^(([^\n]+)\n(0|[1-9][0-9]*)\n([^\n]{44})\n)\n((?:— [^ \n]+ [^ \n]+\n)+)$/u;

// A signed head of the log: its size, its root, and the lines that sign it.
export class Head {
  constructor(note) {
    const found = typeof note === "string" ? FORM.exec(note) : null;
    need(found, MALFORMED, "a head");
    const [, body, origin, size, root, lines] = found;
    this.note = note;
    this.body = body;
    this.origin = origin;
    this.size = Number(size);
    need(Number.isSafeInteger(this.size), MALFORMED, "a head");
    this.rootText = root;
    this.lines = lines.slice(0, -1).split("\n").map((line) => line.slice(2).split(" "));
  }

  get root() {
    return unbase64(this.rootText);
  }

  // Demands the log's signature first, then those of witnesses, each once, and nobody else's; gives their hours in seconds.
  check(log, witnesses, verify = signed) {
    let left = [log];
    const hours = [];
    for (const [at, [name, text]] of this.lines.entries()) {
      const raw = unbase64(text);
      const key = left.find((each) => each.name === name && equal(each.id, raw.slice(0, 4)));
      need(key && key.kind === (at ? 4 : 1), "bad_signature", `head ${this.size}: the key of ${name}`);
      const time = at ? BigInt(`0x0${bytesToHex(raw.slice(4, 12))}`) : 0n;
      const message = utf8(at ? `cosignature/v1\ntime ${time}\n${this.body}` : this.body);
      need(verify(key.public, message, raw.slice(at ? 12 : 4)), "bad_signature", `head ${this.size}: ${name}`);
      if (at) hours.push(Number(time));
      left = (at ? left : witnesses).filter((each) => each.vkey !== key.vkey);
    }
    need(this.origin === log.name, "bad_signature", "another log");
    return hours;
  }

  growsTo(fresh, path) {
    return isBeginning(this, fresh, path);
  }

  holds(hashed, index, path) {
    return isIncluded(hashed, index, this.size, path, this.root);
  }
}
