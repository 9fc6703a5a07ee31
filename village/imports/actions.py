"""The deeds of an import: read a sheet, load it whole, or give it up."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import PurePath
from typing import Final

from sqlalchemy import update

from village.audit.actions import record
from village.exhibitors.actions import add_exhibitors
from village.imports.models import ImportBatch
from village.imports.queries import (
    pack_sheet,
    read_exhibitors_account,
    read_people_account,
    unpack_sheet,
)
from village.imports.rules.account import Kind, Verdict
from village.imports.rules.headings import understand
from village.imports.tables import clean, read_table
from village.kit.db import Json, locked
from village.kit.deeds import Deed
from village.kit.refusal import Refusal
from village.people.actions import add_people

KEPT_FOR: Final = timedelta(hours=24)
"""A sheet that nobody loads within a day is given up: its cells are personal data without a purpose."""


@dataclass(frozen=True)
class SheetLoaded:
    """How many rows were taken in and how many were left out."""

    loaded: int
    refused: int


def read_sheet(deed: Deed, *, edition_id: int, kind: Kind, file_name: str, data: bytes) -> int:
    """Read an upload and keep its columns until it is loaded or given up; returns the batch's id.

    Refusals: those of `tables.read_table` and `rules.headings.understand`.
    """
    table = read_table(data)
    sheet = understand(table, kind)
    _give_up_old(deed, edition_id)
    row = ImportBatch(
        edition_id=edition_id,
        kind=kind.value,
        file_name=clean(PurePath(file_name.replace("\\", "/")).name)[:200],
        sha256=sha256(data).hexdigest(),
        encoding=table.encoding,
        sheet=pack_sheet(sheet),
        rows=len(sheet.rows),
        made_by=str(deed.actor),
        made_at=deed.now,
    )
    deed.session.add(row)
    deed.session.flush()
    facts = {"kind": kind.value, "rows": row.rows, "sha256": row.sha256, "dropped": len(sheet.national_ids)}
    record(deed, "import.read", f"import:{row.id}", facts)
    return row.id


def load_sheet(deed: Deed, *, batch_id: int, shown: str) -> SheetLoaded:
    """Take in all rows of a sheet that are not refused, in one transaction.

    `shown` is the digest of the account that was looked at: when the edition has changed meanwhile so that a row
    would fare otherwise, nothing is loaded. Refusals: `batch_not_found`, `batch_ended`, `preview_outdated`,
    `nothing_to_load`.
    """
    batch = locked(deed.session, ImportBatch, batch_id)
    if batch is None:
        raise Refusal("batch_not_found")
    if batch.sheet is None:
        raise Refusal("batch_ended")
    sheet = unpack_sheet(batch.sheet)
    if sheet.kind is Kind.PEOPLE:
        people = read_people_account(deed.session, batch.edition_id, sheet)
        digest, refused = people.digest, people.count(Verdict.REFUSED)
        _check_shown(digest, shown, len(people.kept))
        loaded = len(add_people(deed, batch.edition_id, people.kept))
    else:
        found = read_exhibitors_account(deed.session, batch.edition_id, sheet)
        digest, refused = found.digest, found.count(Verdict.REFUSED)
        _check_shown(digest, shown, len(found.kept))
        loaded = len(add_exhibitors(deed, batch.edition_id, found.kept))
    _end(deed, batch, "loaded")
    batch.loaded, batch.refused = loaded, refused
    facts: dict[str, Json] = {"kind": batch.kind, "loaded": loaded, "refused": refused}
    record(deed, "import.loaded", f"import:{batch_id}", facts)
    return SheetLoaded(loaded, refused)


def give_up_sheet(deed: Deed, *, batch_id: int) -> None:
    """Forget the cells of a sheet that shall not be loaded. Refusals: `batch_not_found`, `batch_ended`."""
    batch = locked(deed.session, ImportBatch, batch_id)
    if batch is None:
        raise Refusal("batch_not_found")
    if batch.sheet is None:
        raise Refusal("batch_ended")
    _end(deed, batch, "given_up")
    record(deed, "import.given_up", f"import:{batch_id}")


def _check_shown(digest: str, shown: str, kept: int) -> None:
    if digest != shown:
        raise Refusal("preview_outdated")
    if not kept:
        raise Refusal("nothing_to_load")


def _end(deed: Deed, batch: ImportBatch, state: str) -> None:
    batch.state = state
    batch.sheet = None
    batch.ended_at = deed.now


def _give_up_old(deed: Deed, edition_id: int) -> None:
    deed.session.execute(
        update(ImportBatch)
        .where(
            ImportBatch.edition_id == edition_id,
            ImportBatch.state == "previewed",
            ImportBatch.made_at < deed.now - KEPT_FOR,
        )
        .values(state="given_up", sheet=None, ended_at=deed.now)
    )
