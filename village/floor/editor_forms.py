"""Shape of a stand sent by numbers, from a browser that runs no scripts. Lengths are typed in metres."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError
from wtforms.widgets import TextInput

if TYPE_CHECKING:
    from collections.abc import Sequence

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫,", "01234567890123456789..")
MOST_METRES = 1000
LEAST_HALL_CM = 400
LENGTHS = ("x", "y", "w", "h")
FLAGS = ("power", "water", "food", "step_free", "closed", "fixed")
CHOICES = ("zone", "back", "circuit", "reserved_for")


def metres(cm: int, sign: str = ",") -> str:
    """Centimetres as metres: 350 → "3,5"."""
    return f"{Decimal(cm) / 100:f}".replace(".", sign)


class MetresField(Field):
    """Metres as people type them (3,5 or 3.5 or ٣٫٥), kept as whole centimetres."""

    widget = TextInput()
    data: int | None

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the length.

        Raises:
            ValueError: it is no length.

        """
        self.typed = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        try:
            length = Decimal(self.typed.translate(_DIGITS))
        except InvalidOperation as error:
            raise ValueError(_l("A length in metres is needed, for example 3,5.")) from error
        if not length.is_finite() or abs(length) > MOST_METRES:
            raise ValueError(_l("A length in metres is needed, for example 3,5."))
        self.data = int((length * 100).quantize(Decimal(1), rounding="ROUND_HALF_UP"))

    def _value(self) -> str:
        typed = getattr(self, "typed", None)
        if typed is not None:
            return str(typed)
        return "" if self.data is None else metres(self.data)


def _strip(text: Any) -> Any:
    return text.strip() if isinstance(text, str) else text


def _wide_enough(_form: Any, field: MetresField) -> None:
    if field.data is not None and field.data < LEAST_HALL_CM:
        raise ValidationError(_l("A hall is at least 4 m wide and deep."))


class HallForm(FlaskForm):
    """A hall to begin with: four walls, to be drawn on."""

    code = StringField(_l("Code"), filters=[_strip], validators=[InputRequired(), Length(max=20), Regexp(r"[\w.+-]+$")])
    name_ar = StringField(_l("Name in Arabic"), filters=[_strip], validators=[Optional(), Length(max=200)])
    name_fr = StringField(_l("Name in French"), filters=[_strip], validators=[Optional(), Length(max=200)])
    width = MetresField(_l("Width (m)"), validators=[_wide_enough])
    depth = MetresField(_l("Depth (m)"), validators=[_wide_enough])

    def drawing(self) -> dict[str, Any]:
        """The hall as a drawing: one zone for all, one entrance in the middle of the lower wall, no stands."""
        width, depth = (self.width.data or 0) / 100, (self.depth.data or 0) / 100
        door = {"code": "ENT", "kind": "entrance", "side": "south", "x": round(width / 2 - 1, 2), "y": depth, "w": 2}
        zone: dict[str, Any] = {"code": "Z1", "name_ar": None, "name_fr": None, "sectors": []}
        return {"width_m": width, "depth_m": depth, "zones": [zone], "doors": [door], "obstacles": [], "stands": []}


class StandForm(FlaskForm):
    """A stand in numbers. ``stand`` is the code it had (empty: a new one), ``seen`` its form as its reader saw it."""

    stand = HiddenField(validators=[Optional(), Length(max=20)])
    seen = HiddenField(validators=[Optional(), Length(max=20_000)])
    code = StringField(_l("Code"), filters=[_strip], validators=[InputRequired(), Length(max=20)])
    x = MetresField(_l("From the left (m)"))
    y = MetresField(_l("From the top (m)"))
    w = MetresField(_l("Width (m)"))
    h = MetresField(_l("Depth (m)"))
    zone = SelectField(_l("Zone"))
    back = SelectField(_l("Back side"))
    circuit = SelectField(_l("Circuit"), validators=[Optional()])
    reserved_for = SelectField(_l("Reserved for"), validators=[Optional()])
    power = BooleanField(_l("Power"))
    water = BooleanField(_l("Water"))
    food = BooleanField(_l("Floor for open food"))
    step_free = BooleanField(_l("Step-free access"))
    closed = BooleanField(_l("Closed: nobody may stand here"))
    fixed = BooleanField(_l("Locked: not moved by a slip of the hand"))

    def show(self, code: str, form: dict[str, Any] | None) -> None:
        """Fill in a stand as it is now; None: a new one of three by three metres."""
        known = form or {"x": 0, "y": 0, "w": 300, "h": 300, "food": True, "step_free": True, "back": "north"}
        self.stand.data = code if form else ""
        self.seen.data = json.dumps(form, sort_keys=True) if form else ""
        self.code.data = code
        for name in (*LENGTHS, *FLAGS, *CHOICES):
            self[name].data = known.get(name) or (0 if name in LENGTHS else "" if name in CHOICES else False)

    def before(self) -> Any:
        """The stand's form as the sender saw it; None for a new one. What is no JSON is refused later, as any form."""
        try:
            return json.loads(self.seen.data) if self.stand.data and self.seen.data else None
        except ValueError:
            return "?"

    def step(self) -> list[Any]:
        """The change as a step of a command: [kind, code, before, after]."""
        before = self.before()
        after: dict[str, Any] = dict(before) if isinstance(before, dict) else {}
        after |= {name: self[name].data for name in (*LENGTHS, *FLAGS)}
        after |= {"zone": self.zone.data, "back": self.back.data}
        after |= {name: self[name].data or None for name in ("circuit", "reserved_for")}
        if after.get("outline"):
            # The corners of a polygon are not typed: it keeps its shape and its place.
            after |= {name: before[name] for name in LENGTHS if name in before}
        if before is not None and self.code.data != self.stand.data:
            after["code"] = self.code.data
        return ["stand", self.stand.data if before is not None else self.code.data, before, after]
