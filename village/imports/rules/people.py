"""Rows of a list of people: names to their script, telephones to one form, and no one twice."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, cast

from village.imports.cells import western_digits
from village.imports.rules.account import Account, RowAccount, RowReader
from village.imports.rules.headings import Sheet
from village.imports.rules.shared import read_email, read_phone, read_place, script_of, split_lost
from village.imports.rules.words import values
from village.kit.refusal import Refusal
from village.people.rules import Gender, NewPerson, fold, why_not_add

_BANDS: Final = ((18, 24), (25, 34), (35, 49), (50, 120))


@dataclass(frozen=True)
class KnownPeople:
    """Who is in the edition already: (telephone, folded name) → code, and folded name → code."""

    by_phone_and_name: Mapping[tuple[str, str], str] = field(default_factory=dict)
    by_name: Mapping[str, str] = field(default_factory=dict)


def read_people(sheet: Sheet, known: KnownPeople, places: Mapping[str, str]) -> Account[NewPerson]:
    """Give an account of every row.

    Args:
        sheet: the rows under their fields.
        known: who is in the edition already.
        places: folded name or code of a province → its code.

    """
    rows: list[RowAccount[NewPerson]] = []
    seen: dict[tuple[str, str], int] = {}
    for number, cells in sheet.rows:
        reader = RowReader(number, cells, sheet.titles)
        person = _person(reader, places)
        _meet_others(reader, person, known, seen)
        reader.refuse_all(Refusal(one.code, {"row": number, **one.facts}) for one in why_not_add(person))
        rows.append(reader.account(_label(person), person))
    return Account(tuple(rows))


def folded_names(person: NewPerson) -> list[str]:
    """Return the folded whole names of a person, one for each script that is known."""
    pairs = ((person.given_ar, person.family_ar), (person.given_fr, person.family_fr))
    return [name for name in (fold(" ".join(pair)) for pair in pairs) if name]


def age_band(text: str) -> str | None:
    """Return the band of an age in years, or a band written as such; None where it is neither."""
    plain = western_digits(text).replace(" ", "").replace("ans", "").replace("سنة", "").replace("–", "-")
    if plain in {"18-24", "25-34", "35-49", "50+"}:
        return plain
    if not re.fullmatch(r"[0-9]{1,3}", plain):
        return None
    years = int(plain)
    for low, high in _BANDS:
        if low <= years <= high:
            return "50+" if low == _BANDS[-1][0] else f"{low}-{high}"
    return None


def _person(reader: RowReader, places: Mapping[str, str]) -> NewPerson:
    person = _named(reader)
    return replace(
        person,
        gender=cast("Gender", _word(reader, "gender", "gender_unknown", "unknown")),
        category=_word(reader, "category", "category_unknown", "public"),
        lang=_word(reader, "lang", "lang_unknown", "ar" if person.given_ar or person.family_ar else "fr"),
        phone=read_phone(reader),
        email=read_email(reader),
        province_code=read_place(reader, places),
        age_band=_age(reader),
    )


def _named(reader: RowReader) -> NewPerson:
    """Put each piece of the name where its letters belong, whatever the heading says."""
    found = {"given_ar": "", "family_ar": "", "given_fr": "", "family_fr": ""}
    for name in ("given_ar", "family_ar", "given_fr", "family_fr", "given", "family", "name"):
        text = reader.text(name)
        if not text:
            continue
        if split_lost(text):
            reader.refuse("name_lost", name)
            continue
        part, _, said = name.partition("_")
        script = script_of(text)
        target = f"{'given' if part == 'name' else part}_{script}"
        if said and said != script:
            reader.note("script_moved", name, text)
        if not found[target]:
            found[target] = text
    return NewPerson(found["given_ar"], found["family_ar"], found["given_fr"], found["family_fr"])


def _word(reader: RowReader, name: str, note: str, default: str) -> str:
    text = reader.text(name)
    if not text:
        return default
    found = values(name).get(fold(text))
    if found is None:
        reader.note(note, name)
        return default
    return found


def _age(reader: RowReader) -> str | None:
    text = reader.text("age")
    band = age_band(text) if text else None
    if text and band is None:
        reader.note("age_left_out", "age")
    return band


def _meet_others(reader: RowReader, person: NewPerson, known: KnownPeople, seen: dict[tuple[str, str], int]) -> None:
    """One telephone and one name are one person; a name alone may be two, and a telephone a whole family."""
    phone = person.phone or ""
    for name in folded_names(person):
        first = seen.setdefault((phone, name), reader.number)
        if first != reader.number:
            reader.refuse("row_repeated", "name", first=first)
            return
        if code := known.by_phone_and_name.get((phone, name)):
            reader.refuse("person_already_known", "name", person=code)
            return
        if code := known.by_name.get(name):
            reader.note("person_resembles", "name", code)
            return


def _label(person: NewPerson) -> str:
    return next(
        (
            name.strip()
            for name in (f"{person.given_ar} {person.family_ar}", f"{person.given_fr} {person.family_fr}")
            if name.strip()
        ),
        "",
    )


def known_people(rows: Iterable[tuple[str, str | None, NewPerson]]) -> KnownPeople:
    """Index who is known: rows of (code, telephone, names)."""
    by_both: dict[tuple[str, str], str] = {}
    by_name: dict[str, str] = {}
    for code, phone, person in rows:
        for name in folded_names(person):
            by_both[phone or "", name] = code
            by_name.setdefault(name, code)
    return KnownPeople(by_both, by_name)
