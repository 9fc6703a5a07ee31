"""Shields and prizes: what was promised to whom, and the hand-over with its proof."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import redirect, send_file, url_for
from flask_babel import gettext as _

from village.awards import actions, queries
from village.awards.forms.results import DeliveryForm, PromiseForm
from village.awards.pages import show
from village.awards.pages.account import take_citation
from village.awards.pages.common import attempt, bp
from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import again, deed, edition, page, say_done, storage

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as Redirect

    from village.awards.pages.show import Face
    from village.awards.queries import CategoryRow, PrizeRow


@dataclass(frozen=True)
class Promise:
    """A prize with the category it belongs to and whoever holds its rank, once that is known."""

    prize: PrizeRow
    category: CategoryRow
    holders: tuple[Face, ...]


@bp.get("/awards/handover")
@requires("awards.manage")
def handover() -> Response:
    """Show what is promised and what is handed over."""
    return page("awards/handover.html", **_of())


@bp.post("/awards/manage/<code>/citations/<int:nominee_id>")
@requires("awards.manage")
def cite_for_chair(code: str, nominee_id: int) -> Response | Redirect:
    """Write what is read aloud when the award is given, in the chair's stead."""
    return take_citation(code, nominee_id, "awards.category")


@bp.get("/awards/handover/<code>/promise")
@requires("awards.manage")
def new_promise(code: str) -> Response:
    """Ask what somebody promises to the winner of a rank."""
    category = queries.get_category(db.session(), edition().id, code)
    return page("awards/promise.html", form=PromiseForm(formdata=None), category=category)


@bp.post("/awards/handover/<code>/promise")
@requires("awards.manage")
def promise(code: str) -> Response | Redirect:
    """Write a promise down."""
    category = queries.get_category(db.session(), edition().id, code)
    form = PromiseForm()
    if not form.validate_on_submit():
        return again("awards/promise.html", form, category=category)
    told = {name: value for name, value in form.data.items() if name != "csrf_token"}
    told["giver_ar"], told["giver_fr"] = told["giver_ar"] or "", told["giver_fr"] or ""
    try:
        with deed() as opened:
            actions.promise_prize(opened, category_id=category.id, **told)
    except Refusal as refusal:
        return again("awards/promise.html", form, refusal, category=category)
    say_done(_("The promise is written down."))
    return redirect(url_for("awards.handover", _anchor=f"c{category.id}"))


@bp.post("/awards/handover/<int:prize_id>/withdrawal")
@requires("awards.manage")
def withdraw(prize_id: int) -> Redirect:
    """Take a promise back that was not kept."""
    attempt(lambda opened: actions.withdraw_promise(opened, prize_id=prize_id), _("The promise is taken back."))
    return redirect(url_for("awards.handover"))


@bp.get("/awards/handover/<int:prize_id>")
@requires("awards.manage")
def delivery(prize_id: int) -> Response:
    """Ask who received a prize, and for the proof."""
    one = _promise(prize_id)
    receiver = one.holders[0].name_in(current_lang()) if len(one.holders) == 1 else ""
    return page("awards/delivery.html", form=_form(one, formdata=None, receiver=receiver), one=one)


@bp.post("/awards/handover/<int:prize_id>")
@requires("awards.manage")
def deliver(prize_id: int) -> Response | Redirect:
    """Note that a prize was handed over, with a picture that shows it."""
    one = _promise(prize_id)
    form = _form(one)
    if not form.validate_on_submit():
        return again("awards/delivery.html", form, one=one)
    proof = form.proof.data.read() if form.proof.data else None
    try:
        with deed() as opened:
            actions.deliver_prize(
                opened,
                prize_id=prize_id,
                receiver=form.receiver.data.strip(),
                proof=proof,
                storage=storage(),
                nominee_id=form.nominee.data if len(one.holders) > 1 else None,
            )
    except Refusal as refusal:
        return again("awards/delivery.html", form, refusal, one=one)
    say_done(_("Handed over, with its proof."))
    return redirect(url_for("awards.handover", _anchor=f"p{prize_id}"))


@bp.get("/awards/handover/<int:prize_id>/proof")
@requires("awards.manage")
def proof(prize_id: int) -> Response:
    """Show the proof of a hand-over."""
    key = _promise(prize_id).prize.proof_key
    if key is None:
        raise Refusal("award_prize_not_found")
    answer = send_file(storage().path(key))
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _of() -> dict[str, Any]:
    session, view = db.session(), edition()
    if view is None:
        return {"categories": [], "promises": {}}
    categories = queries.list_categories(session, view.id)
    promises: dict[int, list[Promise]] = {}
    for one in _promises(categories):
        promises.setdefault(one.category.id, []).append(one)
    return {"categories": categories, "promises": promises}


def _promises(categories: list[CategoryRow]) -> list[Promise]:
    session, view = db.session(), edition()
    faces = show.faces_of(session, view.id, categories)
    standings = queries.list_standings(session, view.id)
    by_id = {one.id: one for one in categories}
    return [
        Promise(
            prize,
            by_id[prize.category_id],
            tuple(faces[nominee] for nominee in show.holders_of(by_id[prize.category_id], standings, prize)),
        )
        for prize in queries.list_prizes(session, view.id)
    ]


def _promise(prize_id: int) -> Promise:
    found = _promises(queries.list_categories(db.session(), edition().id))
    for one in found:
        if one.prize.id == prize_id:
            return one
    raise Refusal("award_prize_not_found")


def _form(one: Promise, **kwargs: Any) -> DeliveryForm:
    form = DeliveryForm(**kwargs)
    if len(one.holders) > 1:
        form.nominee.choices = [(face.nominee.id, face.name_in(current_lang())) for face in one.holders]
    else:
        del form.nominee
    return form
