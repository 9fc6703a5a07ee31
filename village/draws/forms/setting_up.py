"""The plan of a draw as the commission types it: any number of prizes, witnesses and members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from village.draws.forms.typed import bare, hexadecimal, upper
from village.kit.fields import ClockField, DayField, WholeField

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLE, NAME, RULE, MARK = 200, 160, 1000, 40
MOST_PRIZES, MOST_ROWS = 200, 100
HASH = r"[0-9a-f]{64}"
WANTED = _l("Please fill this in.")


class _Row(FlaskForm):
    """A row of a longer form: it speaks the same language, and the token is the whole form's."""

    class Meta(FlaskForm.Meta):
        """Without a token of its own."""

        csrf = False


class PrizeForm(_Row):
    """One prize, or several that are alike; a prize with a mark on it is one object."""

    title_ar = StringField(_l("Prize in Arabic"), [Length(max=TITLE)], [bare])
    title_fr = StringField(_l("Prize in French"), [Length(max=TITLE)], [bare])
    copies = WholeField(_l("How many of it"), [Optional(), NumberRange(1, MOST_PRIZES)], default=1)
    value_mad = WholeField(_l("Value of one prize in dirhams"), [Optional(), NumberRange(0, 10**9)])
    mark = StringField(_l("Mark on the object (serial or inventory number)"), [Length(max=MARK)], [bare])
    giver_ar = StringField(_l("Who gives it, in Arabic"), [Length(max=TITLE)], [bare])
    giver_fr = StringField(_l("Who gives it, in French"), [Length(max=TITLE)], [bare])

    @property
    def is_empty(self) -> bool:
        """Whether nobody wrote anything here."""
        return not any((self.title_ar.data, self.title_fr.data, self.mark.data))

    def validate_title_ar(self, field: Any) -> None:
        """Ask for the title where there is a prize."""
        _ask(self, field)

    def validate_title_fr(self, field: Any) -> None:
        """Ask for the title where there is a prize."""
        _ask(self, field)

    def validate_copies(self, field: Any) -> None:
        """Refuse two of what is one object."""
        if self.mark.data and (field.data or 1) > 1:
            raise ValidationError(_l("An object with a mark is one prize: give each its own row."))


class SeatForm(_Row):
    """A witness who brings a sealed number."""

    kind = SelectField(_l("Kind of witness"))
    name_ar = StringField(_l("Name in Arabic"), [Length(max=NAME)], [bare])
    name_fr = StringField(_l("Name in French"), [Length(max=NAME)], [bare])
    person = StringField(_l("Code of the person, if registered"), [Optional(), Length(max=16)], [bare])
    ties = StringField(_l("Exhibitors they are tied to (codes)"), [Length(max=RULE)], [bare])
    key = StringField(
        _l("Public key, if they have one"), [Optional(), Regexp(HASH, message=_l("64 digits 0-9 a-f."))], [hexadecimal]
    )

    @property
    def is_empty(self) -> bool:
        """Whether nobody takes the seat."""
        return not (self.name_ar.data or self.name_fr.data)


class MemberForm(_Row):
    """Someone of the commission, who signs the minutes."""

    role = SelectField(_l("Role"))
    name_ar = StringField(_l("Name in Arabic"), [Length(max=NAME)], [bare])
    name_fr = StringField(_l("Name in French"), [Length(max=NAME)], [bare])

    @property
    def is_empty(self) -> bool:
        """Whether nobody is named."""
        return not (self.name_ar.data or self.name_fr.data)


def _ask(row: PrizeForm, field: Any) -> None:
    if not row.is_empty and not field.data:
        raise ValidationError(WANTED)


@dataclass(frozen=True)
class Leaves:
    """The single fields of a form and of its rows, for the list of what to mend."""

    fields: tuple[Any, ...]

    @property
    def errors(self) -> bool:
        """Whether anything is to be mended."""
        return any(field.errors for field in self.fields)

    def __iter__(self) -> Iterator[Any]:
        """Go through the fields."""
        return iter(self.fields)


class SetUpForm(FlaskForm):
    """Everything that is fixed before the draw."""

    code = StringField(_l("Code of the draw"), [InputRequired(WANTED), Regexp(r"[A-Z0-9]{2,12}")], [bare, upper])
    title_ar = StringField(_l("Title in Arabic"), [InputRequired(WANTED), Length(max=TITLE)], [bare])
    title_fr = StringField(_l("Title in French"), [InputRequired(WANTED), Length(max=TITLE)], [bare])
    prizes = FieldList(FormField(PrizeForm), min_entries=1, max_entries=MOST_ROWS)
    substitutes = WholeField(_l("Number of substitutes"), [InputRequired(WANTED), NumberRange(0, 200)], default=2)
    date = DayField(_l("Date of the draw"), [InputRequired(WANTED)])
    time = ClockField(_l("Hour of the draw"), [InputRequired(WANTED)])
    place_ar = StringField(_l("Place in Arabic"), [InputRequired(WANTED), Length(max=TITLE)], [bare])
    place_fr = StringField(_l("Place in French"), [InputRequired(WANTED), Length(max=TITLE)], [bare])
    pool = RadioField(
        _l("Who can be drawn"),
        choices=[
            ("exhibitors", _l("Accepted exhibitors: one ticket each")),
            ("visitors", _l("Visitors who were let in: one ticket each")),
        ],
        default="exhibitors",
    )
    days = SelectMultipleField(
        _l("Only those present on each of these days"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    rule_ar = TextAreaField(_l("Who takes part, in Arabic"), [InputRequired(WANTED), Length(max=RULE)], [bare])
    rule_fr = TextAreaField(_l("Who takes part, in French"), [InputRequired(WANTED), Length(max=RULE)], [bare])
    no_winners = BooleanField(_l("Without the winners of awards"), default=True)
    tied = StringField(_l("Exhibitors tied to the organiser (codes)"), [Length(max=RULE)], [bare])
    most_per_group = WholeField(
        _l("Most prizes for one organisation or household"), [InputRequired(WANTED), NumberRange(1, 20)], default=1
    )
    members = FieldList(FormField(MemberForm), min_entries=1, max_entries=MOST_ROWS)
    seats = FieldList(FormField(SeatForm), max_entries=MOST_ROWS)
    fewest = WholeField(_l("Envelopes needed at least"), [InputRequired(WANTED), NumberRange(0, 20)], default=2)
    uses_secret = BooleanField(_l("A secret, promised now and revealed in the hall"), default=True)
    beacon = BooleanField(_l("A public beacon: a number that the world publishes at the announced hour"))
    replacement = RadioField(
        _l("When a winner falls out"),
        choices=[
            ("ordered", _l("The next in the same ranking")),
            ("fresh", _l("A new round of the beacon ranks again")),
        ],
        default="ordered",
    )
    quorum = WholeField(
        _l("Witness tablets that must sign each step"), [InputRequired(WANTED), NumberRange(0, 20)], default=0
    )

    @property
    def leaves(self) -> Leaves:
        """All single fields, those of the rows among them."""
        found: list[Any] = []
        for field in self:
            rows = field.entries if isinstance(field, FieldList) else None
            found += [field] if rows is None else [leaf for row in rows for leaf in row.form]
        return Leaves(tuple(found))
