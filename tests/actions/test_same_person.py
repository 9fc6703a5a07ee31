"""Two who are one: offered, never merged by itself; all that hangs on them follows, and comes back exactly."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.cast import FADMA, YOUSSEF, ZINEB
from tests.factories import make_edition, make_exhibitor, make_person
from tests.pages.participants import HYBRID, MARKETING, SAME_TIME, TRAINER
from village.audit.queries import verify_log
from village.badges.actions import issue_badges
from village.badges.queries import find_active_badge
from village.badges.rules import BadgeOrder
from village.certificates.actions import issue_certificates
from village.certificates.queries import list_certificates
from village.checkin.queries import list_attended
from village.exhibitors.actions import add_delegates
from village.exhibitors.queries import exhibitor_by_person
from village.kit import outbox
from village.kit.db import UtcDateTime
from village.kit.deeds import Actor, begin
from village.kit.refusal import Refusal
from village.kit.signing import Keyring
from village.people.actions import erase_person, merge_people, say_distinct, take_back_distinct, undo_merge
from village.people.queries import (
    count_people,
    find_person_by_link,
    get_own_data,
    get_person,
    ids_by_code,
    link_token,
    list_distinct,
    list_likely,
    list_merges,
    list_people,
    search_people,
)
from village.people.rules import Known, NewPerson, Sign, likely_pairs
from village.wiring import PERSON_FORGETTERS, PERSON_KEPT, PERSON_MOVERS
from village.workshops.actions import cancel_registration, change_places, import_programme, register
from village.workshops.queries import find_confirmed, list_registrations

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


class Twins:
    """Youssef, known in Arabic letters and again in Latin ones, and two more."""

    def __init__(self, act):
        with act("system", at=NOW) as deed:
            self.edition = make_edition(deed)
            self.shops = import_programme(deed, self.edition, [TRAINER], [MARKETING, SAME_TIME, HYBRID])
            self.kept = make_person(deed, self.edition, YOUSSEF, given_fr="", family_fr="")
            self.gone = make_person(deed, self.edition, YOUSSEF, given_ar="", family_ar="", gender="unknown")
            self.fadma = make_person(deed, self.edition, FADMA)
            self.zineb = make_person(deed, self.edition, ZINEB)

    def merge(self, act, **different):
        with act("organiser", at=NOW) as deed:
            return merge_people(
                deed, **{"kept_id": self.kept, "gone_id": self.gone, "movers": PERSON_MOVERS, **different}
            )


@pytest.fixture
def twins(act):
    return Twins(act)


def tables(engine):
    """All that may change, but for the log, the merges themselves and times of counting."""
    watched = (
        "person",
        "registration",
        "badge",
        "scan",
        "attendance",
        "certificate",
        "delegate",
        "person_key",
        "workshop",
    )
    with engine.connect() as connection:
        return {name: sorted(map(str, connection.execute(sa.text(f"SELECT * FROM {name}")).all())) for name in watched}


def timed(statement):
    """A statement whose time is written as the models write it."""
    return sa.text(statement).bindparams(sa.bindparam("t", type_=UtcDateTime()))


def attend(engine, edition, rows):
    """Lay scans and attendance, and certificates for them, as a day would have left them."""
    with engine.begin() as connection:
        connection.execute(
            timed(
                "INSERT INTO device (id, edition_id, code, name, offset_s, state, measured_at) VALUES (1, :e, 'D1', '', 0, 'active', :t)"
            ),
            {"e": edition, "t": NOW},
        )
        for number, (person, shop, at) in enumerate(rows, 1):
            values = {
                "n": number,
                "e": edition,
                "p": person,
                "w": shop,
                "t": at,
                "u": f"u{number}",
            }
            connection.execute(
                timed(
                    "INSERT INTO scan (id, edition_id, uuid, device_id, workshop_id, device_time, corrected_at, received_at, way, person_id, verdict) VALUES (:n, :e, :u, 1, :w, :t, :t, :t, 'badge', :p, 'admitted')"
                ),
                values,
            )
            connection.execute(
                timed(
                    "INSERT INTO attendance (id, edition_id, person_id, workshop_id, scan_id, first_at) VALUES (:n, :e, :p, :w, :n, :t)"
                ),
                values,
            )
            connection.execute(
                timed(
                    "INSERT INTO certificate (id, edition_id, person_id, workshop_id, number, version, short_code, state, gender, name_ar, name_fr, day, minutes, issued_at, reason) VALUES (:n, :e, :p, :w, :n, 1, :u, 'valid', 'm', 'يوسف المرابط', '', '2026-12-04', 90, :t, '')"
                ),
                values,
            )


def test_they_are_offered_with_what_speaks_for_it(act, session, twins):
    (pair,) = list_likely(session, twins.edition)
    assert (pair.a.id, pair.b.id) == (twins.kept, twins.gone)
    assert pair.signs == (Sign.SOUNDS_ALIKE, Sign.SAME_PHONE)
    with act("organiser") as deed:
        say_distinct(deed, one_id=twins.gone, other_id=twins.kept)
        say_distinct(deed, one_id=twins.kept, other_id=twins.gone)
    session.rollback()
    assert list_likely(session, twins.edition) == []


def test_two_who_were_said_to_be_two_may_look_like_one_again(twins, act, session):
    with act("organiser") as deed:
        say_distinct(deed, one_id=twins.gone, other_id=twins.kept)
    (said,) = list_distinct(session, twins.edition)
    assert {said.a.id, said.b.id} == {twins.kept, twins.gone}
    with act("organiser") as deed:
        take_back_distinct(deed, one_id=twins.gone, other_id=twins.kept)
    session.rollback()
    assert list_distinct(session, twins.edition) == []
    assert len(list_likely(session, twins.edition)) == 1
    with pytest.raises(Refusal, match="not_said_distinct"), act("organiser") as deed:
        take_back_distinct(deed, one_id=twins.kept, other_id=twins.gone)


def known(number, ar="", fr="", phone=None, gender="unknown"):
    return Known(number, ar, fr, phone, None, gender)


@pytest.mark.parametrize(
    ("one", "other", "signs"),
    [
        (known(1, "خديجة المرابط"), known(2, "المرابط خديجه"), {Sign.SAME_NAME}),
        (
            known(1, "عبد الرحيم التازي", phone="1"),
            known(2, fr="Abderrahim Tazi", phone="1"),
            {Sign.SOUNDS_ALIKE, Sign.SAME_PHONE},
        ),
        (known(1, fr="Khadija", phone="1"), known(2, "خديجة المرابط", phone="1"), {Sign.SHORTER_NAME, Sign.SAME_PHONE}),
        (known(1, fr="Khadija Tazi", phone="1"), known(2, fr="Omar Tazi", phone="1"), None),  # a family shares a phone
        (known(1, "أمين التازي"), known(2, "أمينة التازي"), None),
        (known(1, fr="Khadija Tazi", phone="1"), known(2, "خديجة التازي", phone="2"), None),
        (known(1, fr="Khadija"), known(2, fr="Khadija"), None),  # a given name alone says nothing
    ],
)
def test_what_makes_a_pair(one, other, signs):
    pairs = likely_pairs([one, other])
    assert [set(pair.signs) for pair in pairs] == ([signs] if signs else [])


def test_all_follows_and_comes_back_exactly(act, engine, session, twins):
    w01, w03 = twins.shops["W01"], twins.shops["W05"]
    with act("desk", at=NOW) as deed:
        exhibitor = make_exhibitor(deed, twins.edition)
        add_delegates(deed, [(twins.gone, exhibitor)])
        for person, shop in ((twins.kept, w01), (twins.gone, w01), (twins.gone, w03)):
            register(deed, person_id=person, workshop_id=shop)
        issue_badges(deed, edition_id=twins.edition, orders=[BadgeOrder(twins.kept), BadgeOrder(twins.gone)])
    early = NOW + timedelta(minutes=1)
    attend(engine, twins.edition, [(twins.kept, w01, early), (twins.gone, w01, NOW), (twins.gone, w03, early)])
    before = tables(engine)
    merge = twins.merge(act, taken=("name_fr",))
    session.rollback()
    stays = get_person(session, twins.kept)
    assert (stays.name_ar, stays.name_fr, stays.gender) == ("يوسف المرابط", "Youssef El Mourabit", "m")
    assert [row.id for row in search_people(session, twins.edition, "Youssef")] == [twins.kept]
    assert count_people(session, twins.edition) == 3
    assert twins.gone not in {row.id for row in list_people(session, twins.edition)}
    assert ids_by_code(session, twins.edition)[get_person(session, twins.gone).code] == twins.kept
    assert find_confirmed(session, twins.kept, w03) is not None
    assert sum(row.status == "confirmed" for row in list_registrations(session, w01)) == 1
    assert exhibitor_by_person(session, twins.edition) == {twins.kept: exhibitor}
    assert find_active_badge(session, twins.edition, twins.gone) is None
    assert find_active_badge(session, twins.edition, twins.kept) is not None
    attended = {row.workshop_id: row for row in list_attended(session, twins.kept)}
    assert set(attended) == {w01, w03}
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT scan_id FROM attendance WHERE workshop_id = :w"), {"w": w01}) == 2
        assert (
            connection.scalar(
                sa.text("SELECT count(*) FROM certificate WHERE state = 'valid' AND person_id = :p"), {"p": twins.kept}
            )
            == 2
        )
        assert (
            connection.scalar(sa.text("SELECT taken_onsite + taken_online FROM workshop WHERE id = :w"), {"w": w01})
            == 1
        )
    assert [row.id for row in list_merges(session, twins.edition)] == [merge]
    with act("organiser", at=NOW) as deed:
        undo_merge(deed, merge_id=merge, movers=PERSON_MOVERS)
    assert tables(engine) == before
    session.rollback()
    assert list_merges(session, twins.edition) == []
    with pytest.raises(Refusal, match="merge_undone"), act("organiser") as deed:
        undo_merge(deed, merge_id=merge, movers=PERSON_MOVERS)


def test_a_freed_place_goes_to_who_waits_and_then_undoing_says_so(act, session, twins):
    w01 = twins.shops["W01"]
    with act("desk", at=NOW) as deed:
        change_places(deed, workshop_id=w01, onsite=2, online=0)
        for person in (twins.gone, twins.kept, twins.fadma):
            register(deed, person_id=person, workshop_id=w01)
    merge = twins.merge(act)
    session.rollback()
    assert find_confirmed(session, twins.fadma, w01) is not None
    assert find_confirmed(session, twins.kept, w01) is not None
    with pytest.raises(Refusal, match="merge_place_taken"), act("organiser", at=NOW) as deed:
        undo_merge(deed, merge_id=merge, movers=PERSON_MOVERS)
    with act("desk", at=NOW) as deed:
        cancel_registration(deed, person_id=twins.fadma, workshop_id=w01)
        undo_merge(deed, merge_id=merge, movers=PERSON_MOVERS)
    session.rollback()
    assert find_confirmed(session, twins.gone, w01) is not None
    assert find_confirmed(session, twins.kept, w01) is not None


def test_two_places_at_one_time_stop_the_merge(act, engine, twins):
    with act("desk", at=NOW) as deed:
        register(deed, person_id=twins.kept, workshop_id=twins.shops["W01"])
        register(deed, person_id=twins.gone, workshop_id=twins.shops["W02"])
    before = tables(engine)
    with pytest.raises(Refusal, match="merge_overlap"):
        twins.merge(act)
    assert tables(engine) == before


def test_merges_upon_merges_are_undone_from_the_last(act, engine, session, twins):
    before = tables(engine)
    first = twins.merge(act)
    second = twins.merge(act, kept_id=twins.fadma, gone_id=twins.kept)
    session.rollback()
    assert get_person(session, twins.gone).merged_into_id == twins.fadma
    with pytest.raises(Refusal, match="merge_built_upon"), act("organiser") as deed:
        undo_merge(deed, merge_id=first, movers=PERSON_MOVERS)
    for merge in (second, first):
        with act("organiser", at=NOW) as deed:
            undo_merge(deed, merge_id=merge, movers=PERSON_MOVERS)
    assert tables(engine) == before


@pytest.mark.parametrize(
    ("kept", "gone", "code"), [("kept", "kept", "merge_of_one"), ("kept", "nobody", "person_not_found")]
)
def test_why_not(act, twins, kept, gone, code):
    twins.nobody = 999_999
    with pytest.raises(Refusal, match=code):
        twins.merge(act, kept_id=getattr(twins, kept), gone_id=getattr(twins, gone))


def test_the_old_link_leads_to_the_one_who_stays_and_the_old_number_takes_no_place(act, session, tmp_path, twins):
    keys = Keyring(tmp_path / "keys")
    token = link_token(keys, twins.gone, 1)
    twins.merge(act)
    found = find_person_by_link(session, keys, token)
    assert found is not None
    assert found.id == twins.kept
    with pytest.raises(Refusal, match="person_not_found"), act("public", at=NOW) as deed:
        register(deed, person_id=twins.gone, workshop_id=twins.shops["W01"])


def test_two_staff_at_once_merge_once(act, engine, session, twins):
    with act("desk", at=NOW) as deed:
        register(deed, person_id=twins.gone, workshop_id=twins.shops["W01"])
    ready, said = threading.Barrier(4), []

    def merge(turn):
        ready.wait()
        pair = (twins.kept, twins.gone) if turn % 2 else (twins.gone, twins.kept)
        try:
            with begin(engine, actor=Actor("account", str(turn)), now=NOW) as deed:
                merge_people(deed, kept_id=pair[0], gone_id=pair[1], movers=PERSON_MOVERS)
            said.append("done")
        except Refusal as refusal:
            said.append(refusal.code)

    threads = [threading.Thread(target=merge, args=(turn,)) for turn in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said.count("done") == 1
    assert set(said) <= {"done", "person_merged_already", "done_meanwhile"}
    assert len(list_merges(session, twins.edition)) == 1
    assert count_people(session, twins.edition) == 3


def test_a_name_is_taken_out_and_the_counts_and_the_log_stay(act, engine, session, tmp_path, twins):
    keys = Keyring(tmp_path / "keys")
    w01 = twins.shops["W01"]
    with act("desk", at=NOW) as deed:
        change_places(deed, workshop_id=w01, onsite=1, online=0)
        for person in (twins.kept, twins.fadma):
            register(deed, person_id=person, workshop_id=w01)
        issue_badges(deed, edition_id=twins.edition, orders=[BadgeOrder(twins.kept)])
    attend(engine, twins.edition, [(twins.kept, twins.shops["W05"], NOW)])
    merge = twins.merge(act, taken=("name_fr", "phone"))
    with act("organiser", at=NOW) as deed:
        said = {"kept": twins.kept, "gone": twins.gone}
        where = "WHERE id IN (:kept, :gone)"
        deed.session.execute(sa.text(f"UPDATE person SET organisation = 'Zaouia Amal', needs = 'step_free' {where}"), said)
        outbox.put(deed, "sms", "+212699999999", {"text": "Bonjour"}, whom=f"person:{twins.kept}")
    with act("organiser", at=NOW) as deed:
        erase_person(deed, person_id=twins.kept, forgetters=PERSON_FORGETTERS)
    session.rollback()
    with engine.connect() as connection:
        tables_ = [name for name in sa.inspect(connection).get_table_names() if name not in {"workshop", "trainer"}]
        everything = " ".join(str(connection.execute(sa.text(f'SELECT * FROM "{name}"')).all()) for name in tables_)
    for text in ("يوسف", "المرابط", "Youssef", "Mourabit", "600000021", "Zaouia", "step_free", "699999999"):
        assert text not in everything, text
    assert (get_person(session, twins.kept).gender, count_people(session, twins.edition)) == ("m", 3)
    assert search_people(session, twins.edition, "Youssef") == []
    assert search_people(session, twins.edition, "0021") == []
    for version in (1, 2):
        assert find_person_by_link(session, keys, link_token(keys, twins.kept, version)) is None
    assert find_confirmed(session, twins.fadma, w01) is not None
    assert find_active_badge(session, twins.edition, twins.kept) is None
    assert len(list_attended(session, twins.kept)) == 1
    ((number, names),) = [(row.number, row.name_ar) for row in list_certificates(session, twins.edition)]
    assert number
    assert "يوسف" not in names
    # Nor is anything certified later under the words that stand for a name.
    session.rollback()
    with engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM certificate"))
    with act("organiser", at=NOW) as deed:
        assert issue_certificates(deed, edition_id=twins.edition).ids == ()
    assert verify_log(session, keys).ok
    for deed_of in (
        lambda deed: undo_merge(deed, merge_id=merge, movers=PERSON_MOVERS),
        lambda deed: erase_person(deed, person_id=twins.kept),
    ):
        with pytest.raises(Refusal, match="person_erased"), act("organiser") as deed:
            deed_of(deed)


def test_all_that_is_kept_is_told(act, engine, session, twins):
    with act("desk", at=NOW) as deed:
        register(deed, person_id=twins.gone, workshop_id=twins.shops["W01"])
        issue_badges(deed, edition_id=twins.edition, orders=[BadgeOrder(twins.gone)])
    attend(engine, twins.edition, [(twins.gone, twins.shops["W01"], NOW)])
    twins.merge(act)
    ids, own = get_own_data(session, twins.kept)
    assert ids == [twins.kept, twins.gone]
    assert [row["phone"] for row in own] == ["+212600000021"] * 2
    kept = {name: read(session, ids) for name, read in PERSON_KEPT.items()}
    assert kept.pop("log")
    assert {name: len(rows) for name, rows in kept.items()} == {
        "delegate": 0,
        "registrations": 1,
        "invited": 0,
        "told": 1,
        "letters": 0,
        "badges": 1,
        "scans": 1,
        "certificates": 1,
        "draws": 0,
    }
    assert kept["registrations"][0]["code"] == "W01"


def test_every_table_that_names_a_person_is_moved_or_stays_for_a_reason(engine):
    """A new table with a person in it must say here what becomes of it."""
    moved = {
        "registration", "notice", "workshop_invitation", "badge", "scan", "attendance", "certificate", "delegate",
        "account", "draw_entrant", "draw_seat",
    }  # fmt: skip
    own = {"person", "person_key", "person_distinct", "person_merge"}
    inspector = sa.inspect(engine)
    naming = {
        t
        for t in inspector.get_table_names()
        for key in inspector.get_foreign_keys(t)
        if key["referred_table"] == "person"
    }
    assert naming == moved | own


def test_somebody_without_a_full_name_is_taken_in(act, session):
    with act("system") as deed:
        edition = make_edition(deed)
        assert make_person(deed, edition, FADMA, **vars(NewPerson(given_ar="مينة")) | {"code": None})
    assert list_likely(session, edition) == []
