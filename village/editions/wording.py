"""The sentences of the edition's refusals and deeds."""

from __future__ import annotations

from village.kit.i18n import Words

REFUSALS = {
    "edition_not_found": Words(
        ar="لا توجد هذه الدورة، أو لم تُفتح أي دورة بعد.",
        fr="Cette édition n’existe pas, ou aucune édition n’a encore été ouverte.",
        en="There is no such edition, or none has been opened yet.",
    ),
    "edition_status_order": Words(
        ar="تمر الدورة من مرحلة إلى التي تليها فقط: لا رجوع إلى الوراء ولا قفز.",
        fr="Une édition passe d’une étape à la suivante, sans retour ni saut.",
        en="An edition moves one step on at a time, never back.",
    ),
}

DEEDS = {
    "edition.created": Words(
        ar="فُتح ملف الدورة رقم {number}.",
        fr="L’édition n° {number} a été créée.",
        en="Edition no. {number} was created.",
    ),
    "edition.moved": Words(
        ar="انتقلت الدورة إلى الحالة: {to}.",
        fr="L’édition est passée à l’état : {to}.",
        en="The edition moved to: {to}.",
    ),
}
