"""Shapes of input for badges."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length


class ReasonForm(FlaskForm):
    """Why a badge is replaced or revoked: it stays written beside the badge."""

    reason = StringField(_l("Reason"), [InputRequired(_l("Write the reason.")), Length(max=200)])
