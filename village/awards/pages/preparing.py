"""The organiser sets awards up: what each is, how it is given, by what it is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from flask_babel import gettext as _

from village.awards import actions, queries
from village.awards.actions import CategoryFacts, NewCriterion
from village.awards.forms.preparing import CategoryForm
from village.awards.pages.common import attempt, bp
from village.awards.rules import AwardClass, CategoryState, CriterionKind, Panel, TieRule
from village.kit.clock import instant, local
from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import current_lang, pick
from village.kit.refusal import Refusal
from village.kit.web import again, deed, edition, page, say_done, storage, wired

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime, time

    from flask import Response
    from werkzeug.wrappers import Response as Redirect

    from village.awards.queries import CategoryRow

PUBLIC_CODE = "public"
PUBLIC_AR, PUBLIC_FR = "تصويت الزوار", "Vote des visiteurs"
FIRST_ROWS = 4


@bp.route("/awards/manage/new", methods=["GET", "POST"])
@requires("awards.manage")
def new_category() -> Response | Redirect:
    """Set up an award."""
    view = edition()
    if view is None:
        raise Refusal("edition_not_found")
    form = CategoryForm(data=None if request.method == "POST" else _suggested(view.id))
    if (answer := _not_yet(form, None)) is not None:
        return answer
    try:
        with deed() as opened:
            category_id = actions.create_category(
                opened, edition_id=view.id, code=form.code.data or "", facts=_facts(form, view.zone)
            )
            actions.set_criteria(opened, category_id=category_id, criteria=_criteria(form))
    except Refusal as refusal:
        return again("awards/setup.html", form, refusal, category=None)
    say_done(_("The award is set up. Now name the nominees."))
    if form.award_class.data == AwardClass.CHANCE:
        return redirect(url_for("awards.manage", _anchor=f"c{category_id}"), 303)
    return redirect(url_for("awards.nominees", code=form.code.data), 303)


@bp.route("/awards/manage/<code>/edit", methods=["GET", "POST"])
@requires("awards.manage")
def edit_category(code: str) -> Response | Redirect:
    """Change an award whose rules are not fixed yet."""
    view = edition()
    category = draft(code)
    form = CategoryForm(data=None if request.method == "POST" else _as_typed(category, view.zone))
    form.code.data = category.code
    if (answer := _not_yet(form, category)) is not None:
        return answer
    expected = int(form.version.data) if (form.version.data or "").isdigit() else None
    try:
        with deed() as opened:
            version = actions.change_category(
                opened, category_id=category.id, facts=_facts(form, view.zone), expected=expected
            )
            actions.set_criteria(opened, category_id=category.id, criteria=_criteria(form), expected=version)
    except Refusal as refusal:
        return again("awards/setup.html", form, refusal, category=category)
    say_done(_("The award is changed."))
    return redirect(url_for("awards.manage", _anchor=f"c{category.id}"), 303)


@bp.post("/awards/manage/<code>/drop")
@requires("awards.manage")
def drop_category(code: str) -> Redirect:
    """Take an award away whose rules were never fixed."""
    category = draft(code)
    files = storage()

    def drop(opened: Any) -> None:
        actions.drop_photos(opened, actions.drop_category(opened, category_id=category.id), files)

    attempt(drop, _("The award is taken away."))
    return redirect(url_for("awards.manage"), 303)


@bp.post("/awards/manage/<int:category_id>/honours")
@requires("awards.manage")
def confirm_honours(category_id: int) -> Redirect:
    """Fix who is honoured."""
    attempt(
        lambda opened: actions.confirm_honours(opened, category_id=category_id),
        _("The honours are confirmed. They can be published."),
    )
    return redirect(url_for("awards.manage", _anchor=f"c{category_id}"), 303)


def draft(code: str) -> CategoryRow:
    """Return an award that may still be changed. Refusals: `category_not_found`, `rules_already_committed`."""
    category = queries.get_category(db.session(), edition().id, code)
    if category.state is not CategoryState.DRAFT:
        raise Refusal("rules_already_committed", {"category": category.code})
    return category


def _not_yet(form: CategoryForm, category: CategoryRow | None) -> Response | None:
    """Show the form until it is sent whole; one more criterion is only shown, nothing is kept."""
    form.draw_code.choices = _draws()
    if not form.is_submitted():
        return page("awards/setup.html", form=form, category=category, refusal_text="")
    if request.form.get("add") == "criteria":
        form.criteria.append_entry()
        return page("awards/setup.html", form=form, category=category, refusal_text="")
    if not form.validate():
        return again("awards/setup.html", form, None, category=category)
    return None


def _draws() -> list[tuple[str, str]]:
    rows: Iterable[tuple[str, str, str]] = wired("draw_titles")(db.session(), edition().id)
    lang = current_lang()
    return [("", "–"), *((code, f"{code} · {pick(lang, ar, fr)[0]}") for code, ar, fr in rows)]


def _facts(form: CategoryForm, zone: str) -> CategoryFacts:
    merit = form.award_class.data == AwardClass.MERIT
    vote = bool(form.vote_weight.data) and merit
    by_draw = form.award_class.data == AwardClass.CHANCE
    return CategoryFacts(
        name_ar=form.name_ar.data or "",
        name_fr=form.name_fr.data or "",
        name_en=form.name_en.data or None,
        winners=form.winners.data,
        trophy_ar=form.trophy_ar.data or "",
        trophy_fr=form.trophy_fr.data or "",
        award_class=AwardClass(form.award_class.data),
        draw_code=(form.draw_code.data or "") if by_draw else "",
        tie_rule=TieRule(form.tie_rule.data) if merit else TieRule.EX_AEQUO,
        panel=Panel(form.panel.data) if merit else Panel.ALL,
        vote_opens_at=_instant(form.vote_day.data, form.vote_time.data, zone) if vote else None,
        vote_closes_at=_instant(form.vote_last_day.data, form.vote_last_time.data, zone) if vote else None,
    )


def _instant(day: date | None, at: time | None, zone: str) -> datetime | None:
    return instant(day, at, zone) if day and at else None


def _criteria(form: CategoryForm) -> list[NewCriterion]:
    """What was typed as criteria; a new one gets the first code that is free."""
    if form.award_class.data != AwardClass.MERIT:
        return []
    rows = [row.form for row in form.criteria if not row.form.is_empty]
    taken = {row.code.data for row in rows if row.code.data}
    free = (code for at in range(1, 100) if (code := f"c{at}") not in taken)
    found = [
        NewCriterion(
            code=row.code.data or next(free),
            name_ar=row.name_ar.data or "",
            name_fr=row.name_fr.data or "",
            weight=row.weight.data,
            help_ar=row.help_ar.data or "",
            help_fr=row.help_fr.data or "",
        )
        for row in rows
    ]
    if form.vote_weight.data:
        found.append(
            NewCriterion(PUBLIC_CODE, PUBLIC_AR, PUBLIC_FR, form.vote_weight.data, kind=CriterionKind.PUBLIC)
        )
    return found


def _suggested(edition_id: int) -> dict[str, Any]:
    taken = {row.code for row in queries.list_categories(db.session(), edition_id)}
    code = next(name for at in range(1, 100) if (name := f"AW{at}") not in taken)
    return {"code": code, "criteria": [{} for _each in range(FIRST_ROWS)]}


def _as_typed(category: CategoryRow, zone: str) -> dict[str, Any]:
    jury = [one for one in category.criteria if one.kind is CriterionKind.JURY]
    weight = sum(one.weight for one in category.criteria if one.kind is CriterionKind.PUBLIC)
    opens = local(category.vote_opens_at, zone) if category.vote_opens_at else None
    closes = local(category.vote_closes_at, zone) if category.vote_closes_at else None
    names = ("code", "name_ar", "name_fr", "name_en", "trophy_ar", "trophy_fr", "winners", "draw_code")
    return {
        **{name: getattr(category, name) for name in names},
        "version": str(category.version),
        "award_class": category.award_class.value,
        "tie_rule": category.tie_rule.value,
        "panel": category.panel.value,
        "criteria": [
            {name: getattr(one, name) for name in ("code", "name_ar", "name_fr", "weight", "help_ar", "help_fr")}
            for one in jury
        ]
        or [{}],
        "vote_weight": weight or None,
        "vote_day": opens.date() if opens else None,
        "vote_time": opens.time() if opens else None,
        "vote_last_day": closes.date() if closes else None,
        "vote_last_time": closes.time() if closes else None,
    }
