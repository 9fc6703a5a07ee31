"""A small fair with a jury of three, two categories and four cooperatives, for the tests of the awards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from tests.databases import import_all_models
from village.awards import actions
from village.awards.actions import NewCategory, NewCriterion, NewJuror
from village.awards.rules import Seat
from village.editions.actions import open_edition
from village.editions.rules import NewEdition
from village.exhibitors.models import Exhibitor
from village.kit.deeds import Actor
from village.people.account_models import Account

if TYPE_CHECKING:
    from collections.abc import Callable

COOPERATIVES = (
    ("C901", "تعاونية تيفاوين", "Coopérative Tifawine"),
    ("C902", "تعاونية النور", "Coopérative Annour"),
    ("C903", "تعاونية زكزل", "Coopérative Zegzel"),
    ("C904", "تعاونية ملوية", "Coopérative Moulouya"),
)
IMPACT = NewCriterion("impact", "الأثر", "Impact", 60)
NOVELTY = NewCriterion("novelty", "الجدة", "Nouveauté", 40)


@dataclass(frozen=True)
class Room:
    """Ids of what was prepared: the three seats, the two categories, nominees by (category, cooperative) code."""

    edition: int
    exhibitors: dict[str, int]
    driss: int
    latifa: int
    noura: int
    women: int
    craft: int
    nominees: dict[tuple[str, str], int]
    accounts: dict[str, Actor]


def prepare(act: Callable[..., Any], accounts: dict[str, int] | None = None, *, ruled: bool = True) -> Room:
    """Open an edition, seat the jury, make two categories and, unless told otherwise, fix their rules."""
    import_all_models()  # accounts refer to persons, whose table no module here names
    with act("system") as deed:
        edition = open_edition(deed, _edition())
        rows = [_exhibitor(edition, *names) for names in COOPERATIVES]
        deed.session.add_all(rows)
        deed.session.flush()
        exhibitors = {row.code: row.id for row in rows}
        seated = accounts or _accounts(deed)
        driss, latifa, noura = actions.import_jury(
            deed,
            edition_id=edition,
            jurors=[
                NewJuror("J1", "إدريس السوسي", "Driss Soussi", "m", Seat.MEMBER, account_id=seated["juror"]),
                NewJuror("J2", "لطيفة الإدريسي", "Latifa El Idrissi", "f", Seat.CHAIR, account_id=seated["chair"]),
                NewJuror("J3", "نورة بنعلي", "Noura Benali", "f", Seat.MEMBER),
            ],
        )
        women, craft = actions.import_awards(deed, edition_id=edition, categories=_categories(exhibitors))
        if ruled:
            actions.commit_rules(deed, category_id=women)
            actions.commit_rules(deed, category_id=craft)
        nominees = _nominees(deed, exhibitors)
    acting = {role: Actor("account", str(number)) for role, number in seated.items()}
    return Room(edition, exhibitors, driss, latifa, noura, women, craft, nominees, acting)


def close_all(act: Callable[..., Any], room: Room, category: int) -> None:
    """Every juror with an account closes the own sheets of a category."""
    for role, seat in (("juror", room.driss), ("chair", room.latifa)):
        with act(room.accounts[role]) as deed:
            actions.close_sheets(deed, juror_id=seat, category_id=category)


def _categories(exhibitors: dict[str, int]) -> list[NewCategory]:
    nominees = tuple(exhibitors[code] for code in ("C901", "C902", "C903"))
    return [
        NewCategory(
            "AW1", "جائزة المبادرة", "Prix de l’initiative", "Initiative award", 1, (IMPACT, NOVELTY), nominees
        ),
        NewCategory("AW2", "جائزة الصنعة", "Prix de l’artisanat", None, 1, (IMPACT, NOVELTY), nominees[:2]),
    ]


def _nominees(deed: Any, exhibitors: dict[str, int]) -> dict[tuple[str, str], int]:
    from village.awards.models import AwardCategory, Nominee

    codes = {number: code for code, number in exhibitors.items()}
    rows = deed.session.query(AwardCategory.code, Nominee.exhibitor_id, Nominee.id).join(
        Nominee, Nominee.category_id == AwardCategory.id
    )
    return {(category, codes[exhibitor]): number for category, exhibitor, number in rows}


def _accounts(deed: Any) -> dict[str, int]:
    found = {}
    for role in ("juror", "chair"):
        row = Account(
            username=role,
            active=True,
            created_at=datetime(2026, 12, 1, tzinfo=UTC),
            fs_uniquifier=f"{role}-key",
            fs_webauthn_user_handle=f"{role}-handle",
        )
        deed.session.add(row)
        deed.session.flush()
        found[role] = row.id
    return found


def _exhibitor(edition: int, code: str, name_ar: str, name_fr: str) -> Exhibitor:
    return Exhibitor(
        edition_id=edition,
        code=code,
        name_ar=name_ar,
        name_fr=name_fr,
        sector="handicraft",
        branch="pottery",
        province_code="02.113",
        status="accepted",
    )


def _edition() -> NewEdition:
    return NewEdition(
        code="VS14",
        number=14,
        name_ar="القرية التضامنية",
        name_fr="Village solidaire",
        name_en="Solidarity village",
        theme_ar="",
        theme_fr="",
        zone="Africa/Casablanca",
        starts_on=date(2026, 12, 4),
        ends_on=date(2026, 12, 6),
        demonstration=False,
        days=(),
        phases=(),
        venues=(),
        travel=(),
        breaks=(),
        ceremonies=(),
        partners=(),
    )
