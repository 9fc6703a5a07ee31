"""Two people at two servers type the same sheet back at the same moment: every signature counts once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.attended import came_to_the_fair
from village.audit.queries import EntryFilter, list_entries
from village.checkin.actions import print_sheet
from village.checkin.queries import count_verdicts, get_sheet, list_arrivals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from sqlalchemy.orm import Session

    from tests.databases import Database
    from village.kit.deeds import Deed

    Act = Callable[..., AbstractContextManager[Deed]]

ROOT = Path(__file__).parents[2]
ROUNDS = 6

SERVER = """
import json, sys
from datetime import UTC, datetime
import sqlalchemy as sa
from tests.databases import import_all_models
from village.checkin import actions
from village.kit.deeds import Actor, begin
from village.kit.refusal import Refusal
import_all_models()
engine = sa.create_engine(sys.argv[1])
engine.connect().close()
print("ready", flush=True)
for line in sys.stdin:
    name, wants = json.loads(line)
    if "settled" in wants:
        wants["settled"] = {int(no): word for no, word in wants["settled"].items()}
    try:
        with begin(engine, actor=Actor("account", sys.argv[2]), now=datetime(2026, 12, 4, 21, tzinfo=UTC)) as deed:
            answer = getattr(actions, name)(deed, **wants)
        print(json.dumps(getattr(answer, "new", getattr(answer, "noted", answer))), flush=True)
    except Refusal as refusal:
        print(json.dumps(refusal.code), flush=True)
"""


class Desks:
    """Two processes that do deeds at the same moment."""

    def __init__(self, url: str) -> None:
        self.pair = [
            subprocess.Popen(
                [sys.executable, "-c", SERVER, url, number],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
            )
            for number in ("1", "3")
        ]  # fmt: skip
        for each in self.pair:
            assert each.stdout is not None
            assert each.stdout.readline().strip() == "ready"

    def at_once(self, name: str, **wants: Any) -> list[Any]:
        """What both answer to the same order."""
        for each in self.pair:
            assert each.stdin is not None
            each.stdin.write(json.dumps([name, wants]) + "\n")
        for each in self.pair:
            assert each.stdin is not None
            each.stdin.flush()
        return [json.loads(each.stdout.readline()) for each in self.pair if each.stdout is not None]

    def close(self) -> None:
        """Send both home."""
        for each in self.pair:
            assert each.stdin is not None
            assert each.stdout is not None
            each.stdin.close()
            each.wait(30)
            each.stdout.close()


@pytest.fixture
def desks(database: Database) -> Iterator[Desks]:
    """Two desks on the test's database."""
    found = Desks(database.url)
    yield found
    found.close()


def test_typed_at_two_desks_at_once_counts_once(act: Act, session: Session, desks: Desks) -> None:
    with act("system") as deed:
        fair = came_to_the_fair(deed)
        number = print_sheet(deed, edition_id=fair.edition, workshop_id=fair.training, lang="fr", blanks=2)
    sheet = get_sheet(session, fair.training, number).id
    session.rollback()
    assert sum(desks.at_once("note_ticks", sheet_id=sheet, numbers=[1, 2, 3])) == 3
    for _round in range(ROUNDS):
        assert sorted(desks.at_once("take_sheet", sheet_id=sheet, settled={})) == [0, 1]
        assert set(list_arrivals(session, fair.training)) == {fair.fadma, fair.mina, fair.youssef}
        session.rollback()
        assert sum(desks.at_once("undo_sheet", sheet_id=sheet)) == 3
        assert set(list_arrivals(session, fair.training)) == {fair.mina, fair.youssef}
        session.rollback()
    taken = list_entries(session, EntryFilter(code="sheet.taken")).rows
    assert len(taken) == ROUNDS
    assert count_verdicts(session, fair.edition)["registered"] == 4


def test_two_sheets_get_two_numbers(act: Act, session: Session, desks: Desks) -> None:
    with act("system") as deed:
        fair = came_to_the_fair(deed)
    wants = {"edition_id": fair.edition, "workshop_id": fair.training, "lang": "ar", "blanks": 1}
    assert sorted(desks.at_once("print_sheet", **wants)) == [1, 2]
    one, two = (get_sheet(session, fair.training, number) for number in (1, 2))
    assert [(row.no, row.person_id) for row in one.rows] == [(row.no, row.person_id) for row in two.rows]
