"""The whole demonstration, from an empty folder to the last comparison, and its start once it was played.

Run it from the project's root: `.venv/bin/python -m tests.benchmarks.bench_demo [rounds]`. Processor time is told beside
the time on the clock: on a shared machine it is the steadier of the two.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    """Measure and print medians; 1 when a run differs from what is expected."""
    rounds = int(arguments[0]) if arguments else 3
    first, again, steps = [], [], []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(prefix="village-bench-") as folder:
            first.append(_play(folder, "--report", f"{folder}/report.json"))
            again.append(_play(folder))
            steps.append(json.loads(Path(folder, "report.json").read_text(encoding="utf-8"))["steps"])
    print(f"{'':<24}{'clock s':>9}{'processor s':>13}")
    for name, runs in (("the whole job", first), ("started again", again)):
        print(f"{name:<24}{_median(run[1] for run in runs):>9.1f}{_median(run[2] for run in runs):>13.1f}")
    for place, step in enumerate(steps[0]):
        seconds = _median(run[place]["milliseconds"] / 1000 for run in steps)
        print(f"  {step['step']:<22}{seconds:>9.1f}")
    return max(run[0] for run in [*first, *again])


def _play(folder: str, *more: str) -> tuple[int, float, float]:
    """Play the demonstration; returns status, seconds on the clock, seconds of processor time."""
    env = {**os.environ, "VILLAGE_DATA": f"{folder}/instance", "DATABASE_URL": ""}
    command = [sys.executable, "-m", "village.cli", "demo", "--no-serve", *more]
    used, began = _used(), time.perf_counter()
    status = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, check=False).returncode
    return status, time.perf_counter() - began, _used() - used


def _used() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def _median(values: object) -> float:
    return statistics.median(values)  # type: ignore[call-overload,no-any-return]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
