"""What an application must say, what a decision must carry, what fits on a stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from village.exhibitors.catalogue import province_names, sector_names, sectors
from village.exhibitors.rules import (
    Decision,
    DecisionReason,
    NewExhibitor,
    Status,
    is_ice,
    short_name,
    why_not_add,
    why_not_decide,
)

TIFAWIN = NewExhibitor("C901", "تعاونية تيفاوين", "Coopérative Tifawine", "argan", "argan_oil", "02.113", members=9)


def test_one_name_in_one_script_is_enough() -> None:
    assert why_not_add(TIFAWIN, sectors()) == []
    assert why_not_add(replace(TIFAWIN, name_fr=""), sectors()) == []
    assert why_not_add(replace(TIFAWIN, name_ar=""), sectors()) == []


def test_all_that_is_wrong_is_told_at_once() -> None:
    wrong = replace(TIFAWIN, name_ar=" ", name_fr="", branch="olive", ice="123", women_members=10, power_w=-1)
    assert {each.code for each in why_not_add(wrong, sectors())} == {
        "exhibitor_without_name",
        "branch_unknown",
        "ice_wrong",
        "members_wrong",
        "power_wrong",
    }
    assert [each.code for each in why_not_add(replace(TIFAWIN, sector="stars"), sectors())] == ["sector_not_found"]


def test_an_ice_number_is_fifteen_digits_divisible_by_97() -> None:
    assert is_ice("999001037000039")
    assert not is_ice("999001037000038")
    assert not is_ice("99900103700003")
    assert not is_ice("٩٩٩٠٠١٠٣٧٠٠٠٠٣٩")


@pytest.mark.parametrize(
    ("decision", "code"),
    [
        (Decision("C901", Status.ACCEPTED), None),
        (Decision("C901", Status.WAITLISTED, waiting_rank=1), None),
        (Decision("C901", Status.REJECTED, reason=DecisionReason.LATE), None),
        (Decision("C901", Status.SUBMITTED), "decision_missing"),
        (Decision("C901", Status.REJECTED), "decision_reason_wrong"),
        (Decision("C901", Status.ACCEPTED, reason=DecisionReason.LATE), "decision_reason_wrong"),
        (Decision("C901", Status.WAITLISTED), "waiting_rank_wrong"),
        (Decision("C901", Status.ACCEPTED, waiting_rank=2), "waiting_rank_wrong"),
    ],
)
def test_a_rejection_needs_its_reason_and_a_waiting_place_its_rank(decision: Decision, code: str | None) -> None:
    refusal = why_not_decide(decision)
    assert (refusal.code if refusal else None) == code


def test_the_short_name_leaves_out_what_everybody_is_called() -> None:
    assert short_name("تعاونية نحلة جبل فوغال المرحة") == "نحلة"
    assert short_name("Coopérative Nahlat Jbel Foughal") == "Nahlat"
    assert short_name("Coopérative Moukhallalat Bouarg") == "Moukhalla…"
    assert short_name("Coopérative") == "Coopérati…"


def test_the_catalogue_names_every_sector_three_times() -> None:
    assert len(sectors()) == 20
    assert all(all(sector_names(code)) for code in sectors())
    assert sector_names("argan") == ("الأركان", "Argane", "Argan")
    assert province_names("02.113")[1] == "Berkane"
    assert province_names("99.999") == ("99.999", "99.999", "99.999")
