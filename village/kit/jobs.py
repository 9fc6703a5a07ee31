"""Long work: started by a deed, done by a worker, with progress that everybody can see and resume after a crash.

The queue (Huey) only says that there is something to do; what is to do, how far it has come and who does it stands
in the table `job`. A job function is called again after a crash and must go on from what the database says.
"""

from __future__ import annotations

import os
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import structlog
from flask import current_app, has_app_context
from sqlalchemy import JSON, Index, String, Text, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from village.kit.db import Base, BigId, UtcDateTime, locked
from village.kit.deeds import SYSTEM, begin
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from huey import Huey

    from village.kit.deeds import Deed
    from village.kit.web import Parts

_log = structlog.get_logger(__name__)
_FUNCTIONS: dict[str, Callable[..., None]] = {}
# A worker that has said nothing for this long is taken for dead, and its job is given to another.
SILENCE = timedelta(seconds=90)
# How often a worker says that it lives, whatever its job is busy with.
_BEAT_S = 20


class Job(Base):
    """One piece of long work."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state", "state"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(64))
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(16), default="queued")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(String(200), default="")
    error: Mapped[str] = mapped_column(Text, default="")
    worker: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    heard_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


@dataclass(frozen=True)
class JobView:
    """A job as a page shows it. `state` is queued, running, done, failed or stopped."""

    id: int
    kind: str
    state: str
    done: int
    total: int
    note: str
    error: str

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in {"done", "failed", "stopped"}


class Stopped(Exception):  # noqa: N818 - an answer, not a fault
    """Somebody asked the job to stop."""


class TakenOver(Stopped):
    """This worker was taken for dead and another does the job now: it lets go without a word."""


class Work:
    """What a job function is given."""

    def __init__(self, parts: Parts, job_id: int) -> None:
        """Work on one job with the application's parts."""
        self.parts = parts
        self.job_id = job_id

    def progress(self, done: int, total: int, note: str = "") -> None:
        """Say how far the work has come (also the sign of life).

        Raises:
            Stopped: somebody asked to stop; the function just lets it pass.
            TakenOver: another worker has the job; the function lets that pass too.

        """
        with self.deed() as deed:
            state = deed.session.execute(
                update(Job)
                .where(Job.id == self.job_id, Job.worker == _me())
                .values(done=done, total=total, note=note, heard_at=deed.now)
                .returning(Job.state)
            ).scalar_one_or_none()
        if state is None:
            raise TakenOver
        if state == "stopping":
            raise Stopped

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a session for reading."""
        with Session(self.parts.engine) as session:
            yield session

    @contextmanager
    def deed(self) -> Iterator[Deed]:
        """Open a deed of the system."""
        world = self.parts
        with begin(world.engine, actor=SYSTEM, now=world.clock.now(), chance=world.chance) as deed:
            yield deed


def job(kind: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a job function: called with a `Work` and the arguments given to `start`."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        _FUNCTIONS[kind] = function
        return function

    return register


def start(deed: Deed, kind: str, **arguments: Any) -> int:
    """Put a job down in the deed's own transaction and hand it to the queue once the deed stands.

    Returns:
        the job's id.

    Raises:
        KeyError: no function is registered for that kind.

    """
    _FUNCTIONS[kind]
    row = Job(kind=kind, arguments=arguments, created_at=deed.now)
    deed.session.add(row)
    deed.session.flush()
    number = row.id
    deed.after_commit(lambda: _enqueue(number))
    return number


def get_job(session: Session, job_id: int) -> JobView:
    """Return a job.

    Raises:
        Refusal: `job_not_found`.

    """
    row = session.get(Job, job_id)
    if row is None:
        raise Refusal("job_not_found", {"job": job_id})
    return _view(row)


def latest_job(session: Session, kind: str) -> JobView | None:
    """Return the newest job of a kind, or None."""
    row = session.scalars(select(Job).where(Job.kind == kind).order_by(Job.id.desc()).limit(1)).first()
    return _view(row) if row else None


def find_open(session: Session, kind: str, **arguments: Any) -> JobView | None:
    """Return the job of that kind and those arguments that waits or works, or None: who finds one starts no second."""
    query = select(Job).where(Job.kind == kind, Job.state.in_(("queued", "running"))).order_by(Job.id.desc())
    row = next((each for each in session.scalars(query) if each.arguments == arguments), None)
    return _view(row) if row else None


def stop(deed: Deed, job_id: int) -> None:
    """Ask a job to stop; what it has done so far stays."""
    deed.session.execute(
        update(Job).where(Job.id == job_id, Job.state == "running").values(state="stopping")
    )
    deed.session.execute(
        update(Job)
        .where(Job.id == job_id, Job.state == "queued")
        .values(state="stopped", finished_at=deed.now)
    )


def run(parts: Parts, job_id: int) -> None:
    """Do a job, unless it is over or another live worker has it."""
    work = Work(parts, job_id)
    claimed = _claim(work)
    if claimed is None:
        return
    kind, arguments = claimed
    try:
        with _heart(work):
            _FUNCTIONS[kind](work, **arguments)
    except TakenOver:
        _log.warning("job_taken_over", job=job_id, kind=kind)
    except Stopped:
        _finish(work, "stopped")
    except Exception as fault:  # noqa: BLE001 - a failed job says why; the worker lives on
        _log.exception("job_failed", job=job_id, kind=kind)
        _finish(work, "failed", repr(fault))
    else:
        _finish(work, "done")


def resume(parts: Parts) -> list[int]:
    """Find jobs that nobody does: never begun, or left by a worker that died. Called when a worker starts."""
    now = parts.clock.now()
    with Session(parts.engine) as session:
        rows = session.execute(
            select(Job.id, Job.state, Job.heard_at, Job.worker).where(Job.state.in_(("queued", "running", "stopping")))
        ).all()
    return [row.id for row in rows if row.state == "queued" or _is_silent(row.heard_at, now, row.worker)]


def _is_silent(heard_at: datetime | None, now: datetime, worker: str) -> bool:
    host, _, number = worker.rpartition(":")
    if host == socket.gethostname() and number.isdigit() and not _is_alive(int(number)):
        return True
    return heard_at is None or now - heard_at > SILENCE


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _me() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def _claim(work: Work) -> tuple[str, dict[str, Any]] | None:
    with work.deed() as deed:
        row = locked(deed.session, Job, work.job_id)
        if row is None or row.state not in {"queued", "running", "stopping"}:
            return None
        if row.state != "queued" and not _is_silent(row.heard_at, deed.now, row.worker):
            return None
        if row.state == "stopping":
            # Whoever should have stopped is dead: stopped it is.
            row.state, row.finished_at = "stopped", deed.now
            return None
        row.state, row.worker, row.heard_at = "running", _me(), deed.now
        return row.kind, dict(row.arguments)


@contextmanager
def _heart(work: Work) -> Iterator[None]:
    """Say now and then that the worker lives, for a step may take longer than `SILENCE` on a slow machine."""
    over = threading.Event()
    heart = threading.Thread(target=_beat, args=(work, over), daemon=True)
    heart.start()
    try:
        yield
    finally:
        over.set()
        heart.join()


def _beat(work: Work, over: threading.Event) -> None:
    while not over.wait(_BEAT_S):
        try:
            with work.deed() as deed:
                mine = update(Job).where(Job.id == work.job_id, Job.worker == _me())
                deed.session.execute(mine.values(heard_at=deed.now))
        except Exception:  # noqa: BLE001 - a beat that is missed is followed by another
            _log.exception("job_heartbeat_failed", job=work.job_id)


def _finish(work: Work, state: str, error: str = "") -> None:
    with work.deed() as deed:
        deed.session.execute(
            update(Job)
            .where(Job.id == work.job_id, Job.worker == _me())
            .values(state=state, error=error, finished_at=deed.now, heard_at=deed.now)
        )


def _view(row: Job) -> JobView:
    return JobView(row.id, row.kind, row.state, row.done, row.total, row.note, row.error)


def _enqueue(job_id: int) -> None:
    # Outside an application there is no queue at hand; the worker finds the job when it next looks round.
    if has_app_context():
        current_app.extensions["village.enqueue"](job_id)


def init_jobs(app: Flask, queue: Huey, parts: Parts) -> None:
    """Tie a Huey queue to an application."""

    def run_job(job_id: int) -> None:
        with app.app_context():
            run(parts, job_id)

    app.extensions["village.queue"] = queue
    app.extensions["village.enqueue"] = queue.task(name="run_job")(run_job)
