"""Files of a session: take one in, take one out.

The bytes are written before the row that names them, both while the session's row is held: a row without bytes cannot
be, whenever the power goes; bytes without a row are cleared away by the next deed on the session's files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from sqlalchemy import select

from village.audit.actions import record
from village.editions.queries import get_edition
from village.kit.db import locked
from village.kit.refusal import Refusal
from village.workshops.models import SessionFile, Workshop
from village.workshops.rules import MOST_FILES, free_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from village.kit.deeds import Deed
    from village.workshops.rules import NewFile

_KEY_BYTES = 12


class Files(Protocol):
    """The part of the storage that these deeds need."""

    def put(self, key: str, data: bytes) -> None:
        """Keep data under a key, all at once."""

    def drop(self, key: str) -> None:
        """Take what is kept under a key away; nothing there is fine."""

    def keys(self, folder: str) -> Iterable[str]:
        """List the keys below a folder."""


def add_file(deed: Deed, storage: Files, *, workshop_id: int, new: NewFile) -> int:
    """Give a session a file; returns its id.

    Raises:
        Refusal: `workshop_not_found`, `files_too_many`.

    """
    workshop, folder = _hold(deed, workshop_id)
    _clear(deed, storage, workshop_id, folder)
    names = list(
        deed.session.scalars(
            select(SessionFile.name).where(SessionFile.workshop_id == workshop_id, SessionFile.removed_at.is_(None))
        )
    )
    if len(names) >= MOST_FILES:
        raise Refusal("files_too_many", {"most": MOST_FILES})
    # A name that cannot be guessed, never that of the sender: what lies in the storage is no page.
    key = f"{folder}/{deed.chance.token_bytes(_KEY_BYTES).hex()}"
    storage.put(key, new.data)
    row = SessionFile(
        workshop_id=workshop_id, name=free_name(new.name, names), mimetype=new.mimetype,
        size=len(new.data), key=key, added_at=deed.now,
    )  # fmt: skip
    deed.session.add(row)
    deed.session.flush()
    record(deed, "session_file.added", f"workshop:{workshop.code}", {"file": row.id, "bytes": row.size})
    return row.id


def remove_file(deed: Deed, storage: Files, *, workshop_id: int, file_id: int) -> None:
    """Take a file of a session out; its bytes go once the deed stands. Taken out before, it stays so.

    Raises:
        Refusal: `workshop_not_found`, `file_not_found`.

    """
    workshop, folder = _hold(deed, workshop_id)
    row = deed.session.get(SessionFile, file_id)
    if row is None or row.workshop_id != workshop_id:
        raise Refusal("file_not_found", {"file": file_id})
    if row.removed_at is not None:
        return
    row.removed_at, key = deed.now, row.key
    deed.session.flush()
    _clear(deed, storage, workshop_id, folder, but=key)
    deed.after_commit(lambda: storage.drop(key))
    record(deed, "session_file.removed", f"workshop:{workshop.code}", {"file": file_id})


def _hold(deed: Deed, workshop_id: int) -> tuple[Workshop, str]:
    """Hold a session until the deed ends; returns it and the folder of its files."""
    workshop = locked(deed.session, Workshop, workshop_id)
    if workshop is None:
        raise Refusal("workshop_not_found", {"workshop": workshop_id})
    return workshop, f"sessions/{get_edition(deed.session, workshop.edition_id).code}/{workshop_id}"


def _clear(deed: Deed, storage: Files, workshop_id: int, folder: str, but: str = "") -> None:
    """Clear away what no living row names; whoever adds a file meanwhile waits for the session's row."""
    named = set(
        deed.session.scalars(
            select(SessionFile.key).where(SessionFile.workshop_id == workshop_id, SessionFile.removed_at.is_(None))
        )
    )
    for key in list(storage.keys(folder)):
        if key not in named and key != but:
            storage.drop(key)
