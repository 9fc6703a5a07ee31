"""Shapes of input of staff; what is allowed is decided by the rules."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from village.kit.fields import WholeField
from village.workshops.forms.registration import PHONE, NewcomerForm, bare
from village.workshops.rules import Wish


class DeskForm(NewcomerForm):
    """The same at the desk, where a telephone may be missing."""

    phone = StringField(_l("Telephone"), [Optional(), Length(max=PHONE)], [bare])
    override = StringField(_l("Why a rule is set aside"), [Optional(), Length(max=200)], [bare])


class OverrideForm(FlaskForm):
    """A person to be registered by staff, and why a rule is set aside where one is."""

    person = IntegerField(validators=[InputRequired()])
    wish = HiddenField(default=Wish.ANY.value)
    override = StringField(_l("Why a rule is set aside"), [Optional(), Length(max=200)], [bare])


class PlacesForm(FlaskForm):
    """How many places a workshop has."""

    onsite = WholeField(_l("Places in the room"), [InputRequired(), NumberRange(0, 10_000)])
    online = WholeField(_l("Places online"), [InputRequired(), NumberRange(0, 100_000)])


class LinkForm(FlaskForm):
    """Where those confirmed online take part."""

    join_url = StringField(
        _l("Link for taking part online"),
        [Optional(), Length(max=500), Regexp(r"https://\S+", message=_l("A link begins with https://"))],
        [bare],
    )
