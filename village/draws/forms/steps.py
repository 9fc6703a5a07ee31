"""What is typed while the draw goes on, one small form a step."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from village.draws.forms.setting_up import HASH, RULE
from village.draws.forms.typed import bare, digits, hexadecimal, signature
from village.kit.fields import WholeField

_SIGNED, _NONCE, _ROUND = r"[0-9a-f]{128}", r"[0-9a-f]{32}", r"[0-9a-f]{96}"
_NUMBER = _l("Write a number.")
_CHOOSE = _l("Choose a reason.")


class EnvelopeForm(FlaskForm):
    """A sealed number as it is handed in."""

    seat = SelectField(_l("Witness"), validate_choice=False)
    sealed = StringField(_l("Sealed hash"), [Optional(), Regexp(HASH, message=_l("64 digits 0-9 a-f."))], [hexadecimal])
    signature = StringField(
        _l("Signature"), [Optional(), Regexp(_SIGNED, message=_l("128 digits 0-9 a-f."))], [hexadecimal]
    )


class CountForm(FlaskForm):
    """What one person counted."""

    counted = WholeField(_l("Number you counted"), [InputRequired(_NUMBER), NumberRange(0, 10**6)])


class OpeningForm(FlaskForm):
    """What was in an envelope."""

    seat = SelectField(_l("Witness"), validate_choice=False)
    value = StringField(_l("Number in the envelope"), [InputRequired(_NUMBER), Length(max=40)], [digits])
    nonce = StringField(
        _l("Code under the number"), [Optional(), Regexp(_NONCE, message=_l("32 digits 0-9 a-f."))], [hexadecimal]
    )


class SecretForm(FlaskForm):
    """The secret from its sealed paper."""

    secret = StringField(
        _l("Secret from the sealed paper"), [Optional(), Regexp(HASH, message=_l("64 digits 0-9 a-f."))], [hexadecimal]
    )


class BeaconForm(FlaskForm):
    """A round of the beacon: the signature alone, or the whole answer of a relay."""

    signature = StringField(
        _l("Signature of the round"),
        [
            InputRequired(_l("Paste or scan what the beacon published.")),
            Regexp(_ROUND, message=_l("96 digits 0-9 a-f.")),
        ],
        [signature],
    )


class IncidentForm(FlaskForm):
    """An observation or a claim."""

    text_ar = TextAreaField(_l("Observation in Arabic"), [Length(max=RULE)], [bare])
    text_fr = TextAreaField(_l("Observation in French"), [Length(max=RULE)], [bare])


class CancelForm(FlaskForm):
    """Why a draw is given up before its hour."""

    reason = SelectField(_l("Reason"), [InputRequired(_CHOOSE)], validate_choice=False)
    sure = BooleanField(_l("I know that this draw will never take place"), [InputRequired(_l("Please confirm."))])


class ScanForm(FlaskForm):
    """A badge, scanned or typed."""

    code = StringField(_l("Badge of the winner"), [InputRequired(_l("Scan or type a badge.")), Length(max=400)], [bare])


class VoidForm(FlaskForm):
    """Why a turn is void."""

    reason = SelectField(_l("Reason"), [InputRequired(_CHOOSE)], validate_choice=False)


class WithdrawForm(FlaskForm):
    """Why a prize is withdrawn."""

    reason = SelectField(_l("Reason"), [InputRequired(_CHOOSE)], validate_choice=False)


class HandOverForm(FlaskForm):
    """A prize given from hand to hand, with a picture or a signed receipt where there is one."""

    proof = FileField(_l("Photograph or signed receipt"))
