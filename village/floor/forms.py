"""Shape of what organisers send to change the plan.

A stand always comes with who is believed to have it, as one value `stand:exhibitor` or `stand:` for nobody:
so a form without script says what its reader saw, and a change that came between is noticed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, IntegerField, StringField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional

from village.floor.allocation import RULE_SETS, Mode
from village.floor.asking import EFFORTS, LONGEST_NAME, MOST_POINTS, Ask

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    # When freeing: only this stand of a block.
    alone = BooleanField()
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


def read_weights(sent: Mapping[str, str], rule_set: str) -> dict[str, int]:
    """The weights of a rule set as sent under ``w-<name>``; what is missing or no number is as written.

    Too large a number is cut to the largest.
    """
    rules = RULE_SETS[rule_set].weights
    found = {}
    for name in rules.__dataclass_fields__:
        typed = str(sent.get(f"w-{name}", "")).strip()
        if typed.isdecimal() and isinstance(getattr(rules, name), int):
            least = 1 if name.endswith("_div") else 0
            found[name] = max(least, min(int(typed[:7]), MOST_POINTS))
    return found


class AskForm(FlaskForm):
    """What organisers ask of a search for a plan."""

    mode = StringField(default=Mode.BALANCED.value, validators=[AnyOf([each.value for each in Mode])])
    effort = StringField(default="normal", validators=[AnyOf(list(EFFORTS))])
    keep = StringField(default="", validators=[AnyOf(["", "plan", "published"])])
    move_cost = IntegerField(default=0, validators=[Optional(), NumberRange(min=0, max=MOST_POINTS)])
    name = StringField(filters=[_strip], validators=[Optional(), Length(max=LONGEST_NAME)])

    def ask(self, rule_set: str = "", sent: Mapping[str, str] | None = None) -> Ask:
        """The question; with a rule set and what was sent, under the weights sent with it."""
        return Ask(
            mode=Mode(self.mode.data or Mode.BALANCED),
            weights=read_weights(sent, rule_set) if sent and rule_set else None,
            keep=self.keep.data or "",
            move_cost=self.move_cost.data or 0,
            effort=self.effort.data or "normal",
            name=self.name.data or None,
        )


class PinForm(FlaskForm):
    """Put an exhibitor at a stand and lock it there."""

    stand = SeenField(validators=[InputRequired()])
    exhibitor = IntegerField(validators=[InputRequired(), _ID])
    reason = StringField(filters=[_strip], validators=[Optional(), Length(max=200)])
