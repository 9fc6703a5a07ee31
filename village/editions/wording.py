"""The sentences of the edition's refusals and deeds."""

from __future__ import annotations

from village.kit.i18n import Words

REFUSALS = {
    "venue_not_found": Words(
        ar="لا يوجد هذا المكان.",
        fr="Ce lieu n’existe pas.",
        en="There is no such venue.",
    ),
    "this_room_not_found": Words(
        ar="لا توجد هذه القاعة.",
        fr="Cette salle n’existe pas.",
        en="There is no such room.",
    ),
    "room_code_wrong": Words(
        ar="رمز القاعة حروف لاتينية كبيرة وأرقام، مثل {example:ltr}.",
        fr="Le code d’une salle s’écrit en capitales et chiffres, comme {example}.",
        en="A room’s code is written in capitals and digits, such as {example}.",
    ),
    "room_code_taken": Words(
        ar="توجد قاعة أخرى بالرمز {room:ltr}.",
        fr="Une autre salle porte déjà le code {room}.",
        en="Another room has the code {room} already.",
    ),
    "room_name_missing": Words(
        ar="اكتبوا اسم القاعة بالعربية أو بالفرنسية.",
        fr="Écrivez le nom de la salle, en arabe ou en français.",
        en="Write the room’s name, in Arabic or in French.",
    ),
    "room_capacity_wrong": Words(
        ar="عدد المقاعد بين 1 و100000.",
        fr="Le nombre de places va de 1 à 100 000.",
        en="The number of seats is between 1 and 100,000.",
    ),
    "equipment_unknown": Words(
        ar="«{word:ltr}» ليس من التجهيزات المعروفة.",
        fr="« {word} » n’est pas un équipement connu.",
        en="“{word}” is no equipment that is known.",
    ),
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
    "room.added": Words(
        ar="أضيفت القاعة {room:ltr}. عدد المقاعد: {seats}.",
        fr="La salle {room:ltr} a été ajoutée : {seats} places.",
        en="Room {room:ltr} was added: {seats} seats.",
    ),
    "room.edited": Words(
        ar="تغيرت القاعة {room:ltr}.",
        fr="La salle {room:ltr} a changé.",
        en="Room {room:ltr} was changed.",
    ),
    "day.closed": Words(
        ar="انتهى يوم {day:ltr} من المعرض.",
        fr="La journée du {day:ltr} est close.",
        en="The day {day:ltr} of the fair is closed.",
    ),
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
