"""Every attack of the specification, by an organiser who holds the key of the log and signs it all anew: each refused
with its own code. Stories are told line by line without the application (tests/draw_bundles.py)."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from tests.draw_bundles import HEADS, ROUNDS, Plan, Story
from tests.draw_logs import Cosigner
from village.draws import verify_draw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.draw_logs import Line

ORDERED = Plan(groups=((0, 1, 2),), quorum=2)
BEACON = Plan(beacon=True, quorum=2)
FRESH = Plan(beacon=True, replacement="fresh", substitutes=0)


@pytest.fixture(scope="module", autouse=True)
def each_sum_once() -> Iterator[None]:
    """Many stories share signatures and rounds: each is checked once for all tests of this file."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("paired", "signed"):
            patch.setattr(verify_draw, name, cache(getattr(verify_draw, name)))
        yield


@cache
def _told(kind: str) -> Story:
    plans = {"ordered": ORDERED, "beacon": BEACON, "fresh": FRESH}
    return Story(plans[kind]).play()


def told(kind: str) -> Story:
    """Give a story that was played to its result, for a test to go on with."""
    return copy.deepcopy(_told(kind))


def verdict(story: Story, pins: dict[str, Any] | None = None) -> str:
    """Say what the verifier says: the verdict, or the code of the refusal."""
    try:
        return str(verify_draw.verify(story.publish(), story.pins() if pins is None else pins)["verdict"])
    except verify_draw.Refused as refused:
        return refused.code


def first(story: Story, step: str) -> Line:
    """Find the first line of a step of this draw."""
    return next(line for line in story.lines if line.step == step and line.thing == "draw:1")


def without(story: Story, step: str) -> Story:
    """Hide a line."""
    story.lines.remove(first(story, step))
    return story


def replaced(kind: str) -> Story:
    """Void the first winner and give the turn on."""
    story = told(kind).void("P1")
    return story.replace("P1")


# ---------------------------------------------------------------- honest stories
def test_any_mix_of_chance_is_exact() -> None:
    plans = [
        Plan(secret=False, paper=("juror",)),
        Plan(beacon=True, seats=(), fewest_seats=0, secret=False),
        Plan(beacon=True, seats=("juror",), fewest_seats=1),
        Plan(paper=("bailiff", "juror", "participants"), prizes=1, substitutes=0, tickets=1, exclusions=0),
        Plan(earlier=2, quorum=3),
    ]

    assert [verdict(Story(plan).play()) for plan in plans] == ["drawn"] * len(plans)
    assert verdict(Story(BEACON).commit().go_offline().play()) == "drawn"


def test_turns_are_followed_to_the_end() -> None:
    story = told("ordered").call("P1", 3).void("P1", "absent_three_calls").replace("P1").claim("P1").hand_over("P1")
    story.claim("P2").void("P2").replace("P2").withdraw("P2").close_register(later=2)
    found = verify_draw.verify(story.publish(), story.pins())

    assert [(each["place"], each["state"]) for each in found["prizes"]] == [("P1", "handed_over"), ("P2", "withdrawn")]
    assert found["prizes"][0]["ticket"] == found["picks"][2]["ticket"]  # the first substitute
    assert found["prizes"][1]["ticket"] is None


def test_fresh_replacements_ask_the_beacon_again() -> None:
    story = told("fresh").void("P2").replace("P2").void("P2", "not_eligible")
    found = verify_draw.verify(story.publish(), story.pins())
    assert found["prizes"][1] == {"place": "P2", "state": "voided", "ticket": None}

    story.replace("P2").claim("P2", "desk")
    found = verify_draw.verify(story.publish(), story.pins())
    assert found["prizes"][1]["state"] == "claimed"
    assert len({each["ticket"] for each in found["prizes"]} | {pick["ticket"] for pick in found["picks"]}) == 3


def test_a_cancelled_draw_says_so() -> None:
    story = Story(BEACON).commit().hand_in("juror").withdraw("P1").cancel("postponed")
    story.now = story.hour - timedelta(minutes=1)
    story.lines[-1].at = story.now
    found = verify_draw.verify(story.publish(), story.pins())

    assert (found["verdict"], found["reason"], found["seed"]) == ("cancelled", "postponed", None)
    assert [each["state"] for each in found["prizes"]] == ["withdrawn", "waiting"]


# ---------------------------------------------------------------- attacks
def last(story: Story, **facts: Any) -> Story:
    """Change facts of the last line."""
    story.lines[-1].facts.update(facts)
    return story


def at(story: Story, step: str, **different: Any) -> Story:
    """Change the first line of a step: `when` its instant, the rest its facts."""
    line = first(story, step)
    line.at = different.pop("when", line.at)
    line.facts.update(different)
    return story


def swap_voids() -> Story:
    story = told("ordered").void("P1").void("P2")
    return story.replace("P2")


def hidden_void() -> Story:
    story = replaced("ordered").void("P2").replace("P2")
    story.lines = [line for line in story.lines if line.facts.get("place") != "P1"]
    return story


def commit_late() -> Story:
    story = told("ordered")
    return at(story, "committed", when=story.hour - timedelta(seconds=59))


def cancel_late() -> Story:
    story = Story(BEACON).commit()
    story.now = story.hour
    return story.cancel()


def offline_late() -> Story:
    story = Story(BEACON).commit()
    story.now = story.hour
    return story.go_offline().play()


def late_cosignature(step: str) -> Story:
    story = Story(BEACON).commit()
    if step != "committed":
        getattr(story, step)()
    if step != "cancel":
        story.play()
    stamps = int(story.hour.timestamp()) + 1
    story.cosigners = [replace(each, time=stamps) for each in story.cosigners]
    return story


def envelope_after_the_beacon() -> Story:
    story = told("beacon")
    return at(story, "envelope_handed_in", when=story.hour)


def one_seat_offline() -> Story:
    return Story(Plan(beacon=True, seats=("juror",), fewest_seats=1)).commit().go_offline().play()


def second_commitment() -> Story:
    """Replay the same commitment as a second draw."""
    story = told("ordered")
    again = copy.deepcopy(story.lines[0])
    again.thing = "draw:9"
    story.lines.insert(0, again)
    return story


def reroll() -> Story:
    """Conclude, dislike it, and conclude again."""
    story = told("ordered")
    story.lines.append(copy.deepcopy(story.lines[-1]))
    return story


def fresh_without_beacon() -> Story:
    return Story(Plan(replacement="fresh", substitutes=0)).play()


def other_round_planned() -> Story:
    class Later(Story):
        def document(self, number: int, previous: str | None) -> dict[str, Any]:
            made = super().document(number, previous)
            made["entropy"]["beacon"]["round"] += 1
            return made

    return Later(BEACON).play()


def other_chain() -> Story:
    class Own(Story):
        def document(self, number: int, previous: str | None) -> dict[str, Any]:
            made = super().document(number, previous)
            made["entropy"]["beacon"]["chain"] = "organisers-own"
            return made

    return Own(BEACON).play()


def twice(step: str) -> Story:
    story = told("beacon")
    story.lines.insert(story.lines.index(first(story, step)), copy.deepcopy(first(story, step)))
    return story


def with_beacon(story: Story) -> Story:
    line = copy.deepcopy(first(story, "envelope_opened"))
    line.step, line.facts = (
        "beacon_brought",
        {"commitment": story.commitment, "iteration": 0, "round": 1000, "signature": ROUNDS[1000]},
    )
    story.lines.insert(story.lines.index(first(story, "revealed")), line)
    return story


def one_word() -> Story:
    story = told("ordered").void("P1")
    del story.lines[-2]
    return story


def same_word_twice() -> Story:
    story = told("ordered").void("P1")
    story.lines[-2].actor = story.lines[-3].actor
    return last(story, signed=[story.lines[-3].actor] * 2)


def without_void() -> Story:
    story = replaced("ordered")
    story.lines = [line for line in story.lines if line.step not in {"void_signed", "voided"}]
    return story


def at_last(story: Story, **facts: Any) -> Story:
    [line for line in story.lines if line.step == "beacon_brought"][-1].facts.update(facts)
    return story


def headless(step: str) -> Story:
    story = told("ordered").void("P1")
    story.heads = tuple(each for each in HEADS if each != step)
    if step == "voided":
        story.call("P2")
    return story


def elsewhere() -> Story:
    story = told("ordered")
    story.heads = ("counted", "closed", "concluded")
    story.lines.remove(next(line for line in story.lines if line.step == "counted"))
    return story


def claimed_by_voided() -> Story:
    story = told("ordered").void("P1")
    return story.claim("P1")


def renamed(step: str, name: str) -> Story:
    story = told("ordered")
    first(story, step).step = name
    return story


ATTACKS: dict[str, tuple[Callable[[], Story], str]] = {
    "organiser re-rolls": (reroll, "step_repeated"),
    "organiser reveals twice": (lambda: twice("revealed"), "step_repeated"),
    "replayed commitment": (second_commitment, "register_gap"),
    "late commit": (commit_late, "committed_late"),
    "commit cosigned late": (lambda: late_cosignature("committed"), "committed_late"),
    "late cancel": (cancel_late, "cancelled_late"),
    "cancel cosigned late": (lambda: late_cosignature("cancel"), "committed_late"),
    "cancelled, then drawn": (lambda: Story(BEACON).commit().cancel().play(), "steps_out_of_order"),
    "cancelled without a reason of the list": (lambda: Story(ORDERED).commit().cancel("bored"), "reason_unknown"),
    "late switch to offline": (offline_late, "switched_late"),
    "offline with one seat": (one_seat_offline, "seats_too_few"),
    "offline where no beacon was planned": (lambda: Story(ORDERED).commit().go_offline().play(), "unknown_beacon"),
    "envelope when the beacon is out": (envelope_after_the_beacon, "envelope_late"),
    "other round": (
        lambda: at(told("beacon"), "beacon_brought", round=1001, signature=ROUNDS[1001]),
        "beacon_wrong_round",
    ),
    "wrong signature": (lambda: at(told("beacon"), "beacon_brought", signature=ROUNDS[1001]), "beacon_wrong_signature"),
    "signature misspelt": (lambda: at(told("beacon"), "beacon_brought", signature="xx"), "beacon_wrong_signature"),
    "beacon withheld": (lambda: without(told("beacon"), "beacon_brought"), "beacon_missing"),
    "beacon twice": (lambda: twice("beacon_brought"), "step_repeated"),
    "beacon nobody planned": (lambda: with_beacon(told("ordered")), "unknown_beacon"),
    "another chain": (other_chain, "unknown_beacon"),
    "another round in the plan": (other_round_planned, "beacon_wrong_round"),
    "fresh without a beacon": (fresh_without_beacon, "unknown_rules"),
    "changed secret": (lambda: at(told("ordered"), "revealed", secret="ab" * 32), "secret_changed"),
    "changed contribution": (lambda: at(told("ordered"), "envelope_opened", value="9"), "envelope_mismatch"),
    "dropped contribution": (lambda: without(told("ordered"), "envelope_handed_in"), "envelope_missing"),
    "altered seed": (lambda: at(told("ordered"), "revealed", seed="ab" * 32), "seed_wrong"),
    "altered result": (lambda: last(told("ordered"), picks=[]), "result_altered"),
    "altered ranking": (lambda: last(told("ordered"), ranking_root="ab" * 32), "ranking_wrong"),
    "void by one": (one_word, "void_not_signed"),
    "void signed twice by one": (same_word_twice, "void_not_signed"),
    "void for another reason than signed": (
        lambda: last(told("ordered").void("P1"), reason="not_eligible"),
        "void_not_signed",
    ),
    "void for a reason of nobody's list": (lambda: told("ordered").sign_void("P1", "ugly"), "void_reason_unknown"),
    "absent after two calls": (
        lambda: told("ordered").call("P1", 2).sign_void("P1", "absent_three_calls"),
        "void_without_calls",
    ),
    "absent although claimed": (
        lambda: told("ordered").call("P1", 3).claim("P1").sign_void("P1", "absent_three_calls"),
        "void_without_calls",
    ),
    "hidden void": (hidden_void, "replacement_wrong"),
    "replaced without a void": (without_void, "replacement_wrong"),
    "replaced by a friend": (lambda: last(replaced("ordered"), ticket="T11"), "replacement_wrong"),
    "replaced under another rank": (lambda: last(replaced("ordered"), rank=1), "replacement_wrong"),
    "replaced out of turn": (swap_voids, "replacement_wrong"),
    "fresh, by the first ranking": (lambda: last(replaced("fresh"), iteration=0), "replacement_wrong"),
    "fresh, another round": (
        lambda: at_last(replaced("fresh"), round=1003, signature=ROUNDS[1003]),
        "beacon_wrong_round",
    ),
    "fresh, another iteration": (lambda: at_last(replaced("fresh"), iteration=2), "unknown_beacon"),
    "fresh beacon where nothing waits": (lambda: told("fresh").bring_beacon(1, 657413), "unknown_beacon"),
    "no head after a void": (lambda: headless("voided"), "heads_missing"),
    "no head after the close": (lambda: headless("closed"), "heads_missing"),
    "head after another line": (elsewhere, "head_out_of_turn"),
    "call out of turn": (lambda: last(told("ordered").call("P1"), call=2), "call_wrong"),
    "claimed by another": (lambda: last(told("ordered").claim("P1"), ticket="T11"), "turn_unknown"),
    "claimed by the voided": (claimed_by_voided, "turn_unknown"),
    "claimed twice": (lambda: told("ordered").claim("P1").claim("P1"), "step_repeated"),
    "handed over unclaimed": (lambda: told("ordered").hand_over("P1"), "not_claimed"),
    "handed over twice": (lambda: told("ordered").claim("P1").hand_over("P1").hand_over("P1"), "turn_unknown"),
    "a place of no prize": (lambda: last(told("ordered").claim("P1"), place="S1"), "place_unknown"),
    "a withdrawn place": (lambda: told("ordered").withdraw("P1").claim("P1"), "place_unknown"),
    "withdrawn once given": (lambda: told("ordered").claim("P1").hand_over("P1").withdraw("P1"), "place_unknown"),
    "withdrawn on a whim": (lambda: told("ordered").withdraw("P1", "too_nice"), "reason_unknown"),
    "register with fewer draws": (lambda: last(told("ordered").close_register(), count=0), "register_altered"),
    "register with another last": (lambda: told("ordered").close_register(last="ab" * 32), "register_altered"),
    "register closed twice": (lambda: told("ordered").close_register().close_register(), "step_repeated"),
    "an unknown step": (lambda: renamed("counted", "nodded"), "steps_unknown"),
}


@pytest.mark.parametrize(("attack", "code"), ATTACKS.values(), ids=ATTACKS)
def test_an_attack_has_its_own_code(attack: Callable[[], Story], code: str) -> None:
    assert verdict(attack()) == code


def test_keys_taken_home_must_be_the_ones_of_the_draw() -> None:
    story = told("ordered")
    pins = story.pins()
    stranger = Cosigner("witness/stranger")

    assert verdict(story, {"log": pins["log"], "seats": {}}) == "drawn"  # as keys.json was before witnesses stood in it
    assert verdict(story, {**pins, "log": pins["log"][:-4] + "AAA="}) == "keys_not_pinned"
    assert verdict(story, {**pins, "seats": {**pins["seats"], "juror": "ab" * 32}}) == "keys_not_pinned"
    assert verdict(story, {**pins, "seats": {**pins["seats"], "friend": "ab" * 32}}) == "keys_not_pinned"
    assert verdict(story, {**pins, "witnesses": [*pins["witnesses"], stranger.vkey]}) == "keys_not_pinned"
    assert verdict(story, {**pins, "witnesses": []}) == "keys_not_pinned"


def test_the_fresh_ranking_keeps_the_rule_of_the_group() -> None:
    everyone = Plan(beacon=True, replacement="fresh", substitutes=0, tickets=6, groups=((0, 1, 2, 3, 4),), prizes=2)
    story = Story(everyone).play().void("P1")

    with pytest.raises(AssertionError, match="nobody is left"):
        story.replace("P1")
    assert verdict(story) == "drawn"  # the prize waits: nobody may have it
