"""One account for each role, so that everybody can look at the fair from their own place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from village.demo.summary import ACCOUNTS
from village.exhibitors.actions import link_account
from village.exhibitors.queries import ids_by_code
from village.people.accounts.actions import create_account

if TYPE_CHECKING:
    from village.demo.stage import Stage
    from village.kit.db import Json
    from village.kit.deeds import Deed

# The exhibitor's account acts for this cooperative.
EXHIBITOR = "C01"
_STAFF = (
    ("organiser", ("organiser",)),
    ("stands", ("floor_manager",)),
    ("accueil", ("desk",)),
    ("commission", ("commission",)),
    ("commission2", ("commission",)),
    ("auditor", ("auditor",)),
    ("exhibitor", ("exhibitor",)),
)
_LETTERS = "abcdefghjkmnpqrstuvwxyz"


def usernames(stage: Stage) -> dict[str, str]:
    """Return the user name of each juror by the juror's code in the files."""
    jurors = stage.source.json("jury.json")["jurors"]
    return {each["id"]: f"juror{each['id'].removeprefix('J').lower()}" for each in jurors}


def accounts(stage: Stage, deed: Deed) -> dict[str, Json]:
    """Make the accounts; their passwords, made by chance, are kept in the data folder for the console."""
    jurors = stage.source.json("jury.json")["jurors"]
    names = usernames(stage)
    wanted = [*_STAFF, *((names[each["id"]], (_seat(each["role"]),)) for each in jurors)]
    made: dict[str, int] = {}
    shown = []
    for username, roles in wanted:
        password = _password(deed)
        made[username] = create_account(deed, username=username, roles=roles, password=password).id
        shown.append({"role": roles[0], "username": username, "password": password})
    exhibitor = ids_by_code(deed.session, stage.edition_id)[EXHIBITOR]
    link_account(deed, account_id=made["exhibitor"], exhibitor_id=exhibitor)
    path = stage.parts.settings.data_folder / ACCOUNTS
    # Written before the commit: were the process killed in between, the file would be written anew with the accounts.
    path.touch(mode=0o600)
    path.write_text(json.dumps(shown, indent=1), encoding="utf-8")
    return {"accounts": len(made)}


def _seat(role: str) -> str:
    return "chair" if role == "chair" else "juror"


def _password(deed: Deed) -> str:
    """Three groups that are easy to type on a telephone: about 54 bits."""
    letters = ["".join(_LETTERS[deed.chance.below(len(_LETTERS))] for _ in range(4)) for _ in range(3)]
    return "-".join(letters)
