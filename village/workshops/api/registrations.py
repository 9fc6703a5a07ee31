"""Registrations for programs that hold a key: the same deeds as the pages, each done once however often it is sent."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from flask import jsonify, make_response, url_for

from village.kit.api import PREFIX, SECURITY, ApiBlueprint, api_key, per_key
from village.kit.db import db
from village.kit.guard import requires_key
from village.kit.refusal import Refusal
from village.kit.web import deed, edition, keys, parts
from village.people.actions.keys import KeptAnswer, find_answer, keep_answer
from village.people.queries import get_person, link_token
from village.people.queries.named import codes_of, find_person_by_code
from village.workshops.actions import accept_offer, cancel_registration
from village.workshops.actions.programs import register_for_program
from village.workshops.api import written
from village.workshops.api.shapes import (
    NewRegistration,
    PersonQuery,
    RegistrationMade,
    RegistrationShape,
    RegistrationsShape,
    WordHeader,
)
from village.workshops.queries.single import find_request, list_requests
from village.workshops.rules import Wish

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response

    from village.kit.deeds import Deed
    from village.workshops.queries.single import SingleRequest

SCOPE = "registrations"
_RATE = "600 per minute"
_CREATED, _OK = 201, 200
_REPLAYED = "Idempotent-Replayed"
registrations = ApiBlueprint(
    "api_registrations",
    __name__,
    url_prefix=PREFIX,
    description="Registrations, for programs with a key.",
    statuses={"person_without_name": 422, "phone_invalid": 422, "person_unsaid": 422, "workshop_begun": 409},
)
_doc: Callable[[Any], Any] = registrations.doc(security=[{SECURITY: []}])


@registrations.route("/registrations", methods=["POST"])
@requires_key(SCOPE)
@per_key(_RATE)
@_doc
@registrations.asks(WordHeader, "headers")
@registrations.asks(NewRegistration)
@registrations.response(_CREATED, RegistrationMade)
@registrations.alt_response(_OK, schema=RegistrationMade, description="The person holds this place or rank already.")
@registrations.may_answer(400, 401, 403, 404, 409, 415, 422, 429)
def register(headers: dict[str, str], asked: dict[str, Any]) -> Response:
    """Register somebody for a session: a place while places are left, else a rank on the waiting list.

    Sent again, whether under the same Idempotency-Key or not, it registers nobody twice: the same person (the same
    code; or the same name and telephone) in the same session is answered with what is held.
    """
    return _once(headers.get("word"), asked, lambda opened: _register(opened, asked))


@registrations.route("/registrations", methods=["GET"])
@requires_key(SCOPE)
@per_key(_RATE)
@_doc
@registrations.asks(PersonQuery, "query")
@registrations.response(_OK, RegistrationsShape)
@registrations.may_answer(400, 401, 403, 404, 422, 429)
def of_person(asked: dict[str, str]) -> Response:
    """List the registrations of a person, those that are over included."""
    session = db.session()
    person_id = find_person_by_code(session, edition().id, asked["person"])
    if person_id is None:
        raise Refusal("person_not_found")
    code = codes_of(session, [person_id])[person_id]
    rows = list_requests(session, edition().id, person_id)
    return jsonify(registrations=[written.request(row, code) for row in rows])


@registrations.route("/registrations/<int:number>", methods=["GET"])
@requires_key(SCOPE)
@per_key(_RATE)
@_doc
@registrations.response(_OK, RegistrationShape)
@registrations.may_answer(400, 401, 403, 404, 429)
def registration(number: int) -> Response:
    """Return one registration: its state now, and its place on the waiting list."""
    return _said(_the_request(number))


@registrations.route("/registrations/<int:number>", methods=["DELETE"])
@requires_key(SCOPE)
@per_key(_RATE)
@_doc
@registrations.response(_OK, RegistrationShape)
@registrations.may_answer(400, 401, 403, 404, 409, 429)
def give_back(number: int) -> Response:
    """Give a place or a rank back. A place goes at once to whoever waits longest; a second time changes nothing."""
    return _cancelled(number)


@registrations.route("/registrations/<int:number>/cancel", methods=["POST"])
@requires_key(SCOPE)
@per_key(_RATE)
@_doc
@registrations.response(_OK, RegistrationShape)
@registrations.may_answer(400, 401, 403, 404, 409, 429)
def cancel(number: int) -> Response:
    """Do the same as DELETE, for programs that cannot send one."""
    return _cancelled(number)


@registrations.route("/registrations/<int:number>/accept", methods=["POST"])
@requires_key(SCOPE)
@per_key(_RATE)
@_doc
@registrations.response(_OK, RegistrationShape)
@registrations.may_answer(400, 401, 403, 404, 409, 429)
def accept(number: int) -> Response:
    """Take an offered place before its time is over. An offer that was taken already stays taken."""
    row = _the_request(number)
    if row.status != "confirmed":
        with deed() as opened:
            accept_offer(opened, person_id=row.person_id, workshop_id=row.workshop_id)
    return _said(_the_request(number))


@registrations.route("/registrations/<int:number>/decline", methods=["POST"])
@requires_key(SCOPE)
@per_key(_RATE)
@_doc
@registrations.response(_OK, RegistrationShape)
@registrations.may_answer(400, 401, 403, 404, 409, 429)
def decline(number: int) -> Response:
    """Say no to an offered place: it goes to whoever waits next."""
    row = _the_request(number)
    if row.status not in {"offered", "cancelled"}:
        raise Refusal("offer_none", {"workshop": row.workshop})
    return _cancelled(number)


def _register(opened: Deed, asked: dict[str, Any]) -> KeptAnswer | Refusal:
    done = register_for_program(
        opened,
        keys(),
        edition_id=edition().id,
        workshop=asked["session"],
        person=asked["person"],
        wish=Wish(asked["wish"]),
    )
    if isinstance(done, Refusal):
        return done
    code = codes_of(opened.session, [done.request.person_id])[done.request.person_id]
    body = {**written.request(done.request, code), "is_new_person": done.is_new_person}
    return KeptAnswer("", _CREATED if done.is_new else _OK, body)


def _once(word: str | None, asked: dict[str, Any], do: Callable[[Deed], KeptAnswer | Refusal]) -> Response:
    """Do a deed once for each word of a program; the second of two at the same moment gets the answer of the first."""
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
    try:
        answer, replayed = _try(word, digest, do)
    except Refusal as refusal:
        if refusal.code != "done_meanwhile":
            raise
        answer, replayed = _try(word, digest, do)
    if isinstance(answer, Refusal):
        raise answer
    sent = make_response(_with_page(answer.body), answer.status)
    if replayed:
        sent.headers[_REPLAYED] = "true"
    return sent


def _try(
    word: str | None, digest: str, do: Callable[[Deed], KeptAnswer | Refusal]
) -> tuple[KeptAnswer | Refusal, bool]:
    with deed() as opened:
        if word and (kept := find_answer(opened, key_id=api_key().id, word=word)):
            if kept.digest != digest:
                raise Refusal("idempotency_word_used")
            return kept, True
        answer = do(opened)
        if word and isinstance(answer, KeptAnswer):
            kept = KeptAnswer(digest, answer.status, answer.body)
            keep_answer(opened, key_id=api_key().id, word=word, answer=kept)
    return answer, False


def _with_page(kept: dict[str, Any]) -> dict[str, Any]:
    """Give the link to a new person's own page along: it is computed, and kept nowhere."""
    body = dict(kept)
    page = None
    if body.pop("is_new_person"):
        session = db.session()
        person = find_person_by_code(session, edition().id, body["person"])
        if person is not None:
            row = get_person(session, person)
            token = link_token(keys(), row.id, row.link_version)
            page = parts().settings.address + url_for("workshops.own_page", lang=row.lang, token=token)
    return {**body, "own_page": page}


def _cancelled(number: int) -> Response:
    row = _the_request(number)
    with deed() as opened:
        # A person who came back has a newer request: the old one stays as it ended.
        if row.status in {"confirmed", "offered", "waitlisted"}:
            cancel_registration(opened, person_id=row.person_id, workshop_id=row.workshop_id)
    return _said(_the_request(number))


def _the_request(number: int) -> SingleRequest:
    row = find_request(db.session(), edition().id, number)
    if row is None:
        raise Refusal("registration_not_found")
    return row


def _said(row: SingleRequest) -> Response:
    code = codes_of(db.session(), [row.person_id])[row.person_id]
    return jsonify(written.request(row, code))
