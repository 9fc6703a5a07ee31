"""A draw as the public and the commission see it, before, during and after."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from village.draws.models import Draw, DrawEntrant, DrawPrize, DrawVerifier
from village.draws.queries import parts
from village.draws.queries.after import get_beacon, get_register, list_rounds, list_turns, list_waiting
from village.draws.queries.heads import count_cosigned, list_heads
from village.draws.queries.loading import entry_rule
from village.draws.queries.rows import DrawCard, DrawView, EntrantRow, HeadRow, ReasonRow
from village.draws.rules.eligibility import Reason
from village.draws.rules.plan import Ticket, list_root
from village.draws.rules.verifier import archived_verifier, verifier_bytes, verifier_sha256
from village.kit.canonical import loads_strict
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
    names = parts.exhibitor_names(session, row.edition_id) if row.state == "drawn" else {}
    prizes = parts.list_prizes(session, draw_id)
    signed = list_heads(session, draw_id)
    heads = tuple(HeadRow(head.step, head.size, head.note) for head in signed)
    turns = list_turns(session, draw_id, names)
    return DrawView(
        **{name: getattr(row, name) for name in _PLAIN},
        entry_rule=entry_rule(row),
        prizes=prizes,
        seats=parts.list_seats(session, draw_id),
        counts=parts.list_counts(session, draw_id),
        members=parts.list_members(session, draw_id),
        incidents=parts.list_incidents(session, draw_id),
        heads=heads,
        tickets=len(tickets),
        list_root=list_root(tickets),
        left_out=len(entrants) - len(tickets),
        reasons=tuple(ReasonRow(reason, reasons[reason]) for reason in Reason if reasons[reason]),
        picks=parts.list_picks(session, row, prizes, names) if row.state == "drawn" else (),
        secret=row.secret.hex() if row.secret and row.state in {"revealed", "drawn"} else None,
        beacon=get_beacon(session, row),
        rounds_brought=list_rounds(session, draw_id),
        witness_keys=tuple(row.witness_keys.split("\n")) if row.witness_keys else (),
        cosigned=count_cosigned(session, row, signed),
        turns=turns,
        waiting=list_waiting(heads, turns, prizes),
        register=get_register(session, row.edition_id),
        verifier_sha256=_named_verifier(row),
    )


def list_entrants(session: Session, draw: DrawView) -> list[EntrantRow]:
    """List everyone of a draw by opaque id, tickets and exclusions, with the names of organisations. Two queries."""
    names = parts.exhibitor_names(session, draw.edition_id)
    rows = session.scalars(
        select(DrawEntrant).where(DrawEntrant.draw_id == draw.id).order_by(DrawEntrant.rank, DrawEntrant.token)
    )
    found = [
        EntrantRow(
            row.token,
            *parts.holder_names(names.get(row.exhibitor_id or 0)),
            tuple(Reason(reason) for reason in row.reasons.split()),
            row.rank,
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: (each.rank is None, each.rank or 0, each.token))


def find_verifier(session: Session, sha256: str) -> bytes | None:
    """Find a version of the stand-alone verifier by its hash: today's, or one that a commitment named."""
    if sha256 == verifier_sha256():
        return verifier_bytes()
    kept = session.scalar(select(DrawVerifier.body).where(DrawVerifier.sha256 == sha256))
    return kept or archived_verifier(sha256)


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
    "pool",
    "replacement",
    "quorum",
    "cancelled_at",
    "cancel_reason",
    "offline_at",
    "log_key",
)


def _named_verifier(row: Draw) -> str | None:
    return None if row.commitment is None else str(loads_strict(row.commitment.encode())["verifier_sha256"])
