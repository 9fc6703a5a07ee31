"""Setting up a draw: from what the commission types to a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, url_for
from flask_babel import gettext as _

from village.draws import actions, queries, wording
from village.draws.actions import NewDraw, NewMember, NewPrize, NewSeat
from village.draws.forms import SeatForm, SetUpForm
from village.draws.pages.shared import bp
from village.draws.rules.eligibility import EntryRule
from village.draws.rules.plan import SeatKind
from village.editions.queries import list_days
from village.exhibitors import queries as exhibitors
from village.kit.clock import instant
from village.kit.db import db
from village.kit.guard import requires
from village.kit.refusal import Refusal
from village.kit.web import again, deed, edition, page, say_done, wired
from village.people import queries as people

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response as AnyResponse

    from village.editions.queries import EditionView


@bp.route("/draws/new", methods=["GET", "POST"])
@requires("draws.run")
def set_up() -> AnyResponse:
    """Set up a draw: prizes, rule, commission, witnesses."""
    form = SetUpForm()
    seats = {kind: SeatForm(prefix=f"{kind}-") for kind in SeatKind}
    if not form.is_submitted():
        _suggest(form)
        return page("draws/new.html", form=form, seats=seats, wording=wording, refusal_text="")
    if not all([form.validate(), *(seat.validate() for seat in seats.values())]):
        return again("draws/new.html", form, seats=seats, wording=wording)
    session = db.session()
    try:
        new = _new_draw(session, edition(), form, seats)
        facts = {"award_winners": wired("award_winners")(session, edition().id)}
        tied = _tied_ids(session, edition().id, form.tied.data or "")
        candidates = queries.list_candidates(session, edition().id, **facts, tied=tied)
        with deed() as opened:
            actions.set_up_draw(opened, new, candidates)
    except Refusal as refusal:
        return again("draws/new.html", form, refusal, seats=seats, wording=wording)
    say_done(_("The draw is set up. Check the list, then seal it."))
    return redirect(url_for(".run", code=new.code), 303)


def _suggest(form: SetUpForm) -> None:
    """Fill in what the edition knows already."""
    view = edition()
    if view is not None:
        form.code.data = f"DR{len(queries.list_draws(db.session(), view.id)) + 1}"
        form.date.data = view.ends_on


def _new_draw(session: Session, edition: EditionView, form: SetUpForm, seats: Mapping[SeatKind, SeatForm]) -> NewDraw:
    """Make a plan of what was typed; a seat with no name stays empty.

    Raises:
        Refusal: `exhibitor_not_found`, `person_not_found` for a code that is nobody's.

    """
    days = tuple(day.date for day in list_days(session, edition.id)) if form.all_days.data else ()
    prize = NewPrize(form.prize_ar.data, form.prize_fr.data, form.value_mad.data)
    taken = [_seat(session, edition.id, kind, seat) for kind, seat in seats.items() if _is_named(seat)]
    plain = ("code", "title_ar", "title_fr", "rule_ar", "rule_fr", "place_ar", "place_fr", "substitutes")
    return NewDraw(
        edition_id=edition.id,
        **{name: form[name].data for name in plain},
        announced_at=instant(form.date.data, form.time.data, edition.zone),
        prizes=(prize,) * form.winners.data,
        seats=taken,
        entry_rule=EntryRule(days, bars_award_winners=form.no_winners.data),
        members=(NewMember("chair", form.chair_ar.data, form.chair_fr.data),),
        fewest_seats=form.fewest.data,
    )


def _tied_ids(session: Session, edition_id: int, codes: str) -> frozenset[int]:
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


def _seat(session: Session, edition_id: int, kind: SeatKind, form: SeatForm) -> NewSeat:
    person = (form.person.data or "").upper()
    known = people.ids_by_code(session, edition_id) if person else {}
    if person and person not in known:
        raise Refusal("person_not_found", {"person": person})
    return NewSeat(
        str(kind),
        kind,
        form.name_ar.data or "",
        form.name_fr.data or "",
        person_id=known.get(person),
        public_key=bytes.fromhex(form.key.data) if form.key.data else None,
        tied_exhibitor_ids=_tied_ids(session, edition_id, form.ties.data or ""),
    )


def _is_named(form: SeatForm) -> bool:
    return bool(form.name_ar.data or form.name_fr.data)
