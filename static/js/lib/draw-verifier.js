// Checks a draw from its bundle (docs/protocol.md, «Verification»), in that order and with the same codes as verify_draw.py.
// Written apart from the Python program: two programs of one protocol that agree are worth more than one.
import { hmac } from "@noble/hashes/hmac.js";

import { CHAINS, randomness, roundAt } from "./beacon.js";
import {
  aList, anObject, aText, aWhole, byCodePoint, dumps, field, hasExactly, isText, loads, loadsText, need,
  Refused, same, utf8,
} from "./canonical.js";
import { followTurns } from "./draw-turns.js";
import { bytesToHex, hexOf, leaf, rootOf, sha256, unhex } from "./merkle.js";
import { Head, Key, signed } from "./signed-log.js";

export { Refused };

const PROTOCOL = "village-draw/1";
const PARTS = ["bundle", "checkpoints", "consistency", "entries", "exclusions", "log", "tickets"];
const WITH_HEAD = ["committed", "went_offline", "cancelled", "closed", "concluded", "voided"];
const ONCE = ["committed", "went_offline", "cancelled", "closed", "revealed", "concluded"];
const BEFORE_CLOSE = ["went_offline", "envelope_handed_in", "counted", "cancelled"];
const AFTER_CLOSE = ["envelope_opened", "beacon_brought"];
const AFTER_RESULT = ["called", "claimed", "void_signed", "voided", "beacon_brought", "replaced", "handed_over"];
const KNOWN = [...ONCE, ...BEFORE_CLOSE, ...AFTER_CLOSE, ...AFTER_RESULT, "prize_withdrawn"];
const CANCEL_REASONS = ["list_wrong", "no_prize", "postponed", "forbidden"];
const REGISTER = "draw.register_closed";

// Gives what was drawn, or throws Refused with the first thing that is wrong. `tools` lets a test keep what it has computed.
export function verify(data, pins = null, tools = { signed, randomness }) {
  try {
    return check(loads(data), pins, tools);
  } catch (fault) {
    if (fault instanceof Refused) throw fault;
    throw new Refused("not_canonical", `not the form of a bundle: ${fault.message}`);
  }
}

function check(bundle, pins, tools) {
  need(field(bundle, "bundle") === PROTOCOL, "wrong_version");
  const { entries, proofs } = readForm(bundle);
  need(!pins || bundle.log === pins.log, "keys_not_pinned", "the log");
  const log = new Key(bundle.log);
  const heads = bundle.checkpoints.map((note) => new Head(note));
  const lines = entries.map(({ body, index }) => readLine(body, index));
  const register = lines.filter((line) => line.code === "draw.committed");
  need(register.length, "steps_missing", "no commitment");
  const plan = field(field(register[register.length - 1], "facts"), "commitment");
  const { own, closing } = cutLines(lines, register);
  need(heads.length === countHeads(own, closing) && proofs.length === heads.length - 1, "heads_missing");
  const policy = field(plan, "policy");
  const witnesses = aList(field(policy, "witnesses")).map((vkey) => new Key(vkey));
  const quorum = aWhole(field(policy, "quorum"));
  const hours = heads.map((head) => head.check(log, witnesses, tools.signed));
  for (const [at, head] of heads.entries()) need(hours[at].length >= quorum, "not_cosigned", `head ${head.size}`);
  proofs.forEach((path, at) => need(heads[at].growsTo(heads[at + 1], path), "log_rewritten", `${heads[at].size} to ${heads[at + 1].size}`));
  const last = heads[heads.length - 1];
  for (const { body, index, path } of entries) need(last.holds(leaf(utf8(body)), index, path), "entry_not_in_log", `index ${index}`);
  const commitment = checkRegister(register, closing);
  checkPlan(plan, pins);
  checkLists(plan, bundle);
  const draw = { bundle, plan, commitment, own, heads, hours, quorum, tools };
  checkOrder(draw, closing);
  checkHours(draw);
  if (steps(own).includes("cancelled")) return cancelled(draw);
  const numbers = checkEnvelopes(draw);
  checkCounts(draw);
  return checkResult(draw, numbers);
}

function readForm(bundle) {
  need(hasExactly(bundle, PARTS), "not_canonical", "the parts of the bundle");
  const entries = aList(bundle.entries).map((entry) => {
    need(hasExactly(entry, ["body", "index", "proof"]), "not_canonical", "an entry");
    return { body: aText(entry.body), index: aWhole(entry.index), path: aList(entry.proof).map(unhex) };
  });
  aList(bundle.checkpoints);
  const proofs = aList(bundle.consistency).map((path) => aList(path).map(unhex));
  for (const name of ["tickets", "exclusions"]) aList(bundle[name]);
  return { entries, proofs };
}

function readLine(body, index) {
  const line = anObject(loadsText(body));
  return { ...line, index, facts: field(line, "facts"), code: aText(field(line, "code")) };
}

// The lines of this draw begin with the last commitment; the closing of the register may stand at the very end.
function cutLines(lines, register) {
  const last = lines[lines.length - 1];
  const closing = last.code === REGISTER ? last : null;
  const earlier = register.slice(0, -1);
  return { own: lines.filter((line) => !earlier.includes(line) && line !== closing), closing };
}

const stepOf = (line) => line.code.slice(5);
const steps = (own) => own.map(stepOf);

function countHeads(own, closing) {
  const marked = own.filter((line) => WITH_HEAD.includes(stepOf(line)));
  const furthest = Math.max(...[...own, ...(closing ? [closing] : [])].map((line) => line.index));
  const rest = !marked.some((line) => line.index === furthest);
  return marked.length + (rest ? 1 : 0);
}

// Follows the commitments of the edition: no number is missing and each names the one before; gives the last.
function checkRegister(register, closing) {
  let previous = null;
  const { edition } = anObject(register[0].facts.commitment);
  register.forEach((line, at) => {
    const plan = field(line.facts, "commitment");
    const digest = hexOf(dumps(plan));
    need(digest === field(line.facts, "sha256"), "commitment_altered");
    const follows = same(field(plan, "edition"), edition) && plan.number === at + 1 && plan.previous === previous;
    need(follows, "register_gap", `draw ${at + 1}`);
    previous = digest;
  });
  if (closing) {
    const { count, last } = closing.facts;
    const right = aWhole(count) >= register.length && (count > register.length || last === previous);
    need(right && closing.thing === `register:${edition}` && closing.index > register[register.length - 1].index, "register_altered");
  }
  return previous;
}

const seatsOf = (plan) => aList(field(field(plan, "entropy"), "seats"));

function checkPlan(plan, pins) {
  need(plan.v === PROTOCOL, "wrong_version");
  const { beacon } = plan.entropy;
  const { replacement } = plan.rules;
  if (beacon !== null) {
    need(Object.hasOwn(CHAINS, field(beacon, "chain")), "unknown_beacon");
    need(aWhole(beacon.round) === roundAt(beacon.chain, secondsOf(plan.announced_at)), "beacon_wrong_round");
  }
  const fresh = replacement === "fresh";
  need((fresh || replacement === "ordered") && !(fresh && (beacon === null || plan.substitutes > 0)), "unknown_rules");
  const keys = new Map(seatsOf(plan).map((seat) => [aText(field(seat, "seat")), field(seat, "key")]));
  need(keys.size === seatsOf(plan).length, "seat_unknown", "a seat stands twice");
  const pinned = Object.entries(pins?.seats ?? {});
  need(pinned.every(([seat, key]) => keys.has(seat) && keys.get(seat) === key), "keys_not_pinned", "a seat");
  need(!pins || pins.witnesses === undefined || same(pins.witnesses, plan.policy.witnesses), "keys_not_pinned", "a witness");
}

// Compares the lists with their committed roots and counts.
function checkLists(plan, bundle) {
  for (const [name, code] of [["tickets", "list_altered"], ["exclusions", "exclusions_altered"]]) {
    const rows = bundle[name];
    const ids = rows.map((row) => aText(field(row, "id")));
    const rising = ids.every((id, at) => at === 0 || byCodePoint(ids[at - 1], id) < 0);
    need(rising && ids.length === field(plan, name).count, code, "order or number");
    need(bytesToHex(rootOf(rows.map(dumps))) === plan[name].root, code, "root");
  }
  const found = {};
  for (const row of bundle.exclusions) {
    const [reason] = aList(field(row, "reasons")); // the first reason is the one that counts
    found[aText(reason)] = (found[reason] ?? 0) + 1;
  }
  need(same(found, plan.exclusions.by_reason), "exclusions_altered", "reasons");
}

const AT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const HOUR = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

function millis(text, form) {
  need(isText(text) && form.test(text), "not_canonical", "an hour");
  const found = Date.parse(text);
  need(Number.isFinite(found) && new Date(found).toISOString().slice(0, 19) === text.slice(0, 19), "not_canonical", "an hour");
  return found;
}

const secondsOf = (hour) => millis(hour, HOUR) / 1000;
const momentOf = (line) => millis(line.at, AT);

// Each step stands in its turn in the log, and the heads were signed between the right steps.
function checkOrder({ own, heads, commitment }, closing) {
  const names = steps(own);
  need(own.every((line, at) => line.code === `draw.${names[at]}` && KNOWN.includes(names[at])), "steps_unknown");
  const count = (name) => names.filter((each) => each === name).length;
  const wanted = count("cancelled") ? ["committed"] : ["committed", "closed", "revealed", "concluded"];
  need(wanted.every(count), "steps_missing");
  need(ONCE.every((name) => count(name) <= 1), "step_repeated");
  need(inOrder(names), "steps_out_of_order");
  const places = own.map((line) => line.index);
  need(places.every((index, at) => at === 0 || places[at - 1] < index), "steps_out_of_order", "in the log");
  const ours = own.slice(1).every((line) => line.facts.commitment === commitment && line.thing === own[0].thing);
  need(ours, "steps_of_another");
  const marked = own.flatMap((line, at) => (WITH_HEAD.includes(names[at]) ? [at] : []));
  marked.forEach((at, number) => {
    const next = at + 1 < own.length ? places[at + 1] : Infinity;
    need(places[at] < heads[number].size && heads[number].size <= next, "head_out_of_turn", names[at]);
  });
  const furthest = Math.max(...places, closing ? closing.index : 0);
  need(furthest < heads[heads.length - 1].size, "head_out_of_turn", "the last");
}

function inOrder(names) {
  let phase = 0; // 0 before, 1 until the close, 2 after it, 3 revealed, 4 concluded, 5 cancelled
  for (const name of names) {
    if (name === "prize_withdrawn") {
      if (phase === 0 || phase === 5) return false;
    } else if (name === "committed") {
      if (phase !== 0) return false;
      phase = 1;
    } else if (phase === 1 && BEFORE_CLOSE.includes(name)) phase = name === "cancelled" ? 5 : 1;
    else if (phase === 1 && name === "closed") phase = 2;
    else if (phase === 2 && name === "revealed") phase = 3;
    else if (phase === 3 && name === "concluded") phase = 4;
    else if (!(phase === 2 && AFTER_CLOSE.includes(name)) && !(phase === 4 && AFTER_RESULT.includes(name))) return false;
  }
  return true;
}

const factsOf = (own, step) => own.filter((line) => line.code === `draw.${step}`).map((line) => line.facts);
const lineOf = (own, step) => own.find((line) => line.code === `draw.${step}`);

// What had to happen before the announced hour did; where cosignatures are demanded, witnesses say so too.
function checkHours({ plan, own, hours, quorum }) {
  const announced = secondsOf(plan.announced_at) * 1000;
  const marked = own.filter((line) => WITH_HEAD.includes(stepOf(line)));
  const witnessed = (line) => hours[marked.indexOf(line)].filter((time) => time * 1000 <= announced).length >= quorum;
  const committed = lineOf(own, "committed");
  need(momentOf(committed) + 60_000 <= announced && witnessed(committed), "committed_late");
  const offline = lineOf(own, "went_offline");
  if (offline) {
    need(plan.entropy.beacon !== null, "unknown_beacon", "none was planned");
    need(momentOf(offline) < announced && witnessed(offline), "switched_late");
  }
  const end = lineOf(own, "cancelled");
  if (end) {
    need(CANCEL_REASONS.includes(field(end.facts, "reason")), "reason_unknown");
    need(momentOf(end) < announced && witnessed(end), "cancelled_late");
  } else {
    need(momentOf(lineOf(own, "closed")) >= announced, "closed_early");
  }
}

export const beaconCounts = ({ plan, own }) => plan.entropy.beacon !== null && !lineOf(own, "went_offline");

// Each envelope is of a seat of the plan and held the number that was sealed; gives the numbers.
function checkEnvelopes(draw) {
  const { plan, own, commitment, tools } = draw;
  const keys = new Map(seatsOf(plan).map((seat) => [seat.seat, seat.key]));
  const sealed = new Map();
  for (const line of own.filter((each) => each.code === "draw.envelope_handed_in")) {
    const { seat, sealed: shut, signature } = line.facts;
    need(keys.has(seat) && !sealed.has(seat), "seat_unknown", seat);
    const key = keys.get(seat);
    need((key === null) === (field(line.facts, "sealed") === null) && (shut === null) === (field(line.facts, "signature") === null), "envelope_signature", seat);
    if (key !== null) {
      const message = dumps({ commitment, sealed: shut, seat, v: PROTOCOL });
      need(tools.signed(unhex(key), message, unhex(signature)), "envelope_signature", seat);
    }
    need(!beaconCounts(draw) || momentOf(line) < secondsOf(plan.announced_at) * 1000, "envelope_late", seat);
    sealed.set(seat, shut);
  }
  const seats = [...sealed.keys()].sort(byCodePoint);
  need(same(field(factsOf(own, "closed")[0], "envelopes"), seats), "envelope_missing", "at closing");
  const fewest = aWhole(plan.entropy.fewest_seats);
  need(sealed.size >= (beaconCounts(draw) ? fewest : Math.max(2, fewest)), "seats_too_few");
  const opened = new Map();
  for (const facts of factsOf(own, "envelope_opened")) {
    const { seat, value, nonce } = facts;
    need(sealed.has(seat) && !opened.has(seat), "seat_unknown", seat);
    const shut = field(facts, "nonce") === null ? null : hexOf(dumps({ ...facts, v: PROTOCOL }));
    need(shut === sealed.get(seat) && isText(value) && /^[0-9]{1,40}$/.test(value), "envelope_mismatch", `${seat} ${nonce}`);
    opened.set(seat, value);
  }
  need(opened.size === sealed.size, "envelope_missing", "one was never opened");
  return opened;
}

// Two people counted as many tickets as the list has.
function checkCounts({ plan, own }) {
  const counts = new Map(own.filter((line) => line.code === "draw.counted").map((line) => [aText(line.actor), aWhole(line.facts.counted)]));
  need(counts.size > 1 && [...counts.values()].every((counted) => counted === plan.tickets.count), "counts_differ");
  const rows = [...counts].sort(([left], [right]) => byCodePoint(left, right));
  need(same(field(factsOf(own, "closed")[0], "counts"), rows), "counts_differ", "closing");
}

// The numbers of the beacon that were brought in for this draw, by iteration; 0 is that of the draw itself.
function beaconOf(draw, facts, iteration, round) {
  need(facts.round === round, "beacon_wrong_round", `round ${facts.round}`);
  need(isText(facts.signature), "not_canonical", "a signature");
  return bytesToHex(draw.tools.randomness("quicknet", round, facts.signature));
}

function checkResult(draw, numbers) {
  const { plan, own, commitment, bundle } = draw;
  const after = own.findIndex((line) => line.code === "draw.concluded");
  const [revealed] = factsOf(own, "revealed");
  const [result] = factsOf(own, "concluded");
  const secret = field(revealed, "secret");
  const shown = secret === null ? null : hexOf(unhex(secret));
  need(shown === plan.entropy.secret_sha256, "secret_changed");
  const brought = factsOf(own.slice(0, after), "beacon_brought");
  const counts = beaconCounts(draw);
  need(counts || !brought.length, "unknown_beacon");
  need(!counts || brought.length, "beacon_missing");
  need(brought.length <= 1, "step_repeated");
  need(brought.every((facts) => facts.iteration === 0), "unknown_beacon");
  const beacon = counts ? beaconOf(draw, brought[0], 0, plan.entropy.beacon.round) : null;
  const witness = [...numbers].sort(([left], [right]) => byCodePoint(left, right));
  const seedOf = (number, iteration) => sha256(dumps({ beacon: number, commitment, iteration, secret, v: PROTOCOL, witness }));
  const seed = seedOf(beacon, 0);
  const hex = bytesToHex(seed);
  need(hex === revealed.seed && hex === result.seed, "seed_wrong");
  const ids = bundle.tickets.map((ticket) => ticket.id);
  const ranking = rank(seed, ids);
  need(bytesToHex(rootOf(ranking.map(utf8))) === result.ranking_root, "ranking_wrong");
  const queue = queueOf(ranking, new Map(bundle.tickets.map((ticket) => [ticket.id, ticket.group])), plan);
  need(same(queue.picks, result.picks), "result_altered");
  const prizes = followTurns({
    ...draw,
    ...queue,
    after,
    ranking,
    freshRanking: (facts, iteration, round) => rank(seedOf(beaconOf(draw, facts, iteration, round), iteration), ids),
    momentOf,
  });
  return { verdict: "drawn", ...about(draw), seed: hex, picks: result.picks, ranking, prizes };
}

function rank(seed, ids) {
  const keyed = ids.map((id) => [bytesToHex(hmac(sha256, seed, utf8(`ticket:${id}`))), id]);
  keyed.sort(([left, one], [right, other]) => (left < right ? -1 : left > right ? 1 : byCodePoint(one, other)));
  return keyed.map(([, id]) => id);
}

// The order in which tickets have their turn: down the ranking, passing over a group that holds its share.
function queueOf(ranking, groups, plan) {
  const most = aWhole(plan.rules.most_per_group);
  const held = new Map();
  const queue = [];
  ranking.forEach((ticket, at) => {
    const group = groups.get(ticket);
    if (group !== null && (held.get(group) ?? 0) >= most) return;
    held.set(group, (held.get(group) ?? 0) + 1);
    queue.push({ rank: at + 1, ticket });
  });
  const places = aList(plan.prizes).map((prize) => field(prize, "id"));
  for (let number = 1; number <= aWhole(plan.substitutes); number += 1) places.push(`S${number}`);
  const picks = places.slice(0, queue.length).map((place, at) => ({ place, ...queue[at] }));
  return { queue, picks, groups };
}

function about({ plan, commitment, bundle }) {
  const { edition, code, number, demonstration, verifier_sha256 } = plan;
  const seats = Object.fromEntries(seatsOf(plan).map((seat) => [seat.seat, seat.key ? "key" : "paper"]));
  const counts = { tickets: bundle.tickets.length, excluded: bundle.exclusions.length, seats };
  return { edition, code, number, demonstration, verifier_sha256, ...counts, commitment };
}

function cancelled(draw) {
  const gone = factsOf(draw.own, "prize_withdrawn").map((facts) => facts.place);
  const prizes = draw.plan.prizes.map(({ id }) => ({ place: id, ticket: null, state: gone.includes(id) ? "withdrawn" : "waiting" }));
  const reason = lineOf(draw.own, "cancelled").facts.reason;
  return { verdict: "cancelled", ...about(draw), reason, seed: null, picks: [], ranking: [], prizes };
}
