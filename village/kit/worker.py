"""The worker: takes jobs from the queue, and picks up those that a dead worker left behind."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import structlog

from village.kit import jobs
from village.kit.web import parts

if TYPE_CHECKING:
    from flask import Flask

_log = structlog.get_logger(__name__)
_ROUND_S = 30


def work(app: Flask) -> None:
    """Do jobs until told to stop (SIGTERM or SIGINT)."""
    done = threading.Event()
    look_round = threading.Thread(target=_look_round, args=(app, done), daemon=True)
    look_round.start()
    consumer = app.extensions["village.queue"].create_consumer(
        workers=1, worker_type="thread", initial_delay=0.2, max_delay=2.0, periodic=False, check_worker_health=True
    )
    try:
        consumer.run()
    finally:
        done.set()


def _look_round(app: Flask, done: threading.Event) -> None:
    """Hand left-behind jobs to the queue again; claiming a job in the database keeps it from being done twice."""
    while True:
        try:
            with app.app_context():
                for job_id in jobs.resume(parts()):
                    app.extensions["village.enqueue"](job_id)
        except Exception:  # noqa: BLE001 - a database that is away for a moment is asked again at the next round
            _log.exception("round_failed")
        if done.wait(_ROUND_S):
            return
