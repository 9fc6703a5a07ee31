"""Certificates: who earns one, what it says in both languages, and how its code is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village.certificates.rules import (
    Attended,
    Record,
    Session,
    State,
    digits_of,
    duration_ar,
    duration_fr,
    earned,
    masked,
    name_hash,
    number_text,
    ordinal,
    parse_number,
    payload_of,
    place_phrases,
    read_code,
    sentence,
    texts,
    why_not_earned,
    why_not_usable,
)
from village.kit.refusal import Refusal
from village.kit.signing import Keyring

if TYPE_CHECKING:
    from pathlib import Path

MARKETING = Session(
    id=3,
    code="W03",
    kind="training",
    title_ar="تقنيات التسويق",
    title_fr="Techniques de commercialisation",
    day=date(2026, 12, 4),
    minutes=120,
    place_ar="بمداغ",
    place_fr="à Madagh",
)
PLENARY = replace(MARKETING, id=7, code="W07", kind="plenary")
FUNDING = replace(MARKETING, id=9, code="W09", kind="round_table", title_fr="Nouvelles sources de financement")
SESSIONS = {each.id: each for each in (MARKETING, PLENARY, FUNDING)}
FACTS = {
    "ar": {"organizer": "مؤسسة الملتقى", "ordinal": "الرابعة عشرة", "date": "يوم الجمعة 4 دجنبر 2026", "hours": "ساعتان"},
    "fr": {"organizer": "Fondation Al Moultaqa", "ordinal": "14e", "date": "le vendredi 4 décembre 2026", "hours": "2 heures"},
}
RECORD = Record(2**62 + 5, 14, 3, date(2026, 12, 4), 120, name_hash("فاضمة أوبلا", "Fadma Oubella"), 1)


def test_plenaries_give_no_certificate_and_a_workshop_gives_one() -> None:
    rows = [Attended(1, 7), Attended(1, 3), Attended(2, 9), Attended(1, 3), Attended(3, 99)]
    assert earned(rows, SESSIONS) == [Attended(1, 3), Attended(2, 9)]


@pytest.mark.parametrize("kind", ["awareness", "round_table", "training"])
def test_each_earning_kind_earns(kind: str) -> None:
    assert why_not_earned(1, replace(MARKETING, kind=kind), [Attended(1, 3)]) is None


@pytest.mark.parametrize(
    ("session", "attendance"),
    [(MARKETING, []), (MARKETING, [Attended(2, 3), Attended(1, 9)]), (PLENARY, [Attended(1, 7)]), (None, [Attended(1, 3)])],
)
def test_what_was_not_earned_is_refused(session: Session | None, attendance: list[Attended]) -> None:
    refusal = why_not_earned(1, session, attendance)
    assert refusal is not None
    assert refusal.code == "certificate_not_earned"


@pytest.mark.parametrize(
    ("gender", "ar", "fr"),
    [
        ("m", ("السيد", "شارك في", "سلمت له "), ("M.", "à l’intéressé ")),
        ("f", ("السيدة", "شاركت في", "سلمت لها "), ("Mme", "à l’intéressée ")),
        ("unknown", ("السيد(ة)", "شارك(ت) في", "سلمت له(ا) "), ("M./Mme", "à l’intéressé(e) ")),
        ("", ("السيد(ة)", "شارك(ت) في", "سلمت له(ا) "), ("M./Mme", "à l’intéressé(e) ")),
    ],
)
def test_sentences_agree_with_the_gender(gender: str, ar: tuple[str, ...], fr: tuple[str, ...]) -> None:
    arabic = sentence("ar", gender, MARKETING, FACTS["ar"])
    french = sentence("fr", gender, MARKETING, FACTS["fr"])
    assert arabic.before.endswith(ar[0])
    assert ar[1] in arabic.opening
    assert ar[2] in arabic.rest
    assert french.before.endswith(fr[0])
    assert fr[1] in french.rest


def test_a_whole_sentence_reads_as_the_organisers_wrote_it() -> None:
    cut = sentence("fr", "f", MARKETING, FACTS["fr"])
    assert f"{cut.before} Fadma Oubella {cut.opening}{cut.title}{cut.rest}" == (
        "Fondation Al Moultaqa atteste que Mme Fadma Oubella a participé à l’atelier «\u00a0Techniques de "
        "commercialisation\u00a0», organisé dans le cadre de la 14e édition du Village solidaire, à Madagh, le "
        "vendredi 4 décembre 2026, d’une durée de 2 heures. La présente attestation est délivrée à l’intéressée "
        "pour servir et valoir ce que de droit."
    )


def test_a_round_table_is_called_by_its_name() -> None:
    assert "المائدة المستديرة" in sentence("ar", "m", FUNDING, FACTS["ar"]).opening
    french = sentence("fr", "m", FUNDING, FACTS["fr"])
    assert "à la table ronde" in french.opening
    assert "organisée dans le cadre" in french.rest


def test_a_title_known_in_one_language_stands_in_for_the_other() -> None:
    assert sentence("fr", "m", replace(MARKETING, title_fr=""), FACTS["fr"]).title == "تقنيات التسويق"


def test_no_sentence_leaves_a_field_open() -> None:
    for by_gender in texts()["body"].values():
        for pair in by_gender.values():
            assert {"ar", "fr"} == set(pair)
            for text in pair.values():
                assert text.count("{name}") == text.count("{workshop}") == 1


@pytest.mark.parametrize(
    ("minutes", "ar", "fr"),
    [
        (30, "نصف ساعة", "30\u00a0minutes"),
        (60, "ساعة واحدة", "1\u00a0heure"),
        (90, "ساعة ونصف", "1\u00a0h\u00a030"),
        (120, "ساعتان", "2\u00a0heures"),
        (150, "ساعتان ونصف", "2\u00a0h\u00a030"),
        (180, "3 ساعات", "3\u00a0heures"),
        (75, "ساعة و15 دقيقة", "1\u00a0h\u00a015"),
    ],
)
def test_lengths_of_time(minutes: int, ar: str, fr: str) -> None:
    from village.kit.i18n import counted

    whole, odd = divmod(minutes, 60)
    assert duration_ar(minutes, counted("hour", whole, "ar"), counted("minute", odd, "ar")) == ar
    assert duration_fr(minutes) == fr


def test_places_are_whole_phrases() -> None:
    assert place_phrases("السعيدية", "Saïdia", online=False) == ("بالسعيدية", "à Saïdia")
    assert place_phrases("", "", online=True) == ("عن بعد", "en ligne")
    assert place_phrases("المضيق", "Le Mdiq", online=False)[1] == "au Mdiq"


def test_editions_have_their_names() -> None:
    assert (ordinal(14, "ar"), ordinal(14, "fr"), ordinal(14, "en")) == ("الرابعة عشرة", "14e", "14th")
    assert ordinal(99, "ar") == "رقم 99"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("VS14-A-0001", ("VS14", 1, 1)),
        (" vs14 - a - 0001 ", ("VS14", 1, 1)),
        ("VS14-A-٠٠٤٢", ("VS14", 42, 1)),
        ("VS14-A-0042-2", ("VS14", 42, 2)),
        ("0042", None),
        ("", None),
    ],
)
def test_numbers_are_read_as_typed(typed: str, read: tuple[str, int, int] | None) -> None:
    assert parse_number(typed) == read


@given(st.integers(min_value=1, max_value=999_999), st.integers(min_value=1, max_value=99))
def test_what_is_printed_is_read_back(number: int, version: int) -> None:
    assert parse_number(number_text("VS14", number, version)) == ("VS14", number, version)


def test_the_name_hash_forgives_spaces_and_case_but_no_letter() -> None:
    assert name_hash("", " fadma  OUBELLA ") == name_hash("", "Fadma Oubella")
    assert name_hash("فاضمة أوبلا", "whatever") == name_hash("فاضمة أوبلا", "")
    assert name_hash("فاطمة أوبلا", "") != name_hash("فاضمة أوبلا", "")
    assert len(name_hash("", "Fadma Oubella")) == 8


def test_a_true_code_is_read_and_a_changed_one_is_forged(tmp_path: Path) -> None:
    keys = Keyring(tmp_path)

    def verify(payload: bytes, signature: bytes, key_id: int) -> bool:
        return keys.verify("certificate", payload, signature, key_id)

    payload = payload_of(RECORD)
    digits = digits_of(payload, keys.sign("certificate", payload))
    assert read_code(digits, verify) == RECORD
    for wrong in (str(int(digits) ^ 1 << 400), digits[:-3], digits + "0", "", "17", "not a number"):
        with pytest.raises(Refusal) as refused:
            read_code(wrong, verify)
        assert refused.value.code == "certificate_forged"


def test_a_badge_signature_makes_no_certificate(tmp_path: Path) -> None:
    keys = Keyring(tmp_path)
    payload = payload_of(RECORD)
    digits = digits_of(payload, keys.sign("badge", payload))
    with pytest.raises(Refusal, match="certificate_forged"):
        read_code(digits, lambda *signed: keys.verify("certificate", *signed))


def test_names_are_masked_in_both_scripts() -> None:
    assert masked("Fadma Oubella") == "F•••• O•••••"
    assert masked("فاضمة البركاني") == "ف•••• ب•••••"
    assert masked("") == ""


def test_only_valid_certificates_are_usable() -> None:
    assert why_not_usable(State.VALID) is None
    for state in (State.REVOKED, State.CORRECTED):
        refusal = why_not_usable(state)
        assert refusal is not None
        assert (refusal.code, refusal.facts["corrected"]) == ("certificate_revoked", state is State.CORRECTED)
