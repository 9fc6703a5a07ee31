"""Shape of what readers of the log ask. The forms only read, so they go by GET and carry no token."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import TextInput

from village.kit.fields import DayField

if TYPE_CHECKING:
    from collections.abc import Sequence

_GREATEST = 2**53
# Half of the first two printed groups would do against a typing error; sixteen digits hold against a forger's wish.
_FEWEST_DIGITS = 16
_HASH_BYTES = 32
_HEX = re.compile(r"[0-9a-f]+", re.ASCII)
_BETWEEN_DIGITS = re.compile(r"[\s.,\u066c\u200e\u200f\u2066-\u2069]")


class NumberField(IntegerField):
    """A number as people copy it from paper: 4 112, 4,112, ٤١١٢."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the number.

        Raises:
            ValueError: it is none; the field then says so.

        """
        if not valuelist:
            return
        self.data: int | None = None
        try:
            self.data = int(_BETWEEN_DIGITS.sub("", str(valuelist[0])))
        except ValueError as error:
            raise ValueError(gettext("Write a number.")) from error


class HashField(Field):
    """A hash as printed (hexadecimal in groups; its beginning is enough) or as in the signed note (base64)."""

    widget = TextInput()
    data: str | None

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else ""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Turn what was typed into lower-case hexadecimal digits.

        Raises:
            ValueError: it is no hash, or too short a beginning of one.

        """
        typed = re.sub(r"[\s\u200e\u200f\u2066-\u2069]", "", str(valuelist[0])) if valuelist else ""
        self.data = _from_base64(typed) or typed.lower()
        if not _HEX.fullmatch(self.data) or not _FEWEST_DIGITS <= len(self.data) <= 2 * _HASH_BYTES:
            raise ValueError(gettext("Copy at least the first 16 letters and digits of the hash."))


def _from_base64(typed: str) -> str | None:
    try:
        raw = base64.b64decode(typed, validate=True)
    except (ValueError, binascii.Error):
        return None
    return raw.hex() if len(raw) == _HASH_BYTES else None


class AskForm(FlaskForm):
    """A form that changes nothing."""

    class Meta:
        """No token: the address with its question may be kept and passed on."""

        csrf = False


class LineForm(AskForm):
    """Which line."""

    number = NumberField(
        _l("Number of the line"), [InputRequired(_l("Write a number.")), NumberRange(min=1, max=_GREATEST)]
    )


class SealForm(AskForm):
    """A seal somebody kept: how many lines it covers, and its hash."""

    size = NumberField(
        _l("Number of lines of your seal"), [InputRequired(_l("Write a number.")), NumberRange(min=0, max=_GREATEST)]
    )
    hash = HashField(_l("Hash of your seal"), [InputRequired(_l("Write the hash."))])


class FilterForm(AskForm):
    """What an auditor looks for. `about` is typed; `thing` and `actor` come from a list or from a line's own link."""

    code = SelectField(_l("What was done"), [Optional()])
    about = StringField(
        _l("About whom or what"), [Optional(), Length(max=120)], filters=[lambda text: text and text.strip()]
    )
    thing = HiddenField(validators=[Optional(), Length(max=120)], filters=[lambda text: text and text.strip()])
    mentions = BooleanField(_l("Also the lines that only name it"))
    actor = SelectField(_l("By whom"), [Optional(), Length(max=80)], validate_choice=False)
    since = DayField(_l("From (day)"), [Optional()])
    until = DayField(_l("To (day)"), [Optional()])
    before = IntegerField(validators=[Optional(), NumberRange(min=1, max=_GREATEST)])


class WitnessForm(FlaskForm):
    """Whom to invite as a witness, and under what name its key will stand in the seals."""

    kind = SelectField(
        _l("Who is it?"),
        choices=[
            ("jury", _l("The jury")),
            ("cooperative", _l("A cooperative")),
            ("officer", _l("A bailiff or notary")),
            ("public", _l("The public")),
            ("auditor", _l("An auditor")),
        ],
    )
    label_ar = StringField(_l("Who it is, in Arabic"), [InputRequired(_l("Write a name.")), Length(max=160)])
    label_fr = StringField(_l("Who it is, in French"), [InputRequired(_l("Write a name.")), Length(max=160)])
    name = StringField(
        _l("Name of the key"),
        [InputRequired(_l("Write a name.")), Length(max=60)],
        filters=[lambda text: text and text.strip().lower()],
    )


class BringForm(FlaskForm):
    """A signature carried by hand from a tablet that has no connection: number of lines, then the line itself."""

    line = StringField(_l("What the tablet shows"), [InputRequired(_l("Copy it whole.")), Length(max=400)])


class BeaconForm(FlaskForm):
    """A round of the public beacon, as its pages show it."""

    round = NumberField(_l("Number of the round"), [InputRequired(_l("Write a number.")), NumberRange(1, _GREATEST)])
    signature = StringField(
        _l("Signature of the round"),
        [InputRequired(_l("Copy it whole.")), Length(max=400)],
        filters=[lambda text: text and "".join(text.split()).lower()],
    )
