"""The jury: seats, categories and rules, recusals, marks given one sheet at a time, marks opened together."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from village.awards.actions import (
    NewCategory,
    NewCriterion,
    NewJuror,
    close_sheets,
    commit_rules,
    declare_absent,
    give_marks,
    import_awards,
    import_jury,
    open_marks,
    publish_results,
    record_recusal,
)
from village.awards.queries import list_categories, list_jurors, list_standings
from village.awards.rules import AwardClass, Seat
from village.demo.stage import at
from village.demo.steps.accounts import usernames
from village.demo.steps.award_texts import prepare_awards, speak
from village.exhibitors.queries import ids_by_code
from village.kit.deeds import Actor
from village.people.accounts.queries import list_accounts

if TYPE_CHECKING:
    from village.demo.stage import Stage
    from village.imports.readers import ScoreRow
    from village.kit.db import Json
    from village.kit.deeds import Deed

_MARKING = at("2026-12-06T10:00")
_CLOSING = at("2026-12-06T14:30")
_OPENING = at("2026-12-06T15:00")


def jury(stage: Stage, deed: Deed) -> dict[str, Json]:
    """Seat the jury, fix the rules in the log, and note who stands back and who is absent."""
    rows = stage.source.json("jury.json")
    accounts = {row.username: row.id for row in list_accounts(deed.session)}
    names = usernames(stage)
    jurors = [_juror(each, accounts[names[each["id"]]]) for each in rows["jurors"]]
    seated = import_jury(deed, edition_id=stage.edition_id, jurors=jurors)
    seats = dict(zip((each["id"] for each in rows["jurors"]), seated, strict=True))
    exhibitors = ids_by_code(deed.session, stage.edition_id)
    categories = [_category(each, exhibitors) for each in stage.source.json("awards.json")["awards"]]
    ids = import_awards(deed, edition_id=stage.edition_id, categories=categories)
    prepare_awards(stage, deed)
    for category in ids:
        commit_rules(deed, category_id=category)
    for each in rows["recusals"]:
        record_recusal(
            deed,
            juror_id=seats[each["juror"]],
            exhibitor_id=exhibitors[each["cooperative_id"]],
            reason_ar=each["reason_ar"],
            reason_fr=each["reason_fr"],
        )
    nominees = _nominees(stage, deed)
    for each in rows["absences"]:
        declare_absent(
            deed, juror_id=seats[each["juror"]], nominee_ids=[nominees[each["award"], each["cooperative_id"]]]
        )
    return {
        "jurors": len(seats),
        "categories": len(ids),
        "recusals": len(rows["recusals"]),
        "absences": len(rows["absences"]),
    }


def marks(stage: Stage) -> dict[str, Json]:
    """Let each juror give each nominee its marks, as deeds of the jurors."""
    sheets = _sheets(stage.source.scores)
    with stage.session() as session:
        jurors = {row.code: row for row in list_jurors(session, stage.edition_id)}
        nominees = _nominees_of(session, stage.edition_id)
    for done, (key, given) in enumerate(sheets[stage.done() :], stage.done() + 1):
        award, cooperative, juror = key
        seat = jurors[juror]
        with stage.deed(_MARKING, Actor("account", str(seat.account_id))) as deed:
            give_marks(deed, juror_id=seat.id, nominee_id=nominees[award, cooperative], marks=given)
            stage.advance(deed, done, len(sheets))
    return {"sheets": len(sheets), "marks": len(stage.source.scores)}


def results(stage: Stage) -> dict[str, Json]:
    """Let each juror close the own sheets, the chair open each category, and the organiser publish it."""
    with stage.session() as session:
        jurors = list_jurors(session, stage.edition_id)
        marked = [row for row in list_categories(session, stage.edition_id) if row.award_class is AwardClass.MERIT]
    chair = next(row for row in jurors if row.seat == Seat.CHAIR)
    for done, category in enumerate(marked[stage.done() :], stage.done() + 1):
        for juror in jurors:
            # Closing what is closed changes nothing: a demo that was cut off here goes on from here.
            with stage.deed(_CLOSING, Actor("account", str(juror.account_id))) as deed:
                close_sheets(deed, juror_id=juror.id, category_id=category.id)
        with stage.deed(_OPENING, Actor("account", str(chair.account_id))) as deed:
            open_marks(deed, category_id=category.id)
            speak(stage, deed, category)
            publish_results(deed, category_id=category.id)
            stage.advance(deed, done, len(marked))
    with stage.session() as session:
        standings = list_standings(session, stage.edition_id)
    ties = sum(row.tied_with_next for rows in standings.values() for row in rows)
    return {"categories": len(marked), "ranked": sum(len(rows) for rows in standings.values()), "ties": ties}


def _juror(each: dict[str, Any], account_id: int) -> NewJuror:
    return NewJuror(
        code=each["id"],
        name_ar=each["name_ar"],
        name_fr=each["name_fr"],
        gender=each["gender"],
        seat=Seat(each["role"]),
        body_ar=each["body_ar"],
        body_fr=each["body_fr"],
        account_id=account_id,
    )


def _category(each: dict[str, Any], exhibitors: dict[str, int]) -> NewCategory:
    return NewCategory(
        code=each["id"],
        name_ar=each["name_ar"],
        name_fr=each["name_fr"],
        name_en=each["name_en"],
        winners=each["winners"],
        criteria=tuple(NewCriterion(**one) for one in each["criteria"]),
        nominees=tuple(exhibitors[code] for code in each["nominees"]),
        trophy_ar=each["trophy_ar"],
        trophy_fr=each["trophy_fr"],
    )


def _nominees(stage: Stage, deed: Deed) -> dict[tuple[str, str], int]:
    deed.session.flush()
    return _nominees_of(deed.session, stage.edition_id)


def _nominees_of(session: Any, edition_id: int) -> dict[tuple[str, str], int]:
    codes = {number: code for code, number in ids_by_code(session, edition_id).items()}
    return {
        (category.code, codes[nominee.exhibitor_id]): nominee.id
        for category in list_categories(session, edition_id)
        for nominee in category.nominees
        if nominee.exhibitor_id is not None
    }


def _sheets(rows: list[ScoreRow]) -> list[tuple[tuple[str, str, str], dict[str, int]]]:
    """Gather marks into sheets: (award, cooperative, juror) with half-points by criterion."""

    def key(row: ScoreRow) -> tuple[str, str, str]:
        return (row.award_id, row.cooperative_id, row.juror_id)

    ordered = sorted(rows, key=key)
    return [
        (sheet, {row.criterion: int(row.score * 2) for row in group}) for sheet, group in groupby(ordered, key=key)
    ]
