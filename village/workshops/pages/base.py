"""What the pages of this feature share: blueprints, words for kinds and states, a person's link."""

from __future__ import annotations

import hmac
from datetime import timedelta
from typing import TYPE_CHECKING

from flask import Blueprint, session, url_for
from flask_babel import gettext as _

from village.editions.rules import EQUIPMENT
from village.kit.clock import local
from village.kit.db import db
from village.kit.deeds import Actor
from village.kit.guard import may
from village.kit.i18n import counted, current_lang
from village.kit.refusal import Refusal
from village.kit.web import acting_as, clock, edition, keys
from village.kit.wording import say_refusal
from village.people.queries import PersonRow, find_person_by_link, get_person, link_token
from village.workshops.queries import get_workshop, list_agenda
from village.workshops.queries.own_code import code_of
from village.workshops.queries.waiting import with_standings
from village.workshops.rules import KINDS, LANGS, THEMES, registers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Response

    from village.editions.queries import EditionView
    from village.editions.rules import Fitting
    from village.workshops.queries import AgendaItem, WorkshopRow
    from village.workshops.rules.kinds import Named

bp = Blueprint("workshops", __name__)
bare = Blueprint("workshops_bare", __name__)

# Stands in an address for the token of whoever this browser knows, so that a lent telephone keeps no link of theirs.
HERE = "here"
_KEPT = "own_page"
_LENT = "lent"
_LENT_FOR = timedelta(minutes=15)


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


def equipment() -> dict[str, str]:
    """Name what rooms have and sessions need."""
    return _named(EQUIPMENT)


def _named(things: Mapping[str, Named] | Mapping[str, Fitting]) -> dict[str, str]:
    lang = current_lang()
    return {code: thing.name(lang) for code, thing in things.items()}


def modes() -> dict[str, str]:
    """Name the ways in which sessions are held."""
    return {"onsite": _("On site"), "online": _("Online"), "hybrid": _("On site and online")}


def public_session(code: str) -> WorkshopRow:
    """Return a session that everybody may see; those who write the programme see its drafts too.

    Raises:
        Refusal: `workshop_not_found`.

    """
    row = get_workshop(db.session(), the_edition().id, code)
    if row.status == "draft" and not may("programme.manage"):
        raise Refusal("workshop_not_found", {"workshop": code})
    return row


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
    if row.status == "cancelled":
        return _("This session is cancelled.")
    if not registers(row.kind):
        return _("No registration here: everybody is welcome.")
    now = clock().now()
    for code, at, off in (
        ("registration_not_open", row.opens, row.opens is not None and now < row.opens),
        ("registration_closed", row.closes, row.closes is not None and now >= row.closes),
    ):
        if off and at is not None:
            there = local(at, the_edition().zone)
            when = {"workshop": row.code, "day": f"{there:%Y-%m-%d}", "clock": f"{there:%H:%M}"}
            return say_refusal(Refusal(code, when), current_lang())
    return ""


def own_token(person: PersonRow) -> str:
    """Return the token of a person's own page."""
    return link_token(keys(), person.id, person.link_version)


def own_code(person: PersonRow) -> str:
    """Return the short code that, with the telephone, finds a person's page again."""
    return code_of(keys(), person)


def is_own_code(person: PersonRow, typed: str) -> bool:
    """Compare a typed code with a person's, reading look-alike letters as what they look like."""
    folded = "".join(c for c in typed.upper().translate(str.maketrans("ILO", "110")) if c.isalnum())
    return hmac.compare_digest(folded.encode(), own_code(person).encode())


def by_link(token: str) -> PersonRow:
    """Return the person whose link this is, and let them act as themselves in this request.

    Raises:
        Refusal: `own_page_not_found`.

    """
    person = remembered() if token == HERE else find_person_by_link(db.session(), keys(), token)
    if person is None or person.edition_id != the_edition().id:
        raise Refusal("own_page_not_found")
    acting_as(Actor("person", str(person.id)))
    return person


def remember(person: PersonRow, *, lent: bool = False) -> None:
    """Keep a person's link in this browser, so that the next registration is one tap.

    On a telephone that is not theirs it is kept for a quarter of an hour, and their addresses hold no token.
    """
    session[_KEPT] = own_token(person)
    if lent:
        session[_LENT] = int(clock().now().timestamp())
    else:
        session.pop(_LENT, None)


def browser_mark() -> str:
    """Mark the browser that sent a form, without keeping anything that would open its session."""
    own = session.get("csrf_token")
    return keys().mac("link", f"browser.{own}".encode()).hex()[:32] if own else ""


def forget() -> None:
    """Let go of whoever used this browser: families share phones."""
    session.pop(_KEPT, None)
    session.pop(_LENT, None)


def is_lent() -> bool:
    """Tell whether the one whom this browser knows said that the telephone is not theirs."""
    return _LENT in session


def remembered() -> PersonRow | None:
    """Return the person who last registered in this browser, if the link still holds."""
    since = session.get(_LENT)
    if isinstance(since, int) and clock().now().timestamp() - since > _LENT_FOR.total_seconds():
        forget()
    token = session.get(_KEPT)
    person = find_person_by_link(db.session(), keys(), token) if isinstance(token, str) else None
    if person is None or person.edition_id != the_edition().id:
        return None
    return person


def agenda_of(person: PersonRow) -> list[AgendaItem]:
    """Return what somebody holds and waits for; where they wait, their number and the reasons as staff see them."""
    agenda = list_agenda(db.session(), the_edition().id, person.id)
    return with_standings(db.session(), agenda, person.id, clock().now())


def private(answer: Response) -> Response:
    """Let no browser and no proxy keep a page about somebody."""
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


def token_shown(person: PersonRow) -> str:
    """Return what stands for a person in addresses: their token, or on a lent telephone the word that says "here"."""
    token = own_token(person)
    return HERE if is_lent() and session.get(_KEPT) == token else token


def own_url(person: PersonRow) -> str:
    """Return the address of a person's own page."""
    return url_for("workshops.own_page", token=token_shown(person))


def person_by_id(person_id: int) -> PersonRow:
    """Return a person of the present edition.

    Raises:
        Refusal: `person_not_found`.

    """
    person = get_person(db.session(), person_id)
    if person.edition_id != the_edition().id:
        raise Refusal("person_not_found")
    return person
