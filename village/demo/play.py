"""Playing the fair: every step once, in order, resumed where it was interrupted, and compared at the end."""

from __future__ import annotations

import fcntl
import json
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from config import ROOT
from village.demo.progress import read_progress, read_revision
from village.demo.titles import PRINTED, TITLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from config import Settings
    from village.demo.compare import Comparison
    from village.demo.progress import StepDone
    from village.demo.stage import Stage
    from village.kit.db import Json

LAST = "compare"


@dataclass(frozen=True)
class Outcome:
    """How it went: exit status, whether there is something to serve, and what to say at the door."""

    status: int
    complete: bool
    welcome: list[str] = field(default_factory=list)


def play(
    settings: Settings, *, report: Path | None = None, data: Path | None = None, prints: bool = True
) -> Outcome:
    """Play what has not been played yet, show the summary, write the report.

    Args:
        settings: where the database and the data folder are.
        report: file for all figures and comparisons as JSON.
        data: folder of another fair in the same format.
        prints: whether badges and certificates are printed.

    Returns:
        the outcome; its status is 1 where anything differs from what was expected.

    """
    from village.demo import summary

    with _alone(settings.data_folder / "demo.lock") as free:
        if not free:
            summary.say("Another demonstration is being loaded into this folder. Wait for it, or set VILLAGE_DATA.")
            return Outcome(1, complete=False)
        figures = _played(settings, prints=prints)
        if figures is None or report is not None:
            figures = _play_all(settings, data, prints=prints)
    if figures is None:
        return Outcome(1, complete=False)
    summary.show(figures)
    if report is not None:
        report.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    differs = any(not each["same"] for each in figures["comparisons"])
    return Outcome(1 if differs else 0, complete=True, welcome=summary.welcome(settings))


@contextmanager
def _alone(lock: Path) -> Iterator[bool]:
    """Hold a lock file while loading, so that two demonstrations never load into one database."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _played(settings: Settings, *, prints: bool) -> dict[str, Any] | None:
    """Return the figures of a demonstration that was played to its end, without loading the application."""
    rows = read_progress(settings)
    wanted = {LAST, *TITLES} if prints else {LAST, *TITLES} - PRINTED
    if any(name not in rows or not rows[name].finished for name in wanted):
        return None
    # A fair played by an older village is first brought to this one's schema.
    newest = max(path.stem.partition("_")[0] for path in (ROOT / "migrations" / "versions").glob("[0-9]*.py"))
    if read_revision(settings) != newest:
        return None
    return _figures(rows)


def _figures(rows: dict[str, StepDone]) -> dict[str, Any]:
    steps = [
        {"step": name, "milliseconds": rows[name].milliseconds, "figures": rows[name].figures}
        for name in TITLES
        if name in rows and rows[name].finished
    ]
    return {
        "steps": steps,
        "milliseconds": sum(each["milliseconds"] for each in steps),
        "comparisons": rows[LAST].figures["comparisons"],
    }


def _play_all(settings: Settings, data: Path | None, *, prints: bool) -> dict[str, Any] | None:
    from village.app import create_app
    from village.demo import summary
    from village.demo.compare import compare
    from village.demo.programme import steps
    from village.demo.source import Source
    from village.demo.stage import Stage
    from village.editions.queries import find_current, find_edition_by_code
    from village.kit.schema import upgrade
    from village.kit.web import parts

    upgrade(settings, ROOT / "migrations", create_app)
    app = create_app(settings)
    with app.app_context():
        source = Source(data)
        display = summary.Progress()
        stage = Stage(parts(), source, display.advance)
        rows = read_progress(settings)
        with stage.session() as session:
            current = find_current(session)
            found = find_edition_by_code(session, source.event["id"])
        if current is not None and not rows:
            summary.say(f"This database already holds the edition {current.code}. Set VILLAGE_DATA to an empty folder.")
            return None
        stage.edition_id = found.id if found else 0
        with display:
            for step in steps():
                left_out = not prints and step.name in PRINTED
                if not left_out and (step.name not in rows or not rows[step.name].finished):
                    display.begin(step.title)
                    _run(stage, step)
            display.begin("Comparing with what was expected")
            _keep(stage, compare(stage))
        return _figures(read_progress(settings))


def _run(stage: Stage, step: Any) -> None:
    stage.step = step.name
    began = time.perf_counter()
    if step.at is not None:
        with stage.deed(step.at) as deed:
            figures = step.play(stage, deed)
            stage.finish(deed, _since(began), figures)
        return
    figures = step.play(stage)
    with stage.deed() as deed:
        stage.finish(deed, _since(began), figures)


def _keep(stage: Stage, comparisons: list[Comparison]) -> None:
    stage.step = LAST
    values: list[Json] = [{**vars(each), "same": each.same} for each in comparisons]
    with stage.deed() as deed:
        stage.finish(deed, 0, {"comparisons": values})


def _since(began: float) -> int:
    return round((time.perf_counter() - began) * 1000)
