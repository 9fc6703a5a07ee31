"""What is said while awards are set up, and about their prizes: refusals and lines of the log."""

from village.kit.i18n import Words

REFUSALS = {
    "already_nominated": Words(
        "هذه التعاونية مرشحة من قبل في هذه الجائزة.",
        "Cet exposant est déjà candidat à ce prix.",
        "This exhibitor is already named for this award.",
    ),
    "award_by_draw": Words(
        "هذه الجائزة تُمنح بالقرعة: المشاركون والجوائز في صفحة القرعة.",
        "Ce prix se gagne au tirage : participants et lots sont dans le tirage.",
        "This award falls by a draw: entrants and prizes are those of the draw.",
    ),
    "award_changed_meanwhile": Words(
        "غيّر شخص آخر هذه الجائزة. راجعوا ثم أعيدوا.",
        "Quelqu’un d’autre a modifié ce prix. Relisez, puis recommencez.",
        "Somebody else changed this award. Read it again, then retry.",
    ),
    "award_code_wrong": Words(
        "الرمز: حروف لاتينية وأرقام فقط، 16 على الأكثر.",
        "Le code : lettres latines et chiffres seulement, 16 au plus.",
        "The code: Latin letters and digits only, 16 at most.",
    ),
    "award_is_marked": Words(
        "هذه الجائزة تنقطها لجنة التحكيم.", "Ce prix est noté par un jury.", "This award is marked by a jury."
    ),
    "award_name_missing": Words(
        "اكتبوا الاسم بالعربية أو بالفرنسية.",
        "Donnez le nom en arabe ou en français.",
        "Give the name in Arabic or in French.",
    ),
    "award_not_marked": Words(
        "هذه الجائزة بدون تنقيط.", "Ce prix se donne sans notes.", "This award is given without marks."
    ),
    "award_prize_not_found": Words(
        "هذه الجائزة العينية غير موجودة.", "Ce lot n’existe pas.", "This prize does not exist."
    ),
    "criterion_twice": Words(
        "رمز معيار مكرر.", "Deux critères portent le même code.", "Two criteria have the same code."
    ),
    "dossier_changed_meanwhile": Words(
        "غيّر شخص آخر هذا الملف (النسخة {version}).",
        "Quelqu’un d’autre a modifié ce dossier (version {version}).",
        "Somebody else changed this dossier (version {version}).",
    ),
    "dossier_closed": Words(
        "فُتحت النقط، فلا يتغير الملف.",
        "Les notes sont ouvertes : le dossier ne change plus.",
        "The marks are open: the dossier no longer changes.",
    ),
    "dossier_too_long": Words(
        "النص طويل: {most} حرف على الأكثر.",
        "Le texte est trop long : {most} caractères au plus.",
        "The text is too long: {most} characters at most.",
    ),
    "draw_code_missing": Words(
        "اختاروا القرعة إذا كانت الجائزة بالقرعة، وإلا فاتركوها فارغة.",
        "Choisissez le tirage pour un prix au sort, et aucun pour les autres.",
        "Choose the draw for an award by draw, and none for the others.",
    ),
    "figure_unknown": Words("رقم غير معروف في الملف.", "Chiffre inconnu dans le dossier.", "Unknown figure in the dossier."),
    "figure_wrong": Words(
        "الأرقام أعداد صحيحة من صفر فما فوق.",
        "Les chiffres sont des entiers, zéro ou plus.",
        "Figures are whole numbers, zero or more.",
    ),
    "holder_unclear": Words(
        "الرتبة {rank} مشتركة: اختاروا لمن سُلمت.",
        "Le rang {rank} est partagé : dites à qui elle est remise.",
        "Rank {rank} is shared: say to whom it was given.",
    ),
    "juror_exists": Words(
        "الرمز {juror:ltr} لعضو آخر.", "Le code {juror:ltr} est celui d’un autre juré.", "Another juror has the code {juror:ltr}."
    ),
    "jurors_each_wrong": Words(
        "عدد الأعضاء لكل مرشح من 1 إلى {most}.",
        "Le nombre de jurés par candidat va de 1 à {most}.",
        "The number of jurors for each nominee is from 1 to {most}.",
    ),
    "jury_is_fixed": Words(
        "لا يتغير تشكيل اللجنة أثناء تنقيط الجائزة {category:ltr}.",
        "Le jury ne change pas pendant la notation du prix {category:ltr}.",
        "The jury does not change while award {category:ltr} is being marked.",
    ),
    "nominee_needs_exhibitor": Words(
        "المرشح لجائزة تنقطها اللجنة يكون من العارضين.",
        "Un candidat à un prix noté est un exposant.",
        "A nominee of a marked award is an exhibitor.",
    ),
    "nominee_without_juror": Words(
        "مرشحون بلا عضو ينقطهم: {nominees}.",
        "Candidats sans juré : {nominees}.",
        "Nominees without a juror: {nominees}.",
    ),
    "panel_not_linked": Words(
        "توجد مجموعتان من المرشحين لا يجمع بينهما أي عضو، فلا تقارن نقطهما. أسندوا عضوا مشتركا.",
        "Deux groupes de candidats n’ont aucun juré commun : leurs notes ne se comparent pas. Ajoutez un juré commun.",
        "Two groups of nominees share no juror, so their marks cannot be compared. Add a juror common to both.",
    ),
    "panel_not_split": Words(
        "في هذه الجائزة كل عضو ينقط كل المرشحين.",
        "Pour ce prix, chaque juré note tous les candidats.",
        "In this award every juror marks every nominee.",
    ),
    "photo_broken": Words(
        "لا يمكن فتح هذا الملف.", "Ce fichier ne s’ouvre pas.", "This file cannot be opened."
    ),
    "photo_kind_wrong": Words(
        "صورة JPEG أو PNG أو WebP فقط.", "Photo JPEG, PNG ou WebP seulement.", "A JPEG, PNG or WebP picture only."
    ),
    "photo_missing": Words("اختاروا صورة.", "Choisissez une photo.", "Choose a photo."),
    "photo_not_found": Words("هذه الصورة غير موجودة.", "Cette photo n’existe pas.", "This photo does not exist."),
    "photo_too_large": Words(
        "الصورة كبيرة: {most} ميغا على الأكثر.",
        "La photo est trop lourde : {most} Mo au plus.",
        "The photo is too large: {most} MB at most.",
    ),
    "photos_too_many": Words(
        "{most} صور على الأكثر في الملف.", "{most} photos au plus par dossier.", "{most} photos at most in a dossier."
    ),
    "prize_already_delivered": Words(
        "سُلمت من قبل.", "La remise est déjà faite.", "It was already handed over."
    ),
    "prize_kind_unknown": Words(
        "اختاروا: درع أو جائزة أو ورقة.", "Choisissez : bouclier, prix ou document.", "Choose: shield, prize or paper."
    ),
    "prize_promised_already": Words(
        "هذا الوعد مكتوب من قبل لهذه الرتبة.",
        "Cette promesse est déjà inscrite pour ce rang.",
        "This promise is already written down for this rank.",
    ),
    "prize_rank_wrong": Words(
        "الرتبة من 1 إلى {most}.", "Le rang va de 1 à {most}.", "The rank is from 1 to {most}."
    ),
    "prize_value_wrong": Words(
        "القيمة بالدرهم من 0 إلى {most}.",
        "La valeur en dirhams va de 0 à {most}.",
        "The value in dirhams is from 0 to {most}.",
    ),
    "proof_missing": Words(
        "أضيفوا صورة التسليم أو الورقة الموقعة.",
        "Ajoutez la photo de la remise ou le papier signé.",
        "Add a photo of the hand-over or the signed paper.",
    ),
    "public_too_heavy": Words(
        "تصويت الجمهور معيار واحد، ومعامله {most} على الأكثر.",
        "Le vote du public est un seul critère, de {most} au plus.",
        "The public vote is one criterion, of {most} at most.",
    ),
    "rank_not_shared": Words(
        "الرتبة {rank} ليست مشتركة.", "Le rang {rank} n’est pas partagé.", "Rank {rank} is not shared."
    ),
    "receiver_missing": Words(
        "اكتبوا اسم من تسلمها.", "Écrivez qui l’a reçue.", "Write who received it."
    ),
    "rule_asks_nothing": Words(
        "اختاروا شرطا واحدا على الأقل.", "Choisissez au moins une condition.", "Choose at least one condition."
    ),
    "rule_takes_nobody": Words(
        "لا أحد يستوفي هذه الشروط، أو كلهم مرشحون.",
        "Personne ne remplit ces conditions, ou tous sont déjà candidats.",
        "Nobody meets these conditions, or all are named already.",
    ),
    "tie_lot_is_open": Words(
        "القرعة رقم {number} مفتوحة. أتموها أو ألغوها أولا.",
        "Le tirage n° {number} est en cours. Terminez-le ou annulez-le d’abord.",
        "Lot no. {number} is open. Finish or cancel it first.",
    ),
    "tie_lot_not_found": Words("هذه القرعة غير موجودة.", "Ce tirage n’existe pas.", "This lot does not exist."),
    "tie_lot_not_sealed": Words(
        "انتهت القرعة رقم {number}.", "Le tirage n° {number} est terminé.", "Lot no. {number} is over."
    ),
    "tie_lot_number_wrong": Words(
        "عدد {seat:ltr}: أرقام فقط، 40 على الأكثر.",
        "Nombre de {seat:ltr} : des chiffres seulement, 40 au plus.",
        "Number of {seat:ltr}: digits only, 40 at most.",
    ),
    "tie_lot_numbers_missing": Words(
        "القرعة رقم {number}: يكتب شخصان كل عدد، كل بحسابه.",
        "Tirage n° {number} : deux personnes tapent chaque nombre, chacune avec son compte.",
        "Lot no. {number}: two people type each number, each with an own account.",
    ),
    "tie_lot_reason_missing": Words(
        "اكتبوا سبب الإلغاء.", "Écrivez le motif de l’annulation.", "Write why it is cancelled."
    ),
    "tie_lot_seat_unknown": Words(
        "الشاهد {seat:ltr} غير معروف.", "Témoin {seat:ltr} inconnu.", "Witness {seat:ltr} is not known."
    ),
    "tie_lot_seats_wrong": Words(
        "عدد الشهود من {fewest} إلى {most}.", "De {fewest} à {most} témoins.", "From {fewest} to {most} witnesses."
    ),
    "tie_rule_not_lot": Words(
        "قاعدة هذه الجائزة هي المناصفة لا القرعة.",
        "La règle de ce prix est l’ex aequo, non le sort.",
        "The rule of this award is a shared rank, not a lot.",
    ),
    "vote_hours_missing": Words(
        "حددوا متى يُفتح تصويت الجمهور ومتى يُغلق.",
        "Fixez l’ouverture et la clôture du vote du public.",
        "Set when the public vote opens and closes.",
    ),
    "vote_hours_wrong": Words(
        "يُغلق التصويت بعد فتحه.", "Le vote se clôt après son ouverture.", "The vote closes after it opens."
    ),
    "winners_wrong": Words(
        "عدد المتوجين واحد على الأقل.", "Il faut au moins un lauréat.", "There is at least one winner."
    ),
}

DEEDS = {
    "award.changed": Words("عُدّلت الجائزة {code:ltr}", "Prix {code:ltr} modifié", "Award {code:ltr} changed"),
    "award.criteria_set": Words(
        "حُددت معايير الجائزة {code:ltr}", "Critères du prix {code:ltr} écrits", "Criteria of award {code:ltr} set"
    ),
    "award.dropped": Words(
        "حُذف مشروع الجائزة {code:ltr}", "Projet de prix {code:ltr} supprimé", "Draft award {code:ltr} dropped"
    ),
    "award.jurors_assigned": Words(
        "أُسند المرشحون إلى الأعضاء في الجائزة {code:ltr}",
        "Candidats du prix {code:ltr} répartis entre les jurés",
        "Nominees of award {code:ltr} assigned to jurors",
    ),
    "award.nominated": Words(
        "أضيف مرشح إلى الجائزة {code:ltr}", "Candidat ajouté au prix {code:ltr}", "Nominee added to award {code:ltr}"
    ),
    "award.nominated_by_rule": Words(
        "أضيف مرشحون بقاعدة إلى الجائزة {code:ltr} ({count})",
        "Candidats ajoutés par règle au prix {code:ltr} ({count})",
        "Nominees added by rule to award {code:ltr} ({count})",
    ),
    "award.nominee_withdrawn": Words(
        "سُحب مرشح من الجائزة {code:ltr}", "Candidat retiré du prix {code:ltr}", "Nominee withdrawn from award {code:ltr}"
    ),
    "award_prize.delivered": Words(
        "سُلِّم ما وُعد به للرتبة {rank} في {code:ltr}",
        "Remise faite au rang {rank} du prix {code:ltr}",
        "Prize for rank {rank} of award {code:ltr} handed over",
    ),
    "award_prize.promised": Words(
        "وُعد بجائزة للرتبة {rank} في {code:ltr}",
        "Dotation promise au rang {rank} du prix {code:ltr}",
        "Prize promised to rank {rank} of award {code:ltr}",
    ),
    "award_prize.withdrawn": Words(
        "سُحب وعد للرتبة {rank} في {code:ltr}",
        "Promesse retirée au rang {rank} du prix {code:ltr}",
        "Promise to rank {rank} of award {code:ltr} withdrawn",
    ),
    "dossier.photo_added": Words(
        "أضيفت صورة إلى ملف مرشح", "Photo ajoutée au dossier d’un candidat", "Photo added to the dossier of a nominee"
    ),
    "dossier.photo_dropped": Words(
        "حُذفت صورة من ملف مرشح", "Photo retirée du dossier d’un candidat", "Photo taken out of the dossier of a nominee"
    ),
    "dossier.written": Words(
        "كُتب ملف مرشح (النسخة {version})",
        "Dossier d’un candidat écrit (version {version})",
        "Dossier of a nominee written (version {version})",
    ),
    "juror.added": Words(
        "أضيف العضو {juror:ltr} إلى لجنة التحكيم", "Juré {juror:ltr} ajouté", "Juror {juror:ltr} added"
    ),
    "juror.changed": Words(
        "عُدّل مقعد العضو {juror:ltr}", "Siège du juré {juror:ltr} modifié", "Seat of juror {juror:ltr} changed"
    ),
    "juror.dropped": Words(
        "حُذف مقعد العضو {juror:ltr}", "Siège du juré {juror:ltr} supprimé", "Seat of juror {juror:ltr} dropped"
    ),
    "tie_lot.cancelled": Words(
        "أُلغيت القرعة {number} في الجائزة {code:ltr}",
        "Tirage {number} du prix {code:ltr} annulé",
        "Lot {number} of award {code:ltr} cancelled",
    ),
    "tie_lot.drawn": Words(
        "أُجريت القرعة {number} في الجائزة {code:ltr}",
        "Tirage {number} du prix {code:ltr} effectué",
        "Lot {number} of award {code:ltr} drawn",
    ),
    "tie_lot.number_typed": Words(
        "كُتب عدد الشاهد {seat:ltr} في القرعة {number} للجائزة {code:ltr}",
        "Nombre du témoin {seat:ltr} tapé, tirage {number} du prix {code:ltr}",
        "Number of witness {seat:ltr} typed, lot {number} of award {code:ltr}",
    ),
    "tie_lot.sealed": Words(
        "خُتمت القرعة {number} للرتبة {rank} في الجائزة {code:ltr}",
        "Tirage {number} scellé pour le rang {rank} du prix {code:ltr}",
        "Lot {number} sealed for rank {rank} of award {code:ltr}",
    ),
}
