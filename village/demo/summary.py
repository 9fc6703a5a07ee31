"""What the demonstration shows on the console: progress, the summary table, and the way in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars
from rich.table import Table

from village.demo.titles import TITLES

if TYPE_CHECKING:
    from types import TracebackType

    from config import Settings

_console = Console(highlight=False)
ACCOUNTS = "demo-accounts.json"


def say(text: str) -> None:
    """Say one line."""
    _console.print(text)


class Progress:
    """A line for each step, with a bar where the step has many deeds."""

    def __init__(self) -> None:
        """Prepare the display; on a plain file or pipe only finished lines are written."""
        self._bars = Bars(
            SpinnerColumn(finished_text="[green]✓[/]"),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=_console,
        )
        self._task: Any = None

    def __enter__(self) -> Self:
        """Begin to show."""
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Complete the last line, unless it failed."""
        if kind is None:
            self._complete()
        self._bars.stop()

    def begin(self, title: str) -> None:
        """Begin the next step."""
        self._complete()
        self._task = self._bars.add_task(title, total=1)

    def advance(self, done: int, total: int) -> None:
        """Show how far the present step has come."""
        self._bars.update(self._task, completed=done, total=total)

    def _complete(self) -> None:
        if self._task is not None:
            task = next(each for each in self._bars.tasks if each.id == self._task)
            self._bars.update(self._task, completed=task.total)


def show(figures: dict[str, Any]) -> None:
    """Print what was done and how long it took, then expected against found."""
    done = Table(title="What was done", title_justify="left", pad_edge=False)
    done.add_column("Step")
    done.add_column("Figures")
    done.add_column("Seconds", justify="right")
    for each in figures["steps"]:
        told = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in each["figures"].items())
        done.add_row(TITLES[each["step"]], told, f"{each['milliseconds'] / 1000:.1f}")
    done.add_section()
    done.add_row("[bold]All[/]", "", f"[bold]{figures['milliseconds'] / 1000:.1f}[/]")
    compared = Table(title="Expected against found", title_justify="left", pad_edge=False)
    for heading in ("What", "Expected", "Found", ""):
        compared.add_column(heading)
    for each in figures["comparisons"]:
        sign = "[green]✓[/]" if each["same"] else "[red]✗ differs[/]"
        compared.add_row(each["what"], str(each["expected"]), str(each["found"]), sign)
    _console.print(done)
    _console.print(compared)


def welcome(settings: Settings) -> list[str]:
    """Return the lines that lead in: the address and one account for each role."""
    path = settings.data_folder / ACCOUNTS
    lines = ["", f"The village is open: {settings.address}/", ""]
    if path.exists():
        lines.append(f"{'role':<16}{'user name':<16}password")
        accounts = json.loads(path.read_text(encoding="utf-8"))
        lines += [f"{each['role']:<16}{each['username']:<16}{each['password']}" for each in accounts]
        lines.append("")
    return [*lines, "Stop it with Ctrl+C; `make demo` starts it again with everything kept."]
