"""The worker: takes jobs from the queue, picks up those that a dead worker left behind, and walks its rounds."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import structlog

from village.kit import jobs
from village.kit.web import Parts, parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

_log = structlog.get_logger(__name__)
_RESUME_S = 30.0
_ROUND_S = 2.0
# After a fault a round waits longer each time, up to this: a database that is away fills no log.
_LONGEST_S = 60.0

_ROUNDS: dict[str, Callable[[Parts], int]] = {}


def each_round(function: Callable[[Parts], int]) -> Callable[[Parts], int]:
    """Register what every worker does about every two seconds, besides its jobs.

    Called with the application's parts, in a thread of its own: never twice at once in one worker, and what is slow
    holds up nothing else. It returns how much it did, and is called again at once while that is not 0. Several
    workers may run: what must not be done twice is claimed in the database.
    """
    _ROUNDS[f"{function.__module__}.{function.__qualname__}"] = function
    return function


def rounds() -> dict[str, Callable[[Parts], int]]:
    """Return what is done at each round, by name."""
    return dict(_ROUNDS)


def work(app: Flask) -> None:
    """Do jobs and walk rounds until told to stop (SIGTERM or SIGINT)."""
    done = threading.Event()
    walks = [_walk(app, "resume", _resume_for(app), _RESUME_S, done)]
    walks += [_walk(app, name, function, _ROUND_S, done) for name, function in _ROUNDS.items()]
    consumer = app.extensions["village.queue"].create_consumer(
        workers=1, worker_type="thread", initial_delay=0.2, max_delay=2.0, periodic=False, check_worker_health=True
    )
    try:
        consumer.run()
    finally:
        done.set()
        for each in walks:
            # What is being carried right now is noted before the process ends; what hangs is taken up by another.
            each.join(_ROUND_S)


def walk(app: Flask, name: str, function: Callable[[Parts], int], pause_s: float, done: threading.Event) -> None:
    """Call a function again and again until `done` is set; a fault is logged and survived."""
    faults = 0
    while not done.is_set():
        did = 0
        try:
            with app.app_context():
                did = function(parts())
            faults = 0
        except Exception:  # noqa: BLE001 - a database that is away for a moment is asked again at the next round
            faults += 1
            _log.exception("round_failed", round=name)
        if not did and done.wait(min(pause_s * 2**faults, _LONGEST_S)):
            return


def _walk(
    app: Flask, name: str, function: Callable[[Parts], int], pause_s: float, done: threading.Event
) -> threading.Thread:
    thread = threading.Thread(target=walk, args=(app, name, function, pause_s, done), name=name, daemon=True)
    thread.start()
    return thread


def _resume_for(app: Flask) -> Callable[[Parts], int]:
    def resume(world: Parts) -> int:
        """Hand left-behind jobs to the queue again; claiming a job in the database keeps it from being done twice."""
        for job_id in jobs.resume(world):
            app.extensions["village.enqueue"](job_id)
        return 0

    return resume
