"""After the result: winners are called, claim by their badge, receive; or two people void a turn and the next comes."""

from __future__ import annotations

from mimetypes import guess_type
from typing import TYPE_CHECKING, Any

from flask import Response, redirect, request, url_for
from flask_babel import gettext as _

from village.draws import actions, wording
from village.draws.forms import BeaconForm, HandOverForm, ScanForm, VoidForm, WithdrawForm
from village.draws.pages.guide import code_of, waiting_for
from village.draws.pages.rounds import check_first
from village.draws.pages.shared import bp, this_draw
from village.draws.pages.turns import list_places
from village.draws.queries.holders import list_holders
from village.draws.relays import address_of
from village.draws.rules.plan import ABSENT, CALLS_BEFORE_ABSENCE, VOID_REASONS, WITHDRAWAL_REASONS
from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import actor, again, clock, deed, keys, page, say_done, storage, wired

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask_wtf import FlaskForm
    from werkzeug.wrappers import Response as AnyResponse

    from village.draws.queries import DrawView
    from village.kit.deeds import Deed


@bp.get("/draws/<code>/prizes")
@requires("draws.run")
def prizes(code: str) -> Response:
    """Every prize with whose turn it is."""
    return _prizes_page(code)


@bp.post("/draws/<code>/claims")
@requires("draws.run")
def claim_by_badge(code: str) -> AnyResponse:
    """Find the winner by a badge that was scanned or typed."""
    form = ScanForm()

    def claim(opened: Deed, draw: DrawView) -> None:
        actions.claim_by_badge(opened, draw_id=draw.id, person_id=wired("badge_bearer")(form.code.data or ""))

    return _turn(code, _("The badge is the winner’s. The prize can be handed over."), claim, form)


@bp.post("/draws/<code>/prizes/<place>/call")
@requires("draws.run")
def call(code: str, place: str) -> AnyResponse:
    """Call whoever's turn it is."""
    number = request.form.get("number", type=int)
    return _turn(
        code,
        _("The call is written down."),
        lambda o, draw: actions.call_turn(o, draw_id=draw.id, place=place, number=number),
    )


@bp.post("/draws/<code>/prizes/<place>/claim")
@requires("draws.run")
def claim(code: str, place: str) -> AnyResponse:
    """Write down that the winner is here, seen by the commission."""
    return _turn(
        code,
        _("The winner is here. The prize can be handed over."),
        lambda o, draw: actions.claim_turn(o, draw_id=draw.id, place=place, by="desk"),
    )


@bp.post("/draws/<code>/prizes/<place>/void")
@requires("draws.run")
def void(code: str, place: str) -> AnyResponse:
    """Give one of the two words that void a turn."""
    form = VoidForm()
    form.reason.choices = [(reason, reason) for reason in VOID_REASONS]
    done: list[bool] = []

    def sign(opened: Deed, draw: DrawView) -> None:
        done.append(actions.sign_void(opened, draw_id=draw.id, place=place, reason=form.reason.data, keys=keys()))

    return _turn(
        code,
        lambda: _("The turn is void: two people said so.") if done[-1] else _("Your word is written down."),
        sign,
        form,
    )


@bp.post("/draws/<code>/prizes/<place>/replace")
@requires("draws.run")
def replace(code: str, place: str) -> AnyResponse:
    """Let the next one have its turn."""
    return _turn(
        code,
        _("The next one has the turn."),
        lambda o, draw: actions.replace_voided(o, draw_id=draw.id, place=place, keys=keys()),
    )


@bp.post("/draws/<code>/prizes/<place>/beacon")
@requires("draws.run")
def bring_next_beacon(code: str, place: str) -> AnyResponse:
    """Bring in the round that decides who comes after a void: typed, scanned, or fetched from the relays."""
    form = BeaconForm()
    said = _("The round of the beacon is in, and its signature is genuine.")
    if not request.form.get("fetch"):
        return _turn(
            code,
            said,
            lambda o, draw: actions.bring_beacon(o, draw_id=draw.id, signature=form.signature.data),
            form,
            first=lambda draw: check_first(draw, form.signature.data),
        )
    draw = this_draw(code)
    last = next((turn for turn in reversed(draw.turns) if turn.place == place), None)
    refused = Refusal("beacon_not_reached")
    if last is None or last.next_round is None or draw.beacon is None:
        raise Refusal("beacon_not_planned")
    for signature in wired("beacon_relays")().fetch(draw.beacon.chain, last.next_round):
        try:
            check_first(draw, signature)
            with deed() as opened:
                actions.bring_beacon(opened, draw_id=draw.id, signature=signature)
        except Refusal as refusal:
            refused = refusal
            continue
        say_done(said)
        return redirect(url_for(".prizes", code=code), 303)
    return _prizes_page(code, refusal=refused)


@bp.post("/draws/<code>/prizes/<place>/withdraw")
@requires("draws.run")
def withdraw(code: str, place: str) -> AnyResponse:
    """Take a prize out, in public; nobody moves up for it."""
    form = WithdrawForm()
    form.reason.choices = [(reason, reason) for reason in WITHDRAWAL_REASONS]
    return _turn(
        code,
        _("The prize is withdrawn, and everybody sees why."),
        lambda o, draw: actions.withdraw_prize(o, draw_id=draw.id, place=place, reason=form.reason.data),
        form,
    )


@bp.post("/draws/<code>/prizes/<place>/hand-over")
@requires("draws.run")
def hand_over(code: str, place: str) -> AnyResponse:
    """Hand a prize over, with a picture where there is one."""
    form = HandOverForm()
    sent = form.proof.data.read() if form.proof.data else b""

    def give(opened: Deed, draw: DrawView) -> None:
        actions.hand_over(opened, draw_id=draw.id, place=place, proof=sent or None, storage=storage())

    return _turn(code, _("The prize is handed over."), give, form)


@bp.get("/draws/<code>/prizes/<place>/proof")
@requires("draws.run")
def proof(code: str, place: str) -> Response:
    """The picture of the handing over."""
    shown = next((turn for turn in this_draw(code).turns if turn.place == place and turn.proof_key), None)
    if shown is None:
        raise Refusal("draw_proof_not_found")
    key = str(shown.proof_key)
    return Response(storage().get(key), mimetype=guess_type(key)[0] or "application/octet-stream")


def _turn(
    code: str,
    said: str | Callable[[], str],
    change: Callable[[Deed, DrawView], object],
    form: FlaskForm | None = None,
    first: Callable[[DrawView], None] | None = None,
) -> AnyResponse:
    """Do a deed at a prize and show all of them again; `first` takes long and is done before the deed begins."""
    draw = this_draw(code)
    if form is not None and not form.validate():
        return _prizes_page(code, form=form)
    try:
        if first is not None:
            first(draw)
        with deed() as opened:
            _same_turn(opened, draw)
            change(opened, draw)
            # Signed at once, so that whoever takes the bundle now finds this step in it.
            actions.sign_tail(opened, draw_id=draw.id, keys=keys())
    except Refusal as refusal:
        return _prizes_page(code, form=form, refusal=refusal)
    say_done(said if isinstance(said, str) else said())
    return redirect(url_for(".prizes", code=code), 303)


def _same_turn(opened: Deed, draw: DrawView) -> None:
    """Refuse what was meant for a turn that is over: a screen that stood open too long, or somebody who was quicker.

    Raises:
        Refusal: `turn_changed`.

    """
    meant, place = request.form.get("ticket"), str((request.view_args or {}).get("place"))
    if meant and actions.hold_turn(opened, draw_id=draw.id, place=place) not in {None, meant}:
        raise Refusal("turn_changed", {"place": place})


def _prizes_page(code: str, *, form: FlaskForm | None = None, refusal: Refusal | None = None) -> Response:
    draw, lang = this_draw(code), current_lang()
    if draw.state != "drawn":
        raise Refusal("draw_not_drawn", {"code": code})
    holders = list_holders(db.session(), draw)
    context: dict[str, Any] = {
        "draw": draw,
        "prize_places": list_places(draw, holders, str(actor())),
        "wording": wording,
        "waiting": waiting_for(draw),
        "most_calls": CALLS_BEFORE_ABSENCE,
        "void_reasons": [(reason, wording.VOIDS[reason].say(lang)) for reason in VOID_REASONS],
        "absent": ABSENT,
        "withdrawals": [(reason, wording.WITHDRAWALS[reason].say(lang)) for reason in WITHDRAWAL_REASONS],
        "scan_form": form if isinstance(form, ScanForm) else ScanForm(formdata=None),
        "now": clock().now(),
        "can_fetch": wired("beacon_relays")().offers,
        "relay_of": lambda number: address_of(draw.beacon.chain, number) if draw.beacon else "",
        "code_of": code_of,
    }
    if refusal is None and form is None:
        return page("draws/prizes.html", form=None, refusal_text="", **context)
    return again("draws/prizes.html", form, refusal, **context)
