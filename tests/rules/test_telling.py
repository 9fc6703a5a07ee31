"""What people are told: in three languages, from the facts of the notice, and short enough for an old telephone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from village.editions.queries import RoomRow, VenueRow
from village.kit.i18n import LANGS
from village.kit.short_text import fits, is_gsm, segments, shortened, size_of, spell_plainly
from village.workshops.queries.programme import WorkshopRow
from village.workshops.queries.telling import NoticeRow, say_many_shortly, say_notice, say_shortly
from village.workshops.rules import NoticeKind, Places
from village.workshops.wording import telling as words

ZONE = "Africa/Casablanca"
NOON = datetime(2026, 12, 3, 12, 0, tzinfo=UTC)
# As long as links get: a region's own host name, a person's token.
LINK = "https://village-solidaire.region-oriental.ma/M/AAAAAAAAAAAAAAAAAAAAAAAAAAAA"
OUJDA = VenueRow(1, "V1", "وجدة", "Oujda", "مسرح محمد السادس", "Théâtre Mohammed VI", is_online=False)
SESSION = WorkshopRow(
    id=1,
    code="W01",
    title_ar="تقنيات التفاوض التجاري وتسويق منتجات الاقتصاد الاجتماعي والتضامني عبر المنصات الرقمية",
    title_fr="Techniques de négociation et commercialisation des produits de l’économie sociale sur les plateformes numériques",
    kind="training",
    mode="hybrid",
    day=date(2026, 12, 5),
    starts=time(14, 5),
    ends=time(16, 0),
    credit_minutes=115,
    places=Places(10, 10, 0, 0),
    opens=None,
    closes=None,
    join_url="",
    room=RoomRow(1, "S2", "القاعة الكبرى للندوات", "Grande salle des conférences", 40, OUJDA),
    trainers=(),
    waiting=0,
)
SLOT = {"day": "2026-12-04", "starts": "10:00", "ends": "12:00", "room_ar": "قاعة ب", "room_fr": "Salle B", "city_ar": "فجيج", "city_fr": "Figuig"}
NEW = {"day": "2026-12-05", "starts": "14:05", "ends": "16:00", "room_ar": "قاعة أ", "room_fr": "Salle A", "city_ar": "وجدة", "city_fr": "Oujda"}
FACTS = {
    NoticeKind.CONFIRMED: {"channel": "onsite"},
    NoticeKind.OFFERED: {"channel": "onsite", "until": "2026-12-04T09:30:00+00:00"},
    NoticeKind.LAPSED: {"until": "2026-12-04T09:30:00+00:00"},
    NoticeKind.CANCELLED: {"was": "confirmed"},
    NoticeKind.TRANSFERRED: {"side": "received", "channel": "onsite"},
    NoticeKind.MOVED: {"was": SLOT, "now": NEW, "status": "confirmed"},
    NoticeKind.SESSION_CANCELLED: {"was": SLOT, "now": NEW, "status": "confirmed"},
}


def notice(kind, **facts):
    return NoticeRow(1, 1, 17, 1, 5, kind, FACTS.get(kind, {}) | facts, NOON, None, None)


EVERY = [notice(kind) for kind in NoticeKind] + [
    notice(NoticeKind.CONFIRMED, channel="online"),
    notice(NoticeKind.CANCELLED, was="offered"),
    notice(NoticeKind.TRANSFERRED, side="gave"),
    notice(NoticeKind.MOVED, clash=[{"code": "W02", "title_ar": "تعبئة زيت الزيتون", "title_fr": "Mise en bouteille"}]),
]


def test_every_case_has_its_words():
    assert set(words.SENTENCES) == set(words.SUBJECTS) == set(words.SHORT)
    assert len(words.SENTENCES) == len(NoticeKind) + 2


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("each", EVERY, ids=lambda n: f"{n.kind}-{n.facts.get('was') or n.facts.get('side') or n.facts.get('channel')}"[:30])
def test_every_notice_is_whole_and_short_enough(each, lang):
    said = say_notice(each, SESSION, lang, ZONE)
    short = say_shortly(each, SESSION, lang, ZONE, LINK, "7KX2M9")
    for text in (said.subject, said.sentence, short):
        assert "{" not in text
        assert not re.search('…[^ \u2069،,:»”."]', text), "a fact is missing"
    assert short.endswith(LINK)
    assert fits(short), (size_of(short), short)
    assert size_of(short) <= (306 if is_gsm(short) else 134)
    assert is_gsm(short) == (lang != "ar")


def test_the_sentence_in_two_languages():
    moved = notice(NoticeKind.MOVED)
    assert say_notice(moved, SESSION, "fr", ZONE).sentence.replace("\u00a0", " ") == (
        "« Techniques de négociation et commercialisation des produits de l’économie sociale sur les plateformes numériques »"
        " a changé d’heure ou de lieu. Maintenant : samedi 5 décembre 2026, de 14 h 05 à 16 h 00, Salle A, Oujda."
        " Avant : vendredi 4 décembre 2026, 10 h 00, Salle B, Figuig."
    )
    arabic = say_notice(notice(NoticeKind.CONFIRMED), SESSION, "ar", ZONE).sentence
    assert re.sub("[\u2066-\u2069]", "", arabic) == (
        f"مكانكم مؤكد في «{SESSION.title_ar}»: السبت 5 دجنبر 2026، من 14:05 إلى 16:00، القاعة الكبرى للندوات، وجدة."
    )


def test_the_time_to_answer_is_local():
    late = notice(NoticeKind.OFFERED, until="2026-08-01T23:30:00+00:00")
    assert "2 août 2026, 0" in say_notice(late, SESSION, "fr", ZONE).sentence.replace("\u00a0", " ")


def test_a_session_without_a_room_is_online_where_it_is_held_so():
    confirmed, nowhere = notice(NoticeKind.CONFIRMED), replace(SESSION, room=None)
    assert "à distance" in say_notice(confirmed, replace(nowhere, mode="online"), "fr", ZONE).sentence
    assert "salle à préciser" in say_notice(confirmed, nowhere, "fr", ZONE).sentence
    online = say_notice(notice(NoticeKind.CONFIRMED, channel="online"), SESSION, "fr", ZONE)
    assert "à distance" in online.sentence
    assert "Le lien pour participer est sur votre page." in online.sentence


def test_who_can_no_longer_attend_both_is_told():
    said = say_notice(EVERY[-1], SESSION, "fr", ZONE)
    assert said.sentence.endswith("au même moment que : Mise en bouteille. Choisissez sur votre page ce que vous gardez et annulez l’autre.")


def test_a_short_message_keeps_its_title_where_there_is_room():
    small = replace(SESSION, title_ar="تعبئة زيت الزيتون", title_fr="Mise en bouteille de l’huile d’olive")
    said = say_shortly(notice(NoticeKind.CONFIRMED), small, "ar", ZONE, "https://village.ma/M/AAAA", "7KX2M9")
    assert said == "مكانكم مؤكد: تعبئة زيت الزيتون، 5 دجنبر 14:05، القاعة الكبرى للندوات، وجدة. رمزكم 7KX2M9 https://village.ma/M/AAAA"
    assert segments(said) == 2
    french = say_shortly(notice(NoticeKind.CONFIRMED), small, "fr", ZONE, "https://village.ma/M/AAAA", "7KX2M9")
    assert french == "Place confirmée : Mise en bouteille de l'huile d'olive, 5 décembre 14 h 05, Grande salle des conférences, Oujda. Code 7KX2M9 https://village.ma/M/AAAA"
    assert segments(french) == 1


def test_a_long_link_costs_the_room_and_then_the_end_of_the_title():
    said = say_shortly(notice(NoticeKind.PROMOTED), SESSION, "ar", ZONE, LINK, "7KX2M9")
    assert said.startswith("لكم مكان مؤكد الآن: تقنيات")
    assert "وجدة" in said
    assert "القاعة" not in said
    assert "7KX2M9" not in said


@pytest.mark.parametrize("lang", LANGS)
def test_many_changes_in_one_short_message(lang):
    assert fits(say_many_shortly(12, lang, LINK))


@pytest.mark.parametrize(
    ("text", "plain", "count"),
    [
        ("a" * 160, True, 1),
        ("a" * 161, True, 2),
        ("a" * 306, True, 2),
        ("a" * 307, True, 3),
        ("€" * 80, True, 1),
        ("€" * 81, True, 2),
        ("ن" * 70, False, 1),
        ("ن" * 71, False, 2),
        ("ن" * 134, False, 2),
        ("ن" * 135, False, 3),
        ("😀" * 35, False, 1),
        ("😀" * 36, False, 2),
        ("ç", False, 1),
        ("Ç", True, 1),
    ],
)
def test_the_room_of_a_message(text, plain, count):
    assert (is_gsm(text), segments(text)) == (plain, count)


def test_french_is_spelled_with_the_signs_of_every_telephone():
    assert spell_plainly("« Forêt », l’œuvre reçue à 14 h 05 — déjà…") == '" Foret ", l\'oeuvre recue à 14 h 05 - déjà...'


def test_a_text_is_cut_at_a_word():
    assert shortened("Techniques de vente", 19) == "Techniques de vente"
    assert shortened("Techniques de vente", 15) == "Techniques de…"
    assert shortened("Commercialisation", 8) == "Commerc…"
