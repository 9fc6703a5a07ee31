"""The minutes of a session on paper, in Arabic or in French."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Literal

from village.kit import pdf
from village.kit.i18n import Words, counted, format_day, format_instant, pick
from village.workshops.calendars import place, spoken
from village.workshops.rules import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from village.editions.queries import EditionView
    from village.workshops.queries import WorkshopRow
    from village.workshops.queries.minutes import MinutesRow

DocLang = Literal["ar", "fr"]
DESIGN = "session_minutes"

LABELS: Final = {
    "title": Words("محضر", "Compte rendu", ""),
    "edition": Words("الدورة {number}", "Édition {number}", ""),
    "demonstration": Words("عرض تجريبي بمعطيات مخترعة", "Démonstration sur des données inventées", ""),
    "draft": Words("مسودة: المحضر غير مغلق", "Brouillon : compte rendu non clos", ""),
    "day": Words("اليوم", "Jour", ""),
    "hours": Words("الساعة", "Heures", ""),
    "from_to": Words("من {starts:clock} إلى {ends:clock}", "de {starts:clock} à {ends:clock}", ""),
    "place": Words("المكان", "Lieu", ""),
    "track": Words("المسار", "Parcours", ""),
    "led": Words("التأطير", "Animation", ""),
    "spoken": Words("لغة الحصة", "Langue de la séance", ""),
    "attended": Words("الحاضرون", "Présents", ""),
    "rapporteur": Words("المقرر", "Rapporteur", ""),
    "said": Words("ما دار في الجلسة", "Ce qui a été dit", ""),
    "decisions": Words("القرارات والتوصيات", "Décisions et recommandations", ""),
    "none": Words("لم تسجل أي قرارات.", "Aucune décision n’est consignée.", ""),
    "missing": Words(
        "لم يترجم هذا المحضر بعد إلى العربية: النص أسفله بالفرنسية.",
        "Ce compte rendu n’est pas encore traduit en français : le texte ci-dessous est en arabe.",
        "",
    ),
    "closed": Words("أغلق المحضر يوم", "Clos le", ""),
    "signature": Words("توقيع المقرر", "Signature du rapporteur", ""),
    "moderator": Words("توقيع مسير الجلسة", "Signature du modérateur", ""),
}


@dataclass(frozen=True)
class Sheet:
    """Minutes ready to be laid out; `digest` names their content."""

    html: str
    digest: str

    def print(self) -> bytes:
        """Lay the minutes out as a tagged PDF."""
        return pdf.to_pdf(self.html, f"{DESIGN}/theme.css", tags=True)


def minutes_sheet(
    edition: EditionView, row: WorkshopRow, minutes: MinutesRow, lang: DocLang, now: datetime
) -> Sheet:
    """Fill the design. A language in which nothing was written shows the other one and says so.

    Args:
        edition: the fair.
        row: the session.
        minutes: what was written.
        lang: language of the document.
        now: when it is drawn up, for a draft.

    """
    html = pdf.compose(f"{DESIGN}/template.html", **minutes_values(edition, row, minutes, lang, now))
    return Sheet(html, sha256(html.encode()).hexdigest()[:32])


def minutes_values(
    edition: EditionView, row: WorkshopRow, minutes: MinutesRow, lang: DocLang, now: datetime
) -> dict[str, object]:
    """Return the values of the design: texts, nothing live."""
    arabic = lang == "ar"
    text = minutes.text
    own, other = (text.text_ar, text.text_fr) if arabic else (text.text_fr, text.text_ar)
    missing = not own and bool(other)
    written: DocLang = ("fr" if arabic else "ar") if missing else lang
    decided = text.decisions_ar if written == "ar" else text.decisions_fr
    kind = KINDS.get(row.kind)
    return {
        "lang": lang,
        "dir": "rtl" if arabic else "ltr",
        "say": {key: getattr(words, lang) for key, words in LABELS.items()},
        "fair": edition.name_ar if arabic else edition.name_fr,
        "edition_line": LABELS["edition"].say(lang, {"number": edition.number}),
        "demonstration": edition.demonstration,
        "draft": minutes.closed_at is None,
        "kind": kind.name(lang) if kind else "",
        "code": row.code,
        "session": (row.title_ar or row.title_fr) if arabic else (row.title_fr or row.title_ar),
        "facts": _facts(row, minutes, lang),
        "missing": missing,
        "written": written,
        "written_dir": "rtl" if written == "ar" else "ltr",
        "paragraphs": paragraphs(own or other),
        "decisions": points(decided),
        "closed": format_instant(minutes.closed_at or now, lang, edition.zone),
    }


def _facts(row: WorkshopRow, minutes: MinutesRow, lang: DocLang) -> list[Mapping[str, str]]:
    comma = "، " if lang == "ar" else ", "
    names = [pick(lang, each.name_ar, each.name_fr)[0] for each in row.trainers]
    track = pick(lang, row.track.name_ar, row.track.name_fr)[0] if row.track else ""
    came = minutes.text.attended
    said = (
        ("day", format_day(row.day, lang)),
        ("hours", LABELS["from_to"].say(lang, {"starts": row.starts, "ends": row.ends})),
        ("place", place(row, lang)),
        ("track", track),
        ("led", comma.join(names)),
        ("spoken", spoken(row, lang)),
        ("attended", "" if came is None else counted("participant", came, lang)),
        ("rapporteur", minutes.text.rapporteur),
    )
    return [{"name": getattr(LABELS[key], lang), "value": value} for key, value in said if value]


def paragraphs(text: str) -> list[str]:
    """Cut a text at its empty lines; lines within a paragraph flow together."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]


def points(text: str) -> list[str]:
    """Cut a list at its lines, without the dashes, dots and numbers that people put before them."""
    found = [re.sub(r"^\s*(?:[-–—•*]|[0-9٠-٩]{1,2}\s*[.)\-])\s*", "", line).strip() for line in text.splitlines()]
    return [line for line in found if line]
