"""The public plan: the whole hall, one stand and the way to it, one zone."""

from __future__ import annotations

from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING, Any

from flask import Response, redirect, request, session, url_for
from flask_login import current_user

from village.exhibitors import queries as exhibitors
from village.exhibitors.rules import Status
from village.floor import queries, show, wording
from village.floor.pages.blueprint import bp, obstacle_names
from village.kit.db import db
from village.kit.guard import public
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import clock, edition, page
from village.people.rules import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from werkzeug.wrappers import Response as AnyResponse

    from village.floor.queries import HallName, PlanView, PublicationView, StandView

# Beyond so many stands the list in words stands on the zones' pages.
LISTED_AT_ONCE = 300
# How far past a zone its part of the plan reaches, in centimetres.
ROUND_ZONE_CM = 340


@bp.get("/plan")
@public
def plan() -> AnyResponse:
    """The published plan; `q` finds exhibitors and stands, `stand` shows one and the way there, `hall` another hall."""
    asked_hall = request.args.get("hall", "").strip()[:20]
    found = queries.load_published_plan(db.session(), edition().id, asked_hall) if edition() else None
    if found is None:
        return page("floor/empty.html")
    shown, publication = found
    halls = queries.list_halls(db.session(), edition().id)
    lang, asked = current_lang(), request.args.get("q", "").strip()[:80]
    code = request.args.get("stand", "").strip().upper()[:20]
    hits, picked = _find(shown, asked), _find_stand(shown, code)
    if len(halls) > 1 and not asked_hall and (asked or code) and not (hits or picked):
        elsewhere = _hall_with(halls[1:], asked, code)
        if elsewhere:
            return redirect(url_for("floor.plan", hall=elsewhere, q=asked or None, stand=code or None))
    changes = _changes(publication, shown)
    tag = _tag(shown, publication, changes, halls)
    if tag and request.if_none_match.contains(tag):
        return Response(status=304)
    aim = _block(shown, picked) if picked else _block(shown, hits[0]) if len({_who(each) for each in hits}) == 1 else ()
    short = len(shown.stands) <= LISTED_AT_ONCE
    answer = page(
        "floor/plan.html",
        **_drawing(shown),
        publication=publication,
        changes=changes,
        halls=halls,
        asked_hall=asked_hall or None,
        zones_listed=_by_zone(shown, shown.stands if short else ()),
        zone_sizes=_zone_sizes(shown),
        hits=show.listed(shown, _firsts(shown, hits), lang),
        picked=show.listed(shown, [picked], lang)[0] if picked else None,
        stands_of={who: [each.code for each in block] for who, block in shown.blocks.items()},
        found={each.id for hit in [*hits, *([picked] if picked else [])] for each in _block(shown, hit)},
        walk=show.line(show.walk_to(shown, aim)) if aim else "",
        asked=asked,
        legend=show.sector_legend((each.holder for each in shown.stands), lang),
    )
    if tag:
        answer.set_etag(tag)
    return answer


@bp.get("/plan/zone/<code>")
@public
def zone(code: str) -> AnyResponse:
    """One zone of the published plan: its part of the drawing, and who stands there.

    Raises:
        Refusal: ``hall_not_found``, ``zone_not_found``.
    """
    asked_hall = request.args.get("hall", "").strip()[:20]
    found = queries.load_published_plan(db.session(), edition().id, asked_hall) if edition() else None
    if found is None:
        raise Refusal("hall_not_found")
    shown, publication = found
    own = [each for each in shown.stands if each.zone == code]
    view = next((each for each in shown.hall.zones if each.code == code), None)
    if view is None or not own:
        raise Refusal("zone_not_found", {"zone": code})
    tag = _tag(shown, publication, (), [code])
    if tag and request.if_none_match.contains(tag):
        return Response(status=304)
    lang = current_lang()
    drawing = _drawing(shown)
    part = show.part_of(shown.hall, own, ROUND_ZONE_CM)
    answer = page(
        "floor/zone.html",
        **{**drawing, "stands": show.within(part, drawing["stands"])},
        publication=publication,
        asked_hall=asked_hall or None,
        code=code,
        name=show.zone_names(shown.hall, lang)[code],
        others=[each for each in show.zone_names(shown.hall, lang).items() if each[0] != code],
        view=part,
        found={each.id for each in own},
        listed=show.listed(shown, own, lang),
        sectors={each: name for each, name in show.sector_legend((s.holder for s in own), lang)},
        legend=show.sector_legend((each.holder for each in own), lang),
    )
    if tag:
        answer.set_etag(tag)
    return answer


def _drawing(shown: PlanView) -> dict[str, Any]:
    """What the drawing of a plan is made of."""
    lang = current_lang()
    return {
        "plan": shown,
        "stands": show.drawn(shown, lang),
        "blocks": show.blocks(shown, lang),
        "areas": show.zones(shown, lang),
        "zones": show.zone_names(shown.hall, lang),
        "obstacles": obstacle_names(shown),
    }


def _find(shown: PlanView, asked: str) -> list[StandView]:
    """Stands of the asked number, else those of the asked exhibitors, searched as in the directory."""
    if not fold(asked):
        return []
    by_code = [each for each in shown.stands if fold(each.code) == fold(asked)]
    if by_code:
        return by_code
    rows = exhibitors.list_exhibitors(db.session(), shown.hall.edition_id, status=Status.ACCEPTED, search=asked)
    asked_for = {row.id for row in rows}
    return [each for each in shown.stands if each.holder and each.holder.id in asked_for]


def _find_stand(shown: PlanView, code: str) -> StandView | None:
    return next((each for each in shown.stands if each.code.upper() == code), None)


def _hall_with(halls: Iterable[HallName], asked: str, code: str) -> str | None:
    """The first of these halls in which something is found."""
    for each in halls:
        found = queries.load_published_plan(db.session(), edition().id, each.code)
        if found and (_find(found[0], asked) or _find_stand(found[0], code)):
            return each.code
    return None


def _who(stand: StandView) -> str:
    """Whose stand it is; a stand of nobody's stands for itself."""
    return stand.holder.code if stand.holder else f"#{stand.code}"


def _block(shown: PlanView, stand: StandView) -> Sequence[StandView]:
    """All stands of whoever has this one."""
    return shown.blocks[stand.holder.id] if stand.holder else (stand,)


def _firsts(shown: PlanView, hits: Iterable[StandView]) -> list[StandView]:
    """One stand of each exhibitor that was found."""
    return list({_who(each): _block(shown, each)[0] for each in hits}.values())


def _by_zone(shown: PlanView, stands: Iterable[StandView]) -> list[tuple[str, str, list[show.Listed]]]:
    """The stands in words, one group for each zone: its code, its name, its stands."""
    lang = current_lang()
    order = {each.code: number for number, each in enumerate(shown.hall.zones)}
    names = show.zone_names(shown.hall, lang)
    rows = show.listed(shown, sorted(stands, key=lambda each: (order.get(each.zone, 0), each.code)), lang)
    return [(code, names[code], list(group)) for code, group in groupby(rows, key=lambda each: each.view.zone)]


def _zone_sizes(shown: PlanView) -> list[tuple[str, str, int]]:
    """Code, name and number of stands of each zone that has any."""
    names = show.zone_names(shown.hall, current_lang())
    counts = {code: sum(each.zone == code for each in shown.stands) for code in names}
    return [(code, names[code], counts[code]) for code in names if counts[code]]


def _changes(publication: PublicationView | None, shown: PlanView) -> list[tuple[str, str, str, str]]:
    """Who moved since the version before: name, stands before, stands now, why."""
    if publication is None or publication.number == 1:
        return []
    number = queries.find_publication_numbered(db.session(), shown.hall.id, publication.number)
    changes = number.changes if number else ()
    people = queries.concerned(db.session(), changes, shown.hall.edition_id) if changes else {}
    lang = current_lang()
    return [
        (
            people[each.exhibitor].name_in(lang),
            " ".join(each.before),
            " ".join(each.after),
            wording.CHANGES[each.why].say(lang) if each.why in wording.CHANGES else "",
        )
        for each in changes
        if each.exhibitor in people
    ]


def _tag(*shown: object) -> str:
    """What a visitor's browser may keep the page by: everything it depends on; empty for who is signed in.

    A page is kept for an hour at most: words and looks change with a release, not with the plan.
    """
    if current_user.is_authenticated or "_flashes" in session:
        return ""
    hour = clock().now().strftime("%Y%m%d%H")
    told = repr((current_lang(), sorted(request.args.items()), edition(), hour, shown))
    return sha256(told.encode()).hexdigest()[:32]
