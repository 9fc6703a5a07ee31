"""The allocation against what one would take instead, on the same fairs, in one run.

Run it from the project's root: `.venv/bin/python -m tests.benchmarks.bench_allocation [exhibitors …]` (without numbers:
56 200 600). Beside `village allocate` stand a greedy choice by priority, OR-Tools' CP-SAT on the same model with as
many seconds, and scipy's assignment on the blocks' own costs. Each way runs in a process of its own, so that
seconds of processor time and memory are its own; every plan is judged by tests/judge.py. The gap is to the best bound
that any of them found.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests import judge
from tests.benchmarks.allocation_fairs import fair
from tests.benchmarks.allocation_rivals import RIVALS

ROOT = Path(__file__).resolve().parents[2]
MADAGH = ROOT / "tests" / "data" / "madagh56.json"
# Seconds that the searches may take, by number of exhibitors, and what they may not exceed: points over the bound in
# thousandths, megabytes.
BUDGET = {56: 5, 200: 10, 600: 10, 1500: 15, 5000: 60}
MOST_PERMILLE, MOST_MB = {56: 0, 200: 60, 600: 70}, {1500: 400}
# A small program between says what memory its child took at most, which no sum over all children does.
WATCH = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:]).returncode
print("peak", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
sys.exit(status)
"""


def main(arguments: list[str]) -> int:
    """Measure and print a table for each fair; 1 when the allocation misses its bar or another way is better."""
    failed = False
    for count in [int(each) for each in arguments] or [56, 200, 600]:
        with tempfile.TemporaryDirectory(prefix="village-bench-") as folder:
            failed |= _fair(count, Path(folder))
    return int(failed)


def _fair(count: int, folder: Path) -> bool:
    instance = json.loads(MADAGH.read_text(encoding="utf-8")) if count == 56 else fair(count)
    path = folder / "fair.json"
    path.write_text(json.dumps(instance), encoding="utf-8")
    seconds = str(BUDGET.get(count, 10))
    ways = {"village allocate": [sys.executable, "-m", "village.cli", "allocate", str(path), "--budget", seconds]}
    for name in RIVALS:
        ways[name] = [sys.executable, "-m", "tests.benchmarks.allocation_rivals", name, str(path), seconds]
    rows = {name: _run(command, folder / "plan.json", instance) for name, command in ways.items()}
    bound = max(row["bound"] for row in rows.values())
    print(f"\n{count} exhibitors, {len(instance['stands'])} stands; no plan costs less than {bound}")
    print(f"{'':<34}{'cost':>8}{'over bound':>12}{'without':>9}{'clock s':>9}{'cpu s':>8}{'MB':>6}  faults")
    for name, row in rows.items():
        gap = f"{100 * (row['cost'] - bound) / bound:.1f} %"
        print(
            f"{name:<34}{row['cost']:>8}{gap:>12}{row['out']:>9}{row['clock']:>9.1f}{row['cpu']:>8.1f}"
            f"{row['mb']:>6}  {row['faults']}"
        )
    ours = rows["village allocate"]
    permille = 1000 * (ours["cost"] - bound) / bound
    beaten = any(row["cost"] < ours["cost"] and not row["faults"] for row in rows.values())
    return bool(
        ours["faults"] or beaten or permille > MOST_PERMILLE.get(count, 1000) or ours["mb"] > MOST_MB.get(count, 10**6)
    )


def _run(command: list[str], out: Path, instance: dict) -> dict:
    """Run one way; what it cost, judged, and what it took."""
    out.unlink(missing_ok=True)
    usage, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", WATCH, *command, "--out", str(out)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    clock, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if not out.exists():
        raise SystemExit(f"{' '.join(command)} wrote no plan:\n{done.stdout}{done.stderr}")
    plan = json.loads(out.read_text(encoding="utf-8"))
    said = dict(re.findall(r"^(bound|peak):? (\d+)", done.stdout, re.MULTILINE))
    return {
        "cost": sum(judge.parts(instance, plan).values()),
        "faults": len(judge.faults(instance, plan)),
        "out": sum(not block for block in plan.values()),
        "bound": int(said.get("bound", 0)),
        "clock": clock,
        "cpu": after.ru_utime + after.ru_stime - usage.ru_utime - usage.ru_stime,
        "mb": int(said["peak"]),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
