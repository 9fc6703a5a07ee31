"""The papers: badge sheets and certificates, printed by the same jobs as on any day of the fair."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from village.badges.actions import mark_printed
from village.badges.queries import unprinted_ids
from village.certificates.actions import issue_batch
from village.demo.stage import at
from village.draws.queries import get_draw_by_code, make_bundle, make_pins, render_minutes
from village.kit import jobs

if TYPE_CHECKING:
    from village.demo.stage import Stage
    from village.kit.db import Json
    from village.kit.deeds import Deed

SHEETS = "badges.sheets"
_LOOK_S = 0.2


def badge_sheets(stage: Stage) -> dict[str, Json]:
    """Print all badges as one file of A4 sheets."""
    with stage.session() as session:
        begun = jobs.latest_job(session, SHEETS)
    if begun is None:
        with stage.deed(at("2026-12-03T19:00")) as deed:
            ids = unprinted_ids(deed.session, stage.edition_id)
            mark_printed(deed, edition_id=stage.edition_id, badge_ids=ids)
            jobs.start(deed, SHEETS, edition_id=stage.edition_id, badge_ids=ids)
    return {"badges": _do(stage, SHEETS).total}


def minutes(stage: Stage) -> dict[str, Json]:
    """Write the minutes of the draw, and its bundle beside them."""
    code, edition = stage.source.json("draw.json")["id"], stage.source.event["id"]
    keep = stage.parts.storage.put
    with stage.session() as session:
        draw = get_draw_by_code(session, stage.edition_id, code)
        paper = render_minutes(session, draw.id, stage.parts.settings.address)
        keep(f"draws/{edition}/{code}-minutes.pdf", paper)
        keep(f"draws/{edition}/{code}-bundle.json", make_bundle(session, draw.id))
        keep(f"draws/{edition}/{code}-keys.json", make_pins(session, draw.id))
    return {"kilobytes": len(paper) // 1024}


def certificates(stage: Stage, deed: Deed) -> dict[str, Json]:
    """Issue every certificate that was earned."""
    return {"issued": len(issue_batch(deed, edition_id=stage.edition_id, keys=stage.parts.keys).ids)}


def certificate_print(stage: Stage) -> dict[str, Json]:
    """Print all certificates as one file."""
    return {"pages": _do(stage, "certificates.print").total}


def certificate_files(stage: Stage, deed: Deed) -> dict[str, Json]:
    """Ask for each person's own file; the worker makes them while the village is being visited."""
    return {"job": jobs.start(deed, "certificates.single", edition_id=stage.edition_id)}


def _do(stage: Stage, kind: str) -> jobs.JobView:
    """Do a job here and now, going on with one that was interrupted."""
    with stage.session() as session:
        found = jobs.latest_job(session, kind)
    if found is None:
        with stage.deed() as deed:
            number = jobs.start(deed, kind, edition_id=stage.edition_id)
    else:
        number = found.id
    over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(stage, number, over), daemon=True)
    watcher.start()
    try:
        jobs.run(stage.parts, number)
    finally:
        over.set()
        watcher.join()
    with stage.session() as session:
        view = jobs.get_job(session, number)
    if view.state != "done":
        raise RuntimeError(f"the job {kind} {view.state}: {view.error}")
    return view


def _watch(stage: Stage, number: int, over: threading.Event) -> None:
    while not over.wait(_LOOK_S):
        with stage.session() as session:
            view = jobs.get_job(session, number)
        stage.show(view.done, max(view.total, 1))
