"""Before a draw: the plan, the list, and the commitment after which neither can change."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from village.audit.actions import make_checkpoint, record
from village.audit.keys import log_verifiers
from village.draws.models import Draw, DrawEntrant, DrawHead, DrawMember, DrawPrize, DrawSeat
from village.draws.queries.loading import entry_rule, load_draw
from village.draws.rules import states
from village.draws.rules.eligibility import EntryRule, Sorted, sort_entrants
from village.draws.rules.plan import Commitment, SeatKind, opaque_id
from village.draws.rules.verifier import verifier_sha256
from village.draws.rules.witnesses import Witness, why_not_witnesses
from village.editions.queries import get_edition
from village.exhibitors.queries import exhibitor_by_person
from village.kit.canonical import dumps
from village.kit.db import locked
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from village.audit.keys import LogKeys
    from village.draws.rules.eligibility import Entrant
    from village.kit.db import Json
    from village.kit.deeds import Deed

OPAQUE_BYTES = 10
SECRET_BYTES = 32


@dataclass(frozen=True)
class NewPrize:
    """A prize for one winner."""

    title_ar: str
    title_fr: str
    value_mad: int | None = None


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
    """Everything the commission decides before it knows the list."""

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


def set_up_draw(deed: Deed, new: NewDraw, entrants: Sequence[Entrant] = ()) -> int:
    """Set up a draw, and its list where the entrants are known already; give its id.

    Raises:
        Refusal: `draw_code_taken`; those of `set_entrants`.

    """
    taken = select(Draw.id).where(Draw.edition_id == new.edition_id, Draw.code == new.code)
    if deed.session.scalar(taken) is not None:
        raise Refusal("draw_code_taken", {"code": new.code})
    edition = get_edition(deed.session, new.edition_id)
    plain = ("edition_id", "code", "title_ar", "title_fr", "rule_ar", "rule_fr", "place_ar", "place_fr", "announced_at")
    numbers = ("substitutes", "most_per_group", "fewest_seats", "uses_secret")
    row = Draw(
        **{name: getattr(new, name) for name in (*plain, *numbers)},
        state="open",
        present_on=" ".join(day.isoformat() for day in new.entry_rule.days),
        bars_award_winners=new.entry_rule.bars_award_winners,
        bars_ties=new.entry_rule.bars_ties,
        demonstration=edition.demonstration,
    )
    deed.session.add(row)
    deed.session.flush()
    _add_parts(deed, row.id, new)
    record(deed, "draw.set_up", f"draw:{row.id}", {"code": new.code, "prizes": len(new.prizes)})
    if entrants:
        set_entrants(deed, draw_id=row.id, entrants=entrants)
    return row.id


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


def commit_draw(deed: Deed, *, draw_id: int, keys: LogKeys) -> Commitment:
    """Fix plan and list, promise the secret, and sign the head of the log.

    Raises:
        Refusal: `draw_not_found`, `draw_already_committed`, `witness_is_interested`, and those of `states.commit`.

    """
    number, previous = _next_number(deed, draw_id)
    row = hold_draw(deed, draw_id)
    draw = load_draw(deed.session, row)
    if not isinstance(draw, states.OpenDraw):
        raise Refusal("draw_already_committed")
    objections = why_not_witnesses(_witnesses(deed, row), _ticket_holders(deed, draw_id))
    if objections:
        raise Refusal.of(objections)
    secret = deed.chance.token_bytes(SECRET_BYTES) if row.uses_secret else None
    sealed = states.commit(
        draw,
        deed.now,
        number=number,
        previous=previous,
        secret_sha256=None if secret is None else hashlib.sha256(secret).hexdigest(),
        verifier_sha256=verifier_sha256(),
    )
    row.state, row.number, row.secret, row.committed_at = "sealed", number, secret, deed.now
    row.commitment = dumps(sealed.commitment.document).decode()
    row.commitment_sha256 = sealed.commitment.sha256
    row.log_key = log_verifiers(keys)[0].vkey()
    facts: dict[str, Json] = {"commitment": sealed.commitment.document, "sha256": sealed.commitment.sha256}
    record(deed, "draw.committed", f"draw:{draw_id}", facts)
    sign_head_of_step(deed, draw_id, "committed", keys)
    return sealed.commitment


def hold_draw(deed: Deed, draw_id: int) -> Draw:
    """Load a draw and hold it until the deed ends: two people never do the same step.

    Raises:
        Refusal: `draw_not_found`.

    """
    row = locked(deed.session, Draw, draw_id)
    if row is None:
        raise Refusal("draw_not_found", {"draw": draw_id})
    return row


def sign_head_of_step(deed: Deed, draw_id: int, step: str, keys: LogKeys) -> None:
    """Sign the head of the log that holds the step, and keep it with the draw. Comes last: it holds the log's head."""
    head = make_checkpoint(deed, keys, f"draw.{step}")
    deed.session.execute(insert(DrawHead).values(draw_id=draw_id, step=step, size=head.size, note=head.note))


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


def _next_number(deed: Deed, draw_id: int) -> tuple[int, str | None]:
    """Give the next gap-free number and the commitment before it.

    Holds every draw of the edition until the deed ends, always in the same order, so that two commissions that
    commit two draws at once get two numbers and never wait for each other in a circle.
    """
    edition = select(Draw.edition_id).where(Draw.id == draw_id).scalar_subquery()
    rows = deed.session.execute(
        select(Draw.number, Draw.commitment_sha256)
        .where(Draw.edition_id == edition)
        .order_by(Draw.id)
        .with_for_update()
    ).all()
    numbered = [(row.number or 0, row.commitment_sha256) for row in rows]
    number, previous = max(numbered, key=lambda pair: pair[0], default=(0, None))
    return number + 1, previous


def _witnesses(deed: Deed, row: Draw) -> list[Witness]:
    exhibitors = exhibitor_by_person(deed.session, row.edition_id)
    found = []
    for seat in deed.session.scalars(select(DrawSeat).where(DrawSeat.draw_id == row.id).order_by(DrawSeat.code)):
        things = {f"exhibitor:{number}" for number in seat.ties.split()}
        if seat.person_id is not None:
            things.add(f"person:{seat.person_id}")
        if seat.person_id in exhibitors:
            things.add(f"exhibitor:{exhibitors[seat.person_id]}")
        found.append(Witness(seat.code, frozenset(things)))
    return found


def _ticket_holders(deed: Deed, draw_id: int) -> frozenset[str]:
    rows = deed.session.execute(
        select(DrawEntrant.exhibitor_id, DrawEntrant.person_id).where(
            DrawEntrant.draw_id == draw_id, DrawEntrant.reasons == ""
        )
    )
    return frozenset(
        f"person:{person}" if exhibitor is None else f"exhibitor:{exhibitor}" for exhibitor, person in rows
    )


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
