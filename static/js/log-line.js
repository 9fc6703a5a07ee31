// A line of the log, checked here: its hash from its words, the way up to the root, and the signature of the seal.
// Everything needed stands in the page, so a saved page can still be checked; only the key is compared with what this
// browser saw before.
import { utf8 } from "./lib/canonical.js";
import { bytesToHex, equal, isIncluded, leaf, unhex } from "./lib/merkle.js";
import { Head, Key } from "./lib/signed-log.js";

const SEEN = "village.log.keys";

function rootSigned(note, vkeys) {
  const head = new Head(note);
  const keys = vkeys.map((vkey) => new Key(vkey));
  // Newest first; an older head is signed by the key of its time.
  const signs = keys.some((key) => {
    try {
      head.check(key, []);
      return true;
    } catch {
      return false;
    }
  });
  return signs ? head : null;
}

function check({ index, size, leaf: leafHash, root, path, keys, note }, written) {
  const hashed = unhex(leafHash);
  if (written !== null && !equal(leaf(utf8(written)), hashed)) return "bad";
  const steps = path ? path.split(",").map(unhex) : [];
  if (!isIncluded(hashed, Number(index), Number(size), steps, unhex(root))) return "bad";
  if (!note) return "open";
  const head = rootSigned(note, keys.split(" "));
  return head && head.size === Number(size) && bytesToHex(head.root) === root ? "sealed" : "bad";
}

// The oldest key names the log and never changes: a browser that knew another one is shown another log.
function isAnotherLog(keys) {
  const first = keys.split(" ").at(-1);
  try {
    const known = localStorage.getItem(SEEN);
    if (known === null) localStorage.setItem(SEEN, first);
    return known !== null && known !== first;
  } catch {
    return false;
  }
}

const box = document.getElementById("own-check");
if (box) {
  const show = (found) => {
    box.querySelector(`[data-found="${found}"]`).hidden = false;
  };
  let found = "bad";
  try {
    found = check(box.dataset, document.getElementById("written")?.textContent ?? null);
  } catch {
    // What cannot even be read is no proof.
  }
  show(found);
  if (isAnotherLog(box.dataset.keys)) show("key");
  box.dataset.result = found;
  box.hidden = false;
}
