"""What a certificate costs: a print run in three layers against one whole render for each person; and badge sheets.

Run it from the project's root: `.venv/bin/python -m tests.benchmarks.bench_certificates [certificates] [turns]`.

CPU time of this process, medians of the turns; both ways take turns in one run, so that their ratio holds on any
machine. Memory is the growth of the process's peak over a run of a thousand.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import tempfile
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

from tests.documents.test_badge_sheets import HEADING
from tests.documents.test_badge_sheets import some as some_badges
from tests.documents.test_certificate_paper import FAIR, MARKETING, PLANNING, paper
from village.badges.sheets import write_sheets
from village.certificates.paper import CertificateToPrint, naive, single, write_print_file
from village.kit.signing import Keyring

if TYPE_CHECKING:
    from collections.abc import Callable

BAR_MS = 16.0
BADGES_BAR_S = 5.0
NAIVE_SAMPLE = 8
NAMES = (
    ("m", "يوسف المرابط", "Youssef El Mourabit"),
    ("f", "فاضمة أوبلا", "Fadma Oubella"),
    ("f", "نعيمة بنعمر", "Naima Benomar"),
    ("unknown", "مينة", ""),
)


def certificates(keys: Keyring, count: int) -> list[CertificateToPrint]:
    """Certificates of two workshops and three genders, numbered from 1."""
    return [
        paper(keys, number, (MARKETING, PLANNING)[number * 2 // (count + 1)], *NAMES[number % len(NAMES)])
        for number in range(1, count + 1)
    ]


def cpu_ms(work: Callable[[], object], each: int) -> float:
    """CPU milliseconds of one of the `each` things that `work` makes."""
    begun = process_time()
    work()
    return (process_time() - begun) * 1000 / each


def peak_mb() -> float:
    """Peak memory of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(count: int, turns: int) -> dict[str, Any]:
    """Take turns between both ways and return the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        keys = Keyring(folder / "keys")
        papers = certificates(keys, count)
        badges = some_badges(keys, 200) * 5
        write_print_file(papers[:4], FAIR, folder / "warm.pdf")
        layered, whole, alone, sheets = [], [], [], []
        for _ in range(turns):
            layered.append(cpu_ms(lambda: write_print_file(papers, FAIR, folder / "print.pdf"), count))
            whole.append(cpu_ms(lambda: [naive(each, FAIR) for each in papers[:NAIVE_SAMPLE]], NAIVE_SAMPLE))
            alone.append(cpu_ms(lambda: [single(each, FAIR) for each in papers[:NAIVE_SAMPLE]], NAIVE_SAMPLE))
            sheets.append(cpu_ms(lambda: write_sheets(badges, HEADING, folder / "sheets.pdf"), 1) / 1000)
        before = peak_mb()
        write_print_file(certificates(keys, 1000), FAIR, folder / "thousand.pdf")
        return {
            "certificates": count,
            "print_ms_each": round(statistics.median(layered), 2),
            "naive_ms_each": round(statistics.median(whole), 1),
            "single_ms_each": round(statistics.median(alone), 1),
            "times_faster": round(statistics.median(whole) / statistics.median(layered), 1),
            "print_file_kib": (folder / "print.pdf").stat().st_size // 1024,
            "memory_growth_mib_per_1000": round(peak_mb() - before, 1),
            "badges_s_per_1000": round(statistics.median(sheets), 2),
            "badges_kib_per_1000": (folder / "sheets.pdf").stat().st_size // 1024,
            "bars": {"print_ms_each": BAR_MS, "badges_s_per_1000": BADGES_BAR_S, "badges_kib_per_1000": 2048},
        }


if __name__ == "__main__":
    asked = [int(word) for word in sys.argv[1:]]
    print(json.dumps(measure(*(asked + [491, 5][len(asked) :])), indent=2))
