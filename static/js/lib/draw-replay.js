// Follows a draw line by line, as it went on in the hall: envelopes, counts, close, openings, seed, ranking, places.
import { hmac } from "@noble/hashes/hmac.js";

import { byCodePoint, dumps, dumpsText, field, isText, need, same, utf8 } from "./canonical.js";
import { followTurns } from "./draw-turns.js";
import { keyed, listOf, millis, WITH_HEAD } from "./draw-words.js";
import { bytesToHex, hexOf, hexToBytes, rootOf, sha256, unhex } from "./merkle.js";

const PROTOCOL = "village-draw/1";
const LATE = { committed: "committed_late", went_offline: "switched_late", cancelled: "cancelled_late" };
const REASONS = {
  cancelled: ["list_wrong", "no_prize", "postponed", "forbidden"],
  prize_withdrawn: ["not_available", "unfit", "given_back"],
};
const ABOUT = ["edition", "code", "number", "demonstration", "verifier_sha256"];

// Gives the verdict: what was drawn and how each prize stands.
export function replay({ plan, commitment, own, heads, bundle, tools }) {
  const entropy = plan.entropy;
  const draw = {
    plan,
    commitment,
    tools,
    announced: millis(field(plan, "announced_at"), 0),
    beacon: entropy.beacon,
    keys: new Map(listOf(entropy.seats).map((seat) => [keyed(seat.seat), seat.key])),
    groups: new Map(listOf(bundle.tickets).map((ticket) => [ticket.id, groupOf(ticket)])),
    most: field(plan.rules, "most_per_group"),
    seeding: { beacon: null, commitment, iteration: 0, secret: null, v: PROTOCOL, witness: [] },
    sealed: new Map(),
    opened: new Map(),
    counts: new Map(),
    queue: [],
    found: { verdict: "cancelled", seed: null, picks: [], ranking: [] },
  };
  const about = Object.fromEntries(ABOUT.map((name) => [name, field(plan, name)]));
  const seats = Object.fromEntries([...draw.keys].map(([seat, key]) => [seat, key ? "key" : "paper"]));
  const left = [...heads];
  for (const line of own) {
    const at = millis(field(line, "at"), 3);
    const head = WITH_HEAD.has(line.step) ? left.shift() : null;
    if (LATE[line.step]) needInTime(draw, line.step, at, head);
    if (REASONS[line.step]) need(REASONS[line.step].includes(field(line.facts, "reason")), "reason_unknown");
    STEPS[line.step]?.(draw, line, at);
  }
  const prizes = followTurns({ ...draw, own, rank: (seeding) => rank(seeding, draw.groups) });
  return { ...about, seats, commitment, tickets: draw.groups.size, excluded: bundle.exclusions.length, ...draw.found, prizes };
}

// What wins only so often: the group, or the ticket that stands alone.
function groupOf(ticket) {
  const group = field(ticket, "group");
  return group === null ? `ticket ${ticket.id}` : `group ${dumpsText(group)}`;
}

// What had to happen before the announced hour did; where cosignatures are demanded, witnesses say so too.
function needInTime({ plan, announced }, step, at, { hours }) {
  need(at + (step === "committed" ? 60_000 : 1) <= announced, LATE[step]);
  need(hours.filter((time) => time * 1000 <= announced).length >= plan.policy.quorum, LATE[step], "cosigned");
}

const STEPS = {
  cancelled(draw, { facts }) {
    draw.found.reason = facts.reason;
  },

  went_offline(draw) {
    need(draw.beacon, "unknown_beacon");
    draw.beacon = null;
  },

  envelope_handed_in(draw, { facts }, at) {
    const seat = keyed(facts.seat ?? null);
    need(draw.keys.has(seat) && !draw.sealed.has(seat), "seat_unknown", seat);
    const [key, shut] = [draw.keys.get(seat), field(facts, "sealed")];
    need((key === null) === (shut === null) && (shut === null) === (field(facts, "signature") === null), "envelope_signature", seat);
    if (key !== null) { // else a paper envelope: those in the hall saw it lie on the table
      const message = dumps({ commitment: draw.commitment, sealed: shut, seat, v: PROTOCOL });
      need(draw.tools.signed(unhex(key), message, unhex(facts.signature)), "envelope_signature", seat);
    }
    need(!draw.beacon || at < draw.announced, "envelope_late", seat);
    draw.sealed.set(seat, shut);
  },

  counted(draw, { actor, facts }) {
    need(actor !== undefined, "not_canonical", "an actor");
    draw.counts.set(keyed(actor), field(facts, "counted"));
  },

  closed(draw, { facts }, at) {
    need(at >= draw.announced, "closed_early");
    need(same(field(facts, "envelopes"), [...draw.sealed.keys()].sort(byCodePoint)), "envelope_missing", "at closing");
    const fewest = Math.max(field(draw.plan.entropy, "fewest_seats"), draw.beacon ? 0 : 2);
    need(draw.sealed.size >= fewest, "seats_too_few");
    const rows = [...draw.counts].sort(([left], [right]) => byCodePoint(left, right));
    const agreed = rows.length > 1 && rows.every(([, counted]) => counted === draw.groups.size);
    need(agreed && same(field(facts, "counts"), rows), "counts_differ");
  },

  envelope_opened(draw, { facts }) {
    const seat = keyed(facts.seat ?? null);
    need(draw.sealed.has(seat) && !draw.opened.has(seat), "seat_unknown", seat);
    const shut = field(facts, "nonce") === null ? null : hexOf(dumps({ ...facts, v: PROTOCOL }));
    need(same(shut, draw.sealed.get(seat)), "envelope_mismatch", seat);
    const value = field(facts, "value");
    need(isText(value), "not_canonical", "a value");
    need(/^[0-9]{1,40}$/.test(value), "envelope_mismatch", seat);
    draw.opened.set(seat, value);
  },

  beacon_brought({ beacon, seeding, tools }, { facts }) {
    if (field(facts, "iteration")) return; // of a replacement
    need(beacon, "unknown_beacon");
    need(seeding.beacon === null, "step_repeated");
    need(field(facts, "round") === beacon.round, "beacon_wrong_round");
    seeding.beacon = bytesToHex(tools.randomness("quicknet", facts.round, field(facts, "signature")));
  },

  revealed(draw, { facts }) {
    const { opened, sealed, seeding, found } = draw;
    need(opened.size === sealed.size, "envelope_missing", "one was never opened");
    const secret = field(facts, "secret");
    const nothing = !secret || (typeof secret === "object" && !listOf(secret).length);
    const shown = nothing ? secret : bytesToHex(sha256(unhex(secret)));
    need(same(shown, field(draw.plan.entropy, "secret_sha256")), "secret_changed");
    need(seeding.beacon || !draw.beacon, "beacon_missing");
    seeding.secret = secret;
    seeding.witness = [...opened].sort(([left], [right]) => byCodePoint(left, right));
    Object.assign(found, { verdict: "drawn", seed: hexOf(dumps(seeding)), ranking: rank(seeding, draw.groups) });
    need(field(facts, "seed") === found.seed, "seed_wrong");
  },

  concluded(draw, { facts }) {
    const { found, plan, groups } = draw;
    need(field(facts, "seed") === found.seed, "seed_wrong");
    need(bytesToHex(rootOf(found.ranking.map(utf8))) === field(facts, "ranking_root"), "ranking_wrong");
    draw.queue = queueOf(found.ranking, groups, draw.most);
    const places = listOf(field(plan, "prizes")).map((prize) => field(prize, "id"));
    const substitutes = Math.min(field(plan, "substitutes"), draw.queue.length);
    for (let number = 1; number <= substitutes; number += 1) places.push(`S${number}`);
    const picks = places.slice(0, draw.queue.length).map((place, at) => ({ place, ...draw.queue[at] }));
    need(same(picks, field(facts, "picks")), "result_altered");
    found.picks = picks;
  },
};

// Ranks the tickets by HMAC under the seed.
function rank(seeding, groups) {
  const seed = hexToBytes(hexOf(dumps(seeding)));
  const rows = [...groups.keys()].map((id) => [bytesToHex(hmac(sha256, seed, utf8(`ticket:${id}`))), id]);
  rows.sort(([left, one], [right, other]) => (left < right ? -1 : left > right ? 1 : byCodePoint(one, other)));
  return rows.map(([, id]) => id);
}

// The order in which tickets have their turn: down the ranking, passing over a group that holds its share.
function queueOf(ranking, groups, most) {
  const held = new Map();
  const queue = [];
  ranking.forEach((ticket, at) => {
    const group = groups.get(ticket);
    const before = held.get(group) ?? 0;
    if (before < most) queue.push({ rank: at + 1, ticket });
    held.set(group, before + 1);
  });
  return queue;
}
