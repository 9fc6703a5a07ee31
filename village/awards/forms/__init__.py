"""Shapes of what is typed about the awards: by the jury, by whoever prepares, by those who vote."""

from village.awards.forms.jury import MarkField, MarksForm, RecusalForm, marks_form

__all__ = ["MarkField", "MarksForm", "RecusalForm", "marks_form"]
