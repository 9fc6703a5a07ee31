"""What every test stands on: two real databases, a clock that stands still, the cast of the fair."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, contextmanager
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

import pytest
import sqlalchemy as sa
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from tests.cast import PASSWORD, STAFF
from tests.databases import Database, PostgresServer, SqliteFiles, run_id
from village.kit.chance import SeededChance
from village.kit.clock import FixedClock
from village.kit.deeds import PUBLIC, SYSTEM, Actor, Deed, begin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient

    from config import Settings

Made = TypeVar("Made")

# The morning of the fair's first day.
OPENING = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the database that a marker leaves out."""
    kept, left_out = [], []
    for item in items:
        kind = getattr(item, "callspec", None) and item.callspec.params.get("database")  # type: ignore[attr-defined]
        other = {"sqlite": "postgresql_only", "postgresql": "sqlite_only"}.get(kind or "")
        (left_out if other and item.get_closest_marker(other) else kept).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def sqlite_files(shared_folder: Path) -> SqliteFiles:
    """Copies of a SQLite file with the schema."""
    return SqliteFiles(shared_folder)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The PostgreSQL server of this run."""
    server = PostgresServer(run_id())
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database with the schema: a test that asks for it runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        files: SqliteFiles = request.getfixturevalue("sqlite_files")
        with files.fresh(tmp_path) as fresh:
            yield fresh
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        with server.fresh() as fresh:
            yield fresh


@pytest.fixture
def engine(database: Database) -> Iterator[sa.Engine]:
    """An engine on the test's database."""
    made = sa.create_engine(database.url)
    yield made
    made.dispose()


@pytest.fixture
def session(engine: sa.Engine) -> Iterator[Session]:
    """A session for reading what deeds have done. Roll it back (or ask anew) to see later deeds."""
    with Session(engine) as reading:
        yield reading


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands at the opening of the fair."""
    return FixedClock(OPENING)


def actor_of(role: str) -> Actor:
    """Name an actor of the cast by role; "system" and "public" are themselves."""
    if role == "system":
        return SYSTEM
    return PUBLIC if role == "public" else Actor("account", str(STAFF[role].number))


@pytest.fixture
def act(engine: sa.Engine, clock: FixedClock) -> Callable[..., AbstractContextManager[Deed]]:
    """Do a deed: `with act("organiser") as deed: …`, at the clock's time unless `at` says otherwise."""
    chance = SeededChance("tests")

    @contextmanager
    def doing(role: str | Actor = "organiser", *, at: datetime | None = None) -> Iterator[Deed]:
        actor = role if isinstance(role, Actor) else actor_of(role)
        with begin(engine, actor=actor, now=at or clock.now(), chance=chance) as deed:
            yield deed

    return doing


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Settings:
    """Settings of an installation of its own: nothing is shared with another test."""
    from config import Settings

    return Settings(
        data=str(tmp_path / "instance"),
        database_url=database.url,
        public_url="http://village.test",
        queue="now",
        rate_limits="off",
    )


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates are compiled once a run, not once for each test's application."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(scope="session", autouse=True)
def _addresses_compiled_once() -> Iterator[None]:
    """The code that builds an address is compiled once a run: doing so is most of what making an application costs."""
    compiled: dict[Any, Any] = {}
    compile_builder = Rule._compile_builder

    def compile_once(rule: Rule, append_unknown: bool = True) -> Any:  # noqa: FBT002 - the library's own signature
        if rule.defaults:
            return compile_builder(rule, append_unknown)
        key = (rule.rule, tuple(rule._trace), append_unknown)
        if key not in compiled:
            compiled[key] = compile_builder(rule, append_unknown)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Rule, "_compile_builder", compile_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def _passwords_hashed_once() -> Iterator[None]:
    """All the cast have one password: its hash, slow by intention, is made once a run and is a true one."""
    from village.people.accounts import actions

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(actions, "_hash", cache(actions._hash))
        yield


@pytest.fixture(scope="session")
def kept_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Any]]:
    """What `furnished` made so far: the file of each, and what its maker returned."""
    return {}


@pytest.fixture
def furnished(
    app: Flask, tmp_path_factory: pytest.TempPathFactory, kept_files: dict[str, tuple[Path, Any]]
) -> Callable[[str, Callable[[], Made]], Made]:
    """Furnish the SQLite file of an application once a run, and copy it for every test that wants the same.

    `furnished("noon", build)` calls `build` in the application's context for the first test only. For what deeds
    alone write: keys and stored files are not copied.
    """

    def furnish(name: str, build: Callable[[], Made]) -> Made:
        with app.app_context():
            engine = app.extensions["sqlalchemy"].engine
            if name not in kept_files:
                made = build()
                path = tmp_path_factory.mktemp("furnished") / f"{name}.db"
                _copy_sqlite(engine.url.database, path)
                kept_files[name] = (path, made)
            else:
                engine.dispose()
                _copy_sqlite(kept_files[name][0], engine.url.database)
        return deepcopy(cast("Made", kept_files[name][1]))

    return furnish


def _copy_sqlite(source: Path | str, target: Path | str) -> None:
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
        read.backup(written)


@pytest.fixture
def make_app(
    settings: Settings, clock: FixedClock, compiled_templates: FileSystemBytecodeCache
) -> Iterator[Callable[..., Flask]]:
    """Build an application with some settings different: `make_app(rate_limits="on")`."""
    from village.app import create_app
    from village.kit.db import db
    from village.kit.gateway import MemoryGateway
    from village.kit.mail import MemoryMailer

    made = []

    def build(**different: str) -> Flask:
        own = replace(settings, **different)
        app = create_app(
            own, clock=clock, chance=SeededChance("tests"), mailer=MemoryMailer(), gateway=MemoryGateway()
        )
        app.testing = True
        app.jinja_env.bytecode_cache = compiled_templates
        made.append(app)
        return app

    yield build
    for each in made:
        with each.app_context():
            for engine in db.engines.values():
                engine.dispose()


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    """The application on the test's database, with the test's clock, letters kept in memory."""
    return make_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without scripts."""
    return app.test_client()


@pytest.fixture
def sign_in(app: Flask) -> Callable[..., int]:
    """Sign a member of the cast in: `sign_in(client, "organiser")`; gives the account's id.

    The account is made at first use. The sign-in page itself has its own tests; here its cookie is simply laid.
    """
    from tests.factories import make_account
    from village.kit.web import parts

    made: dict[str, Any] = {}

    def enter(client: FlaskClient, role: str) -> int:
        if role not in made:
            with app.app_context():
                made[role] = make_account(parts().engine, STAFF[role], PASSWORD)
        account = made[role]
        with client.session_transaction() as cookie:
            cookie["_user_id"] = account.uniquifier
            cookie["_fresh"] = True
            cookie["fs_cc"] = "set"
            cookie["fs_paa"] = time.time()  # the library asks the machine's own clock how fresh a sign-in is
        return int(account.id)

    return enter


def send_form(app: Flask, client: FlaskClient, url: str, data: dict[str, Any] | None = None, **more: Any) -> Any:
    """Send a form as a page of ours would, with the token that proves it."""
    from itsdangerous import URLSafeTimedSerializer

    with client.session_transaction() as cookie:
        raw = cookie.setdefault("csrf_token", "f" * 40)
    token = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps(raw)
    return client.post(url, data={"csrf_token": token, **(data or {})}, **more)


@pytest.fixture
def post(app: Flask) -> Callable[..., Any]:
    """Send a form with its token: `post(client, "/fr/…", {…})`."""
    return lambda client, url, data=None, **more: send_form(app, client, url, data, **more)
