"""Files of the village: uploads and documents, kept by key. Writing is atomic: a file is whole or absent."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")


class Storage(Protocol):
    """Where files are kept. Keys are relative paths of plain letters, digits, dots and dashes."""

    def put(self, key: str, data: bytes) -> None:
        """Keep data under a key, replacing what was there, all at once."""
        ...

    def get(self, key: str) -> bytes:
        """Return what is kept under a key; FileNotFoundError when there is nothing."""
        ...

    def exists(self, key: str) -> bool:
        """Tell whether something is kept under a key."""
        ...

    def path(self, key: str) -> Path:
        """Return a local path for a key, to serve or to write in place."""
        ...


class FileStorage:
    """Files in a folder."""

    def __init__(self, root: Path) -> None:
        """Keep files below `root`, which is made when needed."""
        self._root = root

    def path(self, key: str) -> Path:
        """Return the path of a key.

        Raises:
            ValueError: the key could leave the folder.

        """
        if not _KEY.fullmatch(key):
            raise ValueError(f"not a storage key: {key!r}")
        return self._root / key

    def put(self, key: str, data: bytes) -> None:
        """Write to a temporary file beside the target, flush it to the disk, then rename."""
        target = self.path(key)
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".part-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def get(self, key: str) -> bytes:
        """Read what is kept under a key."""
        return self.path(key).read_bytes()

    def exists(self, key: str) -> bool:
        """Tell whether something is kept under a key."""
        return self.path(key).is_file()

    def drop(self, key: str) -> None:
        """Take what is kept under a key away; nothing there is fine."""
        self.path(key).unlink(missing_ok=True)

    def keys(self, folder: str) -> Iterator[str]:
        """List the keys below a folder, in order."""
        for path in sorted(self.path(folder).rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield path.relative_to(self._root).as_posix()
