"""Who is named for a category, and the dossier that speaks for them."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select

from village.audit.actions import record
from village.awards import rules
from village.awards.actions.loading import load_draft, load_nominee
from village.awards.models import AwardCategory, JurorAssignment, Nominee, NomineePhoto
from village.awards.queries import list_candidates
from village.awards.rules import AwardClass, CategoryState, NomineeRule
from village.awards.rules.nominating import MOST_TEXT
from village.exhibitors.queries import codes_by_id
from village.kit import canonical
from village.kit.deeds import Deed
from village.kit.pictures import clean_photo
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from village.kit.db import Json
    from village.kit.storage import FileStorage


def nominate(
    deed: Deed, *, category_id: int, exhibitor_id: int | None = None, name_ar: str = "", name_fr: str = ""
) -> int:
    """Name an exhibitor for a draft, last in the order; for an honour also anybody by name. Returns the id.

    Refusals: `category_not_found`, `rules_already_committed`, `award_by_draw`, `already_nominated`,
    `exhibitor_not_found`, `nominee_needs_exhibitor`, `award_name_missing`.
    """
    category = _open_to_names(deed, category_id)
    if exhibitor_id is None:
        if category.award_class != AwardClass.HONOUR:
            raise Refusal("nominee_needs_exhibitor")
        if not (name_ar.strip() or name_fr.strip()):
            raise Refusal("award_name_missing")
    elif exhibitor_id not in codes_by_id(deed.session, [exhibitor_id]):
        raise Refusal("exhibitor_not_found")
    elif exhibitor_id in _named(deed, category_id):
        raise Refusal("already_nominated")
    row = Nominee(
        category_id=category_id,
        exhibitor_id=exhibitor_id,
        name_ar=name_ar.strip(),
        name_fr=name_fr.strip(),
        position=_next_place(deed, category_id),
        source="hand",
    )
    deed.session.add(row)
    deed.session.flush()
    _touched(deed, category)
    facts: dict[str, Json] = {"code": category.code, "nominee": row.id, "exhibitor": exhibitor_id}
    record(deed, "award.nominated", f"award:{category_id}", facts)
    return row.id


def nominate_by_rule(deed: Deed, *, category_id: int, rule: NomineeRule) -> list[int]:
    """Name every accepted exhibitor that a rule takes and that is not named yet; returns the new nominees' ids.

    Refusals: `category_not_found`, `rules_already_committed`, `award_by_draw`, `rule_asks_nothing`,
    `rule_takes_nobody`.
    """
    category = _open_to_names(deed, category_id)
    if rule.asks_nothing:
        raise Refusal("rule_asks_nothing")
    named = _named(deed, category_id)
    new = [row.id for row in list_candidates(deed.session, category.edition_id, rule) if row.id not in named]
    if not new:
        raise Refusal("rule_takes_nobody")
    place = _next_place(deed, category_id)
    rows = [
        Nominee(category_id=category_id, exhibitor_id=one, position=at, source="rule")
        for at, one in enumerate(new, place)
    ]
    deed.session.add_all(rows)
    deed.session.flush()
    _touched(deed, category)
    told: dict[str, Json] = {
        name: list(each) if isinstance(each, tuple) else each for name, each in asdict(rule).items()
    }
    facts: dict[str, Json] = {"code": category.code, "count": len(new), "rule": told, "exhibitors": list(new)}
    record(deed, "award.nominated_by_rule", f"award:{category_id}", facts)
    return [row.id for row in rows]


def withdraw_nominee(deed: Deed, *, nominee_id: int, reason: str = "") -> list[str]:
    """Take a nominee off a draft. Returns the keys of its photos.

    Refusals: `nominee_not_found`, `rules_already_committed`.
    """
    nominee, category = load_nominee(deed, nominee_id)
    load_draft(deed, category.id)
    keys = list(deed.session.scalars(select(NomineePhoto.key).where(NomineePhoto.nominee_id == nominee_id)))
    exhibitor = nominee.exhibitor_id
    deed.session.execute(delete(NomineePhoto).where(NomineePhoto.nominee_id == nominee_id))
    deed.session.execute(delete(JurorAssignment).where(JurorAssignment.nominee_id == nominee_id))
    deed.session.execute(delete(Nominee).where(Nominee.id == nominee_id))
    deed.session.expunge(nominee)
    _touched(deed, category)
    facts: dict[str, Json] = {"code": category.code, "nominee": nominee_id, "exhibitor": exhibitor}
    record(deed, "award.nominee_withdrawn", f"award:{category.id}", facts | ({"reason": reason} if reason else {}))
    return keys


def write_dossier(
    deed: Deed,
    *,
    nominee_id: int,
    case_ar: str,
    case_fr: str,
    figures: Mapping[str, int],
    expected: int | None = None,
) -> int:
    """Write why somebody is named, with figures (codes of `rules.FIGURES`). Returns the nominee's new version.

    Possible until the marks are opened: the log holds a hash of each version, so that a jury can see it changed.

    Refusals: `nominee_not_found`, `dossier_closed`, `dossier_changed_meanwhile` {version}, `dossier_too_long`, and
    those of `rules.objections_to_figures`.
    """
    nominee, category = _open_dossier(deed, nominee_id)
    if expected is not None and expected != nominee.version:
        raise Refusal("dossier_changed_meanwhile", {"version": nominee.version})
    if max(len(case_ar), len(case_fr)) > MOST_TEXT:
        raise Refusal("dossier_too_long", {"most": MOST_TEXT})
    if objections := rules.objections_to_figures(figures):
        raise Refusal.of(objections)
    nominee.case_ar, nominee.case_fr, nominee.figures = case_ar.strip(), case_fr.strip(), dict(figures)
    nominee.version += 1
    facts: dict[str, Json] = {"nominee": nominee_id, "version": nominee.version, "sha256": dossier_hash(nominee)}
    record(deed, "dossier.written", f"award:{category.id}", facts)
    return nominee.version


def add_photo(
    deed: Deed, *, nominee_id: int, data: bytes, storage: "FileStorage", caption_ar: str = "", caption_fr: str = ""
) -> int:
    """Put a photo into a dossier, made anew without what the camera wrote beside it. Returns its id.

    Refusals: `nominee_not_found`, `dossier_closed`, `photos_too_many` {most}, and those of `pictures.clean_photo`.
    """
    nominee, category = _open_dossier(deed, nominee_id)
    held = deed.session.scalar(
        select(func.count()).select_from(NomineePhoto).where(NomineePhoto.nominee_id == nominee_id)
    )
    if (held or 0) >= rules.MOST_PHOTOS:
        raise Refusal("photos_too_many", {"most": rules.MOST_PHOTOS})
    clean = clean_photo(data)
    digest = sha256(clean).hexdigest()
    key = f"awards/{category.id}/{digest}.jpg"
    storage.put(key, clean)
    last = deed.session.scalar(select(func.max(NomineePhoto.position)).where(NomineePhoto.nominee_id == nominee_id))
    row = NomineePhoto(
        nominee_id=nominee_id,
        position=0 if last is None else last + 1,
        key=key,
        sha256=digest,
        caption_ar=caption_ar.strip(),
        caption_fr=caption_fr.strip(),
        added_at=deed.now,
    )
    deed.session.add(row)
    nominee.version += 1
    deed.session.flush()
    record(deed, "dossier.photo_added", f"award:{category.id}", {"nominee": nominee_id, "sha256": digest})
    return row.id


def drop_photo(deed: Deed, *, photo_id: int, storage: "FileStorage") -> None:
    """Take a photo out of a dossier. Refusals: `photo_not_found`, `dossier_closed`."""
    row = deed.session.get(NomineePhoto, photo_id)
    if row is None:
        raise Refusal("photo_not_found")
    nominee, category = _open_dossier(deed, row.nominee_id)
    key, digest = row.key, row.sha256
    deed.session.delete(row)
    nominee.version += 1
    deed.session.flush()
    drop_photos(deed, [key], storage)
    record(deed, "dossier.photo_dropped", f"award:{category.id}", {"nominee": nominee.id, "sha256": digest})


def drop_photos(deed: Deed, keys: Iterable[str], storage: "FileStorage") -> None:
    """Let go of files, after the commit, that no dossier holds any more."""
    held = set(deed.session.scalars(select(NomineePhoto.key).where(NomineePhoto.key.in_(list(keys)))))
    for key in set(keys) - held:
        deed.after_commit(partial(storage.drop, key))


def dossier_hash(nominee: Nominee) -> str:
    """Return SHA-256 of the canonical JSON of a dossier's texts and figures, in hexadecimal."""
    texts: dict[str, Any] = {"case_ar": nominee.case_ar, "case_fr": nominee.case_fr, "figures": dict(nominee.figures)}
    return sha256(canonical.dumps(texts)).hexdigest()


def _open_to_names(deed: Deed, category_id: int) -> AwardCategory:
    category = load_draft(deed, category_id)
    if category.award_class == AwardClass.CHANCE:
        raise Refusal("award_by_draw", {"category": category.code})
    return category


def _open_dossier(deed: Deed, nominee_id: int) -> tuple[Nominee, AwardCategory]:
    nominee, category = load_nominee(deed, nominee_id)
    if category.state not in {CategoryState.DRAFT, CategoryState.MARKING}:
        raise Refusal("dossier_closed", {"category": category.code})
    return nominee, category


def _named(deed: Deed, category_id: int) -> set[int | None]:
    return set(deed.session.scalars(select(Nominee.exhibitor_id).where(Nominee.category_id == category_id)))


def _next_place(deed: Deed, category_id: int) -> int:
    last = deed.session.scalar(select(func.max(Nominee.position)).where(Nominee.category_id == category_id))
    return 0 if last is None else last + 1


def _touched(deed: Deed, category: AwardCategory) -> None:
    category.version += 1
    deed.session.flush()
    deed.session.expire(category, ["nominees"])
