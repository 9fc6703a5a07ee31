"""The commands of the village: `village COMMAND`, or `python -m village.cli COMMAND`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from config import ROOT, SettingError, Settings, describe
from village.log_commands import export_log, verify_audit

if TYPE_CHECKING:
    from flask import Flask


def _settings() -> Settings:
    try:
        return Settings.from_env()
    except SettingError as fault:
        raise click.ClickException(str(fault)) from fault


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Stands, workshops, badges, certificates, awards and draws of the solidarity village."""


@main.command()
@click.option("--no-serve", is_flag=True, help="Stop after the summary instead of serving the application.")
@click.option("--no-print", is_flag=True, help="Leave out the printed papers; playing again without it prints them.")
@click.option(
    "--report", type=click.Path(dir_okay=False, path_type=Path), help="Write all figures as JSON to this file."
)
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the fair to play instead of the one that comes with the village.",
)
def demo(*, no_serve: bool, no_print: bool, report: Path | None, data: Path | None) -> None:
    """Play a whole fair, from import to minutes, then serve it."""
    from village.demo.play import play

    settings = _settings()
    outcome = play(settings, report=report, data=data, prints=not no_print)
    if no_serve or not outcome.complete:
        sys.exit(outcome.status)
    _serve(settings, with_worker=True, lines=outcome.welcome)


@main.command()
@click.option("--worker/--no-worker", default=True, help="Also start the worker that does the long jobs.")
def serve(*, worker: bool) -> None:
    """Serve the application; set VILLAGE_HOST, VILLAGE_PORT and VILLAGE_WEB_WORKERS to taste."""
    from village.kit.schema import upgrade

    settings = _settings()
    upgrade(settings, ROOT / "migrations", _make_app)
    lines = [settings.address]
    if settings.host in {"0.0.0.0", "::"} and not settings.public_url:  # noqa: S104 - named, not bound
        lines.append("Set VILLAGE_PUBLIC_URL to the address that visitors use: it is printed in the QR codes.")
    _serve(settings, with_worker=worker, lines=lines)


@main.command()
def worker() -> None:
    """Do the long jobs, one after the other; start several on a larger installation."""
    from village.app import create_app
    from village.kit.worker import work

    work(create_app(_settings()))


@main.command("upgrade")
def upgrade_command() -> None:
    """Bring the database to this version of the village."""
    from village.kit.schema import upgrade

    upgrade(_settings(), ROOT / "migrations", _make_app)
    click.echo("The database is up to date.")


@main.command()
@click.option(
    "--older-than",
    type=click.IntRange(1, 36),
    metavar="MONTHS",
    help="Months after the end of an edition, instead of twelve; what is kept three years stays as long.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be taken out.")
def forget(*, older_than: int | None, dry_run: bool) -> None:
    """Take out people's data that have been kept long enough (docs/privacy.md); the counts stay."""
    from village.app import create_app
    from village.forgetting import forget as run
    from village.kit.web import parts

    app = create_app(_settings())
    total = 0
    with app.app_context():
        for found in run(parts(), older_than=older_than, dry_run=dry_run):
            total += found.rows
            click.echo(f"{found.edition or '-':8} {found.what:14} {found.rows:7}")
    click.echo(f"{'Would be taken out' if dry_run else 'Taken out'}: {total} rows.")


main.add_command(verify_audit)
main.add_command(export_log)


@main.command("verify-draw", context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def verify_draw(arguments: tuple[str, ...]) -> None:
    """Check a draw's bundle with the same stand-alone program that anybody can download."""
    import runpy

    program = Path(__file__).parent / "draws" / "verify_draw.py"
    sys.argv = [str(program), *arguments]
    runpy.run_path(str(program), run_name="__main__")


@main.command("verify-lot")
@click.argument("bundle", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify_lot(bundle: Path) -> None:
    """Recompute a lot from its bundle, for stands or for a tie: the seed, the order, and every turn where there are."""
    from village.awards.rules import lot as ties
    from village.floor import lot_bundle as stands
    from village.kit.called_lot import LotFaulty

    data = bundle.read_bytes()
    try:
        if f'"{ties.PROTOCOL}"'.encode() in data:
            tie = ties.verify_tie(data)
            seed, told = tie.seed, " ".join(tie.ranking)
        else:
            found = stands.verify(data)
            seed, told = found.seed, f"{len(found.allocation.plan)} with a stand"
            told = f"{len(found.ranking)} in the order of the lot, {told}"
    except LotFaulty as fault:
        raise click.ClickException(fault.fault.value) from fault
    click.echo(f"seed {seed}")
    click.echo(f"{told}: all follows")


@main.command("add-account")
@click.argument("username")
@click.option("--role", "roles", multiple=True, required=True, help="organiser, desk, juror …; may be given again.")
def add_account(username: str, roles: tuple[str, ...]) -> None:
    """Make an account and show its password once: the way in to a new installation."""
    from village.kit.deeds import SYSTEM, begin
    from village.kit.refusal import Refusal
    from village.kit.schema import upgrade
    from village.kit.web import parts
    from village.kit.wording import say_refusal
    from village.people.accounts.actions import create_account

    settings = _settings()
    upgrade(settings, ROOT / "migrations", _make_app)
    with _make_app(settings).app_context():
        world = parts()
        try:
            with begin(world.engine, actor=SYSTEM, now=world.clock.now()) as deed:
                made = create_account(deed, username=username, roles=roles)
        except Refusal as refusal:
            raise click.ClickException(say_refusal(refusal, "en")) from refusal
    click.echo(f"{made.username}  {made.password}")


@main.command()
def settings() -> None:
    """List every setting, its default and what it is for."""
    for variable, default, text in describe():
        click.echo(f"{variable}\n    {text}\n    default: {default or '(empty)'}")


_INSTANCE = click.argument(
    "instance", metavar="INSTANCE.json", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)


@main.command()
@_INSTANCE
@click.option(
    "--mode",
    type=click.Choice(["balanced", "priority", "lot"]),
    default="balanced",
    show_default=True,
    help="By the least cost for all; by strict priority, without justified envy; or by lot.",
)
@click.option("--work", type=click.IntRange(min=0), help="How much to search, in thousands of proposals; repeatable.")
@click.option("--budget", type=click.FloatRange(min=0, min_open=True), help="Seconds the whole command may take.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), default=0, show_default=True, help="Seed of all chances.")
@click.option(
    "--out",
    metavar="ALLOC.json",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="File that the plan is written to.",
)
@click.option(
    "--previous",
    metavar="ALLOC.json",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An earlier plan, to stay near it.",
)
@click.option(
    "--move-cost",
    type=click.IntRange(0, 1_000_000),
    default=40,
    show_default=True,
    help="Points for each exhibitor who has to leave its place of the earlier plan.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def allocate(*, mode: str, **asked: Any) -> None:
    """Give the stands of an instance (docs/allocation.md), and say how far from the best it can be."""
    if asked["work"] is not None and asked["budget"] is not None:
        raise click.UsageError("Give --work or --budget, not both.")
    from village.floor.allocation.command import CommandError, Request, leave, run_allocate
    from village.floor.allocation.search import Mode

    try:
        leave(run_allocate(Request(mode=Mode(mode), **asked)))
    except CommandError as error:
        raise _Unreadable(str(error)) from error


@main.command()
@_INSTANCE
def diagnose(*, instance: Path) -> None:
    """Print as JSON why not everybody can have a stand; the exit status is 1 when there is a reason."""
    from village.floor.allocation.command import CommandError, run_diagnose

    try:
        sys.exit(run_diagnose(instance))
    except CommandError as error:
        raise _Unreadable(str(error)) from error


class _Unreadable(click.ClickException):
    """A file that cannot be read or written."""

    exit_code = 2


def _make_app(settings: Settings) -> Flask:
    from village.app import create_app

    return create_app(settings)


def _serve(settings: Settings, *, with_worker: bool, lines: list[str]) -> None:
    from village.kit.server import PortTakenError
    from village.kit.server import serve as run_server

    def ready() -> None:
        for line in lines:
            click.echo(line)

    try:
        sys.exit(run_server(settings, ROOT, with_worker=with_worker, ready=ready))
    except PortTakenError as taken:
        raise click.ClickException(f"Port {taken} is in use. Set VILLAGE_PORT to another one.") from taken


if __name__ == "__main__":
    main()
