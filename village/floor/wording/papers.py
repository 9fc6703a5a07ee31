"""The sentences of the printing room."""

from __future__ import annotations

from village.kit.i18n import Words

REFUSALS = {
    "signs_not_found": Words(
        ar="لم تعد هذه الأروقة في المخطط.",
        fr="Ces stands ne sont plus sur le plan.",
        en="These stands are no longer on the plan.",
    ),
    "no_signs_to_print": Words(
        ar="لا لوحة للطباعة بهذا الاختيار.",
        fr="Aucun panneau à imprimer pour ce choix.",
        en="There is no sign to print for this choice.",
    ),
    "paper_not_found": Words(
        ar="لم يعد هذا الملف موجودا. أعيدوا إعداده.",
        fr="Ce fichier n’est plus là. Préparez-le à nouveau.",
        en="This file is no longer there. Prepare it again.",
    ),
}

DEEDS = {
    "signs.printed": Words(
        ar="طُبعت لوحات {stands:stand} في القاعة {hall:ltr}.",
        fr="Les panneaux de {stands:stand} de la halle {hall} ont été imprimés.",
        en="The signs of {stands:stand} in hall {hall} were printed.",
    ),
}
