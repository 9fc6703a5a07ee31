"""`village allocate` and `village diagnose`: the allocation for people and programs without the web application."""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from click import echo

from village.floor.allocation.allocate import allocate
from village.floor.allocation.changes import moved
from village.floor.allocation.files import read_instance, read_plan, write_plan
from village.floor.allocation.search import Allocation, Mode, Progress, Proof
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from village.floor.allocation.problem import Plan, Problem

FINE, NOTHING_VALID, UNREADABLE = 0, 1, 2
# What judging and writing the result and leaving take at the end of a budget, in seconds; for each exhibitor; and the
# share of the budget by which a busy machine may be late.
MARGIN, MARGIN_EACH, MARGIN_SHARE = 0.2, 0.0001, 0.04
# A process older than this (seconds) is no plausible answer of the system.
OLDEST = 86_400.0
# How often progress is written, in seconds.
EVERY = 0.5


class CommandError(Exception):
    """A file that cannot be read or written; the message names it and says why."""


@dataclass(frozen=True, slots=True)
class Request:
    """What `village allocate` was asked."""

    instance: Path
    out: Path
    mode: Mode = Mode.BALANCED
    seed: int = 0
    work: int | None = None
    budget: float | None = None
    previous: Path | None = None
    move_cost: int = 0
    as_json: bool = False


def leave(status: int) -> NoReturn:
    """End the process at once: the plan is written, and to take machine code and solver down costs half a second."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def run_allocate(request: Request) -> int:
    """Allocate, write the plan, print its figures; returns the exit status.

    Raises:
        CommandError: a file cannot be read or written.
    """
    if not os.access(request.out.parent, os.W_OK):
        raise CommandError(f"{request.out} cannot be written: its folder is missing or closed.")
    case = _instance(request.instance)
    before = _previous(request.previous, case)
    budget = None
    if request.budget is not None:
        margin = MARGIN + MARGIN_EACH * len(case.exhibitors) + MARGIN_SHARE * request.budget
        budget = max(0.0, request.budget - age() - margin)
    asked = _Asked()
    try:
        found = allocate(
            case,
            mode=request.mode,
            seed=request.seed,
            work=request.work,
            budget=budget,
            previous=before,
            move_cost=request.move_cost,
            on_progress=_Ticker(sys.stderr).tell if sys.stderr.isatty() else None,
            stop=asked.stop,
        )
    except OverflowError as error:
        raise CommandError(f"{request.instance}: its numbers are too large to be added up ({error}).") from error
    if found.cost.broken:
        echo(f"No valid plan was found: {found.cost.broken[0]}", err=True)
        return NOTHING_VALID
    _write(request.out, write_plan(found.plan, case))
    figures = _figures(found, case, before, stopped=asked.signalled)
    echo(json.dumps(figures) if request.as_json else "\n".join(_lines(figures)))
    return FINE


def run_diagnose(instance: Path) -> int:
    """Print the minimal conflicts of an instance as JSON; returns 1 when there are any.

    Raises:
        CommandError: the file cannot be read.
    """
    from village.floor.allocation.diagnose import diagnose

    conflicts = diagnose(_instance(instance))
    echo(json.dumps([each.as_json() for each in conflicts], ensure_ascii=False))
    return NOTHING_VALID if conflicts else FINE


def _instance(path: Path) -> Problem:
    try:
        return read_instance(path.read_text(encoding="utf-8-sig"))
    except Refusal as refusal:
        raise CommandError(f"{path} is not an instance: {refusal.facts['detail']}.") from refusal
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        raise CommandError(f"{path} cannot be read: {error}.") from error


def _previous(path: Path | None, case: Problem) -> Plan | None:
    if path is None:
        return None
    try:
        return read_plan(path.read_text(encoding="utf-8-sig"), case)
    except Refusal as refusal:
        raise CommandError(f"{path} is not an allocation: {refusal.facts['detail']}.") from refusal
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        raise CommandError(f"{path} cannot be read: {error}.") from error


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all: beside it first, then renamed."""
    name = None
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            name = file.name
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        # The temporary file is its owner's alone; the plan is as open as any file of theirs.
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except OSError as error:
        if name is not None:
            Path(name).unlink(missing_ok=True)
        raise CommandError(f"{path} cannot be written: {error}.") from error


def _figures(found: Allocation, case: Problem, before: Plan | None, *, stopped: bool) -> dict[str, Any]:
    figures: dict[str, Any] = {
        "mode": found.mode.value,
        "cost": found.cost.total,
        "bound": found.bound,
        "gap_permille": found.gap_permille,
        "proven": found.proof is Proof.PROVEN,
        "placed": len(found.plan),
        "unplaced": len(case.exhibitors) - len(found.plan),
    }
    if before is not None:
        figures["moves"] = len(moved(before, found.plan))
    return {**figures, "stopped_by_time": found.stopped_by_time, "stopped": stopped, "seconds": round(age(), 2)}


def _lines(figures: dict[str, Any]) -> Iterator[str]:
    permille = figures["gap_permille"]
    yield f"mode: {figures['mode']}"
    yield f"cost: {figures['cost']}"
    yield f"bound: {figures['bound']}"
    yield f"gap: {permille // 10}.{permille % 10} %"
    yield f"proven: {'yes' if figures['proven'] else 'no'}"
    yield f"placed: {figures['placed']} (without a stand: {figures['unplaced']})"
    if "moves" in figures:
        yield f"moves: {figures['moves']}"
    if figures["stopped_by_time"]:
        yield "stopped by time: yes (another run may end elsewhere)"
    if figures["stopped"]:
        yield "stopped: yes"
    yield f"time: {figures['seconds']:.2f} s"


def age() -> float:
    """Seconds since this process began; where the system does not tell, the processor's time so far."""
    try:
        fields = Path("/proc/self/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        # After the name, which ends with the last bracket, the 20th field is the start in ticks since boot.
        begun = int(fields[19]) / os.sysconf("SC_CLK_TCK")
        found = time.clock_gettime(time.CLOCK_BOOTTIME) - begun
    except (OSError, ValueError, IndexError, AttributeError):
        return time.process_time()
    return found if 0 <= found < OLDEST else time.process_time()


class _Asked:
    """Whether somebody asked the process to end: then the best plan so far is written."""

    def __init__(self) -> None:
        self.signalled = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._hear)

    def _hear(self, number: int, _frame: object) -> None:
        self.signalled = True
        # Asked twice, it ends at once.
        signal.signal(number, signal.SIG_DFL)

    def stop(self) -> bool:
        """Whether to stop."""
        return self.signalled


class _Ticker:
    """Writes progress on one line of a terminal."""

    def __init__(self, out: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self.out, self.clock, self.last = out, clock, float("-inf")

    def tell(self, progress: Progress) -> None:
        """Write cost and bound, not more often than twice a second."""
        done = progress.phase == "done"
        if not done and self.clock() - self.last < EVERY:
            return
        self.last = self.clock()
        bound = "–" if progress.bound is None else progress.bound
        text = f"\r{progress.phase}: cost {progress.cost}, bound {bound}, {age():.1f} s"
        self.out.write(text.ljust(60) + ("\n" if done else ""))
        self.out.flush()
