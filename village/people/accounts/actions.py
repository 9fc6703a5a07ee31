"""Deeds on accounts by those who keep them. What owners do to their own account goes through `datastore.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from argon2 import PasswordHasher
from sqlalchemy import func, select

from village.audit.actions import record
from village.kit.db import locked
from village.kit.refusal import Refusal
from village.people.account_models import Account, Role
from village.people.accounts.rules import (
    clean_username,
    make_password,
    normal_password,
    why_not_account,
    why_not_roles,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from village.kit.deeds import Deed

# OWASP's smallest argon2id for sign-in: 19 MiB, two passes; an old laptop serves four sign-ins at once with it.
ARGON2: Final = {"memory_cost": 19456, "time_cost": 2, "parallelism": 1}
_HASHER = PasswordHasher(ARGON2["time_cost"], ARGON2["memory_cost"], ARGON2["parallelism"])


@dataclass(frozen=True)
class AccountCreated:
    """A new account. `password` is what was given or made; it is nowhere else to be read."""

    id: int
    username: str
    password: str
    uniquifier: str


@dataclass(frozen=True)
class PasswordGiven:
    """A password set by somebody else, to be handed over once."""

    account_id: int
    username: str
    password: str


def create_account(
    deed: Deed,
    *,
    username: str,
    roles: Sequence[str],
    password: str | None = None,
    person_id: int | None = None,
    email: str | None = None,
    lang: str = "ar",
) -> AccountCreated:
    """Make an account.

    Args:
        deed: the open deed.
        username: 3 to 64 small Latin letters, digits and single . _ - between them.
        roles: names of `people.permissions.ROLES`, at least one.
        password: made by chance when left out; the owner is then asked to choose another.
        person_id: the person it belongs to, where there is a row of one.
        email: for password recovery; may be left out.
        lang: language of the account's mails.

    Raises:
        Refusal: `username_malformed`, `account_without_role`, `role_unknown`, `password_too_short`,
            `password_too_long`, `password_holds_username`, `username_taken`, `email_taken`.

    """
    name, address = clean_username(username), _clean_email(email)
    chosen = password or make_password(deed.chance)
    objections = [*why_not_account(name, roles, chosen), *_why_not_free(deed.session, name, address)]
    if objections:
        raise Refusal.of(objections)
    account = Account(
        username=name,
        email=address,
        password=_hash(chosen),
        password_is_given=password is None,
        person_id=person_id,
        lang=lang,
        active=True,
        created_at=deed.now,
        fs_uniquifier=deed.chance.token_bytes(32).hex(),
        fs_webauthn_user_handle=deed.chance.token_bytes(32).hex(),
        roles=_roles(deed.session, roles),
    )
    deed.session.add(account)
    deed.session.flush()
    record(deed, "account.created", f"account:{account.id}", {"roles": ", ".join(sorted(set(roles)))})
    return AccountCreated(account.id, name, chosen, account.fs_uniquifier)


def set_roles(deed: Deed, *, account_id: int, roles: Sequence[str]) -> None:
    """Give an account exactly these roles.

    Raises:
        Refusal: `account_not_found`, `account_without_role`, `role_unknown`, `last_organiser`.

    """
    account = _get(deed.session, account_id)
    objections = why_not_roles(roles)
    if objections:
        raise Refusal.of(objections)
    if "organiser" not in roles:
        _keep_one_organiser(deed.session, account)
    account.roles = _roles(deed.session, roles)
    record(deed, "account.roles_set", f"account:{account.id}", {"roles": ", ".join(sorted(set(roles)))})


def close_account(deed: Deed, *, account_id: int) -> None:
    """Close an account: nobody signs in with it any more and its open sessions end. It can be opened again.

    Raises:
        Refusal: `account_not_found`, `own_account`, `last_organiser`.

    """
    account = _get(deed.session, account_id)
    if str(account.id) == deed.actor.id and deed.actor.kind == "account":
        raise Refusal("own_account")
    _keep_one_organiser(deed.session, account)
    if not account.active:
        return
    account.active = False
    account.fs_uniquifier = deed.chance.token_bytes(32).hex()
    record(deed, "account.closed", f"account:{account.id}")


def open_account(deed: Deed, *, account_id: int) -> None:
    """Open a closed account again.

    Raises:
        Refusal: `account_not_found`.

    """
    account = _get(deed.session, account_id)
    if account.active:
        return
    account.active = True
    record(deed, "account.opened", f"account:{account.id}")


def reset_account(deed: Deed, *, account_id: int) -> PasswordGiven:
    """Give an account a new password by chance, for an owner who has no mail address or has lost the phone.

    The second factor, recovery codes and passkeys are taken away and every open session ends.

    Raises:
        Refusal: `account_not_found`.

    """
    account = _get(deed.session, account_id)
    password = make_password(deed.chance)
    account.password, account.password_is_given = _hash(password), True
    account.tf_primary_method = account.tf_totp_secret = account.mf_recovery_codes = None
    account.webauthn.clear()
    account.fs_uniquifier = deed.chance.token_bytes(32).hex()
    record(deed, "account.reset", f"account:{account.id}")
    return PasswordGiven(account.id, account.username, password)


def _hash(password: str) -> str:
    return _HASHER.hash(normal_password(password))


def _clean_email(email: str | None) -> str | None:
    return email.strip().lower() or None if email else None


def _get(session: Session, account_id: int) -> Account:
    account = locked(session, Account, account_id)
    if account is None:
        raise Refusal("account_not_found")
    return account


def _roles(session: Session, names: Sequence[str]) -> list[Role]:
    """Return the rows of roles, made where this installation has not used one before."""
    known = {role.name: role for role in session.scalars(select(Role).where(Role.name.in_(names)))}
    return [known.get(name) or Role(name=name) for name in sorted(set(names))]


def _why_not_free(session: Session, username: str, email: str | None) -> list[Refusal]:
    taken = session.execute(
        select(Account.username, Account.email).where((Account.username == username) | (Account.email == email))
    ).all()
    objections = []
    if any(row.username == username for row in taken):
        objections.append(Refusal("username_taken", {"username": username}))
    if email and any(row.email == email for row in taken):
        objections.append(Refusal("email_taken"))
    return objections


def _keep_one_organiser(session: Session, leaving: Account) -> None:
    """Refuse to lock the fair's own people out."""
    if not leaving.active or "organiser" not in {role.name for role in leaving.roles}:
        return
    others = session.scalar(
        select(func.count())
        .select_from(Account)
        .join(Account.roles)
        .where(Role.name == "organiser", Account.active.is_(True), Account.id != leaving.id)
    )
    if not others:
        raise Refusal("last_organiser")
