// «My ticket is in»: the browser itself walks from the ticket to the hash of the list that hangs on the wall.
import { utf8 } from "./lib/canonical.js";
import { isIncluded, leaf, unhex } from "./lib/merkle.js";

function holds({ ticket, index, size, root, proof }) {
  try {
    const path = proof ? proof.split(" ").map(unhex) : [];
    return isIncluded(leaf(utf8(ticket)), Number(index), Number(size), path, unhex(root));
  } catch {
    return false;
  }
}

for (const line of document.querySelectorAll("[data-ticket]")) {
  const proven = holds(line.dataset);
  line.querySelector("[data-proven]").hidden = !proven;
  line.querySelector("[data-unproven]").hidden = proven;
}
