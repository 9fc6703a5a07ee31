// What follows a result (docs/protocol.md): calls, claims, voids by two words, replacements, prizes withdrawn and handed over.
import { roundAt } from "./beacon.js";
import { aList, aWhole, byCodePoint, field, need, same } from "./canonical.js";

const WITHDRAWALS = ["not_available", "unfit", "given_back"];

// Follows the lines one by one and gives the state of each prize at the end.
export function followTurns(draw) {
  const turns = new Map();
  for (const { place, rank, ticket } of draw.picks) {
    if (draw.plan.prizes.some((prize) => prize.id === place)) turns.set(place, begin(ticket, rank));
  }
  const story = { ...draw, turns, withdrawn: new Set(), voids: [], brought: new Map(), replaced: 0, had: new Set(draw.picks.map((pick) => pick.ticket)) };
  draw.own.forEach((line, at) => {
    const step = line.code.slice(5);
    if (step === "prize_withdrawn") withdraw(story, line.facts);
    else if (at > draw.after) STEPS[step](story, line);
  });
  return draw.plan.prizes.map(({ id }) => stateOf(story, id));
}

const begin = (ticket) => ({ ticket, calls: 0, claimed: false, words: [], over: "" });

function stateOf({ turns, withdrawn }, place) {
  const turn = turns.get(place);
  if (withdrawn.has(place)) return { place, ticket: null, state: "withdrawn" };
  if (!turn) return { place, ticket: null, state: "waiting" };
  if (turn.over === "voided") return { place, ticket: null, state: "voided" };
  return { place, ticket: turn.ticket, state: turn.over || (turn.claimed ? "claimed" : "waiting") };
}

function needPlace({ plan, withdrawn }, place) {
  need(plan.prizes.some((prize) => prize.id === place) && !withdrawn.has(place), "place_unknown", place);
}

// The turn that a line is about: the one that is on at its place.
function turnOf(story, facts) {
  needPlace(story, facts.place);
  const turn = story.turns.get(facts.place);
  need(turn && !turn.over && turn.ticket === facts.ticket, "turn_unknown", facts.place);
  return turn;
}

function withdraw(story, facts) {
  needPlace(story, facts.place);
  need(story.turns.get(facts.place)?.over !== "handed_over", "place_unknown", facts.place);
  need(WITHDRAWALS.includes(facts.reason), "reason_unknown", facts.place);
  story.withdrawn.add(facts.place);
}

function needReason({ plan }, turn, reason) {
  need(aList(plan.rules.void_reasons).includes(reason), "void_reason_unknown");
  const called = turn.calls >= aWhole(plan.rules.calls_before_absence) && !turn.claimed;
  need(reason !== "absent_three_calls" || called, "void_without_calls");
}

const STEPS = {
  called(story, { facts }) {
    const turn = turnOf(story, facts);
    turn.calls += 1;
    need(aWhole(facts.call) === turn.calls, "call_wrong", facts.place);
  },

  claimed(story, { facts }) {
    const turn = turnOf(story, facts);
    need(!turn.claimed, "step_repeated", "claimed");
    turn.claimed = true;
  },

  void_signed(story, { facts, actor }) {
    const turn = turnOf(story, facts);
    needReason(story, turn, facts.reason);
    turn.words.push([actor, facts.reason]);
  },

  voided(story, line) {
    const turn = turnOf(story, line.facts);
    needReason(story, turn, line.facts.reason);
    const said = new Set(turn.words.filter(([, reason]) => reason === line.facts.reason).map(([actor]) => actor));
    need(said.size === 2 && same([...said].sort(byCodePoint), field(line.facts, "signed")), "void_not_signed", line.facts.place);
    turn.over = "voided";
    story.voids.push({ place: line.facts.place, line, waits: true });
  },

  beacon_brought(story, { facts }) {
    const iteration = aWhole(facts.iteration);
    const gone = story.voids[iteration - 1];
    need(story.plan.rules.replacement === "fresh" && gone, "unknown_beacon", `iteration ${iteration}`);
    need(!story.brought.has(iteration), "step_repeated", "beacon_brought");
    const round = roundAt("quicknet", (story.momentOf(gone.line) + 30_000) / 1000);
    story.brought.set(iteration, story.freshRanking(facts, iteration, round));
  },

  replaced(story, { facts }) {
    needPlace(story, facts.place);
    const waiting = story.voids.findIndex((gone) => gone.waits && !story.withdrawn.has(gone.place));
    need(waiting >= 0 && story.voids[waiting].place === facts.place, "replacement_wrong", facts.place);
    const next = story.plan.rules.replacement === "fresh" ? freshTicket(story, waiting + 1) : orderedTicket(story);
    const { rank, ticket, iteration } = facts;
    need(next && same([next.rank, next.ticket, next.iteration], [rank, ticket, iteration]), "replacement_wrong", facts.place);
    story.voids[waiting].waits = false;
    story.had.add(ticket);
    story.turns.set(facts.place, begin(ticket));
  },

  handed_over(story, { facts }) {
    const turn = turnOf(story, facts);
    need(turn.claimed, "not_claimed", facts.place);
    turn.over = "handed_over";
  },
};

// Fixed once and for all: after the prizes come the substitutes, then whoever stands further down.
function orderedTicket(story) {
  const next = story.queue[story.plan.prizes.length + story.replaced];
  story.replaced += 1;
  return next && { ...next, iteration: 0 };
}

// The first of a new ranking that never had a turn and whose group has not had its share of turns.
function freshTicket({ brought, had, groups, plan }, iteration) {
  const ranking = brought.get(iteration);
  need(ranking, "beacon_missing", `iteration ${iteration}`);
  const turns = new Map();
  for (const ticket of had) turns.set(groups.get(ticket), (turns.get(groups.get(ticket)) ?? 0) + 1);
  const free = (group) => group === null || (turns.get(group) ?? 0) < plan.rules.most_per_group;
  const at = ranking.findIndex((ticket) => !had.has(ticket) && free(groups.get(ticket)));
  return at < 0 ? null : { rank: at + 1, ticket: ranking[at], iteration };
}
