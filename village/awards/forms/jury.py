"""Shapes of what a juror types: marks, a note, a tie."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length
from wtforms.widgets import TextInput

from village.awards.rules import mark_text, to_half_points
from village.kit.i18n import current_lang, format_number, pick, text_direction
from village.kit.refusal import Refusal
from village.people.rules import western_digits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from village.awards.queries import CriterionRow

TIES: Final = {
    "member": _l("I am a member of it"),
    "trainer": _l("I trained or advised it"),
    "funder": _l("My organisation gives it money"),
    "family": _l("A relative of mine is in it"),
    "other": _l("Another tie"),
}


class MarkField(Field):
    """A mark on 20 by half points, kept as half-points; takes comma, point and Arabic digits."""

    # A number box refuses a comma in some languages and a point in others: text takes both.
    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else format_number(float(mark_text(self.data)), current_lang())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed.

        Raises:
            ValueError: it is no mark; the message is shown at the field.

        """
        self.data = None
        text = western_digits(valuelist[0] if valuelist else "").strip().replace(",", ".").replace("٫", ".")
        if not text:
            raise ValueError(_l("Please give a mark."))
        try:
            self.data = to_half_points(Decimal(text))
        except (InvalidOperation, Refusal) as error:
            raise ValueError(_l("A mark is from 0 to 20, by half points.")) from error


class MarksForm(FlaskForm):
    """One mark for each criterion, added by `marks_form`, and a note that nobody but the juror reads."""

    note = TextAreaField(_l("A note for myself"), validators=[Length(max=2000)])
    # What the page showed when the marks were typed: another device may have changed them since.
    version = HiddenField()

    def half_points(self) -> dict[str, int]:
        """Return criterion code → half-points."""
        return {field.short_name: int(field.data or 0) for field in self if isinstance(field, MarkField)}


class TieForm(FlaskForm):
    """The tie a juror declares, by its kind and, where there is more to say, in the juror's own words."""

    tie = RadioField(
        _l("What ties you to it?"),
        choices=[*TIES.items()],
        validators=[InputRequired(_l("Please choose one.")), AnyOf(tuple(TIES))],
    )
    reason = StringField(_l("In your own words, if you like"), validators=[Length(max=300)])

    def reasons(self) -> dict[str, str]:
        """Return the words under the language they are written in."""
        words = (self.reason.data or "").strip()
        own = "reason_ar" if words and text_direction(words) == "rtl" else "reason_fr"
        return {"reason_ar": "", "reason_fr": "", own: words}


def marks_form(
    criteria: Iterable[CriterionRow], nominee_id: int, given: Mapping[str, int] | None = None, **kwargs: Any
) -> MarksForm:
    """Make the form of one nominee: its fields carry the nominee in their names, so that many fit on a page.

    Args:
        criteria: what is judged; those of ballots are not marked by jurors.
        nominee_id: the nominee.
        given: half-points by criterion code, as they stand.
        kwargs: for the form (`formdata`, `note`, `version`).

    """
    fields: dict[str, Any] = {}
    for one in criteria:
        if getattr(one, "kind", "jury") == "jury":
            text, _lang = pick(current_lang(), one.name_ar, one.name_fr)
            fields[one.code] = MarkField(text)
    shape: type[MarksForm] = type("NomineeMarksForm", (MarksForm,), fields)
    return shape(prefix=f"n{nominee_id}", data=dict(given or {}), **kwargs)
