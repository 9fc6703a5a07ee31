"""The short code that, with the telephone, finds a person's own page again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from village.kit.signing import Keyring
    from village.people.queries import PersonRow

_BYTES = 4
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 6


def code_of(keys: Keyring, person: PersonRow) -> str:
    """Return a person's code: six signs, easy to read out.

    Thirty bits of a keyed hash, computed and not stored; the page that asks for it is limited in tries.
    """
    mac = keys.mac("link", f"code.{person.id}.{person.link_version}".encode())[:_BYTES]
    number = int.from_bytes(mac, "big")
    return "".join(_LETTERS[number >> 5 * place & 31] for place in range(_LENGTH))
