"""Shapes of what people type about accounts."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, StringField
from wtforms.validators import DataRequired, Email, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from village.kit.i18n import current_lang
from village.people.wording import ROLE_NAMES


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


def role_choices() -> list[tuple[str, str]]:
    """Return every role with its name in the reader's language."""
    return [(role, words.say(current_lang())) for role, words in ROLE_NAMES.items()]
