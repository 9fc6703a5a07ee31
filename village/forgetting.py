"""Forgetting what has been kept long enough: edition by edition, feature by feature, a batch at a time."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from sqlalchemy.orm import Session

from village.audit.actions import record
from village.awards import retiring as awards
from village.badges import retiring as badges
from village.certificates import retiring as certificates
from village.checkin import retiring as checkin
from village.draws import retiring as draws
from village.editions.queries import list_editions
from village.exhibitors import retiring as exhibitors
from village.imports import retiring as imports
from village.kit import outbox
from village.kit.clock import local
from village.kit.deeds import SYSTEM, begin
from village.people import retiring as people
from village.people.rules.retention import FILES, Stage, is_due
from village.reports import retiring as reports
from village.workshops import retiring as workshops

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from village.editions.queries import EditionView
    from village.kit.deeds import Deed
    from village.kit.web import Parts
    from village.people.rules.retention import Keeper

AT_ONCE: Final = 500
_WHOLE: Final = 10**9
# What was sent is kept as long as the telephone it went to.
_LETTERS: Final = timedelta(days=365)
# Who holds a certificate is asked before the names on certificates go: people before certificates.
KEEPERS: Final = (
    *people.keepers(certificates.holders),
    *workshops.KEEPERS,
    *badges.KEEPERS,
    *checkin.KEEPERS,
    *imports.KEEPERS,
    *exhibitors.KEEPERS,
    *awards.KEEPERS,
    *draws.KEEPERS,
    *certificates.KEEPERS,
    *reports.KEEPERS,
)


@dataclass(frozen=True)
class Forgotten:
    """What was taken out: of which edition (empty for what belongs to none), what, and how many rows."""

    edition: str
    what: str
    rows: int


class _OnlyTold(Exception):  # noqa: N818 - takes the deed back, is no fault
    """Nothing is to be taken out: it was only counted."""


def forget(parts: Parts, *, older_than: int | None = None, dry_run: bool = False) -> Iterator[Forgotten]:
    """Take out what has been kept long enough; each batch is a deed of its own with its line in the log.

    Whatever stops it, calling it again goes on from what is left.

    Args:
        parts: the application's parts.
        older_than: months after the end of an edition, instead of the twelve for telephones and the rest.
        dry_run: only count; nothing is changed.

    """
    with Session(parts.engine) as session:
        editions = list_editions(session)
    now = parts.clock.now()
    for edition in editions:
        today = local(now, edition.zone).date()
        for keeper in KEEPERS:
            if is_due(keeper.stage, edition.ends_on, today, older_than):
                rows = _run(parts, edition, keeper, dry_run=dry_run)
                if rows:
                    yield Forgotten(edition.code, keeper.name, rows)
    letters = _letters(parts, older_than, dry_run=dry_run)
    if letters:
        yield Forgotten("", "letters", letters)


def _run(parts: Parts, edition: EditionView, keeper: Keeper, *, dry_run: bool) -> int:
    if dry_run:
        return _once(parts, lambda deed: keeper.forget(deed, edition.id, _WHOLE), keeper.name, dry_run=True)
    thing, total = f"edition:{edition.id}", 0
    while rows := _once(parts, lambda deed: keeper.forget(deed, edition.id, AT_ONCE), keeper.name, thing):
        total += rows
    return total


def _letters(parts: Parts, older_than: int | None, *, dry_run: bool) -> int:
    kept = _LETTERS if older_than is None else timedelta(days=365 * older_than // Stage.YEAR)
    return _once(parts, lambda deed: outbox.purge(deed, deed.now - kept), "letters", dry_run=dry_run)


def _once(
    parts: Parts, forgets: Callable[[Deed], int], what: str, thing: str = "outbox:all", *, dry_run: bool = False
) -> int:
    """Forget one batch in a deed of its own; a dry run takes the deed back once it is counted."""
    rows = 0
    with suppress(_OnlyTold), begin(parts.engine, actor=SYSTEM, now=parts.clock.now(), chance=parts.chance) as deed:
        rows = forgets(deed)
        if dry_run:
            raise _OnlyTold
        if rows:
            record(deed, "data.forgotten", thing, {"what": what, "rows": rows})
        for key in deed.notes.get(FILES, ()):
            deed.after_commit(partial(parts.storage.drop, key))
    return rows
