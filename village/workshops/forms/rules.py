"""Shapes of input for the rules of a session; what is allowed is decided by the rules themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from village.kit.fields import ClockField, DayField, WholeField
from village.workshops.forms.registration import bare
from village.workshops.rules import Audience, WaitingMode

if TYPE_CHECKING:
    from collections.abc import Sequence

AUDIENCES = [
    (Audience.OPEN.value, _l("Everybody")),
    (Audience.DELEGATES.value, _l("Delegates of accepted cooperatives")),
    (Audience.INVITED.value, _l("Invited people only")),
]
WAITINGS = [
    (WaitingMode.PROMOTE.value, _l("Give it at once to whoever waits longest")),
    (WaitingMode.OFFER.value, _l("Ask whoever waits longest, with a time to answer")),
]
_HOUR, _DAY = 60, 1440
ANSWER_TIMES = [
    (30, _l("30 minutes")),
    (1 * _HOUR, _l("1 hour")),
    (2 * _HOUR, _l("2 hours")),
    (6 * _HOUR, _l("6 hours")),
    (12 * _HOUR, _l("12 hours")),
    (1 * _DAY, _l("1 day")),
    (2 * _DAY, _l("2 days")),
    (7 * _DAY, _l("7 days")),
]
# Rows for reserves beyond those that are set: what else is needed comes with the next keeping.
_BLANK_ROWS = 2


class ReserveForm(Form):
    """One reserve; a row without a number of places is none."""

    places = WholeField(_l("Places"), [Optional()])
    owner = SelectField(_l("For whom"), choices=[], validate_choice=False)
    channel = SelectField(_l("Where"), choices=[("onsite", _l("In the room")), ("online", _l("Online"))])
    until_day = DayField(_l("Until (day)"), [Optional()])
    until_clock = ClockField(_l("at"), [Optional()])


class RulesForm(FlaskForm):
    """All rules of a session but its invitations."""

    audience = RadioField(_l("Who may register"), choices=AUDIENCES)
    opens_day = DayField(_l("Registration opens (day)"), [Optional()])
    opens_clock = ClockField(_l("at"), [Optional()])
    closes_day = DayField(_l("Registration closes (day)"), [Optional()])
    closes_clock = ClockField(_l("at"), [Optional()])
    max_per_exhibitor = WholeField(_l("At most for one cooperative"), [Optional()])
    prerequisites = SelectMultipleField(_l("Sessions to be followed before"), coerce=int, validate_choice=False)
    waiting = RadioField(_l("When a place comes free"), choices=WAITINGS)
    offer_minutes = SelectField(_l("Time to answer"), coerce=int, choices=ANSWER_TIMES)
    reserves = FieldList(FormField(ReserveForm))

    def offer_owners(self, owners: Sequence[tuple[str, str]], minutes: int) -> None:
        """Fill in what may be chosen, and rows for further reserves."""
        if minutes not in {value for value, _text in ANSWER_TIMES}:
            self.offer_minutes.choices = [*ANSWER_TIMES, (minutes, str(minutes))]
        for _ in range(_BLANK_ROWS if not self.is_submitted() else 0):
            self.reserves.append_entry({})
        for row in self.reserves:
            row.form.owner.choices = list(owners)


class InviteForm(FlaskForm):
    """People to invite, as they stand in a list: one telephone or code on each line."""

    people = TextAreaField(_l("Telephones or codes, one on each line"), [Length(max=20_000)])


class PolicyForm(FlaskForm):
    """How many places one person may hold."""

    max_per_person = WholeField(_l("In the whole fair"), [Optional()])
    max_per_day = WholeField(_l("On one day"), [Optional()])


class TransferForm(FlaskForm):
    """To whom a place goes, and why a rule is set aside where one is."""

    person = WholeField(validators=[Optional()])
    reason = StringField(_l("Why a rule is set aside"), [Optional(), Length(max=200)], [bare])


def as_typed(rules: Any, local: Any) -> dict[str, Any]:
    """Return a session's rules as the form shows them; `local` turns an instant into day and hour of the fair."""

    def moment(name: str, at: Any) -> dict[str, Any]:
        here = local(at) if at else None
        return {f"{name}_day": here.date() if here else None, f"{name}_clock": here.time() if here else None}

    return {
        "audience": rules.audience.value,
        "max_per_exhibitor": rules.max_per_exhibitor,
        "prerequisites": [each.id for each in rules.prerequisites],
        "waiting": rules.waiting.value,
        "offer_minutes": rules.offer_minutes,
        **moment("opens", rules.opens),
        **moment("closes", rules.closes),
        "reserves": [
            {
                "places": each.places,
                "channel": each.channel.value,
                "owner": each.audience.value if each.audience else f"exhibitor:{each.exhibitor_id}",
                **moment("until", each.until),
            }
            for each in rules.reserves
        ],
    }
