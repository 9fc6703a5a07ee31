"""The sentences of the programme: sessions, rooms, trainers."""

from __future__ import annotations

from village.kit.i18n import Words

REFUSALS = {
    "registration_not_needed": Words(
        ar="الحضور هنا بدون تسجيل: مرحبا بالجميع.",
        fr="Ici, pas d’inscription : tout le monde est bienvenu.",
        en="No registration here: everybody is welcome.",
    ),
    "minutes_not_asked": Words(
        ar="لا يكتب محضر لهذا النوع من الحصص.",
        fr="Ce type de séance n’a pas de compte rendu.",
        en="No minutes are kept of this kind of session.",
    ),
    "workshop_not_found": Words(
        ar="لا توجد هذه الورشة.",
        fr="Cet atelier n’existe pas.",
        en="There is no such workshop.",
    ),
    "join_link_missing": Words(
        ar="سيظهر رابط المشاركة هنا قبل بداية الورشة.",
        fr="Le lien paraîtra ici avant le début de l’atelier.",
        en="The link will appear here before the workshop begins.",
    ),
    "join_link_invalid": Words(
        ar="الرابط يبدأ ب‎ https://",
        fr="Un lien commence par https://",
        en="A link begins with https://",
    ),
    "room_not_found": Words(
        ar="القاعة {room:ltr} المذكورة للورشة {workshop:ltr} غير موجودة.",
        fr="La salle {room:ltr} de l’atelier {workshop:ltr} n’existe pas.",
        en="Room {room:ltr} of workshop {workshop:ltr} does not exist.",
    ),
    "room_too_small": Words(
        ar="الورشة {workshop:ltr} تحتاج إلى أماكن عددها {capacity}، والقاعة تسع {seats} فقط.",
        fr="L’atelier {workshop:ltr} demande {capacity} places, la salle en a {seats}.",
        en="Workshop {workshop:ltr} needs {capacity} seats; the room has {seats}.",
    ),
    "room_taken": Words(
        ar="الورشتان {workshop:ltr} و{other:ltr} في نفس القاعة وفي نفس الوقت.",
        fr="Les ateliers {workshop:ltr} et {other:ltr} occupent la même salle au même moment.",
        en="Workshops {workshop:ltr} and {other:ltr} are in the same room at the same time.",
    ),
    "trainer_taken": Words(
        ar="لا يمكن أن يحضر المؤطر {trainer:ltr} الورشتين {workshop:ltr} و{other:ltr} معا.",
        fr="L’animateur {trainer:ltr} ne peut pas être aux ateliers {workshop:ltr} et {other:ltr} à la fois.",
        en="Trainer {trainer:ltr} cannot be at both workshops {workshop:ltr} and {other:ltr}.",
    ),
    "trainer_not_found": Words(
        ar="المؤطر {trainer:ltr} المذكور للورشة {workshop:ltr} غير معروف.",
        fr="L’animateur {trainer:ltr} de l’atelier {workshop:ltr} est inconnu.",
        en="Trainer {trainer:ltr} of workshop {workshop:ltr} is unknown.",
    ),
}

DEEDS = {
    "programme.imported": Words(
        ar="أدرج البرنامج: {workshops:workshop}.",
        fr="Le programme est entré : {workshops:workshop}.",
        en="The programme came in: {workshops:workshop}.",
    ),
    "workshop.join_link_set": Words(
        ar="تغير رابط المشاركة عن بعد.",
        fr="Le lien de participation à distance a changé.",
        en="The link for taking part online was changed.",
    ),
}
