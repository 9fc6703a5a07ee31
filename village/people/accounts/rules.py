"""What a user name and a password must be; pure."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from village.kit.refusal import Refusal
from village.people.permissions import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from village.kit.chance import Chance

# Long enough that guessing at the permitted rate is hopeless; a sentence is welcome (NIST SP 800-63B, 3.1.1.2).
PASSWORD_MIN: Final = 8
PASSWORD_MAX: Final = 200
_USERNAME = re.compile(r"[a-z0-9]+([._-][a-z0-9]+)*")
_USERNAME_LENGTHS: Final = range(3, 65)
# No letter or digit that is taken for another when read out or written by hand.
_CLEAR: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS: Final = 3
_GROUP: Final = 4


def clean_username(text: str) -> str:
    """Return a user name as it is stored: without spaces around, in small letters."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def normal_password(text: str) -> str:
    """Return a password in the one form that is hashed (NFKD), whatever keyboard typed it."""
    return unicodedata.normalize("NFKD", text)


def why_not_account(username: str, roles: Sequence[str], password: str) -> list[Refusal]:
    """List what stands against an account with this user name, these roles and this password."""
    return [
        *_why_not_username(username),
        *why_not_roles(roles),
        *why_not_password(password, username),
    ]


def why_not_password(password: str, username: str) -> list[Refusal]:
    """List what stands against a password: too short, too long, or the user name itself."""
    if len(password) < PASSWORD_MIN:
        return [Refusal("password_too_short", {"least": PASSWORD_MIN})]
    if len(password) > PASSWORD_MAX:
        return [Refusal("password_too_long", {"most": PASSWORD_MAX})]
    if username and username in password.lower() and len(password) - len(username) < PASSWORD_MIN:
        return [Refusal("password_holds_username")]
    return []


def why_not_roles(roles: Sequence[str]) -> list[Refusal]:
    """List what stands against a set of roles: none at all, or one that does not exist."""
    if not roles:
        return [Refusal("account_without_role")]
    return [Refusal("role_unknown", {"role": role}) for role in roles if role not in ROLES]


def make_password(chance: Chance) -> str:
    """Make a password to hand over on paper: three groups of four clear letters and digits (59 bits)."""
    groups = ("".join(_CLEAR[chance.below(len(_CLEAR))] for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def _why_not_username(username: str) -> Iterable[Refusal]:
    if len(username) not in _USERNAME_LENGTHS or not _USERNAME.fullmatch(username):
        yield Refusal("username_malformed", {"username": username})
