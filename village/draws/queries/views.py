"""A draw as the public and the commission see it, before, during and after."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from village.audit import merkle
from village.draws.models import (
    Draw,
    DrawCount,
    DrawEntrant,
    DrawHead,
    DrawIncident,
    DrawMember,
    DrawPick,
    DrawPrize,
    DrawSeat,
)
from village.draws.queries.loading import entry_rule
from village.draws.queries.rows import (
    CountRow,
    DrawCard,
    DrawView,
    EntrantRow,
    HeadRow,
    IncidentRow,
    MemberRow,
    PickRow,
    PrizeRow,
    ReasonRow,
    SeatRow,
    TicketView,
)
from village.draws.rules.eligibility import Reason
from village.draws.rules.plan import Exclusion, SeatKind, Ticket, list_root
from village.exhibitors.queries import list_exhibitors
from village.kit.canonical import dumps
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def list_draws(session: Session, edition_id: int) -> list[DrawCard]:
    """List the draws of an edition by their hour. Two queries."""
    counted = session.execute(
        select(DrawEntrant.draw_id, func.count())
        .join(Draw, Draw.id == DrawEntrant.draw_id)
        .where(Draw.edition_id == edition_id, DrawEntrant.reasons == "")
        .group_by(DrawEntrant.draw_id)
    )
    tickets = {draw_id: count for draw_id, count in counted}
    prizes = select(func.count()).where(DrawPrize.draw_id == Draw.id).correlate(Draw).scalar_subquery().label("winners")
    rows = session.execute(
        select(Draw, prizes).where(Draw.edition_id == edition_id).order_by(Draw.announced_at, Draw.code)
    )
    return [
        DrawCard(d.id, d.code, d.state, d.title_ar, d.title_fr, d.announced_at, tickets.get(d.id, 0), winners)
        for d, winners in rows
    ]


def get_draw_by_code(session: Session, edition_id: int, code: str) -> DrawView:
    """Read a draw of an edition by its code.

    Raises:
        Refusal: `draw_not_found`.

    """
    found = session.scalar(select(Draw.id).where(Draw.edition_id == edition_id, Draw.code == code))
    if found is None:
        raise Refusal("draw_not_found", {"draw": code})
    return get_draw(session, found)


def get_draw(session: Session, draw_id: int) -> DrawView:
    """Read a draw: a fixed number of queries, whatever the number of tickets.

    Raises:
        Refusal: `draw_not_found`.

    """
    row = session.get(Draw, draw_id, populate_existing=True)
    if row is None:
        raise Refusal("draw_not_found", {"draw": draw_id})
    entrants = session.execute(
        select(DrawEntrant.token, DrawEntrant.group_token, DrawEntrant.reasons).where(DrawEntrant.draw_id == draw_id)
    ).all()
    tickets = [Ticket(each.token, each.group_token) for each in entrants if not each.reasons]
    reasons = Counter(each.reasons.split()[0] for each in entrants if each.reasons)
    prizes = _prizes(session, draw_id)
    plain = {name: getattr(row, name) for name in _PLAIN}
    return DrawView(
        **plain,
        entry_rule=entry_rule(row),
        prizes=prizes,
        seats=_seats(session, draw_id),
        counts=_counts(session, draw_id),
        members=_members(session, draw_id),
        incidents=_incidents(session, draw_id),
        heads=_heads(session, draw_id),
        tickets=len(tickets),
        list_root=list_root(tickets),
        left_out=len(entrants) - len(tickets),
        reasons=tuple(ReasonRow(reason, reasons[reason]) for reason in Reason if reasons[reason]),
        picks=_picks(session, row, prizes) if row.state == "drawn" else (),
        secret=row.secret.hex() if row.secret and row.state in {"revealed", "drawn"} else None,
    )


def list_entrants(session: Session, draw: DrawView) -> list[EntrantRow]:
    """List everyone of a draw by opaque id, tickets and exclusions, with the names of organisations. Two queries."""
    names = {each.id: each for each in list_exhibitors(session, draw.edition_id)}
    rows = session.scalars(
        select(DrawEntrant).where(DrawEntrant.draw_id == draw.id).order_by(DrawEntrant.rank, DrawEntrant.token)
    )
    found = []
    for row in rows:
        holder = names.get(row.exhibitor_id or 0)
        code, name_ar, name_fr = (holder.code, holder.name_ar, holder.name_fr) if holder else ("", "", "")
        found.append(EntrantRow(row.token, code, name_ar, name_fr, _reasons(row.reasons), row.rank))
    return sorted(found, key=lambda each: (each.rank is None, each.rank or 0, each.token))


def find_ticket(
    session: Session, draw_id: int, *, exhibitor_id: int | None = None, person_id: int | None = None
) -> TicketView | None:
    """Find the ticket (or the exclusion) of an exhibitor or a person, with its proof under the root of its list."""
    rows = session.scalars(select(DrawEntrant).where(DrawEntrant.draw_id == draw_id).order_by(DrawEntrant.token)).all()
    mine = next(
        (
            row
            for row in rows
            if (exhibitor_id is not None and row.exhibitor_id == exhibitor_id)
            or (person_id is not None and row.person_id == person_id)
        ),
        None,
    )
    if mine is None:
        return None
    beside = [row for row in rows if bool(row.reasons) == bool(mine.reasons)]
    leaves = [merkle.leaf_hash(dumps(_leaf(row))) for row in beside]
    index = beside.index(mine)
    proof = merkle.inclusion_proof(index, leaves)
    return TicketView(
        mine.token,
        _reasons(mine.reasons),
        index,
        len(leaves),
        merkle.root(leaves).hex(),
        tuple(part.hex() for part in proof),
        mine.rank,
    )


_PLAIN = (
    "id",
    "edition_id",
    "code",
    "state",
    "title_ar",
    "title_fr",
    "rule_ar",
    "rule_fr",
    "place_ar",
    "place_fr",
    "announced_at",
    "demonstration",
    "most_per_group",
    "substitutes",
    "fewest_seats",
    "uses_secret",
    "number",
    "commitment_sha256",
    "seed",
    "committed_at",
    "closed_at",
    "revealed_at",
    "drawn_at",
)


def _leaf(row: DrawEntrant) -> object:
    if row.reasons:
        return Exclusion(row.token, tuple(row.reasons.split())).as_json()
    return Ticket(row.token, row.group_token).as_json()


def _reasons(text: str) -> tuple[Reason, ...]:
    return tuple(Reason(reason) for reason in text.split())


def _prizes(session: Session, draw_id: int) -> tuple[PrizeRow, ...]:
    rows = session.scalars(select(DrawPrize).where(DrawPrize.draw_id == draw_id).order_by(DrawPrize.position))
    return tuple(PrizeRow(f"P{row.position}", row.title_ar, row.title_fr, row.value_mad) for row in rows)


def _seats(session: Session, draw_id: int) -> tuple[SeatRow, ...]:
    rows = session.scalars(select(DrawSeat).where(DrawSeat.draw_id == draw_id).order_by(DrawSeat.id))
    return tuple(
        SeatRow(
            row.code,
            SeatKind(row.kind),
            row.name_ar,
            row.name_fr,
            row.public_key is not None,
            row.handed_in_at,
            row.sealed,
            row.opened_at,
            row.value,
        )
        for row in rows
    )


def _counts(session: Session, draw_id: int) -> tuple[CountRow, ...]:
    rows = session.scalars(select(DrawCount).where(DrawCount.draw_id == draw_id).order_by(DrawCount.id))
    return tuple(CountRow(row.counter, row.counted, row.counted_at) for row in rows)


def _members(session: Session, draw_id: int) -> tuple[MemberRow, ...]:
    rows = session.scalars(select(DrawMember).where(DrawMember.draw_id == draw_id).order_by(DrawMember.id))
    return tuple(MemberRow(row.role, row.name_ar, row.name_fr) for row in rows)


def _incidents(session: Session, draw_id: int) -> tuple[IncidentRow, ...]:
    rows = session.scalars(select(DrawIncident).where(DrawIncident.draw_id == draw_id).order_by(DrawIncident.id))
    return tuple(IncidentRow(row.said_at, row.text_ar, row.text_fr) for row in rows)


def _heads(session: Session, draw_id: int) -> tuple[HeadRow, ...]:
    rows = session.scalars(select(DrawHead).where(DrawHead.draw_id == draw_id).order_by(DrawHead.size))
    return tuple(HeadRow(row.step, row.size, row.note) for row in rows)


def _picks(session: Session, row: Draw, prizes: tuple[PrizeRow, ...]) -> tuple[PickRow, ...]:
    rows = session.execute(
        select(DrawPick.place, DrawEntrant)
        .join(DrawEntrant, DrawEntrant.id == DrawPick.entrant_id)
        .where(DrawPick.draw_id == row.id)
    ).all()
    names = {each.id: each for each in list_exhibitors(session, row.edition_id)}
    by_place = {prize.id: prize for prize in prizes}
    found = []
    for place, entrant in rows:
        holder = names.get(entrant.exhibitor_id or 0)
        code, name_ar, name_fr = (holder.code, holder.name_ar, holder.name_fr) if holder else ("", "", "")
        found.append(PickRow(place, entrant.rank or 0, entrant.token, code, name_ar, name_fr, by_place.get(place)))
    return tuple(sorted(found, key=lambda pick: pick.rank))
