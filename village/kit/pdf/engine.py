"""From a design and its values to PDF bytes."""

import threading
import warnings
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from village.kit import fonts
from village.kit.pdf import text

DESIGNS = fonts.ROOT / "templates" / "documents"
"""Folder of the designs, one folder each."""

Variant = Literal["pdf/ua-1", "pdf/a-3a"]

_ONE_AT_A_TIME = threading.RLock()
"""Pango's font map is not for several threads; a process renders one document at a time."""


class ForeignResourceError(Exception):
    """A document asked for something that is neither ours nor in the document itself."""


class _RefusedError(FatalURLFetchingError):
    """Stops WeasyPrint, which would otherwise go on without the picture."""


class _OwnFilesOnly(URLFetcher):
    """Fetches files below our designs, fonts and pictures, and nothing else in the world."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["file", "data"], allow_redirects=False)
        self._folders = [DESIGNS, fonts.BUILT, fonts.ROOT / "static" / "img"]

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith("data:"):
            return super().fetch(url, headers)
        path = Path(URLFetcherResponse(url).path or "/").resolve()
        if not url.startswith("file:///") or not any(path.is_relative_to(own) for own in self._folders):
            raise _RefusedError(url)
        return super().fetch(url, headers)


def render(
    template_name: str,
    css_name: str,
    *,
    variant: Variant | None = None,
    tags: bool = False,
    **values: object,
) -> bytes:
    """Render one document.

    `template_name` is a design ("certificate", meaning its template.html) or a file of one
    ("certificate/sheet.html"); `css_name` likewise (theme.css). Values are texts, numbers, truth
    values, None, and lists or mappings of these; markup of ours (SVG) comes as Markup. `variant`
    asks for a conforming file, `tags` for a tagged one without a claim of conformance.
    Raises ForeignResourceError when the document asks for anything foreign, TypeError for values
    that are no primitives, jinja2.UndefinedError when the template uses a value not given.
    """
    return to_pdf(compose(template_name, **values), css_name, variant=variant, tags=tags)


def compose(template_name: str, **values: object) -> str:
    """Fill the template of a design in the sandbox; returns its HTML."""
    for name, value in values.items():
        _must_be_primitive(name, value)
    return _environment().get_template(_file(template_name, "template.html")).render(values)


def to_pdf(html: str, css_name: str, *, variant: Variant | None = None, tags: bool = False) -> bytes:
    """Lay out ready HTML with the style sheet of a design; errors as in `render`."""
    options: dict[str, Any] = {"pdf_variant": variant} if variant else {"pdf_tags": tags}
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        # WeasyPrint leaves the file of its colour profile to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        try:
            document = HTML(string=html, base_url=DESIGNS.as_uri() + "/", url_fetcher=_fetcher())
            made = document.write_pdf(
                stylesheets=[_fonts_css(), _css(_file(css_name, "theme.css"))],
                font_config=_font_config(),
                **options,
            )
        except _RefusedError as refused:
            raise ForeignResourceError(str(refused)) from None
    return bytes(made)


def _file(name: str, default: str) -> str:
    return name if "/" in name else f"{name}/{default}"


def _must_be_primitive(name: str, value: object) -> None:
    """Refuse live objects: a design must not reach the database or the application."""
    if value is None or type(value) in {str, Markup, int, float, bool}:
        return
    if isinstance(value, Mapping):
        for key, item in value.items():
            _must_be_primitive(f"{name}[{key!r}]", item)
        return
    if isinstance(value, list | tuple):
        for index, item in enumerate(value):
            _must_be_primitive(f"{name}[{index}]", item)
        return
    raise TypeError(f"a document is fed primitive values only; {name} is a {type(value).__name__}")


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(DESIGNS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(bdi=text.bdi, ltr=text.ltr, direction=text.direction_of)
    environment.tests["with_tashkeel"] = text.has_tashkeel
    return environment


@cache
def _fetcher() -> _OwnFilesOnly:
    return _OwnFilesOnly()


@cache
def _font_config() -> FontConfiguration:
    return FontConfiguration()


@cache
def _fonts_css() -> CSS:
    """Parse the faces and the rules every document shares once per process."""
    shared = (
        ".ltr { direction: ltr; unicode-bidi: isolate; white-space: nowrap }"
        "html { font-family: 'IBM Plex Sans Arabic', 'Noto Sans Tifinagh'; line-height: 1.45 }"
    )
    return CSS(string=fonts.css() + shared, font_config=_font_config(), url_fetcher=_fetcher())


@cache
def _css(name: str) -> CSS:
    return CSS(filename=str(DESIGNS / name), font_config=_font_config(), url_fetcher=_fetcher())
