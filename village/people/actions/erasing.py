"""Taking a person's name out, at their wish: everybody has that right (law 09-08), and the counts stay true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select, update

from village.audit.actions import record
from village.kit.db import locked
from village.kit.refusal import Refusal
from village.people.account_models import Account
from village.people.actions.intake import drop_keys
from village.people.models import Person, PersonMerge

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from village.kit.deeds import Deed

# Stands where a name stood, in lists that must still have their lines.
NO_NAME = {"given_ar": "(اسم محذوف)", "family_ar": "", "given_fr": "(nom effacé)", "family_fr": ""}


def erase_person(
    deed: Deed,
    *,
    person_id: int,
    forgetters: Sequence[Callable[[Deed, int], None]] = (),
    hold: Sequence[Callable[[Deed, tuple[int, int]], None]] = (),
) -> None:
    """Take a person's names, telephone, mail address, commune, organisation and needs out; it cannot be undone.

    What stays tells nobody who it was: gender, age band and province for the counts, requests and attendance by number,
    certificates by number with the initials. The personal link stops; the log holds only the number and stays as it is.

    Args:
        deed: the transaction.
        person_id: who.
        forgetters: what each feature takes out.
        hold: locks that features take before the person is locked.

    Raises:
        Refusal: `person_not_found`, `person_merged_already`, `person_erased`.

    """
    for take in hold:
        take(deed, (person_id, person_id))
    person = locked(deed.session, Person, person_id)
    if person is None:
        raise Refusal("person_not_found")
    if person.merged_into_id is not None:
        raise Refusal("person_merged_already")
    if person.erased_at is not None:
        raise Refusal("person_erased")
    selves = [person, *deed.session.scalars(select(Person).where(Person.merged_into_id == person_id))]
    for each in selves:
        for forget in forgetters:
            forget(deed, each.id)
        for name, text in NO_NAME.items():
            setattr(each, name, text)
        each.phone = each.email = each.commune_code = None
        each.came_by = ""
        each.organisation = each.needs = ""
        each.consent_photo = each.consent_contact = False
        each.link_version += 1
        each.erased_at = deed.now
    ids = [each.id for each in selves]
    drop_keys(deed, ids)
    deed.session.execute(update(Account).where(Account.person_id.in_(ids)).values(person_id=None))
    # What a merge took over was written down to be put back; nobody comes back now.
    merges = update(PersonMerge).where(or_(PersonMerge.kept_id.in_(ids), PersonMerge.gone_id.in_(ids)))
    deed.session.execute(merges.values(before={}))
    record(deed, "person.erased", f"person:{person_id}")


def note_export(deed: Deed, *, person_id: int) -> None:
    """Write in the log that somebody took out all that is kept of a person."""
    record(deed, "person.exported", f"person:{person_id}")
