"""Shapes of input of the reports; what is allowed is decided by the rules."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from village.kit.i18n import LANGS, OWN_NAMES
from village.reports.rules import Taken

_LEAST = 3
LABELS = {
    Taken.PEOPLE: _l("People"),
    Taken.REGISTRATIONS: _l("Registrations"),
    Taken.WAITING: _l("Waiting lists"),
    Taken.ATTENDANCE: _l("Attendance"),
    Taken.EXHIBITORS: _l("Exhibitors"),
    Taken.BOARDS: _l("Programme in figures"),
}


def _bare(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


class ExportForm(FlaskForm):
    """Which list is taken out, for whom and what for."""

    kind = RadioField(_l("Which list"), choices=[(each.value, label) for each, label in LABELS.items()])
    session = SelectField(_l("Of which session"), default="")
    words = RadioField(_l("Language of the headings"), choices=[(lang, OWN_NAMES[lang]) for lang in LANGS])
    form = RadioField(
        _l("Kind of file"), choices=[("xlsx", _l("Workbook (XLSX)")), ("csv", _l("Text (CSV)"))], default="xlsx"
    )
    recipient = StringField(
        _l("Who receives it"),
        [InputRequired(_l("Write who receives the list.")), Length(min=_LEAST, max=200)],
        [_bare],
    )
    purpose = StringField(
        _l("What for"), [InputRequired(_l("Write what the list is for.")), Length(min=_LEAST, max=300)], [_bare]
    )
