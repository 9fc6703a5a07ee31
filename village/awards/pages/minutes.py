"""The minutes of the jury as a PDF, in Arabic or in French (sections of the fair's own model)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from village.audit.queries import get_head
from village.awards import queries, rules
from village.awards.pages import show
from village.awards.pages.minutes_words import LABELS
from village.awards.queries import RowState
from village.awards.rules import DecidedBy, Seat
from village.kit import pdf
from village.kit.i18n import format_instant, format_number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from fractions import Fraction

    from sqlalchemy.orm import Session

    from village.awards.pages.show import Face
    from village.awards.queries import CategoryRow, JurorRow, MarksTable, PrizeRow, StandingRow, TieLotView
    from village.editions.queries import EditionView

DocLang = Literal["ar", "fr"]
_DECIDED: Final = {
    DecidedBy.HEAVIEST: "heaviest",
    DecidedBy.CHAIR: "by_chair",
    DecidedBy.LOT: "by_lot",
    DecidedBy.EX_AEQUO: "ex_aequo",
}


@dataclass(frozen=True)
class _Facts:
    """All that the minutes are made of, read once."""

    lang: DocLang
    zone: str
    jurors: list[JurorRow]
    states: Mapping[tuple[int, int], RowState]
    faces: Mapping[int, Face]
    standings: Mapping[int, list[StandingRow]]
    prizes: list[PrizeRow]

    def own(self, text_ar: str, text_fr: str) -> str:
        """Return a text in the language of the document, else in the other."""
        return (text_ar or text_fr) if self.lang == "ar" else (text_fr or text_ar)

    def say(self, label: str, **facts: Any) -> str:
        """Say a sentence of the minutes."""
        return LABELS[label].say(self.lang, facts)

    def name(self, nominee_id: int) -> str:
        """Name a nominee."""
        return self.faces[nominee_id].name_in(self.lang)

    def juror(self, juror_id: int) -> str:
        """Name a juror."""
        return next((self.own(one.name_ar, one.name_fr) for one in self.jurors if one.id == juror_id), "")

    def figure(self, value: Fraction) -> str:
        """Write a mean with two decimals."""
        return format_number(float(rules.decimal_text(value, 2)), self.lang, 2)

    def when(self, at: datetime) -> str:
        """Write an instant in the zone of the fair."""
        return format_instant(at, self.lang, self.zone)


def jury_minutes(session: Session, edition: EditionView, lang: DocLang, now: datetime) -> bytes:
    """Render the minutes of all categories whose marks are opened.

    Args:
        session: for reading.
        edition: the edition.
        lang: language of the document.
        now: when it is drawn up.

    """
    return pdf.render("jury_minutes", "jury_minutes", **minutes_values(session, edition, lang, now))


def minutes_values(session: Session, edition: EditionView, lang: DocLang, now: datetime) -> dict[str, Any]:
    """Return the values of the design `jury_minutes`: texts and tables, nothing live."""
    categories = queries.list_categories(session, edition.id)
    facts = _Facts(
        lang=lang,
        zone=edition.zone,
        jurors=queries.list_jurors(session, edition.id),
        states=queries.list_row_states(session, edition.id),
        faces=show.faces_of(session, edition.id, categories),
        standings=queries.list_standings(session, edition.id),
        prizes=queries.list_prizes(session, edition.id),
    )
    closings = queries.list_closings(session, edition.id)
    head = get_head(session)
    opened = [one for one in categories if one.is_open and one.id in facts.standings]
    return {
        "lang": lang,
        "dir": "rtl" if lang == "ar" else "ltr",
        "say": {key: getattr(words, lang) for key, words in LABELS.items()},
        "fair": facts.own(edition.name_ar, edition.name_fr),
        "edition_line": facts.say("edition", number=edition.number),
        "demonstration": edition.demonstration,
        "drawn_up": facts.when(now),
        "jurors": [_juror(facts, one, closings) for one in facts.jurors],
        "recusals": _recusals(session, edition.id, facts),
        "categories": [_category(session, one, facts) for one in opened],
        "honours": [
            {"name": facts.own(one.name_ar, one.name_fr), **_laureates(one, facts)}
            for one in categories
            if one.award_class == "honour" and one.is_open
        ],
        "head": {"line": facts.say("head_line", size=head.size), "root": head.root.hex()},
    }


def _category(session: Session, category: CategoryRow, facts: _Facts) -> dict[str, Any]:
    chair = next(one.id for one in facts.jurors if one.seat is Seat.CHAIR)
    table = queries.get_marks_table(session, category, chair)
    standings = facts.standings[category.id]
    lots = queries.list_lots(session, category.id)
    jurors = show.who_judged(category, facts.jurors, facts.states)
    return {
        "name": facts.own(category.name_ar, category.name_fr),
        "object": facts.own(category.trophy_ar, category.trophy_fr),
        "opened": facts.when(category.opened_at) if category.opened_at else "",
        "criteria": [{"name": facts.own(one.name_ar, one.name_fr), "weight": one.weight} for one in category.criteria],
        "jurors": [one.code for one in jurors],
        "split": bool(table.effects),
        "voted": category.has_vote,
        "rows": [_row(row, table, jurors, facts) for row in standings],
        "effects": [_effect(table.effects.get(one.id), facts) for one in jurors] if table.effects else [],
        "ties": [
            facts.say(_DECIDED[row.decided_by], name=facts.name(row.nominee_id))
            for row in standings
            if row.decided_by in _DECIDED
        ]
        + [_lot(one, facts) for one in lots if one.state != "sealed"],
        "sensitivity": _sensitivity(table, facts),
        "broken": facts.say("broken", count=len(table.broken_seals)) if table.broken_seals else "",
        "notes": [facts.own(note.text_ar, note.text_fr) for note in queries.list_notes(session, category.id)],
        **_laureates(category, facts),
    }


def _row(row: StandingRow, table: MarksTable, jurors: list[JurorRow], facts: _Facts) -> dict[str, Any]:
    return {
        "rank": row.rank,
        "name": facts.name(row.nominee_id),
        "winner": row.is_winner,
        "totals": [
            _total(table.totals.get((one.id, row.nominee_id)), facts.states.get((one.id, row.nominee_id)), facts)
            for one in jurors
        ],
        "mean": facts.figure(row.mean),
        "exact": row.mean_exact,
        "adjusted": facts.figure(row.adjusted) if row.adjusted is not None else "",
        "votes": row.votes,
    }


def _laureates(category: CategoryRow, facts: _Facts) -> dict[str, Any]:
    """Who holds the winning ranks, what is read aloud for each, and what was promised and handed over."""
    if category.award_class == "honour":
        held = [one.id for one in category.nominees]
    else:
        held = [row.nominee_id for row in facts.standings.get(category.id, []) if row.is_winner]
    nominees = {one.id: one for one in category.nominees}
    return {
        "laureates": [facts.name(one) for one in held],
        "citations": [
            {"name": facts.name(one), "text": text}
            for one in held
            if (text := facts.own(nominees[one].citation_ar, nominees[one].citation_fr))
        ],
        "prizes": [_prize(one, facts) for one in facts.prizes if one.category_id == category.id],
    }


def _prize(prize: PrizeRow, facts: _Facts) -> str:
    parts = [facts.own(prize.title_ar, prize.title_fr), facts.say("given_by_rank", rank=prize.rank)]
    if prize.giver_ar or prize.giver_fr:
        parts.append(facts.say("promised", giver=facts.own(prize.giver_ar, prize.giver_fr)))
    if prize.delivered_at:
        parts.append(facts.say("delivered", receiver=prize.receiver, when=facts.when(prize.delivered_at)))
    return ("، " if facts.lang == "ar" else ", ").join(parts)


def _lot(lot: TieLotView, facts: _Facts) -> str:
    if lot.state == "cancelled":
        return facts.say("lot_cancelled", number=lot.number, reason=lot.reason or "")
    names = {face.code: face.name_in(facts.lang) for face in facts.faces.values()}
    between = "، " if facts.lang == "ar" else ", "
    return facts.say(
        "lot",
        number=lot.number,
        rank=lot.rank,
        commitment=lot.commitment,
        # Each reads on in the direction of the page: the first number called comes first.
        numbers=between.join(seat.value or "" for seat in lot.seats),
        ranking=between.join(names.get(code, code) for code in lot.ranking),
    )


def _recusals(session: Session, edition_id: int, facts: _Facts) -> list[dict[str, str]]:
    named = {face.nominee.exhibitor_id: face for face in facts.faces.values() if face.nominee.exhibitor_id is not None}
    dash = " — "
    return [
        {
            "juror": facts.juror(row.juror_id),
            "nominee": named[row.exhibitor_id].name_in(facts.lang),
            "reason": dash.join(
                part for part in (facts.say(f"tie_{row.tie}"), facts.own(row.reason_ar, row.reason_fr)) if part
            ),
        }
        for row in queries.list_recusals(session, edition_id)
        if row.exhibitor_id in named
    ]


def _sensitivity(table: MarksTable, facts: _Facts) -> str:
    decisive = [facts.juror(one.juror_id) for one in table.sensitivity if one.changes]
    if not decisive:
        return facts.say("no_change")
    return facts.say("would_change", jurors=("، " if facts.lang == "ar" else ", ").join(decisive))


def _juror(facts: _Facts, juror: JurorRow, closings: Mapping[tuple[int, int], datetime]) -> dict[str, Any]:
    closed = [at for (who, _category), at in closings.items() if who == juror.id]
    own = [state for (juror_id, _), state in facts.states.items() if juror_id == juror.id]
    return {
        "code": juror.code,
        "name": facts.own(juror.name_ar, juror.name_fr),
        "body": facts.own(juror.body_ar, juror.body_fr),
        "seat": facts.say("chair" if juror.seat is Seat.CHAIR else "member"),
        "given": own.count(RowState.GIVEN),
        "absent": own.count(RowState.ABSENT),
        "closed": facts.when(max(closed)) if closed else "",
    }


def _total(total: Fraction | None, state: RowState | None, facts: _Facts) -> str:
    if total is not None:
        return facts.figure(total)
    return facts.say("absent" if state is RowState.ABSENT else "recused") if state else ""


def _effect(effect: Fraction | None, facts: _Facts) -> str:
    if effect is None:
        return ""
    return ("+" if effect > 0 else "") + facts.figure(effect)
