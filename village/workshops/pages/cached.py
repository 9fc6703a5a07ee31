"""Answers that a browser or a proxy may keep: named by their content, asked for again in a few bytes."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from flask import request, session

if TYPE_CHECKING:
    from flask import Response

# How long a copy may be shown before it is asked for again: places are taken by the minute, papers change by the day.
PAGE_SECONDS = 60
FILE_SECONDS = 600
# What every visitor's session holds: nothing of it is shown on a public page.
_OF_ANYBODY = {"lang", "csrf_token", "_fresh", "_permanent"}


def is_stranger() -> bool:
    """Tell whether this browser has told us nothing of its own: nobody signed in, nobody registered, no message due."""
    return set(session.keys()) <= _OF_ANYBODY


def kept(answer: Response, content: bytes | None = None, *, seconds: int = PAGE_SECONDS) -> Response:
    """Let an answer be kept, and send nothing where the reader holds it already (304).

    A stranger's copy may lie in any cache and carries no cookie; somebody known to this browser sees their own name,
    so that copy is theirs alone and is asked for each time.

    Args:
        answer: the whole answer.
        content: what names it, where the answer holds something that changes with each making.
        seconds: how long a stranger's copy is good.

    """
    answer.set_etag(sha256(answer.get_data() if content is None else content).hexdigest()[:24], weak=True)
    if is_stranger():
        # The language of a kept page is said by its address; writing it into a cookie would forbid to share the page.
        session.modified = False
        answer.headers["Cache-Control"] = f"public, max-age={seconds}"
    else:
        answer.headers["Cache-Control"] = "private, no-cache"
    answer.vary.add("Cookie")
    answer.make_conditional(request)
    return answer
