"""The web server and its worker as child processes, so that one command serves everything and ends it together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from config import Settings

_PATIENCE_S = 15
# How often it is looked whether the worker still lives; a dead one is replaced.
_ROUND_S = 5
_LOOK_S = 0.05
_WORKER = [sys.executable, "-m", "village.cli", "worker"]


class PortTakenError(Exception):
    """Another program listens on the port."""


def serve(settings: Settings, root: Path, *, with_worker: bool, ready: Callable[[], None]) -> int:
    """Serve the application until somebody stops it.

    Args:
        settings: host, port, processes and threads.
        root: folder that holds wsgi.py.
        with_worker: also start the worker that does the jobs.
        ready: called once the server takes connections.

    Returns:
        the exit status of the web server; 0 when told to stop.

    Raises:
        PortTakenError: somebody else listens there already.

    """
    if _answers(settings):
        raise PortTakenError(settings.port)
    children: list[subprocess.Popen[bytes]] = []

    def start(command: list[str]) -> subprocess.Popen[bytes]:
        children.append(subprocess.Popen(command, cwd=root, env=os.environ))  # noqa: S603 - our own command lines
        return children[-1]

    # Before the first child: told to end while it starts them, the parent must not leave any behind.
    signal.signal(signal.SIGTERM, _told_to_end)
    try:
        web = start(_web_command(settings))
        # The worker has time: visitors first, on a machine of two cores.
        if _wait_for(web, settings):
            ready()
        worker = start(_WORKER) if with_worker else None
        while True:
            try:
                return web.wait(_ROUND_S)
            except subprocess.TimeoutExpired:
                if worker is not None and worker.poll() is not None:
                    children.remove(worker)
                    worker = start(_WORKER)
    except KeyboardInterrupt:
        return 0
    finally:
        _end(children)


def _wait_for(web: subprocess.Popen[bytes], settings: Settings) -> bool:
    """Wait until the server takes connections; false where it ended before."""
    while web.poll() is None:
        if _answers(settings):
            return True
        time.sleep(_LOOK_S)
    return False


def _answers(settings: Settings) -> bool:
    try:
        socket.create_connection((settings.host, int(settings.port)), timeout=1).close()
    except OSError:
        return False
    return True


def _told_to_end(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _web_command(settings: Settings) -> list[str]:
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        settings.host,
        "--port",
        settings.port,
        "--workers",
        settings.web_workers,
        "--blocking-threads",
        settings.web_threads,
        "--respawn-failed-workers",
        "--log-level",
        "warning",
        "--no-ws",
        "wsgi:app",
    ]


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    # Asked a second time, it goes on ending them: they get fifteen seconds, no more.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            child.kill()
