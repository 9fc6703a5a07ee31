"""The guided steps of the commission: one clear next step on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, redirect, url_for
from flask_babel import gettext as _

from village.draws import actions, wording
from village.draws.forms import CountForm, EnvelopeForm, IncidentForm, OpeningForm, SecretForm
from village.draws.pages.shared import bp, this_draw
from village.draws.rules.envelope import Envelope, Opening
from village.draws.rules.steps import Step, next_step
from village.kit.guard import requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import actor, again, deed, keys, page, say_done

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask_wtf import FlaskForm
    from werkzeug.wrappers import Response as AnyResponse

    from village.draws.queries import DrawView
    from village.kit.deeds import Deed


@bp.get("/draws/<code>/run")
@requires("draws.run")
def run(code: str) -> Response:
    """The next step of a draw, for the commission."""
    return _run_page(code)


@bp.post("/draws/<code>/commit")
@requires("draws.run")
def commit(code: str) -> AnyResponse:
    """Seal the list and the rules."""
    return _do(
        code,
        _("The list is sealed. Envelopes can come in."),
        lambda opened, draw: actions.commit_draw(opened, draw_id=draw.id, keys=keys()),
    )


@bp.post("/draws/<code>/envelopes")
@requires("draws.run")
def hand_in(code: str) -> AnyResponse:
    """Take in an envelope."""
    form = EnvelopeForm()
    return _do(
        code,
        _("The envelope is in."),
        lambda opened, draw: actions.hand_in_sealed(
            opened,
            draw_id=draw.id,
            envelope=Envelope(form.seat.data or "", form.sealed.data or None, form.signature.data or None),
        ),
        form,
    )


@bp.post("/draws/<code>/counts")
@requires("draws.run")
def count(code: str) -> AnyResponse:
    """Record what I counted."""
    form = CountForm()
    return _do(
        code,
        _("Your count is recorded."),
        lambda opened, draw: actions.record_count(opened, draw_id=draw.id, counted=form.counted.data),
        form,
    )


@bp.post("/draws/<code>/close")
@requires("draws.run")
def close(code: str) -> AnyResponse:
    """Close the contributions."""
    return _do(
        code,
        _("Contributions are closed. Open the envelopes one by one."),
        lambda opened, draw: actions.close_draw(opened, draw_id=draw.id, keys=keys()),
    )


@bp.post("/draws/<code>/openings")
@requires("draws.run")
def open_envelope(code: str) -> AnyResponse:
    """Write down the number of an envelope as read aloud."""
    form = OpeningForm()
    return _do(
        code,
        _("The number is written down."),
        lambda opened, draw: actions.open_envelope(
            opened,
            draw_id=draw.id,
            opening=Opening(form.seat.data or "", form.value.data, form.nonce.data or None),
        ),
        form,
    )


@bp.post("/draws/<code>/reveal")
@requires("draws.run")
def reveal(code: str) -> AnyResponse:
    """Reveal the secret."""
    form = SecretForm()
    return _do(
        code,
        _("The secret is revealed. The ranking is now fixed, though nobody has looked yet."),
        lambda opened, draw: actions.reveal(
            opened, draw_id=draw.id, secret=bytes.fromhex(form.secret.data) if form.secret.data else None
        ),
        form,
    )


@bp.post("/draws/<code>/conclude")
@requires("draws.run")
def conclude(code: str) -> AnyResponse:
    """Rank the tickets and announce the result."""
    return _do(
        code,
        _("The draw is done."),
        lambda opened, draw: actions.conclude(opened, draw_id=draw.id, keys=keys()),
    )


@bp.post("/draws/<code>/incidents")
@requires("draws.run")
def note_incident(code: str) -> AnyResponse:
    """Write an observation into the minutes."""
    form = IncidentForm()
    return _do(
        code,
        _("The observation will stand in the minutes."),
        lambda opened, draw: actions.note_incident(
            opened, draw_id=draw.id, text_ar=form.text_ar.data or "", text_fr=form.text_fr.data or ""
        ),
        form,
    )


def _do(code: str, said: str, change: Callable[[Deed, DrawView], object], form: FlaskForm | None = None) -> AnyResponse:
    """Take a step and go on to the next; a refusal or a fault in the form shows the step again."""
    draw = this_draw(code)
    if form is not None and not form.validate():
        return _run_page(code, form=form, status=422)
    try:
        with deed() as opened:
            change(opened, draw)
    except Refusal as refusal:
        return _run_page(code, form=form, refusal=refusal)
    say_done(said)
    return redirect(url_for(".run", code=code), 303)


def _run_page(
    code: str, *, form: FlaskForm | None = None, refusal: Refusal | None = None, status: int | None = None
) -> Response:
    draw = this_draw(code)
    handed_in = [seat for seat in draw.seats if seat.handed_in_at]
    step = next_step(
        draw.state,
        # Once the counting has begun, nobody waits for a witness who does not come.
        envelopes_wanted=draw.fewest_seats if draw.counts else len(draw.seats),
        envelopes_in=len(handed_in),
        counts_agree=draw.counts_agree,
        envelopes_open=sum(seat.opened_at is not None for seat in draw.seats),
    )
    forms: dict[str, Any] = {
        "envelope_form": _typed(form, EnvelopeForm),
        "count_form": _typed(form, CountForm),
        "opening_form": _typed(form, OpeningForm),
        "secret_form": _typed(form, SecretForm),
        "incident_form": _typed(form, IncidentForm),
    }
    lang = current_lang()
    for name, seats in (
        ("envelope_form", [seat for seat in draw.seats if not seat.handed_in_at]),
        ("opening_form", [seat for seat in handed_in if not seat.opened_at]),
    ):
        forms[name].seat.choices = [(seat.code, wording.SEATS[seat.kind].say(lang)) for seat in seats]
        forms[name].with_key = any(seat.has_key for seat in seats)
    mine = next((each for each in draw.counts if each.counter == str(actor())), None)
    context = {
        "draw": draw,
        "step": step,
        "steps": Step,
        "wording": wording,
        "mine": mine,
        "came": len(handed_in),
        **forms,
    }
    if refusal is None and form is None:
        return page("draws/run.html", form=None, refusal_text="", **context)
    return again("draws/run.html", form, refusal, status, **context)


def _typed(form: FlaskForm | None, kind: type[FlaskForm]) -> FlaskForm:
    """Give back the form that was sent, or an empty one of its kind."""
    return form if isinstance(form, kind) else kind(formdata=None)
