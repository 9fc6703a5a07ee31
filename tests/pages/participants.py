"""A small fair behind the pages of workshops and gates."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from tests.cast import FADMA, YOUSSEF
from tests.factories import make_edition, make_person
from village.badges.actions import issue_badges
from village.badges.rules import BadgeOrder
from village.kit.deeds import SYSTEM, begin
from village.people.queries import get_person, link_token
from village.workshops.actions import import_programme, register
from village.workshops.rules import Mode, NewTrainer, NewWorkshop

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

BEFORE = datetime(2026, 11, 20, 9, tzinfo=UTC)
TRAINER = NewTrainer("T01", "ياسين الفلاحي", "Yassine Fellahi", "m")
MARKETING = NewWorkshop(
    code="W01",
    title_ar="تقنيات التسويق",
    title_fr="Techniques de commercialisation",
    kind="training",
    mode=Mode.ONSITE,
    room="M1",
    day=date(2026, 12, 4),
    starts=time(10),
    ends=time(12),
    credit_minutes=120,
    capacity=2,
    trainers=("T01",),
)
SAME_TIME = replace(MARKETING, code="W02", title_ar="الرقمنة", title_fr="Le numérique", room="M2", trainers=())
HYBRID = replace(
    MARKETING,
    code="W05",
    title_ar="التمويل",
    title_fr="Le financement",
    mode=Mode.HYBRID,
    day=date(2026, 12, 5),
    capacity=1,
    online_capacity=5,
    trainers=(),
    join_url="https://salle.example/w05",
)


@dataclass(frozen=True)
class SmallFair:
    """Ids and codes that the page tests need."""

    edition: int
    workshops: dict[str, int]
    youssef: int
    youssef_token: str
    fadma: int
    fadma_badge: str


def small_fair(app: Flask) -> SmallFair:
    """Youssef holds a place in W01 and has no badge; Fadma has a badge and no place."""
    from village.badges.queries import find_active_badge
    from village.kit.web import parts

    with app.app_context():
        world = parts()
        with begin(world.engine, actor=SYSTEM, now=BEFORE, chance=world.chance) as deed:
            edition = make_edition(deed)
            workshops = import_programme(deed, edition, [TRAINER], [MARKETING, SAME_TIME, HYBRID])
            youssef, fadma = make_person(deed, edition, YOUSSEF), make_person(deed, edition, FADMA)
            register(deed, person_id=youssef, workshop_id=workshops["W01"])
            issue_badges(deed, edition_id=edition, orders=[BadgeOrder(fadma)])
            badge = find_active_badge(deed.session, edition, fadma)
            assert badge is not None
            token = link_token(world.keys, youssef, get_person(deed.session, youssef).link_version)
        return SmallFair(edition, workshops, youssef, token, fadma, badge.short_code)


def csrf(client: FlaskClient, address: str) -> str:
    """Read the token of a page's form."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(address).text)
    assert found, f"no form on {address}"
    return found[1]


def hidden(client: FlaskClient, address: str, name: str) -> str:
    """Read a hidden value of a page's form."""
    found = re.search(rf'name="{name}" value="([^"]+)"', client.get(address).text)
    assert found, f"no {name} on {address}"
    return found[1]
