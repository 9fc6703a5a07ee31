"""Shapes of what the commission types; what is allowed is decided by the rules."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from village.kit.fields import ClockField, DayField, WholeField

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_TITLE, _NAME, _RULE = 200, 160, 1000
_HASH, _SIGNATURE, _NONCE = r"[0-9a-f]{64}", r"[0-9a-f]{128}", r"[0-9a-f]{32}"
_WANTED = _l("Please fill this in.")


def _bare(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def _digits(value: Any) -> Any:
    """Take ٠–٩ and ۰–۹ as 0–9 and drop blanks."""
    return "".join(value.translate(_DIGITS).split()) if isinstance(value, str) else value


def _hex(value: Any) -> Any:
    return "".join(value.split()).lower() if isinstance(value, str) else value


def _upper(value: Any) -> Any:
    return value.upper() if isinstance(value, str) else value


class SetUpForm(FlaskForm):
    code = StringField(_l("Code of the draw"), [InputRequired(_WANTED), Regexp(r"[A-Z0-9]{2,12}")], [_bare, _upper])
    title_ar = StringField(_l("Title in Arabic"), [InputRequired(_WANTED), Length(max=_TITLE)], [_bare])
    title_fr = StringField(_l("Title in French"), [InputRequired(_WANTED), Length(max=_TITLE)], [_bare])
    prize_ar = StringField(_l("Prize in Arabic"), [InputRequired(_WANTED), Length(max=_TITLE)], [_bare])
    prize_fr = StringField(_l("Prize in French"), [InputRequired(_WANTED), Length(max=_TITLE)], [_bare])
    value_mad = WholeField(_l("Value of one prize in dirhams"), [Optional(), NumberRange(0, 10**9)])
    winners = WholeField(_l("Number of winners"), [InputRequired(_WANTED), NumberRange(1, 200)], default=1)
    substitutes = WholeField(_l("Number of substitutes"), [InputRequired(_WANTED), NumberRange(0, 200)], default=2)
    date = DayField(_l("Date of the draw"), [InputRequired(_WANTED)])
    time = ClockField(_l("Hour of the draw"), [InputRequired(_WANTED)])
    place_ar = StringField(_l("Place in Arabic"), [InputRequired(_WANTED), Length(max=_TITLE)], [_bare])
    place_fr = StringField(_l("Place in French"), [InputRequired(_WANTED), Length(max=_TITLE)], [_bare])
    rule_ar = TextAreaField(_l("Who takes part, in Arabic"), [InputRequired(_WANTED), Length(max=_RULE)], [_bare])
    rule_fr = TextAreaField(_l("Who takes part, in French"), [InputRequired(_WANTED), Length(max=_RULE)], [_bare])
    all_days = BooleanField(_l("Only those present on every day"), default=True)
    no_winners = BooleanField(_l("Without the winners of awards"), default=True)
    tied = StringField(_l("Exhibitors tied to the organiser (codes)"), [Length(max=_RULE)], [_bare])
    fewest = WholeField(_l("Envelopes needed at least"), [InputRequired(_WANTED), NumberRange(2, 20)], default=2)
    chair_ar = StringField(
        _l("Chair of the commission, in Arabic"), [InputRequired(_WANTED), Length(max=_NAME)], [_bare]
    )
    chair_fr = StringField(
        _l("Chair of the commission, in French"), [InputRequired(_WANTED), Length(max=_NAME)], [_bare]
    )


class SeatForm(FlaskForm):
    name_ar = StringField(_l("Name in Arabic"), [Length(max=_NAME)], [_bare])
    name_fr = StringField(_l("Name in French"), [Length(max=_NAME)], [_bare])
    person = StringField(_l("Code of the person, if registered"), [Optional(), Length(max=16)], [_bare])
    ties = StringField(_l("Exhibitors they are tied to (codes)"), [Length(max=_RULE)], [_bare])
    key = StringField(
        _l("Public key, if they have one"), [Optional(), Regexp(_HASH, message=_l("64 digits 0-9 a-f."))], [_hex]
    )


class EnvelopeForm(FlaskForm):
    seat = SelectField(_l("Witness"), validate_choice=False)
    sealed = StringField(_l("Sealed hash"), [Optional(), Regexp(_HASH, message=_l("64 digits 0-9 a-f."))], [_hex])
    signature = StringField(
        _l("Signature"), [Optional(), Regexp(_SIGNATURE, message=_l("128 digits 0-9 a-f."))], [_hex]
    )


class CountForm(FlaskForm):
    counted = WholeField(_l("Number you counted"), [InputRequired(_l("Write a number.")), NumberRange(0, 10**6)])


class OpeningForm(FlaskForm):
    seat = SelectField(_l("Witness"), validate_choice=False)
    value = StringField(_l("Number in the envelope"), [InputRequired(_l("Write a number.")), Length(max=40)], [_digits])
    nonce = StringField(
        _l("Code under the number"), [Optional(), Regexp(_NONCE, message=_l("32 digits 0-9 a-f."))], [_hex]
    )


class SecretForm(FlaskForm):
    secret = StringField(
        _l("Secret from the sealed paper"), [Optional(), Regexp(_HASH, message=_l("64 digits 0-9 a-f."))], [_hex]
    )


class IncidentForm(FlaskForm):
    text_ar = TextAreaField(_l("Observation in Arabic"), [Length(max=_RULE)], [_bare])
    text_fr = TextAreaField(_l("Observation in French"), [Length(max=_RULE)], [_bare])
