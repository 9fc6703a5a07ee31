"""The sentences of stands given by lot in public."""

from __future__ import annotations

from village.kit.i18n import Words

REFUSALS: dict[str, Words] = {
    "stand_lot_not_found": Words(
        ar="لا توجد هذه القرعة.", fr="Ce tirage des stands n’existe pas.", en="There is no such lot."
    ),
    "lot_is_open": Words(
        ar="القرعة رقم {number} محصورة ولم تُجر بعد. أجروها أو ألغوها أولا.",
        fr="Le tirage n° {number} est scellé et attend. Faites-le, ou annulez-le d’abord.",
        en="Lot no. {number} is sealed and waits. Draw it, or cancel it first.",
    ),
    "lot_not_sealed": Words(
        ar="القرعة رقم {number} انتهت أو أُلغيت: لم يعد ممكنا تغييرها.",
        fr="Le tirage n° {number} est fait ou annulé : on n’y change plus rien.",
        en="Lot no. {number} is drawn or cancelled: nothing of it changes any more.",
    ),
    "lot_seats_wrong": Words(
        ar="عدد الشهود من {fewest} إلى {most}.",
        fr="Il faut de {fewest} à {most} témoins.",
        en="There are {fewest} to {most} witnesses.",
    ),
    "lot_seat_unknown": Words(
        ar="لا يوجد شاهد برمز {seat:ltr}.", fr="Il n’y a pas de témoin {seat}.", en="There is no witness {seat}."
    ),
    "lot_number_wrong": Words(
        ar="رقم الشاهد {seat:ltr} من 1 إلى 40 رقما، بالأرقام فقط.",
        fr="Le nombre du témoin {seat} a de 1 à 40 chiffres, rien d’autre.",
        en="The number of witness {seat} has 1 to 40 digits and nothing else.",
    ),
    "lot_numbers_missing": Words(
        ar="القرعة رقم {number}: كل رقم يجب أن يكتبه شخصان بالطريقة نفسها قبل السحب.",
        fr="Tirage n° {number} : chaque nombre doit être saisi de la même façon par deux personnes.",
        en="Lot no. {number}: each number must be typed alike by two people first.",
    ),
    "lot_reason_missing": Words(
        ar="اكتبوا سبب الإلغاء: سيقرأه الجميع.",
        fr="Écrivez pourquoi vous annulez : tout le monde pourra le lire.",
        en="Write why you cancel: everybody will be able to read it.",
    ),
}

DEEDS: dict[str, Words] = {
    "lot.sealed": Words(
        ar="حُصرت قرعة الأروقة رقم {number}: {exhibitors:exhibitor}، {stands:stand}، الشهود: {seats}.",
        fr="Le tirage des stands n° {number} a été scellé : {exhibitors:exhibitor}, {stands:stand}, témoins : {seats}.",
        en="Lot no. {number} for the stands was sealed: {exhibitors:exhibitor}, {stands:stand}, witnesses: {seats}.",
    ),
    "lot.number_typed": Words(
        ar="كُتب رقم الشاهد {seat:ltr} في القرعة رقم {number}.",
        fr="Le nombre du témoin {seat} a été saisi pour le tirage n° {number}.",
        en="The number of witness {seat} was typed for lot no. {number}.",
    ),
    "lot.drawn": Words(
        ar="أُجريت قرعة الأروقة رقم {number}: {placed:exhibitor} لهم أروقة.",
        fr="Le tirage des stands n° {number} a été fait : {placed:exhibitor} ont un stand.",
        en="Lot no. {number} for the stands was drawn: {placed:exhibitor} have a stand.",
    ),
    "lot.cancelled": Words(
        ar="أُلغيت قرعة الأروقة رقم {number}.",
        fr="Le tirage des stands n° {number} a été annulé.",
        en="Lot no. {number} for the stands was cancelled.",
    ),
}
