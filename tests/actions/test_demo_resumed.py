"""A demonstration that was played is served at once, but never on a schema older than the village."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from config import ROOT, Settings
from village.demo.play import LAST, _played
from village.demo.titles import TITLES

NEWEST = max(path.stem.partition("_")[0] for path in (ROOT / "migrations" / "versions").glob("[0-9]*.py"))


@pytest.fixture
def settings(tmp_path):
    with closing(sqlite3.connect(tmp_path / "village.db")) as database:
        database.execute("CREATE TABLE demo_step (name, finished, milliseconds, figures)")
        database.executemany(
            "INSERT INTO demo_step VALUES (?, 1, 5, ?)", [(name, json.dumps({"comparisons": []})) for name in (*TITLES, LAST)]
        )
        database.execute("CREATE TABLE alembic_version (version_num)")
        database.commit()
    return Settings(data=str(tmp_path))


def stamp(settings, revision):
    with closing(sqlite3.connect(settings.data_folder / "village.db")) as database:
        database.execute("DELETE FROM alembic_version")
        database.execute("INSERT INTO alembic_version VALUES (?)", [revision])
        database.commit()


def test_a_played_fair_of_this_village_is_served_at_once(settings):
    stamp(settings, NEWEST)
    assert _played(settings, prints=True)["comparisons"] == []


def test_a_fair_of_an_older_village_is_brought_up_to_date_first(settings):
    stamp(settings, "0000")
    assert _played(settings, prints=True) is None
