"""The organiser names who stands for an award, by rule or by hand, and writes the dossiers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from village.awards import actions, queries
from village.awards.forms.preparing import CitationForm, NomineeForm, PhotoForm, RuleForm, dossier_form
from village.awards.pages import show
from village.awards.pages.common import FIGURE_NAMES, attempt, bp
from village.awards.pages.preparing import draft
from village.awards.rules import AwardClass, CategoryState, NomineeRule
from village.exhibitors.queries import province_names, sector_names
from village.exhibitors.rules import Status
from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import LANGS, current_lang
from village.kit.refusal import Refusal
from village.kit.web import deed, edition, page, say_done, storage
from village.kit.wording import say_objections

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flask import Response
    from werkzeug.wrappers import Response as Redirect

    from village.awards.queries import CategoryRow, NomineeRow
    from village.exhibitors.queries import ExhibitorRow
    from village.kit.deeds import Deed

UNPROCESSABLE = 422


@bp.get("/awards/manage/<code>/nominees")
@requires("awards.manage")
def nominees(code: str) -> Response:
    """Show who is named for an award, and the ways to name more."""
    return _nominees_page(queries.get_category(db.session(), edition().id, code))


@bp.post("/awards/manage/<code>/nominees")
@requires("awards.manage")
def nominate(code: str) -> Response | Redirect:
    """Name one by hand."""
    category = draft(code)
    form = NomineeForm()
    if not form.validate():
        return _nominees_page(category, by_hand=form, status=UNPROCESSABLE)
    number = form.exhibitor.data or ""
    attempt(
        lambda opened: actions.nominate(
            opened,
            category_id=category.id,
            exhibitor_id=int(number) if number.isdigit() else None,
            name_ar=form.name_ar.data or "",
            name_fr=form.name_fr.data or "",
        ),
        _("Named."),
    )
    return redirect(url_for("awards.nominees", code=code), 303)


@bp.post("/awards/manage/<code>/nominees/rule")
@requires("awards.manage")
def nominate_by_rule(code: str) -> Response | Redirect:
    """Show whom a rule takes, or name them all."""
    category = draft(code)
    form = _rule_form(_accepted())
    if not form.validate():
        return _nominees_page(category, by_rule=form, status=UNPROCESSABLE)
    rule = NomineeRule(
        sectors=tuple(form.sectors.data or ()),
        provinces=tuple(form.provinces.data or ()),
        womens=form.womens.data,
        newcomers=form.newcomers.data,
        fewest_members=form.fewest_members.data or 0,
    )
    if "look" in request.form:
        taken = queries.list_candidates(db.session(), edition().id, rule)
        return _nominees_page(category, by_rule=form, taken=taken)
    try:
        with deed() as opened:
            new = actions.nominate_by_rule(opened, category_id=category.id, rule=rule)
    except Refusal as refusal:
        return _nominees_page(category, by_rule=form, refusal=refusal, status=409)
    say_done(ngettext("%(num)s exhibitor is named.", "%(num)s exhibitors are named.", len(new)))
    return redirect(url_for("awards.nominees", code=code), 303)


@bp.post("/awards/manage/<code>/nominees/<int:nominee_id>/withdrawal")
@requires("awards.manage")
def withdraw_nominee(code: str, nominee_id: int) -> Redirect:
    """Take a nominee off again."""
    files = storage()

    def take_off(opened: Deed) -> None:
        actions.drop_photos(opened, actions.withdraw_nominee(opened, nominee_id=nominee_id), files)

    attempt(take_off, _("No longer named."))
    return redirect(url_for("awards.nominees", code=code), 303)


@bp.get("/awards/manage/<code>/nominees/<int:nominee_id>")
@requires("awards.manage")
def dossier(code: str, nominee_id: int) -> Response:
    """Show the dossier of a nominee, to write it."""
    category, nominee = _nominee(code, nominee_id)
    return _dossier_page(category, nominee)


@bp.post("/awards/manage/<code>/nominees/<int:nominee_id>")
@requires("awards.manage")
def write_dossier(code: str, nominee_id: int) -> Response | Redirect:
    """Keep the text and the figures of a dossier."""
    category, nominee = _nominee(code, nominee_id)
    form = dossier_form(FIGURE_NAMES)
    if not form.validate():
        return _dossier_page(category, nominee, form=form, status=UNPROCESSABLE)
    seen = form.version.data or ""
    return _kept(
        lambda opened: actions.write_dossier(
            opened,
            nominee_id=nominee_id,
            case_ar=form.case_ar.data or "",
            case_fr=form.case_fr.data or "",
            figures=form.figures(),
            expected=int(seen) if seen.isdigit() else None,
        ),
        category,
        nominee,
        form=form,
    )


@bp.post("/awards/manage/<code>/nominees/<int:nominee_id>/photos")
@requires("awards.manage")
def add_photo(code: str, nominee_id: int) -> Response | Redirect:
    """Put a photo into a dossier."""
    category, nominee = _nominee(code, nominee_id)
    form = PhotoForm()
    if not form.validate():
        return _dossier_page(category, nominee, photo=form, status=UNPROCESSABLE)
    data = form.photo.data.read()
    files = storage()
    return _kept(
        lambda opened: actions.add_photo(
            opened,
            nominee_id=nominee_id,
            data=data,
            storage=files,
            caption_ar=form.caption_ar.data or "",
            caption_fr=form.caption_fr.data or "",
        ),
        category,
        nominee,
        photo=form,
    )


@bp.post("/awards/manage/<code>/nominees/<int:nominee_id>/photos/<int:photo_id>/drop")
@requires("awards.manage")
def drop_photo(code: str, nominee_id: int, photo_id: int) -> Redirect:
    """Take a photo out of a dossier."""
    files = storage()
    attempt(
        lambda opened: actions.drop_photo(opened, photo_id=photo_id, storage=files), _("The photo is taken out.")
    )
    return redirect(url_for("awards.dossier", code=code, nominee_id=nominee_id), 303)


@bp.post("/awards/manage/<code>/nominees/<int:nominee_id>/citation")
@requires("awards.manage")
def cite_honour(code: str, nominee_id: int) -> Response | Redirect:
    """Keep what is read aloud when an honour is given."""
    category, nominee = _nominee(code, nominee_id)
    form = CitationForm()
    if not form.validate():
        return _dossier_page(category, nominee, citation=form, status=UNPROCESSABLE)
    return _kept(
        lambda opened: actions.write_citation(
            opened,
            nominee_id=nominee_id,
            citation_ar=form.citation_ar.data or "",
            citation_fr=form.citation_fr.data or "",
        ),
        category,
        nominee,
        citation=form,
    )


def _kept(
    doing: Callable[[Deed], object], category: CategoryRow, nominee: NomineeRow, **typed: Any
) -> Response | Redirect:
    """Do a deed on a dossier and go back to it; refused, everything typed stays on the page."""
    try:
        with deed() as opened:
            doing(opened)
    except Refusal as refusal:
        return _dossier_page(category, nominee, refusal=refusal, status=409, **typed)
    say_done(_("Kept."))
    return redirect(url_for("awards.dossier", code=category.code, nominee_id=nominee.id), 303)


def _dossier_page(
    category: CategoryRow,
    nominee: NomineeRow,
    *,
    form: Any = None,
    photo: PhotoForm | None = None,
    citation: CitationForm | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> Response:
    kept = {"case_ar": nominee.case_ar, "case_fr": nominee.case_fr, "version": str(nominee.version), **nominee.figures}
    words = {"citation_ar": nominee.citation_ar, "citation_fr": nominee.citation_fr}
    return page(
        "awards/dossier.html",
        status,
        category=category,
        nominee=nominee,
        face=show.faces_of(db.session(), edition().id, [category])[nominee.id],
        form=form or dossier_form(FIGURE_NAMES, formdata=None, data=kept),
        photo_form=photo or PhotoForm(formdata=None),
        citation_form=citation or CitationForm(formdata=None, data=words),
        failed=form or photo or citation,
        figures=tuple(FIGURE_NAMES),
        can_write=category.state in {CategoryState.DRAFT, CategoryState.MARKING},
        can_cite=category.award_class is AwardClass.HONOUR and category.state is not CategoryState.PUBLISHED,
        refusal_text=_said(refusal),
    )


def _nominees_page(
    category: CategoryRow,
    *,
    by_hand: NomineeForm | None = None,
    by_rule: RuleForm | None = None,
    taken: list[ExhibitorRow] | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> Response:
    session, lang = db.session(), current_lang()
    accepted = _accepted()
    named = {one.exhibitor_id for one in category.nominees}
    hand = by_hand or NomineeForm(formdata=None)
    hand.exhibitor.choices = [
        ("", "–"),
        *((str(row.id), f"{row.code} · {row.name_in(lang)}") for row in accepted if row.id not in named),
    ]
    return page(
        "awards/nominees.html",
        status,
        category=category,
        faces=show.faces_of(session, edition().id, [category]),
        by_hand=hand,
        by_rule=by_rule or _rule_form(accepted, formdata=None),
        failed=by_hand or by_rule,
        taken=taken,
        named=named,
        is_draft=category.state is CategoryState.DRAFT,
        is_honour=category.award_class is AwardClass.HONOUR,
        refusal_text=_said(refusal),
    )


def _rule_form(accepted: Iterable[ExhibitorRow], **kwargs: Any) -> RuleForm:
    """The form of a rule, offering the sectors and provinces that there are."""
    at = LANGS.index(current_lang())
    form = RuleForm(**kwargs)
    rows = list(accepted)
    form.sectors.choices = [(code, sector_names(code)[at]) for code in sorted({row.sector for row in rows})]
    form.provinces.choices = [(code, province_names(code)[at]) for code in sorted({row.province_code for row in rows})]
    return form


def _accepted() -> list[ExhibitorRow]:
    rows = show.exhibitors_by_id(db.session(), edition().id).values()
    return [row for row in rows if row.status is Status.ACCEPTED]


def _nominee(code: str, nominee_id: int) -> tuple[CategoryRow, NomineeRow]:
    category = queries.get_category(db.session(), edition().id, code)
    found = next((one for one in category.nominees if one.id == nominee_id), None)
    if found is None:
        raise Refusal("nominee_not_found")
    return category, found


def _said(refusal: Refusal | None) -> str:
    return "\n".join(say_objections(refusal, current_lang())) if refusal else ""
