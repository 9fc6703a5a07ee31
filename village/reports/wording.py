"""What the reports say: refusals and lines of the log, in Arabic, French and English."""

from village.kit.i18n import Words

REFUSALS = {
    "agreement_duration_wrong": Words(
        "مدة الاتفاقية {code:ltr} غير صحيحة.",
        "La durée de la convention {code:ltr} est incorrecte.",
        "The duration of agreement {code:ltr} is wrong.",
    ),
    "agreement_exists": Words(
        "الاتفاقية {code:ltr} مسجلة من قبل.",
        "La convention {code:ltr} est déjà inscrite.",
        "Agreement {code:ltr} is already recorded.",
    ),
    "agreement_without_title": Words(
        "الاتفاقية {code:ltr} بلا عنوان.",
        "La convention {code:ltr} n’a pas de titre.",
        "Agreement {code:ltr} has no title.",
    ),
    "recommendation_empty": Words(
        "نص التوصية فارغ.", "Le texte de la recommandation est vide.", "The text of the recommendation is empty."
    ),
    "recommendation_exists": Words(
        "التوصية {code:ltr} مسجلة من قبل.",
        "La recommandation {code:ltr} est déjà inscrite.",
        "Recommendation {code:ltr} is already recorded.",
    ),
    "recommendation_not_found": Words(
        "هذه التوصية غير موجودة.", "Cette recommandation n’existe pas.", "This recommendation does not exist."
    ),
}

REFUSALS |= {
    "export_without_purpose": Words(
        "اكتبوا لمن تُسلَّم اللائحة ولأي غرض.",
        "Écrivez à qui la liste est remise et pour quoi faire.",
        "Write who receives the list and what it is for.",
    ),
    "session_not_over": Words(
        "الحصة {workshop:ltr} لم تنته بعد، فلا غائب عنها إلى الآن.",
        "La séance {workshop:ltr} n’est pas terminée : personne n’en est encore absent.",
        "Session {workshop:ltr} is not over: nobody is absent from it yet.",
    ),
}

DEEDS = {
    "data.exported": Words(
        "أُخرجت لائحة في ملف، عدد أسطرها {rows:number}: {kind:ltr}",
        "Liste sortie en fichier, lignes : {rows:number} ({kind:ltr})",
        "A list was taken out as a file, rows: {rows:number} ({kind:ltr})",
    ),
    "agreement.signed": Words(
        "وُقعت الاتفاقية {code:ltr}", "Convention {code:ltr} signée", "Agreement {code:ltr} signed"
    ),
    "recommendation.adopted": Words(
        "اعتُمدت التوصية {code:ltr}", "Recommandation {code:ltr} adoptée", "Recommendation {code:ltr} adopted"
    ),
    "recommendation.worded": Words(
        "عُدلت صياغة التوصية {code:ltr}", "Recommandation {code:ltr} reformulée", "Recommendation {code:ltr} reworded"
    ),
}
