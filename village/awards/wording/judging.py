"""What is said while the jury judges, and about the result: refusals and lines of the log."""

from village.kit.i18n import Words

REFUSALS = {
    "already_absent": Words(
        "سُجِّل غياب هذا العضو من قبل.",
        "L’absence de ce juré est déjà notée.",
        "This juror’s absence is already noted.",
    ),
    "already_marked": Words(
        "أعطى هذا العضو نقطه لهذا المرشح، فلا يُسجَّل غائبا.",
        "Ce juré a déjà donné ses notes pour ce candidat : il n’est pas absent.",
        "This juror has already given marks for this nominee and is not absent.",
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
    "juror_has_acted": Words(
        "نقّط هذا العضو أو تنحى من قبل، فلا يُحذف مقعده.",
        "Ce juré a déjà noté ou s’est déporté : son siège reste.",
        "This juror has already marked or stood back: the seat stays.",
    ),
    "marks_changed_meanwhile": Words(
        "تغيرت هذه النقط من جهاز آخر (النسخة {version}). قارنوا ثم اختاروا.",
        "Ces notes ont changé depuis un autre appareil (version {version}). Comparez, puis choisissez.",
        "These marks were changed from another device (version {version}). Compare, then choose.",
    ),
    "not_absent": Words(
        "هذا العضو ليس مسجلا كغائب.", "Ce juré n’est pas noté absent.", "This juror is not noted as absent."
    ),
    "not_assigned": Words(
        "هذا المرشح ليس ضمن المرشحين المسندين إليكم.",
        "Ce candidat ne vous est pas attribué.",
        "This nominee is not assigned to you.",
    ),
    "jury_text_too_long": Words(
        "النص طويل: {most} حرف على الأكثر.",
        "Le texte est trop long : {most} caractères au plus.",
        "The text is too long: {most} characters at most.",
    ),
    "rank_not_held": Words(
        "لا أحد من هؤلاء في الرتبة {rank}.",
        "Ce candidat n’occupe pas le rang {rank}.",
        "Nobody named here holds rank {rank}.",
    ),
    "result_not_published": Words(
        "لم تُنشر النتيجة بعد. تُسلَّم الجوائز بعد النشر.",
        "Le résultat n’est pas encore publié. La remise vient après.",
        "The result is not published yet. Handing over comes after.",
    ),
    "seals_broken": Words(
        "أوراق تنقيط لا توافق ختمها في السجل: {count}. لا تُفتح قبل معرفة السبب.",
        "Fiches qui ne correspondent plus à leur sceau au journal : {count}. Cherchez la cause avant d’ouvrir.",
        "Sheets that no longer fit their seal in the log: {count}. Find out why before opening.",
    ),
    "sheets_closed": Words(
        "أغلقتم أوراقكم لهذه الجائزة، فلا تتغير.",
        "Vous avez clos vos fiches pour ce prix : elles ne changent plus.",
        "You closed your sheets for this award: they no longer change.",
    ),
    "sheets_incomplete": Words(
        "بقي مرشحون بلا نقط: {count}.",
        "Il reste des candidats à noter : {count}.",
        "Nominees still to mark: {count}.",
    ),
    "sheets_not_closed": Words(
        "أعضاء لم يغلقوا أوراقهم بعد: {count}.",
        "Jurés qui n’ont pas encore clos leurs fiches : {count}.",
        "Jurors who have not closed their sheets yet: {count}.",
    ),
    "tie_unknown": Words(
        "اختاروا نوع الصلة من اللائحة.", "Choisissez le lien dans la liste.", "Choose the kind of tie from the list."
    ),
    "award_draw_awaited": Words(
        "القرعة {draw:ltr} لم تجر بعد. انشروا بعد إعلان نتيجتها.",
        "Le tirage {draw:ltr} n’a pas encore eu lieu. Publiez après son résultat.",
        "Draw {draw:ltr} has not been held yet. Publish after its result.",
    ),
    "tie_waits_for_lot": Words(
        "الرتبة {rank} مشتركة، والقاعدة هي القرعة. أجروا القرعة قبل النشر.",
        "Le rang {rank} est partagé et la règle prévoit le sort. Tirez au sort avant de publier.",
        "Rank {rank} is shared and the rule is a lot. Draw it before publishing.",
    ),
    "deliberation_empty": Words(
        "اكتبوا النص بالعربية أو بالفرنسية.",
        "Écrivez le texte en arabe ou en français.",
        "Write the text in Arabic or in French.",
    ),
    "already_voted": Words(
        "صُوِّت بهذه الشارة من قبل. صوت واحد لكل شارة.",
        "Ce badge a déjà voté. Une voix par badge.",
        "This badge has already voted. One vote per badge.",
    ),
    "no_public_vote": Words(
        "ليس في هذه الجائزة تصويت للجمهور.", "Ce prix n’a pas de vote du public.", "This award has no public vote."
    ),
    "vote_not_open": Words(
        "التصويت مغلق الآن.", "Le vote n’est pas ouvert en ce moment.", "The vote is not open now."
    ),
    "vote_still_open": Words(
        "ما زال تصويت الجمهور مفتوحا. تُفتح النقط بعد إغلاقه.",
        "Le vote du public est encore ouvert. Les notes s’ouvrent après sa clôture.",
        "The public vote is still open. Marks are opened after it closes.",
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
    "chair_is_fixed": Words(
        "فُتحت نقط الجائزة {category:ltr} ولم تُنشر: لا تتغير الرئاسة قبل النشر، فمجموعها قد يحسم تعادلا.",
        "Les notes du prix {category:ltr} sont ouvertes et non publiées : la présidence reste la même, "
        "car son total peut départager.",
        "The marks of award {category:ltr} are open and not published: the chair stays, whose total may end a tie.",
    ),
    "juror_has_account": Words(
        "لهذا العضو حساب ينقط به بنفسه، فلا تُكتب أوراقه هنا.",
        "Ce juré note depuis son compte : ses fiches ne se saisissent pas ici.",
        "This juror marks from an own account: the sheets are not typed here.",
    ),
    "juror_is_marking": Words(
        "للعضو {juror:ltr} نقط مختومة: يبقى حسابه حتى تُفتح.",
        "Le juré {juror:ltr} a des notes scellées : son compte reste le même jusqu’à l’ouverture.",
        "Juror {juror:ltr} has sealed marks: the account stays until they are opened.",
    ),
    "paper_needs_second": Words(
        "أنتم من كتب هذه الورقة. يؤكدها شخص آخر من حسابه.",
        "Vous avez saisi cette fiche. Une autre personne la confirme depuis son compte.",
        "You typed this sheet. Another person confirms it from an own account.",
    ),
    "paper_sheet_changed": Words(
        "كُتبت هذه الورقة من جديد في هذه الأثناء. قارنوها بالأصل مرة أخرى.",
        "Cette fiche a été saisie de nouveau entre-temps. Comparez-la encore avec l’original.",
        "This sheet was typed again meanwhile. Compare it with the paper once more.",
    ),
    "paper_sheet_not_found": Words(
        "ليس هنا ورقة تنتظر التأكيد.", "Aucune fiche n’attend de confirmation ici.", "No sheet waits to be confirmed here."
    ),
    "paper_sheets_wait": Words(
        "أوراق كُتبت ولم يؤكدها شخص ثان بعد: {count}.",
        "Fiches saisies qu’une seconde personne n’a pas encore confirmées : {count}.",
        "Sheets typed that a second person has not confirmed yet: {count}.",
    ),
    "tie_lot_number_fixed": Words(
        "كتب شخصان هذا الرقم نفسه، فلا يتغير.",
        "Deux personnes ont saisi ce même nombre : il ne change plus.",
        "Two people typed this same number: it no longer changes.",
    ),
    "tie_lot_numbers_known": Words(
        "كُتبت أرقام القرعة {number} كلها، فلا تُلغى: نتيجتها معروفة.",
        "Tous les nombres du tirage {number} sont saisis : il ne s’annule plus, son résultat est connu.",
        "All numbers of lot {number} are typed: it is not cancelled any more, its outcome is known.",
    ),
}

DEEDS = {
    "paper_sheet.typed": Words(
        "كُتبت ورقة العضو {juror} من الأصل الموقع، وتنتظر التأكيد",
        "Fiche papier du juré {juror} saisie, à confirmer",
        "Paper sheet of juror {juror} typed, to be confirmed",
    ),
    "paper_sheet.confirmed": Words(
        "أكد شخص ثان ورقة العضو {juror} على الأصل الموقع",
        "Fiche papier du juré {juror} confirmée par une seconde personne",
        "Paper sheet of juror {juror} confirmed by a second person",
    ),
    "paper_sheet.discarded": Words(
        "أُلغيت كتابة ورقة العضو {juror} قبل تأكيدها",
        "Saisie de la fiche papier du juré {juror} abandonnée",
        "Typed sheet of juror {juror} thrown away unconfirmed",
    ),
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
    "ballot.cast": Words(
        "صوّت زائر في الجائزة {code:ltr}", "Voix d’un visiteur pour le prix {code:ltr}", "A visitor voted in award {code:ltr}"
    ),
    "citation.written": Words(
        "كُتب تقديم متوج في الجائزة {code:ltr}",
        "Éloge d’un lauréat du prix {code:ltr} écrit",
        "Citation of a laureate of award {code:ltr} written",
    ),
    "deliberation.noted": Words(
        "دُوّنت ملاحظة من مداولة الجائزة {code:ltr}",
        "Délibération du prix {code:ltr} consignée",
        "Deliberation on award {code:ltr} noted",
    ),
    "juror.came": Words(
        "حضر العضو {juror} بعد تسجيل غيابه", "Juré {juror} arrivé, absence levée", "Juror {juror} came, absence lifted"
    ),
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
    "sheets.closed": Words(
        "أغلق العضو {juror} أوراقه للجائزة {code:ltr} ({sheets})",
        "Le juré {juror} a clos ses fiches du prix {code:ltr} ({sheets})",
        "Juror {juror} closed the sheets of award {code:ltr} ({sheets})",
    ),
    "award.honours_confirmed": Words(
        "ثُبتت لائحة المكرمين في {code:ltr}", "Liste des hommages {code:ltr} arrêtée", "Honours of {code:ltr} confirmed"
    ),
}
