"""The shape of a message to many people; what may be sent is decided by the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from village.messages.rules.mailing import (
    LONGEST_PURPOSE,
    LONGEST_SUBJECT,
    LONGEST_TEXT,
    Asked,
    Delegates,
    Message,
    Standing,
)
from village.people.rules import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Iterable

STANDINGS = [
    (Standing.CONFIRMED.value, _l("hold a place")),
    (Standing.OFFERED.value, _l("were offered a place")),
    (Standing.WAITLISTED.value, _l("are on the waiting list")),
    (Standing.CANCELLED.value, _l("gave their place back")),
    (Standing.ATTENDED.value, _l("were there")),
    (Standing.NO_SHOW.value, _l("did not come")),
]
_CATEGORY_NAMES = {
    "exhibitor": _l("Exhibitors"),
    "project_holder": _l("Project holders"),
    "association": _l("Associations"),
    "student": _l("Students"),
    "institution": _l("Institutions"),
    "press": _l("Press"),
    "public": _l("Public"),
}
# What the texts begin with; one that was left at that is no text.
HELLO_AR, HELLO_FR = "السلام عليكم [الاسم]،\n\n", "Bonjour [nom],\n\n"
_MANY = {"widget": ListWidget(prefix_label=False), "option_widget": CheckboxInput()}


def _line(value: Any) -> Any:
    """A subject is one line: what follows a line break would become a header of the letter."""
    return " ".join(value.split()) if isinstance(value, str) else value


class MessageForm(FlaskForm):
    """Whom a message is for, what it is for, and its text in two languages."""

    token = HiddenField(validators=[InputRequired(), Length(max=40)])
    # Of what the preview showed; sending asks that it is still the same.
    seen = HiddenField()
    workshops = SelectMultipleField(_l("Sessions"), coerce=int, **_MANY)
    standings = SelectMultipleField(_l("Those who …"), choices=STANDINGS, **_MANY)
    categories = SelectMultipleField(
        _l("Kind of visitor"), choices=[(code, _CATEGORY_NAMES[code]) for code in CATEGORIES], **_MANY
    )
    provinces = SelectMultipleField(_l("Province"), **_MANY)
    langs = SelectMultipleField(
        _l("Their language"), choices=[("ar", "العربية"), ("fr", "Français"), ("en", "English")], **_MANY
    )
    genders = SelectMultipleField(
        _l("Gender"), choices=[("f", _l("Women")), ("m", _l("Men")), ("unknown", _l("Not said"))], **_MANY
    )
    delegates = RadioField(
        _l("Delegates of exhibitors"),
        choices=[
            (Delegates.ANY.value, _l("With the others")),
            (Delegates.ONLY.value, _l("Only them")),
            (Delegates.NONE.value, _l("Without them")),
        ],
        default=Delegates.ANY.value,
    )
    sectors = SelectMultipleField(_l("Sector of their exhibitor"), **_MANY)
    invitation = RadioField(
        _l("What is the message for?"),
        choices=[
            ("no", _l("It concerns what they registered for")),
            ("yes", _l("It invites to something else: only those who agreed to be invited get it")),
        ],
        default="no",
    )
    purpose = StringField(_l("Purpose, in a few words"), [Length(max=LONGEST_PURPOSE)], [_line])
    subject_ar = StringField(_l("Subject in Arabic"), [Length(max=LONGEST_SUBJECT)], [_line])
    text_ar = TextAreaField(_l("Text in Arabic"), [Length(max=LONGEST_TEXT)])
    subject_fr = StringField(_l("Subject in French"), [Length(max=LONGEST_SUBJECT)], [_line])
    text_fr = TextAreaField(_l("Text in French"), [Length(max=LONGEST_TEXT)])
    sms = BooleanField(_l("Send an SMS to those without e-mail"), default=True)
    voice = BooleanField(_l("List those who have neither, to be told by voice"), default=True)
    trial_to = StringField(_l("My e-mail or telephone"), [Length(max=254)], [_line])

    def offer(
        self,
        workshops: Iterable[tuple[int, str]],
        provinces: Iterable[tuple[str, str]],
        sectors: Iterable[tuple[str, str]],
    ) -> None:
        """Offer the sessions, provinces and sectors of the fair, each as (value, name)."""
        self.workshops.choices = list(workshops)
        self.provinces.choices = list(provinces)
        self.sectors.choices = list(sectors)

    @property
    def asked(self) -> Asked:
        """Whom the message is for."""
        return Asked(
            workshops=tuple(self.workshops.data or ()),
            standings=tuple(Standing(each) for each in self.standings.data or ()),
            categories=tuple(self.categories.data or ()),
            provinces=tuple(self.provinces.data or ()),
            langs=tuple(self.langs.data or ()),
            genders=tuple(self.genders.data or ()),
            delegates=Delegates(self.delegates.data or Delegates.ANY.value),
            sectors=tuple(self.sectors.data or ()),
        )

    @property
    def message(self) -> Message:
        """The message as it was typed."""
        return Message(
            token=self.token.data or "",
            purpose=self.purpose.data or "",
            invitation=self.invitation.data == "yes",
            subject_ar=self.subject_ar.data or "",
            subject_fr=self.subject_fr.data or "",
            text_ar=_typed(self.text_ar.data, HELLO_AR),
            text_fr=_typed(self.text_fr.data, HELLO_FR),
            sms=bool(self.sms.data),
            voice=bool(self.voice.data),
        )


def _typed(text: str | None, hello: str) -> str:
    typed = (text or "").replace("\r\n", "\n")
    return "" if typed.strip() == hello.strip() else typed
