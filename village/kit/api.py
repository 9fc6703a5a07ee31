"""The JSON interface for other programs: what its parts share.

flask-smorest reads the shapes of requests and answers off the views and writes the OpenAPI document from them. Every
answer that is no success has one shape, `Problem`, with its sentence in the language of `Accept-Language`.
"""

from __future__ import annotations

import hashlib
import json
import math
import threading
import time
from typing import TYPE_CHECKING, Any, NoReturn, cast

from flask import Response, current_app, g, make_response, request
from flask_limiter.util import get_remote_address
from flask_smorest import Api, Blueprint
from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, missing, validate
from webargs.core import is_json
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import HTTPException

from village.kit.api_words import of_status
from village.kit.deeds import Actor
from village.kit.guard import keyed_scope
from village.kit.refusal import Refusal
from village.kit.web import acting_as, limiter, refusal_body, status_of, wired

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeVar

    from flask import Flask

    View = TypeVar("View", bound=Callable[..., Any])

VERSION = "1"
PREFIX = "/api/v1"
SECURITY = "key"
# Any letter of any script, but no control sign: nobody types one, and PostgreSQL keeps no NUL.
LINE = r"^[^\u0000-\u001f\u007f]*$"
_ABOUT = (
    "The programme, the free places and the registrations of the fair for other programs. Codes are opaque and stay; "
    "planned times are local wall times of the edition's zone, instants are UTC. Answers that are no success have the "
    "shape of Problem; its message is in Arabic, French or English, as Accept-Language asks."
)
_BY_ADDRESS = "3000 per minute"
_BEARER = "bearer "
_UNREADABLE = "a text with half a letter in it"
# What the kit itself refuses, where 409 would be wrong.
_STATUSES: Mapping[str, int] = {
    "api_key_missing": 401,
    "api_key_unknown": 401,
    "api_key_scope": 403,
    "not_allowed": 403,
    "json_invalid": 400,
    "request_malformed": 400,
    "content_type_unsupported": 415,
    "request_invalid": 422,
    "idempotency_word_used": 422,
    "too_many_requests": 429,
}
_MEANING: Mapping[int, str] = {
    304: "You hold the newest state already.",
    400: "The request cannot be read.",
    401: "No key, or one that is unknown or revoked.",
    403: "The key does not allow this.",
    404: "There is no such thing.",
    409: "The rules object; all objections are listed.",
    415: "The body is not JSON.",
    422: "Fields are missing, unknown or not accepted; all are listed.",
    429: "Too many requests; Retry-After says when to come back.",
}


class Shape(Schema):
    """What a program sends; what is not named in it is refused rather than passed over."""

    class Meta:
        """Nothing unknown, and fields in the order in which they are written."""

        unknown = RAISE


class Line(fields.String):
    """One line of text in any script; neither control signs nor halves of letters, which no database keeps."""

    def __init__(self, *, longest: int = 200, shortest: int = 0, **kwargs: Any) -> None:
        """Say how many characters it may have."""
        super().__init__(validate=[validate.Length(min=shortest, max=longest), validate.Regexp(LINE)], **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = str(super()._deserialize(value, attr, data, **kwargs))
        try:
            text.encode()
        except UnicodeEncodeError as fault:
            raise ValidationError(_UNREADABLE) from fault
        return text


class TrueOrFalse(fields.Boolean):
    """A truth value as JSON has it; neither 1 nor "yes"."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> bool:  # noqa: ARG002 - marshmallow's signature
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Objection(Schema):
    """One reason why not."""

    code = fields.String(required=True, metadata={"description": "For programs: does not change."})
    message = fields.String(required=True, metadata={"description": "For people: in the language asked for."})
    facts = fields.Dict(keys=fields.String(), required=True, metadata={"description": "What the sentence is about."})


class Problem(Objection):
    """Every answer that is no success. With several objections the first one lends its code and facts."""

    objections = fields.List(fields.Nested(Objection), required=True)


class Parser(FlaskParser):
    """Reads what was sent; what is wrong with it becomes a refusal that lists every field."""

    def _raw_load_json(self, req: Any) -> Any:
        sent = req.get_data(cache=True)
        # A form's bytes are read already by whoever looked into it; its length is still told.
        if (sent or req.content_length) and not is_json(req.mimetype):
            raise Refusal("content_type_unsupported", {"wanted": "application/json"})
        if not sent:
            return missing
        try:
            return json.loads(sent, parse_constant=_refuse_constant, parse_float=_finite)
        except (ValueError, RecursionError) as fault:
            raise Refusal("json_invalid") from fault

    def handle_error(self, error: ValidationError, *_args: Any, **_more: Any) -> NoReturn:
        """Refuse with one objection for each field.

        Raises:
            Refusal: `request_invalid`.

        """
        messages = error.messages if isinstance(error.messages, dict) else {"": error.messages}
        objections = [each for place in messages.values() for each in _objections(place, "")]
        raise Refusal("request_invalid", {}, objections)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _objections(messages: Any, path: str) -> list[Refusal]:
    if isinstance(messages, dict):
        found = []
        for name, inner in messages.items():
            step = path if name == "_schema" else f"{path}.{name}".lstrip(".")
            found += _objections(inner, step)
        return found
    said = [str(each) for each in messages] if isinstance(messages, list) else [str(messages)]
    facts = {"field": path or "body"}
    if "Missing data for required field." in said:
        return [Refusal("field_missing", facts)]
    return [Refusal("field_unknown" if "Unknown field." in said else "field_invalid", facts)]


class ApiBlueprint(Blueprint):
    """A part of the documented interface. `statuses` says which of its refusals are answered otherwise than by 409."""

    ARGUMENTS_PARSER = Parser()

    def __init__(self, name: str, where: str, *, statuses: Mapping[str, int] | None = None, **kwargs: Any) -> None:
        """Answer refusals and faults of this part in the shape of `Problem`."""
        super().__init__(name, where, **kwargs)
        self._statuses = {**_STATUSES, **(statuses or {})}
        self.register_error_handler(Refusal, self._refused)
        self.register_error_handler(HTTPException, _failed)

    def _refused(self, refusal: Refusal) -> Response:
        answer = problem(refusal, self._statuses.get(refusal.code))
        if answer.status_code == 401:  # noqa: PLR2004 - RFC 9110 asks to say how one gets in
            answer.headers["WWW-Authenticate"] = 'Bearer realm="village"'
        return answer

    def asks(self, schema: type[Schema], location: str = "json") -> Callable[[View], View]:
        """Read the body (`json`), the query (`query`) or the headers (`headers`) by a shape."""
        unknown = EXCLUDE if location == "headers" else RAISE
        found: Callable[[View], View] = self.arguments(schema, location=location, unknown=unknown)
        return found

    def may_answer(self, *statuses: int) -> Callable[[View], View]:
        """Document what a view answers when it does not succeed."""

        def decorate(view: View) -> View:
            for status in statuses:
                schema = None if status == 304 else Problem  # noqa: PLR2004 - nothing is sent with it
                view = self.alt_response(status, schema=schema, description=_MEANING[status])(view)
            return view

        return decorate


class _Api(Api):
    """The document alone: refusals and faults are answered by the house."""

    ERROR_SCHEMA = Problem
    DEFAULT_ERROR_RESPONSE_NAME = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin with nothing described."""
        self._undescribed: list[Blueprint] = []
        self._describing = threading.Lock()
        super().__init__(*args, **kwargs)

    def _register_error_handlers(self) -> None:
        pass

    def _register_pagination_header(self) -> None:
        """Name no pages: every list here is whole."""

    def register_blueprint(self, blp: Blueprint, **_options: Any) -> None:
        """Serve a part now and describe it when somebody asks: describing takes a third of an application's start."""
        self._app.extensions["flask-smorest"]["blp_name_to_api"][blp.name] = self
        self._app.register_blueprint(blp)
        self._undescribed.append(blp)

    def describe(self) -> dict[str, Any]:
        """Return the document, with all parts described."""
        with self._describing:
            while self._undescribed:
                part = self._undescribed.pop(0)
                part.register_views_in_doc(self, self._app, self.spec, name=part.name, parameters=None)
                self.spec.tag({"name": part.name, "description": part.description})
            found: dict[str, Any] = self.spec.to_dict()
        return found


def init_api(app: Flask) -> Api:
    """Make the OpenAPI document of an application, and let its guard know keys."""
    app.config.update(API_TITLE="Solidarity village", API_VERSION=VERSION, OPENAPI_VERSION="3.1.0")
    made = _Api(app, spec_kwargs={"info": {"description": _ABOUT}, "servers": [{"url": "/"}]})
    scheme = {"type": "http", "scheme": "bearer", "description": "A key that an organiser made, shown once."}
    made.spec.components.security_scheme(SECURITY, scheme)
    app.extensions["village.api"] = made
    app.extensions["village.key_guard"] = _let_in
    return made


def document() -> dict[str, Any]:
    """Return the OpenAPI document."""
    made: _Api = current_app.extensions["village.api"]
    return made.describe()


def exempt_keyed_views(app: Flask) -> None:
    """Ask no form token of requests that carry a key: a browser never sends one by itself."""
    for endpoint in app.view_functions:
        if keyed_scope(app, endpoint) is not None:
            app.extensions["csrf"].exempt(app.view_functions[endpoint])


def api_key() -> Any:
    """Return the key of the request at hand (a `KeyRow`)."""
    return g.api_key


def problem(refusal: Refusal, status: int | None = None) -> Response:
    """Answer a refusal in the shape of `Problem`."""
    return make_response(refusal_body(refusal), status or status_of(refusal))


def per_key(limit: str) -> Callable[[View], View]:
    """Count requests by key, so that programs behind one address do not hinder each other; and by address, more widely.

    Without the second count whoever invents a new key for each request would never be slowed down.
    """
    by_key = cast("Callable[[View], View]", limiter.limit(limit, key_func=_who_asks))
    by_address = cast("Callable[[View], View]", limiter.limit(_BY_ADDRESS))
    return lambda view: by_address(by_key(view))


def kept_json(body: Any, seconds: int) -> Response:
    """Answer JSON that anybody may keep for some seconds, and nothing where the reader holds it already (304)."""
    written = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    answer = Response(written, mimetype="application/json")
    answer.set_etag(hashlib.sha256(written).hexdigest()[:24], weak=True)
    answer.headers["Cache-Control"] = f"public, max-age={seconds}"
    answer.make_conditional(request)
    return answer


def _failed(error: HTTPException) -> Response:
    status = error.code or 500
    answer = make_response(refusal_body(of_status(status)), status)
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after"}:
            answer.headers[name] = value
    if status == 429 and (limit := limiter.current_limit):  # noqa: PLR2004 - too many requests
        answer.headers["Retry-After"] = str(max(1, int(limit.reset_at - time.time())))
    return answer


def _bearer() -> str:
    header = request.headers.get("Authorization", "")
    return header[len(_BEARER) :].strip() if header[: len(_BEARER)].lower() == _BEARER else ""


def _let_in(scope: str) -> None:
    """Let a request in by its key.

    Raises:
        Refusal: `api_key_missing`, `api_key_unknown`, `api_key_scope`.

    """
    token = _bearer()
    if not token:
        raise Refusal("api_key_missing")
    key = wired("api_key")(token)
    if key is None:
        raise Refusal("api_key_unknown")
    if scope not in key.scopes:
        raise Refusal("api_key_scope", {"scope": scope})
    g.api_key = key
    acting_as(Actor("key", str(key.id)))


def _who_asks() -> str:
    # Counted before the key is looked up: its hash names it, whether it is true or not.
    token = _bearer()
    return hashlib.sha256(token.encode()).hexdigest()[:24] if token else get_remote_address()
