"""Shapes of input of those who write the programme; what is allowed is decided by the rules."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from village.kit.fields import WholeField
from village.workshops.forms.registration import PHONE, bare
from village.workshops.rules.sessions import LONGEST_MINUTES

_MAIL = r"[^@\s]+@[^@\s]+\.[^@\s]+"
_AIMS, _LONG = 4_000, 40_000


def lines(value: Any) -> Any:
    """Take a typed text with its lines as they are, without the spaces at its ends; browsers send CR LF."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def or_nothing(value: Any) -> Any:
    """Take a number that was left empty as zero."""
    return 0 if value is None else value


def _text(label: Any, longest: int) -> StringField:
    return StringField(label, [Optional(), Length(max=longest)], [bare])


def _lines(label: Any, longest: int = _AIMS) -> TextAreaField:
    return TextAreaField(label, [Optional(), Length(max=longest)], [lines])


def _number(label: Any, least: int, most: int, *, needed: bool = False) -> WholeField:
    """A number; left empty it is zero, unless it is needed."""
    if needed:
        return WholeField(label, [InputRequired(_l("Write a number.")), NumberRange(least, most)])
    return WholeField(label, [Optional(), NumberRange(least, most)], [or_nothing])


def _several(label: Any) -> SelectMultipleField:
    return SelectMultipleField(label, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(), choices=[])


class SessionForm(FlaskForm):
    """What is written of a session. Choices are given by the page, in the reader's language."""

    title_ar = _text(_l("Title in Arabic"), 300)
    title_fr = _text(_l("Title in French"), 300)
    kind = SelectField(_l("Kind of session"), choices=[])
    theme = SelectField(_l("Theme"), choices=[])
    track = SelectField(_l("Track"), choices=[])
    langs = _several(_l("Languages spoken"))
    aims_ar = _lines(_l("Aims in Arabic"))
    aims_fr = _lines(_l("Aims in French"))
    mode = RadioField(_l("How it is held"), choices=[])
    places_onsite = _number(_l("Places in the room"), 0, 10_000)
    places_online = _number(_l("Places online"), 0, 100_000)
    join_url = StringField(
        _l("Link for taking part online"),
        [Optional(), Length(max=500), Regexp(r"https://\S+", message=_l("A link begins with https://"))],
        [bare],
    )
    credit_minutes = _number(_l("Minutes that the certificate counts"), 0, LONGEST_MINUTES)
    equipment = _several(_l("What the room must have"))


class NewSessionForm(SessionForm):
    """The same for a session to be added, with how long it lasts."""

    minutes = _number(_l("How many minutes it lasts"), 15, LONGEST_MINUTES, needed=True)


class TrackForm(FlaskForm):
    """What is written of a track."""

    name_ar = _text(_l("Name in Arabic"), 160)
    name_fr = _text(_l("Name in French"), 160)
    organiser_ar = _text(_l("Organiser, in Arabic"), 200)
    organiser_fr = _text(_l("Organiser, in French"), 200)
    report_ar = _lines(_l("Report in Arabic"), _LONG)
    report_fr = _lines(_l("Report in French"), _LONG)


class TrainerForm(FlaskForm):
    """What is written of a trainer."""

    name_ar = _text(_l("Name in Arabic"), 120)
    name_fr = _text(_l("Name in French"), 120)
    gender = RadioField(
        _l("Gender"), choices=[("f", _l("Woman")), ("m", _l("Man")), ("unknown", _l("Not said"))], default="unknown"
    )
    role_ar = _text(_l("What they do, in Arabic"), 200)
    role_fr = _text(_l("What they do, in French"), 200)
    profile_ar = _lines(_l("Profile in Arabic"))
    profile_fr = _lines(_l("Profile in French"))
    phone = StringField(_l("Telephone"), [Optional(), Length(max=PHONE)], [bare])
    email = StringField(
        _l("E-mail"),
        [Optional(), Length(max=254), Regexp(_MAIL, re.IGNORECASE, _l("This is not an e-mail address."))],
        [bare],
    )


class RoomForm(FlaskForm):
    """What is written of a room."""

    name_ar = _text(_l("Name in Arabic"), 160)
    name_fr = _text(_l("Name in French"), 160)
    capacity = _number(_l("Seats"), 1, 100_000, needed=True)
    equipment = _several(_l("What stands in the room"))


class NewRoomForm(RoomForm):
    """The same for a room to be added, with its venue and its code."""

    venue = SelectField(_l("Venue"), choices=[])
    code = StringField(_l("Short code, such as M3"), [InputRequired(_l("Write a code.")), Length(max=10)], [bare])


class MinutesForm(FlaskForm):
    """The minutes of a session."""

    rapporteur = _text(_l("Written by"), 120)
    attended = WholeField(_l("How many were present"), [Optional(), NumberRange(0, 100_000)])
    text_ar = _lines(_l("What was said, in Arabic"), _LONG)
    decisions_ar = _lines(_l("Decisions and recommendations, in Arabic"), _LONG)
    text_fr = _lines(_l("What was said, in French"), _LONG)
    decisions_fr = _lines(_l("Decisions and recommendations, in French"), _LONG)


class ReasonForm(FlaskForm):
    """Why something is done again."""

    reason = StringField(_l("Reason"), [InputRequired(_l("Write a reason.")), Length(max=300)], [bare])
