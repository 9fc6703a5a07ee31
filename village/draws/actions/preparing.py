"""Before a draw: the plan and the list, as often as the commission wants, until they are committed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from village.audit.actions import record
from village.draws import beacon
from village.draws.actions.holding import hold_draw
from village.draws.models import Draw, DrawEntrant, DrawIncident, DrawMember, DrawPrize, DrawSeat
from village.draws.queries.loading import entry_rule, load_draw
from village.draws.rules import states
from village.draws.rules.eligibility import EntryRule, Sorted, sort_entrants
from village.draws.rules.plan import SeatKind, opaque_id
from village.editions.queries import get_edition
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from village.draws.rules.eligibility import Entrant
    from village.kit.deeds import Deed

OPAQUE_BYTES = 10
_PLAIN = (
    "code",
    "title_ar",
    "title_fr",
    "rule_ar",
    "rule_fr",
    "place_ar",
    "place_fr",
    "announced_at",
    "substitutes",
    "most_per_group",
    "fewest_seats",
    "uses_secret",
    "pool",
    "replacement",
    "beacon_chain",
    "quorum",
)


@dataclass(frozen=True)
class NewPrize:
    """A prize for one winner; `mark` is what stands on the object itself, the giver who gave it."""

    title_ar: str
    title_fr: str
    value_mad: int | None = None
    mark: str | None = None
    giver_ar: str = ""
    giver_fr: str = ""


@dataclass(frozen=True)
class NewSeat:
    """A witness seat: who holds it, the public key they sign with (None: paper envelope), and their declared ties."""

    code: str
    kind: SeatKind
    name_ar: str = ""
    name_fr: str = ""
    person_id: int | None = None
    public_key: bytes | None = None
    tied_exhibitor_ids: frozenset[int] = frozenset()


@dataclass(frozen=True)
class NewMember:
    """Someone who signs the minutes; `role` is chair, member or secretary."""

    role: str
    name_ar: str
    name_fr: str


@dataclass(frozen=True)
class NewDraw:
    """Everything the commission decides before it knows the list.

    `pool` is exhibitors or visitors, `replacement` ordered or fresh; `beacon_chain` names a public beacon that counts
    besides the seats (village.draws.beacon.CHAINS), and `quorum` is how many witnesses must cosign each head.
    """

    edition_id: int
    code: str
    title_ar: str
    title_fr: str
    rule_ar: str
    rule_fr: str
    place_ar: str
    place_fr: str
    announced_at: datetime
    prizes: Sequence[NewPrize]
    seats: Sequence[NewSeat]
    entry_rule: EntryRule = field(default_factory=EntryRule)
    members: Sequence[NewMember] = ()
    substitutes: int = 0
    most_per_group: int = 1
    fewest_seats: int = 2
    uses_secret: bool = True
    pool: str = "exhibitors"
    replacement: str = "ordered"
    beacon_chain: str | None = None
    quorum: int = 0


def set_up_draw(deed: Deed, new: NewDraw, entrants: Sequence[Entrant] = ()) -> int:
    """Set up a draw, and its list where the entrants are known already; give its id.

    Raises:
        Refusal: `draw_code_taken`, `prize_in_another_draw`, `beacon_chain_unknown`; those of `set_entrants`.

    """
    _check_new(deed, new, None)
    edition = get_edition(deed.session, new.edition_id)
    row = Draw(edition_id=new.edition_id, state="open", demonstration=edition.demonstration)
    _write(row, new)
    deed.session.add(row)
    deed.session.flush()
    _add_parts(deed, row.id, new)
    record(deed, "draw.set_up", f"draw:{row.id}", {"code": new.code, "prizes": len(new.prizes)})
    if entrants:
        set_entrants(deed, draw_id=row.id, entrants=entrants)
    return row.id


def change_draw(deed: Deed, *, draw_id: int, new: NewDraw) -> None:
    """Write a plan anew while the draw is open.

    Where the rule of entry or the pool changes, the list must be made again.

    Raises:
        Refusal: `draw_not_found`; `draw_list_sealed` once the draw is committed; those of `set_up_draw`.

    """
    row = hold_draw(deed, draw_id)
    states.as_open(load_draw(deed.session, row))
    _check_new(deed, new, draw_id)
    before = (entry_rule(row), row.pool)
    _write(row, new)
    for part in (DrawPrize, DrawSeat, DrawMember):
        deed.session.execute(delete(part).where(part.draw_id == draw_id))
    _add_parts(deed, draw_id, new)
    if (new.entry_rule, new.pool) != before:
        deed.session.execute(delete(DrawEntrant).where(DrawEntrant.draw_id == draw_id))
    record(deed, "draw.changed", f"draw:{draw_id}", {"code": new.code, "prizes": len(new.prizes)})


def discard_draw(deed: Deed, *, draw_id: int) -> None:
    """Throw away a draw that was never committed. A committed one stays for ever; it may be cancelled.

    Raises:
        Refusal: `draw_not_found`; `draw_list_sealed` once the draw is committed.

    """
    row = hold_draw(deed, draw_id)
    states.as_open(load_draw(deed.session, row))
    for part in (DrawPrize, DrawSeat, DrawMember, DrawEntrant, DrawIncident):
        deed.session.execute(delete(part).where(part.draw_id == draw_id))
    record(deed, "draw.discarded", f"draw:{draw_id}", {"code": row.code})
    deed.session.delete(row)
    deed.session.flush()


def set_entrants(deed: Deed, *, draw_id: int, entrants: Sequence[Entrant]) -> Sorted:
    """Sort all possible entrants by the rule of the draw and write the two lists, in place of any before.

    Every entrant gets a new opaque id; the same organisation gets one opaque group token.

    Raises:
        Refusal: `draw_not_found`; `draw_list_sealed` once the draw is committed; `draw_entrant_twice`.

    """
    row = hold_draw(deed, draw_id)
    states.as_open(load_draw(deed.session, row))
    lists = sort_entrants(entry_rule(row), entrants)
    reasons = {left.entrant.thing: " ".join(left.reasons) for left in lists.left_out}
    groups = {each.group: _opaque(deed, "G") for each in entrants if each.group is not None}
    deed.session.execute(delete(DrawEntrant).where(DrawEntrant.draw_id == draw_id))
    rows = [
        {
            "draw_id": draw_id,
            "token": _opaque(deed, "X" if each.thing in reasons else "T"),
            "group_token": groups.get(each.group) if each.group is not None else None,
            "reasons": reasons.get(each.thing, ""),
            **_holder(each.thing),
        }
        for each in entrants
    ]
    if rows:
        deed.session.execute(insert(DrawEntrant), rows)
    counts = {"eligible": len(lists.eligible), "left_out": len(lists.left_out)}
    record(deed, "draw.list_made", f"draw:{draw_id}", dict(counts))
    return lists


def live_marks(deed: Deed, edition_id: int) -> list[tuple[str, int]]:
    """List the marks of all objects that are a prize now, each with its draw: called off or withdrawn ones are free."""
    rows = deed.session.execute(
        select(DrawPrize.mark, DrawPrize.draw_id)
        .join(Draw, Draw.id == DrawPrize.draw_id)
        .where(
            Draw.edition_id == edition_id,
            Draw.state != "cancelled",
            DrawPrize.mark.is_not(None),
            DrawPrize.withdrawn_at.is_(None),
        )
    )
    return [(mark, draw_id) for mark, draw_id in rows if mark is not None]


def _check_new(deed: Deed, new: NewDraw, draw_id: int | None) -> None:
    taken = select(Draw.id).where(Draw.edition_id == new.edition_id, Draw.code == new.code, Draw.id != (draw_id or 0))
    if deed.session.scalar(taken) is not None:
        raise Refusal("draw_code_taken", {"code": new.code})
    if new.beacon_chain is not None:
        beacon.find_chain(new.beacon_chain)
    marks = {prize.mark for prize in new.prizes}
    for mark, other in live_marks(deed, new.edition_id):
        if mark in marks and other != draw_id:
            raise Refusal("prize_in_another_draw", {"mark": mark})


def _write(row: Draw, new: NewDraw) -> None:
    for name in _PLAIN:
        setattr(row, name, getattr(new, name))
    row.present_on = " ".join(day.isoformat() for day in new.entry_rule.days)
    row.bars_award_winners = new.entry_rule.bars_award_winners
    row.bars_ties = new.entry_rule.bars_ties
    chain = new.beacon_chain
    row.beacon_round = None if chain is None else beacon.round_at(chain, new.announced_at.replace(microsecond=0))


def _add_parts(deed: Deed, draw_id: int, new: NewDraw) -> None:
    for position, prize in enumerate(new.prizes, start=1):
        deed.session.add(DrawPrize(draw_id=draw_id, position=position, **vars(prize)))
    for seat in new.seats:
        deed.session.add(
            DrawSeat(
                draw_id=draw_id,
                code=seat.code,
                kind=str(seat.kind),
                name_ar=seat.name_ar,
                name_fr=seat.name_fr,
                person_id=seat.person_id,
                public_key=seat.public_key.hex() if seat.public_key else None,
                ties=" ".join(str(number) for number in sorted(seat.tied_exhibitor_ids)),
            )
        )
    for member in new.members:
        deed.session.add(DrawMember(draw_id=draw_id, **vars(member)))
    deed.session.flush()


def _holder(thing: str) -> dict[str, int | None]:
    kind, _, number = thing.partition(":")
    if kind not in {"exhibitor", "person"}:
        raise ValueError(f"{thing!r} can hold no ticket")
    return {
        "exhibitor_id": int(number) if kind == "exhibitor" else None,
        "person_id": int(number) if kind == "person" else None,
    }


def _opaque(deed: Deed, prefix: str) -> str:
    return opaque_id(prefix, deed.chance.token_bytes(OPAQUE_BYTES))
