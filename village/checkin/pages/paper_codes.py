"""Where symbols on paper lead: addresses without a language, short enough for print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, url_for

from village.kit.guard import public
from village.kit.locale import preferred_lang

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

bare = Blueprint("checkin_bare", __name__)


@bare.get("/S/<sheet>")
@public
def short_sheet(sheet: str) -> AnyResponse:
    """Lead from a printed sheet (`W01-1`) to the page where staff type it back, who sign in there if they must."""
    code, _dash, number = sheet.rpartition("-")
    if not code or not number.isdecimal():
        return redirect(url_for("checkin.sheets", lang=preferred_lang()))
    return redirect(url_for("checkin.typing", lang=preferred_lang(), code=code, number=int(number)))
