"""Somebody registers for the first time, by phone, without an account: person and place in one deed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from village.people.actions import add_person
from village.people.queries import find_just_come
from village.people.rules import NewPerson, pack_needs, parse_phones
from village.workshops.actions import statements as sql
from village.workshops.actions.moving import lock_workshop
from village.workshops.actions.places import Registered, register
from village.workshops.rules import Channel, Result, Wish

if TYPE_CHECKING:
    from village.kit.deeds import Deed
    from village.people.rules import Gender

# How long after a form the same form counts as a second tap on its button: networks here take their time.
SECOND_TAP = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What the public form asks. One name in either script is enough; the rest may stay empty.

    `came_by` marks the browser that sent it: only from there is the same form again a second tap.
    """

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
    came_by: str = ""

    @property
    def names(self) -> tuple[str, str]:
        """The whole name in Arabic and in Latin letters; one of them may be empty."""
        return f"{self.given_ar} {self.family_ar}".strip(), f"{self.given_fr} {self.family_fr}".strip()


@dataclass(frozen=True, slots=True)
class Welcomed:
    """A new person and what their request came to; `again` where the same form had come a moment before."""

    person_id: int
    registered: Registered
    again: bool = False


def register_newcomer(
    deed: Deed,
    *,
    edition_id: int,
    workshop_id: int,
    newcomer: Newcomer,
    wish: Wish = Wish.ANY,
    override: str = "",
    via: str = "self",
) -> Welcomed:
    """Take in a person and register them; both or neither.

    A telephone that others use too is no objection: a family shares a phone, and persons are never merged by it. The
    same form sent twice within minutes makes one person and one request.

    Raises:
        Refusal: `person_without_name`, `phone_invalid`, and those of `register`.

    """
    # Held before anything is read: the second of two taps waits here until the first has its place.
    lock_workshop(deed, workshop_id)
    person_id, known = take_in(deed, edition_id, newcomer)
    standing = known and standing_of(deed, person_id, workshop_id)
    if standing:
        return Welcomed(person_id, standing, again=True)
    registered = register(deed, person_id=person_id, workshop_id=workshop_id, wish=wish, override=override, via=via)
    return Welcomed(person_id, registered)


def take_in(deed: Deed, edition_id: int, newcomer: Newcomer) -> tuple[int, bool]:
    """Take in a person, or find the one whom the same form made a moment ago. Returns the id, and whether found.

    The caller holds the workshop's row.

    Raises:
        Refusal: `person_without_name`, `phone_invalid`.

    """
    phones = parse_phones(newcomer.phone)
    if phones and newcomer.came_by:
        since = deed.now - SECOND_TAP
        found = find_just_come(deed.session, edition_id, phones[0], newcomer.names, since, newcomer.came_by)
        if found is not None:
            return found, True
    return add_person(deed, edition_id, new_person(newcomer)), False


def new_person(newcomer: Newcomer) -> NewPerson:
    """Return the person that a form describes.

    Raises:
        Refusal: `phone_invalid`.

    """
    phones = parse_phones(newcomer.phone)
    return NewPerson(
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
        came_by=newcomer.came_by,
    )


def standing_of(deed: Deed, person_id: int, workshop_id: int) -> Registered | None:
    """Return a person's live request in a workshop as if it had just been answered; None without one."""
    own = deed.session.connection().execute(sql.LIVE, {"person": person_id, "workshop": workshop_id}).first()
    if own is None:
        return None
    result = Result.CONFIRMED if own.status == Result.CONFIRMED.value else Result.WAITLISTED
    return Registered(result, own.id, 0, Channel(own.channel) if own.channel else None)
