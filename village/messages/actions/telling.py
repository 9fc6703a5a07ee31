"""Hand on what happened to people's places: to themselves, and to the programs that wish to hear of it."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from village.editions.queries import EditionView, get_edition
from village.kit.clock import instant
from village.kit.outbox import put_many
from village.messages.actions.letters import House, Reader, Thing
from village.messages.actions.webhooks import announce
from village.messages.rules.reaching import Way
from village.messages.wording import letters as words
from village.people.queries import list_people
from village.workshops.actions.telling import take_untold
from village.workshops.queries import WorkshopRow, list_workshops
from village.workshops.queries.telling import NoticeRow, say_many_shortly, say_notice, say_shortly

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from village.kit.deeds import Deed

# A change of a session that begins so soon is told by mail and by short message.
SOON = timedelta(days=2)


def tell_due(deed: Deed, limit: int, house: House) -> int:
    """Put letters and short messages into the outbox for what nobody has been told yet.

    All that happened to one person stands in one letter. Nobody is told of a session that has begun. Whoever has
    neither e-mail nor telephone is put on the list of those to be told by voice.

    Args:
        deed: the transaction; the notices count as told when it stands.
        limit: how many notices at least, where there are as many.
        house: what letters need of the installation.

    Returns:
        how many notices were handed on.

    """
    notices = take_untold(deed, limit)
    by_edition: dict[int, list[NoticeRow]] = defaultdict(list)
    for each in notices:
        by_edition[each.edition_id].append(each)
    for edition_id, own in by_edition.items():
        _tell(deed, get_edition(deed.session, edition_id), own, house)
    return len(notices)


def _tell(deed: Deed, edition: EditionView, notices: Sequence[NoticeRow], house: House) -> None:
    workshops = {
        row.id: row for row in list_workshops(deed.session, edition.id, {each.workshop_id for each in notices})
    }
    people = {row.id: row for row in list_people(deed.session, edition.id, {each.person_id for each in notices})}
    announce(
        deed,
        edition.id,
        edition.code,
        notices,
        sessions={row.id: row.code for row in workshops.values()},
        people={row.id: row.code for row in people.values()},
    )
    by_person: dict[int, list[NoticeRow]] = defaultdict(list)
    for each in notices:
        if _starts(workshops[each.workshop_id], edition) > deed.now:
            by_person[each.person_id].append(each)
    things: dict[Way, list[Thing]] = defaultdict(list)
    for person_id, own in by_person.items():
        reader = Reader(people[person_id], house)
        if reader.may_be_told:
            for way, thing in _letters(reader, own, workshops, edition, deed.now):
                things[way].append(thing)
    for way, each_way in things.items():
        put_many(deed, way.value, each_way, "notice")


def _letters(
    reader: Reader,
    notices: Sequence[NoticeRow],
    workshops: dict[int, WorkshopRow],
    edition: EditionView,
    now: datetime,
) -> list[tuple[Way, Thing]]:
    """Write to one person of all that happened to their places."""
    lang = reader.lang
    said = [say_notice(each, workshops[each.workshop_id], lang, edition.zone) for each in notices]
    soon = [_starts(workshops[each.workshop_id], edition) - now <= SOON for each in notices]
    urgent = any(
        each.urgent and (near or notice.kind == "offered")
        for each, near, notice in zip(said, soon, notices, strict=True)
    )
    sentences = [each.sentence for each in said]
    written: list[tuple[Way, Thing]] = []
    for way in reader.ways(urgent=urgent):
        if way is Way.MAIL:
            subject = said[0].subject if len(said) == 1 else words.CHANGES.say(lang)
            written.append((way, reader.letter(subject, sentences, edition)))
        elif way is Way.SMS:
            written.append((way, reader.short(_short(reader, notices, workshops, edition))))
        else:
            written.append((way, reader.aloud(sentences)))
    return written


def _short(
    reader: Reader, notices: Sequence[NoticeRow], workshops: dict[int, WorkshopRow], edition: EditionView
) -> str:
    if len(notices) > 1:
        return say_many_shortly(len(notices), reader.lang, reader.short_link)
    [only] = notices
    return say_shortly(
        only, workshops[only.workshop_id], reader.lang, edition.zone, reader.short_link, reader.code
    )


def _starts(workshop: WorkshopRow, edition: EditionView) -> datetime:
    return instant(workshop.day, workshop.starts, edition.zone)
