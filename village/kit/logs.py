"""Log lines: for people on the console, or as JSON for a machine. Never with the values of local variables."""

from __future__ import annotations

import logging
from typing import Any

import structlog


def init_logs(*, as_json: bool) -> None:
    """Set up structlog for the whole process."""
    shown: list[Any] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
        if as_json
        # A traceback with local variables would write names and telephone numbers into the log.
        else [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            *shown,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=False,
    )
