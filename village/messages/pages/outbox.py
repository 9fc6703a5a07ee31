"""What left, what waits, what failed, and who is to be told by voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, request, url_for
from flask_babel import gettext as _

from village.audit.actions import record
from village.kit import outbox as box
from village.kit.db import db
from village.kit.gateway import ConsoleGateway
from village.kit.guard import requires
from village.kit.mail import ConsoleMailer
from village.kit.refusal import Refusal
from village.kit.web import deed, page, parts, say_done, say_refused
from village.messages.pages.base import bp, the_edition
from village.messages.queries.mailings import list_mailings
from village.people.queries import list_people

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from village.kit.deeds import Deed

_SHOWN = 50
_POST = ("mail", "sms", "webhook")
# What each list shows: kinds and states.
LISTS = {
    "failed": (_POST, ("failed",)),
    "voice": (("voice",), ("waiting",)),
    "waiting": (_POST, ("waiting",)),
    "sent": ((*_POST, "voice"), ("sent",)),
    "dropped": ((*_POST, "voice"), ("dropped",)),
}


@bp.get("/messages")
@requires("messages.send")
def outbox() -> Response:
    """Show the outbox: figures, the last mailings, and one list."""
    edition, session = the_edition(), db.session()
    counts = box.count_outgoing(session)
    totals = {
        name: sum(number for (_about, kind, state), number in counts.items() if kind in kinds and state in states)
        for name, (kinds, states) in LISTS.items()
    }
    show = request.args.get("show", "")
    if show not in LISTS:
        show = next((name for name in ("failed", "voice", "waiting") if totals[name]), "sent")
    kinds, states = LISTS[show]
    before = request.args.get("before", type=int)
    rows = box.list_outgoing(session, kinds=kinds, states=states, before_id=before, limit=_SHOWN + 1)
    more = rows[_SHOWN - 1].id if len(rows) > _SHOWN else None
    rows = rows[:_SHOWN]
    ids = {int(row.whom.removeprefix("person:")) for row in rows if row.whom.startswith("person:")}
    people = {f"person:{row.id}": row for row in list_people(session, edition.id, ids)} if ids else {}
    return page(
        "messages/outbox.html",
        show=show,
        rows=rows,
        people=people,
        totals=totals,
        names=list_names(),
        kinds=kind_names(),
        mailings=list_mailings(session, edition.id),
        next_url=url_for("messages.outbox", show=show, before=more) if more else None,
        first_url=url_for("messages.outbox", show=show) if before else None,
        mail_is_shown=isinstance(parts().mailer, ConsoleMailer),
        sms_is_shown=isinstance(parts().gateway, ConsoleGateway),
        sms_carries=parts().gateway.carries,
    )


@bp.post("/messages/<int:outgoing_id>/again")
@requires("messages.send")
def send_again(outgoing_id: int) -> AnyResponse:
    """Send something that failed once more."""

    def again(opened: Deed) -> None:
        box.replay(opened, outgoing_id)
        record(opened, "message.sent_again", f"outgoing:{outgoing_id}", {"count": 1})

    return _do(again, _("It leaves again."), "failed")


@bp.post("/messages/again")
@requires("messages.send")
def send_all_again() -> AnyResponse:
    """Send all that failed once more, after its cause was mended."""

    def again(opened: Deed) -> None:
        count = box.replay_failed(opened, _POST)
        record(opened, "message.sent_again", "outbox", {"count": count})

    return _do(again, _("All of them leave again."), "waiting")


@bp.post("/messages/<int:outgoing_id>/drop")
@requires("messages.send")
def drop(outgoing_id: int) -> AnyResponse:
    """Give something up that waits or failed."""

    def give_up(opened: Deed) -> None:
        row = box.drop(opened, outgoing_id)
        record(opened, "message.dropped", f"outgoing:{outgoing_id}", {"kind": row.kind})

    return _do(give_up, _("It will not be sent."), request.form.get("show", "failed"))


@bp.post("/messages/<int:outgoing_id>/told")
@requires("messages.send")
def told(outgoing_id: int) -> AnyResponse:
    """Note that somebody was told by voice."""

    def tick(opened: Deed) -> None:
        box.mark_sent(opened, outgoing_id, kind="voice")
        record(opened, "message.told", f"outgoing:{outgoing_id}")

    return _do(tick, _("Noted: told."), "voice")


def list_names() -> dict[str, str]:
    """Name the lists of the outbox."""
    return {
        "failed": _("Messages that did not arrive"),
        "voice": _("To be told by voice"),
        "waiting": _("Waiting to leave"),
        "sent": _("Messages sent"),
        "dropped": _("Messages left out"),
    }


def kind_names() -> dict[str, str]:
    """Name the ways in which things leave."""
    return {
        "mail": _("E-mail"),
        "sms": _("SMS"),
        "webhook": _("Other program"),
        "voice": _("By voice"),
    }


def _do(what: Callable[[Deed], None], done: str, show: str) -> AnyResponse:
    try:
        with deed() as opened:
            what(opened)
    except Refusal as refusal:
        say_refused(refusal)
    else:
        say_done(done)
    return redirect(url_for("messages.outbox", show=show if show in LISTS else "failed"))
