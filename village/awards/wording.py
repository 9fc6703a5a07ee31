"""What the awards say: refusals and lines of the log, in Arabic, French and English."""

from village.kit.i18n import Words

REFUSALS = {
    "already_absent": Words(
        "سُجِّل غياب هذا العضو من قبل.",
        "L’absence de ce juré est déjà notée.",
        "This juror’s absence is already noted.",
    ),
    "already_marked": Words(
        "سبق أن أُعطيت نقط هذا المرشح. لا يمكن تغييرها.",
        "Les notes de ce candidat sont déjà données. Elles ne peuvent plus changer.",
        "Marks for this nominee were already given. They can no longer change.",
    ),
    "already_opened": Words(
        "فُتحت نقط هذه الجائزة من قبل.",
        "Les notes de ce prix sont déjà ouvertes.",
        "The marks of this award are already open.",
    ),
    "already_published": Words(
        "نُشرت نتيجة هذه الجائزة من قبل.",
        "Le résultat de ce prix est déjà publié.",
        "The result of this award is already published.",
    ),
    "already_recused": Words(
        "سُجِّل هذا التنحي من قبل.",
        "Ce déport est déjà noté.",
        "This recusal is already noted.",
    ),
    "account_has_seat": Words(
        "لهذا الحساب مقعد آخر في لجنة التحكيم.",
        "Ce compte occupe déjà un autre siège du jury.",
        "This account already holds another seat of the jury.",
    ),
    "category_exists": Words(
        "توجد جائزة بالرمز {category:ltr}.",
        "Un prix porte déjà le code {category:ltr}.",
        "An award with the code {category:ltr} already exists.",
    ),
    "category_not_found": Words("هذه الجائزة غير موجودة.", "Ce prix n’existe pas.", "This award does not exist."),
    "criteria_missing": Words(
        "ليس لهذه الجائزة أي معيار.", "Ce prix n’a aucun critère.", "This award has no criterion."
    ),
    "criterion_unknown": Words(
        "معيار غير معروف في هذه الجائزة.",
        "Ce critère n’appartient pas à ce prix.",
        "This criterion does not belong to this award.",
    ),
    "juror_absent": Words(
        "سُجِّل غيابك عن هذا المرشح.",
        "Votre absence est notée pour ce candidat.",
        "You are noted as absent for this nominee.",
    ),
    "juror_not_found": Words(
        "هذا العضو ليس في لجنة التحكيم.", "Ce juré n’est pas dans le jury.", "This juror is not in the jury."
    ),
    "juror_recused": Words(
        "تنحيتم عن هذا المرشح، فلا يمكنكم تنقيطه.",
        "Vous vous êtes déporté pour ce candidat : vous ne pouvez pas le noter.",
        "You are recused for this nominee and cannot mark it.",
    ),
    "jury_exists": Words("لجنة التحكيم مسجلة من قبل.", "Le jury est déjà constitué.", "The jury is already seated."),
    "jury_missing": Words(
        "يجب تعيين لجنة التحكيم ورئيسها أولا.",
        "Il faut d’abord constituer le jury et son président.",
        "The jury and its chair must be seated first.",
    ),
    "jury_needs_one_chair": Words(
        "يجب أن يكون للجنة التحكيم رئيس واحد.",
        "Le jury doit avoir un président, et un seul.",
        "The jury needs exactly one chair.",
    ),
    "mark_not_half_step": Words(
        "النقطة {mark:ltr} غير مقبولة: بنصف نقطة فقط.",
        "La note {mark:ltr} n’est pas acceptée : par demi-point seulement.",
        "The mark {mark:ltr} is not accepted: half points only.",
    ),
    "mark_out_of_range": Words(
        "النقطة {mark:ltr} غير مقبولة: من 0 إلى {max}.",
        "La note {mark:ltr} n’est pas acceptée : de 0 à {max}.",
        "The mark {mark:ltr} is not accepted: from 0 to {max}.",
    ),
    "marks_closed": Words(
        "انتهى التنقيط في هذه الجائزة.",
        "La notation de ce prix est close.",
        "Marking is closed for this award.",
    ),
    "marks_hidden": Words(
        "تبقى النقط مخفية حتى يفتحها رئيس لجنة التحكيم.",
        "Les notes restent cachées jusqu’à leur ouverture par le président du jury.",
        "Marks stay hidden until the jury chair opens them.",
    ),
    "marks_incomplete": Words(
        "نقط ناقصة: {missing}. لكل معيار نقطة.",
        "Notes manquantes : {missing}. Il faut une note par critère.",
        "Missing marks: {missing}. Each criterion needs one.",
    ),
    "marks_missing": Words(
        "أوراق تنقيط لم تصل بعد: {count}. ينبغي انتظارها أو تسجيل الغياب.",
        "Fiches de notation encore attendues : {count}. Attendez-les ou notez l’absence.",
        "Mark sheets still awaited: {count}. Wait for them or note the absence.",
    ),
    "nominee_not_found": Words(
        "هذا المرشح غير موجود في هذه الجائزة.",
        "Ce candidat n’existe pas pour ce prix.",
        "This nominee does not exist for this award.",
    ),
    "nominees_too_few": Words(
        "عدد المرشحين ({nominees}) أقل من عدد الفائزين ({winners}).",
        "Il y a moins de candidats ({nominees}) que de lauréats ({winners}).",
        "There are fewer nominees ({nominees}) than winners ({winners}).",
    ),
    "not_the_chair": Words(
        "فتح النقط من حق رئيس لجنة التحكيم وحده.",
        "Seul le président du jury ouvre les notes.",
        "Only the jury chair opens the marks.",
    ),
    "not_your_seat": Words(
        "هذا المقعد في لجنة التحكيم ليس لكم.",
        "Ce siège du jury n’est pas le vôtre.",
        "This seat of the jury is not yours.",
    ),
    "nothing_marked": Words("لم يُنقط أي مرشح.", "Aucun candidat n’a été noté.", "No nominee was marked."),
    "award_reason_missing": Words(
        "يجب كتابة سبب التنحي.", "Le motif du déport est à écrire.", "The reason of the recusal is needed."
    ),
    "rules_already_committed": Words(
        "سُجلت قواعد هذه الجائزة من قبل، ولا تتغير.",
        "Les règles de ce prix sont déjà fixées et ne changent plus.",
        "The rules of this award are already committed and no longer change.",
    ),
    "rules_not_committed": Words(
        "لم تُثبت قواعد هذه الجائزة بعد.",
        "Les règles de ce prix ne sont pas encore fixées.",
        "The rules of this award are not committed yet.",
    ),
    "weight_not_positive": Words(
        "يجب أن يكون كل معامل أكبر من صفر.",
        "Chaque coefficient doit être supérieur à zéro.",
        "Each weight must be greater than zero.",
    ),
    "weights_not_100": Words(
        "مجموع المعاملات {sum} وليس 100.",
        "Les coefficients font {sum} et non 100.",
        "The weights sum to {sum}, not to 100.",
    ),
}

DEEDS = {
    "award.created": Words("أُنشئت الجائزة {code:ltr}", "Prix {code:ltr} créé", "Award {code:ltr} created"),
    "award.published": Words(
        "نُشر ترتيب الجائزة {code:ltr}", "Classement du prix {code:ltr} publié", "Ranking of award {code:ltr} published"
    ),
    "award.rules_committed": Words(
        "ثُبتت معايير الجائزة {code:ltr} ومعاملاتها وقاعدة التعادل",
        "Critères, coefficients et règle de départage du prix {code:ltr} fixés",
        "Criteria, weights and tie-break of award {code:ltr} committed",
    ),
    "juror.absent": Words(
        "غاب العضو {juror} عن مرشح", "Juré {juror} absent pour un candidat", "Juror {juror} absent for a nominee"
    ),
    "juror.recused": Words("تنحى عضو عن مرشح", "Déport d’un juré pour un candidat", "A juror recused for a nominee"),
    "juror.seated": Words(
        "رُبط مقعد في لجنة التحكيم بحساب", "Siège du jury relié à un compte", "Seat of the jury linked to an account"
    ),
    "jury.seated": Words("عُينت لجنة التحكيم", "Jury constitué", "Jury seated"),
    "marks.given": Words(
        "سلّم العضو {juror} ورقة تنقيط مختومة",
        "Fiche de notes scellée remise par le juré {juror}",
        "Sealed mark sheet given by juror {juror}",
    ),
    "marks.opened": Words(
        "فتح رئيس لجنة التحكيم النقط ({sheets})",
        "Notes ouvertes par le président du jury ({sheets} fiches)",
        "Marks opened by the jury chair ({sheets} sheets)",
    ),
}
