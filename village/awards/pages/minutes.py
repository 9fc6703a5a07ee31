"""The minutes of the jury as a PDF, in Arabic or in French (wording of the fair's own models)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from village.awards import queries, rules
from village.awards.pages.show import exhibitors_by_id
from village.awards.queries import RowState
from village.awards.rules import DecidedBy, Seat
from village.kit import pdf
from village.kit.i18n import Words, format_instant, format_number

if TYPE_CHECKING:
    from datetime import datetime
    from fractions import Fraction

    from sqlalchemy.orm import Session

    from village.awards.queries import CategoryRow, JurorRow, StandingRow
    from village.editions.queries import EditionView
    from village.exhibitors.queries import ExhibitorRow

DocLang = Literal["ar", "fr"]

LABELS: Final = {
    "title": Words("محضر مداولات لجنة التحكيم", "Procès-verbal de délibération du jury", ""),
    "composition": Words("تشكيلة اللجنة والحاضرون والغائبون", "Composition, présents et absents", ""),
    "recusals": Words("حالات التنحي وأسبابها", "Déports et motifs", ""),
    "criteria": Words("المعايير والمعاملات", "Critères et coefficients", ""),
    "marks": Words("جدول النقط والمعدلات", "Tableau des notes et moyennes", ""),
    "ties": Words("حالات التعادل وكيفية الحسم", "Ex aequo et mode de départage", ""),
    "ranking": Words("الترتيب النهائي والمتوجون", "Classement final et lauréats", ""),
    "remarks": Words("الملاحظات", "Observations", ""),
    "edition": Words("الدورة {number}", "{number}e édition", ""),
    "drawn_up": Words("حُرر في", "Dressé le", ""),
    "opened": Words("فُتحت النقط في", "Notes ouvertes le", ""),
    "chair": Words("الرئاسة", "Présidence", ""),
    "member": Words("عضوية", "Membre", ""),
    "name": Words("الاسم", "Nom", ""),
    "body": Words("الهيئة", "Organisme", ""),
    "seat": Words("الصفة", "Qualité", ""),
    "given": Words("أوراق التنقيط", "Fiches remises", ""),
    "signature": Words("التوقيع", "Signature", ""),
    "none": Words("لا شيء.", "Néant.", ""),
    "nominee": Words("المرشح", "Candidat", ""),
    "mean": Words("المعدل /20", "Moyenne /20", ""),
    "exact": Words("القيمة المضبوطة", "Valeur exacte", ""),
    "rank": Words("الرتبة", "Rang", ""),
    "recused": Words("تنحٍّ", "déport", ""),
    "absent": Words("غياب", "absence", ""),
    "laureate": Words("المتوج", "Lauréat", ""),
    "object": Words("الجائزة المسلّمة", "Objet remis", ""),
    "demonstration": Words("عرض تجريبي بمعطيات مخترعة", "Démonstration sur des données inventées", ""),
    "rule": Words(
        "مجموع العضو = مجموع النقط × المعاملات ÷ 100. المعدل على الأعضاء الذين نقطوا؛ التنحي والغياب يحذفان السطر.",
        "Total du juré = Σ note × coefficient ÷ 100. Moyenne des jurés qui ont noté ; "
        "déport et absence retirent la ligne.",
        "",
    ),
    "no_tie": Words("لم يُسجل أي تعادل في المعدل.", "Aucune égalité de moyenne.", ""),
    "heaviest": Words(
        "{name}: تعادل مع المرشح الموالي، وحُسم بمعدل أثقل معيار.",
        "{name} : à égalité avec le suivant, départagé par la moyenne sur le critère le plus lourd.",
        "",
    ),
    "by_chair": Words(
        "{name}: تعادل مع المرشح الموالي، وحُسم بمجموع الرئاسة.",
        "{name} : à égalité avec le suivant, départagé par le total de la présidence.",
        "",
    ),
    "ex_aequo": Words("{name}: مناصفة مع المرشح الموالي.", "{name} : ex aequo avec le suivant.", ""),
    "no_change": Words(
        "تبقى الرتبة الأولى كما هي بدون أي عضو من الأعضاء.",
        "Le premier rang reste le même sans l’un quelconque des jurés.",
        "",
    ),
    "would_change": Words(
        "الرتبة الأولى كانت ستتغير بدون: {jurors}.", "Le premier rang changerait sans : {jurors}.", ""
    ),
}
_DECIDED: Final = {
    DecidedBy.HEAVIEST: "heaviest",
    DecidedBy.CHAIR: "by_chair",
    DecidedBy.EX_AEQUO: "ex_aequo",
}


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
    jurors = queries.list_jurors(session, edition.id)
    states = queries.list_row_states(session, edition.id)
    standings = queries.list_standings(session, edition.id)
    exhibitors = exhibitors_by_id(session, edition.id)
    opened = [one for one in queries.list_categories(session, edition.id) if one.is_open]
    names = {key: _name(row, lang) for key, row in exhibitors.items()}
    return {
        "lang": lang,
        "dir": "rtl" if lang == "ar" else "ltr",
        "say": {key: getattr(words, lang) for key, words in LABELS.items()},
        "fair": edition.name_ar if lang == "ar" else edition.name_fr,
        "edition_line": LABELS["edition"].say(lang, {"number": edition.number}),
        "demonstration": edition.demonstration,
        "drawn_up": format_instant(now, lang, edition.zone),
        "jurors": [_juror(one, states, lang) for one in jurors],
        "recusals": [
            {
                "juror": _own_name(jurors, row.juror_id, lang),
                "nominee": names[row.exhibitor_id],
                "reason": (row.reason_ar or row.reason_fr) if lang == "ar" else (row.reason_fr or row.reason_ar),
            }
            for row in queries.list_recusals(session, edition.id)
        ],
        "categories": [
            _category(session, one, standings[one.id], jurors, states, names, lang, edition.zone) for one in opened
        ],
    }


def _category(
    session: Session,
    category: CategoryRow,
    standings: list[StandingRow],
    jurors: list[JurorRow],
    states: dict[tuple[int, int], RowState],
    names: dict[int, str],
    lang: DocLang,
    zone: str,
) -> dict[str, Any]:
    chair = next(one.id for one in jurors if one.seat is Seat.CHAIR)
    table = queries.get_marks_table(session, category, chair)
    decisive = [_own_name(jurors, one.juror_id, lang) for one in table.sensitivity if one.changes]
    ties = [
        LABELS[_DECIDED[row.decided_by]].say(lang, {"name": names[row.exhibitor_id]})
        for row in standings
        if row.decided_by in _DECIDED
    ]
    return {
        "name": category.name_ar if lang == "ar" else category.name_fr,
        "object": category.trophy_ar if lang == "ar" else category.trophy_fr,
        "opened": format_instant(category.opened_at, lang, zone) if category.opened_at else "",
        "criteria": [
            {"name": one.name_ar if lang == "ar" else one.name_fr, "weight": one.weight} for one in category.criteria
        ],
        "jurors": [one.code for one in jurors],
        "rows": [
            {
                "rank": row.rank,
                "name": names[row.exhibitor_id],
                "winner": row.is_winner,
                "totals": [
                    _total(table.totals.get((one.id, row.nominee_id)), states.get((one.id, row.nominee_id)), lang)
                    for one in jurors
                ],
                "mean": _figure(row.mean, lang),
                "exact": row.mean_exact,
            }
            for row in standings
        ],
        "ties": ties,
        "sensitivity": _sensitivity(decisive, lang),
        "laureates": [names[row.exhibitor_id] for row in standings if row.is_winner],
    }


def _sensitivity(decisive: list[str], lang: DocLang) -> str:
    if not decisive:
        return LABELS["no_change"].say(lang)
    return LABELS["would_change"].say(lang, {"jurors": ("، " if lang == "ar" else ", ").join(decisive)})


def _juror(juror: JurorRow, states: dict[tuple[int, int], RowState], lang: DocLang) -> dict[str, Any]:
    own = [state for (juror_id, _), state in states.items() if juror_id == juror.id]
    return {
        "code": juror.code,
        "name": juror.name_ar if lang == "ar" else juror.name_fr,
        "body": juror.body_ar if lang == "ar" else juror.body_fr,
        "seat": getattr(LABELS["chair" if juror.seat is Seat.CHAIR else "member"], lang),
        "given": own.count(RowState.GIVEN),
        "absent": own.count(RowState.ABSENT),
    }


def _total(total: Fraction | None, state: RowState | None, lang: DocLang) -> str:
    if total is not None:
        return _figure(total, lang)
    return getattr(LABELS["absent" if state is RowState.ABSENT else "recused"], lang) if state else ""


def _figure(value: Fraction, lang: DocLang) -> str:
    return format_number(float(rules.decimal_text(value, 2)), lang, 2)


def _own_name(jurors: list[JurorRow], juror_id: int, lang: DocLang) -> str:
    return next((one.name_ar if lang == "ar" else one.name_fr for one in jurors if one.id == juror_id), "")


def _name(row: ExhibitorRow, lang: DocLang) -> str:
    return row.name_ar if lang == "ar" else row.name_fr
