// Sentences and numbers in the reader's language: the page brings them, no script holds any.

let words = {};

/** Read the page's sentences once. */
export function readWords(root) {
  words = JSON.parse(root.dataset.words);
}

/** A sentence with its facts; each fact is isolated, so that a code keeps its order in Arabic. */
export function say(key, facts = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => `\u2068${facts[name] ?? ""}\u2069`);
}

/** Centimetres as metres with the reader's decimal sign. */
export function metres(cm) {
  const text = String(Math.round(cm) / 100);
  return words.decimal === "," ? text.replace(".", ",") : text;
}

const digit = (sign) => String((sign.charCodeAt(0) & 0xf) % 10);

/** Digits of any keyboard, comma or point: "3,5", "3.5", "٣٫٥". */
export function readNumber(text) {
  const plain = text.trim().replace(/[٠-٩۰-۹]/g, digit).replace(/[,٫]/g, ".");
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}

/** Metres as typed to whole centimetres, or null. */
export function readMetres(text) {
  const number = readNumber(text);
  return number === null ? null : Math.round(number * 100);
}
