"""The commands about the log: `village verify-audit`, `village export-log`."""

from __future__ import annotations

import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

from config import SettingError, Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flask import Flask

    from village.audit.log_file import FileVerification
    from village.kit.refusal import Refusal

_TELL_AFTER_S = 0.5


@click.command("verify-audit")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--key",
    "keys",
    multiple=True,
    metavar="VKEY",
    help="For a file: a key of the log or of a witness, known from elsewhere; may be given again.",
)
def verify_audit(file: Path | None, keys: tuple[str, ...]) -> None:
    """Recompute the whole audit log, from the database or from FILE (as `export-log` wrote it).

    From the database each line is compared with its tree, the heads and their signatures; a file is checked by itself,
    without a database or a network. The exit status is 1 when anything is not as it was written.
    """
    if keys and file is None:
        raise click.UsageError("--key goes with a file; the database has its own keys.")
    if file is None:
        _verify_database()
    else:
        _verify_file(file, keys)


@click.command("export-log")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export_log(file: Path) -> None:
    """Write the whole audit log to FILE, sealed as it stands; packed where the name ends in .gz."""
    from village.audit.actions import take_out_log
    from village.audit.queries import export_log as pieces_of
    from village.audit.queries import packed
    from village.kit.deeds import SYSTEM, begin
    from village.kit.web import parts

    with _app().app_context():
        world = parts()
        with begin(world.engine, actor=SYSTEM, now=world.clock.now()) as deed:
            head = take_out_log(deed, world.keys)
        pieces = pieces_of(world.engine, world.keys, head.size)
        # Under its name only once it is whole.
        beside = file.with_name(f"{file.name}.part")
        with beside.open("wb") as out:
            for piece in packed(pieces) if file.suffix == ".gz" else pieces:
                out.write(piece)
        beside.replace(file)
    click.echo(f"{file}: {head.size} lines, {file.stat().st_size} bytes")
    click.echo(f"Head: {head.root.hex()}")


def _verify_database() -> None:
    from sqlalchemy.orm import Session

    from village.audit.queries import verify_log
    from village.kit.web import parts

    with _app().app_context(), Session(parts().engine) as session:
        found = verify_log(session, parts().keys, _teller())
        _tell_faults(found.faults)
    click.echo(f"Lines: {found.size}; inner nodes: {found.nodes}; signed heads: {found.checkpoints}.")
    _conclude(found.root, ok=found.ok)


def _verify_file(file: Path, keys: tuple[str, ...]) -> None:
    from village.audit.log_file import verify_file
    from village.audit.wording import REFUSALS
    from village.kit.refusal import Refusal
    from village.kit.wording import learn, say_refusal

    learn(refusals=REFUSALS)
    try:
        with file.open("rb") as stream:
            found = verify_file(stream, keys, _teller())
    except Refusal as refusal:
        raise click.ClickException(say_refusal(refusal, "en")) from refusal
    _tell_faults(found.faults)
    click.echo(f"Log: {found.origin}")
    click.echo(f"Lines: {found.size}; signed heads: {found.heads}; the longest covers {found.sealed} lines.")
    click.echo(_believed(found))
    _conclude(found.root, ok=found.ok)


def _believed(found: FileVerification) -> str:
    if not found.pinned:
        return (
            "Keys: those in the file, so it is only in agreement with itself. Give the keys you know with --key, or "
            "compare the head with one that you kept."
        )
    return f"Keys: those given here; witnesses under the longest head: {found.cosigned}."


def _tell_faults(faults: Iterable[Refusal]) -> None:
    from village.kit.wording import say_refusal

    for fault in faults:
        click.echo(say_refusal(fault, "en"))


def _conclude(root: bytes, *, ok: bool) -> None:
    click.echo(f"Head: {root.hex()}")
    click.echo("The log is sound." if ok else "THE LOG IS NOT SOUND.")
    sys.exit(0 if ok else 1)


def _teller() -> Callable[[int, int], None]:
    """Tell on the error stream how far it is: over one line at a screen, in tenths elsewhere."""
    begun = monotonic()
    screen = sys.stderr.isatty()
    last = [begun, 0.0]

    def tell(done: int, total: int) -> None:
        now = monotonic()
        if screen and (now - last[0] > _TELL_AFTER_S or done == total):
            rate = done / max(now - begun, 0.001)
            click.echo(f"\r{done} of {total} lines, {rate:,.0f} a second ", nl=done == total, err=True)
            last[0] = now
        elif not screen and now - begun > _TELL_AFTER_S and 10 * done // total > last[1]:
            last[1] = 10 * done // total
            click.echo(f"{done} of {total} lines", err=True)

    return tell


def _app() -> Flask:
    from village.app import create_app

    try:
        return create_app(Settings.from_env())
    except SettingError as fault:
        raise click.ClickException(str(fault)) from fault
