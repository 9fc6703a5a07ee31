"""What things of the log are called today, for whoever may read the log; the log itself holds keys and no names.

Codes are unique in an edition, so a code is looked up in the present edition first and in earlier ones after; numbers
are unique for ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from village.audit.kinds import ThingName, kind_of
from village.audit.queries import list_witnesses
from village.awards import queries as awards
from village.badges import queries as badges
from village.certificates import queries as certificates
from village.checkin import queries as checkin
from village.draws import queries as draws
from village.editions import queries as editions
from village.exhibitors import queries as exhibitors
from village.floor import queries as floor
from village.kit.i18n import pick
from village.people import queries as people
from village.people.accounts import queries as accounts
from village.people.queries.keys import list_keys
from village.workshops import queries as workshops

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from sqlalchemy.orm import Session

    from village.editions.queries import EditionView
    from village.kit.i18n import Lang
    from village.people.queries import PersonRow

_MOST_FOUND = 12

Named = dict[str, ThingName]


def thing_names(session: Session, things: Collection[str], lang: Lang) -> Named:
    """Return the present names of those things, by thing; whatever has none but its key is left out."""
    wanted: dict[str, set[str]] = {}
    for thing in things:
        wanted.setdefault(kind_of(thing), set()).add(thing.partition(":")[2])
    found: Named = {}
    current = editions.find_current(session)
    others = [each for each in reversed(editions.list_editions(session)) if current is None or each.id != current.id]
    for kind, keys in wanted.items():
        if kind in _ANYWHERE:
            found |= _ANYWHERE[kind](session, keys, lang)
        elif kind in _IN_EDITION:
            for edition in [current, *others] if current else others:
                missing = {key for key in keys if f"{kind}:{key}" not in found}
                if missing:
                    found |= _IN_EDITION[kind](session, edition, missing, lang)
    return found


def find_things(session: Session, text: str, lang: Lang) -> list[tuple[str, str]]:
    """Find things of the present edition by a part of their name or by their code: (thing, name) in order of kind."""
    current = editions.find_current(session)
    asked = _plain(text)
    if current is None or not asked:
        return []
    found = [(f"person:{row.id}", row.name_in(lang)) for row in people.search_people(session, current.id, text)]
    for kind in _SEARCHED:
        for keys, names, name in _LISTED[kind](session, current, lang):
            if any(asked in _plain(each) for each in names) or asked in map(_plain, keys):
                found.append((f"{kind}:{keys[-1] if kind in _BY_NUMBER else keys[0]}", name))
    return found[:_MOST_FOUND]


def same_things(session: Session, thing: str) -> tuple[str, ...]:
    """Return what else the log calls a thing of the present edition: by number what is otherwise called by code."""
    kind, key = kind_of(thing), thing.partition(":")[2]
    current = editions.find_current(session)
    if current is None or kind not in _LISTED:
        return ()
    for keys, _names, _name in _LISTED[kind](session, current, "fr"):
        if key in keys:
            return tuple(f"{kind}:{each}" for each in keys if each != key)
    return ()


def actor_choices(session: Session) -> list[tuple[str, str]]:
    """List who acts at the present edition with an account, a device or a key: (actor, name)."""
    found = [(f"account:{row.id}", row.name or row.username) for row in accounts.list_accounts(session)]
    current = editions.find_current(session)
    if current is not None:
        found += [(f"device:{row.id}", row.name or row.code) for row in checkin.list_devices(session, current.id)]
        found += [(f"key:{row.id}", row.name) for row in list_keys(session, current.id)]
    return found


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _in(lang: Lang, row: Any, what: str = "name") -> str:
    return pick(lang, getattr(row, f"{what}_ar"), getattr(row, f"{what}_fr"), getattr(row, f"{what}_en", None))[0]


def _numbers(keys: Iterable[str], base: int = 10) -> dict[int, str]:
    found = {}
    for key in keys:
        try:
            found[int(key, base)] = key
        except ValueError:
            continue
    return found


def _people(session: Session, edition: EditionView, keys: Collection[str], lang: Lang) -> Named:
    rows = people.list_people(session, edition.id, _numbers(keys)) if keys else []
    return {f"person:{row.id}": _person(row, lang) for row in rows}


def _person(row: PersonRow, lang: Lang) -> ThingName:
    return ThingName("" if row.erased else row.name_in(lang), row.erased)


def _bearers(
    session: Session, edition: EditionView, person_of: Mapping[str, int], lang: Lang
) -> Named:
    """Name papers after who bears them."""
    named = _people(session, edition, {str(each) for each in person_of.values()}, lang)
    return {thing: named[f"person:{who}"] for thing, who in person_of.items() if f"person:{who}" in named}


def _badges(session: Session, edition: EditionView, keys: Collection[str], lang: Lang) -> Named:
    ids = _numbers(keys, 16)
    rows = badges.list_badges(session, edition.id, ids=ids)
    return _bearers(session, edition, {f"badge:{ids[row.id]}": row.person_id for row in rows}, lang)


def _certificates(session: Session, edition: EditionView, keys: Collection[str], lang: Lang) -> Named:
    ids = _numbers(keys, 16)
    rows = certificates.list_certificates(session, edition.id, state=None)
    return _bearers(
        session, edition, {f"certificate:{ids[row.id]}": row.person_id for row in rows if row.id in ids}, lang
    )


# Each row: its keys (code first, then number), all its names, and its name in the reader's language.
_Listed = tuple[tuple[str, ...], tuple[str, ...], str]


def _rows(rows: Iterable[Any], lang: Lang, what: str = "name") -> list[_Listed]:
    return [
        (
            tuple(str(key) for key in (getattr(row, "code", ""), getattr(row, "id", "")) if key != ""),
            (getattr(row, f"{what}_ar") or "", getattr(row, f"{what}_fr") or ""),
            _in(lang, row, what),
        )
        for row in rows
    ]


_LISTED: dict[str, Callable[[Session, EditionView, Lang], list[_Listed]]] = {
    "exhibitor": lambda s, e, lang: _rows(exhibitors.list_exhibitors(s, e.id), lang),
    "workshop": lambda s, e, lang: _rows(workshops.list_workshops(s, e.id), lang, "title"),
    "trainer": lambda s, e, lang: _rows(workshops.list_trainers(s, e.id), lang),
    "track": lambda s, e, lang: _rows(workshops.list_tracks(s, e.id), lang),
    "room": lambda s, e, lang: _rows(editions.list_rooms(s, e.id), lang),
    "hall": lambda s, e, lang: _rows(floor.list_halls(s, e.id), lang),
    "stand": lambda s, e, _lang: [((each,), (), "") for each in _stands(s, e)],
    "award": lambda s, e, lang: _rows(awards.list_categories(s, e.id), lang),
    "juror": lambda s, e, lang: _rows(awards.list_jurors(s, e.id), lang),
    "draw": lambda s, e, lang: _rows(draws.list_draws(s, e.id), lang, "title"),
}
_SEARCHED = ("exhibitor", "stand", "workshop", "trainer", "juror", "award", "draw", "hall", "room", "track")
# What the log calls by number although it has a code.
_BY_NUMBER = frozenset({"award", "juror", "draw"})


def _stands(session: Session, edition: EditionView) -> list[str]:
    plans = [floor.load_plan(session, edition.id, hall.code) for hall in floor.list_halls(session, edition.id)]
    return [stand.code for plan in plans if plan for stand in plan.stands]


def _listed(kind: str) -> Callable[[Session, EditionView, Collection[str], Lang], Named]:
    def name(session: Session, edition: EditionView, keys: Collection[str], lang: Lang) -> Named:
        rows = _LISTED[kind](session, edition, lang)
        return {f"{kind}:{key}": ThingName(name) for own, _names, name in rows for key in own if key in keys and name}

    return name


def _devices(session: Session, edition: EditionView, keys: Collection[str], _lang: Lang) -> Named:
    rows = checkin.list_devices(session, edition.id)
    return {f"device:{row.id}": ThingName(row.name or row.code) for row in rows if str(row.id) in keys}


def _keys(session: Session, edition: EditionView, keys: Collection[str], _lang: Lang) -> Named:
    return {f"api_key:{row.id}": ThingName(row.name) for row in list_keys(session, edition.id) if str(row.id) in keys}


_IN_EDITION: dict[str, Callable[[Session, EditionView, Collection[str], Lang], Named]] = {
    "person": _people,
    "badge": _badges,
    "certificate": _certificates,
    "device": _devices,
    "api_key": _keys,
    **{kind: _listed(kind) for kind in _LISTED if kind != "stand"},
}


def _editions(session: Session, keys: Collection[str], lang: Lang) -> Named:
    rows = editions.list_editions(session)
    named = {key: ThingName(_in(lang, row)) for row in rows for key in (row.code, str(row.id))}
    return {f"edition:{key}": named[key] for key in keys if key in named}


def _accounts(session: Session, keys: Collection[str], _lang: Lang) -> Named:
    rows = accounts.list_accounts(session)
    return {f"account:{row.id}": ThingName(row.name or row.username) for row in rows if str(row.id) in keys}


def _witnesses(session: Session, keys: Collection[str], lang: Lang) -> Named:
    rows = list_witnesses(session)
    return {
        f"witness:{key}": ThingName(_in(lang, row, "label") or row.name)
        for row in rows
        for key in (row.name, str(row.id))
        if key in keys
    }


_ANYWHERE: dict[str, Callable[[Session, Collection[str], Lang], Named]] = {
    "account": _accounts,
    "edition": _editions,
    "witness": _witnesses,
}
