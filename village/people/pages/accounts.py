"""Pages of accounts: the way in, one's own account, and everybody's for those who keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from village.kit.db import db
from village.kit.guard import may, public, requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import again, deed, page, say_done, say_refused
from village.people.accounts import actions, queries
from village.people.forms import AccountForm, RolesForm
from village.people.permissions import permissions_of
from village.people.queries import get_person
from village.people.wording import ROLE_NAMES

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("people", __name__)

# Where a role's day begins: the first page whose permission is held.
_STARTS = (
    ("dashboard.see", "reports.dashboard"),
    ("registrations.desk", "checkin.gate"),
    ("checkin.admit", "checkin.gate"),
    ("stands.assign", "floor.board"),
    ("awards.mark", "awards.jury"),
    ("draws.run", "draws.index"),
    ("audit.read", "audit.log"),
    ("exhibitor.own", "exhibitors.own"),
)


@bp.app_context_processor
def tell_who() -> dict[str, Any]:
    """Give every page the name of the account and the ways in and out."""
    if not current_user.is_authenticated:
        return {"sign_in_url": url_for("security.login")}
    return {
        "user_name": current_user.username,
        "user_roles": " · ".join(_role_names(role.name for role in current_user.roles)),
        "sign_out_url": url_for("security.logout"),
        "my_account_url": url_for("people.my_account"),
    }


@bp.get("/welcome")
@public
def welcome() -> Response:
    """Lead somebody who has just signed in to the page where the role's day begins."""
    if current_user.is_authenticated and current_user.password_is_given:
        return redirect(url_for("security.change_password"))
    for permission, endpoint in _STARTS:
        if may(permission) and endpoint in current_app.view_functions:
            return redirect(url_for(endpoint))
    return redirect(url_for("editions.home"))


@bp.get("/account")
@public
def my_account() -> Response:
    """Show one's own account and the ways of making it safer."""
    if not current_user.is_authenticated:
        return redirect(url_for("security.login"))
    session = db.session()
    account = queries.get_account(session, current_user.id)
    person_id = queries.person_of_account(session, current_user.id)
    person = get_person(session, person_id) if person_id else None
    return page(
        "people/my_account.html",
        account=account,
        person=person,
        role_names=_role_names(account.roles),
        permissions=sorted(permissions_of(current_user)),
    )


@bp.get("/accounts")
@requires("accounts.manage")
def accounts() -> Response:
    """List all accounts."""
    rows = [(row, _role_names(row.roles)) for row in queries.list_accounts(db.session())]
    return page("people/accounts.html", rows=rows)


@bp.route("/accounts/new", methods=["GET", "POST"])
@requires("accounts.manage")
def new_account() -> Response:
    """Open an account and show its password once, to be handed over."""
    form = AccountForm()
    if request.method == "GET":
        return page("people/new_account.html", form=form)
    if not form.validate_on_submit():
        return again("people/new_account.html", form)
    try:
        with deed() as opened:
            made = actions.create_account(
                opened,
                username=form.username.data,
                email=form.email.data,
                roles=form.roles.data,
                lang=current_lang(),
            )
    except Refusal as refusal:
        return again("people/new_account.html", form, refusal)
    return _handed_over(made.username, made.password)


@bp.route("/accounts/<int:account_id>", methods=["GET", "POST"])
@requires("accounts.manage")
def account(account_id: int) -> Response:
    """Show an account; set its roles."""
    row = queries.get_account(db.session(), account_id)
    form = RolesForm(data={"roles": list(row.roles)})
    shown = {"account": row, "role_names": _role_names(row.roles), "is_own": row.id == current_user.id}
    if request.method == "GET":
        return page("people/account.html", form=form, **shown)
    if not form.validate_on_submit():
        return again("people/account.html", form, **shown)
    try:
        with deed() as opened:
            actions.set_roles(opened, account_id=account_id, roles=form.roles.data)
    except Refusal as refusal:
        return again("people/account.html", form, refusal, **shown)
    say_done(_("The roles are set."))
    return redirect(url_for("people.account", account_id=account_id))


@bp.post("/accounts/<int:account_id>/reset")
@requires("accounts.manage")
def reset(account_id: int) -> Response:
    """Give an account a new password and show it once."""
    with deed() as opened:
        given = actions.reset_account(opened, account_id=account_id)
    return _handed_over(given.username, given.password)


@bp.post("/accounts/<int:account_id>/close")
@requires("accounts.manage")
def close(account_id: int) -> Response:
    """Close an account."""
    try:
        with deed() as opened:
            actions.close_account(opened, account_id=account_id)
    except Refusal as refusal:
        say_refused(refusal)
    else:
        say_done(_("The account is closed."))
    return redirect(url_for("people.account", account_id=account_id))


@bp.post("/accounts/<int:account_id>/open")
@requires("accounts.manage")
def reopen(account_id: int) -> Response:
    """Open a closed account again."""
    with deed() as opened:
        actions.open_account(opened, account_id=account_id)
    say_done(_("The account is open again."))
    return redirect(url_for("people.account", account_id=account_id))


def _handed_over(username: str, password: str) -> Response:
    answer = page("people/handed_over.html", username=username, password=password)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _role_names(roles: Any) -> list[str]:
    return [ROLE_NAMES[role].say(current_lang()) for role in roles if role in ROLE_NAMES]
