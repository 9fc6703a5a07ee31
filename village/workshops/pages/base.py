"""What the pages of this feature share: blueprints, words for kinds and states, a person's link."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from flask import Blueprint, session, url_for
from flask_babel import gettext as _

from village.kit.db import db
from village.kit.deeds import Actor
from village.kit.i18n import counted, current_lang
from village.kit.refusal import Refusal
from village.kit.web import acting_as, clock, edition, keys
from village.people.queries import PersonRow, find_person_by_link, get_person, link_token
from village.workshops.rules import KINDS, LANGS, THEMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from village.editions.queries import EditionView
    from village.workshops.actions import Registered
    from village.workshops.queries import WorkshopRow
    from village.workshops.rules.kinds import Named

bp = Blueprint("workshops", __name__)
bare = Blueprint("workshops_bare", __name__)

_KEPT = "own_page"
_CODE_BYTES = 4
_CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 6


def the_edition() -> EditionView:
    """Return the edition that visitors see.

    Raises:
        Refusal: `edition_not_found` before the first one is made.

    """
    found: EditionView | None = edition()
    if found is None:
        raise Refusal("edition_not_found", {"edition": ""})
    return found


def kinds() -> dict[str, str]:
    """Name the kinds of sessions, in the order in which they are offered."""
    return _named(KINDS)


def themes() -> dict[str, str]:
    """Name what sessions are about."""
    return _named(THEMES)


def languages() -> dict[str, str]:
    """Name the languages in which sessions are held."""
    return _named(LANGS)


def _named(things: Mapping[str, Named]) -> dict[str, str]:
    lang = current_lang()
    return {code: thing.name(lang) for code, thing in things.items()}


def modes() -> dict[str, str]:
    """Name the ways in which sessions are held."""
    return {"onsite": _("On site"), "online": _("Online"), "hybrid": _("On site and online")}


def places_in_words(row: WorkshopRow) -> tuple[str, str]:
    """Say how many places are left, by channel where there are two. Returns the words and the tone of their mark."""
    places = row.places
    lang = current_lang()
    if not places.all_left:
        return _("Full: you can join the waiting list"), "bad"
    tone = "ok" if places.all_left > row.capacity // 10 else "wait"
    if row.mode != "hybrid":
        return counted("seat_left", places.all_left, lang), tone
    onsite = max(0, places.onsite - places.taken_onsite)
    online = max(0, places.online - places.taken_online)
    if not onsite:
        return _("The room is full; online: %(places)s", places=counted("seat_left", online, lang)), "wait"
    return _(
        "In the room: %(room)s; online: %(online)s",
        room=counted("seat_left", onsite, lang),
        online=counted("seat_left", online, lang),
    ), tone


def why_closed(row: WorkshopRow) -> str:
    """Say why nobody can register now; empty while they can."""
    now = clock().now()
    if row.opens is not None and now < row.opens:
        return _("Registration has not opened yet.")
    if row.closes is not None and now >= row.closes:
        return _("Registration is closed.")
    return ""


def answer_in_words(answer: Registered, position: int | None) -> str:
    """Say what a request came to."""
    if answer.result.value == "waitlisted":
        return _(
            "The places are taken. You are number %(number)s on the waiting list; nothing else to do.",
            number=position or 1,
        )
    if answer.channel is not None and answer.channel.value == "online":
        return _("Your place online is confirmed. The link to join is on your page.")
    return _("Your place is confirmed.")


def own_token(person: PersonRow) -> str:
    """Return the token of a person's own page."""
    return link_token(keys(), person.id, person.link_version)


def own_code(person: PersonRow) -> str:
    """Return the short code that, with the telephone, finds a person's page again: six signs, easy to read out.

    Thirty bits of a keyed hash, computed and not stored; the page that asks for it is limited in tries.
    """
    mac = keys().mac("link", f"code.{person.id}.{person.link_version}".encode())[:_CODE_BYTES]
    number = int.from_bytes(mac, "big")
    return "".join(_CODE_LETTERS[number >> 5 * place & 31] for place in range(_CODE_LENGTH))


def is_own_code(person: PersonRow, typed: str) -> bool:
    """Compare a typed code with a person's, reading look-alike letters as what they look like."""
    folded = "".join(c for c in typed.upper().translate(str.maketrans("ILO", "110")) if c.isalnum())
    return hmac.compare_digest(folded.encode(), own_code(person).encode())


def by_link(token: str) -> PersonRow:
    """Return the person whose link this is, and let them act as themselves in this request.

    Raises:
        Refusal: `own_page_not_found`.

    """
    person = find_person_by_link(db.session(), keys(), token)
    if person is None or person.edition_id != the_edition().id:
        raise Refusal("own_page_not_found")
    acting_as(Actor("person", str(person.id)))
    return person


def remember(person: PersonRow) -> None:
    """Keep a person's link in this browser, so that the next registration is one tap."""
    session[_KEPT] = own_token(person)


def forget() -> None:
    """Let go of whoever used this browser: families share phones."""
    session.pop(_KEPT, None)


def remembered() -> PersonRow | None:
    """Return the person who last registered in this browser, if the link still holds."""
    token = session.get(_KEPT)
    person = find_person_by_link(db.session(), keys(), token) if isinstance(token, str) else None
    if person is None or person.edition_id != the_edition().id:
        return None
    return person


def own_url(person: PersonRow) -> str:
    """Return the address of a person's own page."""
    return url_for("workshops.own_page", token=own_token(person))


def person_by_id(person_id: int) -> PersonRow:
    """Return a person of the present edition.

    Raises:
        Refusal: `person_not_found`.

    """
    person = get_person(db.session(), person_id)
    if person.edition_id != the_edition().id:
        raise Refusal("person_not_found")
    return person
