"""The whole log as a file, a few thousand lines at a time: no transaction stays open while somebody's line is slow."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from village.audit.keys import log_origin, log_verifiers
from village.audit.log_file import Header
from village.audit.models import AuditCheckpoint
from village.audit.queries.witnesses import cosigned_note, list_witnesses
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Engine

    from village.audit.keys import LogKeys

_CHUNK = 5_000
_SELECT = "SELECT id, body FROM audit_entry WHERE id > {0} AND id <= {0} ORDER BY id"
_ROWS = {"sqlite": _SELECT.format("?"), "postgresql": _SELECT.format("%s")}
_GZIP_WINDOW, _EFFORT = 31, 5


def export_log(engine: Engine, keys: LogKeys, size: int) -> Iterator[bytes]:
    """Give the file `village-log/1` of the first `size` lines, piece by piece.

    Args:
        engine: the database.
        keys: the keyring whose purpose "log" signed the heads.
        size: how many lines; best that of a signed head, so that every line of the file is sealed.

    Raises:
        Refusal: `audit_log_damaged` where a line is missing.

    """
    with Session(engine) as session:
        yield _header(session, keys, size).line()
    for begin in range(0, size, _CHUNK):
        end = min(begin + _CHUNK, size)
        with engine.connect() as connection:
            cursor: Any = connection.connection.cursor()
            try:
                cursor.execute(_ROWS[engine.dialect.name], (begin, end))
                rows = cursor.fetchall()
            finally:
                cursor.close()
        if [row[0] for row in rows] != list(range(begin + 1, end + 1)):
            raise Refusal("audit_log_damaged", {"number": begin + 1})
        yield b"".join(bytes(body) + b"\n" for _number, body in rows)


def packed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Pack a stream by gzip as it comes."""
    press = zlib.compressobj(_EFFORT, zlib.DEFLATED, _GZIP_WINDOW)
    for piece in pieces:
        yield press.compress(piece)
    yield press.flush()


def _header(session: Session, keys: LogKeys, size: int) -> Header:
    sizes = session.scalars(
        select(AuditCheckpoint.size).where(AuditCheckpoint.size <= size).order_by(AuditCheckpoint.size)
    ).all()
    return Header(
        log_origin(keys),
        size,
        tuple(verifier.vkey() for verifier in log_verifiers(keys)),
        tuple(row.vkey for row in list_witnesses(session) if row.vkey),
        tuple(cosigned_note(session, each) for each in sizes),
    )
