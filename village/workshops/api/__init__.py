"""The JSON interface of the programme and of registrations, and the document that describes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, url_for

from village.kit.api import PREFIX, document, kept_json
from village.kit.guard import public
from village.kit.locale import preferred_lang
from village.kit.web import limiter
from village.workshops.api.availability import availability
from village.workshops.api.programme import programme
from village.workshops.api.registrations import registrations

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

documented = (programme, availability, registrations)
bare = Blueprint("workshops_api", __name__, url_prefix=PREFIX)
_KEPT_S = 600


@bare.get("/openapi.json")
@public
@limiter.limit("120 per minute")
def openapi() -> Response:
    """Describe the interface for programs (OpenAPI 3.1)."""
    return kept_json(document(), _KEPT_S)


@bare.get("/docs")
@public
def docs() -> AnyResponse:
    """Lead people to the same as a page of their language."""
    return redirect(url_for("workshops.interface", lang=preferred_lang()))
