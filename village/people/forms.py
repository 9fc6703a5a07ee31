"""Shapes of what people type about accounts."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import BooleanField, RadioField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Email, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from village.kit.i18n import current_lang
from village.people.rules import show_phone
from village.people.wording import DATA_VALUES, ROLE_NAMES


def _roles_field() -> SelectMultipleField:
    """Roles as check boxes."""
    return SelectMultipleField(
        _l("Roles"),
        validators=[DataRequired(_l("Please choose at least one."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class AccountForm(FlaskForm):
    """A new account. The password is made by the village and shown once."""

    username = StringField(
        _l("User name"),
        validators=[DataRequired(_l("Please fill in this field.")), Length(max=64)],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
    email = StringField(
        _l("Mail address (may stay empty)"),
        validators=[Optional(), Email(_l("This is no mail address.")), Length(max=254)],
        render_kw={"autocomplete": "off", "inputmode": "email"},
    )
    roles = _roles_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the roles in the reader's language."""
        super().__init__(*args, **kwargs)
        self.roles.choices = role_choices()


class RolesForm(FlaskForm):
    """The roles of an account that is there."""

    roles = _roles_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the roles in the reader's language."""
        super().__init__(*args, **kwargs)
        self.roles.choices = role_choices()


def _either(label: Any) -> RadioField:
    """Take the value of one of two persons."""
    return RadioField(label, validators=[Optional()])


class MergeForm(FlaskForm):
    """Who of two stays, and what is taken over from the other."""

    kept = RadioField(_l("Who stays?"), validators=[DataRequired(_l("Please choose one."))], default="a")
    name_ar = _either(_l("Name in Arabic letters"))
    name_fr = _either(_l("Name in Latin letters"))
    gender = _either(_l("Gender"))
    phone = _either(_l("Telephone"))
    email = _either(_l("Mail address"))
    province = _either(_l("Province"))
    age_band = _either(_l("Age"))

    def offer(self, one: Any, other: Any) -> None:
        """Offer what the two persons differ in; where one has nothing, the other's is chosen beforehand."""
        self.kept.choices = [("a", _named(one)), ("b", _named(other))]
        for name in ("name_ar", "name_fr", "gender", "phone", "email", "province", "age_band"):
            key = "province_code" if name == "province" else name
            a, b = _known(getattr(one, key)), _known(getattr(other, key))
            if a == b:
                del self[name]
                continue
            field = self[name]
            field.choices = [("a", _shown(name, a)), ("b", _shown(name, b))]
            if not self.is_submitted():
                field.data = "a" if a else "b"


class KeyForm(FlaskForm):
    """A key for another program."""

    name = StringField(
        _l("Name of the program"),
        validators=[DataRequired(_l("Please fill in this field.")), Length(max=120)],
        render_kw={"autocomplete": "off"},
    )


class EraseForm(FlaskForm):
    """The word that a name may be taken out."""

    sure = BooleanField(
        _l("I understand that this cannot be undone."), validators=[DataRequired(_l("Please tick the box first."))]
    )


def _known(value: Any) -> Any:
    return None if value in ("", "unknown") else value


def _named(person: Any) -> Markup:
    names = " · ".join(name for name in (person.name_ar, person.name_fr) if name)
    return Markup('<bdi>{}</bdi> <bdi dir="ltr">{}</bdi>').format(names, person.code)


def _shown(name: str, value: Any) -> Markup | str:
    if value is None:
        return "—"
    words = DATA_VALUES.get(f"{name}.{value}")
    if words is not None:
        return words.say(current_lang())
    way = ' dir="ltr"' if name in {"phone", "email", "province", "age_band"} else ""
    return Markup("<bdi{}>{}</bdi>").format(Markup(way), show_phone(value) if name == "phone" else value)  # noqa: S704 - the same


def role_choices() -> list[tuple[str, str]]:
    """Return every role with its name in the reader's language."""
    return [(role, words.say(current_lang())) for role, words in ROLE_NAMES.items()]
