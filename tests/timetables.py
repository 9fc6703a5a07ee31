"""A small programme whose timetable the tests change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from tests.cast import FADMA, MINA, YOUSSEF
from tests.factories import make_edition, make_person
from village.workshops.actions import import_programme, register
from village.workshops.actions.publishing import publish_programme
from village.workshops.actions.timetable import move_session
from village.workshops.queries.timetable import get_board
from village.workshops.rules import Mode, NewTrainer, NewWorkshop

if TYPE_CHECKING:
    from collections.abc import Callable

    import sqlalchemy as sa

    from village.workshops.rules.timetable import Slot

BEFORE = datetime(2026, 11, 20, 9, tzinfo=UTC)
FRIDAY, SATURDAY = date(2026, 12, 4), date(2026, 12, 5)
MARKETING = NewWorkshop(
    code="W01",
    title_ar="تقنيات التسويق",
    title_fr="Techniques de commercialisation",
    kind="training",
    mode=Mode.ONSITE,
    room="M1",
    day=FRIDAY,
    starts=time(10),
    ends=time(12),
    credit_minutes=120,
    capacity=60,
    trainers=("T01",),
)
DIGITAL = replace(
    MARKETING, code="W02", room="M2", capacity=30, trainers=("T02",), title_ar="الرقمنة", title_fr="Le numérique"
)
HEALTH = replace(
    MARKETING, code="W03", day=SATURDAY, starts=time(15), ends=time(17), title_ar="الصحة", title_fr="La santé"
)
TRAINERS = (
    NewTrainer("T01", "ياسين الفلاحي", "Yassine Fellahi", "m"),
    NewTrainer("T02", "هند بناني", "Hind Bennani", "f"),
)


class Timetable:
    """An edition with three sessions and three people, and the organisers' deeds on its board."""

    def __init__(self, act: Callable[..., Any], engine: sa.Engine) -> None:
        """Open the fair."""
        self.act, self.engine = act, engine
        with act("system", at=BEFORE) as deed:
            self.edition = make_edition(deed)
            self.workshops = import_programme(deed, self.edition, TRAINERS, (MARKETING, DIGITAL, HEALTH))
            self.youssef = make_person(deed, self.edition, YOUSSEF)
            self.fadma = make_person(deed, self.edition, FADMA)
            self.mina = make_person(deed, self.edition, MINA)
        self.rooms = {room.code: room.id for room in self.board().rooms}

    def board(self) -> Any:
        """The board as it stands."""
        with Session(self.engine) as session:
            return get_board(session, self.edition)

    def slot(self, code: str) -> Slot:
        """Where a session stands on the board."""
        return self.board().of_code(code).slot

    def move(self, code: str, role: str = "organiser", *, before: Slot | None = None, **to: Any) -> Any:
        """Move a session from where it stands (or was seen)."""
        seen = before or self.slot(code)
        if "room" in to:
            to["room_id"] = self.rooms[to.pop("room")]
        with self.act(role) as deed:
            return move_session(
                deed, edition_id=self.edition, workshop_id=self.workshops[code], before=seen, after=replace(seen, **to)
            )

    def publish(self, **more: Any) -> Any:
        """Publish the board."""
        with self.act("organiser") as deed:
            return publish_programme(deed, edition_id=self.edition, **more)

    def register(self, person: int, code: str) -> Any:
        """Register somebody."""
        with self.act("public", at=BEFORE) as deed:
            return register(deed, person_id=person, workshop_id=self.workshops[code])
