"""A small fair where people came: two workshops, a plenary, and who was admitted to which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from tests.cast import FADMA, MINA, YOUSSEF
from tests.factories import make_edition, make_person
from village.checkin.actions import admit_by_name, register_device
from village.checkin.rules import ScannedCode
from village.editions.rules import NewPartner
from village.workshops.actions import import_programme, register
from village.workshops.rules import Mode, NewTrainer, NewWorkshop

if TYPE_CHECKING:
    from village.kit.deeds import Deed

AT_THE_DOOR = datetime(2026, 12, 4, 10, 5, tzinfo=UTC)
TRAINER = NewTrainer("T03", "إلياس بن ميمون", "Ilyas Ben Mimoun", "m")


def _workshop(code: str, kind: str, hour: int, room: str, **different: Any) -> NewWorkshop:
    values: dict[str, Any] = {
        "code": code,
        "title_ar": f"تقنيات التسويق {code}",
        "title_fr": f"Techniques de commercialisation {code}",
        "kind": kind,
        "mode": Mode.ONSITE,
        "room": room,
        "day": date(2026, 12, 4),
        "starts": time(hour),
        "ends": time(hour + 2),
        "credit_minutes": 120,
        "capacity": 40,
        "trainers": ("T03",),
    }
    return NewWorkshop(**{**values, **different})


@dataclass(frozen=True)
class Came:
    """Ids of the small fair. Youssef and Mina came to the training; Fadma to the round table and the plenary."""

    edition: int
    youssef: int
    fadma: int
    mina: int
    training: int
    round_table: int
    plenary: int
    device: int

    @property
    def earned(self) -> set[tuple[int, int]]:
        """(person, workshop) of the three certificates that were earned."""
        return {(self.youssef, self.training), (self.mina, self.training), (self.fadma, self.round_table)}


def came_to_the_fair(deed: Deed) -> Came:
    """Play the small fair in one deed."""
    organizer = NewPartner("P01", "مؤسسة الملتقى", "Fondation Al Moultaqa", "organizer", 1)
    edition = make_edition(deed, partners=(organizer,))
    people = [make_person(deed, edition, member) for member in (YOUSSEF, FADMA, MINA)]
    youssef, fadma, mina = people
    workshops = import_programme(
        deed,
        edition,
        [TRAINER],
        [
            _workshop("W01", "training", 10, "M1"),
            _workshop("W02", "round_table", 15, "M2"),
            _workshop("W03", "plenary", 18, "M1"),
        ],
    )
    device = register_device(deed, edition, code="D1")
    visits = [
        (youssef, "W01"),
        (mina, "W01"),
        (fadma, "W02"),
        (fadma, "W03"),
    ]
    registered = [*visits, (fadma, "W01")]
    for person, code in registered:
        register(deed, person_id=person, workshop_id=workshops[code])
    for number, (person, code) in enumerate(visits):
        visit = ScannedCode(f"visit-{number}", "", device, workshops[code], AT_THE_DOOR)
        admit_by_name(deed, visit, edition_id=edition, person_id=person)
    return Came(edition, youssef, fadma, mina, workshops["W01"], workshops["W02"], workshops["W03"], device)
