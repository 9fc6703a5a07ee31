"""The demonstration: played by its command as a user plays it, interrupted, altered, played again."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.databases import Database

DATA = Path(__file__).parents[2] / "village" / "demo" / "data"
PATIENCE_S = 240


@dataclass
class Installation:
    """A data folder and a database of its own, with the village's command."""

    folder: Path
    url: str
    running: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def report(self) -> Path:
        """Where the demonstration writes its figures."""
        return self.folder / "report.json"

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start `village demo` with these arguments."""
        environment = {**os.environ, "VILLAGE_DATA": str(self.folder / "instance"), "DATABASE_URL": self.url}
        command = [sys.executable, "-m", "village.cli", "demo", "--no-serve", *arguments]
        begun = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.running.append(begun)
        return begun

    def play(self, *arguments: str) -> tuple[int, str]:
        """Play the demonstration without its papers; returns exit status and output."""
        running = self.start("--no-print", "--report", str(self.report), *arguments)
        output, _ = running.communicate(timeout=PATIENCE_S)
        return running.returncode, output

    def figures(self) -> dict[str, Any]:
        """Return the report."""
        return dict(json.loads(self.report.read_text(encoding="utf-8")))

    def ask(self, question: str) -> Any:
        """Ask the database for one value; None while a table is not there yet."""
        engine = sa.create_engine(self.url)
        try:
            with engine.connect() as connection:
                return connection.execute(sa.text(question)).scalar()
        except (sa.exc.OperationalError, sa.exc.ProgrammingError):
            return None
        finally:
            engine.dispose()


@pytest.fixture
def installation(database: Database, tmp_path: Path) -> Iterator[Installation]:
    """An empty installation on one of the two databases; nothing it started outlives the test."""
    made = Installation(tmp_path, database.url)
    yield made
    for each in made.running:
        each.kill()
        each.wait()
        if each.stdout:
            each.stdout.close()


@pytest.fixture
def altered(tmp_path: Path) -> Callable[[str, str, str, str], Path]:
    """Copy the fair and change one cell: file, row's first cell, column, new value."""
    folder = tmp_path / "fair"
    shutil.copytree(DATA, folder)

    def alter(name: str, first: str, column: str, value: str) -> Path:
        path = folder / name
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        row = next(each for each in rows if next(iter(each.values())) == first)
        assert row[column] != value
        row[column] = value
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        return folder

    return alter


def differing(figures: dict[str, Any]) -> set[str]:
    """Name the comparisons that do not agree."""
    return {each["what"] for each in figures["comparisons"] if not each["same"]}


def test_the_whole_fair_comes_out_as_expected_though_it_was_killed(installation: Installation) -> None:
    """SIGKILL in the middle of a thousand deeds: the next run resumes, nothing is lost or loaded twice.

    Every result of the fair is the expected one, and the log of its deeds is sound.
    """
    running = installation.start("--no-print")
    deadline = time.monotonic() + PATIENCE_S
    while True:
        assert running.poll() is None, running.stdout.read() if running.stdout else ""
        assert time.monotonic() < deadline
        done = installation.ask("SELECT done FROM demo_step WHERE name = 'registrations'")
        if done is not None and done > 50:
            break
        time.sleep(0.02)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    status, output = installation.play()
    assert status == 0, output
    figures = installation.figures()
    assert differing(figures) == set()
    assert len(figures["comparisons"]) >= 18
    assert installation.ask("SELECT count(*) FROM person") == 600
    lines = installation.ask("SELECT size FROM audit_head")
    # Played again it finds everything done: not one deed more.
    status, output = installation.play()
    assert status == 0, output
    assert installation.ask("SELECT size FROM audit_head") == lines


@pytest.mark.sqlite_only
def test_altered_rows_are_reported(
    installation: Installation, altered: Callable[[str, str, str, str], Path]
) -> None:
    """Nothing is hard-coded: a changed row changes the result that stands on it, and the exit status says so."""
    altered("registration_events.csv", "1", "workshop_id", "W02")
    folder = altered("scores.csv", "AW1", "score", "1.0")
    status, output = installation.play("--data", str(folder))
    assert status == 1, output
    found = differing(installation.figures())
    assert {"registrations, request by request", "awards, nominee by nominee"} <= found
    assert "stands, exhibitor by exhibitor" not in found


@pytest.mark.sqlite_only
def test_two_loads_at_once_do_not_mix(installation: Installation) -> None:
    """A second load into the same folder is told to wait, and the first goes on."""
    first = installation.start("--no-print")
    while not installation.ask("SELECT count(*) FROM demo_step"):
        assert first.poll() is None
        time.sleep(0.02)
    second = installation.start("--no-print")
    said, _ = second.communicate(timeout=PATIENCE_S)
    assert second.returncode == 1
    assert "Another demonstration" in said
    before = installation.ask("SELECT size FROM audit_head")
    deadline = time.monotonic() + PATIENCE_S
    while installation.ask("SELECT size FROM audit_head") == before:
        assert first.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.sqlite_only
def test_a_fair_of_ones_own_is_left_alone(installation: Installation) -> None:
    """A database that holds another fair is not loaded into."""
    engine = sa.create_engine(installation.url)
    with engine.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO edition (code, number, name_ar, name_fr, name_en, theme_ar, theme_fr, zone, starts_on, "
                "ends_on, status, demonstration) VALUES ('VS1', 1, 'ق', 'V', 'V', '', '', 'Africa/Casablanca', "
                "'2026-12-04', '2026-12-06', 'open', 0)"
            )
        )
    engine.dispose()
    status, output = installation.play()
    assert status == 1
    assert "VS1" in output
    assert installation.ask("SELECT count(*) FROM person") == 0
