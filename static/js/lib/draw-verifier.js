// Checks a draw from its bundle (docs/protocol.md, «Verification»), in that order and with the same codes as verify_draw.py.
// Written apart from the Python program: two programs of one protocol that agree are worth more than one.
import { randomness, roundAt } from "./beacon.js";
import { byCodePoint, dumps, field, hasExactly, isObject, isText, isWhole, loads, loadsText, need, Refused, same, utf8 } from "./canonical.js";
import { replay } from "./draw-replay.js";
import { keyed, listOf, millis, stepOf, WITH_HEAD } from "./draw-words.js";
import { bytesToHex, hexOf, leaf, rootOf, unhex } from "./merkle.js";
import { Head, Key, signed } from "./signed-log.js";

export { Refused };

const PROTOCOL = "village-draw/1";
const MALFORMED = "not_canonical";
const PARTS = ["bundle", "checkpoints", "consistency", "entries", "exclusions", "log", "tickets"];
// Wherever one of these keys stands, its value is a whole number from 0.
const WHOLE = new Set(
  "call calls_before_absence count counted fewest_seats index iteration most_per_group number quorum rank round substitutes".split(" "),
);
// Steps in their turn, those of one row in any mix; prizes are withdrawn and the register closed at any time.
const ROWS = [
  ["committed"],
  ["counted", "envelope_handed_in", "went_offline"],
  ["cancelled"],
  ["closed"],
  ["beacon_brought", "envelope_opened"],
  ["revealed"],
  ["concluded"],
  ["called", "claimed", "handed_over", "replaced", "void_signed", "voided"],
];
const AFTER_RESULT = ROWS.length - 1;

// Gives what was drawn, or throws Refused with the first thing that is wrong. `tools` lets a test keep what it has computed.
export function verify(data, pins = null, tools = { signed, randomness }) {
  try {
    return check(whole(loads(data)), pins, tools);
  } catch (fault) {
    if (fault instanceof Refused) throw fault;
    throw new Refused(MALFORMED, `not the form of a bundle: ${fault.message}`);
  }
}

function whole(value) {
  if (Array.isArray(value)) value.forEach(whole);
  else if (isObject(value)) {
    for (const [name, each] of Object.entries(value)) {
      need(!WHOLE.has(name) || (isWhole(each) && each >= 0), MALFORMED, name);
      whole(each);
    }
  }
  return value;
}

function check(bundle, pins, tools) {
  need(field(bundle, "bundle") === PROTOCOL, "wrong_version");
  needForm(bundle);
  need((pins?.log ?? bundle.log) === field(bundle, "log"), "keys_not_pinned", "the log");
  const log = new Key(bundle.log);
  const lines = bundle.entries.map(readLine);
  const first = lines.map((line) => line.step).lastIndexOf("committed");
  need(first >= 0, "steps_missing", "no commitment");
  const own = lines.slice(first);
  const plan = field(field(own[0], "facts"), "commitment");
  const heads = readHeads(bundle, log, plan, own, tools);
  for (const [at, entry] of bundle.entries.entries()) {
    const path = entry.proof.map(unhex);
    const stands = heads[heads.length - 1].holds(leaf(utf8(entry.body)), lines[at].index, path);
    need(stands, "entry_not_in_log", `index ${entry.index}`);
  }
  const commitment = checkRegister(lines, own);
  checkPlan(plan, pins ?? {});
  checkLists(plan, bundle);
  checkOrder(lines, first, heads, commitment);
  return replay({ plan, commitment, own, heads, bundle, tools });
}

function needForm({ entries, consistency, checkpoints }) {
  const exact = listOf(entries).every((entry) => hasExactly(entry, ["body", "index", "proof"]));
  const lists = [checkpoints, entries, consistency, ...listOf(consistency), ...listOf(entries).map((entry) => entry.proof)];
  need(exact && lists.every(Array.isArray), MALFORMED, "the parts of the bundle");
}

function readLine({ body, index }) {
  need(isText(body), MALFORMED, "a line");
  const line = whole(loadsText(body));
  const code = field(line, "code");
  need(isText(code), MALFORMED, "a code");
  const step = code.startsWith("draw.") ? stepOf(code) : "";
  return { ...line, index, step };
}

// One head for each line that asks for one, and one more where lines follow; each signed, each the beginning of the next.
function readHeads({ checkpoints, consistency }, log, plan, own, tools) {
  const marked = own.filter((line) => WITH_HEAD.has(line.step)).length;
  const wanted = marked + (WITH_HEAD.has(own[own.length - 1].step) ? 0 : 1);
  need(checkpoints.length === wanted && consistency.length === wanted - 1, "heads_missing");
  const policy = field(plan, "policy");
  const witnesses = listOf(field(policy, "witnesses")).map((vkey) => new Key(vkey));
  const quorum = field(policy, "quorum");
  const heads = checkpoints.map((note) => {
    const head = new Head(note);
    head.hours = head.check(log, witnesses, tools.signed);
    need(head.hours.length >= quorum, "not_cosigned", `head ${head.size}`);
    return Object.assign(head, { known: head.root });
  });
  consistency.forEach((proof, at) => {
    const [old, fresh] = [heads[at], heads[at + 1]];
    const grew = old.size > 0 && old.size <= fresh.size && old.growsTo(fresh, proof.map(unhex));
    need(grew, "log_rewritten", `${old.size} to ${fresh.size}`);
  });
  return heads;
}

// Follows the commitments of the edition: no number is missing and each names the one before; gives the last.
function checkRegister(lines, own) {
  const register = lines.filter((line) => line.step === "committed");
  const edition = field(field(field(register[0], "facts"), "commitment"), "edition");
  let previous = null;
  register.forEach((line, at) => {
    const plan = field(field(line, "facts"), "commitment");
    const follows = same([edition, at + 1, previous], [field(plan, "edition"), field(plan, "number"), field(plan, "previous")]);
    const digest = hexOf(dumps(plan));
    need(digest === field(line.facts, "sha256"), "commitment_altered");
    need(follows, "register_gap", `draw ${at + 1}`);
    previous = digest;
  });
  for (const { facts } of own.filter((line) => line.step === "register_closed")) {
    const [count, last] = [field(facts, "count"), field(facts, "last")];
    need(count > register.length || (count === register.length && last === previous), "register_altered");
  }
  return previous;
}

function checkPlan(plan, pins) {
  need(field(plan, "v") === PROTOCOL, "wrong_version");
  const beacon = field(field(plan, "entropy"), "beacon");
  const mode = field(field(plan, "rules"), "replacement");
  const seats = listOf(field(plan.entropy, "seats"));
  if (beacon !== null) {
    need(isObject(beacon), MALFORMED, "a beacon");
    need(field(beacon, "chain") === "quicknet", "unknown_beacon");
    need(field(beacon, "round") === roundAt("quicknet", millis(field(plan, "announced_at"), 0) / 1000), "beacon_wrong_round");
  }
  const fresh = mode === "fresh" && beacon !== null && field(plan, "substitutes") === 0;
  need(mode === "ordered" || fresh, "unknown_rules");
  const keys = new Map(seats.map((seat) => [keyed(field(seat, "seat")), field(seat, "key")]));
  need(keys.size === seats.length, "seat_unknown", "a seat stands twice");
  const given = Object.entries(pins.seats ?? {});
  need(given.every(([seat, key]) => keys.has(seat) && same(keys.get(seat), key)), "keys_not_pinned", "a seat");
  need(same(pins.witnesses ?? plan.policy.witnesses, plan.policy.witnesses), "keys_not_pinned", "a witness");
}

// Compares the lists with their committed roots and counts.
function checkLists(plan, bundle) {
  for (const [name, code] of [["tickets", "list_altered"], ["exclusions", "exclusions_altered"]]) {
    const rows = listOf(bundle[name]);
    const ids = rows.map((row) => field(row, "id"));
    need(ids.every(isText) || keyed(ids[0]) === ids[ids.length - 1], MALFORMED, "an id");
    const inOrder = ids.every((id, at) => at === 0 || byCodePoint(ids[at - 1], id) < 0);
    need(inOrder && ids.length === field(field(plan, name), "count"), code, "order or number");
    need(bytesToHex(rootOf(rows.map(dumps))) === field(plan[name], "root"), code, "root");
  }
  const found = {};
  for (const row of listOf(bundle.exclusions)) {
    const [reason] = field(row, "reasons"); // the first reason is the one that counts
    need(isText(reason), MALFORMED, "a reason");
    found[reason] = (found[reason] ?? 0) + 1;
  }
  need(same(found, field(plan.exclusions, "by_reason")), "exclusions_altered", "reasons");
}

const rising = (numbers) => numbers.every((number, at) => at === 0 || numbers[at - 1] < number);

function turnOf({ step, facts }) {
  need(isObject(facts), MALFORMED, "facts");
  return facts.iteration ? AFTER_RESULT : ROWS.findIndex((row) => row.includes(step));
}

// Each step stands in its turn in the log, and the heads were signed between the right steps.
function checkOrder(lines, first, heads, commitment) {
  const every = lines.slice(first);
  const own = every.filter((line) => line.step !== "register_closed");
  const steps = own.map((line) => line.step);
  const known = [...ROWS.flat(), "prize_withdrawn"];
  need(steps.every((step) => known.includes(step)), "steps_unknown");
  const ends = steps.includes("cancelled") ? ["cancelled"] : ["closed", "revealed", "concluded"];
  need(ends.every((step) => steps.includes(step)), "steps_missing");
  const once = [...ends, "went_offline"].every((step) => steps.filter((each) => each === step).length < 2);
  need(once && every.length - own.length < 2, "step_repeated");
  const order = own.filter((line) => line.step !== "prize_withdrawn").map(turnOf);
  const places = lines.map((line) => line.index);
  const alone = !steps.slice(0, -1).includes("cancelled") && lines.slice(0, first).every((line) => line.step === "committed");
  const inTurn = order.every((turn, at) => at === 0 || order[at - 1] <= turn);
  need(alone && inTurn && rising(places), "steps_out_of_order");
  const ours = (line) => same([field(line.facts, "commitment"), field(line, "thing")], [commitment, field(own[0], "thing")]);
  need(own.slice(1).every(ours), "steps_of_another");
  checkSpans(own, heads, places[places.length - 1]);
}

function checkSpans(own, heads, furthest) {
  const end = heads[heads.length - 1].size;
  const spans = [];
  own.forEach((line, at) => {
    if (WITH_HEAD.has(line.step)) spans.push([line.index, at + 1 < own.length ? own[at + 1].index : end]);
  });
  spans.push([furthest, end]);
  heads.forEach(({ size }, at) => need(spans[at][0] < size && size <= spans[at][1], "head_out_of_turn", `head ${size}`));
}
