"""Handing on: letters, short messages and calls, in each person's language, once; nobody hears what is over."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
import sqlalchemy as sa

from tests.cast import FADMA, MINA, NAIMA, YOUSSEF
from tests.factories import make_edition, make_person
from village.kit.outbox import list_outgoing
from village.kit.signing import Keyring
from village.messages.actions.letters import House
from village.messages.actions.telling import tell_due
from village.messages.rules.reaching import Way, choose_ways
from village.people.models import Person
from village.workshops.actions import cancel_registration, import_programme, register
from village.workshops.actions.telling import mark_seen, note, settle
from village.workshops.queries.telling import is_anything_untold, list_notices, list_untold
from village.workshops.rules import Mode, NewWorkshop, NoticeKind

BEFORE = datetime(2026, 11, 20, 9, tzinfo=UTC)
OIL = NewWorkshop(
    code="W01",
    title_ar="تعبئة زيت الزيتون",
    title_fr="Mise en bouteille de l’huile",
    kind="training",
    mode=Mode.ONSITE,
    room="M1",
    day=date(2026, 12, 4),
    starts=time(10),
    ends=time(12),
    credit_minutes=120,
    capacity=1,
)
HONEY = replace(OIL, code="W02", title_ar="العسل", title_fr="Le miel", room="M2", starts=time(15), ends=time(16), capacity=30)


class Fair:
    """Two workshops, and people who are reached in different ways."""

    def __init__(self, act, folder):
        self.act = act
        self.house = House("https://village.test", Keyring(folder))
        with act("system", at=BEFORE) as deed:
            self.edition = make_edition(deed)
            self.workshops = import_programme(deed, self.edition, [], [OIL, HONEY])
            self.youssef = make_person(deed, self.edition, YOUSSEF, email="youssef@example.test", lang="fr")
            self.fadma = make_person(deed, self.edition, FADMA, lang="ar")
            self.mina = make_person(deed, self.edition, MINA)
            self.naima = make_person(deed, self.edition, NAIMA, lang="en")

    def register(self, person, code="W01"):
        with self.act("public", at=BEFORE) as deed:
            return register(deed, person_id=person, workshop_id=self.workshops[code])

    def cancel(self, person, code="W01"):
        with self.act("public", at=BEFORE) as deed:
            return cancel_registration(deed, person_id=person, workshop_id=self.workshops[code])

    def note(self, person, kind, code="W01", **facts):
        with self.act("system", at=BEFORE) as deed:
            note(deed, kind, edition_id=self.edition, workshop_id=self.workshops[code], person_id=person, facts=facts)

    def tell(self, at=BEFORE, limit=100, house=None):
        with self.act("system", at=at) as deed:
            return tell_due(deed, limit, house or self.house)


@pytest.fixture
def fair(act, tmp_path):
    return Fair(act, tmp_path / "keys")


def out(session):
    session.rollback()
    return sorted(list_outgoing(session), key=lambda row: row.id)


def test_each_is_told_in_their_language_and_by_their_way(fair, session):
    for person in (fair.youssef, fair.fadma, fair.mina, fair.naima):
        fair.register(person, "W02")
    assert fair.tell() == 4
    rows = {row.whom: row for row in out(session)}
    mail, arabic, voice, english = (rows[f"person:{p}"] for p in (fair.youssef, fair.fadma, fair.mina, fair.naima))
    assert (mail.kind, mail.target, mail.body["lang"]) == ("mail", "youssef@example.test", "fr")
    assert mail.body["subject"] == "Place confirmée : Le miel"
    text = mail.body["text"].replace("\u00a0", " ")
    assert text.startswith("Bonjour Youssef El Mourabit,\n\nVotre place est confirmée : « Le miel », vendredi 4 décembre 2026, de 15 h 00 à 16 h 00, ")
    assert re.search(r"Votre page : https://village\.test/fr/me/\S+\n", text)
    assert re.search(r"votre numéro et le code [0-9A-Z]{6}\.", text)
    assert text.endswith("\n\nVillage solidaire")
    assert (arabic.kind, arabic.target, arabic.body["lang"]) == ("sms", "+212600000022", "ar")
    assert arabic.body["text"].startswith("مكانكم مؤكد: العسل، 4 دجنبر 15:00، ")
    assert "https://village.test/M/" in arabic.body["text"]
    assert (voice.kind, voice.body["lang"]) == ("voice", "ar")
    assert "مكانكم مؤكد" in voice.body["text"]
    assert english.body["text"].startswith("Place confirmed: Le miel, 4 December 15:00, ")
    assert all("\u2066" not in row.body["text"] for row in rows.values())


def test_nobody_is_told_twice(fair, session):
    fair.register(fair.youssef)
    assert fair.tell() == 1
    assert fair.tell() == 0
    assert len(out(session)) == 1
    assert not is_anything_untold(session)


def test_a_deed_that_fails_tells_nothing_and_forgets_nothing(fair, act, session):
    fair.register(fair.youssef)

    def tell_and_fail():
        with act("system", at=BEFORE) as deed:
            tell_due(deed, 10, fair.house)
            raise OSError

    with pytest.raises(OSError):
        tell_and_fail()
    assert out(session) == []
    assert fair.tell() == 1


def test_all_that_happened_to_somebody_is_one_letter(fair, session):
    fair.register(fair.youssef)
    fair.register(fair.youssef, "W02")
    fair.register(fair.fadma)
    fair.cancel(fair.youssef)
    fair.register(fair.fadma, "W02")
    assert fair.tell(limit=1) == 3, "all of the first person, and only theirs"
    [mail] = out(session)
    assert mail.body["subject"] == "Votre programme a changé"
    assert mail.body["text"].count("« ") == 3
    assert fair.tell() == 3
    sms = out(session)[-1]
    assert sms.body["text"].startswith("تغيرت أشياء في برنامجكم (3).")


def test_an_offer_goes_by_mail_and_by_short_message(fair, session):
    fair.note(fair.youssef, NoticeKind.OFFERED, channel="onsite", until="2026-11-21T09:00:00+00:00")
    fair.tell()
    rows = out(session)
    assert {row.kind for row in rows} == {"mail", "sms"}
    assert next(row for row in rows if row.kind == "sms").body["text"].startswith("Une place pour vous : ")


def test_a_change_of_soon_goes_both_ways_a_far_one_by_mail(fair, session):
    moved = {"was": {"day": "2026-12-04", "starts": "09:00", "ends": "11:00"}, "now": {"day": "2026-12-04", "starts": "10:00", "ends": "12:00"}}
    fair.note(fair.youssef, NoticeKind.MOVED, **moved)
    fair.tell()
    assert [row.kind for row in out(session)] == ["mail"]
    fair.note(fair.youssef, NoticeKind.MOVED, **moved)
    fair.tell(at=datetime(2026, 12, 3, 9, tzinfo=UTC))
    assert sorted(row.kind for row in out(session)[1:]) == ["mail", "sms"]


def test_without_a_gateway_whoever_has_no_mail_is_called(fair, session):
    fair.register(fair.fadma, "W02")
    fair.tell(house=replace(fair.house, sms=False))
    [row] = out(session)
    assert (row.kind, row.target) == ("voice", "+212600000022")


def test_what_has_begun_is_told_to_nobody(fair, session):
    fair.register(fair.youssef)
    fair.register(fair.youssef, "W02")
    assert fair.tell(at=datetime(2026, 12, 4, 13, tzinfo=UTC)) == 2
    [mail] = out(session)
    assert "Le miel" in mail.body["text"]
    assert "huile" not in mail.body["text"]


def test_nobody_writes_to_who_was_forgotten_or_was_somebody_else(fair, act, session):
    fair.register(fair.youssef, "W02")
    fair.register(fair.fadma, "W02")
    with act("system", at=BEFORE) as deed:
        deed.session.execute(sa.update(Person).where(Person.id == fair.youssef).values(erased_at=BEFORE))
        deed.session.execute(sa.update(Person).where(Person.id == fair.fadma).values(merged_into_id=fair.naima))
    assert fair.tell() == 2
    assert out(session) == []


def test_a_history_that_came_in_is_settled(fair, act, session):
    fair.register(fair.youssef)
    with act("system") as deed:
        assert settle(deed, fair.edition) == 1
    assert list_untold(session) == []
    assert fair.tell() == 0


def test_what_somebody_has_read_is_no_news(fair, act, session):
    fair.register(fair.youssef)
    fair.cancel(fair.youssef)
    newest, first = list_notices(session, fair.youssef)
    assert (first.kind, newest.kind) == ("confirmed", "cancelled")
    with act("public") as deed:
        mark_seen(deed, fair.youssef, [first.id])
    session.rollback()
    assert [row.seen_at is None for row in list_notices(session, fair.youssef)] == [True, False]
    with act("public") as deed:
        mark_seen(deed, fair.youssef)
    session.rollback()
    assert all(row.seen_at for row in list_notices(session, fair.youssef))


@pytest.mark.parametrize(
    ("email", "phone", "sms", "urgent", "ways"),
    [
        ("a@b", "+212", True, False, (Way.MAIL,)),
        ("a@b", "+212", True, True, (Way.MAIL, Way.SMS)),
        ("a@b", "+212", False, True, (Way.MAIL,)),
        ("a@b", None, True, True, (Way.MAIL,)),
        (None, "+212", True, False, (Way.SMS,)),
        (None, "+212", False, True, (Way.VOICE,)),
        (None, None, True, True, (Way.VOICE,)),
    ],
)
def test_the_ways_to_somebody(email, phone, sms, urgent, ways):
    assert choose_ways(email, phone, sms=sms, urgent=urgent) == ways


def test_what_every_worker_does_before_there_is_a_fair(app):
    """Each round finds nothing to do in an empty house, and says so."""
    from village.kit.web import parts
    from village.kit.worker import rounds

    with app.app_context():
        did = {name.removeprefix("village."): function(parts()) for name, function in rounds().items()}
    assert did == {
        "audit.jobs.stamp_seals": 0,
        "editions.jobs.close_days": 0,
        "messages.jobs.tell_people": 0,
        "messages.jobs.carry_letters": 0,
        "messages.jobs.carry_texts": 0,
        "messages.jobs.carry_calls": 0,
        "workshops.jobs.end_offers": 0,
    }


def test_what_was_written_to_somebody_is_theirs_to_read(fair, session):
    from village.messages.queries.kept import list_kept

    fair.register(fair.youssef, "W02")
    fair.tell()
    [letter] = list_kept(session, [fair.youssef])
    assert letter["to"] == "youssef@example.test"
    assert str(letter["message"]).startswith("Place confirmée : Le miel\nBonjour Youssef El Mourabit,")
    assert list_kept(session, [fair.fadma]) == []
