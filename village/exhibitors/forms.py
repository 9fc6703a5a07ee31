"""Shape of what visitors ask of the directory."""

from __future__ import annotations

from typing import Any

from wtforms import Form, SearchField, SelectField
from wtforms.validators import Length, Optional


class DirectoryForm(Form):
    """Search by name, sector and province; all may stay empty."""

    q = SearchField(validators=[Optional(), Length(max=80)])
    sector = SelectField(validators=[Optional()], validate_choice=False)
    province = SelectField(validators=[Optional()], validate_choice=False)

    def __init__(self, *args: Any, sectors: list[Any], provinces: list[Any], every: str, **kwargs: Any) -> None:
        """Offer these sectors and provinces as (code, name)."""
        super().__init__(*args, **kwargs)
        self.sector.choices = [("", every), *sectors]
        self.province.choices = [("", every), *provinces]
