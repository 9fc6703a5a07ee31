"""The outbox and the message to many, as organisers use them."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time

import pytest
import sqlalchemy as sa

from tests.cast import FADMA, MINA, NAIMA, STAFF, YOUSSEF
from tests.factories import make_edition, make_person
from tests.pages.counting import count_queries
from village.audit.models import AuditEntry
from village.kit import outbox
from village.kit.outbox import list_outgoing
from village.kit.web import parts
from village.messages import jobs
from village.messages.models import Mailing
from village.people.models import Person
from village.workshops.actions import import_programme, register
from village.workshops.actions.telling import settle
from village.workshops.rules import Mode, NewWorkshop

OIL = NewWorkshop(
    code="W01", title_ar="تعبئة زيت الزيتون", title_fr="Mise en bouteille", kind="training", mode=Mode.ONSITE, room="M1",
    day=date(2026, 12, 5), starts=time(10), ends=time(12), credit_minutes=120, capacity=10,
)  # fmt: skip
FORBIDDEN = [role for role in STAFF if role != "organiser"]


class Fair:
    """Four people who are reached in four ways, three of them with a place."""

    def __init__(self, act):
        with act("system", at=datetime(2026, 11, 20, 9, tzinfo=UTC)) as deed:
            self.edition = make_edition(deed)
            [self.workshop] = import_programme(deed, self.edition, [], [OIL]).values()
            self.youssef = make_person(
                deed, self.edition, YOUSSEF, email="youssef@example.test", lang="fr", consent_contact=True, province_code="02.113"
            )
            self.fadma = make_person(deed, self.edition, FADMA, lang="ar", consent_contact=True)
            self.mina = make_person(deed, self.edition, MINA, lang="ar")
            self.naima = make_person(deed, self.edition, NAIMA, email="naima@example.test", lang="en", category="press")
            for person in (self.youssef, self.fadma, self.mina):
                register(deed, person_id=person, workshop_id=self.workshop)
        with act("system") as deed:
            settle(deed, self.edition)


@pytest.fixture
def fair(app, act):
    return Fair(act)


@pytest.fixture
def organiser(client, sign_in, fair):
    sign_in(client, "organiser")
    return client


def typed(page, **more):
    """What the form holds, with what a person types."""
    token = re.search(r'name="token"[^>]*value="(\w+)"', page.text)[1]
    return {
        "token": token, "delegates": "any", "invitation": "no", "purpose": "Changement de salle", "sms": "y", "voice": "y",
        "subject_ar": "تغيير القاعة", "text_ar": "السلام عليكم [الاسم]،\nالقاعة تغيرت:\n[الحصص]",
        "subject_fr": "Changement de salle", "text_fr": "Bonjour [Nom],\nla salle change (1) [1] :\n[séances]\n[page]",
    } | more  # fmt: skip


def seen(page):
    return re.search(r'name="seen"[^>]*value="(\w+)"', page.text)[1]


def out(session, **more):
    session.rollback()
    return sorted(list_outgoing(session, **more), key=lambda row: row.id)


def write(client, post, **more):
    """Write, look, send; gives the answer to the sending."""
    form = typed(client.get("/fr/messages/new"), **more)
    looked = post(client, "/fr/messages/new", form | {"do": "preview"})
    assert looked.status_code == 200, looked.text
    return post(client, "/fr/messages/new", form | {"do": "send", "seen": seen(looked)})


def test_a_text_left_at_its_greeting_is_none(organiser, fair, post, session):
    page = organiser.get("/fr/messages/new")
    offered = re.search(r'<textarea[^>]*name="text_fr"[^>]*>\s*([^<]*)</textarea>', page.text)[1]
    assert "[nom]" in offered
    assert write(organiser, post, subject_fr="", text_fr=offered.replace("\n", "\r\n")).status_code == 302
    assert {row.body["lang"] for row in out(session)} == {"ar"}


def test_the_pages_in_each_language(organiser):
    titles = {
        "ar": ("الرسائل", "رسالة إلى عدة أشخاص"),
        "fr": ("Messages", "Écrire à plusieurs"),
        "en": ("Messages", "Write to many"),
    }
    for lang, (title, write_title) in titles.items():
        page = organiser.get(f"/{lang}/messages")
        assert page.status_code == 200
        assert f"<h1>{title}</h1>" in page.text
        assert f"<h1>{write_title}</h1>" in organiser.get(f"/{lang}/messages/new").text


@pytest.mark.sqlite_only
def test_other_roles_stay_outside(app, sign_in, fair):
    for role in FORBIDDEN:
        client = app.test_client()
        sign_in(client, role)
        assert [client.get(url).status_code for url in ("/fr/messages", "/fr/messages/new")] == [403, 403], role


def test_the_preview_shows_both_languages_and_the_counts(organiser, post, fair, session):
    form = typed(organiser.get("/fr/messages/new"), workshops=[fair.workshop], do="preview")
    page = post(organiser, "/fr/messages/new", form)
    text = page.text.replace("\u00a0", " ")
    assert "Bonjour Youssef El Mourabit,\nla salle change (1) [1] :\n- Mise en bouteille, samedi 5 décembre 2026, 10 h 00\n" in text
    assert "السلام عليكم فاضمة أوبلا،" in text
    assert re.findall(r"<b>(\d+)</b>", text) == ["1", "1", "1"]
    assert "[séances]" in page.text, "what was typed is still in the form"
    assert out(session) == []


def test_it_is_sent_to_each_in_their_language_and_once(organiser, post, fair, session, app):
    answer = write(organiser, post, workshops=[fair.workshop])
    assert answer.status_code == 302
    mail, sms, voice = sorted(out(session), key=lambda row: ("mail", "sms", "voice").index(row.kind))
    assert (mail.target, mail.body["subject"], mail.body["lang"]) == ("youssef@example.test", "Changement de salle", "fr")
    assert "http://village.test/fr/me/" in mail.body["text"]
    assert sms.target == "+212600000022"
    assert sms.body["text"].startswith("السلام عليكم فاضمة أوبلا،")
    assert voice.body["lang"] == "ar"
    row = session.scalars(sa.select(Mailing)).one()
    assert (row.recipients, row.by_mail, row.by_sms, row.by_voice, row.purpose) == (3, 1, 1, 1, "Changement de salle")
    entry = session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry.code == "message.sent"
    line = json.loads(entry.body)
    assert {"mail": 1, "sms": 1, "voice": 1, "invitation": False}.items() <= line.get("facts", line).items()
    assert b"youssef" not in entry.body.lower()

    with app.app_context():
        assert jobs.carry_letters(parts()) == 1
        assert jobs.carry_texts(parts()) == 1
        [letter] = parts().mailer.letters
        assert (letter.to, letter.uid) == ("youssef@example.test", mail.uid)
        assert [text.to for text in parts().gateway.texts] == ["+212600000022"]
    page = organiser.get("/fr/messages?show=sent").text
    assert "Changement de salle" in page


def test_a_double_click_sends_once(organiser, post, fair, session):
    form = typed(organiser.get("/fr/messages/new"), workshops=[fair.workshop])
    form |= {"do": "send", "seen": seen(post(organiser, "/fr/messages/new", form | {"do": "preview"}))}
    assert post(organiser, "/fr/messages/new", form).status_code == 302
    again = post(organiser, "/fr/messages/new", form, follow_redirects=True)
    assert "n’a pas été envoyé deux fois" in again.text
    assert len(out(session)) == 3
    assert len(session.scalars(sa.select(Mailing)).all()) == 1


def test_what_was_not_looked_at_is_not_sent(organiser, post, fair, session):
    form = typed(organiser.get("/fr/messages/new"), workshops=[fair.workshop])
    looked = seen(post(organiser, "/fr/messages/new", form | {"do": "preview"}))
    answer = post(organiser, "/fr/messages/new", form | {"do": "send", "seen": looked, "text_fr": "Tout autre chose"})
    assert answer.status_code == 409
    assert "a changé depuis l’aperçu" in answer.text
    assert "Tout autre chose" in answer.text
    assert out(session) == []
    form |= {"do": "send", "seen": seen(answer), "text_fr": "Tout autre chose"}
    assert post(organiser, "/fr/messages/new", form).status_code == 302


@pytest.mark.sqlite_only
def test_what_speaks_against_it_is_said_and_nothing_typed_is_lost(organiser, post, fair, session):
    cases = [
        ({"purpose": " "}, "Dites à quoi sert ce message"),
        ({"text_ar": "", "text_fr": " "}, "Écrivez un texte"),
        ({"subject_fr": ""}, "Chaque texte a son objet"),
        ({"text_fr": "Bonjour [prénom]"}, "ne peut pas être rempli"),
        ({"categories": ["student"]}, "Personne ne correspond"),
        ({"text_ar": "ن" * 500}, "Le SMS est trop long"),
    ]
    for more, said in cases:
        form = typed(organiser.get("/fr/messages/new"), subject_ar="موضوع يبقى", **more)
        answer = post(organiser, "/fr/messages/new", form | {"do": "send", "seen": "x"})
        assert answer.status_code == 422
        assert said in answer.text
        assert "موضوع يبقى" in answer.text
    assert out(session) == []


@pytest.mark.sqlite_only
def test_whom_a_filter_means(organiser, post, fair, session):
    cases = [
        ({}, "youssef fadma mina naima"),
        ({"standings": ["confirmed"]}, "youssef fadma mina"),
        ({"standings": ["no_show"]}, ""),
        ({"categories": ["press"]}, "naima"),
        ({"provinces": ["02.113"]}, "youssef"),
        ({"langs": ["ar"]}, "fadma mina"),
        ({"genders": ["f"]}, "fadma naima"),
        ({"delegates": "only"}, ""),
        ({"invitation": "yes"}, "youssef fadma"),
        ({"invitation": "yes", "langs": ["fr"]}, "youssef"),
    ]
    last = 0
    for more, names in cases:
        if names:
            write(organiser, post, **more)
        else:
            form = typed(organiser.get("/fr/messages/new"), **more)
            assert "Personne ne correspond" in post(organiser, "/fr/messages/new", form | {"do": "preview"}).text
        new = [row for row in out(session, limit=100) if row.id > last]
        last = max([last, *(row.id for row in new)])
        assert {row.whom for row in new} == {f"person:{getattr(fair, name)}" for name in names.split()}, more


def test_those_who_did_not_come(organiser, post, fair, session, act, clock):
    clock.move_to(datetime(2026, 12, 5, 13, tzinfo=UTC))
    answer = write(organiser, post, standings=["no_show"], workshops=[fair.workshop])
    assert answer.status_code == 302
    assert len(out(session)) == 3


def test_an_invitation_says_why_and_how_to_stop(organiser, post, fair, session):
    write(organiser, post, invitation="yes", langs=["fr"])
    [mail] = out(session)
    assert "parce que vous avez accepté nos invitations" in mail.body["text"]


def test_without_sms_they_are_told_by_voice_or_not_at_all(organiser, post, fair, session):
    write(organiser, post, sms="", langs=["ar"])
    assert [row.kind for row in out(session)] == ["voice", "voice"]
    write(organiser, post, sms="", voice="", langs=["ar"])
    assert len(out(session)) == 2


def test_one_language_missing_is_said_and_the_other_is_sent(organiser, post, fair, session):
    form = typed(organiser.get("/fr/messages/new"), text_ar="", subject_ar="", workshops=[fair.workshop])
    page = post(organiser, "/fr/messages/new", form | {"do": "preview"})
    assert "pas de texte dans la langue" in page.text
    write(organiser, post, text_ar="", subject_ar="", workshops=[fair.workshop])
    assert {row.body["lang"] for row in out(session)} == {"fr"}


def test_trying_it_on_oneself_reaches_nobody_else(organiser, post, fair, session):
    form = typed(organiser.get("/fr/messages/new"), trial_to="zineb@example.test", do="try")
    page = post(organiser, "/fr/messages/new", form)
    assert page.status_code == 200
    rows = out(session)
    assert [(row.target, row.body["lang"]) for row in rows] == [("zineb@example.test", "ar"), ("zineb@example.test", "fr")]
    assert "Fatima Zahra" in rows[1].body["text"]
    assert "/me/" not in rows[1].body["text"], "no real person's link"
    assert seen_nothing(page)
    wrong = post(organiser, "/fr/messages/new", form | {"trial_to": "nobody"})
    assert wrong.status_code == 422
    by_phone = post(organiser, "/fr/messages/new", form | {"trial_to": "06 00 00 00 12"})
    assert by_phone.status_code == 200
    assert out(session)[-1].target == "+212600000012"


def seen_nothing(page):
    return 'value="send"' not in page.text


def test_what_failed_is_sent_again(organiser, post, fair, session, act):
    with act("system") as deed:
        outbox.put(deed, "mail", "a@example.test", {"subject": "s", "text": "t", "lang": "fr"}, whom=f"person:{fair.youssef}")
        deed.session.execute(sa.update(outbox.Outgoing).values(state="failed", error="550 no such user", attempts=1))
    page = organiser.get("/fr/messages").text
    assert "550 no such user" in page
    assert "Youssef El Mourabit" in page
    [row] = out(session)
    assert post(organiser, f"/fr/messages/{row.id}/again").status_code == 302
    assert out(session)[0].state == "waiting"
    again = post(organiser, f"/fr/messages/{row.id}/again", follow_redirects=True)
    assert "attend encore son départ" in again.text
    post(organiser, f"/fr/messages/{row.id}/drop", {"show": "waiting"})
    assert out(session)[0].state == "dropped"


def test_all_that_failed_is_sent_again(organiser, post, fair, session, act):
    with act("system") as deed:
        for each in "abc":
            outbox.put(deed, "mail", f"{each}@example.test", {"subject": "s", "text": "t", "lang": "fr"})
        deed.session.execute(sa.update(outbox.Outgoing).values(state="failed"))
    post(organiser, "/fr/messages/again")
    assert {row.state for row in out(session)} == {"waiting"}


def test_somebody_is_told_by_voice(organiser, post, fair, session, act):
    with act("system") as deed:
        outbox.put(deed, "voice", "+212600000022", {"text": "مكانكم مؤكد", "lang": "ar"}, whom=f"person:{fair.fadma}")
    page = organiser.get("/fr/messages?show=voice").text
    assert 'href="tel:+212600000022"' in page
    assert "مكانكم مؤكد" in page
    [row] = out(session)
    post(organiser, f"/fr/messages/{row.id}/told")
    assert out(session)[0].state == "sent"
    assert "Personne n’est à prévenir de vive voix" in organiser.get("/fr/messages?show=voice").text


def test_what_waits_by_mail_cannot_be_ticked_as_told(organiser, post, fair, session, act):
    with act("system") as deed:
        outbox.put(deed, "mail", "a@example.test", {"subject": "s", "text": "t", "lang": "fr"})
    [row] = out(session)
    post(organiser, f"/fr/messages/{row.id}/told")
    assert out(session)[0].state == "waiting"


def test_texts_of_strangers_cannot_write_html(organiser, fair, act):
    with act("system") as deed:
        outbox.put(deed, "mail", "<i>x", {"subject": "<script>", "text": "<b>", "lang": "fr"})
    page = organiser.get("/fr/messages?show=waiting").text
    assert "<script>" not in page.replace("<script src", "")
    assert "<i>x" not in page


@pytest.mark.sqlite_only
def test_a_long_list_is_turned_over(organiser, fair, act):
    with act("system") as deed:
        outbox.put_many(deed, "mail", [(f"p{n}@example.test", {"subject": "s", "text": "t", "lang": "fr"}, "") for n in range(60)])
    first = organiser.get("/fr/messages?show=waiting").text
    assert first.count("@example.test") == 50
    older = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    assert organiser.get(older).text.count("@example.test") == 10
    assert organiser.get(f"/fr/messages?show=waiting&before={'9' * 30}").text.count("@example.test") == 50


@pytest.mark.sqlite_only
def test_thousands_are_written_to_in_one_deed(organiser, post, fair, session, act, app):
    with act("system") as deed:
        base = {"edition_id": fair.edition, "category": "public", "lang": "fr", "created_at": deed.now, "gender": "unknown"}
        deed.session.execute(
            sa.insert(Person),
            [base | {"code": f"X{n:04}", "given_fr": "Aïcha", "family_fr": str(n), "email": f"x{n}@example.test"} for n in range(2000)],
        )
    answer = write(organiser, post, categories=["public"], langs=["fr"])
    assert answer.status_code == 302
    session.rollback()
    assert session.scalar(sa.select(sa.func.count(outbox.Outgoing.id))) == 2001


@pytest.mark.sqlite_only
def test_the_outbox_asks_as_much_for_many_as_for_few(organiser, fair, act, app):
    def fill(count):
        with act("system") as deed:
            outbox.put_many(deed, "mail", [(f"p{n}@example.test", {"subject": "s", "text": "t", "lang": "fr"}, f"person:{fair.youssef}") for n in range(count)])
        return count_queries(app, lambda: organiser.get("/fr/messages?show=waiting"))

    organiser.get("/fr/messages")
    assert fill(2) == fill(40)


def test_the_worker_tells_and_carries(fair, act, app):
    with act("public", at=datetime(2026, 12, 4, 9, tzinfo=UTC)) as deed:
        register(deed, person_id=fair.naima, workshop_id=fair.workshop)
    with app.app_context():
        world = parts()
        assert [jobs.tell_people(world), jobs.carry_letters(world), jobs.carry_texts(world)] == [1, 1, 0]
        [letter] = world.mailer.letters
        assert (letter.to, letter.subject, letter.lang) == ("naima@example.test", "Place confirmed: Mise en bouteille", "en")
        assert [jobs.tell_people(world), jobs.carry_letters(world)] == [0, 0]


@pytest.mark.sqlite_only
def test_from_the_list_of_a_session_to_those_on_it(organiser, fair):
    page = organiser.get("/fr/registrations/W01").text
    link = re.search(r'href="([^"]*/messages/new[^"]*)"', page)[1]
    form = organiser.get(link).text
    assert re.search(rf'<input checked[^>]*name="workshops"[^>]*value="{fair.workshop}"', form)
