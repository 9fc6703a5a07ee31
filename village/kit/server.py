"""The web server and its worker as child processes, so that one command serves everything and ends it together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from config import Settings

_PATIENCE_S = 15


def serve(settings: Settings, root: Path, *, with_worker: bool, ready: Callable[[], None]) -> int:
    """Serve the application until somebody stops it.

    Args:
        settings: host, port, processes and threads.
        root: folder that holds wsgi.py.
        with_worker: also start the worker that does the jobs.
        ready: called once the server process has been started.

    Returns:
        the exit status of the web server.

    """
    children = []
    web = subprocess.Popen(_web_command(settings), cwd=root, env=os.environ)  # noqa: S603 - our own command line
    children.append(web)
    if with_worker:
        command = [sys.executable, "-m", "village.cli", "worker"]
        children.append(subprocess.Popen(command, cwd=root, env=os.environ))  # noqa: S603 - our own command line
    ready()
    signal.signal(signal.SIGTERM, lambda *_: web.terminate())
    try:
        return web.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        _end(children)


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
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            child.kill()
