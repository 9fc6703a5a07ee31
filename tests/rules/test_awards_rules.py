"""The jury's arithmetic: exact, recomputable, with every way a tie can end."""

from decimal import Decimal
from fractions import Fraction

import pytest

from village.awards import rules
from village.awards.rules import Criterion, DecidedBy, Sheet
from village.kit.refusal import Refusal

SAHLI, NAHLAOUI, HOUARI = 1, 2, 3
ARGAN, CLAY, HONEY = 11, 12, 13
IMPACT, NOVELTY = Criterion(101, 60), Criterion(102, 40)
CRITERIA = (IMPACT, NOVELTY)


def sheet(juror: int, nominee: int, impact: str, novelty: str) -> Sheet:
    """A sheet as a juror says it, in marks on 20."""
    marks = {101: rules.to_half_points(Decimal(impact)), 102: rules.to_half_points(Decimal(novelty))}
    return Sheet(juror, nominee, marks)


def ranks(*sheets: Sheet, chair: int | None = SAHLI) -> list[tuple[int, int, DecidedBy]]:
    """Nominee, rank and what decided, best first."""
    found = rules.rank_nominees(CRITERIA, sheets, chair)
    return [(one.nominee_id, one.rank, one.decided_by) for one in found]


def test_a_total_weighs_each_mark() -> None:
    assert rules.total(sheet(SAHLI, ARGAN, "15.5", "12"), CRITERIA) == Fraction(141, 10)


def test_the_mean_counts_only_who_marked() -> None:
    full = [sheet(SAHLI, ARGAN, "10", "10"), sheet(NAHLAOUI, ARGAN, "13", "13")]
    (standing,) = rules.rank_nominees(CRITERIA, full, SAHLI)
    assert (standing.mean, standing.jurors) == (Fraction(23, 2), 2)
    (alone,) = rules.rank_nominees(CRITERIA, full[1:], SAHLI)
    assert (alone.mean, alone.jurors) == (Fraction(13), 1)


def test_thirds_stay_exact_where_floats_would_not() -> None:
    given = [sheet(juror, ARGAN, mark, mark) for juror, mark in ((SAHLI, "10"), (NAHLAOUI, "10"), (HOUARI, "10.5"))]
    (standing,) = rules.rank_nominees(CRITERIA, given, SAHLI)
    assert standing.mean == Fraction(61, 6)
    assert (rules.decimal_text(standing.mean), rules.fraction_text(standing.mean)) == ("10.166667", "61/6")


def test_a_tie_falls_to_the_heaviest_criterion() -> None:
    # 0.6 × 12 + 0.4 × 9 = 0.6 × 10 + 0.4 × 12 = 10.8
    assert ranks(sheet(SAHLI, CLAY, "10", "12"), sheet(SAHLI, ARGAN, "12", "9")) == [
        (ARGAN, 1, DecidedBy.HEAVIEST),
        (CLAY, 2, DecidedBy.LAST),
    ]


def test_of_two_equal_weights_the_first_listed_is_the_heaviest() -> None:
    equal = (Criterion(7, 30), Criterion(8, 35), Criterion(9, 35))
    assert rules.heaviest(equal).id == 8


def test_then_to_the_chair() -> None:
    given = [
        sheet(SAHLI, ARGAN, "11", "11"),
        sheet(NAHLAOUI, ARGAN, "13", "13"),
        sheet(SAHLI, CLAY, "13", "13"),
        sheet(NAHLAOUI, CLAY, "11", "11"),
    ]
    assert ranks(*given) == [(CLAY, 1, DecidedBy.CHAIR), (ARGAN, 2, DecidedBy.LAST)]


def test_then_ex_aequo_and_the_next_rank_is_left_out() -> None:
    given = [sheet(SAHLI, nominee, "14", "14") for nominee in (ARGAN, CLAY)]
    assert ranks(*given, sheet(SAHLI, HONEY, "9", "9")) == [
        (ARGAN, 1, DecidedBy.EX_AEQUO),
        (CLAY, 1, DecidedBy.MEAN),
        (HONEY, 3, DecidedBy.LAST),
    ]


def test_a_chair_who_left_one_of_the_level_nominees_out_settles_nothing() -> None:
    given = [sheet(NAHLAOUI, ARGAN, "12", "12"), sheet(SAHLI, CLAY, "12", "12"), sheet(NAHLAOUI, CLAY, "12", "12")]
    assert ranks(*given) == [(ARGAN, 1, DecidedBy.EX_AEQUO), (CLAY, 1, DecidedBy.LAST)]


def test_a_nominee_nobody_marked_is_not_ranked() -> None:
    assert ranks() == []
    assert [nominee for nominee, _, _ in ranks(sheet(SAHLI, CLAY, "0", "0"))] == [CLAY]


def test_sensitivity_names_the_juror_on_whom_the_first_place_hangs() -> None:
    given = [
        sheet(SAHLI, ARGAN, "14", "14"),
        sheet(SAHLI, CLAY, "14.5", "14.5"),
        sheet(NAHLAOUI, ARGAN, "12", "12"),
        sheet(NAHLAOUI, CLAY, "12.5", "12.5"),
        sheet(HOUARI, ARGAN, "18", "18"),
        sheet(HOUARI, CLAY, "9", "9"),
    ]
    found = {one.juror_id: (one.first, one.changes) for one in rules.sensitivity(CRITERIA, given, SAHLI)}
    assert found == {
        SAHLI: ((ARGAN,), False),
        NAHLAOUI: ((ARGAN,), False),
        HOUARI: ((CLAY,), True),
    }


def test_without_the_chair_their_word_in_a_tie_is_gone_too() -> None:
    given = [
        sheet(juror, nominee, mark, mark)
        for juror, nominee, mark in (
            (SAHLI, ARGAN, "13"),
            (SAHLI, CLAY, "11"),
            (NAHLAOUI, ARGAN, "10"),
            (NAHLAOUI, CLAY, "12"),
            (HOUARI, ARGAN, "12"),
            (HOUARI, CLAY, "12"),
        )
    ]
    assert ranks(*given)[0] == (ARGAN, 1, DecidedBy.CHAIR)
    assert {one.juror_id: one.changes for one in rules.sensitivity(CRITERIA, given, SAHLI)}[SAHLI]


@pytest.mark.parametrize(("mark", "half"), [("0", 0), ("0.5", 1), ("15.0", 30), ("15.5", 31), ("20", 40), ("20.0", 40)])
def test_marks_on_20_become_half_points_and_back(mark: str, half: int) -> None:
    assert rules.to_half_points(Decimal(mark)) == half
    assert Decimal(rules.mark_text(half)) == Decimal(mark)


@pytest.mark.parametrize(
    ("mark", "code"),
    [
        ("-0.5", "mark_out_of_range"),
        ("20.5", "mark_out_of_range"),
        ("NaN", "mark_out_of_range"),
        ("Infinity", "mark_out_of_range"),
        ("12.25", "mark_not_half_step"),
        ("12.3", "mark_not_half_step"),
    ],
)
def test_other_marks_are_refused(mark: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        rules.to_half_points(Decimal(mark))
    assert refused.value.code == code


def codes(found: list[Refusal]) -> list[str]:
    """The codes of some objections."""
    return [one.code for one in found]


def test_a_sheet_needs_one_mark_in_range_for_each_criterion() -> None:
    assert codes(rules.objections_to_marks({101: 40, 102: 0}, CRITERIA)) == []
    assert codes(rules.objections_to_marks({101: 40}, CRITERIA)) == ["marks_incomplete"]
    assert codes(rules.objections_to_marks({101: 1, 102: 1, 103: 1}, CRITERIA)) == ["criterion_unknown"]
    assert codes(rules.objections_to_marks({101: 41, 102: -1}, CRITERIA)) == ["mark_out_of_range"] * 2


def test_rules_can_be_committed_only_when_they_decide_something() -> None:
    assert codes(rules.objections_to_criteria(CRITERIA, nominees=2, winners=1)) == []
    assert codes(rules.objections_to_criteria((), nominees=2, winners=1)) == ["criteria_missing"]
    lame = (Criterion(1, 100), Criterion(2, 10), Criterion(3, 0))
    assert codes(rules.objections_to_criteria(lame, nominees=1, winners=2)) == [
        "weights_not_100",
        "weight_not_positive",
        "nominees_too_few",
    ]


def test_rows_are_awaited_until_given_recused_or_absent() -> None:
    rows = rules.rows_to_mark([SAHLI, NAHLAOUI], [ARGAN, CLAY], rules.Panel.ALL, set())
    awaited = rules.unmarked_rows(rows, excused=[(NAHLAOUI, CLAY)], given=[(SAHLI, ARGAN)])
    assert awaited == [(SAHLI, CLAY), (NAHLAOUI, ARGAN)]


def test_decimals_round_halves_up() -> None:
    assert rules.decimal_text(Fraction(1, 8), 2) == "0.13"
    assert rules.decimal_text(Fraction(29, 2), 0) == "15"
    assert rules.decimal_text(Fraction(1, 3)) == "0.333333"
