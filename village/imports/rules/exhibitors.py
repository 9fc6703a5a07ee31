"""Rows of a list of exhibitors: sectors and provinces by name or code, needs in figures, none twice."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from village.exhibitors.rules import NewExhibitor, Sector, is_ice, why_not_add
from village.imports.cells import read_bool, read_decimal, read_int, western_digits
from village.imports.rules.account import Account, RowAccount, RowReader
from village.imports.rules.headings import Sheet
from village.imports.rules.shared import read_email, read_phone, read_place, script_of, split_lost
from village.kit.refusal import Refusal
from village.people.rules import fold

WATTS_PER_KILOWATT: Final = 1000


@dataclass(frozen=True)
class KnownExhibitors:
    """Codes that are taken, and folded names and register numbers with the code they belong to."""

    codes: frozenset[str]
    names: Mapping[str, str]
    registers: Mapping[str, str]


def read_exhibitors(
    sheet: Sheet, known: KnownExhibitors, sectors: Mapping[str, Sector], places: Mapping[str, str]
) -> Account[NewExhibitor]:
    """Give an account of every row; each kept exhibitor has the next free code of the edition.

    Args:
        sheet: the rows under their fields.
        known: who has applied already.
        sectors: the catalogue.
        places: folded name or code of a province → its code.

    """
    words = _sector_words(sectors)
    codes = set(known.codes)
    rows: list[RowAccount[NewExhibitor]] = []
    seen: dict[str, int] = {}
    for number, cells in sheet.rows:
        reader = RowReader(number, cells, sheet.titles)
        new = _exhibitor(reader, _free_code(codes), words, sectors, places)
        _meet_others(reader, new, known, seen)
        reader.refuse_all(Refusal(one.code, {"row": number, **one.facts}) for one in _why_not(reader, new, sectors))
        if not reader.refusals:
            codes.add(new.code)
        rows.append(reader.account(new.name_ar or new.name_fr, new))
    return Account(tuple(rows))


def _exhibitor(
    reader: RowReader,
    code: str,
    words: Mapping[str, tuple[str, str]],
    sectors: Mapping[str, Sector],
    places: Mapping[str, str],
) -> NewExhibitor:
    name_ar, name_fr = _names(reader)
    sector, branch = _sector(reader, words, sectors)
    province = read_place(reader, places)
    if province is None:
        reader.refuse("province_needed", "province")
    chair = reader.text("chair")
    members, women = _count(reader, "members"), _count(reader, "women_members")
    return NewExhibitor(
        code=code,
        name_ar=name_ar,
        name_fr=name_fr,
        sector=sector,
        branch=branch,
        province_code=province or "",
        register_no=reader.text("register_no") or None,
        ice=_ice(reader),
        members=members,
        women_members=women,
        is_womens=members > 0 and members == women,
        products_ar=reader.text("products_ar"),
        products_fr=reader.text("products_fr"),
        power_w=_watts(reader),
        needs_water=_need(reader, "water"),
        needs_cold=_need(reader, "cold"),
        chair_ar=chair if script_of(chair) == "ar" else "",
        chair_fr=chair if script_of(chair) == "fr" else "",
        phone=read_phone(reader),
        email=read_email(reader),
    )


def _names(reader: RowReader) -> tuple[str, str]:
    found = {"ar": "", "fr": ""}
    for field in ("name_ar", "name_fr", "name"):
        text = reader.text(field)
        if split_lost(text):
            reader.refuse("name_lost", field)
        elif text:
            script = script_of(text)
            if field != "name" and not field.endswith(script):
                reader.note("script_moved", field, text)
            found[script] = found[script] or text
    return found["ar"], found["fr"]


def _sector_words(sectors: Mapping[str, Sector]) -> dict[str, tuple[str, str]]:
    """Folded name or code of a sector or branch → (sector, branch)."""
    words: dict[str, tuple[str, str]] = {}
    for code, sector in sectors.items():
        for name in (code, sector.name_ar, sector.name_fr, sector.name_en):
            words.setdefault(fold(name), (code, ""))
    for code, sector in sectors.items():
        for branch, names in sector.branches.items():
            for name in (branch, *names):
                words.setdefault(fold(name), (code, branch))
    return words


def _sector(reader: RowReader, words: Mapping[str, tuple[str, str]], sectors: Mapping[str, Sector]) -> tuple[str, str]:
    text = reader.text("sector")
    sector, branch = words.get(fold(text), ("", ""))
    if not sector:
        reader.refuse("sector_unknown", "sector")
        return "", ""
    asked = reader.text("branch")
    if asked:
        spoken = {fold(name): code for code, names in sectors[sector].branches.items() for name in (code, *names)}
        branch = spoken.get(fold(asked), "")
        if not branch:
            reader.note("branch_left_out", "branch")
    return sector, branch


def _ice(reader: RowReader) -> str | None:
    text = western_digits(reader.text("ice")).replace(" ", "")
    if not text:
        return None
    if not is_ice(text):
        reader.note("ice_left_out", "ice")
        return None
    return text


def _count(reader: RowReader, field: str) -> int:
    text = reader.text(field)
    if not text:
        return 0
    try:
        return read_int(text)
    except Refusal as fault:
        reader.refuse(fault.code, field)
        return 0


def _watts(reader: RowReader) -> int:
    """Power in watts; a cell may say its unit, W or kW."""
    text = reader.text("power")
    if text in {"", "-"}:
        return 0
    found = re.fullmatch(r"([0-9., ]+?) ?(kw|kva|w|watts?|واط)?", western_digits(text).casefold())
    try:
        watts = read_decimal(found[1] if found else text)
    except Refusal:
        reader.refuse("power_unreadable", "power")
        return 0
    kilo = found is not None and (found[2] or "").startswith("k")
    return int(watts * WATTS_PER_KILOWATT) if kilo else int(watts)


def _need(reader: RowReader, field: str) -> bool:
    text = reader.text(field)
    if not text:
        return False
    try:
        return read_bool(text)
    except Refusal as fault:
        reader.refuse(fault.code, field)
        return False


def _meet_others(reader: RowReader, new: NewExhibitor, known: KnownExhibitors, seen: dict[str, int]) -> None:
    keys = [fold(name) for name in (new.name_ar, new.name_fr) if name]
    register = (new.register_no or "").casefold()
    code = next((known.names[key] for key in keys if key in known.names), known.registers.get(register, ""))
    if code:
        reader.refuse("exhibitor_already_known", "name", exhibitor=code)
        return
    for key in filter(None, (*keys, register)):
        first = seen.setdefault(key, reader.number)
        if first != reader.number:
            reader.refuse("row_repeated", "name", first=first)
            return


def _why_not(reader: RowReader, new: NewExhibitor, sectors: Mapping[str, Sector]) -> list[Refusal]:
    """What the exhibitors' own rule says, without what the row was told already."""
    told = {"sector_not_found"} if any(one.code == "sector_unknown" for one in reader.refusals) else set()
    return [one for one in why_not_add(new, sectors) if one.code not in told]


def _free_code(taken: set[str]) -> str:
    numbers = [int(code[1:]) for code in taken if re.fullmatch(r"C[0-9]{1,6}", code, re.ASCII)]
    return f"C{max(numbers, default=0) + 1:02d}"


def known_exhibitors(rows: Sequence[tuple[str, str, str, str | None]]) -> KnownExhibitors:
    """Index who is known: rows of (code, Arabic name, French name, register number)."""
    names = {fold(name): code for code, *both, _ in rows for name in both if name}
    registers = {register.casefold(): code for code, _, _, register in rows if register}
    return KnownExhibitors(frozenset(row[0] for row in rows), names, registers)
