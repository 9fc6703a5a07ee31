"""Shapes of input of the programme's pages."""

from village.workshops.forms.registration import FindForm, NewcomerForm, WishForm
from village.workshops.forms.staff import DeskForm, LinkForm, OverrideForm, PlacesForm

__all__ = ["DeskForm", "FindForm", "LinkForm", "NewcomerForm", "OverrideForm", "PlacesForm", "WishForm"]
