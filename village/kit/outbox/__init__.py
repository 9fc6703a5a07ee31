"""What leaves the house: put down in the deed's own transaction, carried after it stands, tried again until it arrives.

A carrier stands behind each kind (mail, sms, webhook). Carrying is at least once: after a crash between the carrying
and its note the same thing leaves again, under the same `uid`, by which a receiver may know it. A kind without a
carrier waits until a person has done it and says so (`mark_sent`).
"""

from village.kit.outbox.book import (
    OutgoingRow,
    count_outgoing,
    drop,
    drop_for,
    list_outgoing,
    mark_sent,
    purge,
    replay,
    replay_failed,
)
from village.kit.outbox.carrying import (
    LEASE,
    MOST_TRIES,
    Item,
    Undelivered,
    carried_kinds,
    carrier,
    carry_due,
    wait_before,
)
from village.kit.outbox.things import Outgoing, put, put_many

__all__ = [
    "LEASE",
    "MOST_TRIES",
    "Item",
    "Outgoing",
    "OutgoingRow",
    "Undelivered",
    "carried_kinds",
    "carrier",
    "carry_due",
    "count_outgoing",
    "drop",
    "drop_for",
    "list_outgoing",
    "mark_sent",
    "purge",
    "put",
    "put_many",
    "replay",
    "replay_failed",
    "wait_before",
]
