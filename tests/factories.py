"""Rows for tests, made by the same deeds that the application uses."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from tests.cast import TIFAWIN, YOUSSEF, Member
from village.editions.actions import move_edition, open_edition
from village.editions.rules import NewDay, NewEdition, NewRoom, NewVenue, Status
from village.kit.chance import SystemChance
from village.kit.deeds import SYSTEM, begin
from village.people.actions import add_person
from village.people.rules import NewPerson

if TYPE_CHECKING:
    import sqlalchemy as sa

    from village.kit.deeds import Deed
    from village.people.accounts.actions import AccountCreated

MADAGH = NewVenue(
    code="V1",
    city_ar="مداغ",
    city_fr="Madagh",
    name_ar="فضاء القرية",
    name_fr="Espace du Village",
    commune_code="02.113.03.11",
    rooms=(
        NewRoom("M1", "الخيمة الكبرى", "Grande tente", 80),
        NewRoom("M2", "قاعة التكوين", "Salle de formation", 40),
    ),
)
SAIDIA = NewVenue(
    code="V2",
    city_ar="السعيدية",
    city_fr="Saïdia",
    name_ar="المسرح",
    name_fr="Théâtre",
    commune_code="02.113.01.25",
    rooms=(NewRoom("S1", "قاعة المسرح", "Salle du théâtre", 200),),
)
ONLINE = NewVenue(
    code="V3",
    city_ar="عن بعد",
    city_fr="En ligne",
    name_ar="المنصة",
    name_fr="Plateforme",
    commune_code=None,
    rooms=(NewRoom("L1", "القاعة الافتراضية", "Salle virtuelle", 300),),
)
_STATUSES = (Status.DRAFT, Status.OPEN, Status.RUNNING, Status.CLOSED, Status.ARCHIVED)


def make_edition(deed: Deed, *, status: Status = Status.RUNNING, **different: Any) -> int:
    """Open the fair of the tests: three days in December 2026 in Madagh, Saïdia (35 minutes away) and online."""
    values: dict[str, Any] = {
        "code": "VS14",
        "number": 14,
        "name_ar": "القرية التضامنية",
        "name_fr": "Village solidaire",
        "name_en": "Solidarity village",
        "theme_ar": "الابتكار الاجتماعي",
        "theme_fr": "Innovation sociale",
        "zone": "Africa/Casablanca",
        "starts_on": date(2026, 12, 4),
        "ends_on": date(2026, 12, 6),
        "demonstration": False,
        "days": tuple(NewDay(date(2026, 12, day), time(10), time(20)) for day in (4, 5, 6)),
        "phases": (),
        "venues": (MADAGH, SAIDIA, ONLINE),
        "travel": (("V1", "V2", 35),),
        "breaks": (("prayer", date(2026, 12, 4), time(12, 15), time(14, 30)),),
        "ceremonies": (),
        "partners": (),
    }
    edition_id = open_edition(deed, NewEdition(**{**values, **different}))
    for step in _STATUSES[1 : _STATUSES.index(status) + 1]:
        move_edition(deed, edition_id, step)
    return edition_id


def make_person(deed: Deed, edition_id: int, member: Member = YOUSSEF, **different: Any) -> int:
    """Take in one of the cast; returns the person's id."""
    values: dict[str, Any] = {
        "given_ar": member.given_ar,
        "family_ar": member.family_ar,
        "given_fr": member.given_fr,
        "family_fr": member.family_fr,
        "gender": member.gender,
        "phone": member.phone or None,
    }
    return add_person(deed, edition_id, NewPerson(**{**values, **different}))


def make_exhibitor(
    deed: Deed, edition_id: int, organisation: tuple[str, str, str, str] = TIFAWIN, *, accepted: bool = True, **different: Any
) -> int:
    """Take in an organisation of the cast, accepted unless told otherwise; returns the exhibitor's id."""
    from village.exhibitors.actions import add_exhibitors, decide_applications
    from village.exhibitors.catalogue import sectors
    from village.exhibitors.rules import Decision, NewExhibitor
    from village.exhibitors.rules import Status as Selection

    code, name_ar, name_fr, sector = organisation
    values: dict[str, Any] = {
        "code": code,
        "name_ar": name_ar,
        "name_fr": name_fr,
        "sector": sector,
        "branch": next(iter(sectors()[sector].branches)),
        "province_code": "02.113",
        "members": 9,
        "women_members": 7,
    }
    new = NewExhibitor(**{**values, **different})
    number = add_exhibitors(deed, edition_id, [new])[0]
    if accepted:
        decide_applications(deed, edition_id, [Decision(new.code, Selection.ACCEPTED)])
    return number


def make_account(engine: sa.Engine, member: Member, password: str, *, person_id: int | None = None) -> AccountCreated:
    """Open an account for a member of the cast, in a deed of its own."""
    from village.people.accounts.actions import create_account

    now = datetime(2026, 11, 1, 9, tzinfo=UTC)
    with begin(engine, actor=SYSTEM, now=now, chance=SystemChance()) as deed:
        return create_account(
            deed, username=member.username, roles=[member.role or "exhibitor"], password=password, person_id=person_id
        )
