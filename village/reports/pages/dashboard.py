"""The organiser's dashboard with the rows behind its figures, agreements and recommendations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import current_app, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from village.exhibitors.queries import list_exhibitors
from village.kit.db import db
from village.kit.guard import may, requires
from village.kit.web import clock, edition, page
from village.people.queries import list_people
from village.reports import queries
from village.reports.pages import base
from village.reports.rules import SMALL, YOUTH, Task, next_steps, part_of

if TYPE_CHECKING:
    from flask import Response

    from village.people.queries import PersonRow
    from village.reports.rules import Figures

bp = base.bp
# Where the rows behind a figure are; the first address that exists is taken.
_ROWS: Final = {
    "stands": ("stands.assign", ("floor.board", "floor.plan")),
    "exhibitors": ("exhibitors.manage", ("exhibitors.manage",)),
    "registrations": ("registrations.manage", ("workshops.registrations",)),
    "badges": ("badges.print", ("badges.badges", "badges.overview")),
    "presence": ("registrations.manage", ("checkin.attendance",)),
    "certificates": ("certificates.issue", ("certificates.certificates", "certificates.overview")),
    "awards": ("awards.manage", ("awards.manage",)),
    "draws": ("draws.run", ("draws.commission", "draws.draws", "draws.index")),
    "log": ("audit.read", ("audit.log",)),
    "decisions": ("dashboard.see", ("reports.decisions",)),
}
_PLACE_OF: Final = {
    Task.DECIDE: "exhibitors",
    Task.ASSIGN: "stands",
    Task.PRINT_BADGES: "badges",
    Task.ISSUE: "certificates",
    Task.RULE_AWARDS: "awards",
    Task.OPEN_AWARDS: "awards",
    Task.PUBLISH_AWARDS: "awards",
    Task.RUN_DRAW: "draws",
    Task.TRANSLATE: "decisions",
}


@bp.get("/dashboard")
@requires("dashboard.see")
def dashboard() -> Response:
    """Show the fair in figures, and what needs doing next."""
    view = edition()
    if view is None:
        return page("reports/no_edition.html")
    found = queries.get_dashboard(db.session(), view.id)
    figures = found.figures
    return page(
        "reports/dashboard.html",
        figures=figures,
        women=part_of(figures.women, figures.gender_known),
        youth=part_of(figures.youth, figures.age_known),
        provinces=[(share, base.province(share.key)) for share in found.provinces.shares],
        most=found.provinces.most,
        small=SMALL,
        steps=[(_say_step(one.task, one.count), _rows(_PLACE_OF[one.task])) for one in next_steps(figures)],
        rows=_rows,
        awards=_award_states(figures),
        draws=_draw_states(figures),
        log_root=found.log_root,
        now=clock().now(),
    )


@bp.get("/dashboard/people")
@requires("dashboard.see")
def people() -> Response:
    """Show the persons behind a figure: all, women, young people, or those of a province."""
    session, view = db.session(), edition()
    found = [row for row in list_people(session, view.id) if _asked_for(row)] if view else []
    wanted: dict[str, Any] = {key: value for key, value in request.args.items() if key in {"gender", "age", "province"}}
    return base.people_page(found, title=_people_title(wanted), back=url_for("reports.dashboard"), **wanted)


@bp.get("/dashboard/decisions")
@requires("dashboard.see")
def decisions() -> Response:
    """Show agreements and recommendations side by side in Arabic and French."""
    session, view = db.session(), edition()
    if view is None:
        return page("reports/no_edition.html")
    return page(
        "reports/decisions.html",
        agreements=queries.list_agreements(session, view.id),
        recommendations=queries.list_recommendations(session, view.id),
        exhibitors={row.id: row for row in list_exhibitors(session, view.id)},
    )


def _rows(place: str) -> str | None:
    """The address of the rows behind a figure, for those who may open it."""
    permission, endpoints = _ROWS[place]
    if not may(permission):
        return None
    return next((url_for(one) for one in endpoints if one in current_app.view_functions), None)


def _asked_for(row: PersonRow) -> bool:
    gender, age, province = (request.args.get(name, "") for name in ("gender", "age", "province"))
    return (
        (not gender or row.gender == gender)
        and (age != "youth" or row.age_band in YOUTH)
        and (not province or row.province_code == province)
    )


def _people_title(wanted: dict[str, Any]) -> str:
    if "province" in wanted:
        return str(_("People of the province %(name)s", name=base.province(wanted["province"])))
    if wanted.get("gender") == "f":
        return str(_("Women"))
    return str(_("Young people (18 to 34)") if wanted.get("age") == "youth" else _("All people"))


def _say_step(task: Task, count: int) -> str:
    sentences: dict[Task, Any] = {
        Task.DECIDE: lambda n: ngettext("%(num)s application to decide", "%(num)s applications to decide", n),
        Task.ASSIGN: lambda n: ngettext("%(num)s stand to assign", "%(num)s stands to assign", n),
        Task.PRINT_BADGES: lambda n: ngettext("%(num)s badge to print", "%(num)s badges to print", n),
        Task.ISSUE: lambda n: ngettext("%(num)s certificate to issue", "%(num)s certificates to issue", n),
        Task.RULE_AWARDS: lambda n: ngettext("Rules of %(num)s award to fix", "Rules of %(num)s awards to fix", n),
        Task.OPEN_AWARDS: lambda n: ngettext("Marks of %(num)s award to open", "Marks of %(num)s awards to open", n),
        Task.PUBLISH_AWARDS: lambda n: ngettext("%(num)s award to publish", "%(num)s awards to publish", n),
        Task.RUN_DRAW: lambda n: ngettext("%(num)s draw to hold", "%(num)s draws to hold", n),
        Task.TRANSLATE: lambda n: ngettext("%(num)s translation missing", "%(num)s translations missing", n),
    }
    return str(sentences[task](count))


def _award_states(figures: Figures) -> list[tuple[str, str, int]]:
    names = {
        "draft": (_("Rules to be fixed"), "off"),
        "marking": (_("Being marked"), "wait"),
        "opened": (_("Marks open"), "info"),
        "published": (_("Published"), "ok"),
    }
    return [(*names[state], figures.awards[state]) for state in names if figures.awards.get(state)]


def _draw_states(figures: Figures) -> list[tuple[str, str, int]]:
    names = {
        "open": (_("Being prepared"), "off"),
        "sealed": (_("List committed"), "wait"),
        "closed": (_("Closed, not drawn"), "wait"),
        "revealed": (_("Seed revealed"), "info"),
        "drawn": (_("Drawn"), "ok"),
        "cancelled": (_("Draw called off"), "off"),
    }
    return [(*names.get(state, (state, "info")), count) for state, count in figures.draws.items()]
