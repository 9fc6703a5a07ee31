"""What has been kept long enough is forgotten: batch by batch, on both databases, and the counts stay."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from config import ROOT
from tests.attended import came_to_the_fair
from tests.cast import FADMA, YOUSSEF
from tests.factories import make_edition, make_exhibitor, make_person
from village import forgetting
from village.audit.queries import verify_log
from village.certificates.actions import issue_certificates
from village.certificates.queries import list_certificates
from village.forgetting import forget
from village.kit import outbox
from village.kit.chance import SystemChance
from village.kit.clock import FixedClock
from village.kit.signing import Keyring
from village.people.queries import find_person_by_link, get_person, link_token, list_profiles, search_people
from village.people.rules.retention import INVENTORY, Stage, is_due, months_after

ENDED = date(2026, 12, 6)


@pytest.fixture
def keys(tmp_path):
    return Keyring(tmp_path / "keys")


@pytest.fixture
def fair(act):
    """The small fair, with its three certificates, an organisation, letters, and somebody who holds no certificate."""
    with act() as deed:
        came = came_to_the_fair(deed)
        extra = make_person(
            deed, came.edition, FADMA, phone="+212600000099", email="f@mail.example", province_code="02.113",
            commune_code="02.113.03.11", age_band="18-24",
        )  # fmt: skip
        deed.session.execute(sa.text("UPDATE person SET needs = 'step_free', organisation = 'Tifawine'"))
        deed.session.execute(sa.text("UPDATE device SET name = 'Téléphone de Naima'"))
        deed.session.execute(sa.text("UPDATE registration SET reason = 'sur demande'"))
        exhibitor = make_exhibitor(
            deed, came.edition, chair_ar="رشيدة", chair_fr="Rachida", phone="+212600000008", email="r@mail.example"
        )
        outbox.put(deed, "sms", "+212600000021", {"text": "Bonjour"}, whom=f"person:{came.youssef}")
        outbox.put(deed, "sms", "+212600000022", {"text": "Bonjour"}, whom=f"person:{came.fadma}")
        outbox.drop_for(deed, f"person:{came.fadma}")
    with act() as deed:
        issue_certificates(deed, edition_id=came.edition)
    return SimpleNamespace(**vars(came), extra=extra, exhibitor=exhibitor)


def world(engine, year, month=1, day=7):
    return SimpleNamespace(engine=engine, clock=FixedClock(datetime(year, month, day, 9, tzinfo=UTC)), chance=SystemChance())


def rows(engine, table, columns, where="1=1"):
    with engine.connect() as connection:
        return connection.execute(sa.text(f"SELECT {columns} FROM {table} WHERE {where} ORDER BY 1")).all()


def test_nothing_is_forgotten_while_the_fair_lasts(engine, fair):
    assert list(forget(world(engine, 2026, 12, 6))) == []


def test_needs_and_badges_end_with_the_fair(engine, fair):
    found = {each.what: each.rows for each in forget(world(engine, 2026, 12, 7))}
    assert found == {"needs": 4}
    assert rows(engine, "person", "id", "needs <> ''") == []
    assert rows(engine, "person", "id", "phone IS NOT NULL") != []


def test_after_a_year_only_names_on_certificates_and_counts_are_left(engine, fair, keys):
    with Session(engine) as session:
        before = sorted(map(str, list_profiles(session, fair.edition)))
        token = link_token(keys, fair.extra, 1)
    found = {each.what for each in forget(world(engine, 2027, 12, 7))}
    assert {"needs", "contacts", "notices", "devices", "remarks"} <= found
    assert rows(
        engine, "person", "id",
        "phone IS NOT NULL OR email IS NOT NULL OR province_code IS NOT NULL OR commune_code IS NOT NULL"
        " OR age_band IS NOT NULL OR organisation <> ''",
    ) == []  # fmt: skip
    with Session(engine) as session:
        assert get_person(session, fair.youssef).name_fr == "Youssef El Mourabit"
        assert get_person(session, fair.extra).name_fr == "(nom effacé)"
        assert [row.id for row in search_people(session, fair.edition, "Youssef")] == [fair.youssef]
        assert [row.id for row in search_people(session, fair.edition, "Fadma")] == [fair.fadma]
        assert search_people(session, fair.edition, "0600000021") == []
        assert find_person_by_link(session, keys, token) is None
        assert sorted(map(str, list_profiles(session, fair.edition))) == before
        assert verify_log(session, keys).ok
    assert rows(engine, "notice", "id") == []
    assert rows(engine, "outgoing", "id", "target <> '' OR whom <> '' OR state = 'waiting'") == []
    assert rows(engine, "exhibitor", "chair_fr", "chair_fr <> ''") == [("Rachida",)]
    assert len(rows(engine, "attendance", "id")) == 4


def test_after_three_years_nobody_is_named(engine, fair):
    list(forget(world(engine, 2029, 12, 7)))
    assert {tuple(row) for row in rows(engine, "person", "given_fr, family_fr")} == {("(nom effacé)", "")}
    assert rows(engine, "scan", "id", "person_id IS NOT NULL") == []
    assert rows(engine, "exhibitor", "chair_fr, phone") == [("", None)]
    with Session(engine) as session:
        papers = {paper.person_id: paper for paper in list_certificates(session, fair.edition)}
    assert len(papers) == 3
    assert "Mourabit" not in papers[fair.youssef].name_fr
    assert papers[fair.youssef].name_fr.startswith("Y")
    assert len(rows(engine, "attendance", "id")) == 4
    assert len(rows(engine, "registration", "id")) == 5


def test_a_dry_run_counts_the_same_and_changes_nothing(engine, fair):
    told = list(forget(world(engine, 2029, 12, 7), dry_run=True))
    assert rows(engine, "person", "id", "phone IS NOT NULL") != []
    assert rows(engine, "profile_kept", "people") == []
    assert rows(engine, "audit_entry", "id", "code = 'data.forgotten'") == []
    done = list(forget(world(engine, 2029, 12, 7)))
    assert {each.what for each in done} <= {each.what for each in told}
    assert {each.what: each.rows for each in told}["needs"] == {each.what: each.rows for each in done}["needs"]


def test_it_goes_on_where_it_was_stopped(engine, fair, monkeypatch):
    monkeypatch.setattr(forgetting, "AT_ONCE", 1)
    going = forget(world(engine, 2029, 12, 7))
    next(going)
    going.close()
    list(forget(world(engine, 2029, 12, 7)))
    assert {row[0] for row in rows(engine, "person", "given_fr")} == {"(nom effacé)"}
    assert list(forget(world(engine, 2029, 12, 7))) == []
    batches = rows(engine, "audit_entry", "id", "code = 'data.forgotten'")
    assert len(batches) > 10


def test_fewer_months_may_be_asked_for_but_never_for_certificates(engine, fair):
    list(forget(world(engine, 2027, 3, 7), older_than=2))
    assert rows(engine, "person", "id", "phone IS NOT NULL") == []
    with Session(engine) as session:
        assert get_person(session, fair.youssef).name_fr == "Youssef El Mourabit"


def test_the_next_edition_is_left_alone(engine, fair, act):
    with act() as deed:
        later = make_edition(
            deed, code="VS15", number=15, starts_on=date(2027, 12, 3), ends_on=date(2027, 12, 5), days=(), breaks=()
        )
        person = make_person(deed, later, YOUSSEF)
    list(forget(world(engine, 2027, 12, 7)))
    with Session(engine) as session:
        assert get_person(session, person).phone == "+212600000021"


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [(date(2026, 12, 6), 12, date(2027, 12, 6)), (date(2026, 8, 31), 6, date(2027, 2, 28)), (date(2024, 2, 29), 36, date(2027, 2, 28))],
)
def test_months_are_counted_by_the_calendar(day, months, later):
    assert months_after(day, months) == later


def test_a_stage_is_due_the_day_after():
    assert not is_due(Stage.YEAR, ENDED, date(2027, 12, 6))
    assert is_due(Stage.YEAR, ENDED, date(2027, 12, 7))
    assert not is_due(Stage.THREE_YEARS, ENDED, date(2027, 12, 7), older_than=1)
    assert is_due(Stage.END, ENDED, ENDED + timedelta(days=1))


def test_the_inventory_is_told_in_the_guide():
    """Every line of the guide is one of the program, and nothing of the organisers' own inventory is missing."""
    guide = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    table = [line.split("|")[1].strip() for line in guide.splitlines() if line.startswith("| ")][1:]
    assert table == [datum.code for datum in INVENTORY]
    with (ROOT / "tests" / "data" / "privacy_inventory.csv").open(encoding="utf-8", newline="") as file:
        items = [row["item"] for row in csv.DictReader(file)]
    told = {
        "given_name, family_name (ar, fr)": "names", "gender": "gender", "phone": "phone", "email": "email",
        "province, commune": "place", "age band": "age_band", "badge code (random)": "badge", "scan times": "scans",
        "signature on paper sheet or screen": "signature", "photo or video of persons": "photo",
        "national ID number (CNIE)": "national_id", "copy of identity card": "id_copy",
        "religion, belief, brotherhood, health": "belief_health", "diet, disability need": "needs",
        "cooperative chair's name and phone": "chair", "documents of the file (statutes, minutes)": "papers",
        "juror's marks": "marks", "audit entries (who did what)": "log",
    }  # fmt: skip
    assert sorted(told) == sorted(items)
    assert set(told.values()) <= {datum.code for datum in INVENTORY}
