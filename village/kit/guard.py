"""Who may enter which page: denied unless the page says otherwise.

Every view function carries `@requires("…")`, `@requires_key("…")` or `@public`; a route without any of them answers
403 to everybody, and a test finds it. Which role holds which permission stands in one table, `people/permissions.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from flask import current_app, request
from flask_login import current_user

from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

F = TypeVar("F", bound="Callable[..., Any]")
_MARK = "village_permission"
_PUBLIC = "*"
_KEYED = "key:"


def requires(permission: str) -> Callable[[F], F]:
    """Let in only those who hold a permission."""

    def mark(view: F) -> F:
        setattr(view, _MARK, permission)
        return view

    return mark


def public(view: F) -> F:
    """Let everybody in."""
    setattr(view, _MARK, _PUBLIC)
    return view


def requires_key(scope: str) -> Callable[[F], F]:
    """Let in only other programs, by a key of theirs that holds a scope; whoever is signed in does not count here."""

    def mark(view: F) -> F:
        setattr(view, _MARK, _KEYED + scope)
        return view

    return mark


def keyed_scope(app: Flask, endpoint: str) -> str | None:
    """Return the scope that a key needs for an endpoint; None where keys do not count."""
    asked = permission_of(app, endpoint)
    return asked.removeprefix(_KEYED) if asked is not None and asked.startswith(_KEYED) else None


def permission_of(app: Flask, endpoint: str) -> str | None:
    """Return what an endpoint asks: a permission, `*` for everybody, None where nothing was said."""
    view = app.view_functions.get(endpoint)
    mark = getattr(view, _MARK, None)
    return mark if isinstance(mark, str) else None


def may(permission: str) -> bool:
    """Tell whether the one who asks holds a permission."""
    held: Callable[[Any], frozenset[str]] = current_app.extensions["village.permissions_of"]
    return permission in held(current_user)


def init_guard(
    app: Flask, permissions_of: Callable[[Any], frozenset[str]], open_blueprints: frozenset[str] = frozenset()
) -> None:
    """Put the guard before every request.

    Args:
        app: the application.
        permissions_of: what a signed-in (or anonymous) user may do.
        open_blueprints: blueprints of libraries that guard themselves (sign-in pages).

    """
    app.extensions["village.permissions_of"] = permissions_of

    @app.before_request
    def check() -> Any:
        if request.endpoint is None or request.endpoint == "static" or request.blueprint in open_blueprints:
            return None
        asked = permission_of(app, request.endpoint)
        scope = keyed_scope(app, request.endpoint)
        if scope is not None:
            app.extensions["village.key_guard"](scope)
            return None
        if asked == _PUBLIC or (asked is not None and may(asked)):
            return None
        if asked is not None and not current_user.is_authenticated:
            unauthorized: Any = app.login_manager.unauthorized  # type: ignore[attr-defined]
            return unauthorized()
        raise Refusal("not_allowed")
