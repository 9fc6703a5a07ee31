"""Once the marks are open: what the jury said, and what is read aloud."""

from typing import Final

from village.audit.actions import record
from village.awards.actions.loading import load_category, load_nominee
from village.awards.models import DeliberationNote
from village.awards.rules import AwardClass, CategoryState
from village.kit.deeds import Deed
from village.kit.refusal import Refusal

MOST_TEXT: Final = 4000


def add_deliberation(deed: Deed, *, category_id: int, text_ar: str = "", text_fr: str = "") -> int:
    """Add what was said when the jury deliberated, as it will stand in the minutes. Nothing is ever taken out again.

    Refusals: `category_not_found`, `rules_not_committed`, `already_published`, `deliberation_empty`,
    `jury_text_too_long`.
    """
    category = load_category(deed, category_id)
    if category.state == CategoryState.DRAFT:
        raise Refusal("rules_not_committed", {"category": category.code})
    if category.state == CategoryState.PUBLISHED:
        raise Refusal("already_published", {"category": category.code})
    _check(text_ar, text_fr)
    row = DeliberationNote(
        category_id=category_id,
        text_ar=text_ar.strip(),
        text_fr=text_fr.strip(),
        actor=str(deed.actor),
        written_at=deed.now,
    )
    deed.session.add(row)
    deed.session.flush()
    record(deed, "deliberation.noted", f"award:{category_id}", {"code": category.code, "note": row.id})
    return row.id


def write_citation(deed: Deed, *, nominee_id: int, citation_ar: str = "", citation_fr: str = "") -> int:
    """Write what is read aloud when an award is given. Returns the nominee's new version.

    Refusals: `nominee_not_found`, `marks_hidden` before a marked category is opened, `already_published`,
    `deliberation_empty`, `jury_text_too_long`.
    """
    nominee, category = load_nominee(deed, nominee_id)
    if category.state == CategoryState.PUBLISHED:
        raise Refusal("already_published", {"category": category.code})
    if category.state != CategoryState.OPENED and category.award_class != AwardClass.HONOUR:
        raise Refusal("marks_hidden", {"category": category.code})
    _check(citation_ar, citation_fr)
    nominee.citation_ar, nominee.citation_fr = citation_ar.strip(), citation_fr.strip()
    nominee.version += 1
    record(deed, "citation.written", f"award:{category.id}", {"code": category.code, "nominee": nominee_id})
    return nominee.version


def _check(text_ar: str, text_fr: str) -> None:
    if not (text_ar.strip() or text_fr.strip()):
        raise Refusal("deliberation_empty")
    if max(len(text_ar), len(text_fr)) > MOST_TEXT:
        raise Refusal("jury_text_too_long", {"most": MOST_TEXT})
