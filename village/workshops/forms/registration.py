"""Shapes of input of those who register; what is allowed is decided by the rules."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from village.kit.i18n import text_direction
from village.workshops.rules import Wish

_NAME = 80
PHONE = 40
_MAIL = r"[^@\s]+@[^@\s]+\.[^@\s]+"

WISHES = [
    (Wish.ANY.value, _l("In the room; online if the room is full")),
    (Wish.ONSITE.value, _l("In the room only")),
    (Wish.ONLINE.value, _l("Online, from where I am")),
]


def bare(value: Any) -> Any:
    """Take the spaces from both ends of a typed text, and the doubled ones from within."""
    return " ".join(value.split()) if isinstance(value, str) else value


class WishForm(FlaskForm):
    """How somebody wishes to take part, where a workshop is held in both ways."""

    wish = RadioField(_l("How would you like to take part?"), choices=WISHES, default=Wish.ANY.value)


class NewcomerForm(WishForm):
    """What is asked of somebody who registers for the first time: a name and a telephone."""

    given = StringField(_l("First name"), [InputRequired(_l("Write your first name.")), Length(max=_NAME)], [bare])
    family = StringField(_l("Family name"), [Optional(), Length(max=_NAME)], [bare])
    phone = StringField(_l("Telephone"), [InputRequired(_l("Write a telephone number.")), Length(max=PHONE)], [bare])
    gender = RadioField(
        _l("You are"),
        choices=[("f", _l("A woman")), ("m", _l("A man")), ("unknown", _l("I prefer not to say"))],
        default="unknown",
    )
    email = StringField(
        _l("E-mail"),
        [Optional(), Length(max=254), Regexp(_MAIL, re.IGNORECASE, _l("This is not an e-mail address."))],
        [bare],
    )
    consent_photo = BooleanField()
    consent_contact = BooleanField()

    @property
    def names(self) -> dict[str, str]:
        """The names by script: one typed in Arabic letters is an Arabic name, any other a Latin one."""
        given, family = self.given.data or "", self.family.data or ""
        script = "ar" if text_direction(f"{given} {family}") == "rtl" else "fr"
        return {f"given_{script}": given, f"family_{script}": family}


class FindForm(FlaskForm):
    """Telephone and code, by which somebody finds their page again."""

    phone = StringField(_l("Telephone"), [InputRequired(_l("Write a telephone number.")), Length(max=PHONE)], [bare])
    code = StringField(_l("Your code"), [InputRequired(_l("Write the code you received.")), Length(max=20)], [bare])
