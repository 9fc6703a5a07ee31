// The drawing as the server has it, and on top of it what this screen has changed and not yet sent.

export const KINDS = ["stand", "door", "obstacle", "marking", "zone", "circuit", "link"];
/** What is drawn and can be taken hold of. */
export const DRAWN = ["stand", "obstacle", "door", "marking"];

export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** What changed from one form to another: fields and their new values. */
export const difference = (before, after) =>
  Object.fromEntries(Object.entries(after).filter(([name, value]) => !same(before?.[name], value)));

export class Store {
  constructor() {
    this.known = new Map(KINDS.map((kind) => [kind, new Map()]));
    this.shown = new Map(KINDS.map((kind) => [kind, new Map()]));
    this.known.set("hall", new Map());
    this.shown.set("hall", new Map());
    this.watchers = [];
    // What the server finds from the drawing, by stand: open sides and the like.
    this.found = {};
  }

  /** Call back with [[kind, code], …] whenever something looks different; null means everything. */
  watch(call) {
    this.watchers.push(call);
  }

  tell(touched) {
    for (const call of this.watchers) call(touched);
  }

  /** Take the whole drawing from the server. */
  load({ things, hall }) {
    for (const kind of KINDS) {
      this.known.set(kind, new Map(Object.entries(things[kind] ?? {})));
      this.shown.set(kind, new Map(this.known.get(kind)));
    }
    this.known.set("hall", new Map([["HALL", hall]]));
    this.shown.set("hall", new Map([["HALL", hall]]));
  }

  get hall() {
    return this.shown.get("hall").get("HALL");
  }

  get(kind, code) {
    return this.shown.get(kind)?.get(code);
  }

  of(kind) {
    return this.shown.get(kind);
  }

  taken(kind) {
    return (code) => this.shown.get(kind).has(code);
  }

  /** Show steps of this screen before the server has them. */
  show(steps) {
    put(this.shown, steps);
    this.tell(touchedBy(steps));
  }

  /** Take steps from the server, then show again what still waits to be sent. */
  learn(steps, waiting) {
    put(this.known, steps);
    this.settle(touchedBy(steps), waiting);
  }

  /** Show what the server has plus what waits; `touched` are the things that may look different. */
  settle(touched, waiting) {
    for (const [kind, code] of touched) {
      const known = this.known.get(kind).get(code);
      if (known) this.shown.get(kind).set(code, known);
      else this.shown.get(kind).delete(code);
    }
    for (const steps of waiting) put(this.shown, steps);
    this.tell(touched);
  }
}

/** The form of a thing without the new code that a step may give it. */
export const plain = ({ code: _code, ...form }) => form;
const newCode = (code, after) => after?.code ?? code;

/** A form without what the server finds from the drawing: what a copy takes along. */
export const bare = ({ open_sides: _o, row: _r, position: _p, entrance: _e, area: _a, ...form }) => form;

/** The things that steps touch, as [kind, code]; one that gets another code is touched under both. */
export const touchedBy = (steps) =>
  steps.flatMap(([kind, code, , after]) => [...new Set([code, newCode(code, after)])].map((each) => [kind, each]));

function put(things, steps) {
  for (const [kind, code, , after] of steps) {
    const those = things.get(kind);
    if (!those) continue;
    if (!after || newCode(code, after) !== code) those.delete(code);
    if (after) those.set(newCode(code, after), plain(after));
  }
}
