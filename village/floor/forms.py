"""Shape of what organisers send to change the plan.

A stand always comes with who is believed to have it, as one value `stand:exhibitor` or `stand:` for nobody:
so a form without script says what its reader saw, and a change that came between is noticed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_wtf import FlaskForm
from wtforms import Field, IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

if TYPE_CHECKING:
    from collections.abc import Sequence

_SEEN = re.compile(r"([0-9]{1,18}):([0-9]{0,18})", re.ASCII)
_ID = NumberRange(min=1, max=2**62)


@dataclass(frozen=True)
class Seen:
    """A stand as the sender saw it: its id and who had it."""

    stand: int
    holder: int | None


class SeenField(Field):
    """Reads `stand:exhibitor` into `Seen`."""

    data: Seen

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the value.

        Raises:
            ValueError: it is not of this form.

        """
        found = _SEEN.fullmatch(str(valuelist[0])) if valuelist else None
        if found is None:
            raise ValueError("stand:exhibitor")
        self.data = Seen(int(found[1]), int(found[2]) if found[2] else None)


def _strip(text: Any) -> Any:
    return text.strip() if isinstance(text, str) else text


class AssignForm(FlaskForm):
    """Give a stand to an exhibitor, or to nobody; with a reason also where a need is not met."""

    stand = SeenField(validators=[InputRequired()])
    exhibitor = IntegerField(validators=[Optional(), _ID])
    reason = StringField(filters=[_strip], validators=[Optional(), Length(max=200)])


class SwapForm(FlaskForm):
    """Exchange who has two stands."""

    stand = SeenField(validators=[InputRequired()])
    other = SeenField(validators=[InputRequired()])
    reason = StringField(filters=[_strip], validators=[Optional(), Length(max=200)])


class LockForm(FlaskForm):
    """Pin whoever has a stand to it, or let go."""

    stand = SeenField(validators=[InputRequired()])
    locks = IntegerField(validators=[InputRequired(), NumberRange(min=0, max=1)])


class UndoForm(FlaskForm):
    """Take back one change; the newest when none is named."""

    change = IntegerField(validators=[Optional(), _ID])
