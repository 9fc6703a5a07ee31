"""Shapes of input of the timetable board and of publishing."""

from __future__ import annotations

import json
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FieldList, HiddenField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from village.kit.fields import ClockField
from village.workshops.rules.timetable import Slot


class SlotForm(FlaskForm):
    """Where a session goes; `before` is where the organiser saw it."""

    before = HiddenField()
    status = HiddenField(default="planned")
    day = SelectField(_l("Day"), [InputRequired()])
    starts = ClockField(_l("Beginning"), [InputRequired(_l("Write an hour, as in 14:30."))])
    ends = ClockField(_l("End"), [InputRequired(_l("Write an hour, as in 14:30."))])
    room = SelectField(_l("Room"), [Optional()])
    trainers = FieldList(SelectField(_l("Trainer"), [Optional()], validate_choice=False), min_entries=0)

    def validate_before(self, field: Any) -> None:
        """The slot that was seen must be one."""
        try:
            self.seen = Slot.of_json(json.loads(field.data or ""))
        except (ValueError, TypeError) as fault:
            raise ValidationError(str(fault)) from fault

    def wished(self) -> Slot:
        """The slot that is asked for."""
        trainers = [int(each) for each in self.trainers.data if each and str(each).isdigit()]
        return Slot.of_json(
            {
                "day": self.day.data,
                "starts": f"{self.starts.data:%H:%M}",
                "ends": f"{self.ends.data:%H:%M}",
                "room": int(self.room.data) if self.room.data else None,
                "status": self.status.data,
                "trainers": list(dict.fromkeys(trainers)),
            }
        )


class PublishForm(FlaskForm):
    """What is said of a version, and the board that the organiser saw."""

    expected = HiddenField()
    note_ar = TextAreaField(_l("A word to the public, in Arabic"), [Optional(), Length(max=500)])
    note_fr = TextAreaField(_l("A word to the public, in French"), [Optional(), Length(max=500)])
