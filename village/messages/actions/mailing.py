"""Write to many people at once: each in their language, by the way that reaches them, once."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from village.audit.actions import record
from village.editions.queries import EditionView, get_edition
from village.kit.i18n import Lang, format_clock, format_day
from village.kit.outbox import put_many
from village.kit.refusal import Refusal
from village.kit.short_text import segments, spell_plainly
from village.messages.actions.letters import House, Reader, Thing, name_of, plain
from village.messages.models import Mailing
from village.messages.queries.mailings import about, find_mailing
from village.messages.queries.recipients import find_recipients
from village.messages.rules.mailing import MOST_SEGMENTS, Asked, Message, fill, why_not_send
from village.messages.rules.reaching import Way
from village.messages.wording import letters as words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from village.kit.deeds import Deed
    from village.messages.queries.recipients import Recipients
    from village.people.queries import PersonRow
    from village.workshops.queries import WorkshopRow


@dataclass(frozen=True)
class Written:
    """A message as one person gets it."""

    person: PersonRow
    way: Way
    lang: Lang
    subject: str
    text: str


@dataclass(frozen=True)
class Draft:
    """A message written for everybody it is for, and not yet sent."""

    written: tuple[Written, ...]
    # How many get the text in another language than theirs, because there is none in it.
    in_another: int

    def count(self, way: Way) -> int:
        """How many get it in a way."""
        return sum(each.way is way for each in self.written)

    @property
    def most_segments(self) -> int:
        """How many segments the longest of the short messages takes."""
        return max((segments(each.text) for each in self.written if each.way is Way.SMS), default=0)

    @property
    def all_segments(self) -> int:
        """How many segments are paid in all."""
        return sum(segments(each.text) for each in self.written if each.way is Way.SMS)

    @property
    def samples(self) -> tuple[Written, ...]:
        """Return the first of each language and way, so that every form of the message can be looked at."""
        first: dict[tuple[str, Way], Written] = {}
        for each in self.written:
            first.setdefault((each.lang, each.way), each)
        order: tuple[Lang, ...] = ("ar", "fr")
        kinds = [(lang, way) for way in Way for lang in order if way is not Way.VOICE or len(first) == 1]
        return tuple(first[kind] for kind in kinds if kind in first) or tuple(first.values())


@dataclass(frozen=True)
class SentToMany:
    """A mailing: `again` where the same form had been sent before."""

    mailing_id: int
    by_mail: int = 0
    by_sms: int = 0
    by_voice: int = 0
    again: bool = False


def write_draft(
    session: Session, edition: EditionView, message: Message, asked: Asked, house: House, now: datetime
) -> Draft:
    """Write a message for everybody it is for, without sending it.

    Raises:
        Refusal: all that speaks against it: `message_without_text`, `message_place_unknown` …, `message_for_nobody`,
            `message_too_long`.

    """
    if objections := why_not_send(message):
        raise Refusal.of(objections)
    found = find_recipients(session, edition, asked, now, invitation=message.invitation)
    written = tuple(_write_all(found, message, house, edition))
    draft = Draft(written, sum(each.lang != _base(each.person.lang) for each in written))
    if not found.people:
        raise Refusal("message_for_nobody")
    if draft.most_segments > MOST_SEGMENTS:
        raise Refusal("message_too_long", {"segments": draft.most_segments, "most": MOST_SEGMENTS})
    return draft


def send_mailing(deed: Deed, *, edition_id: int, message: Message, asked: Asked, house: House) -> SentToMany:
    """Send a message to everybody it is for. A form that was sent before is not sent again.

    Raises:
        Refusal: see `write_draft`.

    """
    before = find_mailing(deed.session, message.token)
    if before is not None:
        return SentToMany(before, again=True)
    edition = get_edition(deed.session, edition_id)
    draft = write_draft(deed.session, edition, message, asked, house, deed.now)
    counts = Counter(each.way for each in draft.written)
    row = _keep(deed, edition_id, message, asked, counts)
    things: dict[Way, list[Thing]] = defaultdict(list)
    for each in draft.written:
        if each.way is not Way.VOICE or message.voice:
            things[each.way].append(_thing(each, house))
    for way, each_way in things.items():
        put_many(deed, way.value, each_way, about(row.id))
    record(
        deed,
        "message.sent",
        about(row.id),
        {
            "mail": counts[Way.MAIL],
            "sms": counts[Way.SMS],
            "voice": counts[Way.VOICE],
            "invitation": message.invitation,
        },
    )
    return SentToMany(row.id, counts[Way.MAIL], counts[Way.SMS], counts[Way.VOICE])


def try_mailing(deed: Deed, *, edition_id: int, message: Message, to: str, by: Way, house: House) -> int:
    """Send a message to oneself first, in each language that has a text, with invented facts in its places.

    Returns:
        how many were sent.

    Raises:
        Refusal: what speaks against the message.

    """
    if objections := why_not_send(message):
        raise Refusal.of(objections)
    edition = get_edition(deed.session, edition_id)
    both: tuple[Lang, Lang] = ("ar", "fr")
    langs = [lang for lang in both if message.lang_for(lang) == lang]
    things: list[Thing] = []
    for lang in langs:
        facts = {
            "name": words.SAMPLE.say(lang),
            "page": f"{house.address}/{lang}/",
            "code": "7KX2M9",
            "sessions": "—",
        }
        text = plain(fill(message.text(lang), facts))
        if by is Way.SMS:
            things.append((to, {"text": _short(text, lang), "lang": lang}, ""))
        else:
            things.append((to, {"subject": message.subject(lang), "text": text, "lang": lang}, ""))
    put_many(deed, by.value, things, "trial")
    record(deed, "message.tried", f"edition:{edition.code}", {"count": len(things)})
    return len(things)


def _keep(deed: Deed, edition_id: int, message: Message, asked: Asked, counts: Counter[Way]) -> Mailing:
    """Write the mailing itself down, which its token makes the only one of its form."""
    row = Mailing(
        edition_id=edition_id,
        token=message.token,
        purpose=message.purpose,
        asked={**asdict(asked), "invitation": message.invitation, "sms": message.sms, "voice": message.voice},
        subject_ar=message.subject_ar,
        subject_fr=message.subject_fr,
        text_ar=message.text_ar,
        text_fr=message.text_fr,
        recipients=counts.total(),
        by_mail=counts[Way.MAIL],
        by_sms=counts[Way.SMS],
        by_voice=counts[Way.VOICE],
        sent_at=deed.now,
        actor=str(deed.actor),
    )
    deed.session.add(row)
    deed.session.flush()
    return row


def _write_all(found: Recipients, message: Message, house: House, edition: EditionView) -> list[Written]:
    written = []
    for person in found.people:
        reader = Reader(person, house)
        [way] = reader.ways()
        if way is Way.SMS and not message.sms:
            way = Way.VOICE
        written.append(_write(reader, way, message, found.sessions.get(person.id, ()), edition))
    return written


def _write(
    reader: Reader, way: Way, message: Message, sessions: Sequence[WorkshopRow], edition: EditionView
) -> Written:
    lang: Lang = "ar" if message.lang_for(reader.lang) == "ar" else "fr"
    facts = {
        "name": reader.person.name_in(lang),
        "page": reader.short_link if way is Way.SMS else reader.link,
        "code": reader.code,
        "sessions": "\n".join(_session(each, lang) for each in sessions),
    }
    text = fill(message.text(lang), facts).strip()
    if way is Way.SMS:
        return Written(reader.person, way, lang, "", _short(text, lang))
    if way is Way.MAIL:
        end = [name_of(edition, lang)]
        if message.invitation:
            end.append(words.AGREED.say(lang))
        text = "\n\n".join([text, *end])
    return Written(reader.person, way, lang, message.subject(lang), plain(text))


def _short(text: str, lang: Lang) -> str:
    return plain(text) if lang == "ar" else spell_plainly(text)


def _session(row: WorkshopRow, lang: Lang) -> str:
    title = (row.title_ar or row.title_fr) if lang == "ar" else (row.title_fr or row.title_ar)
    comma = "،" if lang == "ar" else ","
    return f"- {title}{comma} {format_day(row.day, lang)}{comma} {format_clock(row.starts, lang)}"


def _thing(written: Written, house: House) -> Thing:
    reader = Reader(written.person, house)
    if written.way is Way.SMS:
        return str(written.person.phone), {"text": written.text, "lang": written.lang}, reader.whom
    body: dict[str, str] = {"subject": written.subject, "text": written.text, "lang": written.lang}
    if written.way is Way.MAIL:
        return str(written.person.email), body, reader.whom
    return written.person.phone or written.person.code, body, reader.whom


def _base(lang: str) -> str:
    """Texts are Arabic or French: whoever reads neither first is written to in French."""
    return "ar" if lang == "ar" else "fr"
