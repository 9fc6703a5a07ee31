"""Form fields for days, hours and numbers as people type them.

What was typed stays in the field when it cannot be read, with a sentence that says how to write it. A value that comes
from the page is written the way the field reads it back: 04/12/2026, 14:05, 15,5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wtforms import Field
from wtforms.widgets import TextInput

from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.typed import parse_clock, parse_day, parse_money, parse_number, parse_whole
from village.kit.wording import say_refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time
    from decimal import Decimal


class _TypedInput(TextInput):
    """A line of text from left to right, with the keyboard of a telephone that fits."""

    def __init__(self, inputmode: str) -> None:
        super().__init__()
        self.inputmode = inputmode

    def __call__(self, field: Any, **kwargs: Any) -> Any:
        kwargs.setdefault("inputmode", self.inputmode)
        kwargs.setdefault("autocomplete", "off")
        kwargs.setdefault("dir", "ltr" if not field.raw_data else "auto")
        return super().__call__(field, **kwargs)


class _TypedField(Field):
    """A field that reads one text; an empty one is no value."""

    data: Any

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read what was typed.

        Raises:
            ValueError: it cannot be read; the field then says why, in the reader's language.

        """
        if not valuelist:
            return
        self.data = None
        if not str(valuelist[0]).strip():
            return
        try:
            self.data = self._read(valuelist[0])
        except Refusal as refusal:
            raise ValueError(say_refusal(refusal, current_lang())) from refusal

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self._written(self.data)

    def _read(self, typed: str) -> Any:
        raise NotImplementedError

    def _written(self, value: Any) -> str:
        return str(value)


class DayField(_TypedField):
    """A day: 04/12/2026, 4 دجنبر 2026, 4 décembre 2026, 2026-12-04."""

    widget = _TypedInput("text")

    def _read(self, typed: str) -> date:
        return parse_day(typed)

    def _written(self, value: date) -> str:
        return f"{value:%d/%m/%Y}"


class ClockField(_TypedField):
    """A time of day: 14:05, 14 h 05, ١٤:٠٥."""

    widget = _TypedInput("text")

    def _read(self, typed: str) -> time:
        return parse_clock(typed)

    def _written(self, value: time) -> str:
        return f"{value:%H:%M}"


class WholeField(_TypedField):
    """A whole number: 40, ٤٠, 1 200."""

    widget = _TypedInput("numeric")

    def _read(self, typed: str) -> int:
        return parse_whole(typed)


class NumberField(_TypedField):
    """A number: 15,5, 15.5, ١٥٫٥. `most` settles what 1.234 means."""

    widget = _TypedInput("decimal")

    def __init__(self, *args: Any, most: int | None = None, **kwargs: Any) -> None:
        """Make the field; see `parse_number` for `most`."""
        super().__init__(*args, **kwargs)
        self.most = most

    def _read(self, typed: str) -> Decimal:
        return parse_number(typed, most=self.most)

    def _written(self, value: Decimal) -> str:
        return str(value).replace(".", ",")


class MoneyField(NumberField):
    """An amount in dirhams: 1.234,50, 1 234,50 DH."""

    def _read(self, typed: str) -> Decimal:
        return parse_money(typed)
