"""What refusals and deeds of badges say, in three languages."""

from __future__ import annotations

from village.kit.i18n import Words

REFUSALS: dict[str, Words] = {
    "code_unknown": Words(
        ar="هذا الرمز غير معروف عندنا. تأكدوا من كتابته أو ابحثوا بالاسم.",
        fr="Ce code nous est inconnu. Vérifiez la saisie, ou cherchez par le nom.",
        en="We do not know this code. Check what was typed, or search by name.",
    ),
    "code_altered": Words(
        ar="هذا الرمز ناقص أو تم تغييره. امسحوه مرة أخرى، أو اكتبوا الرمز القصير المطبوع تحته.",
        fr="Ce code est incomplet ou modifié. Rescannez-le, ou tapez le code court imprimé dessous.",
        en="This code is incomplete or was changed. Scan it again, or type the short code printed under it.",
    ),
    "code_forged": Words(
        ar="هذا الرمز لم تصدره القرية: توقيعه غير صحيح.",
        fr="Ce code n’a pas été émis par le village : sa signature est fausse.",
        en="This code was not issued by the village: its signature is false.",
    ),
    "wrong_edition": Words(
        ar="هذه الشارة تخص دورة أخرى من القرية.",
        fr="Ce badge est celui d’une autre édition du village.",
        en="This badge belongs to another edition of the village.",
    ),
    "badge_revoked": Words(
        ar="هذه الشارة لم تعد صالحة: تم إلغاؤها أو تعويضها.",
        fr="Ce badge n’est plus valable : il a été annulé ou remplacé.",
        en="This badge is no longer valid: it was revoked or replaced.",
    ),
    "badge_printed": Words(
        ar="سبق طبع {n:badge} من هذه اللائحة. اطلبوا إعادة الطبع صراحة إن كنتم تريدون ذلك.",
        fr="Dans cette liste, déjà imprimé : {n:badge}. Demandez expressément la réimpression si vous la voulez.",
        en="Already printed in this list: {n:badge}. Ask for a reprint explicitly if you want one.",
    ),
    "badge_not_found": Words(
        ar="لا توجد هذه الشارة.",
        fr="Ce badge n’existe pas.",
        en="There is no such badge.",
    ),
    "badge_sheets_not_found": Words(
        ar="لم يعد ملف هذه الأوراق موجودا. أعيدوا الطبع من لائحة الشارات.",
        fr="Le fichier de ces planches n’existe pas ou plus. Relancez l’impression depuis la liste des badges.",
        en="The file of these sheets is not there. Print again from the list of badges.",
    ),
    "imported_id_taken": Words(
        ar="أحد المعرفات المستوردة يخص شارة أخرى.",
        fr="Un des identifiants importés appartient déjà à un autre badge.",
        en="One of the imported ids already belongs to another badge.",
    ),
}

DEEDS: dict[str, Words] = {
    "badge.restored": Words(ar="عادت الشارة صالحة.", fr="Le badge est de nouveau valable.", en="The badge is valid again."),
    "badges.issued": Words(
        ar="تم إصدار {n:badge}",
        fr="Émission : {n:badge}",
        en="Issued: {n:badge}",
    ),
    "badges.printed": Words(
        ar="تم إرسال {n:badge} إلى الطبع",
        fr="Envoi à l’impression : {n:badge}",
        en="Sent to print: {n:badge}",
    ),
    "badge.revoked": Words(
        ar="تم إلغاء شارة الشخص رقم {person:ltr}",
        fr="Le badge de la personne n° {person:ltr} a été annulé",
        en="The badge of person {person:ltr} was revoked",
    ),
    "badge.reissued": Words(
        ar="تم تعويض شارة الشخص رقم {person:ltr}",
        fr="Le badge de la personne n° {person:ltr} a été remplacé",
        en="The badge of person {person:ltr} was replaced",
    ),
}
