"""The guided steps of the commission, from the list to the result: one clear next step on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, redirect, url_for
from flask_babel import gettext as _

from village.draws import actions
from village.draws.forms import (
    BeaconForm,
    CancelForm,
    CountForm,
    EnvelopeForm,
    IncidentForm,
    OpeningForm,
    SecretForm,
)
from village.draws.pages.guide import run_page, take_step
from village.draws.pages.rounds import check_first
from village.draws.pages.shared import bp, this_draw
from village.draws.rules.envelope import Envelope, Opening
from village.kit.guard import requires
from village.kit.refusal import Refusal
from village.kit.web import deed, keys, page, say_done, wired

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from village.draws.queries import DrawView
    from village.kit.deeds import Deed


@bp.get("/draws/<code>/run")
@requires("draws.run")
def run(code: str) -> Response:
    """The next step of a draw, for the commission."""
    return run_page(code)


@bp.post("/draws/<code>/commit")
@requires("draws.run")
def commit(code: str) -> AnyResponse:
    """Seal the list and the rules."""
    return take_step(
        code,
        _("The list is sealed. Envelopes can come in.") if this_draw(code).seats else _("The list is sealed."),
        lambda opened, draw: actions.commit_draw(opened, draw_id=draw.id, keys=keys()),
    )


@bp.post("/draws/<code>/envelopes")
@requires("draws.run")
def hand_in(code: str) -> AnyResponse:
    """Take in an envelope."""
    form = EnvelopeForm()
    return take_step(
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
    return take_step(
        code,
        _("Your count is recorded."),
        lambda opened, draw: actions.record_count(opened, draw_id=draw.id, counted=form.counted.data),
        form,
    )


@bp.post("/draws/<code>/secret")
@requires("draws.run")
def print_secret(code: str) -> AnyResponse:
    """Show the secret for its envelope, and for nobody's cache."""
    draw = this_draw(code)
    try:
        with deed() as opened:
            secret = actions.print_secret(opened, draw_id=draw.id)
    except Refusal as refusal:
        return run_page(code, refusal=refusal)
    answer = page("draws/secret.html", draw=draw, secret=secret)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/draws/<code>/offline")
@requires("draws.run")
def go_offline(code: str) -> AnyResponse:
    """Let the beacon count no more: there is no internet at the fair."""
    return take_step(
        code,
        _("The draw goes on without the beacon."),
        lambda opened, draw: actions.go_offline(opened, draw_id=draw.id, keys=keys()),
    )


@bp.post("/draws/<code>/cancel")
@requires("draws.run")
def cancel(code: str) -> AnyResponse:
    """Give a draw up before its hour."""
    form = CancelForm()
    return take_step(
        code,
        _("The draw is cancelled. Its number stays taken, and everybody sees why."),
        lambda opened, draw: actions.cancel_draw(opened, draw_id=draw.id, reason=form.reason.data, keys=keys()),
        form,
    )


@bp.post("/draws/<code>/close")
@requires("draws.run")
def close(code: str) -> AnyResponse:
    """Close the contributions."""
    seats = this_draw(code).seats
    return take_step(
        code,
        _("Contributions are closed. Open the envelopes one by one.") if seats else _("Contributions are closed."),
        lambda opened, draw: actions.close_draw(opened, draw_id=draw.id, keys=keys()),
    )


@bp.post("/draws/<code>/openings")
@requires("draws.run")
def open_envelope(code: str) -> AnyResponse:
    """Write down the number of an envelope as read aloud."""
    form = OpeningForm()
    return take_step(
        code,
        _("The number is written down."),
        lambda opened, draw: actions.open_envelope(
            opened,
            draw_id=draw.id,
            opening=Opening(form.seat.data or "", form.value.data, form.nonce.data or None),
        ),
        form,
    )


@bp.post("/draws/<code>/beacon")
@requires("draws.run")
def bring_beacon(code: str) -> AnyResponse:
    """Bring the round of the beacon in, as a telephone showed it."""
    form = BeaconForm()
    return take_step(
        code,
        _("The round of the beacon is in, and its signature is genuine."),
        lambda opened, draw: actions.bring_beacon(opened, draw_id=draw.id, signature=form.signature.data),
        form,
        first=lambda draw: check_first(draw, form.signature.data),
    )


@bp.post("/draws/<code>/beacon/fetch")
@requires("draws.run")
def fetch_beacon(code: str) -> AnyResponse:
    """Ask the relays for the round: the first genuine answer counts, whoever gave it."""
    draw = this_draw(code)
    awaited = draw.beacon
    if awaited is None:
        raise Refusal("beacon_not_planned")
    refused = Refusal("beacon_not_reached")
    # Asked before the deed begins: nobody waits at the database for the internet.
    for signature in wired("beacon_relays")().fetch(awaited.chain, awaited.round):
        try:
            check_first(draw, signature)
            with deed() as opened:
                actions.bring_beacon(opened, draw_id=draw.id, signature=signature)
        except Refusal as refusal:
            refused = refusal
            continue
        say_done(_("The round of the beacon is in, and its signature is genuine."))
        return redirect(url_for(".run", code=code), 303)
    return run_page(code, refusal=refused)


@bp.post("/draws/<code>/reveal")
@requires("draws.run")
def reveal(code: str) -> AnyResponse:
    """Reveal the secret."""
    form = SecretForm()
    return take_step(
        code,
        _("Everything is open. The ranking is now fixed, though nobody has looked yet."),
        lambda opened, draw: actions.reveal(
            opened, draw_id=draw.id, secret=bytes.fromhex(form.secret.data) if form.secret.data else None
        ),
        form,
    )


@bp.post("/draws/<code>/conclude")
@requires("draws.run")
def conclude(code: str) -> AnyResponse:
    """Rank the tickets and announce the result."""
    return take_step(
        code,
        _("The draw is done."),
        lambda opened, draw: actions.conclude(opened, draw_id=draw.id, keys=keys()),
    )


@bp.post("/draws/<code>/incidents")
@requires("draws.run")
def note_incident(code: str) -> AnyResponse:
    """Write an observation into the minutes."""
    form = IncidentForm()

    def note(opened: Deed, draw: DrawView) -> None:
        actions.note_incident(opened, draw_id=draw.id, text_ar=form.text_ar.data or "", text_fr=form.text_fr.data or "")

    return take_step(code, _("The observation will stand in the minutes."), note, form)
