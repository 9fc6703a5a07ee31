"""Pages of exhibitors: the public directory, one exhibitor, its own page, the organisers' list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, request
from flask_babel import gettext as _
from flask_login import current_user

from village.exhibitors import queries, wording
from village.exhibitors.forms import DirectoryForm
from village.exhibitors.rules import Status
from village.kit.db import db
from village.kit.guard import may, public, requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import edition, page, wired

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from werkzeug.wrappers import Response

    from village.exhibitors.queries import ExhibitorRow
    from village.kit.i18n import Words

bp = Blueprint("exhibitors", __name__)


def _name(names: Sequence[str]) -> str:
    return names[("ar", "fr", "en").index(current_lang())]


def _sector(row: ExhibitorRow) -> str:
    return _name(queries.sector_names(row.sector))


def _branch(row: ExhibitorRow) -> str:
    return _name(queries.branch_names(row.sector, row.branch))


def _province(row: ExhibitorRow) -> str:
    return _name(queries.province_names(row.province_code))


def _say(words: Mapping[str, Words], code: str | None) -> str:
    return words[code].say(current_lang()) if code in words and code else code or ""


def _words() -> dict[str, Any]:
    """What the templates of this feature call to put codes into words."""
    return {
        "sector_of": _sector,
        "branch_of": _branch,
        "province_of": _province,
        "label_of": lambda code: _say(wording.LABELS, code),
        "kind_of": lambda row: _say(wording.KINDS, row.kind),
        "status_of": lambda row: _say(wording.STATUSES, row.status.value),
        "reason_of": lambda row: _say(wording.REASONS, row.decision_reason),
        "presence_of": lambda row: _say(wording.PRESENCES, row.status.value),
        "paper_of": lambda code: _say(wording.PAPERS, code),
    }


def _choices(rows: Iterable[ExhibitorRow]) -> dict[str, list[tuple[str, str]]]:
    found = list(rows)
    sectors = {row.sector: _sector(row) for row in found}
    provinces = {row.province_code: _province(row) for row in found}
    return {
        "sectors": [(code, sectors[code]) for code in queries.sectors() if code in sectors],
        "provinces": sorted(provinces.items(), key=lambda each: each[1]),
    }


@bp.get("/exhibitors")
@public
def index() -> Response:
    """The public directory of the accepted exhibitors, by name, sector and province."""
    view = edition()
    if view is None:
        return page("exhibitors/index.html", rows=[], total=0, form=None, stands={}, **_words())
    session = db.session()
    every = queries.list_placeable(session, view.id)
    form = DirectoryForm(request.args, **_choices(every), every=str(_("All")))
    asked = (form.q.data or "")[:80].strip()
    sector, province = form.sector.data or "", form.province.data or ""
    rows = every
    if asked or sector or province:
        rows = queries.list_exhibitors(
            session, view.id, status=Status.ACCEPTED, sector=sector, province=province, search=asked
        )
    return page(
        "exhibitors/index.html",
        rows=rows,
        total=len(every),
        form=form,
        stands=wired("stand_codes")(session, view.id),
        **_words(),
    )


@bp.get("/exhibitors/<code>")
@public
def show(code: str) -> Response:
    """One exhibitor, as everybody may see it: who it is, what it brings, where it stands."""
    view, session = edition(), db.session()
    if view is None:
        raise Refusal("exhibitor_not_found", {"exhibitor": code})
    row = queries.get_exhibitor_by_code(session, view.id, code)
    manages = may("exhibitors.manage")
    # Who is not accepted is nobody's business but the organisers'.
    if row.status is not Status.ACCEPTED and not manages:
        raise Refusal("exhibitor_not_found", {"exhibitor": code})
    return page(
        "exhibitors/show.html",
        row=row,
        stand=wired("stand_facts")(session, view.id, row.id, current_lang(), explain=manages),
        delegates=queries.list_delegates(session, row, view.id) if manages else [],
        presence=queries.list_presence_of(session, row.id) if manages else [],
        manages=manages,
        tickets=wired("ticket_cards")(exhibitor_id=row.id),
        **_words(),
    )


@bp.get("/exhibitors/own")
@requires("exhibitor.own")
def own() -> Response:
    """The page of an exhibitor's representative: the application, the stand and why, delegates, days."""
    view, session = edition(), db.session()
    row = queries.find_exhibitor_of_account(session, current_user.id)
    if view is None or row is None:
        raise Refusal("exhibitor_unlinked")
    return page(
        "exhibitors/own.html",
        row=row,
        stand=wired("stand_facts")(session, view.id, row.id, current_lang(), explain=True),
        delegates=queries.list_delegates(session, row, view.id),
        presence=queries.list_presence_of(session, row.id),
        tickets=wired("ticket_cards")(exhibitor_id=row.id),
        **_words(),
    )


@bp.get("/exhibitors/manage")
@requires("exhibitors.manage")
def manage() -> Response:
    """Every application with its state, for organisers."""
    view, session = edition(), db.session()
    if view is None:
        return page("exhibitors/manage.html", rows=[], counts={}, stands={}, chosen="", asked="", **_words())
    chosen = request.args.get("status", "")
    status = Status(chosen) if chosen in set(Status) else None
    asked = request.args.get("q", "").strip()[:80]
    return page(
        "exhibitors/manage.html",
        rows=queries.list_exhibitors(session, view.id, status=status, search=asked),
        counts={
            each: (_say(wording.STATUSES, each.value), count)
            for each, count in queries.count_by_status(session, view.id).items()
        },
        stands=wired("stand_codes")(session, view.id),
        chosen=status.value if status else "",
        asked=asked,
        **_words(),
    )
