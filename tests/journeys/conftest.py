"""A whole fair, played once for the run, served to a real browser."""

from __future__ import annotations

import fcntl
import shutil
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select
from werkzeug.serving import WSGIRequestHandler, make_server

from config import Settings
from village.kit.clock import FixedClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from playwright.sync_api import Browser, BrowserContext

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
# The afternoon of the last day: everything of the fair has happened and everything can be looked at.
EVENING = datetime(2026, 12, 6, 17, 30, tzinfo=UTC)


class _Silent(WSGIRequestHandler):
    def log(self, *args: Any, **more: Any) -> None:
        """Say nothing: pytest shows what matters."""


@pytest.fixture(scope="session")
def played(shared_folder: Path) -> Path:
    """The data folder of the demonstration, played once for all workers of the run; never written to."""
    from village.demo.play import play

    folder = shared_folder / "fair"
    with (shared_folder / "fair.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "played").exists():
            outcome = play(Settings(data=str(folder), queue="sqlite", rate_limits="off"))
            assert outcome.complete
            (folder / "played").touch()
    return folder


@pytest.fixture(scope="session")
def fair(played: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a copy of the played fair."""
    from village.app import create_app
    from village.kit.db import db

    folder = tmp_path_factory.mktemp("fair") / "data"
    shutil.copytree(played, folder)
    settings = Settings(data=str(folder), queue="sqlite", rate_limits="off")
    app = create_app(settings, clock=FixedClock(EVENING))
    yield app
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture(scope="session")
def server(fair: Flask) -> Iterator[str]:
    """The address of the served fair."""
    with serving(fair) as address:
        yield address


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve an application on a free port; give its address."""
    http = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=http.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{http.server_port}"
    http.shutdown()
    thread.join()
    http.server_close()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the system's Chromium; containers give it neither a sandbox nor shared memory."""
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"],
    }


@pytest.fixture(scope="session")
def session_cookie(fair: Flask) -> Callable[[str], str]:
    """Make the cookie of somebody signed in: `session_cookie("organiser")`."""
    from village.kit.db import db
    from village.people.account_models import Account

    def cookie(username: str) -> str:
        with fair.app_context():
            account = db.session().scalars(select(Account).where(Account.username == username)).one()
            content = {
                "_user_id": account.fs_uniquifier,
                "_fresh": True,
                "fs_cc": "set",
                "fs_paa": time.time(),
            }
        serializer = fair.session_interface.get_signing_serializer(fair)  # type: ignore[attr-defined]
        return str(serializer.dumps(content))

    return cookie


@pytest.fixture
def enter(
    browser: Browser, server: str, session_cookie: Callable[[str], str]
) -> Iterator[Callable[..., BrowserContext]]:
    """Open a browser as somebody of the demonstration, or as a visitor: `enter("organiser")`, `enter(None)`."""
    opened: list[BrowserContext] = []

    def enter_as(username: str | None, **options: Any) -> BrowserContext:
        context = browser.new_context(base_url=server, service_workers="block", **options)
        if username:
            context.add_cookies([{"name": "village", "value": session_cookie(username), "url": server}])
        opened.append(context)
        return context

    yield enter_as
    for context in opened:
        context.close()
