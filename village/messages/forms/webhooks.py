"""Shapes of what staff type about the addresses of other programs."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from village.messages.rules.events import EVENTS

_HOUR, _DAY = 1, 24


class WebhookForm(FlaskForm):
    """A new address."""

    url = StringField(
        _l("Address of the other program"),
        validators=[DataRequired(_l("Please fill in this field.")), Length(max=500)],
        render_kw={"inputmode": "url", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
    note = StringField(_l("What the address is for"), validators=[Length(max=160)], render_kw={"autocomplete": "off"})
    events = SelectMultipleField(
        _l("What it is told"),
        choices=[(event, event) for event in EVENTS],
        default=list(EVENTS),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class ReplayForm(FlaskForm):
    """Since when failed calls are sent again."""

    hours = SelectField(
        _l("Failed since"),
        coerce=int,
        choices=[
            (_HOUR, _l("One hour")),
            (_DAY, _l("One day")),
            (7 * _DAY, _l("One week")),
            (90 * _DAY, _l("Three months")),
        ],
        default=_DAY,
    )
