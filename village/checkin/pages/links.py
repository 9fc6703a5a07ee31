"""The personal links of trainers: shown to organisers with a symbol, sent, and made anew when one went astray."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from flask_babel import gettext as _

from village.checkin import gate
from village.checkin.pages.gates import bp
from village.checkin.pages.paper_codes import bare
from village.checkin.wording import TRAINER_LETTER, TRAINER_SUBJECT, TRAINER_TEXT
from village.kit import qr
from village.kit.db import db
from village.kit.guard import public, requires
from village.kit.i18n import current_lang
from village.kit.locale import preferred_lang
from village.kit.refusal import Refusal
from village.kit.web import deed, keys, page, parts, say_done, say_refused
from village.workshops.actions import renew_trainer_link, send_trainer_link
from village.workshops.queries import list_trainers, list_workshops, trainer_token

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from village.kit.i18n import Lang
    from village.workshops.queries import TrainerRow

_SEE_OTHER = 303
_WRITTEN: tuple[Lang, ...] = ("ar", "fr")


@bp.get("/sheets/trainers")
@requires("registrations.manage")
def trainers() -> Response:
    """List the trainers with their sessions, to hand out their links."""
    edition, session = gate.the_edition(), db.session()
    rows = list_workshops(session, edition.id)
    known = list_trainers(session, edition.id)
    led = {each.id: [row for row in rows if each.id in {one.id for one in row.trainers}] for each in known}
    return page("checkin/trainers.html", trainers=known, led=led)


@bp.get("/sheets/trainers/<code>")
@requires("registrations.manage")
def trainer_link(code: str) -> Response:
    """Show the link of a trainer's page, its symbol, and texts to send."""
    trainer = _trainer(code)
    short = f"{parts().settings.address}/T/{_token(trainer)}".upper()
    return page(
        "checkin/trainer_link.html",
        trainer=trainer,
        link=_link(trainer, current_lang()),
        symbol=qr.svg(qr.matrix(short), _("Page of the trainer")),
        texts=[(lang, _words(trainer, lang)["text"]) for lang in _WRITTEN],
    )


@bp.post("/sheets/trainers/<code>/renew")
@requires("registrations.manage")
def renew_link(code: str) -> AnyResponse:
    """Make a new link; the old one dies."""
    trainer = _trainer(code)
    with deed() as opened:
        renew_trainer_link(opened, trainer.id)
    say_done(_("There is a new link. The old one opens nothing any more."))
    return redirect(url_for("checkin.trainer_link", code=trainer.code), _SEE_OTHER)


@bp.post("/sheets/trainers/<code>/send")
@requires("registrations.manage")
def send_link(code: str) -> AnyResponse:
    """Send the link to the trainer's own telephone or mail."""
    trainer, by_mail = _trainer(code), request.form.get("by") == "mail"
    lang: Lang = "ar" if request.form.get("lang") == "ar" else "fr"
    words = _words(trainer, lang)
    text = words["text"] if by_mail else words["short"]
    try:
        with deed() as opened:
            send_trainer_link(
                opened,
                trainer_id=trainer.id,
                kind="mail" if by_mail else "sms",
                text=text,
                lang=lang,
                subject=words["subject"],
            )
    except Refusal as refusal:
        say_refused(refusal)
    else:
        say_done(_("The link is on its way."))
    return redirect(url_for("checkin.trainer_link", code=trainer.code), _SEE_OTHER)


@bare.get("/T/<token>")
@public
def short_trainer(token: str) -> AnyResponse:
    """Lead from the symbol to a trainer's page, in the language last used."""
    return redirect(url_for("checkin.trainer", lang=preferred_lang(), token=token.lower()))


def _trainer(code: str) -> TrainerRow:
    """Return a trainer by the code.

    Raises:
        Refusal: `trainer_page_not_found`.

    """
    for each in list_trainers(db.session(), gate.the_edition().id):
        if each.code == code.upper():
            return each
    raise Refusal("trainer_page_not_found")


def _token(trainer: TrainerRow) -> str:
    return trainer_token(keys(), gate.the_edition().id, trainer)


def _link(trainer: TrainerRow, lang: Lang) -> str:
    return f"{parts().settings.address}{url_for('checkin.trainer', lang=lang, token=_token(trainer))}"


def _words(trainer: TrainerRow, lang: Lang) -> dict[str, str]:
    """Return what a trainer reads in a language: subject, letter, short message."""
    edition = gate.the_edition()
    facts: dict[str, Any] = {
        "name": trainer.name_ar or trainer.name_fr if lang == "ar" else trainer.name_fr or trainer.name_ar,
        "fair": edition.name_ar if lang == "ar" else edition.name_fr,
    }
    subject, text, short = (each.say(lang, facts) for each in (TRAINER_SUBJECT, TRAINER_LETTER, TRAINER_TEXT))
    # The link stands alone on its line: a sign that turns the writing would become part of it.
    link = _link(trainer, lang)
    return {"subject": subject, "text": f"{text}\n\n{link}", "short": f"{short}\n{link}"}
