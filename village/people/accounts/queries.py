"""Reads of accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from village.kit.refusal import Refusal
from village.people.account_models import Account, Passkey
from village.people.models import Person

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class AccountRow:
    """An account as those who keep accounts see it."""

    id: int
    username: str
    roles: tuple[str, ...]
    active: bool
    has_email: bool
    has_second_factor: bool
    passkeys: int
    password_is_given: bool
    name: str
    created_at: datetime


def list_accounts(session: Session) -> list[AccountRow]:
    """List all accounts by user name."""
    passkeys = select(func.count()).select_from(Passkey).where(Passkey.user_id == Account.id).scalar_subquery()
    rows = session.execute(
        select(Account, Person, passkeys)
        .outerjoin(Person, Person.id == Account.person_id)
        .options(selectinload(Account.roles))
        .order_by(Account.username)
    ).all()
    return [_row(account, person, number) for account, person, number in rows]


def get_account(session: Session, account_id: int) -> AccountRow:
    """Return an account.

    Raises:
        Refusal: `account_not_found`.

    """
    for row in list_accounts(session):
        if row.id == account_id:
            return row
    raise Refusal("account_not_found")


def person_of_account(session: Session, account_id: int) -> int | None:
    """Return the id of the person an account belongs to; None where it belongs to none."""
    return session.scalar(select(Account.person_id).where(Account.id == account_id))


def find_account(session: Session, identity: str) -> Account | None:
    """Return the account that a typed user name or mail address names, or None."""
    column = Account.email if "@" in identity else Account.username
    return session.scalar(select(Account).where(column == identity))


def has_accounts(session: Session) -> bool:
    """Tell whether anybody can sign in yet."""
    return session.scalar(select(Account.id).limit(1)) is not None


def _row(account: Account, person: Person | None, passkeys: int) -> AccountRow:
    ar, fr = ("", "") if person is None else (
        f"{person.given_ar} {person.family_ar}".strip(),
        f"{person.given_fr} {person.family_fr}".strip(),
    )
    return AccountRow(
        id=account.id,
        username=account.username,
        roles=tuple(role.name for role in account.roles),
        active=account.active,
        has_email=account.email is not None,
        has_second_factor=account.tf_primary_method is not None,
        passkeys=passkeys,
        password_is_given=account.password_is_given,
        name=ar or fr,
        created_at=account.created_at,
    )
