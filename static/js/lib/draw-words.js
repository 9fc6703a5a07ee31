// What the parts of the verifier share: the names of steps, hours, and values of the right kind.
import { isObject, isText, need } from "./canonical.js";

const MALFORMED = "not_canonical";

// After these lines the head of the log is signed.
export const WITH_HEAD = new Set(["committed", "went_offline", "cancelled", "closed", "concluded", "voided"]);

export const stepOf = (code) => code.slice("draw.".length);

// What can be gone through: the values of a list, the signs of a text, the names of an object.
export function listOf(value) {
  need(Array.isArray(value) || isText(value) || isObject(value), MALFORMED, "a list was expected");
  return isObject(value) ? Object.keys(value) : [...value];
}

// A name under which something is kept: no list and no object.
export function keyed(value) {
  need(value === null || typeof value !== "object", MALFORMED, "a name was expected");
  return value;
}

const FORMS = { 0: /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, 3: /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/ };

// An hour in UTC as milliseconds since 1970, written with so many digits after the second.
export function millis(text, digits) {
  need(isText(text) && FORMS[digits].test(text), MALFORMED, "an hour");
  const found = Date.parse(text);
  need(Number.isFinite(found) && new Date(found).toISOString().slice(0, 19) === text.slice(0, 19), MALFORMED, "an hour");
  return found;
}
