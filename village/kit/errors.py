"""When something goes wrong: a page that says, in the reader's language, what to do. Nothing typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import structlog
from flask import g, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from village.kit.api_words import of_status
from village.kit.i18n import LANGS, current_lang
from village.kit.locale import preferred_lang
from village.kit.refusal import Refusal
from village.kit.web import refusal_body, refusal_json, status_of, wants_fragment, wants_json
from village.kit.wording import say_refusal

if TYPE_CHECKING:
    from flask import Flask, Response

_log = structlog.get_logger(__name__)
_NEVER_SHOWN = {"csrf_token", "password", "new_password", "new_password_confirm", "code"}
_SERVER_FAULT = 500
_BARE = """<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8"><title>500</title>
<p>وقع خطأ في الخادم. لم يضع شيء مما سُجّل. أعيدوا المحاولة بعد قليل.</p>
<p lang="fr" dir="ltr">Le serveur a eu une panne. Ce qui est enregistré n’est pas perdu. Réessayez bientôt.</p>
<p lang="en" dir="ltr">The server failed. Nothing that was saved is lost. Try again in a moment.</p></html>"""


def init_errors(app: Flask) -> None:
    """Answer every refusal and fault with a page, a fragment for htmx, or JSON."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _form_expired)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _fault)


def _refused(refusal: Refusal) -> Response:
    if wants_json():
        return refusal_json(refusal)
    return _answer(status_of(refusal), message=say_refusal(refusal, _lang()), code=refusal.code)


def _form_expired(_error: CSRFError) -> Response:
    # A form that waited too long is shown again with all its fields and a new token, to be sent with one tap.
    # Only for forms of our own pages: a foreign page must not get a fresh token put under its fields.
    fields = []
    if request.method == "POST" and _is_from_here() and not request.files:
        fields = [(name, value) for name, value in request.form.items(multi=True) if name not in _NEVER_SHOWN]
    return _answer(400, kind="expired", fields=fields, action=request.full_path.rstrip("?"))


def _http_error(error: HTTPException) -> Response:
    if error.response is not None:
        return error.response  # type: ignore[return-value]
    answer = _answer(error.code or _SERVER_FAULT)
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after", "location"}:
            answer.headers[name] = value
    return answer


def _fault(_error: Exception) -> Response:
    _log.exception("page_failed", path=request.path, method=request.method)
    try:
        return _answer(_SERVER_FAULT)
    except Exception:  # noqa: BLE001 - a page needs the database for its head; without one this still has to be said
        return make_response(_BARE, _SERVER_FAULT)


def _answer(status: int, **context: Any) -> Response:
    if wants_json():
        g.lang = _lang()
        return make_response(jsonify(refusal_body(of_status(status))), status)
    template = "errors/fragment.html" if wants_fragment() else "errors/page.html"
    speaks_all = _language_is_unknown()
    g.lang = _lang()
    return make_response(render_template(template, status=status, speaks_all=speaks_all, **context), status)


def _lang() -> Any:
    # An address that leads nowhere matched no route, so its language was not taken from it yet.
    first = request.path.split("/")[1]
    if first in LANGS:
        return first
    return current_lang() if "lang" in g else preferred_lang()


def _language_is_unknown() -> bool:
    first = request.path.split("/")[1]
    return request.url_rule is None and first not in LANGS and len(first) in {2, 5}


def _is_from_here() -> bool:
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(source).netloc == request.host
