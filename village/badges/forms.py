"""Shapes of input for badges."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length


class ReasonForm(FlaskForm):
    """Why a badge is replaced or revoked: it stays written beside the badge."""

    reason = StringField(
        _l("Reason"),
        [DataRequired(_l("Write the reason.")), Length(max=200)],
        [lambda text: text.strip() if text else text],
    )
