"""Setting up a draw, and changing it until the list is sealed: from what the commission types to a plan."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from flask import Response, redirect, request, url_for
from flask_babel import gettext as _

from village.draws import actions, queries, wording
from village.draws.forms import SetUpForm
from village.draws.pages.plans import new_draw, tied_ids
from village.draws.pages.shared import bp, this_draw
from village.draws.queries.setting_up import TypedPlan, get_typed_plan
from village.draws.rules.plan import SeatKind
from village.editions.queries import list_days
from village.kit.clock import local
from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import current_lang, format_day
from village.kit.refusal import Refusal
from village.kit.web import again, deed, edition, page, say_done, wired

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response as AnyResponse

    from village.draws.queries import DrawView
    from village.draws.rules.eligibility import Entrant

ROWS = ("prizes", "members", "seats")
USUAL_SEATS = (SeatKind.PARTICIPANTS, SeatKind.JUROR, SeatKind.OFFICER)


@bp.route("/draws/new", methods=["GET", "POST"])
@requires("draws.run")
def set_up() -> AnyResponse:
    """Set up a draw: prizes, rule, commission, witnesses, where its chance comes from."""
    form = SetUpForm(data=None if request.method == "POST" else _suggested())
    if answer := _not_yet(form, None):
        return answer
    session = db.session()
    try:
        new = new_draw(session, edition(), form)
        candidates = list_entrants(session, form.pool.data, form.tied.data or "")
        with deed() as opened:
            actions.set_up_draw(opened, new, candidates)
    except Refusal as refusal:
        return _again(form, None, refusal)
    say_done(_("The draw is set up. Check the list, then seal it."))
    return redirect(url_for(".run", code=new.code), 303)


@bp.route("/draws/<code>/edit", methods=["GET", "POST"])
@requires("draws.run")
def edit(code: str) -> AnyResponse:
    """Change anything of a draw whose list is not sealed; the list is made again."""
    draw = _open_draw(code)
    typed = get_typed_plan(db.session(), draw.id)
    form = SetUpForm(data=None if request.method == "POST" else _as_typed(typed))
    if answer := _not_yet(form, draw):
        return answer
    session = db.session()
    try:
        new = new_draw(session, edition(), form)
        candidates = list_entrants(session, form.pool.data, form.tied.data or "")
        with deed() as opened:
            actions.change_draw(opened, draw_id=draw.id, new=new)
            actions.set_entrants(opened, draw_id=draw.id, entrants=candidates)
    except Refusal as refusal:
        return _again(form, draw, refusal)
    say_done(_("The draw is changed and its list made again."))
    return redirect(url_for(".run", code=new.code), 303)


@bp.post("/draws/<code>/list")
@requires("draws.run")
def make_list(code: str) -> AnyResponse:
    """Make the list again from what is known now: who came, who won an award."""
    draw = _open_draw(code)
    session = db.session()
    typed = get_typed_plan(session, draw.id)
    candidates = list_entrants(session, typed.plain["pool"], typed.tied)
    with deed() as opened:
        actions.set_entrants(opened, draw_id=draw.id, entrants=candidates)
    say_done(_("The list is made again."))
    return redirect(url_for(".run", code=code), 303)


@bp.post("/draws/<code>/discard")
@requires("draws.run")
def discard(code: str) -> AnyResponse:
    """Take away a draw that was never sealed."""
    draw = _open_draw(code)
    with deed() as opened:
        actions.discard_draw(opened, draw_id=draw.id)
    say_done(_("The draw is taken away. It was never sealed."))
    return redirect(url_for(".index"), 303)


def list_entrants(session: Session, pool: str, tied: str) -> list[Entrant]:
    """List who could be drawn, with the facts that other features know."""
    view = edition()
    winners = wired("award_winners")(session, view.id)
    return queries.list_candidates(
        session, view.id, pool=pool, award_winners=winners, tied=tied_ids(session, view.id, tied)
    )


def _open_draw(code: str) -> DrawView:
    draw = this_draw(code)
    if draw.state != "open":
        raise Refusal("draw_list_sealed")
    return draw


def _not_yet(form: SetUpForm, draw: DrawView | None) -> Response | None:
    """Show the form until it is sent whole; a row more is only shown, nothing is kept."""
    _offer(form)
    if not form.is_submitted():
        return page("draws/new.html", form=form, refusal_text="", **_context(draw))
    more = request.form.get("add")
    if more in ROWS:
        form[more].append_entry()
        _offer(form)
        return page("draws/new.html", form=form, refusal_text="", **_context(draw))
    if not form.validate():
        return _again(form, draw, None)
    return None


def _again(form: SetUpForm, draw: DrawView | None, refusal: Refusal | None) -> Response:
    return again("draws/new.html", form, refusal, **_context(draw))


def _context(draw: DrawView | None) -> dict[str, Any]:
    return {"draw": draw, "wording": wording}


def _offer(form: SetUpForm) -> None:
    """Fill the lists to choose from."""
    lang = current_lang()
    form.days.choices = [
        (day.date.isoformat(), format_day(day.date, lang)) for day in list_days(db.session(), edition().id)
    ]
    for seat in form.seats:
        seat.form.kind.choices = [(kind.value, wording.SEATS[kind].say(lang)) for kind in SeatKind]
    for member in form.members:
        member.form.role.choices = [(role, words.say(lang)) for role, words in wording.ROLES.items()]


def _suggested() -> dict[str, Any]:
    """Fill in what the edition knows already."""
    view = edition()
    return {
        "code": f"DR{len(queries.list_draws(db.session(), view.id)) + 1}",
        "date": view.ends_on,
        "days": [day.date.isoformat() for day in list_days(db.session(), view.id)],
        "prizes": [{}],
        "members": [{"role": "chair"}, {"role": "secretary"}],
        "seats": [{"kind": kind.value} for kind in USUAL_SEATS],
    }


def _as_typed(typed: TypedPlan) -> dict[str, Any]:
    at = local(typed.announced_at, edition().zone)
    return {
        **typed.plain,
        "date": date(at.year, at.month, at.day),
        "time": at.time(),
        "days": list(typed.days),
        "no_winners": typed.no_winners,
        "tied": typed.tied,
        "fewest": typed.fewest,
        "beacon": typed.beacon,
        "prizes": list(typed.prizes),
        "seats": [*(_named(seat) for seat in typed.seats), {}],
        "members": list(typed.members) or [{"role": "chair"}],
    }


def _named(seat: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give a seat that nobody is named for the name of its kind: a row without a name is an empty one."""
    if seat["name_ar"] or seat["name_fr"]:
        return seat
    kind = wording.SEATS[SeatKind(seat["kind"])]
    return {**seat, "name_ar": kind.say("ar"), "name_fr": kind.say("fr")}
