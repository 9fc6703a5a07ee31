"""The language of a request: part of the address of every page, so that a link says the same to everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import g, request, session, url_for
from flask_babel import Babel
from markupsafe import Markup, escape
from werkzeug.routing import BaseConverter

from village.kit import i18n
from village.kit.i18n import LANGS, LOCALES, OWN_NAMES, Lang

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask


class LangConverter(BaseConverter):
    """The `<lang:lang>` part of a route; any other word there is an unknown language, so a page not found."""

    regex = "ar|fr|en"
    part_isolating = True


def preferred_lang() -> Lang:
    """Return the language of somebody who has not chosen by address: the last one used, else the browser's."""
    kept = session.get("lang")
    if kept in LANGS:
        return kept  # type: ignore[no-any-return]
    return request.accept_languages.best_match(LANGS, default="ar")  # type: ignore[return-value]


def init_locale(app: Flask, catalogues: Path, domains: list[str]) -> None:
    """Make the application speak three languages.

    Args:
        app: the application.
        catalogues: folder with `ar/LC_MESSAGES/<domain>.mo` and so on.
        domains: one catalogue for each feature.

    """
    app.url_map.converters["lang"] = LangConverter
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join([str(catalogues)] * len(domains))
    app.config["BABEL_DOMAIN"] = ";".join(domains)
    Babel(app, locale_selector=lambda: LOCALES[i18n.current_lang()])

    @app.url_value_preprocessor
    def take_lang(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        g.lang = (values or {}).pop("lang", None) or preferred_lang()
        named = request.url_rule is not None and "lang" in request.url_rule.arguments
        if named and session.get("lang") != g.lang:
            session["lang"] = g.lang

    @app.url_defaults
    def give_lang(endpoint: str, values: dict[str, Any]) -> None:
        if "lang" not in values and app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = g.get("lang", "ar")

    app.jinja_env.filters.update(
        day=lambda value, weekday=True: i18n.format_day(value, i18n.current_lang(), weekday=weekday),
        clock=lambda value: i18n.format_clock(value, i18n.current_lang()),
        instant=lambda value, zone="Africa/Casablanca": i18n.format_instant(value, i18n.current_lang(), zone),
        num=lambda value, digits=None: i18n.format_number(value, i18n.current_lang(), digits),
        counted=lambda value, noun: i18n.counted(noun, value, i18n.current_lang()),
        bdi=isolated,
        ltr=lambda value: Markup('<bdi dir="ltr" class="nowrap">{}</bdi>').format(value),
    )
    app.jinja_env.globals.update(pick=picked, text_direction=i18n.text_direction)


def isolated(text: object) -> Markup:
    """Wrap a name so that it keeps its own direction; WeasyPrint and old browsers need it said."""
    return Markup('<bdi dir="{}">{}</bdi>').format(i18n.text_direction(str(text)), text)


def picked(ar: str | None, fr: str | None, en: str | None = None) -> Markup:
    """Show content in the reader's language, marked with its own language where it falls back to another."""
    lang = i18n.current_lang()
    text, found = i18n.pick(lang, ar, fr, en)
    if found == "fr":
        text = i18n.french_spaces(text)
    if found == lang:
        return escape(text)
    return Markup('<span lang="{}" dir="{}">{}</span>').format(found, i18n.direction(found), text)


def other_languages() -> list[tuple[Lang, str, str]]:
    """List (language, own name, address of this very page in it)."""
    endpoint = request.endpoint
    values = dict(request.view_args or {})
    if endpoint is None or request.url_rule is None or "lang" not in request.url_rule.arguments:
        return [(lang, OWN_NAMES[lang], f"/{lang}/") for lang in LANGS]
    # A form that was refused lives at an address that only takes POST: lead to the page that shows it.
    if request.method != "GET" and "GET" not in (request.url_rule.methods or ()):
        return [(lang, OWN_NAMES[lang], f"/{lang}/") for lang in LANGS]
    query = query_of_page() if request.method == "GET" else {}
    return [(lang, OWN_NAMES[lang], url_for(endpoint, **{**query, **values, "lang": lang})) for lang in LANGS]


def query_of_page() -> dict[str, list[str]]:
    """Return the query of the page at hand, without the words that `url_for` takes for itself (`_external` …)."""
    query = request.args.to_dict(flat=False)
    return {name: values for name, values in query.items() if name != "endpoint" and not name.startswith("_")}
