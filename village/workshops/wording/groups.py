"""The sentences of groups."""

from __future__ import annotations

from village.kit.i18n import Words

REFUSALS = {
    "group_not_found": Words(
        ar="هذا الرابط غير صحيح أو لم يعد صالحا. اطلبوا رابطا جديدا ممن أرسله إليكم.",
        fr="Ce lien est faux ou n’est plus valable. Demandez-en un nouveau à la personne qui vous l’a envoyé.",
        en="This link is wrong or no longer valid. Ask the person who sent it for a new one.",
    ),
    "group_without_name": Words(
        ar="اكتبوا اسم المجموعة.",
        fr="Écrivez le nom du groupe.",
        en="Write the name of the group.",
    ),
    "group_size_wrong": Words(
        ar="عدد المجموعة بين 1 و{most}. إذا كنتم أكثر افتحوا مجموعة ثانية.",
        fr="Un groupe compte de 1 à {most} personnes. Si vous êtes plus nombreux, ouvrez un second groupe.",
        en="A group has 1 to {most} people. If you are more, open a second group.",
    ),
    "group_closed": Words(
        ar="المجموعة مغلقة: لا يمكن لأحد أن يلتحق بها. كلموا من فتحها أو سجلوا وحدكم.",
        fr="Le groupe est fermé : personne ne peut plus le rejoindre. Voyez avec qui l’a ouvert, ou inscrivez-vous seul(e).",
        en="The group is closed: nobody can join. Ask whoever opened it, or register alone.",
    ),
    "group_full": Words(
        ar="في المجموعة: {left:seat_left} من أصل {size}. زيدوا العدد أو سجلوا عددا أقل.",
        fr="Dans ce groupe : {left:seat_left} sur {size}. Agrandissez le groupe ou inscrivez moins de personnes.",
        en="In this group: {left:seat_left} of {size}. Make the group larger, or register fewer people.",
    ),
}

DEEDS = {
    "group.opened": Words(
        ar="فتحت مجموعة للورشة {workshop:ltr}: {size:participant}.",
        fr="Un groupe a été ouvert pour l’atelier {workshop:ltr} : {size:participant}.",
        en="A group was opened for workshop {workshop:ltr}: {size:participant}.",
    ),
    "group.closed": Words(
        ar="أغلقت مجموعة: لا يلتحق بها أحد.",
        fr="Un groupe a été fermé : personne ne peut plus le rejoindre.",
        en="A group was closed: nobody can join it.",
    ),
    "group.link_renewed": Words(
        ar="أعطي رابط جديد لمجموعة.",
        fr="Un groupe a reçu un nouveau lien.",
        en="A group was given a new link.",
    ),
    "group.resized": Words(
        ar="تغير عدد مجموعة: {size:participant}.",
        fr="La taille d’un groupe a changé : {size:participant}.",
        en="The size of a group was changed: {size:participant}.",
    ),
}
