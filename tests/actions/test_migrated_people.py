"""Persons taken in before there were keys are found after the migration, on both databases, and back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from config import ROOT
from tests.cast import STAFF, VISITORS
from tests.factories import make_edition, make_person
from village.people.queries import search_people


def configured(engine):
    config = Config(ROOT / "migrations" / "alembic.ini")
    config.attributes["engine"] = engine
    return config


def keys(engine):
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT edition_id, kind, key, person_id FROM person_key")).all()
    return {tuple(row) for row in rows}


def test_the_migration_makes_the_keys_that_the_deeds_make(act, engine, session):
    with act("system") as deed:
        edition = make_edition(deed)
        people = [make_person(deed, edition, member) for member in (*STAFF.values(), *VISITORS)]
    before = keys(engine)
    command.downgrade(configured(engine), "0002")
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT search, sound FROM person WHERE family_fr = 'Oubella'")).one()
    assert tuple(rows) == ("فاضمه اوبلا fadma oubella", "fdmblfdmbl")
    command.upgrade(configured(engine), "head")
    assert keys(engine) == before
    assert search_people(session, edition, "يوسف المرابط")[0].id == people[8]
