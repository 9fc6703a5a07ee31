"""Somebody registers for the first time, by phone, without an account: person and place in one deed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from village.people.actions import add_person
from village.people.rules import NewPerson, pack_needs, parse_phones
from village.workshops.actions.places import Registered, register
from village.workshops.rules import Wish

if TYPE_CHECKING:
    from village.kit.deeds import Deed
    from village.people.rules import Gender


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What the public form asks. One name in either script is enough; the rest may stay empty."""

    given_ar: str = ""
    family_ar: str = ""
    given_fr: str = ""
    family_fr: str = ""
    phone: str = ""
    email: str = ""
    gender: Gender = "unknown"
    lang: str = "ar"
    organisation: str = ""
    needs: tuple[str, ...] = ()
    consent_photo: bool = False
    consent_contact: bool = False


@dataclass(frozen=True, slots=True)
class Welcomed:
    """A new person and what their request came to."""

    person_id: int
    registered: Registered


def register_newcomer(
    deed: Deed,
    *,
    edition_id: int,
    workshop_id: int,
    newcomer: Newcomer,
    wish: Wish = Wish.ANY,
    override: str = "",
) -> Welcomed:
    """Take in a person and register them; both or neither.

    A telephone that others use too is no objection: a family shares a phone, and persons are never merged by it.

    Raises:
        Refusal: `person_without_name`, `phone_invalid`, and those of `register`.

    """
    phones = parse_phones(newcomer.phone)
    person = NewPerson(
        given_ar=newcomer.given_ar,
        family_ar=newcomer.family_ar,
        given_fr=newcomer.given_fr,
        family_fr=newcomer.family_fr,
        gender=newcomer.gender,
        phone=phones[0] if phones else None,
        email=newcomer.email or None,
        lang=newcomer.lang,
        organisation=newcomer.organisation,
        needs=pack_needs(newcomer.needs),
        consent_photo=newcomer.consent_photo,
        consent_contact=newcomer.consent_contact,
    )
    person_id = add_person(deed, edition_id, person)
    registered = register(deed, person_id=person_id, workshop_id=workshop_id, wish=wish, override=override)
    return Welcomed(person_id, registered)
