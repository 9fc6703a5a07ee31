"""Pages of certificates: the office that issues and prints them, and the public page that verifies one."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, request, send_file, url_for
from flask_babel import gettext as _

from village.certificates import actions, queries
from village.certificates.files import fair_of, print_key, single_file
from village.certificates.forms import ReasonForm, VerifyForm
from village.certificates.rules import State, masked
from village.kit import jobs
from village.kit.db import db
from village.kit.guard import public, requires
from village.kit.i18n import counted, current_lang
from village.kit.locale import preferred_lang
from village.kit.refusal import Refusal
from village.kit.web import again, deed, edition, keys, limiter, page, parts, say_done, storage
from village.kit.wording import say_refusal
from village.workshops.rules import gives_certificate

if TYPE_CHECKING:
    from typing import Any

    from werkzeug.wrappers import Response as AnyResponse

    from village.editions.queries import EditionView

bp = Blueprint("certificates", __name__)
bare = Blueprint("certificates_bare", __name__)

# The kinds of the jobs in jobs.py, which pages do not import.
PRINT, SINGLE = "certificates.print", "certificates.single"
PER_PAGE = 48
_TOKEN_CHARACTERS = 24


@bp.get("/certificates")
@requires("certificates.issue")
def overview() -> Response:
    """Figures, print runs, and the list with its search."""
    now = _edition()
    search = request.args.get("q", "").strip()[:80]
    number = max(1, request.args.get("page", 1, type=int))
    start = 0 if search else (number - 1) * PER_PAGE
    sessions = queries.list_sessions(db.session(), now.id)
    return page(
        "certificates/overview.html",
        figures=queries.certificate_figures(db.session(), now.id),
        sessions=[each for each in sessions.values() if gives_certificate(each.kind)],
        lines=queries.list_lines(db.session(), now, search=search, start=start, limit=PER_PAGE),
        search=search,
        ready=_print_file(now) is not None,
        single=jobs.latest_job(db.session(), SINGLE),
        pager=None if search else _pager(number, queries.count_certificates(db.session(), now.id)),
    )


@bp.post("/certificates/issue")
@requires("certificates.issue")
def issue() -> AnyResponse:
    """Issue every certificate that was earned and not issued yet."""
    with deed() as doing:
        made = actions.issue_batch(doing, edition_id=_edition().id, keys=keys())
    say_done(_("Issued: %(n)s", n=counted("certificate", len(made.ids), current_lang())))
    return redirect(url_for(".overview"))


@bp.post("/certificates/print")
@requires("certificates.issue")
def print_run() -> AnyResponse:
    """Start a print run of all certificates, or of one workshop."""
    workshop = request.form.get("workshop", "", str)
    arguments: dict[str, Any] = {"edition_id": _edition().id}
    if workshop:
        arguments["workshop_id"] = _workshop_id(workshop)
    with deed() as doing:
        job = jobs.start(doing, PRINT, **arguments)
    return redirect(url_for(".run", job_id=job, workshop=workshop or None))


@bp.get("/certificates/print/<int:job_id>")
@requires("certificates.issue")
def run(job_id: int) -> Response:
    """How far a print run has come, and its file."""
    return page("certificates/run.html", job=jobs.get_job(db.session(), job_id), workshop=request.args.get("workshop"))


@bp.get("/certificates/print.pdf")
@requires("certificates.issue")
def print_file() -> Response:
    """Give the file of the newest print run, of all or of one workshop."""
    workshop = request.args.get("workshop", "")
    key = _print_file(_edition(), _workshop_id(workshop) if workshop else None)
    if key is None:
        raise Refusal("certificate_print_not_found")
    name = f"certificates-{workshop or _edition().code}.pdf"
    return send_file(storage().path(key), mimetype="application/pdf", download_name=name)


@bp.post("/certificates/single")
@requires("certificates.issue")
def single_files() -> AnyResponse:
    """Make each person's own file in the background, or go on with it."""
    with deed() as doing:
        jobs.start(doing, SINGLE, edition_id=_edition().id)
    say_done(_("The single files are being made. You can go on working."))
    return redirect(url_for(".overview"))


@bp.get("/certificates/<int:certificate_id>")
@requires("certificates.issue")
def certificate(certificate_id: int) -> Response:
    """One certificate and what can be done with it."""
    return page("certificates/certificate.html", **_shown(certificate_id), form=ReasonForm())


@bp.get("/certificates/<int:certificate_id>/file.pdf")
@requires("certificates.issue")
def staff_pdf(certificate_id: int) -> Response:
    """Give a certificate's own file to staff."""
    return _send(certificate_id)


@bp.get("/certificates/<int:certificate_id>/<token>.pdf")
@public
@limiter.limit("30 per minute")
def own_pdf(certificate_id: int, token: str) -> Response:
    """Give a certificate's own file to whoever holds its link: the person, from their own page."""
    if not hmac.compare_digest(token.encode(), _token(certificate_id).encode()):
        raise Refusal("certificate_not_found")
    return _send(certificate_id)


@bp.post("/certificates/<int:certificate_id>/revoke")
@requires("certificates.issue")
def revoke(certificate_id: int) -> AnyResponse:
    """Take a certificate back."""
    form = ReasonForm()
    if not form.validate_on_submit():
        return again("certificates/certificate.html", form, **_shown(certificate_id))
    try:
        with deed() as doing:
            actions.revoke_certificate(doing, certificate_id=certificate_id, reason=form.reason.data or "")
    except Refusal as refusal:
        return again("certificates/certificate.html", form, refusal, **_shown(certificate_id))
    say_done(_("The certificate is revoked: its page says so from now on."))
    return redirect(url_for(".certificate", certificate_id=certificate_id))


@bp.post("/certificates/<int:certificate_id>/correct")
@requires("certificates.issue")
def correct(certificate_id: int) -> AnyResponse:
    """Issue a certificate anew with the names as they stand now."""
    form = ReasonForm()
    if not form.validate_on_submit():
        return again("certificates/certificate.html", form, **_shown(certificate_id))
    try:
        with deed() as doing:
            new = actions.correct_certificate(doing, certificate_id=certificate_id, reason=form.reason.data or "")
    except Refusal as refusal:
        return again("certificates/certificate.html", form, refusal, **_shown(certificate_id))
    say_done(_("This is the corrected certificate. The old one is no longer valid."))
    return redirect(url_for(".certificate", certificate_id=new))


@bp.get("/certificates/verify")
@public
def verify() -> Response:
    """Ask for the number and the short code of a certificate."""
    return page("certificates/verify.html", form=VerifyForm())


@bp.post("/certificates/verify")
@public
@limiter.limit("10 per minute; 100 per hour")
def verify_typed() -> Response:
    """Show what was typed, or that it names no certificate."""
    form = VerifyForm()
    if not form.validate_on_submit():
        return again("certificates/verify.html", form)
    try:
        found = queries.verify_number(db.session(), form.number.data or "", form.code.data or "")
    except Refusal as refusal:
        return again("certificates/verify.html", form, refusal)
    return _verified(found)


@bare.get("/C")
@public
def verify_short() -> AnyResponse:
    """Lead from the address printed under the code to the form."""
    return redirect(url_for("certificates.verify", lang=preferred_lang()))


@bare.get("/C/<digits>")
@public
@limiter.limit("60 per minute")
def open_code(digits: str) -> Response:
    """Say in words what a scanned certificate is worth."""
    try:
        found = queries.verify_link(db.session(), digits, keys())
    except Refusal as refusal:
        return page("certificates/verified.html", 404, found=None, why=say_refusal(refusal, current_lang()))
    return _verified(found)


def own_certificates(person_id: int) -> list[dict[str, str]]:
    """List a person's valid certificates for their own page: title_ar, title_fr, number and url."""
    lines = queries.list_for_person(db.session(), _edition(), person_id)
    return [
        {
            "title_ar": line.session.title_ar,
            "title_fr": line.session.title_fr,
            "number": line.number,
            "url": url_for(
                "certificates.own_pdf", certificate_id=line.certificate.id, token=_token(line.certificate.id)
            ),
        }
        for line in lines
    ]


def _verified(found: queries.Verified) -> Response:
    row = found.line.certificate
    answer = page(
        "certificates/verified.html",
        found=found,
        why="",
        name_ar=masked(row.name_ar),
        name_fr=masked(row.name_fr),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _shown(certificate_id: int) -> dict[str, Any]:
    now = _edition()
    row = queries.get_certificate(db.session(), certificate_id)
    session = queries.list_sessions(db.session(), row.edition_id)[row.workshop_id]
    return {
        "row": row,
        "session": session,
        "number": row.number_in(now.code),
        "usable": row.state is State.VALID,
    }


def _send(certificate_id: int) -> Response:
    number, path = single_file(
        db.session(), certificate_id, keys=keys(), storage=storage(), address=parts().settings.address
    )
    return send_file(path, mimetype="application/pdf", download_name=f"{number}.pdf")


def _print_file(now: EditionView, workshop_id: int | None = None) -> str | None:
    fair = fair_of(db.session(), now, parts().settings.address)
    key = print_key(db.session(), now, fair, keys(), workshop_id)
    return key if storage().exists(key) else None


def _workshop_id(code: str) -> int:
    for each in queries.list_sessions(db.session(), _edition().id).values():
        if each.code == code:
            return each.id
    raise Refusal("workshop_not_found", {"workshop": code})


def _token(certificate_id: int) -> str:
    return keys().mac("link", f"certificate.{certificate_id}".encode()).hex()[:_TOKEN_CHARACTERS]


def _pager(number: int, total: int) -> dict[str, Any]:
    pages = max(1, -(-total // PER_PAGE))
    return {
        "number": number,
        "pages": pages,
        "total": total,
        "prev_url": url_for(".overview", page=number - 1) if number > 1 else None,
        "next_url": url_for(".overview", page=number + 1) if number < pages else None,
    }


def _edition() -> EditionView:
    found: EditionView | None = edition()
    if found is None:
        raise Refusal("edition_not_found", {"edition": ""})
    return found
