"""The job queue: Huey on SQLite by default, on PostgreSQL or Redis when the village grows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huey import MemoryHuey, PostgresHuey, RedisHuey, SqliteHuey

if TYPE_CHECKING:
    from huey import Huey

    from config import Settings


def queue_for(settings: Settings) -> Huey:
    """Open the queue that the settings ask for.

    `auto` follows the database; `now` runs each job at once in the process that starts it.

    Raises:
        ValueError: the setting names no known queue.

    """
    choice = settings.queue
    if choice == "auto":
        choice = "postgresql" if settings.sqlalchemy_url.startswith("postgresql") else "sqlite"
    if choice == "now":
        return MemoryHuey("village", immediate=True)
    if choice == "sqlite":
        return SqliteHuey("village", filename=str(settings.data_folder / "queue.db"), fsync=True)
    if choice == "postgresql":
        return PostgresHuey("village", dsn=settings.sqlalchemy_url.replace("+psycopg", "", 1))
    if choice.startswith("redis"):
        return RedisHuey("village", url=choice)
    raise ValueError(f"VILLAGE_QUEUE: {choice!r} is no queue")
