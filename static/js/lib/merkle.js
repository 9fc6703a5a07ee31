// The hash tree of the log (RFC 6962), checked in the browser. SHA-256 comes from a library: the hall's Wi-Fi has no
// secure context, and without one a browser gives its own to nobody.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, hexToBytes } from "@noble/hashes/utils.js";

import { need, Refused } from "./canonical.js";

const MALFORMED = "not_canonical";

export { bytesToHex, concatBytes, hexToBytes, sha256 };

export const hexOf = (data) => bytesToHex(sha256(data));

export function unhex(text) {
  need(typeof text === "string" && /^([0-9a-f]{2})+$/.test(text), MALFORMED, "hexadecimal");
  return hexToBytes(text);
}

export function unbase64(text) {
  let raw;
  try {
    raw = atob(text);
  } catch {
    throw new Refused(MALFORMED, "base64");
  }
  need(btoa(raw) === text, MALFORMED, "base64");
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
}

export const base64 = (data) => btoa(String.fromCharCode(...data));

export const equal = (left, right) => left.length === right.length && left.every((byte, at) => byte === right[at]);

export const leaf = (data) => sha256(concatBytes(Uint8Array.of(0), data));
export const node = (left, right) => sha256(concatBytes(Uint8Array.of(1), left, right));

// The root over entries. An odd last hash rises: the same tree as RFC 6962 cuts from above.
export function rootOf(rows) {
  let level = rows.map(leaf);
  while (level.length > 1) {
    const above = [];
    for (let at = 0; at + 1 < level.length; at += 2) above.push(node(level[at], level[at + 1]));
    if (level.length % 2) above.push(level[level.length - 1]);
    level = above;
  }
  return level.length ? level[0] : sha256(new Uint8Array());
}

const half = (number) => Math.floor(number / 2);
const odd = (number) => number % 2 === 1;

// Walks a proof upwards (RFC 9162, 2.1.3.2 and 2.1.4.2) from one hash or two; null where its length is wrong.
export function climb(first, last, path, old, fresh) {
  for (const sibling of path) {
    if (last === 0) return null;
    if (odd(first) || first === last) {
      [old, fresh] = [node(sibling, old), node(sibling, fresh)];
      while (first && !odd(first)) [first, last] = [half(first), half(last)];
    } else {
      fresh = node(fresh, sibling);
    }
    [first, last] = [half(first), half(last)];
  }
  return last ? null : [old, fresh];
}

// Whether an entry with this leaf hash stands at an index of a tree of a size and root.
export function isIncluded(hashed, index, size, path, root) {
  if (!(index >= 0 && index < size)) return false;
  const found = climb(index, size - 1, path, hashed, hashed);
  return found !== null && equal(found[1], root);
}

// Whether one tree is the beginning of another; from nothing, nothing follows.
export function isBeginning(old, fresh, path) {
  if (!(old.size > 0 && old.size < fresh.size)) {
    return old.size === fresh.size && fresh.size > 0 && equal(old.root, fresh.root) && !path.length;
  }
  let [first, last] = [old.size - 1, fresh.size - 1];
  while (odd(first)) [first, last] = [half(first), half(last)];
  const steps = first === 0 ? [old.root, ...path] : path;
  if (!steps.length) return false;
  const found = climb(first, last, steps.slice(1), steps[0], steps[0]);
  return found !== null && equal(found[0], old.root) && equal(found[1], fresh.root);
}
