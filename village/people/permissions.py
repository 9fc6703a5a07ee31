"""One table: what each role may do. Anything not written here is denied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ORGANISER = frozenset(
    {
        "accounts.manage",
        "api.manage",
        "audit.read",
        "awards.manage",
        "badges.print",
        "certificates.issue",
        "checkin.admit",
        "dashboard.see",
        "draws.run",
        "exhibitors.manage",
        "imports.run",
        "messages.send",
        "programme.manage",
        "registrations.desk",
        "registrations.group",
        "registrations.manage",
        "stands.assign",
        "witnesses.manage",
    }
)

PERMISSIONS: Mapping[str, frozenset[str]] = {
    "organiser": ORGANISER,
    "floor_manager": frozenset({"stands.assign"}),
    "desk": frozenset({"checkin.admit", "registrations.desk", "registrations.group"}),
    "juror": frozenset({"awards.mark"}),
    "chair": frozenset({"awards.mark", "awards.open"}),
    "commission": frozenset({"draws.run"}),
    "auditor": frozenset({"audit.read", "witnesses.manage"}),
    "exhibitor": frozenset({"exhibitor.own", "registrations.group"}),
}

ROLES = tuple(PERMISSIONS)


def permissions_of_roles(roles: Iterable[str]) -> frozenset[str]:
    """Return all that the given roles may do together; an unknown role adds nothing."""
    return frozenset().union(*(PERMISSIONS.get(role, frozenset()) for role in roles))


def permissions_of(user: Any) -> frozenset[str]:
    """Return what a user may do; nothing for a visitor who is not signed in or whose account is closed."""
    if not getattr(user, "is_authenticated", False) or not getattr(user, "active", False):
        return frozenset()
    return permissions_of_roles(role.name for role in user.roles)
