"""The migrations lead to exactly the tables that the models describe, on both databases, and back."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from config import ROOT
from tests.databases import import_all_models
from village.kit.db import Base


@pytest.fixture(scope="module", autouse=True)
def _models():
    import_all_models()


def configured(engine):
    config = Config(ROOT / "migrations" / "alembic.ini")
    config.attributes["engine"] = engine
    return config


def test_the_migrated_schema_is_that_of_the_models(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_every_constraint_has_a_name(engine):
    inspector = sa.inspect(engine)
    for table in inspector.get_table_names():
        if table == "alembic_version":
            continue
        constraints = [
            inspector.get_pk_constraint(table),
            *inspector.get_foreign_keys(table),
            *inspector.get_unique_constraints(table),
            *inspector.get_check_constraints(table),
        ]
        assert [each for each in constraints if not each["name"]] == [], table


def test_checks_are_migrated_too(engine):
    """Autogenerate does not compare checks; their names must."""
    inspector = sa.inspect(engine)
    for table in Base.metadata.sorted_tables:
        wanted = {str(each.name) for each in table.constraints if isinstance(each, sa.CheckConstraint)}
        assert {each["name"] for each in inspector.get_check_constraints(table.name)} == wanted, table.name


def test_the_log_is_guarded_in_a_migrated_database(engine):
    with engine.begin() as connection, pytest.raises(sa.exc.DatabaseError, match="append-only"):
        connection.exec_driver_sql("DELETE FROM audit_head")


def test_a_second_run_finds_nothing_to_do(engine):
    command.upgrade(configured(engine), "head")


def test_the_way_back_leaves_nothing(engine):
    command.downgrade(configured(engine), "base")
    left = set(sa.inspect(engine).get_table_names()) - {"alembic_version"}
    assert left == set()


def test_one_line_of_revisions_numbered_in_order():
    script = ScriptDirectory.from_config(configured(None))
    numbers = [revision.revision for revision in reversed(list(script.walk_revisions()))]
    assert numbers == [f"{n:04d}" for n in range(1, len(numbers) + 1)]
