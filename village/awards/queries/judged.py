"""What was given in a category, as the rules rank it. Nothing here asks whether the chair has opened: the deeds do."""

from collections import Counter
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village.awards.models import AwardBallot, AwardCriterion, AwardLot, Mark, MarkSheet, Nominee
from village.awards.rules import Panel, Sheet, Terms
from village.exhibitors.queries import codes_by_id
from village.kit import canonical


@dataclass(frozen=True)
class SealedSheet:
    """A sheet with the seal that the log holds of it, and whether its marks still fit that seal."""

    sheet: Sheet
    seal: str
    fits: bool


def load_sheets(session: Session, category_id: int) -> list[SealedSheet]:
    """Load all sheets of a category, in the order of juror and nominee (one SQL query)."""
    rows = session.execute(
        select(MarkSheet, Mark.criterion_id, Mark.half_points, AwardCriterion.code)
        .join(Mark, Mark.sheet_id == MarkSheet.id)
        .join(AwardCriterion, AwardCriterion.id == Mark.criterion_id)
        .where(AwardCriterion.category_id == category_id)
        .order_by(MarkSheet.juror_id, MarkSheet.nominee_id)
    )
    sheets: dict[int, MarkSheet] = {}
    by_id: dict[int, dict[int, int]] = {}
    by_code: dict[int, dict[str, int]] = {}
    for sheet, criterion, half, code in rows:
        sheets[sheet.id] = sheet
        by_id.setdefault(sheet.id, {})[criterion] = half
        by_code.setdefault(sheet.id, {})[code] = half
    return [
        SealedSheet(
            Sheet(row.juror_id, row.nominee_id, by_id[key]),
            row.seal,
            seal(row.salt, row.juror_id, row.nominee_id, by_code[key]) == row.seal,
        )
        for key, row in sheets.items()
    ]


def seal(salt: bytes, juror_id: int, nominee_id: int, marks: dict[str, int]) -> str:
    """Return SHA-256(salt ‖ canonical JSON of the sheet) in hexadecimal: what the log keeps of hidden marks."""
    sheet = {"juror": juror_id, "marks": marks, "nominee": nominee_id}
    return sha256(salt + canonical.dumps(sheet)).hexdigest()


def count_ballots(session: Session, category_id: int) -> Counter[int]:
    """Count the ballots of a category: nominee id → votes (one SQL query)."""
    rows = session.execute(
        select(AwardBallot.nominee_id, func.count())
        .where(AwardBallot.category_id == category_id)
        .group_by(AwardBallot.nominee_id)
    )
    return Counter({nominee: votes for nominee, votes in rows})


def nominee_codes(session: Session, category_id: int) -> dict[str, int]:
    """Return code of the exhibitor → nominee id, in a category whose nominees are exhibitors (two SQL queries)."""
    rows = session.execute(
        select(Nominee.exhibitor_id, Nominee.id).where(
            Nominee.category_id == category_id, Nominee.exhibitor_id.is_not(None)
        )
    ).all()
    codes = codes_by_id(session, [exhibitor for exhibitor, _ in rows if exhibitor is not None])
    return {codes[exhibitor]: nominee for exhibitor, nominee in rows if exhibitor is not None}


def terms_of(session: Session, category_id: int, panel: str, *, vote: bool) -> Terms:
    """Return under which rules the sheets of a category are ranked, lots drawn so far included."""
    drawn = session.scalars(
        select(AwardLot).where(AwardLot.category_id == category_id, AwardLot.state == "drawn").order_by(AwardLot.number)
    ).all()
    codes = nominee_codes(session, category_id) if drawn else {}
    lots = {codes[code]: place for row in drawn for place, code in enumerate(row.ranking) if code in codes}
    return Terms(Panel(panel), count_ballots(session, category_id) if vote else None, lots)
