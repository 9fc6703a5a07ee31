"""Shapes of input of the programme's pages."""

from village.workshops.forms.registration import (
    FindForm,
    GroupForm,
    HandOverForm,
    MemberForm,
    NewcomerForm,
    WishForm,
)
from village.workshops.forms.staff import DeskForm, LinkForm, OverrideForm, PlacesForm

__all__ = [
    "DeskForm",
    "FindForm",
    "GroupForm",
    "HandOverForm",
    "LinkForm",
    "MemberForm",
    "NewcomerForm",
    "OverrideForm",
    "PlacesForm",
    "WishForm",
]
