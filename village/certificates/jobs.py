"""Long work with certificates: the file for the printer, and a single file for each person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village.certificates.files import write_print, write_singles
from village.editions.queries import get_edition
from village.kit.jobs import job

if TYPE_CHECKING:
    from village.kit.jobs import Work

_SAY_EVERY = 10


@job("certificates.print")
def print_run(work: Work, *, edition_id: int, workshop_id: int | None = None) -> None:
    """Write one file of all valid certificates, or those of a workshop, in order of their numbers."""
    parts = work.parts
    with work.session() as session:
        _, total = write_print(
            session,
            get_edition(session, edition_id),
            keys=parts.keys,
            storage=parts.storage,
            address=parts.settings.address,
            workshop_id=workshop_id,
            progress=work.progress,
        )
    work.progress(total, total)


@job("certificates.single")
def single_files(work: Work, *, edition_id: int) -> None:
    """Make each person's own file. What is there stays, so that a resumed job goes on where it was."""
    parts = work.parts
    done = total = 0
    with work.session() as session:
        for done, total in write_singles(
            session,
            get_edition(session, edition_id),
            keys=parts.keys,
            storage=parts.storage,
            address=parts.settings.address,
        ):
            if done % _SAY_EVERY == 0:
                work.progress(done, total)
    work.progress(done, total)
