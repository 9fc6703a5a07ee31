"""Certificates on paper: one page each, gendered, readable codes, room for the longest name and title."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest

from tests.cast import FADMA, MINA, YOUSSEF
from tests.documents.looking import codes, fonts_of, is_blank, pictures, worn
from village.certificates.paper import CertificateToPrint, Fair, content_hash, naive, single, write_print_file
from village.certificates.rules import Record, Session, digits_of, link_prefix, name_hash, payload_of, read_code
from village.kit.signing import Keyring

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS = "https://village.example.ma"
FAIR = Fair(
    number=14,
    name_ar="القرية التضامنية",
    name_fr="Village solidaire",
    organizer_ar="مؤسسة الملتقى",
    organizer_fr="Fondation Al Moultaqa",
    done_place_ar="بمداغ",
    done_place_fr="à Madagh",
    done_on=date(2026, 12, 6),
    address=ADDRESS,
    seal="4112 · 639b27e1 f12d89c7 a200c369 8ebb863c 5e7aa934 471bdea3 93b648ab fcfedf6c",
)
MARKETING = Session(
    3, "W03", "training", "تقنيات التسويق", "Techniques de commercialisation", date(2026, 12, 4), 120, "بمداغ", "à Madagh",
    ("إلياس بن ميمون",), ("Ilyas Ben Mimoun",),
)  # fmt: skip
PLANNING = replace(
    MARKETING,
    id=4,
    title_ar="التخطيط الاستراتيجي للتعاونيات والجمعيات التنموية والمقاولات الصغرى بجهة الشرق وأقاليمها الجنوبية",
    title_fr="Planification stratégique des coopératives, associations de développement et petites entreprises de la région de l’Oriental",
)
LONG_AR = "مولاي عبد الرحمان بن سيدي محمد الإدريسي العلوي الحسني اليزناسني"
LONG_FR = "Moulay Abderrahmane Ben Sidi Mohammed El Idrissi Alaoui El Hassani El Yaznasni"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    return Keyring(tmp_path_factory.mktemp("keys"))


def paper(keys: Keyring, number: int, session: Session, gender: str, name_ar: str, name_fr: str) -> CertificateToPrint:
    record = Record(number + 2**50, 14, session.id, session.day, session.minutes, name_hash(name_ar, name_fr), 1)
    payload = payload_of(record)
    return CertificateToPrint(
        f"VS14-A-{number:04d}", session, gender, name_ar, name_fr, "7K2MP9QX40ZT",
        digits_of(payload, keys.sign("certificate", payload)),
    )  # fmt: skip


def some(keys: Keyring) -> list[CertificateToPrint]:
    return [
        paper(keys, 1, MARKETING, "m", f"{YOUSSEF.given_ar} {YOUSSEF.family_ar}", "Youssef El Mourabit"),
        paper(keys, 2, MARKETING, "f", f"{FADMA.given_ar} {FADMA.family_ar}", "Fadma Oubella"),
        paper(keys, 3, MARKETING, "unknown", MINA.given_ar, ""),
        paper(keys, 4, PLANNING, "unknown", LONG_AR, LONG_FR),
        paper(keys, 5, replace(MARKETING, kind="round_table"), "f", "فَاطِمَةُ الزَّهْرَاءِ", "Fatima Ezzahra"),
    ]


def text_of(data: bytes | Path) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


@pytest.fixture(scope="module")
def printed(keys: Keyring, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("print") / "print.pdf"
    write_print_file(some(keys), FAIR, path)
    return path


def test_one_page_each_in_the_order_given(printed: Path) -> None:
    texts = text_of(printed)
    assert len(texts) == 5
    assert [f"VS14-A-{number:04d}" in text for number, text in enumerate(texts, 1)] == [True] * 5
    with pikepdf.open(printed) as file:
        assert file.check_pdf_syntax() == []
        sizes = {tuple(round(float(value)) for value in page.mediabox) for page in file.pages}
    assert sizes == {(0, 0, 842, 595)}


def test_each_page_says_the_french_of_its_gender_and_kind(printed: Path) -> None:
    man, woman, unknown, planning, funding = text_of(printed)
    assert "atteste que M." in man
    assert "à l’intéressé pour" in man
    assert "atteste que Mme" in woman
    assert "à l’intéressée pour" in woman
    assert "atteste que M./Mme" in unknown
    assert "à l’intéressé(e) pour" in unknown
    assert "Planification stratégique" in planning
    assert "à la table ronde" in funding
    assert all("vérifiable" in text and "signé" not in text for text in (man, woman, unknown))


def test_every_code_reads_at_203_dpi_sharp_and_worn(keys: Keyring, printed: Path) -> None:
    for page, certificate in zip(pictures(printed, 203), some(keys), strict=True):
        link = link_prefix(ADDRESS) + certificate.digits
        assert codes(page) == codes(worn(page)) == {link}
        read = read_code(link.rpartition("/")[2], lambda *signed: keys.verify("certificate", *signed))
        assert read.name_hash == name_hash(certificate.name_ar, certificate.name_fr)


def test_the_longest_name_and_title_run_into_nothing(printed: Path) -> None:
    for page in pictures(printed, 120):
        # Inside the frame to both sides of the names, above the line below them, and above the signatures.
        assert is_blank(page, 120, (22.5, 70, 25.5, 185))
        assert is_blank(page, 120, (271.5, 70, 274.5, 185))
        assert is_blank(page, 120, (30, 103.2, 270, 104.6))
        assert is_blank(page, 120, (28, 146.6, 110, 149.4))
        assert is_blank(page, 120, (187, 146.6, 269, 149.4))
        assert is_blank(page, 120, (144, 106, 153, 141))


def test_print_and_single_show_the_same_page(keys: Keyring, printed: Path) -> None:
    from tests.documents.looking import worst_tile

    for page, certificate in zip(pictures(printed, 72), some(keys)[:2], strict=False):
        (alone,) = pictures(single(certificate, FAIR), 72)
        assert worst_tile(page, alone) < 12
        (whole,) = pictures(naive(certificate, FAIR), 72)
        assert worst_tile(page, whole) < 12


def test_a_single_file_is_tagged_named_and_claims_what_it_keeps(keys: Keyring) -> None:
    data = single(some(keys)[1], FAIR)
    assert all(fonts_of(data).values())
    with pikepdf.open(io.BytesIO(data)) as file:
        assert file.check_pdf_syntax() == []
        assert file.Root.MarkInfo.Marked
        assert str(file.Root.Lang) == "ar"
        assert file.Root.ViewerPreferences.DisplayDocTitle
        with file.open_metadata() as metadata:
            claims = [metadata[key] for key in ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance")]
        kinds = [str(thing.S) for thing in file.objects if isinstance(thing, pikepdf.Dictionary) and "/S" in thing and "/P" in thing]
        figures = [
            thing for thing in file.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure"
        ]
        content = file.pages[0].Contents
        streams = content if isinstance(content, pikepdf.Array) else [content]
        first = streams[0].read_bytes()
    assert claims == ["1", "3", "A"]
    assert "/H1" in kinds
    assert all(str(figure.Alt).startswith("QR VS14-A-0002") for figure in figures)
    assert len(figures) == 1
    assert first.startswith(b"/Artifact BMC")


def test_the_reading_order_is_that_of_the_sentence(keys: Keyring) -> None:
    (text,) = text_of(single(some(keys)[1], FAIR))
    parts = ["14e édition", "atteste que Mme", "Fadma Oubella", "Techniques de commercialisation", "VS14-A-0002"]
    places = [text.lower().find(part.lower()) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_content_names_the_file(keys: Keyring) -> None:
    one, other, *_ = some(keys)
    assert content_hash(one, FAIR) == content_hash(one, FAIR)
    names = {
        content_hash(one, FAIR),
        content_hash(other, FAIR),
        content_hash(replace(one, name_fr="Youssef Mourabit"), FAIR),
        content_hash(one, replace(FAIR, organizer_ar="جهة أخرى")),
    }
    assert len(names) == 4


def test_printing_twice_gives_the_same_file(keys: Keyring, printed: Path, tmp_path: Path) -> None:
    write_print_file(some(keys), FAIR, tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == printed.read_bytes()


def test_every_paper_carries_the_seal_of_the_log(keys: Keyring, printed: Path) -> None:
    """In print runs, in single files, and in neither before the log was first sealed for certificates."""
    alone = single(some(keys)[0], FAIR)
    for text in (*text_of(printed), *text_of(alone)):
        assert FAIR.seal in text
    assert "sceau du journal" not in text_of(single(some(keys)[0], replace(FAIR, seal="")))[0]


def test_a_demonstration_says_so(keys: Keyring) -> None:
    (text,) = text_of(single(some(keys)[0], replace(FAIR, demonstration=True)))
    assert "démonstration" in text
