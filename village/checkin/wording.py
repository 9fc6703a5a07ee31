"""The sentences of the gates' refusals and deeds."""

from __future__ import annotations

from village.kit.i18n import Words

REFUSALS = {
    "device_not_found": Words(
        ar="هذا الجهاز غير مسجل.",
        fr="Cet appareil n’est pas enregistré.",
        en="This device is not registered.",
    ),
    "device_revoked": Words(
        ar="أوقف هذا الجهاز: لا تقبل منه أي شارة.",
        fr="Cet appareil a été retiré : ses scans ne sont plus acceptés.",
        en="This device was withdrawn: its scans are no longer accepted.",
    ),
    "scan_not_found": Words(
        ar="لا يوجد هذا المسح.",
        fr="Ce scan n’existe pas.",
        en="There is no such scan.",
    ),
    "scan_invalid": Words(
        ar="معطيات المسح ناقصة أو غير صحيحة.",
        fr="Les données du scan sont incomplètes ou fausses.",
        en="The scan’s data are incomplete or wrong.",
    ),
}

DEEDS = {
    "device.registered": Words(
        ar="سجل جهاز عند المدخل، وفرق ساعته {offset_s} ثانية.",
        fr="Un appareil a été enregistré, écart d’horloge {offset_s} s.",
        en="A device was registered; its clock differs by {offset_s} s.",
    ),
    "device.revoked": Words(
        ar="أوقف جهاز.",
        fr="Un appareil a été retiré.",
        en="A device was withdrawn.",
    ),
    "scan.admitted": Words(
        ar="دخل شخص بشارته أو باسمه.",
        fr="Une personne est entrée.",
        en="A person was admitted.",
    ),
    "scan.admitted_earlier": Words(
        ar="وصل متأخرا مسح أقدم، فصار هو الأول.",
        fr="Un scan plus ancien est arrivé après coup et compte désormais comme premier.",
        en="An earlier scan arrived late and now counts as the first.",
    ),
    "scan.duplicate": Words(
        ar="مسحت شارة دخل صاحبها من قبل.",
        fr="Un badge déjà entré a été scanné de nouveau.",
        en="A badge that was in already was scanned again.",
    ),
    "scan.refused": Words(
        ar="لم تقبل شارة عند المدخل ({verdict:ltr}).",
        fr="Un badge a été refusé à l’entrée ({verdict:ltr}).",
        en="A badge was refused at the gate ({verdict:ltr}).",
    ),
}
