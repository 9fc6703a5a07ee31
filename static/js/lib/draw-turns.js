// What follows a result (docs/protocol.md): calls, claims, voids by two words, replacements, prizes withdrawn and handed over.
import { roundAt } from "./beacon.js";
import { byCodePoint, field, need, same } from "./canonical.js";
import { keyed, listOf, millis } from "./draw-words.js";
import { bytesToHex } from "./merkle.js";

// A void is replaced from the beacon that is known half a minute after it, which nobody knew when it was said.
const WAIT_MS = 30_000;

const begin = (ticket) => ({ ticket, state: "waiting", calls: 0, words: [] });

// Follows the lines one by one and gives the state of each prize at the end.
export function followTurns(draw) {
  const places = listOf(draw.plan.prizes).map((prize) => keyed(field(prize, "id")));
  const first = draw.queue.slice(0, new Set(places).size).map(({ ticket }) => ticket);
  const story = {
    ...draw,
    turns: new Map(places.map((place, at) => [place, begin(first[at] ?? null)])),
    had: [...first], // whoever has had a turn
    waiting: [], // turns that were voided, the first void first
    brought: 0,
    fresh: null, // the beacon of the next replacement
  };
  let concluded = false;
  for (const line of draw.own) {
    if (line.step === "prize_withdrawn") withdraw(story, line.facts);
    else if (line.step === "beacon_brought" && line.facts.iteration) bringBeacon(story, line.facts);
    else if (concluded && line.step === "replaced") replace(story, line.facts);
    else if (concluded && line.step in FOLLOW) follow(story, line);
    story.waiting = story.waiting.filter((turn) => turn.state === "voided");
    concluded ||= line.step === "concluded";
  }
  return [...story.turns].map(([place, { state, ticket }]) => ({ place, state, ticket: state === "voided" || state === "withdrawn" ? null : ticket }));
}

// The turn at a place that is there, and that nobody withdrew.
function turnAt({ turns }, facts) {
  const place = keyed(field(facts, "place"));
  const turn = turns.get(place);
  need(turn && turn.state !== "withdrawn", "place_unknown", place);
  return turn;
}

function withdraw(story, facts) {
  const turn = turnAt(story, facts);
  need(turn.state !== "handed_over", "place_unknown", facts.place);
  turn.state = "withdrawn";
  if (turn === story.waiting[0]) story.fresh = null;
}

function bringBeacon(story, facts) {
  story.brought += 1;
  const { plan, waiting, fresh, brought } = story;
  need(plan.rules.replacement === "fresh" && waiting.length && !fresh && facts.iteration === brought, "unknown_beacon", `iteration ${facts.iteration}`);
  const round = roundAt("quicknet", (waiting[0].voided + WAIT_MS) / 1000);
  need(field(facts, "round") === round, "beacon_wrong_round", `round ${facts.round}`);
  story.fresh = bytesToHex(story.tools.randomness("quicknet", round, field(facts, "signature")));
}

function replace(story, facts) {
  const turn = turnAt(story, facts);
  const next = story.plan.rules.replacement === "fresh" ? freshTicket(story) : story.queue[story.had.length];
  const said = [field(facts, "rank"), field(facts, "ticket"), field(facts, "iteration")];
  const right = turn === story.waiting[0] && next && same(said, [next.rank, next.ticket, story.brought]);
  need(right, "replacement_wrong", facts.place);
  story.had.push(facts.ticket);
  Object.assign(turn, begin(facts.ticket));
  story.fresh = null;
}

// The first of a new ranking that never had a turn and whose group has not had its share of turns.
function freshTicket({ fresh, brought, had, groups, most, seeding, rank }) {
  if (!fresh) return null;
  const turns = new Map();
  for (const ticket of had) turns.set(groups.get(ticket), (turns.get(groups.get(ticket)) ?? 0) + 1);
  const ranking = rank({ ...seeding, beacon: fresh, iteration: brought });
  const at = ranking.findIndex((ticket) => !had.includes(ticket) && (turns.get(groups.get(ticket)) ?? 0) < most);
  return at < 0 ? null : { rank: at + 1, ticket: ranking[at] };
}

function follow(story, line) {
  const turn = turnAt(story, line.facts);
  const here = turn.ticket !== null && same(turn.ticket, field(line.facts, "ticket"));
  need(here && (turn.state === "waiting" || turn.state === "claimed"), "turn_unknown", line.facts.place);
  FOLLOW[line.step](story, turn, line);
}

const FOLLOW = {
  called(_story, turn, { facts }) {
    turn.calls += 1;
    need(field(facts, "call") === turn.calls, "call_wrong", facts.place);
  },

  claimed(_story, turn, { facts }) {
    need(turn.state !== "claimed", "step_repeated", facts.place);
    turn.state = "claimed";
  },

  handed_over(_story, turn, { facts }) {
    need(turn.state === "claimed", "not_claimed", facts.place);
    turn.state = "handed_over";
  },

  void_signed(story, turn, { facts, actor }) {
    needReason(story, turn, facts);
    needActor(actor);
    turn.words.push([actor, facts.reason]);
  },

  voided(story, turn, { facts, at, actor }) {
    needReason(story, turn, facts);
    const signers = listOf(field(facts, "signed"));
    const spoke = signers.every((who) => turn.words.some(([actorOf, reason]) => actorOf === who && same(reason, facts.reason)));
    const two = spoke && signers.length === 2 && Array.isArray(facts.signed) && byCodePoint(...signers) < 0;
    need(two, "void_not_signed", facts.place);
    needActor(actor);
    Object.assign(turn, { state: "voided", voided: millis(at, 3) });
    story.waiting.push(turn);
  },
};

const needActor = (actor) => need(actor !== undefined, "not_canonical", "an actor");

function needReason({ plan }, turn, facts) {
  const reason = facts.reason ?? null;
  need(listOf(field(plan.rules, "void_reasons")).some((each) => same(each, reason)), "void_reason_unknown");
  const absent = turn.calls >= field(plan.rules, "calls_before_absence") && turn.state !== "claimed";
  need(absent || reason !== "absent_three_calls", "void_without_calls");
}
