"""Reading the log: its head, its lines, the proofs about them, and the verification of the whole."""

from village.audit.queries.changes import Before, find_next, get_before
from village.audit.queries.entries import (
    PAGE_LINES,
    EntryFilter,
    EntryPage,
    EntryRow,
    get_entry,
    list_codes,
    list_entries,
    list_kept,
)
from village.audit.queries.export import export_log, packed
from village.audit.queries.head import (
    CheckpointRow,
    HeadRow,
    find_checkpoint,
    get_head,
    latest_checkpoint,
    list_checkpoints,
    list_checkpoints_because,
)
from village.audit.queries.proofs import ConsistencyProof, InclusionProof, get_consistency, get_inclusion, get_root
from village.audit.queries.timestamps import TimestampRow, find_unstamped, list_timestamps
from village.audit.queries.verification import Verification, verify_log
from village.audit.queries.witnesses import (
    CosignedHead,
    WitnessRow,
    cosigned_note,
    count_cosignatures,
    get_invitation,
    list_cosigned_heads,
    list_witnesses,
)

__all__ = [
    "PAGE_LINES",
    "Before",
    "CheckpointRow",
    "ConsistencyProof",
    "CosignedHead",
    "EntryFilter",
    "EntryPage",
    "EntryRow",
    "HeadRow",
    "InclusionProof",
    "TimestampRow",
    "Verification",
    "WitnessRow",
    "cosigned_note",
    "count_cosignatures",
    "export_log",
    "find_checkpoint",
    "find_next",
    "find_unstamped",
    "get_before",
    "get_consistency",
    "get_entry",
    "get_head",
    "get_inclusion",
    "get_invitation",
    "get_root",
    "latest_checkpoint",
    "list_checkpoints",
    "list_checkpoints_because",
    "list_codes",
    "list_cosigned_heads",
    "list_entries",
    "list_kept",
    "list_timestamps",
    "list_witnesses",
    "packed",
    "verify_log",
]
