"""Groups: an exhibitor, or staff on its behalf, brings its people to a session; its people come by a link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from village.exhibitors.queries import find_exhibitor, find_exhibitor_of_account, list_delegates, list_placeable
from village.kit import qr
from village.kit.db import db
from village.kit.guard import may, requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import again, deed, keys, page, parts, say_done, say_refused
from village.kit.wording import say_refusal
from village.people.queries import list_people
from village.workshops import queries
from village.workshops.actions import Newcomer
from village.workshops.actions import groups as actions
from village.workshops.forms import GroupForm
from village.workshops.forms.registration import bare as tidy
from village.workshops.forms.registration import names_by_script
from village.workshops.pages import base
from village.workshops.queries import groups as reads

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from village.exhibitors.queries import ExhibitorRow
    from village.workshops.actions.groups import Joined
    from village.workshops.queries import WorkshopRow
    from village.workshops.queries.groups import GroupRow

bp, bare = base.bp, base.bare

_ROWS = 3
_LONGEST = 80


@bp.get("/groups")
@requires("registrations.group")
def groups() -> Response:
    """List the groups that one may see, and open another."""
    return _list(GroupForm())


@bp.post("/groups")
@requires("registrations.group")
def open_group() -> AnyResponse:
    """Open a group for a session."""
    form, exhibitor = GroupForm(), _exhibitor()
    rows = {row.code: row for row in _sessions()}
    form.workshop.choices = [(code, code) for code in rows]
    if not form.validate_on_submit():
        return _list(form, status=422)
    try:
        with deed() as opened:
            group_id = actions.open_group(
                opened,
                workshop_id=rows[form.workshop.data].id,
                exhibitor_id=exhibitor.id if exhibitor else None,
                name=form.name.data or "",
                size=form.size.data or 0,
                together=bool(form.together.data),
            )
    except Refusal as refusal:
        return _list(form, refusal)
    return redirect(url_for("workshops.group", group_id=group_id))


@bp.get("/groups/<int:group_id>")
@requires("registrations.group")
def group(group_id: int) -> Response:
    """Show a group: who is in and how they stand, whom to add, and the link to pass on."""
    return page("workshops/group.html", **_context(_mine(group_id)))


@bp.post("/groups/<int:group_id>/add")
@requires("registrations.group")
def add_to_group(group_id: int) -> AnyResponse:
    """Register chosen delegates and people typed by name."""
    row = _mine(group_id)
    context = _context(row)
    known = {person.id for person in context["delegates"]}
    chosen = [number for number in request.form.getlist("person", type=int) if number in known]
    typed = _typed()
    try:
        newcomers = [_newcomer(row, *each) for each in typed if any(each)]
        with deed() as opened:
            joined = actions.add_to_group(opened, group_id=row.id, person_ids=chosen, newcomers=newcomers)
    except Refusal as refusal:
        context |= {"typed": typed, "chosen": chosen}
        return again("workshops/group.html", None, refusal, **context, refusal_text=_named(refusal))
    _tell(joined)
    return redirect(url_for("workshops.group", group_id=row.id))


@bp.post("/groups/<int:group_id>/leave")
@requires("registrations.group")
def leave_group(group_id: int) -> AnyResponse:
    """Give the place of a member back."""
    row = _mine(group_id)
    person_id = request.form.get("person", 0, type=int)
    try:
        with deed() as opened:
            actions.leave_group(opened, group_id=row.id, person_id=person_id, by_staff=_is_staff())
    except Refusal as refusal:
        say_refused(refusal)
    else:
        say_done(_("Cancelled. Thank you: the place goes to somebody who waits."))
    return redirect(url_for("workshops.group", group_id=row.id))


@bp.post("/groups/<int:group_id>/link")
@requires("registrations.group")
def change_group(group_id: int) -> AnyResponse:
    """Close a group, give it a new link, or let it have more people."""
    row, what = _mine(group_id), request.form.get("what", "")
    try:
        with deed() as opened:
            if what == "close":
                actions.close_group(opened, group_id=row.id)
            elif what == "renew":
                actions.renew_group_link(opened, group_id=row.id)
            else:
                actions.resize_group(opened, group_id=row.id, size=request.form.get("size", 0, type=int))
    except Refusal as refusal:
        say_refused(refusal)
    else:
        done = {"close": _("Nobody else can join now."), "renew": _("The old link is dead. Pass the new one on.")}
        say_done(done.get(what, _("The number is changed.")))
    return redirect(url_for("workshops.group", group_id=row.id))


def _list(form: GroupForm, refusal: Refusal | None = None, status: int | None = None) -> Response:
    edition, exhibitor, sessions = base.the_edition(), _exhibitor(), _sessions()
    form.workshop.choices = [(row.code, row.code) for row in sessions]
    whose = exhibitor.id if exhibitor else None
    found = reads.list_groups(db.session(), edition.id, exhibitor_id=whose)
    if exhibitor is not None and not form.name.data:
        form.name.data = exhibitor.name_in(current_lang())
    context: dict[str, Any] = {
        "groups": found,
        "sessions": sessions,
        "all_sessions": {row.id: row for row in queries.list_workshops(db.session(), edition.id, _ids(found))},
        "exhibitor": exhibitor,
        "exhibitors": list_placeable(db.session(), edition.id) if _is_staff() else [],
        "asked": request.values.get("workshop", ""),
        "words": base.places_in_words,
    }
    if refusal is None and status is None:
        return page("workshops/groups.html", form=form, **context)
    return again("workshops/groups.html", form, refusal, status, **context)


def _context(row: GroupRow) -> dict[str, Any]:
    edition, session = base.the_edition(), db.session()
    workshop = queries.list_workshops(session, edition.id, [row.workshop_id])[0]
    members = reads.list_group_members(session, row)
    people = {p.id: p for p in list_people(session, edition.id, {m.person_id for m in members})}
    exhibitor = find_exhibitor(session, row.exhibitor_id) if row.exhibitor_id else None
    delegates = list_delegates(session, exhibitor, edition.id) if exhibitor else []
    token = reads.group_token(keys(), row.id, row.link_version)
    address = parts().settings.address
    return {
        "group": row,
        "workshop": workshop,
        "modes": base.modes(),
        "words": base.places_in_words(workshop),
        "members": members,
        "people": people,
        "exhibitor": exhibitor,
        "delegates": [person for person in delegates if person.id not in people],
        "link": f"{address}{url_for('workshops.join_group', token=token)}",
        "link_qr": qr.svg(qr.matrix(f"{address.upper()}/G/{token.upper()}"), _("Code of the group")),
        "typed": [("", "", "")] * _ROWS,
        "chosen": [],
    }


def _typed() -> list[tuple[str, str, str]]:
    """Read the rows of people typed by name: first name, family name, telephone."""
    columns = [[tidy(cell)[:_LONGEST] for cell in request.form.getlist(name)] for name in ("given", "family", "phone")]
    return list(zip(*columns, strict=False)) or [("", "", "")] * _ROWS


def _newcomer(row: GroupRow, given: str, family: str, phone: str) -> Newcomer:
    lang = "fr" if current_lang() == "fr" else "ar"
    mark = base.browser_mark()
    names = names_by_script(given, family)
    return Newcomer(**names, phone=phone, organisation=row.name, lang=lang, came_by=mark)


def _named(refusal: Refusal) -> str:
    """Say what objects to a group, one objection a line, and of whom where it is somebody of the list."""
    lang = current_lang()
    ids = {each.facts["person"] for each in refusal.objections if isinstance(each.facts.get("person"), int)}
    names = {p.id: p.name_in(lang) for p in list_people(db.session(), base.the_edition().id, ids)} if ids else {}
    lines = []
    for each in refusal.objections:
        whose = each.facts.get("person")
        name = names.get(whose) if isinstance(whose, int) else None
        lines.append(f"{name}: {say_refusal(each, lang)}" if name else say_refusal(each, lang))
    return "\n".join(dict.fromkeys(lines))


def _tell(joined: list[Joined]) -> None:
    """Say how many have a place, how many wait, and of each who was refused why."""
    sure = sum(each.registered is not None and each.registered.result.value == "confirmed" for each in joined)
    waiting = sum(each.registered is not None for each in joined) - sure
    said = []
    if sure:
        said.append(ngettext("%(num)s person has a place.", "%(num)s people have a place.", sure))
    if waiting:
        said.append(ngettext("%(num)s person waits.", "%(num)s people wait.", waiting))
    if said:
        say_done(" ".join(said))
    refused = [each for each in joined if each.refusal is not None]
    people = {p.id: p for p in list_people(db.session(), base.the_edition().id, {r.person_id for r in refused})}
    for each in refused:
        why = say_refusal(each.refusal, current_lang()) if each.refusal else ""
        flash(f"{people[each.person_id].name_in(current_lang())}: {why}", "refused")


def _sessions() -> list[WorkshopRow]:
    """Return the sessions for which people may register now."""
    rows = queries.list_workshops(db.session(), base.the_edition().id)
    return [row for row in rows if not base.why_closed(row)]


def _ids(found: list[GroupRow]) -> set[int]:
    return {each.workshop_id for each in found}


def _is_staff() -> bool:
    return may("registrations.desk")


def _exhibitor() -> ExhibitorRow | None:
    """Return the exhibitor for whom one acts: one's own, or the one that staff chose; None for staff without one.

    Raises:
        Refusal: `exhibitor_unlinked` for an exhibitor's account that belongs to none.

    """
    session = db.session()
    if not _is_staff():
        own = find_exhibitor_of_account(session, current_user.id)
        if own is None:
            raise Refusal("exhibitor_unlinked")
        return own
    asked = request.values.get("exhibitor", "")
    rows = list_placeable(session, base.the_edition().id) if asked else []
    return next((row for row in rows if row.code == asked), None)


def _mine(group_id: int) -> GroupRow:
    """Return a group of this edition that one may see.

    Raises:
        Refusal: `group_not_found`.

    """
    row = reads.get_group(db.session(), group_id)
    mine = _is_staff()
    if not mine:
        own = _exhibitor()
        mine = own is not None and own.id == row.exhibitor_id
    if row.edition_id != base.the_edition().id or not mine:
        raise Refusal("group_not_found")
    return row
