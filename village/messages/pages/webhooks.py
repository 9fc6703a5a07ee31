"""The addresses at which other programs are told of registrations, and what was sent to them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import redirect, request, url_for
from flask_babel import gettext as _

from village.kit.db import db
from village.kit.guard import requires
from village.kit.outbox import count_outgoing, list_outgoing
from village.kit.refusal import Refusal
from village.kit.web import again, deed, keys, page, parts, say_done, say_refused
from village.messages.actions import webhooks as actions
from village.messages.forms.webhooks import ReplayForm, WebhookForm
from village.messages.pages.base import bp, the_edition
from village.messages.queries.webhooks import about, get_webhook, list_webhooks
from village.messages.rules.signing import secret_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from village.kit.deeds import Deed

_SHOWN = 50


@bp.get("/webhooks")
@requires("api.manage")
def webhooks() -> Response:
    """List the addresses with how many calls arrived, wait or failed."""
    session = db.session()
    rows = list_webhooks(session, the_edition().id)
    counts = count_outgoing(session, abouts=[about(row.id) for row in rows]) if rows else {}
    figures = {row.id: _figures(counts, row.id) for row in rows}
    return page("messages/webhooks.html", rows=rows, figures=figures)


@bp.route("/webhooks/new", methods=["GET", "POST"])
@requires("api.manage")
def new_webhook() -> AnyResponse:
    """Add an address and send it a trial."""
    form = WebhookForm()
    if not form.validate_on_submit():
        if request.method == "POST":
            return again("messages/new_webhook.html", form)
        return page("messages/new_webhook.html", form=form)
    try:
        with deed() as opened:
            number = actions.add_webhook(
                opened,
                edition_id=the_edition().id,
                url=(form.url.data or "").strip(),
                events=form.events.data or [],
                note=form.note.data or "",
                anywhere=parts().settings.webhooks == "any",
            )
    except Refusal as refusal:
        return again("messages/new_webhook.html", form, refusal)
    say_done(_("The address is added, and a trial is on its way."))
    return redirect(url_for("messages.webhook", webhook_id=number))


@bp.get("/webhooks/<int:webhook_id>")
@requires("api.manage")
def webhook(webhook_id: int) -> Response:
    """Show an address: its secret, and what was sent to it."""
    session = db.session()
    row = get_webhook(session, the_edition().id, webhook_id)
    before = request.args.get("before", type=int)
    calls = list_outgoing(session, about=about(webhook_id), before_id=before, limit=_SHOWN + 1)
    counts = count_outgoing(session, abouts=[about(webhook_id)])
    answer = page(
        "messages/webhook.html",
        row=row,
        secret=secret_text(keys(), row.id, row.secret_version),
        calls=calls[:_SHOWN],
        next_before=calls[_SHOWN - 1].id if len(calls) > _SHOWN else None,
        figures=_figures(counts, webhook_id),
        reasons=reasons(),
        states=states(),
        replay=ReplayForm(),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/webhooks/<int:webhook_id>/ping")
@requires("api.manage")
def ping(webhook_id: int) -> AnyResponse:
    """Send a trial."""
    return _do(webhook_id, actions.ping_webhook, _("A trial is on its way."))


@bp.post("/webhooks/<int:webhook_id>/secret")
@requires("api.manage")
def renew_secret(webhook_id: int) -> AnyResponse:
    """Make a new secret."""
    return _do(webhook_id, actions.renew_secret, _("The secret is new. Calls are signed with the old one too."))


@bp.post("/webhooks/<int:webhook_id>/stop")
@requires("api.manage")
def stop(webhook_id: int) -> AnyResponse:
    """Tell it nothing more."""
    return _do(webhook_id, actions.stop_webhook, _("The address is stopped."))


@bp.post("/webhooks/<int:webhook_id>/start")
@requires("api.manage")
def start(webhook_id: int) -> AnyResponse:
    """Tell it again."""
    return _do(webhook_id, actions.start_webhook, _("The address is told again."))


@bp.post("/webhooks/<int:webhook_id>/calls/<int:outgoing_id>/again")
@requires("api.manage")
def call_again(webhook_id: int, outgoing_id: int) -> AnyResponse:
    """Send one call again."""

    def replay(opened: Deed, *, edition_id: int, webhook_id: int) -> None:
        actions.replay_one(opened, edition_id=edition_id, webhook_id=webhook_id, outgoing_id=outgoing_id)

    return _do(webhook_id, replay, _("It is on its way again."))


@bp.post("/webhooks/<int:webhook_id>/calls/again")
@requires("api.manage")
def calls_again(webhook_id: int) -> AnyResponse:
    """Send all calls again that failed since a time."""
    form = ReplayForm()
    if not form.validate_on_submit():
        return redirect(url_for("messages.webhook", webhook_id=webhook_id))

    def replay(opened: Deed, *, edition_id: int, webhook_id: int) -> None:
        since = opened.now - timedelta(hours=form.hours.data)
        actions.replay_failed(opened, edition_id=edition_id, webhook_id=webhook_id, since=since)

    return _do(webhook_id, replay, _("What failed since then is on its way again."))


def states() -> dict[str, tuple[str, str]]:
    """Name the states of calls, with the tone of their mark."""
    return {
        "waiting": (_("Waiting"), "wait"),
        "sent": (_("Arrived"), "ok"),
        "failed": (_("Failed"), "bad"),
        "dropped": (_("Not sent any more"), "off"),
    }


def reasons() -> dict[str, str]:
    """Say why a call did not arrive."""
    return {
        "stopped": _("The address was stopped."),
        "gone": _("The other program says that the address is gone."),
        "redirected": _("The other program leads elsewhere; that is not followed."),
        "no answer in time": _("No answer in time"),
        "not reached": _("The other program was not reached."),
        "name unknown": _("The name in the address is unknown."),
        "private address": _("The name leads to a private network."),
        "not allowed": _("The operator does not allow this address."),
    }


def _do(webhook_id: int, action: Callable[..., object], said: str) -> AnyResponse:
    try:
        with deed() as opened:
            action(opened, edition_id=the_edition().id, webhook_id=webhook_id)
    except Refusal as refusal:
        if refusal.code == "webhook_not_found":
            raise
        say_refused(refusal)
    else:
        say_done(said)
    return redirect(url_for("messages.webhook", webhook_id=webhook_id))


def _figures(counts: Mapping[tuple[str, str, str], int], webhook_id: int) -> dict[str, int]:
    return {
        state: sum(
            number for (what, _kind, found), number in counts.items() if what == about(webhook_id) and found == state
        )
        for state in ("sent", "waiting", "failed")
    }
