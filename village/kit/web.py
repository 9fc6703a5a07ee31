"""What pages need around a deed: the app's parts, the deed of a request, answers, refusals said in words."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from flask import (
    Response,
    current_app,
    flash,
    g,
    jsonify,
    make_response,
    render_template,
    request,
)
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user

from village.kit.db import db
from village.kit.deeds import PUBLIC, Actor, begin
from village.kit.i18n import current_lang
from village.kit.wording import say_objections, say_refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from sqlalchemy import Engine

    from config import Settings
    from village.kit.chance import Chance
    from village.kit.clock import Clock
    from village.kit.deeds import Deed
    from village.kit.gateway import Gateway
    from village.kit.mail import Mailer
    from village.kit.refusal import Refusal
    from village.kit.signing import Keyring
    from village.kit.storage import FileStorage

NOT_FOUND, NOT_ALLOWED, CONFLICT, UNPROCESSABLE = 404, 403, 409, 422

# Sign-in and public look-ups are counted by address; deeds behind a sign-in are not.
limiter = Limiter(key_func=get_remote_address, default_limits=[])


@dataclass
class Parts:
    """The outside world of one application: everything a test may want to replace."""

    settings: Settings
    engine: Engine
    clock: Clock
    chance: Chance
    keys: Keyring
    storage: FileStorage
    mailer: Mailer
    gateway: Gateway
    wires: dict[str, Callable[..., Any]] = field(default_factory=dict)


def init_parts(app: Flask, parts: Parts) -> None:
    """Give an application its parts."""
    app.extensions["village"] = parts


def parts() -> Parts:
    """Return the parts of the application at hand."""
    return cast("Parts", current_app.extensions["village"])


def clock() -> Clock:
    """Return the application's clock."""
    return parts().clock


def keys() -> Keyring:
    """Return the application's keys."""
    return parts().keys


def storage() -> FileStorage:
    """Return the application's file storage."""
    return parts().storage


def mailer() -> Mailer:
    """Return the application's mailer."""
    return parts().mailer


def wired(name: str) -> Callable[..., Any]:
    """Return what `app.py` wired under a name: facts one feature needs of another that it must not know.

    Raises:
        KeyError: nothing is wired under that name.

    """
    return parts().wires[name]


def edition() -> Any:
    """Return the edition that visitors see now (an `EditionView`), or None before the first one is made."""
    if "edition" not in g:
        g.edition = wired("edition")(db.session())
    return g.edition


def acting_as(actor: Actor) -> None:
    """Say who acts in this request without an account: a participant who came by a personal link."""
    g.actor = actor


def actor() -> Actor:
    """Return who acts in this request."""
    if "actor" in g:
        return cast("Actor", g.actor)
    if current_user.is_authenticated:
        return Actor("account", str(current_user.id))
    return PUBLIC


@contextmanager
def deed() -> Iterator[Deed]:
    """Open a deed for whoever asks, now. What was read before is let go, so that later reads see the change."""
    # Asked before: the account is read from the database, and a read begun before the commit would not see it.
    who, world = actor(), parts()
    db.session.rollback()
    with begin(world.engine, actor=who, now=world.clock.now(), chance=world.chance) as opened:
        yield opened
    db.session.rollback()


def wants_fragment() -> bool:
    """Tell whether htmx asks for a part of a page."""
    return request.headers.get("HX-Request") == "true"


def wants_json() -> bool:
    """Tell whether the answer should be JSON."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"], default="text/html")
    return best == "application/json" or request.path.startswith("/api/")


def page(template: str, status: int = 200, **context: Any) -> Response:
    """Render a page."""
    return make_response(render_template(template, **context), status)


def again(
    template: str,
    form: Any,
    refusal: Refusal | None = None,
    status: int | None = None,
    **context: Any,
) -> Response:
    """Show a form again with all that was typed and with what to mend (422), or why the deed was refused (409).

    The template finds what was refused as `refusal_text`, one objection a line.
    """
    said = "\n".join(say_objections(refusal, current_lang())) if refusal else ""
    answer = status or (status_of(refusal) if refusal else UNPROCESSABLE)
    return page(template, answer, form=form, **{"refusal_text": said, **context})


def say_done(message: str) -> None:
    """Tell on the next page that a deed was done."""
    flash(message, "done")


def say_refused(refusal: Refusal) -> None:
    """Tell on the next page that a deed was refused, and why."""
    flash(say_refusal(refusal, current_lang()), "refused")


def status_of(refusal: Refusal) -> int:
    """Return the HTTP status that fits a refusal: 404 for `…_not_found`, 403 for `not_allowed`, else 409."""
    if refusal.code.endswith("_not_found"):
        return NOT_FOUND
    return NOT_ALLOWED if refusal.code == "not_allowed" else CONFLICT


def refusal_json(refusal: Refusal) -> Response:
    """Answer a refusal to a program: its code, its facts and the sentence in the reader's language."""
    return make_response(jsonify(refusal_body(refusal)), status_of(refusal))


def refusal_body(refusal: Refusal) -> dict[str, Any]:
    """Write a refusal with all its objections for a program; the shape is `Problem` of `kit.api`."""
    lang = current_lang()
    return {
        "code": refusal.code,
        "message": say_refusal(refusal, lang),
        "facts": _plain_facts(refusal),
        "objections": [
            {"code": each.code, "message": say_refusal(each, lang), "facts": _plain_facts(each)}
            for each in refusal.objections
        ],
    }


def _plain_facts(refusal: Refusal) -> dict[str, Any]:
    return {name: _plain(value) for name, value in refusal.facts.items()}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | str | list | dict) else str(value)
