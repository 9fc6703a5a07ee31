"""Reads of the imports: the account of a sheet against what the edition holds now, and the sheets of the past."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib.resources import files

from sqlalchemy import select
from sqlalchemy.orm import Session

from village.exhibitors import queries as exhibitors
from village.exhibitors.rules import NewExhibitor
from village.imports.models import ImportBatch
from village.imports.rules.account import Account, Kind
from village.imports.rules.exhibitors import known_exhibitors, read_exhibitors
from village.imports.rules.headings import Sheet
from village.imports.rules.people import known_people, read_people
from village.kit.refusal import Refusal
from village.people import queries as people
from village.people.rules import NewPerson, fold


@dataclass(frozen=True)
class BatchRow:
    """One sheet that was sent, without its cells."""

    id: int
    kind: Kind
    state: str
    file_name: str
    encoding: str
    rows: int
    loaded: int
    refused: int
    made_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class PreviewView:
    """A sheet before it is loaded: what would become of each row, and what was left aside."""

    batch: BatchRow
    account: Account[NewPerson] | Account[NewExhibitor]
    titles: Mapping[str, str]
    national_ids: tuple[str, ...]
    ignored: tuple[str, ...]


def list_batches(session: Session, edition_id: int, limit: int = 20) -> list[BatchRow]:
    """List the newest sheets of an edition."""
    rows = session.scalars(
        select(ImportBatch).where(ImportBatch.edition_id == edition_id).order_by(ImportBatch.id.desc()).limit(limit)
    )
    return [_row(row) for row in rows]


def get_preview(session: Session, edition_id: int, batch_id: int) -> PreviewView:
    """Return the account of a sheet against what the edition holds at this moment.

    Refusals: `batch_not_found`, `batch_ended` where it was loaded or given up.
    """
    row = session.get(ImportBatch, batch_id)
    if row is None or row.edition_id != edition_id:
        raise Refusal("batch_not_found")
    if row.sheet is None:
        raise Refusal("batch_ended")
    sheet = unpack_sheet(row.sheet)
    account = read_account(session, edition_id, sheet)
    return PreviewView(_row(row), account, sheet.titles, sheet.national_ids, sheet.ignored)


def read_account(session: Session, edition_id: int, sheet: Sheet) -> Account[NewPerson] | Account[NewExhibitor]:
    """Give an account of a sheet against what the edition holds."""
    if sheet.kind is Kind.PEOPLE:
        return read_people_account(session, edition_id, sheet)
    return read_exhibitors_account(session, edition_id, sheet)


def read_people_account(session: Session, edition_id: int, sheet: Sheet) -> Account[NewPerson]:
    """Give an account of a list of people (one SQL query)."""
    rows = people.list_people(session, edition_id)
    known = known_people(
        (
            row.code,
            row.phone,
            NewPerson(row.given_ar, row.family_ar, row.given_fr, row.family_fr),
        )
        for row in rows
    )
    return read_people(sheet, known, places())


def read_exhibitors_account(session: Session, edition_id: int, sheet: Sheet) -> Account[NewExhibitor]:
    """Give an account of a list of exhibitors (one SQL query)."""
    rows = exhibitors.list_exhibitors(session, edition_id)
    known = known_exhibitors([(row.code, row.name_ar, row.name_fr, None) for row in rows])
    return read_exhibitors(sheet, known, exhibitors.sectors(), places())


@lru_cache(maxsize=1)
def places() -> Mapping[str, str]:
    """Folded name, other spelling or code of a province → its code (HCP, RGPH 2024)."""
    folder = files("village.people").joinpath("geo")
    regions = json.loads(folder.joinpath("regions.json").read_text(encoding="utf-8"))["regions"]
    found: dict[str, str] = {}
    for province in (each for region in regions for each in region["provinces"]):
        for name in (province["code"], province["name_ar"], province["name_fr"]):
            found.setdefault(fold(name), province["code"])
    aliases = json.loads(folder.joinpath("province_aliases.json").read_text(encoding="utf-8"))["aliases"]
    for code, names in aliases.items():
        for name in names:
            found.setdefault(fold(name), code)
    return found


def pack_sheet(sheet: Sheet) -> bytes:
    """Write a sheet as it is kept until it is loaded."""
    return json.dumps(
        {
            "kind": sheet.kind,
            "rows": [[number, dict(cells)] for number, cells in sheet.rows],
            "titles": dict(sheet.titles),
            "national_ids": sheet.national_ids,
            "ignored": sheet.ignored,
        },
        ensure_ascii=False,
    ).encode()


def unpack_sheet(data: bytes) -> Sheet:
    """Read what `pack_sheet` wrote."""
    kept = json.loads(data)
    return Sheet(
        kind=Kind(kept["kind"]),
        rows=tuple((number, cells) for number, cells in kept["rows"]),
        titles=kept["titles"],
        national_ids=tuple(kept["national_ids"]),
        ignored=tuple(kept["ignored"]),
    )


def _row(row: ImportBatch) -> BatchRow:
    return BatchRow(
        row.id,
        Kind(row.kind),
        row.state,
        row.file_name,
        row.encoding,
        row.rows,
        row.loaded,
        row.refused,
        row.made_at,
        row.ended_at,
    )
