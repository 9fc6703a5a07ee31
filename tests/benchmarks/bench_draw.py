"""What a draw costs: its ranking over very many tickets, and the places filled down it.

Run it from the project's root: `.venv/bin/python -m tests.benchmarks.bench_draw [tickets] [turns]`.
"""

from __future__ import annotations

import hashlib
import json
import statistics
import sys
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from village.audit import merkle
from village.draws.rules.prizes import assign_places, ranking_root
from village.kit import lot

if TYPE_CHECKING:
    from collections.abc import Callable

BAR_S = 2.0
PLACES = 200


def seconds(call: Callable[[], object]) -> dict[str, float]:
    """Wall and processor time of a call."""
    begun, worked = perf_counter(), process_time()
    call()
    return {"s": round(perf_counter() - begun, 3), "cpu_s": round(process_time() - worked, 3)}


def main(tickets: int = 100_000, turns: int = 5) -> int:
    """Print the figures; 1 when the ranking takes longer than its bar."""
    ids = [f"T{hashlib.sha256(b'%d' % number).hexdigest()[:16].upper()}" for number in range(tickets)]
    groups = {ticket: f"G{number // 3}" for number, ticket in enumerate(ids)}
    seed = hashlib.sha256(b"bench").digest()
    ranking = lot.rank(seed, ids)
    places = [f"P{number}" for number in range(1, PLACES + 1)]
    report: dict[str, object] = {"tickets": tickets}
    for name, call in (
        ("ranking", lambda: lot.rank(seed, ids)),
        ("places", lambda: assign_places(ranking, groups, places, 1)),
        ("root of the ranking", lambda: ranking_root(ranking)),
        ("root of the tickets", lambda: merkle.root([merkle.leaf_hash(ticket.encode()) for ticket in ids])),
    ):
        taken = [seconds(call) for _ in range(turns)]
        report[name] = {key: statistics.median(each[key] for each in taken) for key in ("s", "cpu_s")}
    print(json.dumps(report, indent=2))
    return int(report["ranking"]["cpu_s"] > BAR_S)  # type: ignore[index]


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
