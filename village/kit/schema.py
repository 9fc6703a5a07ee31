"""The schema: one set of Alembic migrations for SQLite and PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import create_engine, inspect, text

from village.kit.db import db

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask import Flask

    from config import Settings


def upgrade(settings: Settings, migrations: Path, make_app: Callable[[Settings], Flask]) -> None:
    """Bring the database to the newest revision; a database that is there already is left alone, quickly.

    Args:
        settings: which database.
        migrations: folder with the revisions, whose files are called `0002_a_sentence.py`.
        make_app: builds the application, only when there is something to do.

    """
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    if _revision(settings) == _newest(migrations):
        return
    # Alembic is loaded only here: a village that is up to date starts without it.
    from flask_migrate import Migrate
    from flask_migrate import upgrade as migrate

    app = make_app(settings)
    Migrate(app, db, directory=str(migrations))
    with app.app_context():
        migrate(directory=str(migrations))


def _newest(migrations: Path) -> str | None:
    """Read the newest revision's id from the file names (`0002_sentence.py`), without loading Alembic."""
    names = sorted(path.stem.partition("_")[0] for path in (migrations / "versions").glob("[0-9]*.py"))
    return names[-1] if names else None


def _revision(settings: Settings) -> str | None:
    engine = create_engine(settings.sqlalchemy_url)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            return str(found) if found else None
    finally:
        engine.dispose()
