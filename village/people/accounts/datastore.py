"""Where Flask-Security keeps accounts: it changes objects as it likes, and its commit becomes one deed of ours.

So what owners do to their own account (a second factor, a passkey, a recovery code used) is one transaction with its
line in the audit log, like every other change; the session of pages stays for reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import g
from flask_security import SQLAlchemyUserDatastore
from flask_security.signals import user_authenticated
from sqlalchemy import inspect

from village.audit.actions import record
from village.kit.db import db, locked
from village.kit.refusal import Refusal
from village.kit.web import deed
from village.people.account_models import Account, Passkey, Role

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import InstanceState

    from village.kit.deeds import Deed

_PASSKEY_FIELDS = tuple(
    column.key for column in inspect(Passkey).column_attrs if column.key not in {"id", "user_id", "created_at"}
)


class DeedDatastore(SQLAlchemyUserDatastore):
    """Accounts as Flask-Security wants them, written by deeds."""

    def __init__(self) -> None:
        """Read by the session of pages."""
        super().__init__(db, Account, Role, Passkey)

    def commit(self) -> None:
        """Carry all pending changes of accounts over into one deed, and let the reading session forget them."""
        session = self.db.session
        with session.no_autoflush:
            changed = {
                account.id: values
                for account in session.dirty
                if isinstance(account, Account) and (values := _changed(account))
            }
            used = {key.id: values for key in session.dirty if isinstance(key, Passkey) and (values := _changed(key))}
            added = [_new_passkey(key) for key in session.new if isinstance(key, Passkey)]
            removed = [key.id for key in session.deleted if isinstance(key, Passkey)]
        signed_in = g.pop("signed_in", None)
        if not (changed or used or added or removed or signed_in):
            return
        with deed() as opened:
            for account_id, values in changed.items():
                _change_account(opened, account_id, values)
            for owner, values in added:
                _add_passkey(opened, owner, values)
            for passkey_id, values in used.items():
                _set(locked(opened.session, Passkey, passkey_id), values)
            for passkey_id in removed:
                _remove_passkey(opened, passkey_id)
            if signed_in is not None:
                record(opened, "account.signed_in", f"account:{signed_in}")


def init_log_of_sign_ins(app: Flask) -> None:
    """Note each sign-in, to be written with the commit that ends its request."""

    @user_authenticated.connect_via(app)
    def note(_app: Flask, user: Account, authn_via: list[str], **_more: Any) -> None:
        # a session renewed after a change of password is no new sign-in
        if authn_via != ["change"]:
            g.signed_in = user.id

    # a signal holds its receivers weakly
    app.extensions["village.note_sign_in"] = note


def _changed(thing: Account | Passkey) -> dict[str, Any]:
    """Return the columns of a row that were changed since it was read."""
    state: InstanceState[Any] = inspect(thing)
    columns = [attribute.key for attribute in state.mapper.column_attrs]
    return {key: getattr(thing, key) for key in columns if state.attrs[key].history.has_changes()}


def _new_passkey(key: Passkey) -> tuple[int, dict[str, Any]]:
    return key.account.id, {name: getattr(key, name) for name in _PASSKEY_FIELDS}


def _change_account(opened: Deed, account_id: int, values: dict[str, Any]) -> None:
    account = locked(opened.session, Account, account_id)
    if account is None:
        raise Refusal("account_not_found")
    code = _deed_of(account, values)
    # A code that another request has just used up must not be used twice.
    codes = set(account.mf_recovery_codes or ())
    if code == "account.recovery_code_used" and not set(values["mf_recovery_codes"]) < codes:
        raise Refusal("recovery_code_used")
    if "password" in values and "fs_uniquifier" in values:
        account.password_is_given = False
    _set(account, values)
    if code:
        record(opened, code, f"account:{account_id}")


def _deed_of(account: Account, values: dict[str, Any]) -> str | None:
    """Name what was done to an account by what has changed; None for what needs no line (a stronger hash)."""
    if "tf_totp_secret" in values or "tf_primary_method" in values:
        gone = values.get("tf_primary_method", account.tf_primary_method) is None
        return "account.second_factor_removed" if gone else "account.second_factor_set"
    if "mf_recovery_codes" in values:
        fewer = len(values["mf_recovery_codes"] or ()) < len(account.mf_recovery_codes or ())
        return "account.recovery_code_used" if fewer else "account.recovery_codes_made"
    if "password" in values and "fs_uniquifier" in values:
        return "account.password_changed"
    return None


def _add_passkey(opened: Deed, account_id: int, values: dict[str, Any]) -> None:
    opened.session.add(Passkey(user_id=account_id, created_at=opened.now, **values))
    record(opened, "account.passkey_added", f"account:{account_id}")


def _remove_passkey(opened: Deed, passkey_id: int) -> None:
    key = locked(opened.session, Passkey, passkey_id)
    if key is not None:
        opened.session.delete(key)
        record(opened, "account.passkey_removed", f"account:{key.user_id}")


def _set(row: Account | Passkey | None, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
