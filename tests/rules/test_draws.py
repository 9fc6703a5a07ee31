"""The rules of a draw without application or database: who takes part, which step may follow which, who wins."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

import village.demo
from tests.draws import COMMITTED, DAYS, HOUR
from village.draws.queries.minutes_text import ordinal, winners
from village.draws.rules import revealing, states
from village.draws.rules.eligibility import Entrant, EntryRule, Reason, sort_entrants
from village.draws.rules.envelope import Envelope, Opening
from village.draws.rules.plan import Exclusion, Plan, Prize, Seat, SeatKind, Ticket, list_root, opaque_id
from village.draws.rules.prizes import Pick, assign_places, places_of
from village.draws.rules.steps import Progress, Step, next_step, way
from village.draws.rules.witnesses import Witness, why_not_witnesses
from village.draws.wording import DEEDS, REASONS, REFUSALS, ROLES, SEATS
from village.kit.refusal import Refusal

DEMO = Path(village.demo.__path__[0]) / "data"
PRIZE = Prize("P1", "شريط توثيقي إشهاري", "film documentaire promotionnel")
PLAN = Plan(
    edition="VS14",
    code="DR1",
    announced_at=HOUR,
    prizes=(PRIZE, replace(PRIZE, id="P2")),
    substitutes=2,
    entry_rule=EntryRule(DAYS),
    seats=tuple(Seat(code, SeatKind.PUBLIC) for code in ("bailiff", "juror")),
    fewest_seats=2,
    demonstration=True,
    uses_secret=False,
)
TICKETS = tuple(Ticket(f"T{number:02d}", f"G{number:02d}") for number in range(12))


def commit(plan: Plan = PLAN, tickets: tuple[Ticket, ...] = TICKETS) -> states.SealedDraw:
    """Commit a small draw with paper envelopes and no secret."""
    return states.commit(
        states.OpenDraw(plan, tickets, (Exclusion("X01", ("award_winner",)),)),
        COMMITTED,
        number=1,
        previous=None,
        secret_sha256=None,
        verifier_sha256="00" * 32,
    )


def closed() -> states.ClosedDraw:
    """Bring a small draw to its close."""
    draw = commit()
    for seat in ("bailiff", "juror"):
        draw = states.hand_in(draw, Envelope(seat))
    for counter in ("account:1", "account:6"):
        draw = states.count(draw, counter, len(TICKETS))
    return states.close(draw, HOUR)


def drawn(juror: str = "482913") -> states.DrawnDraw:
    """Bring a small draw to its result."""
    draw = revealing.open_envelope(closed(), Opening("juror", juror))
    draw = revealing.open_envelope(draw, Opening("bailiff", "3"))
    return revealing.rank(revealing.reveal(draw, None))


def test_the_demo_fair_has_exactly_its_46_eligible_and_10_excluded() -> None:
    said = json.loads((DEMO / "draw.json").read_text(encoding="utf-8"))
    with (DEMO / "exhibitor_presence.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with (DEMO / "awards_expected.csv").open(encoding="utf-8") as file:
        ranks = list(csv.DictReader(file))
    winners = {row["award_id"]: 1 for row in ranks}
    awards = json.loads((DEMO / "awards.json").read_text(encoding="utf-8"))["awards"]
    winners |= {award["id"]: award["winners"] for award in awards}
    laureates = {row["cooperative_id"] for row in ranks if int(row["rank"]) <= winners[row["award_id"]]}
    tied = {each["cooperative_id"] for each in said["ties_declared"]}
    here: dict[str, set[date]] = {}
    for row in rows:
        here.setdefault(row["cooperative_id"], set())
        if row["status"] in {"present", "late"}:
            here[row["cooperative_id"]].add(date.fromisoformat(row["date"]))

    lists = sort_entrants(
        EntryRule(DAYS),
        [
            Entrant(f"exhibitor:{code}", None, frozenset(days), code in laureates, code in tied)
            for code, days in here.items()
        ],
    )

    assert [each.thing.partition(":")[2] for each in lists.eligible] == said["eligible"]
    found = {each.entrant.thing.partition(":")[2]: str(each.cause) for each in lists.left_out}
    assert found == {each["cooperative_id"]: each["reason"] for each in said["excluded"]}
    assert (len(lists.eligible), len(found)) == (46, 10)


def test_a_late_day_counts_and_every_reason_is_given() -> None:
    absent = Entrant("exhibitor:1", days_present=frozenset(DAYS[:2]), award_winner=True, tied_to_organiser=True)

    lists = sort_entrants(EntryRule(DAYS), [absent, Entrant("exhibitor:2", days_present=frozenset(DAYS))])

    assert lists.left_out[0].reasons == (Reason.ABSENT, Reason.AWARD, Reason.TIE)
    assert lists.left_out[0].cause is Reason.ABSENT
    assert [each.thing for each in lists.eligible] == ["exhibitor:2"]


def test_a_rule_may_ask_for_less() -> None:
    winner = Entrant("exhibitor:1", award_winner=True, tied_to_organiser=True)

    assert sort_entrants(EntryRule((), bars_award_winners=False, bars_ties=False), [winner]).eligible == (winner,)


def test_nobody_stands_twice_in_the_list() -> None:
    with pytest.raises(Refusal) as caught:
        sort_entrants(EntryRule(), [Entrant("exhibitor:1"), Entrant("exhibitor:1")])

    assert caught.value.code == "draw_entrant_twice"


def test_the_list_root_does_not_depend_on_the_order_it_is_given_in() -> None:
    assert list_root(TICKETS) == list_root(reversed(TICKETS))
    assert list_root(TICKETS) != list_root(TICKETS[1:])
    assert list_root(TICKETS) != list_root((replace(TICKETS[0], group=None), *TICKETS[1:]))


def test_opaque_ids_hold_letters_and_digits_only() -> None:
    assert opaque_id("T", bytes(10)) == "TAAAAAAAAAAAAAAAA"
    assert len({opaque_id("T", bytes([number] * 10)) for number in range(50)}) == 50


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (replace(PLAN, prizes=()), "draw_without_prize"),
        (replace(PLAN, seats=PLAN.seats[:1], fewest_seats=1), "draw_seats_too_few"),
        (replace(PLAN, fewest_seats=3), "draw_seats_too_few"),
        (replace(PLAN, seats=PLAN.seats[:1] * 2), "draw_seat_twice"),
        (replace(PLAN, announced_at=COMMITTED + timedelta(seconds=59)), "draw_committed_late"),
    ],
)
def test_a_plan_that_nobody_should_rely_on_is_not_committed(plan: Plan, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        commit(plan)

    assert code in [each.code for each in caught.value.objections]


def test_every_part_of_the_plan_is_in_the_commitment() -> None:
    whole = commit().commitment.sha256
    others = [
        replace(PLAN, code="DR2"),
        replace(PLAN, edition="VS15"),
        replace(PLAN, announced_at=HOUR + timedelta(seconds=1)),
        replace(PLAN, prizes=tuple(reversed(PLAN.prizes))),
        replace(PLAN, substitutes=1),
        replace(PLAN, most_per_group=2),
        replace(PLAN, entry_rule=EntryRule(DAYS, bars_ties=False)),
        replace(PLAN, seats=(*PLAN.seats, Seat("public", SeatKind.PUBLIC))),
        replace(PLAN, seats=(PLAN.seats[0], replace(PLAN.seats[1], key="ab" * 32))),
        replace(PLAN, demonstration=False),
    ]

    assert len({whole, *(commit(plan).commitment.sha256 for plan in others)}) == len(others) + 1
    assert commit(tickets=TICKETS[1:]).commitment.sha256 != whole


def test_steps_out_of_turn_are_refused_in_words_of_their_own() -> None:
    opened = states.OpenDraw(PLAN, TICKETS, ())
    sealed, shut, done = commit(), closed(), drawn()

    for step, draw, code in (
        (states.as_open, sealed, "draw_list_sealed"),
        (states.as_sealed, opened, "draw_not_committed"),
        (states.as_sealed, shut, "draw_closed"),
        (states.as_closed, sealed, "draw_not_closed"),
        (states.as_closed, done.revealed, "draw_already_revealed"),
        (states.as_revealed, shut, "draw_not_revealed"),
        (states.as_revealed, done, "draw_already_drawn"),
    ):
        with pytest.raises(Refusal) as caught:
            step(draw)  # type: ignore[operator]
        assert caught.value.code == code


def test_the_close_says_all_that_is_missing_at_once() -> None:
    with pytest.raises(Refusal) as caught:
        states.close(states.count(commit(), "account:1", 11), HOUR - timedelta(hours=1))

    assert [each.code for each in caught.value.objections] == [
        "draw_before_its_hour",
        "envelopes_missing",
        "counts_missing",
        "counts_differ",
    ]


def test_a_paper_envelope_takes_no_hash_and_opens_with_digits() -> None:
    with pytest.raises(Refusal) as caught:
        states.hand_in(commit(), Envelope("juror", "ab" * 32, "cd" * 64))
    assert caught.value.code == "envelope_without_key"

    for value in ("", "12a", "١٢", "1" * 41, " 7"):
        with pytest.raises(Refusal) as caught:
            revealing.open_envelope(closed(), Opening("juror", value))
        assert caught.value.code == "envelope_value_bad"


def test_a_secret_nobody_promised_is_refused() -> None:
    draw = revealing.open_envelope(revealing.open_envelope(closed(), Opening("juror", "1")), Opening("bailiff", "2"))

    with pytest.raises(Refusal) as caught:
        revealing.reveal(draw, bytes(32))

    assert caught.value.code == "secret_changed"


def test_one_digit_changes_the_ranking() -> None:
    assert drawn().ranking != drawn("482914").ranking
    assert drawn().ranking == drawn().ranking


def test_places_go_down_the_ranking_and_nobody_wins_twice() -> None:
    groups = {"T1": "G1", "T2": "G1", "T3": None, "T4": "G2", "T5": "G1"}
    places = places_of(PLAN.prizes, 1)

    assert assign_places(["T1", "T2", "T3", "T5", "T4"], groups, places, 1) == (
        Pick("P1", "T1", 1),
        Pick("P2", "T3", 3),
        Pick("S1", "T4", 5),
    )
    assert [pick.ticket for pick in assign_places(["T1", "T2", "T5", "T3"], groups, places, 2)] == ["T1", "T2", "T3"]
    assert [pick.ticket for pick in assign_places(["T2", "T1"], groups, places, 1)] == ["T2"]


def test_a_witness_with_a_stake_is_named_by_seat() -> None:
    witnesses = [Witness("juror", frozenset({"person:4"})), Witness("public", frozenset({"person:9", "exhibitor:3"}))]

    found = why_not_witnesses(witnesses, frozenset({"exhibitor:3", "exhibitor:4"}))

    assert [(each.code, each.facts["seat"]) for each in found] == [("witness_is_interested", "public")]


def test_one_next_step_at_a_time() -> None:
    so_far = Progress("closed", envelopes_wanted=3, envelopes_in=3, counts_agree=True, envelopes_open=3)
    sealed = replace(so_far, state="sealed")

    assert next_step(Progress("open")) is Step.COMMIT
    assert next_step(replace(sealed, envelopes_in=2)) is Step.ENVELOPES
    assert next_step(replace(sealed, counts_agree=False)) is Step.COUNTS
    assert next_step(sealed) is Step.CLOSE
    assert next_step(replace(so_far, envelopes_open=1, beacon_awaited=True)) is Step.OPEN
    assert next_step(replace(so_far, beacon_awaited=True)) is Step.BEACON
    assert next_step(so_far) is Step.REVEAL
    assert next_step(Progress("revealed")) is Step.CONCLUDE
    assert next_step(Progress("drawn", turns_open=1)) is Step.PRIZES
    assert next_step(Progress("drawn")) is Step.DONE
    assert next_step(Progress("cancelled")) is Step.CANCELLED


def test_a_plan_has_only_the_steps_it_needs() -> None:
    assert Step.OPEN not in way(seats=False, beacon=True)
    assert Step.BEACON not in way(seats=True, beacon=False)
    assert way(seats=True, beacon=True)[0] is Step.COMMIT
    assert way(seats=True, beacon=True)[-1] is Step.PRIZES


def test_the_number_of_an_edition_in_words() -> None:
    said = {1: "الأولى", 9: "التاسعة", 10: "العاشرة", 11: "الحادية عشرة", 14: "الرابعة عشرة", 20: "العشرين"}
    said |= {21: "الحادية والعشرين", 35: "الخامسة والثلاثين", 100: "100"}

    assert {number: ordinal(number, "ar") for number in said} == said
    assert [ordinal(number, "fr") for number in (1, 14)] == ["1re", "14e"]


def test_those_to_be_drawn_are_counted_in_the_genitive() -> None:
    said = {1: "فائز واحد", 2: "فائزين اثنين", 3: "3 فائزين", 10: "10 فائزين", 11: "11 فائزا", 100: "100 فائز"}

    assert {number: winners(number, "ar") for number in said} == said
    assert [winners(number, "fr") for number in (1, 2)] == ["1 gagnant", "2 gagnants"]


def test_every_word_stands_in_three_languages() -> None:
    for words in (*REFUSALS.values(), *DEEDS.values(), *REASONS.values(), *SEATS.values(), *ROLES.values()):
        assert len({words.ar, words.fr, words.en}) == 3
    assert set(SEATS) == set(SeatKind)
    assert set(REASONS) == set(Reason)
