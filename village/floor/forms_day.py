"""Shape of what is sent on the days of the fair, for requests and for lots."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, Field, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from village.kit.fields import ClockField, WholeField

if TYPE_CHECKING:
    from collections.abc import Sequence

_ID = NumberRange(min=1, max=2**62)
_SEAL = Length(max=64)


class ManyIds(Field):
    """Reads a name that is sent several times, each time with an id."""

    data: tuple[int, ...]

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the ids.

        Raises:
            ValueError: one of them is no id.

        """
        if not all(re.fullmatch(r"[0-9]{1,18}", str(each), re.ASCII) for each in valuelist):
            raise ValueError("ids")
        self.data = tuple(int(each) for each in valuelist)


class Codes(Field):
    """Reads codes from text: separated by commas or blanks, in capital letters."""

    data: tuple[str, ...]

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the codes."""
        words = re.split(r"[\s,;،]+", " ".join(str(each) for each in valuelist)[:400])
        self.data = tuple(word.upper()[:20] for word in words if word)


class ArriveForm(FlaskForm):
    """An exhibitor has come on a day."""

    exhibitor = IntegerField(validators=[InputRequired(), _ID])
    day = DateField(validators=[InputRequired()])


class ClaimForm(FlaskForm):
    """The time by which exhibitors must have come; empty: none."""

    claim_by = ClockField(validators=[Optional()])


class ReflowForm(FlaskForm):
    """Give on the stands of these absent, as the sender saw it proposed."""

    day = DateField(validators=[InputRequired()])
    absent = ManyIds()
    seen = StringField(validators=[InputRequired(), _SEAL])


class WantsForm(FlaskForm):
    """What an exhibitor asks of the floor."""

    size = WholeField(validators=[InputRequired()])
    min_size = WholeField(validators=[InputRequired()])
    min_area_m2 = WholeField(validators=[Optional(), NumberRange(min=0, max=10_000)])
    wants_corner = BooleanField()
    needs_corner = BooleanField()
    needs_food = BooleanField()
    priority = WholeField(validators=[Optional()])
    stands = Codes()
    beside = Codes()
    apart = Codes()
    seen = StringField(validators=[_SEAL])


class ShareForm(FlaskForm):
    """Who stands at whose stand; nobody: for itself again."""

    host = IntegerField(validators=[Optional(), _ID])


class SealForm(FlaskForm):
    """How many witnesses call a number."""

    seats = WholeField(validators=[InputRequired()])


class NumberForm(FlaskForm):
    """The number a witness called."""

    seat = StringField(validators=[InputRequired(), Length(max=8)])
    value = StringField(filters=[lambda text: text.strip() if text else text], validators=[InputRequired()])


class CancelForm(FlaskForm):
    """Why a lot is cancelled."""

    reason = TextAreaField(validators=[Length(max=500)])
