"""The renderer: a sandbox that fetches nothing foreign, fonts that print Arabic, names that fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError
from markupsafe import Markup
from PIL import ImageFont

from tests.documents.looking import fonts_of, pictures
from village.kit import fonts, pdf
from village.kit.pdf import engine
from village.kit.pdf.text import bdi, direction_of, has_tashkeel, ltr

if TYPE_CHECKING:
    from pathlib import Path

OWN = ("badge_sheet", "certificate", "traps")


@pytest.fixture
def scratch(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of designs of our own, with one design called trial."""
    folder = tmp_path / "trial"
    folder.mkdir()
    (folder / "theme.css").write_text("p { font-family: Amiri }")
    monkeypatch.setattr(engine, "DESIGNS", tmp_path)
    for cached in (engine._environment, engine._fetcher, engine._css):
        cached.cache_clear()
    yield folder
    for cached in (engine._environment, engine._fetcher, engine._css):
        cached.cache_clear()


def trial(scratch: Path, body: str, **values: object) -> bytes:
    (scratch / "template.html").write_text(f"<!doctype html><html lang=ar dir=rtl><title>t</title>{body}</html>")
    engine._environment.cache_clear()
    return pdf.render("trial", "trial", **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "url",
    [
        "http://pictures.example/a.png",
        "https://pictures.example/a.png",
        "//pictures.example/a.png",
        "ftp://pictures.example/a.png",
        "file:///etc/passwd",
        "file://host/etc/passwd",
        "/etc/passwd",
        "../../../../../../etc/passwd",
        "trial/../../secret.png",
    ],
)
def test_nothing_foreign_is_fetched(scratch: Path, url: str) -> None:
    with pytest.raises(pdf.ForeignResourceError):
        trial(scratch, "<img src='{{ url }}' alt=x>", url=url)


def test_a_style_cannot_fetch_either(scratch: Path) -> None:
    with pytest.raises(pdf.ForeignResourceError):
        trial(scratch, "<p style='background: url(http://pictures.example/a.png)'>ا</p>")


def test_own_pictures_and_data_are_fetched(scratch: Path) -> None:
    (scratch / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>')
    data = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/%3E"
    assert trial(scratch, '<style>img { display: block }</style><img src="trial/dot.svg" alt=x><img src="{{ data }}" alt=y>', data=data).startswith(b"%PDF")


@dataclass
class Live:
    """An object that could lead to the database."""

    name: str = "x"


@pytest.mark.parametrize("value", [Live(), {"a": [Live()]}, object(), open, {1, 2}])
def test_live_objects_do_not_enter_a_design(scratch: Path, value: object) -> None:
    with pytest.raises(TypeError, match="primitive"):
        trial(scratch, "<p>{{ value }}</p>", value=value)


def test_a_template_stays_in_its_sandbox(scratch: Path) -> None:
    with pytest.raises(SecurityError):
        trial(scratch, "<p>{{ ''.__class__.__mro__ }}</p>")
    with pytest.raises(SecurityError):
        trial(scratch, "<p>{{ values.append(1) }}</p>", values=[1])
    with pytest.raises(UndefinedError):
        trial(scratch, "<p>{{ forgotten }}</p>")


def test_text_is_escaped_and_own_drawings_are_not(scratch: Path) -> None:
    (scratch / "template.html").write_text("{{ text }}{{ drawing }}")
    filled = pdf.compose("trial", text="<b>", drawing=Markup("<svg/>"))
    assert filled == "&lt;b&gt;<svg/>"


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("worst", [False, True])
def test_each_design_prints_its_samples_on_one_page(name: str, worst: bool) -> None:
    data = pdf.preview(name, worst=worst)
    assert len(pictures(data, 30)) == 1
    embedded = fonts_of(data)
    assert embedded
    assert all(embedded.values())
    assert all(font.startswith(("Amiri", "IBM-Plex-Sans-Arabic", "Noto-Sans-Tifinagh")) for font in embedded)


def test_designs_describe_themselves() -> None:
    assert set(OWN) <= set(pdf.design_names())
    for name in OWN:
        assert set(pdf.design(name).title) == {"ar", "fr", "en"}
    with pytest.raises(FileNotFoundError):
        pdf.design("../documents/traps/nothing")


@pytest.mark.parametrize("face", fonts.FACES, ids=lambda face: face.filename)
def test_merging_keeps_the_shaping_of_the_source(face: fonts.Face, tmp_path: Path) -> None:
    from fontTools.ttLib import TTFont

    first = next(face.sources(fonts.NODE_MODULES))
    plain = tmp_path / "plain.ttf"
    source = TTFont(first)
    source.flavor = None
    source.save(plain)
    words = ["ⵜⵉⵡⵉⵣⵉ"] if "Tifinagh" in face.family else ["القرية التضامنية", "مولاي عبد الرحمان", "لله الشَّاهِدَةُ", "الأعلى"]
    for word in words:
        lengths = {
            round(ImageFont.truetype(str(path), 500, layout_engine=ImageFont.Layout.RAQM).getlength(word), 2)
            for path in (plain, face.path)
        }
        assert len(lengths) == 1


def test_fonts_are_built_once_and_missing_packages_are_named(tmp_path: Path) -> None:
    fonts.ready()
    assert fonts.build() == []
    with pytest.raises(fonts.FontsMissingError, match="amiri-arabic-400"):
        fonts.build(tmp_path / "nowhere", tmp_path / "fonts")
    with pytest.raises(KeyError):
        fonts.face("Comic Sans", 400)


def test_a_name_takes_the_largest_size_that_fits() -> None:
    sizes = (34, 28, 22, 16)
    short = pdf.fit("فاضمة أوبلا", "Amiri", 700, 200, sizes)
    long = pdf.fit("مولاي عبد الرحمان بن سيدي محمد الإدريسي العلوي", "Amiri", 700, 150, sizes)
    assert (short.size_pt, short.lines) == (34, 1)
    assert long.lines == 1
    assert long.size_pt < 34
    assert pdf.width_mm("مولاي عبد الرحمان بن سيدي محمد الإدريسي العلوي", "Amiri", 700, long.size_pt) <= 150
    endless = pdf.fit("مولاي عبد الرحمان " * 9, "Amiri", 700, 100, sizes)
    assert (endless.size_pt, endless.lines) == (16, 2)
    assert pdf.fit("", "Amiri", 700, 100, sizes).size_pt == 34


def test_isolation_takes_the_direction_of_the_first_strong_letter() -> None:
    assert [direction_of(text) for text in ("12 عضوا", "(Coop)", "١٢", "—", "")] == ["rtl", "ltr", "ltr", "ltr", "ltr"]
    assert bdi("<ا>") == '<bdi dir="rtl">&lt;ا&gt;</bdi>'
    assert ltr("+212 6 00") == '<bdi class="ltr" dir="ltr">+212\u00a06\u00a000</bdi>'
    assert has_tashkeel("فَاطِمَة")
    assert not has_tashkeel("فاطمة")
