"""Lists on both databases: previewed, loaded whole or not at all, and forgotten afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from tests.factories import make_edition, make_person
from village.exhibitors.queries import list_exhibitors
from village.imports import actions, queries
from village.imports.models import ImportBatch
from village.imports.rules.account import Kind, Verdict
from village.kit.refusal import Refusal
from village.people.queries import count_people, list_people

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from village.kit.clock import FixedClock

LIST = "Nom;Prénom;CIN;Tél\nZahraoui;Amina;FA123456;0600000031\nAlami;Omar;FB654321;12\n"


@pytest.fixture
def edition(act: Callable[..., Any]) -> int:
    """The fair of the tests, with one person in it."""
    with act() as deed:
        number = make_edition(deed)
        make_person(deed, number)
    return number


def send(act: Callable[..., Any], edition: int, text: str = LIST, kind: Kind = Kind.PEOPLE) -> int:
    """Send a list; gives its batch."""
    with act() as deed:
        return actions.read_sheet(deed, edition_id=edition, kind=kind, file_name="liste.csv", data=text.encode())


def load(act: Callable[..., Any], batch: int, shown: str) -> actions.SheetLoaded:
    """Load a list as it was shown."""
    with act() as deed:
        return actions.load_sheet(deed, batch_id=batch, shown=shown)


def test_good_rows_are_loaded_and_bad_rows_are_not(act: Callable[..., Any], session: Session, edition: int) -> None:
    batch = send(act, edition)
    preview = queries.get_preview(session, edition, batch)
    assert [row.verdict for row in preview.account.rows] == [Verdict.ACCEPTED, Verdict.REFUSED]
    assert count_people(session, edition) == 1
    done = load(act, batch, preview.account.digest)
    assert (done.loaded, done.refused) == (1, 1)
    session.rollback()
    assert [row.phone for row in list_people(session, edition)] == ["+212600000021", "+212600000031"]


def test_no_identity_number_is_ever_written_down(act: Callable[..., Any], session: Session, edition: int) -> None:
    batch = send(act, edition)
    kept = session.scalars(sa.select(ImportBatch.sheet).where(ImportBatch.id == batch)).one()
    assert b"Amina" in (kept or b"")
    assert b"FA123456" not in (kept or b"")
    assert queries.get_preview(session, edition, batch).national_ids == ("CIN",)


def test_the_cells_are_forgotten_once_the_list_is_loaded(
    act: Callable[..., Any], session: Session, edition: int
) -> None:
    batch = send(act, edition)
    load(act, batch, queries.get_preview(session, edition, batch).account.digest)
    session.rollback()
    assert session.scalars(sa.select(ImportBatch.sheet)).one() is None
    with pytest.raises(Refusal) as refused:
        queries.get_preview(session, edition, batch)
    assert refused.value.code == "batch_ended"
    with pytest.raises(Refusal) as refused:
        load(act, batch, "")
    assert refused.value.code == "batch_ended"


def test_a_list_given_up_loads_nothing(act: Callable[..., Any], session: Session, edition: int) -> None:
    batch = send(act, edition)
    with act() as deed:
        actions.give_up_sheet(deed, batch_id=batch)
    assert session.scalars(sa.select(ImportBatch.sheet)).one() is None
    assert count_people(session, edition) == 1


def test_what_changed_since_the_preview_stops_the_loading(
    act: Callable[..., Any], session: Session, edition: int
) -> None:
    batch, twin = send(act, edition), send(act, edition)
    shown = queries.get_preview(session, edition, twin).account.digest
    session.rollback()
    load(act, batch, shown)
    with pytest.raises(Refusal) as refused:
        load(act, twin, shown)
    assert refused.value.code == "preview_outdated"
    session.rollback()
    assert count_people(session, edition) == 2


def test_a_list_without_a_good_row_loads_nothing(act: Callable[..., Any], session: Session, edition: int) -> None:
    batch = send(act, edition, "Nom;Tél\nAlami;12\n")
    shown = queries.get_preview(session, edition, batch).account.digest
    with pytest.raises(Refusal) as refused:
        load(act, batch, shown)
    assert refused.value.code == "nothing_to_load"


def test_a_list_nobody_loads_is_forgotten_after_a_day(
    act: Callable[..., Any], session: Session, edition: int, clock: FixedClock
) -> None:
    old = send(act, edition)
    clock.advance(seconds=timedelta(hours=25).total_seconds())
    send(act, edition)
    row = session.get(ImportBatch, old)
    assert row is not None
    assert (row.state, row.sheet) == ("given_up", None)


def test_exhibitors_come_in_with_the_next_free_codes(act: Callable[..., Any], session: Session, edition: int) -> None:
    text = "Coopérative;Secteur;Province;Membres\nتعاونية العسل;Agriculture;بركان;9\nNour;Artisanat;Nador;x\n"
    batch = send(act, edition, text, Kind.EXHIBITORS)
    preview = queries.get_preview(session, edition, batch)
    assert [row.verdict for row in preview.account.rows] == [Verdict.ACCEPTED, Verdict.REFUSED]
    load(act, batch, preview.account.digest)
    session.rollback()
    (row,) = list_exhibitors(session, edition)
    assert (row.code, row.name_ar, row.sector, row.province_code, row.members) == (
        "C01",
        "تعاونية العسل",
        "agriculture",
        "02.113",
        9,
    )


@pytest.mark.parametrize(("data", "code"), [(b"", "file_empty"), (b"PK\x03\x04", "file_is_workbook"), (b"a;b\n1;2\n", "headings_unknown")])  # fmt: skip
def test_a_malformed_upload_leaves_no_trace(
    act: Callable[..., Any], session: Session, edition: int, data: bytes, code: str
) -> None:
    with pytest.raises(Refusal) as refused, act() as deed:
        actions.read_sheet(deed, edition_id=edition, kind=Kind.PEOPLE, file_name="x", data=data)
    assert refused.value.code == code
    assert queries.list_batches(session, edition) == []
