"""Fairness over editions: who had the good places before is known, so that they go round."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.factories import make_edition
from tests.floor_fair import document, exhibitor
from village.exhibitors.actions import add_exhibitors, decide_applications
from village.exhibitors.queries import ids_by_code
from village.exhibitors.rules import Decision, NewExhibitor, Status
from village.floor import actions, queries
from village.floor.places import good_place_points, place_value

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.floor_fair import Act
    from village.kit.deeds import Deed


@pytest.mark.parametrize(
    ("way", "open_sides", "value"), [(100, 1, 100), (500, 1, 0), (300, 1, 50), (300, 2, 65), (100, 2, 100)]
)
def test_the_nearer_the_entrance_the_better_and_a_corner_is_better_still(way: int, open_sides: int, value: int) -> None:
    assert place_value(way, open_sides, [100, 200, 300, 400, 500]) == value


def test_good_places_are_remembered_and_forgotten_again() -> None:
    assert good_place_points([]) == good_place_points([(1, 50), (2, 10)]) == 0
    assert good_place_points([(1, 100)]) == 100
    assert good_place_points([(2, 100)]) == 50
    assert good_place_points([(3, 100)]) == 25
    assert good_place_points([(1, 75), (2, 75)]) == 75


def _cooperative(code: str, ice: str | None, last_year: str | None = None) -> NewExhibitor:
    first = exhibitor(document("cooperatives.json")["cooperatives"][0])
    return replace(
        first, code=code, ice=ice, last_year_place=last_year, power_w=0, needs_water=False, needs_cold=False,
        needs_step_free=False,
    )  # fmt: skip


def _edition(deed: Deed, year: int, cooperatives: list[NewExhibitor]) -> int:
    edition = make_edition(
        deed, code=f"VS{year}", number=year, starts_on=date(2000 + year, 12, 4), ends_on=date(2000 + year, 12, 6),
        days=(), venues=(), travel=(), breaks=(),
    )  # fmt: skip
    add_exhibitors(deed, edition, cooperatives)
    decide_applications(deed, edition, [Decision(each.code, Status.ACCEPTED) for each in cooperatives])
    return edition


def _give(deed: Deed, edition: int, places: dict[str, str]) -> None:
    hall = actions.import_floor(deed, edition_id=edition, code="H1", drawing=document("floor.json"), default_zone="Z2")
    ids, plan = ids_by_code(deed.session, edition), queries.load_plan(deed.session, edition)
    assert plan
    stands = {each.code: each.id for each in plan.stands}
    for who, stand in places.items():
        actions.assign_stand(deed, stand_id=stands[stand], exhibitor_id=ids[who], expected=None)
    actions.publish_plan(deed, hall_id=hall)


def test_the_same_organisation_is_found_again_whatever_its_code(act: Act, session: Session) -> None:
    """By its ICE; the published plan of last year goes before what it says itself."""
    nearest, farthest = "001525713000000", "001525714000070"
    with act("organiser") as deed:
        plan = _edition(deed, 25, [_cooperative("C01", nearest), _cooperative("C02", farthest)])
        _give(deed, plan, {"C01": "B01", "C02": "B03"})
    with act("organiser") as deed:
        now = _edition(
            deed,
            26,
            [
                _cooperative("K7", nearest, "poor"),
                _cooperative("K8", None, "good"),
                _cooperative("K9", None, "poor"),
            ],
        )
    ids = ids_by_code(session, now)
    places = queries.earlier_places(session, now)
    (place,) = places[ids["K7"]]
    assert place.stands == ("B01",)
    assert (place.ago, place.number) == (1, 25)
    good = queries.good_places(session, now)
    assert good[ids["K8"]] == 100
    assert ids["K9"] not in good
    assert good.get(ids["K7"], 0) == good_place_points([(1, place.value)])
    assert queries.good_places(session, plan) == {}
