// Canonical JSON (docs/protocol.md, «Notation»): one value, one sequence of bytes. No floating numbers.

export class Refused extends Error {
  constructor(code, detail = "") {
    super(`${code} ${detail}`.trim());
    this.name = "Refused";
    this.code = code;
    this.detail = detail;
  }
}

export function need(holds, code, detail) {
  if (!holds) throw new Refused(code, detail);
}

const MALFORMED = "not_canonical";
const LONE_SURROGATE = /\p{Surrogate}/u;
const DEEPEST = 64;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export const utf8 = (text) => encoder.encode(text);

// By code point: the default order of JavaScript goes by UTF-16 unit, which differs beyond the basic plane.
export function byCodePoint(left, right) {
  let at = 0;
  while (at < left.length && left[at] === right[at]) at += 1;
  const rank = (text) => {
    const unit = text.charCodeAt(at);
    return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
  };
  if (at >= left.length || at >= right.length) return left.length - right.length;
  return rank(left) - rank(right);
}

function write(value, depth) {
  if (value === null || value === true || value === false) return String(value);
  if (typeof value === "string") {
    need(!LONE_SURROGATE.test(value), MALFORMED, "half a character");
    return JSON.stringify(value);
  }
  if (typeof value === "number") {
    need(Number.isSafeInteger(value) && !Object.is(value, -0), MALFORMED, "a number that is not whole");
    return String(value);
  }
  need(typeof value === "object" && depth < DEEPEST, MALFORMED, "a value of another kind");
  if (Array.isArray(value)) return `[${value.map((each) => write(each, depth + 1)).join(",")}]`;
  const keys = Object.keys(value).sort(byCodePoint);
  return `{${keys.map((key) => `${write(key, depth)}:${write(value[key], depth + 1)}`).join(",")}}`;
}

export const dumpsText = (value) => write(value, 0);

export const dumps = (value) => utf8(write(value, 0));

// Reads only what dumps would have written: keys said twice, blanks, fractions and other spellings all come out different.
export function loadsText(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refused(MALFORMED, "no JSON");
  }
  need(write(value, 0) === text, MALFORMED, "the text is not in its one form");
  return value;
}

export function loads(data) {
  let text;
  try {
    text = decoder.decode(data);
  } catch {
    throw new Refused(MALFORMED, "no UTF-8");
  }
  return loadsText(text);
}

// The kinds of value that a form demands; anything else is not of the form.
export const isText = (value) => typeof value === "string";
export const isWhole = (value) => typeof value === "number" && Number.isSafeInteger(value);
export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

function of(holds, value, kind) {
  need(holds, MALFORMED, `${kind} was expected`);
  return value;
}

export const aText = (value) => of(isText(value), value, "a text");
export const aWhole = (value) => of(isWhole(value), value, "a whole number");
export const aList = (value) => of(Array.isArray(value), value, "a list");
export const anObject = (value) => of(isObject(value), value, "an object");

export function field(value, name) {
  need(isObject(value) && Object.hasOwn(value, name), MALFORMED, `no ${name}`);
  return value[name];
}

export function hasExactly(value, names) {
  return isObject(value) && Object.keys(value).length === names.length && names.every((name) => Object.hasOwn(value, name));
}

// Two JSON values are the same when they are written the same.
export const same = (left, right) => write(left, 0) === write(right, 0);
