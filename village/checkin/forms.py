"""Shapes of input at a gate."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp

UUID = r"[0-9a-fA-F-]{8,36}"


def _bare(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _tidy(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


class ScanForm(FlaskForm):
    """What was scanned or typed. `uuid` is that of the page's own scan, so that a double tap counts once."""

    code = StringField(
        _l("Badge or name: scan it or type it"),
        [InputRequired(_l("Scan a badge, or type a code or a name.")), Length(max=400)],
        [_bare],
    )
    uuid = HiddenField(validators=[InputRequired(), Regexp(UUID)])


class NamedForm(FlaskForm):
    """Somebody found by name."""

    person = IntegerField(validators=[InputRequired()])
    uuid = HiddenField(validators=[InputRequired(), Regexp(UUID)])


class WalkInForm(FlaskForm):
    """Somebody at the door without a place: chosen from the list, or new by name; `override` is why a rule yields."""

    person = IntegerField(validators=[Optional()])
    name = StringField(_l("Name"), [Optional(), Length(max=120)], [_tidy])
    uuid = HiddenField(validators=[InputRequired(), Regexp(UUID)])
    override = StringField(_l("Why a rule is set aside"), [Optional(), Length(max=200)], [_bare])


class GateForm(FlaskForm):
    """What this gate is called."""

    name = StringField(_l("Name of this gate"), [Optional(), Length(max=80)], [_bare])
