"""Facts that one feature needs of another that it must not know: handed over here as plain values."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flask import url_for

from village import naming, navigation
from village.audit import queries as audit
from village.awards import queries as awards
from village.badges import merging as badges_persons
from village.badges.merging import BADGES
from village.badges.pages import own_badge
from village.badges.queries import find_by_code
from village.badges.rules import Affiliation, why_not_usable
from village.certificates import merging as certificates_persons
from village.certificates import queries as certificates
from village.certificates.merging import CERTIFICATES
from village.certificates.pages import own_certificates
from village.checkin import merging as checkin_persons
from village.checkin import queries as checkin
from village.checkin.actions import join_online
from village.checkin.merging import ATTENDANCE
from village.draws import merging as draws_persons
from village.draws import queries as draws
from village.draws import wording as draws_wording
from village.draws.merging import TICKETS
from village.draws.pages.tickets import ticket_cards
from village.draws.relays import relays_for
from village.editions import queries as editions
from village.editions.pages import Moment
from village.exhibitors import catalogue
from village.exhibitors import merging as exhibitors_persons
from village.exhibitors import queries as exhibitors
from village.exhibitors.merging import DELEGATES
from village.floor import queries as floor
from village.floor.show import stand_codes, stand_facts
from village.kit import outbox
from village.kit.db import db
from village.kit.deeds import SYSTEM, begin
from village.kit.web import edition, parts
from village.messages.queries import kept as letters
from village.people.accounts import queries as accounts
from village.people.actions.keys import touch_key
from village.people.queries.keys import find_key
from village.workshops import queries as workshops
from village.workshops.actions import REGISTRATIONS
from village.workshops.actions import merging as workshops_persons

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from sqlalchemy.orm import Session

    from village.kit.deeds import Deed
    from village.kit.i18n import Words
    from village.kit.web import Parts
    from village.people.queries.keys import KeyRow

_USE_NOTED_EVERY = timedelta(minutes=10)


def forget_letters(deed: Deed, person_id: int) -> None:
    """Send a person nothing more, and empty what was written to them."""
    outbox.drop_for(deed, f"person:{person_id}")


# What follows when two persons turn out to be one, from the ground up: places before attendance, and so on.
PERSON_MOVERS = (DELEGATES, REGISTRATIONS, BADGES, ATTENDANCE, CERTIFICATES, TICKETS)
# All that is kept of a person, by what it is; and what each feature takes out at a person's wish.
PERSON_KEPT = {
    "delegate": exhibitors_persons.list_kept,
    "registrations": workshops_persons.list_kept,
    "invited": workshops_persons.list_invited,
    "told": workshops_persons.list_told,
    "letters": letters.list_kept,
    "badges": badges_persons.list_kept,
    "scans": checkin_persons.list_kept,
    "certificates": certificates_persons.list_kept,
    "draws": draws_persons.list_kept,
    "log": audit.list_kept,
}
PERSON_FORGETTERS = (
    exhibitors_persons.forget,
    workshops_persons.forget,
    badges_persons.forget,
    certificates_persons.forget,
    forget_letters,
)


def wire(world: Parts) -> None:
    """Hand the facts over."""
    world.wires.update(
        edition=editions.find_current,
        home_figures=home_figures,
        home_programme=home_programme,
        home_doors=navigation.doors,
        affiliations=affiliations,
        stand_codes=stand_codes,
        stand_facts=stand_facts,
        award_winners=awards.list_winners,
        jury_accounts=jury_accounts,
        draw_titles=draw_titles,
        drawn_codes=drawn_codes,
        beacon_relays=lambda: relays_for(world.settings.beacon_urls),
        check_beacon=check_beacon,
        actor_names=actor_names,
        actor_choices=naming.actor_choices,
        code_words=code_words,
        thing_names=naming.thing_names,
        find_things=naming.find_things,
        same_things=naming.same_things,
        api_key=api_key,
        own_badge=own_badge,
        badge_bearer=badge_bearer,
        own_certificates=own_certificates,
        ticket_cards=ticket_cards,
        join_online=join_online,
        certified_people=certified_people,
        session_attended=session_attended,
        province_names=catalogue.province_names,
        person_movers=lambda: PERSON_MOVERS,
        person_kept=lambda: PERSON_KEPT,
        person_forgetters=lambda: PERSON_FORGETTERS,
    )


def jury_accounts(session: Session) -> list[tuple[int, str]]:
    """Return the accounts that may sit in a jury: number and name, by name."""
    rows = [row for row in accounts.list_accounts(session) if row.active and {"juror", "chair"} & set(row.roles)]
    return sorted(((row.id, row.name or row.username) for row in rows), key=lambda row: row[1])


def code_words() -> dict[str, dict[str, Words]]:
    """Return the words for codes that lines of the log hold, by the name of the fact."""
    reasons = (*draws_wording.VOIDS.items(), *draws_wording.CANCELS.items(), *draws_wording.WITHDRAWALS.items())
    return {
        "seat": {str(kind): words for kind, words in draws_wording.SEATS.items()},
        "reason": {str(code): words for code, words in reasons},
    }


def draw_titles(session: Session, edition_id: int) -> list[tuple[str, str, str]]:
    """Return code and title, in Arabic and French, of the draws of an edition."""
    return [(row.code, row.title_ar, row.title_fr) for row in draws.list_draws(session, edition_id)]


def drawn_codes(session: Session, edition_id: int) -> frozenset[str]:
    """Return the codes of the draws of an edition that are concluded."""
    return frozenset(row.code for row in draws.list_draws(session, edition_id) if row.state == "drawn")


def check_beacon(number: int, signature: str) -> bytes:
    """Verify a round of the public beacon against the key of its chain, and return its randomness."""
    from village.draws import beacon

    chain = beacon.CHAINS["quicknet"]
    return beacon.verify(chain.public_key, chain.scheme, number, signature)


def actor_names(session: Session, actors: Collection[str]) -> dict[str, str]:
    """Return the names of those actors of the log that are accounts, for whoever may read the log."""
    if not any(actor.startswith("account:") for actor in actors):
        return {}
    names = {f"account:{row.id}": row.name or row.username for row in accounts.list_accounts(session)}
    return {actor: names[actor] for actor in actors if actor in names}


def badge_bearer(text: str) -> int:
    """Return the person whose valid badge a scanned or typed code names.

    Raises:
        Refusal: `code_unknown`, `code_altered`, `code_forged`, `wrong_edition`, `badge_revoked`.

    """
    view = edition()
    found = find_by_code(db.session(), edition_id=view.id, edition_number=view.number, text=text, keys=parts().keys)
    if no := why_not_usable(found.state):
        raise no
    return found.person_id


def api_key(text: str) -> KeyRow | None:
    """Return the key of the present edition whose text this is, and note now and then that it is in use."""
    view = edition()
    row = find_key(db.session(), view.id, text) if view else None
    world = parts()
    now = world.clock.now()
    # A line for each request would make every read a write.
    if row is not None and (row.used_at is None or now - row.used_at > _USE_NOTED_EVERY):
        db.session.rollback()
        with begin(world.engine, actor=SYSTEM, now=now, chance=world.chance) as deed:
            touch_key(deed, row.id)
    return row


def certified_people(session: Session, edition_id: int, workshop_id: int) -> set[int]:
    """Return who holds a certificate of a workshop: their attendance is closed."""
    return {row.person_id for row in certificates.list_certificates(session, edition_id, workshop_id=workshop_id)}


def session_attended(session: Session, edition_id: int, workshop_id: int) -> int:
    """Return how many were checked in at a session."""
    return checkin.count_attendance(session, edition_id).get(workshop_id, 0)


def affiliations(session: Session, edition_id: int) -> dict[int, Affiliation]:
    """Return for each delegate what the badge says: the organisation in both scripts and its stand."""
    rows = {row.id: row for row in exhibitors.list_exhibitors(session, edition_id)}
    plan = floor.load_plan(session, edition_id)
    stand_of = {holder: stand.code for holder, stand in plan.by_exhibitor.items()} if plan else {}
    return {
        person: Affiliation(rows[exhibitor].name_ar, rows[exhibitor].name_fr, stand_of.get(exhibitor, ""))
        for person, exhibitor in exhibitors.exhibitor_by_person(session, edition_id).items()
        if exhibitor in rows
    }


def home_figures() -> dict[str, int]:
    """Return the big numbers of the first page."""
    session, view = db.session(), edition()
    found = exhibitors.count_accepted(session, view.id)
    return {
        "exhibitors": found.accepted,
        "women_led": found.women_led,
        "provinces": found.provinces,
        "workshops": len(workshops.ids_by_code(session, view.id)),
        "participants": workshops.count_registered_people(session, view.id),
    }


def home_programme(day: date) -> list[Any]:
    """Return the workshops of a day for the first page."""
    rows = workshops.list_workshops(db.session(), edition().id)
    return [
        Moment(
            row.starts,
            row.title_ar,
            row.title_fr,
            row.room.venue.city_ar if row.room else "",
            row.room.venue.city_fr if row.room else "",
            url_for("workshops.workshop", code=row.code),
        )
        for row in rows
        if row.day == day
    ]
