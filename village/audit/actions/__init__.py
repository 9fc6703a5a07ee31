"""Writing the log, sealing it, and taking in what witnesses outside say of its seals."""

from village.audit.actions.exporting import take_out_log
from village.audit.actions.outside import keep_timestamp, note_beacon
from village.audit.actions.recording import make_checkpoint, record
from village.audit.actions.witnesses import (
    enrol_witness,
    invite_witness,
    renew_invitation,
    retire_witness,
    take_cosignature,
)

__all__ = [
    "enrol_witness",
    "invite_witness",
    "keep_timestamp",
    "make_checkpoint",
    "note_beacon",
    "record",
    "renew_invitation",
    "retire_witness",
    "take_cosignature",
    "take_out_log",
]
