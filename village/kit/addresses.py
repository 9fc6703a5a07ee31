"""What may stand in an address or a form at all: no number beyond every row, no sign that a database cannot keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from werkzeug.exceptions import BadRequest
from werkzeug.routing import IntegerConverter, ValidationError

if TYPE_CHECKING:
    from flask import Flask

# Every number of 18 digits fits into the 64 bits of a key.
_DIGITS = 18
_NUL = "\0"


class RowNumber(IntegerConverter):
    """The `<int:…>` part of a route: a number too large for any row leads nowhere, as a row that is not there."""

    def to_python(self, value: str) -> int:
        """Read the number.

        Raises:
            ValidationError: it is too long.

        """
        if len(value) > _DIGITS:
            raise ValidationError
        number: int = super().to_python(value)
        return number


def init_addresses(app: Flask) -> None:
    """Keep out what could only fail deeper inside."""
    app.url_map.converters["int"] = RowNumber

    @app.before_request
    def refuse_nul() -> None:
        # PostgreSQL keeps no NUL in a text, and no keyboard types one.
        sent = (request.path, *request.args.values(), *request.form.values())
        if any(_NUL in text for text in sent):
            raise BadRequest
