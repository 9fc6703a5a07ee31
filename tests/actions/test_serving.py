"""One command serves everything: it replaces a worker that died, and leaves nobody behind when it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Children that only write down who they are, in place of the web server and the worker.
PROGRAM = """
import sys
from pathlib import Path
from config import Settings
from village.kit import server
say = "print(os.getpid(), file=open(sys.argv[1], 'a'), flush=True); time.sleep(60)"
listen = "import os, socket, sys, time; door = socket.create_server(('127.0.0.1', int(sys.argv[2]))); " + say
server._web_command = lambda settings: [sys.executable, "-c", listen, "web", settings.port]
server._WORKER = [sys.executable, "-c", "import os, sys, time; " + say, "worker"]
server._ROUND_S = 0.1
settings = Settings(port=sys.argv[2])
sys.exit(server.serve(settings, Path(sys.argv[1]), with_worker=True, ready=lambda: None))
"""


@pytest.fixture
def served(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", PROGRAM, str(tmp_path), str(port)]
    parent = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)})
    yield parent
    if parent.poll() is None:
        parent.send_signal(signal.SIGTERM)
        parent.wait(20)


def children(folder, name, count):
    until = time.monotonic() + 20
    path = folder / name
    while time.monotonic() < until:
        found = path.read_text().split() if path.exists() else []
        if len(found) >= count:
            return [int(number) for number in found]
        time.sleep(0.05)
    raise AssertionError(f"{name}: {count} children did not come")


def lives(number):
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_worker_that_died_is_replaced_and_all_end_together(served, tmp_path):
    (web,) = children(tmp_path, "web", 1)
    (first,) = children(tmp_path, "worker", 1)
    os.kill(first, signal.SIGKILL)
    second = children(tmp_path, "worker", 2)[1]
    assert lives(second)

    served.send_signal(signal.SIGTERM)
    assert served.wait(20) == 0
    assert not any(lives(number) for number in (web, first, second))


def test_without_its_web_server_nothing_goes_on(served, tmp_path):
    (web,) = children(tmp_path, "web", 1)
    (worker,) = children(tmp_path, "worker", 1)
    os.kill(web, signal.SIGKILL)
    assert served.wait(20) == -signal.SIGKILL % 256
    assert not lives(worker)


def test_a_port_in_use_is_said_before_anything_starts(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        environment = {**os.environ, "VILLAGE_DATA": str(tmp_path), "DATABASE_URL": "", "VILLAGE_PORT": port}
        command = [sys.executable, "-m", "village.cli", "serve"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert f"Port {port} is in use" in done.stderr
