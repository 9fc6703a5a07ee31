"""What the minutes of the jury say beside the facts, in the two languages they are drawn up in."""

from typing import Final

from village.kit.i18n import Words

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
    "closed": Words("أغلق أوراقه", "Fiches closes", ""),
    "adjusted": Words("المعدل دون أثر الأعضاء", "Sans l’effet des jurés", ""),
    "votes": Words("الأصوات", "Voix", ""),
    "effect": Words("أثر العضو", "Effet du juré", ""),
    "citation": Words("ما تُلي عند التتويج", "Lu à la remise", ""),
    "prize": Words("ما وُعد به وما سُلّم", "Promis et remis", ""),
    "delivered": Words("سُلّم إلى {receiver} في {when}", "remis à {receiver} le {when}", ""),
    "promised": Words("وعد به {giver}", "promis par {giver}", ""),
    "given_by_rank": Words("الرتبة {rank}", "rang {rank}", ""),
    "honours": Words("التكريم (بدون تنقيط)", "Hommages (sans notes)", ""),
    "head": Words("رأس سجل الأفعال عند تحرير المحضر", "Tête du journal à la rédaction", ""),
    "head_line": Words("{size} سطرا، البصمة:", "{size} lignes, empreinte :", ""),
    "broken": Words(
        "تنبيه: أوراق لا تطابق ما خُتم في السجل: {count}.",
        "Attention : fiches qui ne sont pas celles scellées : {count}.",
        "",
    ),
    "split_rule": Words(
        "لجنة مقسمة: كل مرشح نقطه بعض الأعضاء. يُنزع أثر صرامة كل عضو، وبالمعدل دون هذا الأثر تُحسب الرتبة.",
        "Jury partagé : chaque candidat est noté par une partie des jurés. L’effet de sévérité de chacun est retiré, "
        "et cette moyenne-là donne le rang.",
        "",
    ),
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
    "by_lot": Words(
        "{name}: تعادل مع المرشح الموالي، وحُسم بالقرعة.",
        "{name} : à égalité avec le suivant, départagé par le sort.",
        "",
    ),
    "lot": Words(
        "القرعة رقم {number} للرتبة {rank}: الالتزام {commitment:ltr}، الأرقام {numbers}، الترتيب {ranking}.",
        "Tirage n° {number} pour le rang {rank} : engagement {commitment:ltr}, nombres {numbers}, ordre {ranking}.",
        "",
    ),
    "lot_cancelled": Words("القرعة رقم {number} أُلغيت: {reason}.", "Tirage n° {number} annulé : {reason}.", ""),
    "tie_member": Words("عضو فيه", "en est membre", ""),
    "tie_trainer": Words("كوّنه أو رافقه", "l’a formé ou accompagné", ""),
    "tie_funder": Words("تموله هيئته", "son organisme le finance", ""),
    "tie_family": Words("قرابة عائلية", "lien de famille", ""),
    "tie_other": Words("صلة أخرى", "autre lien", ""),
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
