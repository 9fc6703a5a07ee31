"""A fair in use goes through every migration, back and forth, and keeps what it holds, on both databases."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.orm import Session

from config import ROOT
from tests.floor_fair import open_floor
from village.floor import actions, queries


@pytest.fixture
def fair(act):
    with act("organiser") as deed:
        opened = open_floor(deed)
        actions.allocate(deed, hall_id=opened.hall_id)
        actions.publish_plan(deed, hall_id=opened.hall_id)
    return opened


def configured(engine):
    config = Config(ROOT / "migrations" / "alembic.ini")
    config.attributes["engine"] = engine
    return config


def told(engine, fair):
    """What a reader of the plan sees."""
    with Session(engine) as session:
        plan = queries.load_plan(session, fair.edition_id)
        published = queries.load_published_plan(session, fair.edition_id)
        run = queries.find_latest_run(session, fair.hall_id)
    return plan.places, published[0].places, published[1].number, run.cost, run.places, run.reasons


def test_a_plan_outlives_the_way_back_and_forth(engine, fair):
    before = told(engine, fair)
    command.downgrade(configured(engine), "0001")
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM stand_assignment")) == 56
        assert "part" not in {each["name"] for each in sa.inspect(connection).get_columns("stand_assignment")}
    command.upgrade(configured(engine), "head")
    assert told(engine, fair) == before


def test_references_hold_after_the_tables_were_laid_anew(engine, fair):
    command.downgrade(configured(engine), "0001")
    command.upgrade(configured(engine), "head")
    with engine.begin() as connection, pytest.raises(sa.exc.IntegrityError):
        connection.exec_driver_sql("DELETE FROM stand")
