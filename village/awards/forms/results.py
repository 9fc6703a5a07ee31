"""Shapes of what is typed once the marks are open: what was said, what is read aloud, a called number, a hand-over."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from village.people.rules import western_digits

_NEEDED = _l("Please fill in this field.")
_LONG = 4000
_MOST_MAD = 10_000_000


class _TwoLanguages(FlaskForm):
    text_ar = TextAreaField(_l("In Arabic"), validators=[Length(max=_LONG)])
    text_fr = TextAreaField(_l("In French"), validators=[Length(max=_LONG)])

    def words(self) -> dict[str, str]:
        """Return both texts without the blanks around them."""
        return {"text_ar": (self.text_ar.data or "").strip(), "text_fr": (self.text_fr.data or "").strip()}

    def validate_text_fr(self, field: Any) -> None:
        """Ask for one of the two at least."""
        if not (self.text_ar.data or "").strip() and not (field.data or "").strip():
            raise ValidationError(_NEEDED)


class DeliberationForm(_TwoLanguages):
    """What was said when the jury deliberated."""


class CitationForm(_TwoLanguages):
    """What is read aloud when an award is given."""


class LotNumberForm(FlaskForm):
    """A number as one of two people heard it in the hall."""

    seat = SelectField(_l("Who gave the number"), validate_choice=False)
    value = StringField(
        _l("The number"), filters=[lambda text: western_digits(text or "").strip()], validators=[InputRequired(_NEEDED)]
    )


class PromiseForm(FlaskForm):
    """What somebody promises to the winner of a rank."""

    rank = IntegerField(
        _l("For which rank"), default=1, validators=[InputRequired(_NEEDED), NumberRange(min=1, max=50)]
    )
    kind = RadioField(
        _l("What it is"),
        choices=[("shield", _l("A shield")), ("prize", _l("A prize")), ("paper", _l("A paper"))],
        default="prize",
        validators=[InputRequired(_NEEDED)],
    )
    title_ar = StringField(_l("Name in Arabic"), validators=[InputRequired(_NEEDED), Length(max=200)])
    title_fr = StringField(_l("Name in French"), validators=[InputRequired(_NEEDED), Length(max=200)])
    value_mad = IntegerField(_l("Value in dirhams"), validators=[Optional(), NumberRange(min=0, max=_MOST_MAD)])
    giver_ar = StringField(_l("Given by, in Arabic"), validators=[Length(max=200)])
    giver_fr = StringField(_l("Given by, in French"), validators=[Length(max=200)])
    promised_for = DateField(_l("Promised for the day"), validators=[Optional()])


class DeliveryForm(FlaskForm):
    """Who received it, and a picture that shows it."""

    # Only where several share the rank.
    nominee = RadioField(_l("To whom"), coerce=int, validators=[InputRequired(_l("Please choose one."))])
    receiver = StringField(_l("Who received it"), validators=[InputRequired(_NEEDED), Length(max=200)])
    proof = FileField(_l("A photo of the hand-over, or the signed paper"))


class BallotForm(FlaskForm):
    """One vote of a visitor, by the code of the badge."""

    nominee = RadioField(_l("My choice"), coerce=int, validators=[InputRequired(_l("Please choose one."))])
    badge = StringField(_l("The code of my badge"), validators=[InputRequired(_NEEDED), Length(max=400)])
