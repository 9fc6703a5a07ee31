"""Shapes of input for certificates."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length


class ReasonForm(FlaskForm):
    """Why a certificate is revoked or corrected: it stays written beside it."""

    reason = StringField(_l("Reason"), [InputRequired(_l("Write the reason.")), Length(max=200)])


class VerifyForm(FlaskForm):
    """The two things on paper that together name a certificate."""

    number = StringField(
        _l("Number of the certificate"), [InputRequired(_l("Write the number as printed.")), Length(max=40)]
    )
    code = StringField(_l("Short code"), [InputRequired(_l("Write the twelve characters.")), Length(max=40)])
