"""Shapes of what the jury types."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, StringField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import NumberInput

from village.awards.rules import MARK_MAX, to_half_points
from village.kit.i18n import current_lang, pick
from village.kit.refusal import Refusal
from village.people.rules import western_digits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from village.awards.queries import CriterionRow


class MarkField(Field):
    """A mark on 20 by half points, kept as half-points; takes comma, point and Arabic digits."""

    widget = NumberInput(step="0.5", min="0", max=str(MARK_MAX))

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ""

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
    """One mark for each criterion; the fields are added by `marks_form`."""

    def half_points(self) -> dict[str, int]:
        """Return criterion code → half-points."""
        return {field.short_name: int(field.data or 0) for field in self if isinstance(field, MarkField)}


class RecusalForm(FlaskForm):
    """The tie a juror declares, in the juror's own words."""

    reason = StringField(_l("Reason"), validators=[DataRequired(_l("Please fill in this field.")), Length(max=300)])


def marks_form(criteria: Iterable[CriterionRow], nominee_id: int, **kwargs: Any) -> MarksForm:
    """Make the form of one nominee: its fields carry the nominee in their names, so that many fit on a page."""
    fields: dict[str, Any] = {}
    for one in criteria:
        text, _lang = pick(current_lang(), one.name_ar, one.name_fr)
        fields[one.code] = MarkField(text)
    shape: type[MarksForm] = type("NomineeMarksForm", (MarksForm,), fields)
    return shape(prefix=f"n{nominee_id}", **kwargs)
