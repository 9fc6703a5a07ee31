"""What the feature itself forgets of the persons of an edition; the counts stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, insert, or_, select, update

from village.people.actions.erasing import NO_NAME
from village.people.actions.intake import drop_keys, write_keys
from village.people.models import Person, PersonMerge, ProfileKept
from village.people.rules.retention import Keeper, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from village.kit.deeds import Deed

_CONTACT = or_(
    Person.phone.is_not(None),
    Person.email.is_not(None),
    Person.commune_code.is_not(None),
    Person.province_code.is_not(None),
    Person.age_band.is_not(None),
    Person.organisation != "",
    Person.consent_photo,
    Person.consent_contact,
)


def forget_needs(deed: Deed, edition_id: int, _limit: int) -> int:
    """Take out what persons said they need: its purpose ends with the fair."""
    told = update(Person).where(Person.edition_id == edition_id, Person.needs != "")
    return len(deed.session.scalars(told.values(needs="").returning(Person.id)).all())


def forget_contacts(holders: Callable[[Deed, int], Collection[int]]) -> Callable[[Deed, int, int], int]:
    """Make what takes out telephones, addresses, places and ages, and the names of those without a certificate.

    Args:
        holders: who holds a certificate of an edition, by (deed, edition id).

    """

    def forget(deed: Deed, edition_id: int, limit: int) -> int:
        _write_counts(deed, edition_id)
        named = frozenset(holders(deed, edition_id))
        mine = select(Person).where(Person.edition_id == edition_id, or_(_CONTACT, Person.erased_at.is_(None)))
        rows = deed.session.scalars(mine.order_by(Person.id).with_for_update()).all()
        todo = [row for row in rows if _heir(row) not in named or _has_contact(row)][:limit]
        for row in todo:
            _empty(deed, row, keep_name=_heir(row) in named)
        deed.session.flush()
        ids = [row.id for row in todo]
        drop_keys(deed, ids)
        write_keys(deed, [row for row in todo if row.erased_at is None and row.merged_into_id is None])
        merges = update(PersonMerge).where(or_(PersonMerge.kept_id.in_(ids), PersonMerge.gone_id.in_(ids)))
        deed.session.execute(merges.values(before={}))
        return len(todo)

    return forget


def forget_names(deed: Deed, edition_id: int, limit: int) -> int:
    """Take out the names that were kept for the certificates."""
    mine = select(Person).where(Person.edition_id == edition_id, Person.erased_at.is_(None))
    rows = deed.session.scalars(mine.order_by(Person.id).limit(limit).with_for_update()).all()
    for row in rows:
        _empty(deed, row, keep_name=False)
    deed.session.flush()
    drop_keys(deed, [row.id for row in rows])
    return len(rows)


def _write_counts(deed: Deed, edition_id: int) -> None:
    """Write the profiles of an edition down as counts, once, before the first of them goes."""
    if deed.session.scalar(select(func.count()).where(ProfileKept.edition_id == edition_id)):
        return
    shape = (Person.gender, func.coalesce(Person.age_band, ""), func.coalesce(Person.province_code, ""))
    counted = select(Person.edition_id, *shape, func.count()).where(
        Person.edition_id == edition_id, Person.merged_into_id.is_(None)
    )
    columns = ["edition_id", "gender", "age_band", "province_code", "people"]
    deed.session.execute(insert(ProfileKept).from_select(columns, counted.group_by(Person.edition_id, *shape)))


def _heir(row: Person) -> int:
    return row.merged_into_id or row.id


def _has_contact(row: Person) -> bool:
    kept = (row.phone, row.email, row.commune_code, row.province_code, row.age_band, row.organisation)
    return any(kept) or row.consent_photo or row.consent_contact


def _empty(deed: Deed, row: Person, *, keep_name: bool) -> None:
    row.phone = row.email = row.commune_code = row.province_code = row.age_band = None
    row.organisation = row.needs = ""
    row.consent_photo = row.consent_contact = False
    if keep_name:
        return
    for name, text in NO_NAME.items():
        setattr(row, name, text)
    row.link_version += 1
    row.erased_at = row.erased_at or deed.now


def keepers(holders: Callable[[Deed, int], Collection[int]]) -> tuple[Keeper, ...]:
    """Return what forgets the persons of an edition."""
    return (
        Keeper("needs", Stage.END, forget_needs),
        Keeper("contacts", Stage.YEAR, forget_contacts(holders)),
        Keeper("names", Stage.THREE_YEARS, forget_names),
    )
