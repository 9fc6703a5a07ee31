"""Shapes of what is typed about the awards: by the jury, by whoever prepares, by those who vote."""

from village.awards.forms.jury import TIES, MarkField, MarksForm, TieForm, marks_form

__all__ = ["TIES", "MarkField", "MarksForm", "TieForm", "marks_form"]
