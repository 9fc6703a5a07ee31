"""What may stand in an address or a form at all: no number beyond every row, no sign that a database cannot keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from werkzeug.exceptions import BadRequest
from werkzeug.routing import IntegerConverter, ValidationError

if TYPE_CHECKING:
    from flask import Flask

# Keys have 64 bits, one of them for the sign; badges use them to the full. The last one is left for whoever adds one.
_GREATEST = 2**63 - 2
_NUL = "\0"


class RowNumber(IntegerConverter):
    """The `<int:…>` part of a route: a number too large for any row leads nowhere, as a row that is not there."""

    def to_python(self, value: str) -> int:
        """Read the number.

        Raises:
            ValidationError: it is too large.

        """
        if len(value) > len(str(_GREATEST)) or int(value) > _GREATEST:
            raise ValidationError
        return int(value)


def init_addresses(app: Flask) -> None:
    """Keep out what could only fail deeper inside."""
    app.url_map.converters["int"] = RowNumber

    @app.before_request
    def refuse_nul() -> None:
        # PostgreSQL keeps no NUL in a text, and no keyboard types one.
        sent = (request.path, *request.args.values(), *request.form.values())
        if any(_NUL in text for text in sent):
            raise BadRequest
