"""Deeds on exhibitors: take in applications, decide, name delegates, note who came."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from village.audit.actions import record
from village.exhibitors.catalogue import sectors
from village.exhibitors.models import Delegate, Exhibitor, ExhibitorAccount, ExhibitorPresence
from village.exhibitors.queries import codes_by_id, ids_by_code
from village.exhibitors.rules import Decision, NewExhibitor, NewPresence, why_not_add, why_not_decide
from village.kit.refusal import Refusal
from village.people.rules import consonant_key, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from village.kit.deeds import Deed


def add_exhibitors(deed: Deed, edition_id: int, new: Sequence[NewExhibitor]) -> list[int]:
    """Take in applications, all or none, in status submitted.  Returns the ids in order.

    Raises:
        Refusal: ``exhibitor_code_taken``, ``exhibitor_without_name``, ``sector_not_found``,
            ``branch_unknown``, ``ice_wrong``, ``members_wrong``, ``power_wrong``, all at once.
    """
    catalogue, taken = sectors(), set(ids_by_code(deed.session, edition_id))
    objections = [each for one in new for each in why_not_add(one, catalogue)]
    for one in new:
        if one.code in taken:
            objections.append(Refusal("exhibitor_code_taken", {"exhibitor": one.code}))
        taken.add(one.code)
    if objections:
        raise Refusal.of(objections)
    if not new:
        return []
    rows = [_row(edition_id, one) for one in new]
    ids = deed.session.scalars(insert(Exhibitor).returning(Exhibitor.id, sort_by_parameter_order=True), rows).all()
    for one in new:
        record(deed, "exhibitor.applied", f"exhibitor:{one.code}")
    return list(ids)


def _row(edition_id: int, one: NewExhibitor) -> dict[str, object]:
    names = f"{one.name_ar} {one.name_fr}"
    return {
        **asdict(one),
        "edition_id": edition_id,
        "labels": ";".join(one.labels),
        "papers": ";".join(one.papers),
        "missing_papers": ";".join(one.missing_papers),
        "search": fold(f"{names} {one.code}")[:500],
        "sound": consonant_key(names)[:250],
    }


def decide_applications(deed: Deed, edition_id: int, decisions: Sequence[Decision]) -> None:
    """Record what the committee decided, all or none; a later decision takes the place of an earlier one.

    Raises:
        Refusal: ``exhibitor_not_found``, ``decision_missing``, ``decision_reason_wrong``,
            ``waiting_rank_wrong``, all at once.
    """
    ids = ids_by_code(deed.session, edition_id)
    objections = [found for each in decisions if (found := why_not_decide(each))]
    objections += [
        Refusal("exhibitor_not_found", {"exhibitor": each.code}) for each in decisions if each.code not in ids
    ]
    if objections:
        raise Refusal.of(objections)
    for each in decisions:
        deed.session.execute(
            update(Exhibitor)
            .where(Exhibitor.id == ids[each.code])
            .values(status=each.status, waiting_rank=each.waiting_rank, decision_reason=each.reason)
        )
        facts: dict[str, int | str] = {}
        if each.waiting_rank is not None:
            facts["rank"] = each.waiting_rank
        if each.reason is not None:
            facts["reason"] = each.reason.value
        record(deed, f"exhibitor.{each.status.value}", f"exhibitor:{each.code}", {"exhibitor": each.code, **facts})


def add_delegates(deed: Deed, pairs: Sequence[tuple[int, int]]) -> None:
    """Name persons as delegates of exhibitors: (person id, exhibitor id); one log line per exhibitor.

    Raises:
        Refusal: ``delegate_taken`` when a person stands for an exhibitor already.
    """
    people = [person for person, _ in pairs]
    held = select(Delegate.person_id).where(Delegate.person_id.in_(people))
    doubled = {*deed.session.scalars(held), *(each for each in people if people.count(each) > 1)}
    if doubled:
        raise Refusal.of([Refusal("delegate_taken", {"person": each}) for each in sorted(doubled)])
    if not pairs:
        return
    deed.session.execute(insert(Delegate), [{"person_id": p, "exhibitor_id": e} for p, e in pairs])
    codes = codes_by_id(deed.session, {exhibitor for _, exhibitor in pairs})
    for exhibitor, code in sorted(codes.items()):
        count = sum(each == exhibitor for _, each in pairs)
        record(deed, "exhibitor.delegates_named", f"exhibitor:{code}", {"exhibitor": code, "people": count})


def link_account(deed: Deed, *, account_id: int, exhibitor_id: int) -> None:
    """Let an account act for an exhibitor; the account's former exhibitor is let go.

    Raises:
        Refusal: ``exhibitor_not_found``.
    """
    code = codes_by_id(deed.session, {exhibitor_id}).get(exhibitor_id)
    if code is None:
        raise Refusal("exhibitor_not_found", {"exhibitor": exhibitor_id})
    row = deed.session.get(ExhibitorAccount, account_id)
    if row is None:
        deed.session.add(ExhibitorAccount(account_id=account_id, exhibitor_id=exhibitor_id))
    else:
        row.exhibitor_id = exhibitor_id
    deed.session.flush()
    record(deed, "exhibitor.account_linked", f"exhibitor:{code}", {"exhibitor": code, "account": account_id})


def record_presence(deed: Deed, rows: Sequence[NewPresence]) -> None:
    """Note how exhibitors came on given days, all or none; noting a day again corrects it.

    Raises:
        Refusal: ``exhibitor_not_found``, ``sales_wrong``.
    """
    codes = codes_by_id(deed.session, {each.exhibitor_id for each in rows})
    for each in rows:
        if each.exhibitor_id not in codes:
            raise Refusal("exhibitor_not_found", {"exhibitor": each.exhibitor_id})
        if each.sales_mad is not None and each.sales_mad < 0:
            raise Refusal("sales_wrong", {"exhibitor": codes[each.exhibitor_id]})
    query = select(ExhibitorPresence).where(ExhibitorPresence.exhibitor_id.in_(list(codes)))
    known = {(row.exhibitor_id, row.date): row for row in deed.session.scalars(query)}
    for each in rows:
        row = known.get((each.exhibitor_id, each.date))
        if row is None:
            row = ExhibitorPresence(exhibitor_id=each.exhibitor_id, date=each.date)
            known[each.exhibitor_id, each.date] = row
            deed.session.add(row)
        row.status, row.arrived_at, row.sales_mad = each.status, each.arrived_at, each.sales_mad
        row.recorded_at = deed.now
        code = codes[each.exhibitor_id]
        facts = {"exhibitor": code, "date": each.date.isoformat(), "status": each.status.value}
        record(deed, "exhibitor.presence_noted", f"exhibitor:{code}", facts)
    deed.session.flush()
