"""Persons: what is known of somebody who comes in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from datetime import datetime

Gender = Literal["m", "f", "unknown"]
CATEGORIES = ("exhibitor", "project_holder", "association", "student", "institution", "press", "public")


@dataclass(frozen=True)
class NewPerson:
    """What is known of a person who comes in. One name, in either script, is enough; nothing else is required."""

    given_ar: str = ""
    family_ar: str = ""
    given_fr: str = ""
    family_fr: str = ""
    gender: Gender = "unknown"
    category: str = "public"
    phone: str | None = None
    email: str | None = None
    lang: str = "ar"
    province_code: str | None = None
    commune_code: str | None = None
    age_band: str | None = None
    organisation: str = ""
    needs: str = ""
    consent_photo: bool = False
    consent_contact: bool = False
    came_by: str = ""
    code: str | None = None
    created_at: datetime | None = None


def why_not_add(new: NewPerson) -> list[Refusal]:
    """List what speaks against taking in a person."""
    objections = []
    if not (new.given_ar + new.family_ar + new.given_fr + new.family_fr).strip():
        objections.append(Refusal("person_without_name"))
    if new.category not in CATEGORIES:
        objections.append(Refusal("person_category_unknown", {"category": new.category}))
    return objections
