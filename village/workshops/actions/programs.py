"""Somebody is registered by another program: a person it knows by code or link, or one it names with a telephone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from village.kit.refusal import Refusal
from village.people.queries import find_just_come, find_person_by_link
from village.people.queries.named import find_person_by_code
from village.people.rules import parse_phones
from village.workshops.actions.moving import lock_workshop
from village.workshops.actions.newcomers import Newcomer, register_newcomer
from village.workshops.actions.places import register
from village.workshops.queries.openings import find_opening
from village.workshops.queries.single import SingleRequest, find_live_request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from village.kit.deeds import Deed
    from village.kit.signing import Keyring
    from village.workshops.rules import Wish

VIA = "api"
_EVER = datetime(2000, 1, 1, tzinfo=UTC)
_NAMES = ("given_ar", "family_ar", "given_fr", "family_fr")


@dataclass(frozen=True, slots=True)
class Entered:
    """What a program's request came to; not `is_new` where the person held the place or the rank already."""

    request: SingleRequest
    is_new: bool
    is_new_person: bool


def register_for_program(
    deed: Deed,
    keys: Keyring,
    *,
    edition_id: int,
    workshop: str,
    person: Mapping[str, Any],
    wish: Wish,
) -> Entered | Refusal:
    """Register a person for a session, once: what is held already is answered and not asked for again.

    `person` holds `code` or `link`, or else names, `phone` and what `Newcomer` takes. Somebody who came by name and
    telephone before is the same person, however long ago: a program has no other word for them.

    Returns:
        What is held; or the overlap, returned and not raised, because the request stays in the list.

    Raises:
        Refusal: `workshop_not_found`, `person_not_found`, `person_unsaid`, `person_without_name`, `phone_invalid`, and
            those of `register`.

    """
    opening = find_opening(deed.session, edition_id, workshop, deed.now)
    if opening is None:
        raise Refusal("workshop_not_found", {"workshop": workshop})
    # Held before anything is read: of two programs with the same person one waits here.
    lock_workshop(deed, opening.id)
    person_id = _find(deed, keys, edition_id, person)
    if person_id is None:
        newcomer = Newcomer(**{name: value for name, value in person.items() if name not in {"code", "link"}})
        welcomed = register_newcomer(
            deed, edition_id=edition_id, workshop_id=opening.id, newcomer=newcomer, wish=wish, via=VIA
        )
        person_id, answer, is_new_person = welcomed.person_id, welcomed.registered, True
    else:
        held = find_live_request(deed.session, person_id, opening.id)
        if held is not None:
            return Entered(held, is_new=False, is_new_person=False)
        answer, is_new_person = register(deed, person_id=person_id, workshop_id=opening.id, wish=wish, via=VIA), False
    if answer.overlap is not None:
        return answer.overlap
    made = find_live_request(deed.session, person_id, opening.id)
    if made is None:
        raise LookupError(f"registration {answer.registration_id} was made and is not there")
    return Entered(made, is_new=True, is_new_person=is_new_person)


def _find(deed: Deed, keys: Keyring, edition_id: int, person: Mapping[str, Any]) -> int | None:
    """Return the person who is meant; None for somebody new.

    Raises:
        Refusal: `person_not_found`, `person_unsaid`.

    """
    said = [word for word in ("code", "link", "phone") if person.get(word)]
    if not said or ("code" in said and "link" in said):
        raise Refusal("person_unsaid")
    if "code" in said:
        found = find_person_by_code(deed.session, edition_id, str(person["code"]))
    elif "link" in said:
        row = find_person_by_link(deed.session, keys, str(person["link"]).rstrip("/").rpartition("/")[2])
        found = row.id if row is not None and row.edition_id == edition_id else None
    else:
        return _known(deed, edition_id, person)
    if found is None:
        raise Refusal("person_not_found")
    return found


def _known(deed: Deed, edition_id: int, person: Mapping[str, Any]) -> int | None:
    given_ar, family_ar, given_fr, family_fr = (str(person.get(name, "")) for name in _NAMES)
    names = (f"{given_ar} {family_ar}".strip(), f"{given_fr} {family_fr}".strip())
    phones = parse_phones(person["phone"])
    if not phones:
        raise Refusal("phone_invalid", {"phone": str(person["phone"])})
    return find_just_come(deed.session, edition_id, phones[0], names, _EVER)
