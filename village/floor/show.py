"""What the plan's pages show: figures and names of the plan turned into the reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from village.exhibitors import queries as exhibitors
from village.floor import queries, wording
from village.floor.show_drawing import (
    DrawnBlock,
    DrawnStand,
    DrawnZone,
    blocks,
    drawn,
    in_lang,
    part_of,
    stand_state,
    within,
    zone_names,
    zones,
)
from village.floor.show_studio import news_of
from village.floor.show_way import line, walk_to, way

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

    from village.exhibitors.queries import ExhibitorRow
    from village.floor.allocation import Reason
    from village.floor.queries import PlanView, StandView
    from village.kit.i18n import Lang


__all__ = [
    "DrawnBlock",
    "DrawnStand",
    "DrawnZone",
    "Listed",
    "StandFacts",
    "blocks",
    "drawn",
    "holder_json",
    "in_lang",
    "line",
    "listed",
    "offers",
    "part_of",
    "plan_json",
    "reason_sentences",
    "sector_legend",
    "stand_codes",
    "stand_facts",
    "stand_state",
    "walk_to",
    "way",
    "within",
    "zone_names",
    "zones",
]


@dataclass(frozen=True)
class Listed:
    """A stand of the list under the plan, with the way to it."""

    view: StandView
    holder: ExhibitorRow | None
    state: str
    zone: str
    way: str


def listed(plan: PlanView, stands: Iterable[StandView], lang: Lang) -> list[Listed]:
    """Stands as a list in words, each with its zone and the way from the entrance."""
    names = zone_names(plan.hall, lang)
    return [
        Listed(stand, stand.holder, stand_state(stand, lang), names.get(stand.zone, stand.zone), way(plan, stand, lang))
        for stand in stands
    ]


def sector_legend(holders: Iterable[ExhibitorRow | None], lang: Lang) -> list[tuple[str, str]]:
    """Code and name of every sector among the exhibitors, in the order of the catalogue."""
    present = {each.sector for each in holders if each}
    return [(code, in_lang(lang, exhibitors.sector_names(code))) for code in exhibitors.sectors() if code in present]


def reason_sentences(
    reasons: Iterable[Reason],
    names: Mapping[str, str],
    zone_of: Mapping[str, str],
    lang: Lang,
) -> list[tuple[str, bool]]:
    """Reasons as sentences, each with whether it speaks for the stand; codes become names."""
    found = []
    for each in reasons:
        facts: dict[str, Any] = dict(each.facts)
        for key in ("zone", "own_zone"):
            if key in facts:
                facts[key] = zone_of.get(facts[key], facts[key])
        if "exhibitor" in facts:
            facts["exhibitor"] = names.get(facts["exhibitor"], facts["exhibitor"])
        found.append((wording.REASONS[each.code].say(lang, facts), each.good))
    return found


def holder_json(holder: ExhibitorRow | None, lang: Lang) -> dict[str, Any] | None:
    """An exhibitor as the plan's script draws it."""
    if holder is None:
        return None
    return {
        "id": holder.id,
        "name": holder.name_in(lang),
        "short": holder.short_in(lang),
        "sector": holder.sector,
        "sector_name": in_lang(lang, exhibitors.sector_names(holder.sector)),
    }


def plan_json(plan: PlanView, lang: Lang) -> dict[str, Any]:
    """Who stands where and who waits, as the plan's script draws it."""
    return {
        "version": plan.hall.version,
        "stands": [
            {"id": each.id, "locked": each.locked, "holder": holder_json(each.holder, lang)} for each in plan.stands
        ],
        "waiting": [holder_json(each, lang) for each in plan.waiting],
    }


@dataclass(frozen=True)
class StandFacts:
    """What an exhibitor's page says of its stand, already in the reader's words."""

    code: str
    zone: str
    way: str
    offers: tuple[str, ...]
    reasons: tuple[tuple[str, bool], ...]
    entrance_m: int
    # What the newest version of the plan changed for it, where it had a stand before.
    news: str = ""


def stand_facts(
    session: Session, edition_id: int, exhibitor_id: int, lang: Lang, *, explain: bool = False
) -> StandFacts | None:
    """The stand of an exhibitor in the published plan, with the way there; with ``explain`` also why it got it.

    Whoever had a stand and has none in the newest version gets, with ``explain``, empty facts with the news alone.
    """
    halls = queries.list_halls(session, edition_id)
    for hall in halls:
        found = queries.load_published_plan(session, edition_id, hall.code)
        stand = found[0].by_exhibitor.get(exhibitor_id) if found else None
        if found and stand:
            return _facts_of(session, found[0], stand, lang, explain=explain)
    news = [_news(session, hall.id, exhibitor_id, lang) for hall in halls] if explain else []
    return next((StandFacts("", "", "", (), (), 0, each) for each in news if each), None)


def _facts_of(session: Session, plan: PlanView, stand: StandView, lang: Lang, *, explain: bool) -> StandFacts:
    names_of_zones = zone_names(plan.hall, lang)
    reasons: list[tuple[str, bool]] = []
    if explain and stand.holder:
        people = [each.holder for each in plan.stands if each.holder]
        why = queries.explain_plan(session, plan.hall.id, plan.places)
        names = {each.code: each.name_in(lang) for each in people}
        reasons = reason_sentences(why.get(stand.holder.code, ()), names, names_of_zones, lang)
    return StandFacts(
        stand.code,
        names_of_zones.get(stand.zone, stand.zone),
        way(plan, stand, lang),
        offers(stand),
        tuple(reasons),
        (stand.entrance_cm + 50) // 100,
        _news(session, plan.hall.id, stand.holder.id, lang) if explain and stand.holder else "",
    )


def _news(session: Session, hall_id: int, exhibitor_id: int, lang: Lang) -> str:
    """What changed for an exhibitor the last time its stand did, in one sentence."""
    found = queries.last_news(session, hall_id, exhibitor_id)
    return news_of(*found, lang) if found else ""


def offers(stand: StandView) -> tuple[str, ...]:
    """What a stand has, in words."""
    square_metres = stand.area_cm2 // 10_000
    told = (
        (_("%(area)s m²", area=square_metres), True),
        (_("corner"), stand.corner),
        (_("power"), stand.power),
        (_("water"), stand.water),
        (_("step-free"), stand.step_free),
    )
    return tuple(str(words) for words, has in told if has)


def stand_codes(session: Session, edition_id: int) -> dict[int, str]:
    """Code of the stand of each exhibitor in the published plan, by the exhibitor's id."""
    plans = [
        queries.load_published_plan(session, edition_id, each.code) for each in queries.list_halls(session, edition_id)
    ]
    return {who: stand.code for found in plans if found for who, stand in found[0].by_exhibitor.items()}
