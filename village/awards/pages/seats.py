"""The organiser seats the jury, links seats to accounts, notes ties, and shares nominees out in a split panel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from flask_babel import gettext as _

from village.awards import actions, queries
from village.awards.actions import NewJuror
from village.awards.forms.preparing import NoteTieForm, SeatForm, SpreadForm
from village.awards.pages import show
from village.awards.pages.common import attempt, bp
from village.awards.pages.preparing import draft
from village.awards.rules import CategoryState, Panel, Seat
from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import current_lang, pick, text_direction
from village.kit.refusal import Refusal
from village.kit.web import deed, edition, page, say_done, wired
from village.kit.wording import say_objections

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as Redirect

    from village.awards.queries import JurorRow

UNPROCESSABLE = 422


@bp.get("/awards/manage/jury")
@requires("awards.manage")
def jury_seats() -> Response:
    """Show the seats of the jury, each with its form."""
    return _seats_page()


@bp.post("/awards/manage/jury")
@requires("awards.manage")
def add_seat() -> Response | Redirect:
    """Seat one more juror."""
    form = _seat_form(None)
    if not form.validate():
        return _seats_page(new=form, status=UNPROCESSABLE)
    try:
        with deed() as opened:
            actions.add_juror(opened, edition_id=edition().id, new=_juror(form))
    except Refusal as refusal:
        return _seats_page(new=form, refusal=refusal, status=409)
    say_done(_("The seat is added."))
    return redirect(url_for("awards.jury_seats"), 303)


@bp.post("/awards/manage/jury/<int:juror_id>")
@requires("awards.manage")
def change_seat(juror_id: int) -> Response | Redirect:
    """Correct a seat, or link it to an account."""
    form = _seat_form(_seat(juror_id))
    if not form.validate():
        return _seats_page(changed=(juror_id, form), status=UNPROCESSABLE)
    try:
        with deed() as opened:
            actions.change_juror(opened, juror_id=juror_id, new=_juror(form))
    except Refusal as refusal:
        return _seats_page(changed=(juror_id, form), refusal=refusal, status=409)
    say_done(_("The seat is changed."))
    return redirect(url_for("awards.jury_seats", _anchor=f"j{juror_id}"), 303)


@bp.post("/awards/manage/jury/<int:juror_id>/drop")
@requires("awards.manage")
def drop_seat(juror_id: int) -> Redirect:
    """Take a seat away that nobody acted from."""
    attempt(lambda opened: actions.drop_juror(opened, juror_id=juror_id), _("The seat is taken away."))
    return redirect(url_for("awards.jury_seats"), 303)


@bp.post("/awards/manage/jury/ties")
@requires("awards.manage")
def note_tie() -> Response | Redirect:
    """Note a tie for a juror who told it."""
    form = _tie_form()
    if not form.validate():
        return _seats_page(tie=form, status=UNPROCESSABLE)
    said = form.reason.data or ""
    try:
        with deed() as opened:
            actions.record_recusal(
                opened,
                juror_id=int(form.juror.data or 0),
                exhibitor_id=int(form.exhibitor.data or 0),
                tie=form.tie.data,
                **{"reason_ar" if text_direction(said) == "rtl" else "reason_fr": said},
            )
    except Refusal as refusal:
        return _seats_page(tie=form, refusal=refusal, status=409)
    say_done(_("The tie is noted. This juror does not mark this nominee."))
    return redirect(url_for("awards.jury_seats", _anchor="ties"), 303)


@bp.get("/awards/manage/<code>/panel")
@requires("awards.manage")
def panel(code: str) -> Response:
    """Show who marks whom in a split panel, to change it."""
    return _panel_page(code, SpreadForm(formdata=None))


@bp.post("/awards/manage/<code>/panel")
@requires("awards.manage")
def assign(code: str) -> Redirect:
    """Keep who marks whom, as ticked."""
    category = draft(code)
    ticked = [each.split("-") for each in request.form.getlist("pair")]
    pairs = {(int(pair[0]), int(pair[1])) for pair in ticked if len(pair) == 2 and all(map(str.isdigit, pair))}  # noqa: PLR2004 - a pair
    attempt(
        lambda opened: actions.assign_jurors(opened, category_id=category.id, pairs=pairs),
        _("Who marks whom is kept."),
    )
    return redirect(url_for("awards.panel", code=code), 303)


@bp.post("/awards/manage/<code>/panel/spread")
@requires("awards.manage")
def spread(code: str) -> Response | Redirect:
    """Share the nominees out evenly."""
    category = draft(code)
    form = SpreadForm()
    if not form.validate():
        return _panel_page(code, form, UNPROCESSABLE)
    attempt(
        lambda opened: actions.assign_evenly(opened, category_id=category.id, each=form.each.data),
        _("The nominees are shared out. Change single ticks where you need to."),
    )
    return redirect(url_for("awards.panel", code=code), 303)


def _panel_page(code: str, form: SpreadForm, status: int = 200) -> Response:
    session, view = db.session(), edition()
    category = queries.get_category(session, view.id, code)
    if category.panel is not Panel.SPLIT:
        raise Refusal("panel_not_split", {"category": category.code})
    return page(
        "awards/panel.html",
        status,
        category=category,
        form=form,
        jurors=queries.list_jurors(session, view.id),
        faces=show.faces_of(session, view.id, [category]),
        assigned=queries.list_assignments(session, view.id)[category.id],
        states=queries.list_row_states(session, view.id),
        is_draft=category.state is CategoryState.DRAFT,
    )


def _seats_page(
    *,
    new: SeatForm | None = None,
    changed: tuple[int, SeatForm] | None = None,
    tie: NoteTieForm | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> Response:
    session, view = db.session(), edition()
    jurors = queries.list_jurors(session, view.id)
    forms = {row.id: _seat_form(row, formdata=None) for row in jurors}
    if changed:
        forms[changed[0]] = changed[1]
    categories = queries.list_categories(session, view.id)
    return page(
        "awards/seats.html",
        status,
        jurors=jurors,
        forms=forms,
        opened_form=changed[0] if changed else None,
        new_form=new or _seat_form(None, formdata=None, suggested=_next_code(jurors)),
        tie_form=tie or _tie_form(formdata=None),
        failed=new or tie or (changed[1] if changed else None),
        recusals=queries.list_recusals(session, view.id),
        exhibitors=show.exhibitors_by_id(session, view.id),
        is_fixed=any(one.state is CategoryState.MARKING for one in categories),
        refusal_text="\n".join(say_objections(refusal, current_lang())) if refusal else "",
    )


def _seat_form(row: JurorRow | None, *, suggested: str = "", **kwargs: Any) -> SeatForm:
    """The form of a seat; many stand on one page, so that each has its own prefix."""
    data: dict[str, Any] = {"code": suggested}
    if row is not None:
        names = ("code", "name_ar", "name_fr", "gender", "body_ar", "body_fr")
        account = str(row.account_id) if row.account_id is not None else ""
        data = {**{name: getattr(row, name) for name in names}, "seat": row.seat.value, "account": account}
    form = SeatForm(prefix=f"j{row.id}-" if row else "new-", data=data, **kwargs)
    accounts: list[tuple[int, str]] = wired("jury_accounts")(db.session())
    form.account.choices = [("", _("Nobody: signed paper")), *((str(number), name) for number, name in accounts)]
    return form


def _tie_form(**kwargs: Any) -> NoteTieForm:
    session, view, lang = db.session(), edition(), current_lang()
    form = NoteTieForm(prefix="tie-", **kwargs)
    form.juror.choices = [
        (str(row.id), pick(lang, row.name_ar, row.name_fr)[0]) for row in queries.list_jurors(session, view.id)
    ]
    rows = show.exhibitors_by_id(session, view.id)
    named = {
        one.exhibitor_id for category in queries.list_categories(session, view.id) for one in category.nominees
    }
    form.exhibitor.choices = [(str(row.id), row.name_in(lang)) for row in rows.values() if row.id in named]
    return form


def _juror(form: SeatForm) -> NewJuror:
    number = form.account.data or ""
    return NewJuror(
        code=form.code.data or "",
        name_ar=form.name_ar.data or "",
        name_fr=form.name_fr.data or "",
        gender=form.gender.data,
        seat=Seat(form.seat.data),
        body_ar=form.body_ar.data or "",
        body_fr=form.body_fr.data or "",
        account_id=int(number) if number.isdigit() else None,
    )


def _seat(juror_id: int) -> JurorRow:
    rows = queries.list_jurors(db.session(), edition().id)
    found = next((row for row in rows if row.id == juror_id), None)
    if found is None:
        raise Refusal("juror_not_found")
    return found


def _next_code(jurors: list[JurorRow]) -> str:
    taken = {row.code for row in jurors}
    return next(code for at in range(1, 100) if (code := f"J{at}") not in taken)
