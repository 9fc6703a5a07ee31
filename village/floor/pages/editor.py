"""The page on which the hall is drawn; what its script sends goes to `layout.py`, what a form sends comes here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from flask_babel import gettext as _

from village.floor import actions, queries, show_drawing, show_editor
from village.floor.editor_forms import HallForm, StandForm
from village.floor.pages.blueprint import bp, get_hall, get_plan, obstacle_names
from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import UNPROCESSABLE, again, deed, edition, page, say_done, status_of
from village.kit.wording import say_refusal

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from village.floor.queries import LayoutView


@bp.get("/floor/editor")
@requires("stands.assign")
def editor() -> Response:
    """The hall's drawing, to be changed by hand; with `?stand=` the numbers of one stand in a form."""
    if edition() and not queries.list_halls(db.session(), edition().id):
        return redirect(url_for("floor.editor_new"), 303)
    hall = get_hall()
    layout = queries.get_layout(db.session(), hall.id)
    code = request.args.get("stand", "").strip()[:20]
    form = _form(layout)
    form.show(code, layout.things["stand"].get(code))
    return _page(layout, form, open_form="stand" in request.args)


@bp.route("/floor/editor/new", methods=["GET", "POST"])
@requires("stands.assign")
def editor_new() -> Response:
    """Begin a hall: its name and its walls; all else is drawn."""
    if not edition():
        raise Refusal("hall_not_found")
    form = HallForm()
    halls = queries.list_halls(db.session(), edition().id)
    if request.method == "GET":
        form.code.data = f"H{len(halls) + 1}"
        return page("floor/editor_new.html", form=form, halls=halls)
    if not form.validate():
        return page("floor/editor_new.html", UNPROCESSABLE, form=form, halls=halls)
    try:
        with deed() as opened:
            actions.import_floor(
                opened,
                edition_id=edition().id,
                code=str(form.code.data),
                drawing=form.drawing(),
                default_zone="Z1",
                name_ar=form.name_ar.data or None,
                name_fr=form.name_fr.data or None,
            )
    except Refusal as refusal:
        return again("floor/editor_new.html", form, refusal, halls=halls)
    return redirect(url_for("floor.editor", hall=form.code.data), 303)


@bp.post("/floor/editor/form")
@requires("stands.assign")
def editor_form() -> Response:
    """Add, change or remove one stand by numbers."""
    hall = get_hall()
    layout = queries.get_layout(db.session(), hall.id)
    form = _form(layout)
    removes = bool(request.form.get("remove"))
    if not removes and not form.validate():
        return _page(layout, form, status=UNPROCESSABLE)
    try:
        with deed() as opened:
            actions.change_layout(opened, hall_id=hall.id, **_command(form, removes=removes))
    except Refusal as refusal:
        return _refused(hall.id, form, refusal)
    say_done(_("The drawing was changed."))
    gone = {} if removes else {"stand": form.code.data}
    return redirect(url_for("floor.editor", hall=hall.code, **gone, _anchor="by-form"), 303)


def _command(form: StandForm, *, removes: bool) -> dict[str, Any]:
    if removes:
        return {"code": "stand.removed", "steps": [["stand", form.stand.data, form.before(), None]]}
    step = form.step()
    deed_code = "stand.added" if step[2] is None else "stand.renamed" if "code" in step[3] else "stand.changed"
    return {"code": deed_code, "steps": [step]}


def _refused(hall_id: int, form: StandForm, refusal: Refusal) -> Response:
    """The form again with what was typed; after a conflict it believes what the stand is now."""
    layout = queries.get_layout(db.session(), hall_id)
    if refusal.code == "layout_conflict":
        form.show(str(form.stand.data), layout.things["stand"].get(str(form.stand.data)))
    return _page(layout, form, refusal, status_of(refusal))


def _form(layout: LayoutView) -> StandForm:
    options = show_editor.choices(current_lang())
    form = StandForm()
    form.zone.choices = _zones(layout)
    form.back.choices = options["sides"]
    form.circuit.choices = [("", _("none")), *((code, code) for code in sorted(layout.things["circuit"]))]
    form.reserved_for.choices = [("", _("nobody")), *options["reserves"]]
    return form


def _zones(layout: LayoutView) -> list[tuple[str, str]]:
    arabic = current_lang() == "ar"
    return [
        (code, (form["name_ar"] if arabic else form["name_fr"]) or form["name_fr"] or form["name_ar"] or code)
        for code, form in sorted(layout.things["zone"].items())
    ]


def _page(
    layout: LayoutView, form: StandForm, refusal: Refusal | None = None, status: int = 200, *, open_form: bool = True
) -> Response:
    lang, plan = current_lang(), get_plan()
    stands = layout.things["stand"]
    return page(
        "floor/editor.html",
        status,
        hall=plan.hall,
        halls=queries.list_halls(db.session(), edition().id),
        plan=plan,
        stands=show_drawing.drawn(plan, lang),
        zones=dict(_zones(layout)),
        obstacles=obstacle_names(plan),
        found=frozenset(),
        words=show_editor.words(lang),
        urls=_urls(plan.hall.code),
        sectors=show_editor.sector_choices(lang),
        listed=show_editor.listed(stands, lang),
        stand_codes=sorted(stands),
        form=form,
        form_open=open_form,
        refusal_text=say_refusal(refusal, lang) if refusal else "",
        **show_editor.choices(lang),
    )


def _urls(hall: str) -> dict[str, str]:
    ends = {
        "state": "editor_state",
        "command": "editor_command",
        "undo": "editor_undo",
        "redo": "editor_redo",
        "changes": "editor_changes",
        "background": "editor_background",
        "import": "editor_import",
        "json": "editor_export_json",
        "svg": "editor_export_svg",
    }
    return {name: url_for(f"floor.{endpoint}", hall=hall) for name, endpoint in ends.items()}
