"""What pages weigh on the wire, cold and warm, against the budgets; and what granian and gunicorn make of them.

Run it from the project's root: `.venv/bin/python -m tests.benchmarks.bench_pages [requests]`. A fair is played into a
folder of its own. Weights are bytes as sent (brotli): the page with its style sheet, scripts, images and the font of
its language; warm is the page alone.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.benchmarks.load import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

KIB = 1024
COLD_BUDGET, WARM_BUDGET = 90 * KIB, 6 * KIB
PAGES = ("/ar/", "/fr/", "/ar/programme", "/ar/plan", "/ar/exhibitors", "/ar/draws/DR1")
ASSET = re.compile(r'(?:href|src)="(/static/dist/[^"]+)"')
SERVERS = {
    "granian": ["granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "4", "--log-level", "error"],
    "gunicorn": ["gunicorn", "--workers", "2", "--threads", "4", "--log-level", "error"],
}
CLIENTS = (1, 8, 32)
PORT = 8791


def main(arguments: list[str]) -> int:
    """Print weights and rates; 1 when the first page is over its budget."""
    number = int(arguments[0]) if arguments else 400
    with tempfile.TemporaryDirectory(prefix="village-bench-") as folder:
        env = {**os.environ, "VILLAGE_DATA": folder, "DATABASE_URL": "", "VILLAGE_RATE_LIMITS": "off"}
        play = [sys.executable, "-m", "village.cli", "demo", "--no-serve", "--no-print"]
        subprocess.run(play, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, check=True)
        with _served("granian", env):
            over = _weigh()
        print(f"\n{'server':<10}{'page':<16}{'clients':>8}{'per second':>12}{'p50 ms':>8}{'p95 ms':>8}")
        for page in ("/healthz", "/ar/", "/ar/exhibitors"):
            for server in SERVERS:
                with _served(server, env):
                    _rate(server, page, number)
    return over


def _weigh() -> int:
    print(f"{'page':<18}{'cold KiB':>10}{'warm KiB':>10}")
    over = 0
    for page in PAGES:
        status, body, warm = _get(page)
        assets = {name for name in ASSET.findall(body) if "woff2" not in name or ("arabic" in name) == ("/ar" in page)}
        cold = warm + sum(_get(name)[2] for name in assets)
        print(f"{page:<18}{cold / KIB:>10.1f}{warm / KIB:>10.1f}  {'' if status == http.client.OK else status}")
        over |= page == "/ar/" and (cold > COLD_BUDGET or warm > WARM_BUDGET)
    return int(over)


def _get(path: str) -> tuple[int, str, int]:
    """Ask for a page twice: once to read it, once to weigh it as a browser gets it."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read().decode(errors="replace")
    connection.request("GET", path, headers={"Accept-Encoding": "br"})
    weighed = connection.getresponse().read()
    connection.close()
    return answer.status, body, len(weighed)


def _rate(server: str, page: str, number: int) -> None:
    for clients in CLIENTS:
        began = time.perf_counter()
        with ThreadPoolExecutor(clients) as pool:
            shares = [number // clients] * clients
            times = [each for part in pool.map(_ask, [page] * clients, shares) for each in part]
        rate = len(times) / (time.perf_counter() - began)
        p95 = sorted(times)[int(len(times) * 0.95) - 1]
        print(f"{server:<10}{page:<16}{clients:>8}{rate:>12.0f}{statistics.median(times):>8.1f}{p95:>8.1f}")


def _ask(page: str, number: int) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
    found = []
    for _ in range(number):
        began = time.perf_counter()
        connection.request("GET", page)
        connection.getresponse().read()
        found.append((time.perf_counter() - began) * 1000)
    connection.close()
    return found


@contextmanager
def _served(server: str, env: dict[str, str]) -> Iterator[None]:
    place = ["--host", "127.0.0.1", "--port", str(PORT)] if server == "granian" else ["--bind", f"127.0.0.1:{PORT}"]
    command = [sys.executable, "-m", *SERVERS[server], *place, "wsgi:app"]
    process = subprocess.Popen(command, cwd=ROOT, env=env)
    try:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                if json.loads(_get("/healthz")[1])["state"] == "ok":
                    break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
