"""`make bench`: every benchmark of this folder, one after the other, each in a process of its own.

`python -m tests.benchmarks audit certificates` runs only those.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def main(wanted: list[str]) -> int:
    """Run the benchmarks; 1 when one of them falls under its bar."""
    names = sorted(path.stem.removeprefix("bench_") for path in FOLDER.glob("bench_*.py"))
    failed = []
    for name in wanted or names:
        print(f"\n== {name}", flush=True)
        command = [sys.executable, "-m", f"tests.benchmarks.bench_{name}"]
        if subprocess.run(command, cwd=FOLDER.parents[1], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"\nunder their bar: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
