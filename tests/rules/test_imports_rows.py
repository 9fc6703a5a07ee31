"""An account of every row: what is accepted, what is mended, what is refused and why; no identity number kept."""

import pytest

from village.exhibitors.rules import Sector
from village.imports.rules.account import Kind, Verdict
from village.imports.rules.exhibitors import known_exhibitors, read_exhibitors
from village.imports.rules.headings import understand
from village.imports.rules.people import KnownPeople, age_band, known_people, read_people
from village.imports.tables import read_table
from village.kit.refusal import Refusal
from village.people.rules import NewPerson

PLACES = {"berkane": "02.113", "بركان": "02.113", "oujda angad": "02.411"}
HONEY = Sector("agriculture", "الفلاحة", "Agriculture", "Agriculture", False, {"beekeeping": ("النحل", "Apiculture", "Beekeeping")})  # fmt: skip
NOBODY = KnownPeople()


def people(text: str, known: KnownPeople = NOBODY) -> list[tuple[Verdict, list[str], NewPerson | None]]:
    """Verdict, codes of notes and refusals, and value of each row of a list of people."""
    account = read_people(understand(read_table(text.encode()), Kind.PEOPLE), known, PLACES)
    return [
        (row.verdict, [note.code for note in row.notes] + [one.code for one in row.refusals], row.value)
        for row in account.rows
    ]


def exhibitors(text: str, *known: tuple[str, str, str, str | None]) -> list[tuple[Verdict, list[str], object]]:
    """The same for a list of exhibitors."""
    sheet = understand(read_table(text.encode()), Kind.EXHIBITORS)
    account = read_exhibitors(sheet, known_exhibitors(known), {"agriculture": HONEY}, PLACES)
    return [
        (row.verdict, [note.code for note in row.notes] + [one.code for one in row.refusals], row.value)
        for row in account.rows
    ]


def test_a_plain_french_list() -> None:
    ((verdict, said, person),) = people("Nom;Prénom;Sexe;Tél\nZahraoui;Amina;F;06 00 00 00 12\n")
    assert (verdict, said) == (Verdict.ACCEPTED, [])
    assert person == NewPerson(given_fr="Amina", family_fr="Zahraoui", gender="f", phone="+212600000012", lang="fr")


def test_an_arabic_list_with_a_title_above_and_arabic_digits() -> None:
    text = "لائحة المشاركين,,\n,,\nالاسم الكامل,الهاتف,الإقليم\nأمينة الزهراوي,٠٦٠٠٠٠٠٠١٢,إقليم بركان\n"
    ((verdict, said, person),) = people(text)
    assert (verdict, said) == (Verdict.CORRECTED, ["phone_mended"])
    assert person is not None
    assert (person.given_ar, person.phone, person.province_code, person.lang) == (
        "أمينة الزهراوي",
        "+212600000012",
        "02.113",
        "ar",
    )


@pytest.mark.parametrize("heading", ["CIN", "N° CNIE", "C.I.N.", "رقم البطاقة الوطنية", "Carte d’identité nationale"])
def test_a_column_of_identity_numbers_is_dropped_and_said(heading: str) -> None:
    sheet = understand(read_table(f"Nom;{heading};Tél\nZahraoui;FA123456;0600000012\n".encode()), Kind.PEOPLE)
    assert sheet.national_ids == (heading,)
    assert all("FA123456" not in cells.values() for _, cells in sheet.rows)


def test_identity_numbers_are_known_by_their_look_under_any_heading() -> None:
    text = "Nom;Observations;Email;Tél\nZahraoui;FA123456;F654321;0600000012\nAlami;ZT98765;;0600000013\n"
    sheet = understand(read_table(text.encode()), Kind.PEOPLE)
    assert sheet.national_ids == ("Observations", "Email")
    assert [dict(cells) for _, cells in sheet.rows] == [
        {"family": "Zahraoui", "phone": "0600000012"},
        {"family": "Alami", "phone": "0600000013"},
    ]


def test_columns_nobody_asked_for_are_left_aside_and_said() -> None:
    sheet = understand(read_table("Nom;Tél;Religion\nAlami;0600000013;x\n".encode()), Kind.PEOPLE)
    assert sheet.ignored == ("Religion",)
    assert sheet.rows[0][1].keys() == {"family", "phone"}


def test_names_go_where_their_letters_belong() -> None:
    ((verdict, said, person),) = people("given_fr,family_fr,phone\nأمينة,Zahraoui,0600000012\n")
    assert (verdict, said) == (Verdict.CORRECTED, ["script_moved"])
    assert person is not None
    assert (person.given_ar, person.given_fr, person.family_fr) == ("أمينة", "", "Zahraoui")


def test_question_marks_for_arabic_letters_are_refused() -> None:
    assert [row[:2] for row in people("Nom;Tél\n????? ????;0600000012\n")] == [
        (Verdict.REFUSED, ["name_lost", "person_without_name"])
    ]


@pytest.mark.parametrize(
    ("phone", "said", "kept"),
    [
        ("600000012", ["phone_mended"], "+212600000012"),
        ("O6OOOOOO12", ["phone_mended"], "+212600000012"),
        ("06 00 00 00 12 / 06 00 00 00 13", ["phone_first_kept"], "+212600000012"),
        ("-", [], None),
        ("060000001", ["phone_unreadable"], None),
    ],
)
def test_telephones_are_mended_or_refused(phone: str, said: list[str], kept: str | None) -> None:
    ((_, found, person),) = people(f"Nom;Tél\nAlami;{phone}\n")
    assert found == said
    assert (person.phone if person else None) == kept


def test_what_cannot_be_read_and_is_not_needed_is_left_out_and_said() -> None:
    text = "Nom;Sexe;Email;Province;Âge;Qualité\nAlami;?;pas de mail;Atlantide;vieux;roi\n"
    ((verdict, said, person),) = people(text)
    assert verdict is Verdict.CORRECTED
    assert said == ["gender_unknown", "category_unknown", "email_left_out", "province_unknown", "age_left_out"]
    assert person == NewPerson(family_fr="Alami", lang="fr")


def test_one_telephone_and_one_name_are_one_person_and_a_family_shares_phones() -> None:
    text = "Nom;Prénom;Tél\nAlami;Sara;0600000012\nAlami;Omar;0600000012\nALAMI;Sara;0600000012\n"
    assert [row[:2] for row in people(text)] == [
        (Verdict.ACCEPTED, []),
        (Verdict.ACCEPTED, []),
        (Verdict.REFUSED, ["row_repeated"]),
    ]


def test_who_is_in_the_edition_already_is_refused_and_who_resembles_is_noted() -> None:
    known = known_people([("P001", "+212600000012", NewPerson(given_fr="Sara", family_fr="Alami"))])
    text = "Nom;Prénom;Tél\nAlami;Sara;0600000012\nAlami;Sara;0600000099\n"
    assert [row[:2] for row in people(text, known)] == [
        (Verdict.REFUSED, ["person_already_known"]),
        (Verdict.CORRECTED, ["person_resembles"]),
    ]


@pytest.mark.parametrize(
    ("text", "band"),
    [("18", "18-24"), ("٢٥ سنة", "25-34"), ("49 ans", "35-49"), ("50", "50+"), ("25–34", "25-34"), ("12", None)],
)
def test_ages_become_bands(text: str, band: str | None) -> None:
    assert age_band(text) == band


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("bonjour,vous\nles,amis\n", Kind.PEOPLE, "headings_unknown"),
        ("Tél;Email\n0600000012;a@b.example\n", Kind.PEOPLE, "columns_missing"),
        ("Nom;Tél\n", Kind.PEOPLE, "rows_missing"),
        ("Nom;Tél\nAlami;0600000012\n", Kind.EXHIBITORS, "columns_missing"),
    ],
)
def test_wrong_columns_are_refused(text: str, kind: Kind, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        understand(read_table(text.encode()), kind)
    assert refused.value.code == code


HEAD = "Coopérative;Secteur;Branche;Province;Membres;Femmes;Électricité;Eau;ICE\n"


def test_a_cooperative_is_read_with_its_needs() -> None:
    ((verdict, said, value),) = exhibitors(HEAD + "تعاونية العسل;Agriculture;النحل;بركان;9;9;1,5 kW;oui;\n")
    assert (verdict, said) == (Verdict.ACCEPTED, [])
    kept = ("code", "name_ar", "sector", "branch", "province_code", "is_womens", "power_w", "needs_water")
    assert [getattr(value, name) for name in kept] == [
        "C01", "تعاونية العسل", "agriculture", "beekeeping", "02.113", True, 1500, True,
    ]  # fmt: skip


def test_needs_that_cannot_be_read_refuse_the_row_because_a_stand_depends_on_them() -> None:
    ((verdict, said, _),) = exhibitors(HEAD + "Coop;Magie;;Nulle part;trois;1;beaucoup;bof;12\n")
    assert verdict is Verdict.REFUSED
    assert {"sector_unknown", "province_needed", "cell_not_whole", "power_unreadable", "cell_not_yes_no"} <= set(said)
    assert "ice_left_out" in said


def test_codes_go_on_from_the_last_and_known_names_are_refused() -> None:
    known = ("C07", "تعاونية العسل", "Coopérative du miel", None)
    text = HEAD + "تعاونيّة العسل;Agriculture;;Berkane;3;1;;;\nNouvelle;Agriculture;;Berkane;3;1;;;\n"
    first, second = exhibitors(text, known)
    assert first[:2] == (Verdict.REFUSED, ["exhibitor_already_known"])
    assert getattr(second[2], "code", "") == "C08"
