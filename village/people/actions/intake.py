"""Deeds on persons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from sqlalchemy import Table, column, delete, func, insert, select, table

from village.audit.actions import record
from village.kit.db import locked
from village.kit.refusal import Refusal
from village.people.models import Person, PersonKey
from village.people.rules import NewPerson, keys_of, why_not_add

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from village.kit.deeds import Deed


# The edition belongs to another feature: only its key is named, as a foreign key would, to hold its row.
_EDITIONS = table("edition", column("id"))
_EDITION = select(_EDITIONS.c.id)
_MORE_CODES = 50
_KEYS = cast("Table", PersonKey.__table__)
_ADD_KEYS = insert(_KEYS)
_KEYED = ("id", "edition_id", "code", "given_ar", "family_ar", "given_fr", "family_fr", "phone")
_AT_ONCE = 2000


def add_person(deed: Deed, edition_id: int, new: NewPerson) -> int:
    """Take in one person. Returns the person's id.

    Raises:
        Refusal: `person_without_name`, `person_category_unknown`.

    """
    return add_people(deed, edition_id, [new])[0]


def add_people(deed: Deed, edition_id: int, people: Sequence[NewPerson]) -> list[int]:
    """Take in many persons at once, all or none. Returns their ids in order.

    Persons without a code get the next free one of the edition (P001, P002 …).

    Raises:
        Refusal: as `add_person`.

    """
    objections = [objection for new in people for objection in why_not_add(new)]
    if objections:
        raise Refusal.of(objections)
    if not people:
        return []
    if any(new.code is None for new in people):
        # Free codes are counted: two persons who come at the same moment must not count the same one.
        deed.session.execute(_EDITION.where(_EDITIONS.c.id == edition_id).with_for_update(key_share=True))
    free = _free_codes(deed, edition_id, [new.code for new in people])
    rows = [_row(deed, edition_id, new, new.code or next(free)) for new in people]
    ids = deed.session.scalars(insert(Person).returning(Person.id, sort_by_parameter_order=True), rows).all()
    write_keys(deed, ({**row, "id": person_id} for row, person_id in zip(rows, ids, strict=True)))
    if len(ids) == 1:
        record(deed, "person.added", f"person:{ids[0]}")
    elif ids:
        record(deed, "people.added", f"edition:{edition_id}", {"people": len(ids)})
    return list(ids)


def renew_link(deed: Deed, person_id: int) -> None:
    """Make a person's present link worthless, so that a new one can be given.

    Raises:
        Refusal: `person_not_found`.

    """
    person = locked(deed.session, Person, person_id)
    if person is None:
        raise Refusal("person_not_found")
    person.link_version += 1
    record(deed, "person.link_renewed", f"person:{person_id}")


def _free_codes(deed: Deed, edition_id: int, given: Sequence[str | None]) -> Iterator[str]:
    """Count on from the number of persons, over the codes that are taken: those that came with a list have gaps."""
    number = deed.session.execute(
        select(func.count()).select_from(Person).where(Person.edition_id == edition_id)
    ).scalar_one()
    while True:
        codes = [f"P{number + step:03d}" for step in range(1, len(given) + _MORE_CODES)]
        held = select(Person.code).where(Person.edition_id == edition_id, Person.code.in_(codes))
        taken = {*given, *deed.session.scalars(held)}
        yield from (code for code in codes if code not in taken)
        number += len(codes)


def _row(deed: Deed, edition_id: int, new: NewPerson, code: str) -> dict[str, object]:
    values = dict(vars(new))
    values["code"] = code
    values["created_at"] = new.created_at or deed.now
    return {**values, "edition_id": edition_id, "link_version": 1}


def write_keys(deed: Deed, people: Iterable[Mapping[str, object] | Person]) -> None:
    """Keep the keys by which persons are found; those they had before must be gone (`drop_keys`)."""
    keys = []
    for person in people:
        row = person if isinstance(person, Mapping) else {name: getattr(person, name) for name in _KEYED}
        names = (f"{row['given_ar']} {row['family_ar']}", f"{row['given_fr']} {row['family_fr']}")
        phone = row["phone"]
        keys += [
            {"edition_id": row["edition_id"], "kind": kind.value, "key": key, "person_id": row["id"]}
            for kind, key in sorted(keys_of(names, str(row["code"]), str(phone) if phone else None))
        ]
    connection = deed.session.connection()
    for start in range(0, len(keys), _AT_ONCE):
        connection.execute(_ADD_KEYS, keys[start : start + _AT_ONCE])


def drop_keys(deed: Deed, person_ids: Iterable[int]) -> None:
    """Let persons be found no more."""
    deed.session.connection().execute(delete(_KEYS).where(_KEYS.c.person_id.in_(tuple(person_ids))))
