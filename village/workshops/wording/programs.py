"""What is said to other programs that register people."""

from __future__ import annotations

from village.kit.i18n import Words

REFUSALS = {
    "person_unsaid": Words(
        ar="قولوا من هو الشخص: رمزه، أو رابط صفحته، أو اسمه ورقم هاتفه.",
        fr="Dites de qui il s’agit : un code, le lien d’une page, ou un nom et un numéro de téléphone.",
        en="Say who it is: a code, the link of a page, or a name and a telephone number.",
    ),
    "trainer_unknown": Words(
        ar="لا يوجد مؤطر بهذا الرمز: {trainer:ltr}.",
        fr="Il n’y a pas d’animateur avec ce code : {trainer:ltr}.",
        en="There is no trainer with this code: {trainer:ltr}.",
    ),
}
DEEDS: dict[str, Words] = {}
