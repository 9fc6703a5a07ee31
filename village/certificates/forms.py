"""Shapes of input for certificates."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length


class ReasonForm(FlaskForm):
    """Why a certificate is revoked or corrected: it stays written beside it."""

    reason = StringField(
        _l("Reason"),
        [DataRequired(_l("Write the reason.")), Length(max=200)],
        [lambda text: text.strip() if text else text],
    )


class VerifyForm(FlaskForm):
    """The two things on paper that together name a certificate."""

    number = StringField(
        _l("Number of the certificate"), [DataRequired(_l("Write the number as printed.")), Length(max=40)]
    )
    code = StringField(_l("Short code"), [DataRequired(_l("Write the twelve characters.")), Length(max=40)])
