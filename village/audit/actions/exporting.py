"""Taking the whole log out: a deed like others, so the log says that it was given out and how far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village.audit.actions.recording import make_checkpoint, record

if TYPE_CHECKING:
    from village.audit.keys import LogKeys
    from village.audit.queries import CheckpointRow
    from village.kit.deeds import Deed


def take_out_log(deed: Deed, keys: LogKeys) -> CheckpointRow:
    """Note that the log is taken out, and seal it so that the seal covers every line of the file.

    Holds the head until the deed ends, so call it last. The file is `queries.export_log` at the size of the seal.
    """
    record(deed, "log.exported", "log")
    return make_checkpoint(deed, keys, "exported")
