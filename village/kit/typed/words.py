"""What is said of a day, an hour or a number that cannot be read: why not, and how to write it."""

from __future__ import annotations

from village.kit.i18n import Words

REFUSALS: dict[str, Words] = {
    "day_unreadable": Words(
        ar="لم نفهم هذا التاريخ: {typed}. اكتبوه هكذا: 04/12/2026 أو 4 دجنبر 2026.",
        fr="Cette date n’est pas lisible : {typed}. Écrivez-la ainsi : 04/12/2026 ou 4 décembre 2026.",
        en="This date cannot be read: {typed}. Write it like this: 04/12/2026 or 4 December 2026.",
    ),
    "day_incomplete": Words(
        ar="التاريخ ناقص: {typed}. اكتبوا اليوم والشهر والسنة، هكذا: 04/12/2026.",
        fr="La date est incomplète : {typed}. Écrivez le jour, le mois et l’année, ainsi : 04/12/2026.",
        en="The date is incomplete: {typed}. Write day, month and year, like this: 04/12/2026.",
    ),
    "day_us_order": Words(
        ar="اليوم قبل الشهر: {typed} ليس تاريخا صحيحا. اكتبوه هكذا: 27/12/2026.",
        fr="Le jour se place avant le mois : {typed} n’est pas une date. Écrivez-la ainsi : 27/12/2026.",
        en="The day comes before the month: {typed} is no date. Write it like this: 27/12/2026.",
    ),
    "day_not_in_calendar": Words(
        ar="لا يوجد هذا اليوم في التقويم: {typed}. راجعوا اليوم والشهر.",
        fr="Ce jour n’existe pas : {typed}. Vérifiez le jour et le mois.",
        en="There is no such day: {typed}. Check day and month.",
    ),
    "day_range": Words(
        ar="هنا أكثر من يوم: {typed}. اكتبوا يوما واحدا.",
        fr="Il y a ici plusieurs jours : {typed}. Écrivez un seul jour.",
        en="These are several days: {typed}. Write a single day.",
    ),
    "clock_unreadable": Words(
        ar="لم نفهم هذه الساعة: {typed}. اكتبوها هكذا: 14:05.",
        fr="Cette heure n’est pas lisible : {typed}. Écrivez-la ainsi : 14 h 05.",
        en="This time cannot be read: {typed}. Write it like this: 14:05.",
    ),
    "clock_not_on_the_dial": Words(
        ar="لا توجد هذه الساعة: {typed}. اكتبوا ساعة بين 00:00 و23:59.",
        fr="Cette heure n’existe pas : {typed}. Écrivez une heure entre 00:00 et 23:59.",
        en="There is no such time: {typed}. Write a time between 00:00 and 23:59.",
    ),
    "number_unreadable": Words(
        ar="لم نفهم هذا العدد: {typed}. اكتبوا أرقاما فقط، مثل 1234 أو 15,5.",
        fr="Ce nombre n’est pas lisible : {typed}. Écrivez seulement des chiffres, comme 1234 ou 15,5.",
        en="This number cannot be read: {typed}. Write digits only, such as 1234 or 15.5.",
    ),
    "number_doubtful": Words(
        ar="هل {typed} تعني {whole:ltr} أم {small:ltr}؟ اكتبوا {whole:ltr} بلا علامة، أو أضيفوا صفرا بعد الفاصلة: {small:ltr}0.",
        fr="{typed} : est-ce {whole} ou {small} ? Écrivez {whole} sans signe, ou ajoutez un zéro : {small}0.",
        en="Does {typed} mean {whole} or {small}? Write {whole} without a sign, or add a zero: {small}0.",
    ),
    "number_not_whole": Words(
        ar="هنا نحتاج إلى عدد بلا فاصلة، لا {typed}.",
        fr="Il faut ici un nombre entier, sans virgule, et non {typed}.",
        en="A whole number is needed here, not {typed}.",
    ),
    "money_too_fine": Words(
        ar="المبلغ {typed} فيه أكثر من رقمين بعد الفاصلة. اكتبوه بالسنتيمات، مثل 1234,50.",
        fr="Le montant {typed} a plus de deux chiffres après la virgule. Écrivez-le en centimes, comme 1234,50.",
        en="The amount {typed} has more than two decimals. Write it to the centime, such as 1234.50.",
    ),
}
