"""What was done in a draw, as the log says it to people."""

from __future__ import annotations

from village.kit.i18n import Words

DEEDS: dict[str, Words] = {
    "draw.set_up": Words(
        ar="أُعدت القرعة {code:ltr}.",
        fr="Le tirage {code:ltr} a été préparé.",
        en="The draw {code:ltr} was set up.",
    ),
    "draw.list_made": Words(
        ar="وُضعت لائحة القرعة: المؤهلون {eligible}، المستبعدون {left_out}.",
        fr="La liste du tirage a été dressée : {eligible} admis, {left_out} exclus.",
        en="The list of the draw was made: {eligible} admitted, {left_out} left out.",
    ),
    "draw.committed": Words(
        ar="حُصرت القرعة: لم تعد اللائحة ولا القواعد تقبل التغيير.",
        fr="Le tirage a été scellé : ni la liste ni les règles ne peuvent plus changer.",
        en="The draw was sealed: neither list nor rules can change any more.",
    ),
    "draw.envelope_handed_in": Words(
        ar="سُلّم ظرف مختوم: {seat}.",
        fr="Une enveloppe scellée a été remise : {seat}.",
        en="A sealed envelope was handed in: {seat}.",
    ),
    "draw.counted": Words(
        ar="عُدّت الشارات: {counted}.",
        fr="Les badges ont été comptés : {counted}.",
        en="The badges were counted: {counted}.",
    ),
    "draw.closed": Words(
        ar="أُغلق باب المساهمات في القرعة.",
        fr="Les contributions au tirage ont été closes.",
        en="Contributions to the draw were closed.",
    ),
    "draw.envelope_opened": Words(
        ar="فُتح ظرف {seat}: {value:ltr}.",
        fr="L’enveloppe {seat} a été ouverte : {value:ltr}.",
        en="The envelope {seat} was opened: {value:ltr}.",
    ),
    "draw.secret_printed": Words(
        ar="طُبع السر ليوضع في ظرف مختوم.",
        fr="Le secret a été imprimé pour son enveloppe scellée.",
        en="The secret was printed for its sealed envelope.",
    ),
    "draw.revealed": Words(
        ar="كُشف السر وحُسبت البذرة العشوائية.",
        fr="Le secret a été révélé et la graine calculée.",
        en="The secret was revealed and the seed computed.",
    ),
    "draw.concluded": Words(
        ar="رُتبت كل التذاكر وأُعلنت نتيجة القرعة.",
        fr="Tous les tickets ont été classés et le résultat proclamé.",
        en="All tickets were ranked and the result announced.",
    ),
    "draw.incident_noted": Words(
        ar="دُوّنت ملاحظة في محضر القرعة.",
        fr="Une observation a été portée au procès-verbal.",
        en="An observation was entered in the minutes.",
    ),
    "draw.changed": Words(
        ar="غُيّر إعداد القرعة {code:ltr}.",
        fr="La préparation du tirage {code:ltr} a été modifiée.",
        en="The plan of the draw {code:ltr} was changed.",
    ),
    "draw.discarded": Words(
        ar="حُذف إعداد القرعة {code:ltr} قبل الحصر.",
        fr="La préparation du tirage {code:ltr} a été abandonnée avant d’être scellée.",
        en="The plan of the draw {code:ltr} was thrown away before it was sealed.",
    ),
    "draw.went_offline": Words(
        ar="لم تعد المنارة العمومية محسوبة في القرعة: أرقام الشهود وحدها تحسم.",
        fr="La balise publique ne compte plus : seuls les nombres des témoins décident.",
        en="The public beacon no longer counts: the numbers of the witnesses alone decide.",
    ),
    "draw.cancelled": Words(
        ar="أُلغيت القرعة قبل ساعتها.",
        fr="Le tirage a été annulé avant son heure.",
        en="The draw was cancelled before its hour.",
    ),
    "draw.beacon_brought": Words(
        ar="سُجل رقم المنارة العمومية، الدورة {round:ltr}.",
        fr="Le nombre de la balise publique a été noté, tour {round:ltr}.",
        en="The number of the public beacon was recorded, round {round:ltr}.",
    ),
    "draw.prize_withdrawn": Words(
        ar="سُحبت الجائزة {place:ltr}. بقيت الرتب كما هي.",
        fr="Le lot {place:ltr} a été retiré. Les rangs restent les mêmes.",
        en="The prize {place:ltr} was withdrawn. The ranks stay as they are.",
    ),
    "draw.called": Words(
        ar="نودي على صاحب الجائزة {place:ltr}، النداء {call}.",
        fr="Le gagnant du lot {place:ltr} a été appelé, appel n° {call}.",
        en="The winner of {place:ltr} was called, call {call}.",
    ),
    "draw.claimed": Words(
        ar="حضر صاحب الجائزة {place:ltr}.",
        fr="Le gagnant du lot {place:ltr} s’est présenté.",
        en="The winner of {place:ltr} came forward.",
    ),
    "draw.void_signed": Words(
        ar="وقّع عضو على إسقاط الفوز بالجائزة {place:ltr}.",
        fr="Une personne a signé l’annulation du gain du lot {place:ltr}.",
        en="One person signed that the win of {place:ltr} is void.",
    ),
    "draw.voided": Words(
        ar="أُسقط الفوز بالجائزة {place:ltr} بتوقيعين.",
        fr="Le gain du lot {place:ltr} a été annulé par deux signatures.",
        en="The win of {place:ltr} was made void by two signatures.",
    ),
    "draw.replaced": Words(
        ar="انتقل الدور في الجائزة {place:ltr} إلى صاحب الرتبة {rank}.",
        fr="Le tour pour le lot {place:ltr} est passé au rang {rank}.",
        en="The turn for {place:ltr} went to rank {rank}.",
    ),
    "draw.handed_over": Words(
        ar="سُلّمت الجائزة {place:ltr} إلى صاحبها.",
        fr="Le lot {place:ltr} a été remis à son gagnant.",
        en="The prize {place:ltr} was handed to its winner.",
    ),
    "draw.register_closed": Words(
        ar="أُغلق سجل القرعات. عددها: {count}.",
        fr="Le registre des tirages a été clos. Leur nombre : {count}.",
        en="The register of draws was closed. Their number: {count}.",
    ),
}
