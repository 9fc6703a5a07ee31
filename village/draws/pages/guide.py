"""The page of the commission: what is next, with its form, and the way so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, redirect, url_for
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from village.draws import wording
from village.draws.forms import (
    BeaconForm,
    CancelForm,
    CountForm,
    EnvelopeForm,
    IncidentForm,
    OpeningForm,
    SecretForm,
)
from village.draws.pages.shared import this_draw
from village.draws.relays import address_of
from village.draws.rules.plan import CANCEL_REASONS
from village.draws.rules.steps import Progress, Step, next_step, way
from village.kit import qr
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import actor, again, clock, deed, page, say_done, wired

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask_wtf import FlaskForm
    from markupsafe import Markup
    from werkzeug.wrappers import Response as AnyResponse

    from village.draws.queries import BeaconView, DrawView
    from village.draws.queries.rows import SeatRow
    from village.kit.deeds import Deed
    from village.kit.i18n import Lang

FORMS: dict[str, type[FlaskForm]] = {
    "envelope_form": EnvelopeForm,
    "count_form": CountForm,
    "opening_form": OpeningForm,
    "beacon_form": BeaconForm,
    "secret_form": SecretForm,
    "incident_form": IncidentForm,
    "cancel_form": CancelForm,
}


def take_step(
    code: str,
    said: str,
    change: Callable[[Deed, DrawView], object],
    form: FlaskForm | None = None,
    first: Callable[[DrawView], None] | None = None,
) -> AnyResponse:
    """Take a step and go on to the next; a refusal or a fault in the form shows the step again.

    `first` is what takes long and needs no database: it is done before the deed begins.
    """
    draw = this_draw(code)
    if form is not None:
        offer(form, draw, current_lang())
        if not form.validate():
            return run_page(code, form=form, status=422)
    try:
        if first is not None:
            first(draw)
        with deed() as opened:
            change(opened, draw)
    except Refusal as refusal:
        return run_page(code, form=form, refusal=refusal)
    say_done(said)
    return redirect(url_for("draws.run", code=code), 303)


def run_page(
    code: str, *, form: FlaskForm | None = None, refusal: Refusal | None = None, status: int | None = None
) -> Response:
    """Show the next step."""
    draw, lang = this_draw(code), current_lang()
    forms = {name: form if isinstance(form, kind) else kind(formdata=None) for name, kind in FORMS.items()}
    for each in forms.values():
        offer(each, draw, lang)
    context = {
        "draw": draw,
        "step": next_step(progress_of(draw)),
        "steps": Step,
        "way": way(seats=bool(draw.seats), beacon=draw.beacon_counts),
        "wording": wording,
        "mine": next((each for each in draw.counts if each.counter == str(actor())), None),
        "came": sum(seat.handed_in_at is not None for seat in draw.seats),
        "may_leave": draw.state == "sealed" and clock().now() < draw.announced_at,
        "past_hour": clock().now() >= draw.announced_at,
        "waiting": waiting_for(draw),
        **_beacon(draw),
        **forms,
    }
    if refusal is None and form is None:
        return page("draws/run.html", form=None, refusal_text="", **context)
    return again("draws/run.html", form, refusal, status, **context)


def seat_label(seat: SeatRow, lang: Lang) -> str:
    """Name a seat: what the witness is, and who."""
    name = (seat.name_ar or seat.name_fr) if lang == "ar" else (seat.name_fr or seat.name_ar)
    kind = wording.SEATS[seat.kind].say(lang)
    return f"{kind} ({name})" if name else kind


def offer(form: FlaskForm, draw: DrawView, lang: Lang) -> None:
    """Fill what a form lets choose from, as far as it has anything to choose."""
    if isinstance(form, EnvelopeForm | OpeningForm):
        opening = isinstance(form, OpeningForm)
        seats = [
            seat
            for seat in draw.seats
            if (seat.handed_in_at and not seat.opened_at if opening else not seat.handed_in_at)
        ]
        form.seat.choices = [(seat.code, seat_label(seat, lang)) for seat in seats]
        form.with_key = any(seat.has_key for seat in seats)
    if isinstance(form, CancelForm):
        form.reason.choices = [(reason, wording.CANCELS[reason].say(lang)) for reason in CANCEL_REASONS]


def code_of(address: str) -> Markup:
    """Draw an address of elsewhere as a code to scan: small letters count in it, so it is written byte by byte."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(address.encode())
    code.make()
    return qr.svg(tuple("".join("1" if dark else "0" for dark in row) for row in code.get_matrix()), address)


def beacon_of(draw: DrawView) -> BeaconView | None:
    """Give the round that counts, or None: without one in the plan, or once the draw went offline."""
    return draw.beacon if draw.beacon_counts else None


def progress_of(draw: DrawView) -> Progress:
    """Say how far a draw has come."""
    handed_in = [seat for seat in draw.seats if seat.handed_in_at]
    # Once the counting has begun, nobody waits for a witness who does not come; after its hour a beacon is known.
    late = draw.beacon_counts and clock().now() >= draw.announced_at
    return Progress(
        draw.state,
        envelopes_wanted=draw.seats_needed if draw.counts or late else len(draw.seats),
        envelopes_in=len(handed_in),
        envelopes_open=sum(seat.opened_at is not None for seat in draw.seats),
        counts_agree=draw.counts_agree,
        beacon_awaited=(beacon := beacon_of(draw)) is not None and beacon.randomness is None,
        turns_open=len(open_places(draw)),
    )


def open_places(draw: DrawView) -> list[str]:
    """List the prizes that are neither handed over nor withdrawn and whose last turn may still go on."""
    withdrawn = {prize.id for prize in draw.prizes if prize.withdrawn_at}
    done = {turn.place for turn in draw.turns if turn.state == "handed_over"}
    return [pick.place for pick in draw.winners if pick.place not in withdrawn | done]


def waiting_for(draw: DrawView) -> tuple[int, int] | None:
    """Give (have, need) of a head that witnesses have not all signed yet."""
    return next(((have, need) for have, need in draw.cosigned.values() if have < need), None)


def _beacon(draw: DrawView) -> dict[str, Any]:
    """Say where a telephone finds the round that is awaited, as an address and as a code to scan."""
    awaited = beacon_of(draw)
    if draw.state != "closed" or awaited is None or awaited.randomness:
        return {"relay": "", "relay_qr": "", "can_fetch": False}
    address = address_of(awaited.chain, awaited.round)
    return {"relay": address, "relay_qr": code_of(address), "can_fetch": wired("beacon_relays")().offers}
