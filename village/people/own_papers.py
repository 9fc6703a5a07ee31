"""What is kept about a person, as that person reads it: on a page, on paper, in a spreadsheet, by a program."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from village.kit import pdf
from village.kit.i18n import direction, format_day, format_instant, pick, text_direction
from village.kit.tables import CSV_TYPE, Column, Sheet, csv_bytes
from village.kit.wording import say_deed
from village.kit.zellige import band
from village.people.rules import show_phone
from village.people.rules.needs import NEEDS
from village.people.wording import DATA_LABELS, DATA_TITLES, DATA_VALUES, OWN_DATA_WORDS

if TYPE_CHECKING:
    from village.editions.queries import EditionView
    from village.kit.i18n import Lang

__all__ = ["CSV_TYPE", "as_csv", "as_json", "as_pdf", "sections"]

DESIGN = "own_data"
Gathered = Mapping[str, Sequence[Mapping[str, Any]]]
_CODES = frozenset({"code", "email", "number", "province_code", "commune_code", "age_band"})
# What the sentence of another field is made of.
_UNSAID = frozenset({"facts"})


def sections(gathered: Gathered, lang: Lang) -> list[tuple[str, list[list[tuple[str, dict[str, Any]]]]]]:
    """Return the parts of what is kept: title, and for each entry its (label, value); values with how to show them."""
    return [(DATA_TITLES[name].say(lang), [_told(row, lang) for row in rows]) for name, rows in gathered.items()]


def as_json(gathered: Gathered) -> bytes:
    """Write what is kept for a program: codes, ISO instants."""
    return json.dumps(gathered, ensure_ascii=False, indent=2).encode()


def as_csv(gathered: Gathered, lang: Lang) -> bytes:
    """Write what is kept for a spreadsheet: part, entry, what, value."""
    rows = [
        (title, number, label, _plain(value, lang))
        for title, entries in sections(gathered, lang)
        for number, entry in enumerate(entries, 1)
        for label, value in entry
    ]
    columns = [Column(OWN_DATA_WORDS[name].say(lang)) for name in ("part", "entry", "what", "value")]
    return csv_bytes(Sheet(OWN_DATA_WORDS["title"].say(lang), columns, rows, lang))


def as_pdf(gathered: Gathered, lang: Lang, *, fair: EditionView, at: datetime) -> bytes:
    """Write what is kept on paper, in the reader's language.

    Args:
        gathered: what is kept, by part.
        lang: of the paper.
        fair: the edition it belongs to.
        at: an aware instant: what is kept changes.

    """
    parts = [
        {
            "title": title,
            "entries": [[{"label": label, **_printed(value, lang)} for label, value in entry] for entry in entries],
        }
        for title, entries in sections(gathered, lang)
        if entries
    ]
    facts = {"when": format_instant(at, lang, fair.zone)}
    words = {name: text.say(lang, facts) for name, text in OWN_DATA_WORDS.items()}
    return pdf.render(
        DESIGN,
        DESIGN,
        lang=lang,
        dir=direction(lang),
        band=Markup(band(210, 8)),  # noqa: S704 - drawn by our own code
        fair=pick(lang, fair.name_ar, fair.name_fr, fair.name_en)[0],
        words=words,
        parts=parts,
    )


def _told(row: Mapping[str, Any], lang: Lang) -> list[tuple[str, dict[str, Any]]]:
    filled = {name: value for name, value in row.items() if name not in _UNSAID and value is not None and value != ""}
    return [(DATA_LABELS[name].say(lang), _said(name, value, row, lang)) for name, value in filled.items()]


def _said(name: str, value: Any, row: Mapping[str, Any], lang: Lang) -> dict[str, Any]:
    """Return a value with how it is to be shown."""
    words = DATA_VALUES.get(f"{name}.{value}".lower()) or DATA_VALUES.get(str(value).lower())
    if words is not None:
        return {"text": words.say(lang), "ltr": False}
    special = {
        "at": lambda: {"text": datetime.fromisoformat(value), "instant": True},
        "day": lambda: {"text": date.fromisoformat(value), "day": True},
        "phone": lambda: {"text": show_phone(value), "ltr": True},
        "what": lambda: {"text": say_deed(value, row.get("facts", {}), lang), "ltr": False},
        "needs": lambda: {"text": _needs(value, lang), "ltr": False},
    }
    return special[name]() if name in special else {"text": value, "ltr": name in _CODES}


def _needs(codes: str, lang: Lang) -> str:
    joint = "، " if lang == "ar" else ", "
    return joint.join(NEEDS[code].name_in(lang) if code in NEEDS else code for code in codes.split(","))


def _plain(value: Mapping[str, Any], lang: Lang) -> str:
    if value.get("instant"):
        return format_instant(value["text"], lang)
    if value.get("day"):
        return format_day(value["text"], lang)
    return str(value["text"]).replace("\u00a0", " ")


def _printed(value: Mapping[str, Any], lang: Lang) -> dict[str, str]:
    text = _plain(value, lang)
    return {"text": text, "dir": "ltr" if value.get("ltr") else text_direction(text)}
