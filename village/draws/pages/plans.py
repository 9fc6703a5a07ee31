"""From the typed form to a plan: codes become ids, rows become prizes, seats and members."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from village.draws.actions import NewDraw, NewMember, NewPrize, NewSeat
from village.draws.rules.eligibility import EntryRule
from village.draws.rules.plan import SeatKind
from village.exhibitors import queries as exhibitors
from village.kit.clock import instant
from village.kit.refusal import Refusal
from village.people import queries as people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from village.draws.forms import PrizeForm, SeatForm, SetUpForm
    from village.editions.queries import EditionView

CHAIN = "quicknet"
_PLAIN = (
    "code",
    "title_ar",
    "title_fr",
    "rule_ar",
    "rule_fr",
    "place_ar",
    "place_fr",
    "pool",
    "substitutes",
    "most_per_group",
    "uses_secret",
    "replacement",
    "quorum",
)


def new_draw(session: Session, edition: EditionView, form: SetUpForm) -> NewDraw:
    """Make a plan of what was typed; a row that is empty does not count.

    Raises:
        Refusal: `exhibitor_not_found`, `person_not_found` for a code that is nobody's.

    """
    members = [row.form for row in form.members if not row.form.is_empty]
    return NewDraw(
        edition_id=edition.id,
        **{name: form[name].data for name in _PLAIN},
        announced_at=instant(form.date.data, form.time.data, edition.zone),
        prizes=[prize for row in form.prizes if not row.form.is_empty for prize in _prizes(row.form)],
        seats=list(_seats(session, edition.id, [row.form for row in form.seats if not row.form.is_empty])),
        entry_rule=EntryRule(
            tuple(date.fromisoformat(day) for day in form.days.data or ()), bars_award_winners=form.no_winners.data
        ),
        members=[NewMember(each.role.data, each.name_ar.data or "", each.name_fr.data or "") for each in members],
        fewest_seats=form.fewest.data,
        beacon_chain=CHAIN if form.beacon.data else None,
    )


def tied_ids(session: Session, edition_id: int, codes: str) -> frozenset[int]:
    """Find the exhibitors of some codes, written with blanks or commas between them.

    Raises:
        Refusal: `exhibitor_not_found`.

    """
    known = exhibitors.ids_by_code(session, edition_id)
    wanted = codes.replace(",", " ").replace("،", " ").upper().split()
    for code in wanted:
        if code not in known:
            raise Refusal("exhibitor_not_found", {"exhibitor": code})
    return frozenset(known[code] for code in wanted)


def _prizes(form: PrizeForm) -> list[NewPrize]:
    one = NewPrize(
        form.title_ar.data,
        form.title_fr.data,
        form.value_mad.data,
        form.mark.data or None,
        form.giver_ar.data or "",
        form.giver_fr.data or "",
    )
    return [one] * (form.copies.data or 1)


def _seats(session: Session, edition_id: int, forms: list[SeatForm]) -> Iterator[NewSeat]:
    """Make the seats: the first of a kind carries its name, further ones a number behind it."""
    known = people.ids_by_code(session, edition_id)
    seen: Counter[SeatKind] = Counter()
    for form in forms:
        person, kind = (form.person.data or "").upper(), SeatKind(form.kind.data)
        if person and person not in known:
            raise Refusal("person_not_found", {"person": person})
        seen[kind] += 1
        yield NewSeat(
            kind.value if seen[kind] == 1 else f"{kind.value}-{seen[kind]}",
            kind,
            form.name_ar.data or "",
            form.name_fr.data or "",
            person_id=known.get(person),
            public_key=bytes.fromhex(form.key.data) if form.key.data else None,
            tied_exhibitor_ids=tied_ids(session, edition_id, form.ties.data or ""),
        )
