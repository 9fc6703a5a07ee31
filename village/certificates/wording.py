"""What refusals and deeds of certificates say, in three languages."""

from __future__ import annotations

from village.kit.i18n import Words

REFUSALS: dict[str, Words] = {
    "certificate_not_earned": Words(
        ar="لا شهادة في هذه الحالة: لا يوجد حضور مسجل لهذا الشخص في حصة تمنح شهادة.",
        fr="Pas d’attestation ici : cette personne n’a pas de présence enregistrée à une séance qui en donne une.",
        en="No certificate here: this person has no registered attendance at a session that gives one.",
    ),
    "certificate_forged": Words(
        ar="هذه الشهادة لم تصدرها القرية: رمزها غير صحيح أو تم تغييره.",
        fr="Cette attestation n’a pas été émise par le village : son code est faux ou modifié.",
        en="This certificate was not issued by the village: its code is false or was changed.",
    ),
    "certificate_revoked": Words(
        ar="هذه الشهادة لم تعد صالحة: تم إلغاؤها أو تصحيحها.",
        fr="Cette attestation n’est plus valable : elle a été annulée ou corrigée.",
        en="This certificate is no longer valid: it was revoked or corrected.",
    ),
    "certificate_not_found": Words(
        ar="لا توجد شهادة بهذا الرقم وهذا الرمز.",
        fr="Aucune attestation ne porte ce numéro et ce code.",
        en="There is no certificate with this number and code.",
    ),
    "certificate_print_not_found": Words(
        ar="ملف الطبع غير جاهز بعد. ابدؤوا الطبع من صفحة الشواهد.",
        fr="Le fichier d’impression n’est pas prêt. Lancez l’impression depuis la page des attestations.",
        en="The print file is not ready. Start the print run from the page of certificates.",
    ),
}

DEEDS: dict[str, Words] = {
    "certificate.restored": Words(ar="عادت الشهادة رقم {number} صالحة.", fr="L’attestation n° {number} est de nouveau valable.", en="Certificate no. {number} is valid again."),
    "certificates.issued": Words(
        ar="تم إصدار {n:certificate}، من الرقم {first:ltr} إلى {last:ltr}",
        fr="Émission : {n:certificate}, du n° {first:ltr} au n° {last:ltr}",
        en="Issued: {n:certificate}, from no. {first:ltr} to no. {last:ltr}",
    ),
    "certificate.revoked": Words(
        ar="تم إلغاء الشهادة رقم {number:ltr}",
        fr="L’attestation n° {number:ltr} a été annulée",
        en="Certificate no. {number:ltr} was revoked",
    ),
    "certificate.corrected": Words(
        ar="تم تصحيح الشهادة رقم {number:ltr} (النسخة {version:ltr})",
        fr="L’attestation n° {number:ltr} a été corrigée (version {version:ltr})",
        en="Certificate no. {number:ltr} was corrected (version {version:ltr})",
    ),
}
