"""The commands of an installation, run as an administrator runs them."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from tests.factories import make_edition, make_person
from village.editions.rules import Status
from village.log_commands import verify_audit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.databases import Database


@pytest.fixture
def village(database: Database, tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Run `village …` on an installation of its own: exit status and all that was said."""

    def run(*arguments: str) -> tuple[int, str]:
        environment = {**os.environ, "VILLAGE_DATA": str(tmp_path / "instance"), "DATABASE_URL": database.url}
        done = subprocess.run(
            [sys.executable, "-m", "village.cli", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        return done.returncode, done.stdout + done.stderr

    return run


@pytest.mark.sqlite_only  # the same deed on both is tried elsewhere: here it is the command
def test_the_first_organiser_gets_in(village: Callable[..., tuple[int, str]]) -> None:
    status, said = village("add-account", "zineb", "--role", "organiser")
    assert status == 0, said
    assert said.split()[0] == "zineb"
    assert len(said.split()[1]) >= 12
    status, said = village("add-account", "zineb", "--role", "organiser")
    assert status == 1
    assert "taken" in said


@pytest.mark.postgresql_only  # the verification is tried on both elsewhere: here it is the command
def test_a_changed_line_is_found_out(village: Callable[..., tuple[int, str]], database: Database) -> None:
    village("add-account", "zineb", "--role", "organiser")
    status, said = village("verify-audit")
    assert (status, "The log is sound." in said) == (0, True), said
    engine = sa.create_engine(database.url)
    with engine.begin() as connection:
        # Only somebody who owns the database can get past its guards; the tree finds them out.
        connection.execute(sa.text("ALTER TABLE audit_entry DISABLE TRIGGER ALL"))
        body = connection.execute(sa.text("SELECT body FROM audit_entry WHERE id = 1")).scalar_one()
        changed = bytes(body).replace(b"system", b"public")
        assert changed != bytes(body)
        connection.execute(sa.text("UPDATE audit_entry SET body = :body WHERE id = 1"), {"body": changed})
    engine.dispose()
    status, said = village("verify-audit")
    assert (status, "THE LOG IS NOT SOUND." in said) == (1, True), said


@pytest.mark.sqlite_only  # the forgetting itself is tried on both
def test_what_was_kept_long_enough_is_counted_and_then_forgotten(
    village: Callable[..., tuple[int, str]], engine: sa.Engine, act: Callable[..., Any]
) -> None:
    with act() as deed:
        edition = make_edition(
            deed, starts_on=date(2020, 12, 4), ends_on=date(2020, 12, 6), days=(), breaks=(), status=Status.DRAFT
        )
        make_person(deed, edition)
    phones = sa.text("SELECT count(*) FROM person WHERE phone IS NOT NULL")
    status, said = village("forget", "--dry-run")
    assert status == 0, said
    assert "Would be taken out: 2 rows." in said
    with engine.connect() as connection:
        assert connection.execute(phones).scalar() == 1
    status, said = village("forget")
    assert status == 0, said
    assert "contacts" in said
    with engine.connect() as connection:
        assert connection.execute(phones).scalar() == 0


@pytest.mark.sqlite_only  # the file is tried on both elsewhere
def test_a_copy_of_the_log_is_checked_without_the_installation(
    village: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    file = tmp_path / "log.jsonl.gz"
    status, said = village("export-log", str(file))
    assert status == 0, said
    head = said.split("Head: ")[1].strip()
    assert not list(tmp_path.glob("*.part"))

    def check(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(verify_audit, arguments)
        return done.exit_code, done.output

    status, said = check(str(file))
    assert status == 0, said
    assert f"Head: {head}" in said
    assert "only in agreement with itself" in said
    text = gzip.decompress(file.read_bytes())
    own = json.loads(text.split(b"\n")[0])["vkeys"][0]
    assert "those given here" in check("--key", own, str(file))[1]
    file.write_bytes(text.replace(b"log.exported", b"log.reported"))
    status, said = check(str(file))
    assert (status, "THE LOG IS NOT SOUND." in said) == (1, True), said
    assert check("--key", own)[0] == 2
    assert check("--key", "no key", str(file))[0] == 1
