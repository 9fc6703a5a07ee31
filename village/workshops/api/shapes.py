"""The shapes of what programs send and are sent."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from village.kit.api import Line, Shape, TrueOrFalse
from village.kit.i18n import LANGS as READING
from village.people.rules import NEEDS
from village.workshops.rules import Channel, Mode, Status, Wish
from village.workshops.rules.kinds import KINDS, LANGS, THEMES

DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
CODE = r"^[A-Za-z0-9_.-]{1,20}$"
# Visible signs of ASCII: what every HTTP library can send in a header.
WORD = r"^[!-~]{1,80}$"


def about(text: str, **more: Any) -> dict[str, Any]:
    """Say in the document what a field is."""
    return {"metadata": {"description": text, **more}}


def _code(text: str, **more: Any) -> fields.String:
    return fields.String(validate=validate.Regexp(CODE), **about(text), **more)


class Texts(Schema):
    """A text in Arabic and in French; where one is empty, show the other."""

    ar = fields.String(required=True)
    fr = fields.String(required=True)


class ProgrammeQuery(Shape):
    """A part of the programme; what is left out asks for all."""

    day = fields.String(validate=validate.Regexp(DAY), **about("Local day, as in 2026-12-04.", example="2026-12-04"))
    city = _code("Code of a venue.")
    theme = fields.String(validate=validate.OneOf(list(THEMES)), **about("What it is about."))
    language = fields.String(validate=validate.OneOf(list(LANGS)), **about("Language it is held in (BCP 47)."))
    kind = fields.String(validate=validate.OneOf(list(KINDS)), **about("What it is."))


class EditionShape(Schema):
    """The edition that visitors see now."""

    code = fields.String(required=True)
    number = fields.Integer(required=True)
    name = fields.Nested(Texts, required=True)
    zone = fields.String(required=True, **about("Zone of all local times, as in Africa/Casablanca."))
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)


class VenueShape(Schema):
    """Where to travel to; `online` where there is nowhere to."""

    code = fields.String(required=True)
    city = fields.Nested(Texts, required=True)
    name = fields.Nested(Texts, required=True)
    online = fields.Boolean(required=True)


class RoomShape(Schema):
    """A room."""

    code = fields.String(required=True)
    name = fields.Nested(Texts, required=True)
    venue = fields.Nested(VenueShape, required=True)


class TrainerBrief(Schema):
    """Who leads a session."""

    code = fields.String(required=True)
    name = fields.Nested(Texts, required=True)


class TrainerShape(TrainerBrief):
    """A trainer as the public may know one: neither telephone nor mail address."""

    role = fields.Nested(Texts, required=True)
    profile = fields.Nested(Texts, required=True)
    sessions = fields.List(fields.String(), required=True, **about("Codes of their sessions."))


class TrackShape(Schema):
    """A line of the programme."""

    code = fields.String(required=True)
    name = fields.Nested(Texts, required=True)
    organiser = fields.Nested(Texts, required=True)


class SessionShape(Schema):
    """One session of the programme."""

    code = fields.String(required=True)
    status = fields.String(required=True, validate=validate.OneOf(["planned", "cancelled"]))
    version = fields.Integer(required=True, **about("Rises whenever anything of this changes."))
    title = fields.Nested(Texts, required=True)
    aims = fields.Nested(Texts, required=True)
    kind = fields.String(required=True)
    track = fields.String(required=True, allow_none=True)
    theme = fields.String(required=True, allow_none=True)
    languages = fields.List(fields.String(), required=True)
    mode = fields.String(required=True, validate=validate.OneOf([each.value for each in Mode]))
    day = fields.Date(required=True)
    starts = fields.String(required=True, **about("Local wall time, as in 10:00."))
    ends = fields.String(required=True)
    starts_at = fields.DateTime(required=True, **about("The same as an instant."))
    ends_at = fields.DateTime(required=True)
    room = fields.Nested(RoomShape, required=True, allow_none=True)
    trainers = fields.List(fields.Nested(TrainerBrief), required=True)
    audience = fields.String(required=True, validate=validate.OneOf(["open", "delegates", "invited"]))
    registers = fields.Boolean(required=True, **about("Whether one takes a place beforehand."))
    certificate_minutes = fields.Integer(required=True, **about("What a certificate counts; 0 where none is given."))
    page = fields.Url(required=True, **about("The page for people."))


class Programme(Schema):
    """The programme, or the part that was asked for, in order of time."""

    edition = fields.Nested(EditionShape, required=True)
    sessions = fields.List(fields.Nested(SessionShape), required=True)


class Tracks(Schema):
    """All tracks."""

    tracks = fields.List(fields.Nested(TrackShape), required=True)


class Trainers(Schema):
    """All trainers."""

    trainers = fields.List(fields.Nested(TrainerShape), required=True)


class ChannelPlaces(Schema):
    """Places by one way of taking part."""

    capacity = fields.Integer(required=True)
    left = fields.Integer(required=True, **about("What is not taken; an offered place counts as taken."))
    reserved = fields.Integer(required=True, **about("How many of these are kept for some: delegates, invited people."))


class Availability(Schema):
    """How full a session is."""

    code = fields.String(required=True)
    state = fields.String(
        required=True,
        validate=validate.OneOf(["open", "not_open", "closed", "cancelled", "not_needed"]),
        **about("Whether one may register now; not_needed where everybody is welcome without."),
    )
    opens = fields.DateTime(required=True, allow_none=True)
    closes = fields.DateTime(required=True, allow_none=True)
    onsite = fields.Nested(ChannelPlaces, required=True, allow_none=True, **about("Nothing where it is not held so."))
    online = fields.Nested(ChannelPlaces, required=True, allow_none=True)
    left = fields.Integer(required=True, **about("By both ways together."))
    waiting = fields.Integer(required=True, **about("How many are on the waiting list."))


class Availabilities(Schema):
    """All sessions at once."""

    sessions = fields.List(fields.Nested(Availability), required=True)


class PersonShape(Shape):
    """Who is registered: somebody known, by `code` or `link`; or by a name in either script and a telephone."""

    code = _code("Code of a person.")
    link = Line(longest=300, shortest=1, **about("Address of the person's own page, or its last part."))
    given_ar = Line(longest=60)
    family_ar = Line(longest=60)
    given_fr = Line(longest=60)
    family_fr = Line(longest=60)
    phone = Line(longest=40, shortest=1, **about("As people write it: 06 00 00 00 12.", example="06 00 00 00 12"))
    email = fields.Email(validate=validate.Length(max=254))
    organisation = Line(longest=160)
    gender = fields.String(validate=validate.OneOf(["m", "f", "unknown"]), load_default="unknown")
    lang = fields.String(validate=validate.OneOf(list(READING)), load_default="ar")
    needs = fields.List(fields.String(validate=validate.OneOf(list(NEEDS))), load_default=list)
    consent_photo = TrueOrFalse(load_default=False, **about("Only after the person was asked."))
    consent_contact = TrueOrFalse(load_default=False, **about("Only after the person was asked."))


class NewRegistration(Shape):
    """A request for a place."""

    session = fields.String(required=True, validate=validate.Regexp(CODE), **about("Code of a session.", example="W01"))
    wish = fields.String(
        validate=validate.OneOf([each.value for each in Wish]),
        load_default=Wish.ANY.value,
        **about("any: the room first, and online where it is full."),
    )
    person = fields.Nested(PersonShape, required=True)


class WordHeader(Schema):
    """The program's own word for a request: the same word within a day brings the same answer."""

    word = fields.String(
        data_key="Idempotency-Key",
        validate=validate.Regexp(WORD),
        **about("Choose a new one for each deed, and repeat it when no answer came."),
    )


class PersonQuery(Shape):
    """Whose registrations."""

    person = fields.String(required=True, validate=validate.Regexp(CODE), **about("Code of a person."))


class RegistrationShape(Schema):
    """A request for a place and what became of it. No names: only codes."""

    number = fields.Integer(required=True)
    session = fields.String(required=True)
    person = fields.String(required=True)
    status = fields.String(required=True, validate=validate.OneOf([each.value for each in Status]))
    channel = fields.String(
        required=True, allow_none=True, validate=validate.OneOf([each.value for each in Channel])
    )
    wish = fields.String(required=True, validate=validate.OneOf([each.value for each in Wish]))
    via = fields.String(required=True, **about("How it came in: self, desk, group, api …"))
    position = fields.Integer(required=True, allow_none=True, **about("Place on the waiting list, from 1."))
    offered_until = fields.DateTime(required=True, allow_none=True, **about("Until when an offer is to be answered."))
    requested_at = fields.DateTime(required=True)
    decided_at = fields.DateTime(required=True)


class RegistrationMade(RegistrationShape):
    """The same, with the new person's own page, once: hand it to the person."""

    own_page = fields.Url(required=True, allow_none=True)


class RegistrationsShape(Schema):
    """A person's requests, in the order in which they came."""

    registrations = fields.List(fields.Nested(RegistrationShape), required=True)
