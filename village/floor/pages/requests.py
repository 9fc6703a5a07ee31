"""What exhibitors ask of the floor: the organisers' list, one request, and the exhibitor's own form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import BadRequest

from village.exhibitors import queries as exhibitors
from village.floor import actions, queries, show
from village.floor.forms_day import ShareForm, WantsForm
from village.floor.pages.blueprint import bp, obstacle_names
from village.floor.wants import MOST_PRIORITY, MOST_STANDS, MOST_WISHES, Wants
from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import deed, edition, page, say_done, say_refused, status_of
from village.kit.wording import say_refusal

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from village.exhibitors.queries import ExhibitorRow

M2 = 10_000


def _edition_id() -> int:
    view = edition()
    if view is None:
        raise Refusal("hall_not_found")
    return int(view.id)


@bp.get("/floor/requests")
@requires("stands.assign")
def requests() -> Response:
    """What every accepted exhibitor asks, whom it shares with, and how good its earlier places were."""
    rows = queries.list_requests(db.session(), _edition_id())
    return page("floor/requests.html", rows=rows, lang=current_lang())


def _wants(form: WantsForm) -> Wants:
    return Wants(
        size=form.size.data,
        min_size=form.min_size.data,
        min_area_cm2=(form.min_area_m2.data or 0) * M2,
        wants_corner=form.wants_corner.data,
        needs_corner=form.needs_corner.data,
        needs_food=form.needs_food.data,
        priority=1 if form.priority.data is None else form.priority.data,
        stands=tuple(form.stands.data or ()),
        beside=tuple(form.beside.data or ()),
        apart=tuple(form.apart.data or ()),
    )


def _show(row: ExhibitorRow, *, own: bool, form: WantsForm | None = None, refusal: Refusal | None = None) -> Response:
    """The form with what is asked now, or with what was typed and why it was refused."""
    session, lang, edition_id = db.session(), current_lang(), _edition_id()
    kept = queries.find_wants(session, row.id, own=own)
    found = queries.load_published_plan(session, edition_id)
    shown, publication = found or (None, None)
    typed = _wants(form) if form is not None and not form.errors else kept
    invalid = form is not None and bool(form.errors)
    more: dict[str, Any] = {}
    if shown is not None:
        more = {
            "stands": show.drawn(shown, lang),
            "zones": show.zone_names(shown.hall, lang),
            "obstacles": obstacle_names(shown),
            "found": {each.id for each in shown.stands if each.code in typed.stands},
        }
    others = [each for each in exhibitors.list_placeable(session, edition_id) if each.id != row.id]
    host = queries.list_guests(session, edition_id).get(row.id)
    return page(
        "floor/request.html",
        422 if invalid else status_of(refusal) if refusal else 200,
        row=row,
        wants=typed,
        # What was read first is what a later writer is held against.
        seen=form.seen.data if form is not None and refusal is None else kept.seal,
        own=own,
        closed=own and publication is not None,
        plan=shown,
        others=others,
        host=host,
        earlier=queries.earlier_places(session, edition_id).get(row.id, ()),
        most={"stands": MOST_STANDS, "wishes": MOST_WISHES, "priority": MOST_PRIORITY},
        refusal_text=_("Please write whole numbers.") if invalid else say_refusal(refusal, lang) if refusal else "",
        lang=lang,
        **more,
    )


def _note(row: ExhibitorRow, *, own: bool) -> Response | None:
    form = WantsForm()
    if not form.validate():
        return _show(row, own=own, form=form)
    try:
        with deed() as opened:
            actions.note_request(
                opened,
                edition_id=_edition_id(),
                exhibitor_id=row.id,
                wants=_wants(form),
                seen=form.seen.data or None,
                own=own,
            )
    except Refusal as refusal:
        return _show(row, own=own, form=form, refusal=refusal)
    return None


@bp.get("/floor/requests/<code>")
@requires("stands.assign")
def request_of(code: str) -> Response:
    """What one exhibitor asks."""
    return _show(exhibitors.get_exhibitor_by_code(db.session(), _edition_id(), code), own=False)


@bp.post("/floor/requests/<code>")
@requires("stands.assign")
def note_request(code: str) -> Response:
    """Note what one exhibitor asks."""
    row = exhibitors.get_exhibitor_by_code(db.session(), _edition_id(), code)
    refused = _note(row, own=False)
    if refused is not None:
        return refused
    say_done(_("The request is noted."))
    return redirect(url_for("floor.requests"), 303)


@bp.post("/floor/requests/<code>/share")
@requires("stands.assign")
def share(code: str) -> Response:
    """Let an exhibitor stand at another's stand, or for itself again."""
    row, form = exhibitors.get_exhibitor_by_code(db.session(), _edition_id(), code), ShareForm()
    if not form.validate():
        raise BadRequest
    try:
        with deed() as opened:
            if form.host.data:
                actions.share_stand(opened, guest_id=row.id, host_id=form.host.data)
            else:
                actions.end_share(opened, guest_id=row.id)
        say_done(_("It is noted who shares a stand."))
    except Refusal as refusal:
        say_refused(refusal)
    return redirect(url_for("floor.request_of", code=code), 303)


def _own_row() -> ExhibitorRow:
    row = exhibitors.find_exhibitor_of_account(db.session(), current_user.id)
    if row is None:
        raise Refusal("exhibitor_unlinked")
    return row


@bp.get("/floor/own")
@requires("exhibitor.own")
def own_request() -> Response:
    """The exhibitor's own wishes, until the plan is public."""
    return _show(_own_row(), own=True)


@bp.post("/floor/own")
@requires("exhibitor.own")
def note_own_request() -> Response:
    """Note the exhibitor's own wishes."""
    refused = _note(_own_row(), own=True)
    if refused is not None:
        return refused
    say_done(_("Your wishes are noted. Thank you."))
    return redirect(url_for("floor.own_request"), 303)
