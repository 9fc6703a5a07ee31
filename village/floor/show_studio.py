"""What the studio's pages show: plans drawn small, curves, differences and prices turned into the reader's words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from village.floor import allocation, wording
from village.floor.allocation.fairness import Fairness, fairness
from village.floor.wording import studio as words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from village.exhibitors.queries import ExhibitorRow
    from village.floor.allocation import Plan, Problem, Score
    from village.floor.allocation.diagnose import Conflict
    from village.floor.queries import PlaceChange, PlanView, Proposal, StandView
    from village.floor.rules import Objection
    from village.kit.i18n import Lang

# A conflict names so many exhibitors and stands.
NAMED = 12


@dataclass(frozen=True)
class SmallStand:
    """A stand of a small plan: whose it is in that plan, and whether that changed."""

    view: StandView
    holder: ExhibitorRow | None
    moved: bool

    @property
    def points(self) -> str:
        """The corners of a stand that is no rectangle, as SVG writes them."""
        return " ".join(f"{x},{y}" for x, y in self.view.outline)


def people_of(plan: PlanView) -> dict[str, ExhibitorRow]:
    """Every exhibitor who is to have a stand, by code."""
    held = (each.holder for each in plan.stands if each.holder)
    return {each.code: each for each in sorted([*held, *plan.waiting], key=lambda each: each.code)}


def small_plan(plan: PlanView, places: Plan, before: Plan | None = None) -> list[SmallStand]:
    """The hall's stands as another plan gives them; marked where ``before`` gave them otherwise."""
    people, holder = people_of(plan), {code: who for who, block in places.items() for code in block}
    old = {code: who for who, block in (before or {}).items() for code in block}
    return [
        SmallStand(
            each,
            people.get(holder.get(each.code, "")),
            before is not None and holder.get(each.code) != old.get(each.code),
        )
        for each in plan.stands
    ]


@dataclass(frozen=True)
class Judged:
    """A plan under one set of rules: its points, by kind in words, and each exhibitor's own."""

    total: int
    by_kind: tuple[tuple[str, str, int], ...]
    own: Mapping[str, int]
    unplaced: tuple[str, ...]
    broken: int


def judge(problem: Problem, places: Plan, lang: Lang) -> Judged:
    """What a plan costs under the problem's rules; exhibitors and stands it does not know are left out."""
    known, stands = {each.code for each in problem.exhibitors}, {each.code for each in problem.stands}
    plan = {who: block for who, block in places.items() if who in known and stands >= set(block)}
    score = allocation.score(problem, plan)
    return Judged(
        score.total,
        tuple((code, charge_name(code, lang), points) for code, points in score.by_code.items() if points),
        own_points(score),
        tuple(sorted(known - plan.keys())),
        len(score.broken),
    )


def own_points(score: Score) -> dict[str, int]:
    """Points that concern each exhibitor; those of a pair count for both."""
    found: Counter[str] = Counter()
    for charge in score.charges:
        for who in charge.exhibitors:
            found[who] += charge.points
    return dict(found)


def charge_name(code: str, lang: Lang) -> str:
    """A kind of points in words."""
    return wording.CHARGES[code].say(lang) if code in wording.CHARGES else code


@dataclass(frozen=True)
class Mover:
    """An exhibitor who stands elsewhere in one of several plans: its stands and its own points in each."""

    who: ExhibitorRow
    stands: tuple[tuple[str, ...], ...]
    points: tuple[int, ...]

    @property
    def change(self) -> int:
        """Points from the first plan to the last: below 0 it gains."""
        return self.points[-1] - self.points[0]


def movers(people: Mapping[str, ExhibitorRow], plans: Sequence[Plan], judged: Sequence[Judged]) -> list[Mover]:
    """Those who do not stand at the same place in all of some plans; who loses most comes first."""
    found = []
    for code, who in people.items():
        stands = tuple(tuple(plan.get(code, ())) for plan in plans)
        if len(set(stands)) > 1:
            found.append(Mover(who, stands, tuple(each.own.get(code, 0) for each in judged)))
    return sorted(found, key=lambda each: (-each.change, each.who.code))


def proposal_name(proposal: Proposal, lang: Lang) -> str:
    """How a proposal is called: its own name, or its number and mode."""
    mode = words.MODES[proposal.mode].say(lang)
    return proposal.name or f"{mode} · {proposal.id}"


def weight_fields(rule_set: str, weights: Mapping[str, int], lang: Lang) -> list[tuple[str, str, int, int, int]]:
    """The weights of a rule set: name, what it is for, points now, points as written, the slider's end."""
    rules = allocation.RULE_SETS[rule_set]
    found = []
    for name in rules.weights.__dataclass_fields__:
        plain = getattr(rules.weights, name)
        if isinstance(plain, int):
            now = weights.get(name, plain)
            found.append((name, words.WEIGHTS[name].say(lang), now, plain, max(4 * plain, 2 * now, 20)))
    return found


def needs_in_words(needs: Iterable[str], lang: Lang) -> str:
    """Needs as a list in words."""
    told = [words.NEEDS[each].say(lang) for each in needs if each in words.NEEDS]
    return ("، " if lang == "ar" else ", ").join(told) or words.NO_NEED.say(lang)


@dataclass(frozen=True)
class ToldConflict:
    """A conflict in words, with what to do, and those it concerns."""

    sentence: str
    remedy: str
    people: tuple[ExhibitorRow, ...]
    stands: tuple[str, ...]
    more: int


def tell_conflict(conflict: Conflict, people: Mapping[str, ExhibitorRow], lang: Lang) -> ToldConflict:
    """A conflict in the reader's words."""
    need: dict[str, Any] = dict(conflict.need)
    who = [people[code] for code in conflict.exhibitors if code in people]
    facts = {
        **need,
        "needs": needs_in_words(need.get("needs", ()), lang),
        "circuits": ", ".join(need.get("circuits", ())),
        "exhibitor": ("، " if lang == "ar" else ", ").join(each.name_in(lang) for each in who[:3]),
    }
    kind: str = conflict.kind
    if kind == "pins" and "instead" in need:
        kind = "pins_instead"
    elif kind == "pins" and "circuits" in need:
        kind = "pins_circuit"
    elif kind == "hall_set" and need.get("unit") == "block":
        kind = "hall_set_block"
    elif kind == "hall_set" and need.get("wanted") != len(conflict.exhibitors):
        kind = "hall_set_stand"
    return ToldConflict(
        words.CONFLICTS[kind].say(lang, facts),
        words.REMEDIES[conflict.kind].say(lang),
        tuple(who[:NAMED]),
        conflict.stands[:NAMED],
        max(0, len(who) - NAMED),
    )


def price_in_words(extra: int, others: int, lang: Lang) -> str:
    """What another place would cost the whole plan, and how many others would move for it."""
    price = "costs" if extra > 0 else "gains" if extra < 0 else "free"
    moves = "moves" if others else "alone"
    facts = {"points": abs(extra), "others": others}
    return f"{words.PRICES[price].say(lang, facts)} {words.PRICES[moves].say(lang, facts)}"


def objections_in_words(
    objections: Iterable[Objection], people: Mapping[str, ExhibitorRow], lang: Lang
) -> list[str]:
    """Why a stand cannot be an exhibitor's, each reason once."""
    told = []
    for each in objections:
        name = people[each.exhibitor].name_in(lang) if each.exhibitor in people else each.exhibitor
        sentence = words.OBJECTIONS.get(each.code)
        told.append(sentence.say(lang, {"stand": each.stand, "exhibitor": name}) if sentence else each.code)
    return list(dict.fromkeys(told))


def fair(problem: Problem, places: Plan) -> Fairness:
    """How fair a plan is; exhibitors and stands the problem does not know are left out."""
    known, stands = {each.code for each in problem.exhibitors}, {each.code for each in problem.stands}
    plan = {who: block for who, block in places.items() if who in known and stands >= set(block)}
    return fairness(problem, plan)


def fairness_rows(plans: Sequence[Fairness], lang: Lang) -> list[tuple[str, list[str]]]:
    """How fair some plans are, as rows of a table: what is counted, and the figure of each plan."""
    if not plans:
        return []

    def row(code: str, figures: Iterable[str], **facts: int) -> tuple[str, list[str]]:
        return words.FAIRNESS[code].say(lang, facts), list(figures)

    rows = [row("placed", (_of(each.placed, each.exhibitors) for each in plans))]
    ranks = range(max(len(each.wishes) for each in plans))
    rows += [row("wish", (str(each.wishes[rank]) for each in plans), rank=rank + 1) for rank in ranks]
    if any(each.wishes for each in plans):
        rows.append(row("no_wish", (str(each.no_wish) for each in plans)))
    for code in ("together", "apart"):
        pairs = [getattr(each, code) for each in plans]
        if any(sum(each) for each in pairs):
            rows.append(row(code, (_of(met, met + refused) for met, refused in pairs)))
    rows += [row(code, (str(getattr(each, code)) for each in plans)) for code in ("envy", "justified")]
    return [*rows, *_by_weight(plans, lang)]


def _by_weight(plans: Sequence[Fairness], lang: Lang) -> Iterable[tuple[str, list[str]]]:
    """A row for each weight, where there is more than one: placed, and how many would rightly rather be elsewhere."""
    if len(plans[0].by_weight) < 2:  # noqa: PLR2004 - one class alone is everybody
        return
    for index, first in enumerate(plans[0].by_weight):
        these = [each.by_weight[index] for each in plans]
        label = words.FAIRNESS["weight"].say(lang, {"weight": first.weight, "count": first.exhibitors})
        yield label, [f"{_of(each.placed, each.exhibitors)} · {each.justified}" for each in these]


def _of(part: int, whole: int) -> str:
    return f"{part} / {whole}"


def change_in_words(change: PlaceChange, lang: Lang) -> str:
    """Why somebody's stand changed, in words."""
    return wording.CHANGES[change.why].say(lang) if change.why in wording.CHANGES else change.why


def news_of(number: int, change: PlaceChange, lang: Lang) -> str:
    """What an exhibitor is told of a change of its stand, in one sentence."""
    facts = {
        "number": number,
        "before": " ".join(change.before) or "–",
        "after": " ".join(change.after) or "–",
        "why": change_in_words(change, lang),
    }
    return (wording.NEWS if change.after else wording.NEWS_LOST).say(lang, facts)
