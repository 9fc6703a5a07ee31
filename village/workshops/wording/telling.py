"""What people are told of their places: on their page and in letters (whole sentences), and in short messages.

Facts: title, day, starts, ends, place (room and city, or online), old_day, old_starts, old_place, until.
"""

from __future__ import annotations

from village.kit.i18n import Lang, Words

JOINT: dict[Lang, str] = {"ar": "، ", "fr": ", ", "en": ", "}

ONLINE = Words(ar="عن بعد", fr="à distance", en="online")
NO_ROOM = Words(ar="القاعة تحدد لاحقا", fr="salle à préciser", en="room to be named")
JOIN_LINK = Words(
    ar="رابط المشاركة يوجد في صفحتكم.",
    fr="Le lien pour participer est sur votre page.",
    en="The link to take part is on your page.",
)
CLASH = Words(
    ar="لا يمكن حضورها مع: {others}. اختاروا في صفحتكم ما تحضرون وألغوا الآخر.",
    fr="Elle tombe maintenant au même moment que : {others}. Choisissez sur votre page ce que vous gardez et annulez l’autre.",
    en="It is now at the same time as: {others}. Choose on your page what you keep, and cancel the other.",
)
CODE = Words(ar="رمزكم {code}", fr="Code {code}", en="Code {code}")

SENTENCES = {
    "confirmed": Words(
        ar="مكانكم مؤكد في «{title}»: {day:day}، من {starts:clock} إلى {ends:clock}، {place}.",
        fr="Votre place est confirmée : « {title} », {day:day}, de {starts:clock} à {ends:clock}, {place}.",
        en="Your place is confirmed: “{title}”, {day:day}, {starts:clock} to {ends:clock}, {place}.",
    ),
    "waitlisted": Words(
        ar="لم يبق مكان في «{title}» ({day:day}، {starts:clock}). أنتم في لائحة الانتظار: سنخبركم حين يفرغ مكان.",
        fr="Il ne reste plus de place à « {title} » ({day:day}, {starts:clock}). Vous êtes sur la liste d’attente : nous vous prévenons dès qu’une place se libère.",
        en="No place is left in “{title}” ({day:day}, {starts:clock}). You are on the waiting list: we tell you as soon as a place is free.",
    ),
    "offered": Words(
        ar="فرغ مكان لكم في «{title}»: {day:day}، {starts:clock}، {place}. أجيبوا في صفحتكم قبل {until}؛ بعد ذلك يعطى المكان لغيركم.",
        fr="Une place est libre pour vous à « {title} » : {day:day}, {starts:clock}, {place}. Répondez sur votre page avant le {until} ; ensuite elle sera proposée à une autre personne.",
        en="A place is free for you in “{title}”: {day:day}, {starts:clock}, {place}. Answer on your page before {until}; after that it goes to somebody else.",
    ),
    "promoted": Words(
        ar="فرغ مكان وهو لكم الآن: «{title}»، {day:day}، من {starts:clock} إلى {ends:clock}، {place}. مكانكم مؤكد.",
        fr="Une place s’est libérée et elle est à vous : « {title} », {day:day}, de {starts:clock} à {ends:clock}, {place}. Votre place est confirmée.",
        en="A place became free and it is yours: “{title}”, {day:day}, {starts:clock} to {ends:clock}, {place}. Your place is confirmed.",
    ),
    "lapsed": Words(
        ar="انتهى أجل الجواب ({until}) عن المكان في «{title}»، فأعطي لغيركم. يمكنكم التسجيل من جديد.",
        fr="Le délai de réponse pour « {title} » est passé ({until}) : la place a été proposée à une autre personne. Vous pouvez vous réinscrire.",
        en="The time to answer for “{title}” is over ({until}): the place went to somebody else. You can register again.",
    ),
    "cancelled": Words(
        ar="ألغي تسجيلكم في «{title}» ({day:day}، {starts:clock}).",
        fr="Votre inscription à « {title} » ({day:day}, {starts:clock}) est annulée.",
        en="Your registration for “{title}” ({day:day}, {starts:clock}) is cancelled.",
    ),
    "declined": Words(
        ar="اعتذرتم عن المكان في «{title}» ({day:day}، {starts:clock})، فأعطي لمن ينتظر. شكرا.",
        fr="Vous avez laissé la place à « {title} » ({day:day}, {starts:clock}) : elle va à une personne qui attend. Merci.",
        en="You left the place in “{title}” ({day:day}, {starts:clock}): it goes to somebody who waits. Thank you.",
    ),
    "transferred_to": Words(
        ar="أعطاكم شخص مكانه: «{title}»، {day:day}، من {starts:clock} إلى {ends:clock}، {place}. مكانكم مؤكد.",
        fr="Une place vous a été cédée : « {title} », {day:day}, de {starts:clock} à {ends:clock}, {place}. Votre place est confirmée.",
        en="Somebody gave you their place: “{title}”, {day:day}, {starts:clock} to {ends:clock}, {place}. Your place is confirmed.",
    ),
    "transferred_from": Words(
        ar="أعطي مكانكم في «{title}» ({day:day}، {starts:clock}) لشخص آخر كما طلبتم.",
        fr="Votre place à « {title} » ({day:day}, {starts:clock}) a été cédée à une autre personne, comme demandé.",
        en="Your place in “{title}” ({day:day}, {starts:clock}) was given to another person, as asked.",
    ),
    "moved": Words(
        ar="تغير موعد أو مكان «{title}». الآن: {day:day}، من {starts:clock} إلى {ends:clock}، {place}. من قبل: {old_day:day}، {old_starts:clock}، {old_place}.",
        fr="« {title} » a changé d’heure ou de lieu. Maintenant : {day:day}, de {starts:clock} à {ends:clock}, {place}. Avant : {old_day:day}, {old_starts:clock}, {old_place}.",
        en="“{title}” has other hours or another place. Now: {day:day}, {starts:clock} to {ends:clock}, {place}. Before: {old_day:day}, {old_starts:clock}, {old_place}.",
    ),
    "session_cancelled": Words(
        ar="ألغيت «{title}» التي كانت مبرمجة {old_day:day}، {old_starts:clock}. نعتذر لكم.",
        fr="« {title} », prévue {old_day:day}, {old_starts:clock}, n’aura pas lieu. Nous vous prions de nous excuser.",
        en="“{title}”, planned for {old_day:day}, {old_starts:clock}, will not be held. We are sorry.",
    ),
    "refused": Words(
        ar="لم نتمكن من قبول طلبكم في «{title}» ({day:day}، {starts:clock}).",
        fr="Votre demande pour « {title} » ({day:day}, {starts:clock}) n’a pas pu être acceptée.",
        en="Your request for “{title}” ({day:day}, {starts:clock}) could not be accepted.",
    ),
}

SUBJECTS = {
    "confirmed": Words(ar="مكانكم مؤكد: {title}", fr="Place confirmée : {title}", en="Place confirmed: {title}"),
    "waitlisted": Words(ar="لائحة الانتظار: {title}", fr="Liste d’attente : {title}", en="Waiting list: {title}"),
    "offered": Words(ar="مكان لكم، أجيبوا: {title}", fr="Une place pour vous, répondez : {title}", en="A place for you, please answer: {title}"),
    "promoted": Words(ar="لكم مكان الآن: {title}", fr="Vous avez une place : {title}", en="You have a place: {title}"),
    "lapsed": Words(ar="انتهى أجل الجواب: {title}", fr="Délai de réponse passé : {title}", en="Time to answer over: {title}"),
    "cancelled": Words(ar="ألغي تسجيلكم: {title}", fr="Inscription annulée : {title}", en="Registration cancelled: {title}"),
    "declined": Words(ar="شكرا على جوابكم: {title}", fr="Merci de votre réponse : {title}", en="Thank you for your answer: {title}"),
    "transferred_to": Words(ar="لكم مكان الآن: {title}", fr="Vous avez une place : {title}", en="You have a place: {title}"),
    "transferred_from": Words(ar="أعطي مكانكم لغيركم: {title}", fr="Place cédée : {title}", en="Place given on: {title}"),
    "moved": Words(ar="تغيير: {title}", fr="Changement : {title}", en="Changed: {title}"),
    "session_cancelled": Words(ar="ألغيت: {title}", fr="Annulé : {title}", en="Cancelled: {title}"),
    "refused": Words(ar="طلبكم: {title}", fr="Votre demande : {title}", en="Your request: {title}"),
}

SHORT = {
    "confirmed": Words(
        ar="مكانكم مؤكد: {title}، {day} {starts:clock}، {place}",
        fr="Place confirmée : {title}, {day} {starts:clock}, {place}",
        en="Place confirmed: {title}, {day} {starts:clock}, {place}",
    ),
    "waitlisted": Words(
        ar="أنتم في لائحة الانتظار: {title}، {day} {starts:clock}",
        fr="Vous êtes en liste d’attente : {title}, {day} {starts:clock}",
        en="You are on the waiting list: {title}, {day} {starts:clock}",
    ),
    "offered": Words(
        ar="مكان لكم: {title}، {day}. أجيبوا قبل {until_day} {until_clock:clock}",
        fr="Une place pour vous : {title}, {day}. Répondez avant le {until_day} {until_clock:clock}",
        en="A place for you: {title}, {day}. Answer before {until_day} {until_clock:clock}",
    ),
    "promoted": Words(
        ar="لكم مكان مؤكد الآن: {title}، {day} {starts:clock}، {place}",
        fr="Vous avez maintenant une place : {title}, {day} {starts:clock}, {place}",
        en="You now have a place: {title}, {day} {starts:clock}, {place}",
    ),
    "lapsed": Words(
        ar="انتهى أجل الجواب، وأعطي المكان لغيركم: {title}",
        fr="Délai de réponse passé, la place est à une autre personne : {title}",
        en="The time to answer is over, the place went to somebody else: {title}",
    ),
    "cancelled": Words(ar="ألغي تسجيلكم: {title}، {day}", fr="Inscription annulée : {title}, {day}", en="Registration cancelled: {title}, {day}"),
    "declined": Words(ar="شكرا، أعطي المكان لمن ينتظر: {title}", fr="Merci, la place va à une personne qui attend : {title}", en="Thank you, the place goes to somebody who waits: {title}"),
    "transferred_to": Words(
        ar="لكم مكان مؤكد الآن: {title}، {day} {starts:clock}، {place}",
        fr="Une place vous a été cédée : {title}, {day} {starts:clock}, {place}",
        en="A place was given to you: {title}, {day} {starts:clock}, {place}",
    ),
    "transferred_from": Words(ar="أعطي مكانكم لشخص آخر: {title}، {day}", fr="Votre place a été cédée : {title}, {day}", en="Your place was given on: {title}, {day}"),
    "moved": Words(
        ar="تغيير: {title}، الآن {day} {starts:clock}، {place}",
        fr="Changement : {title}, maintenant {day} {starts:clock}, {place}",
        en="Changed: {title}, now {day} {starts:clock}, {place}",
    ),
    "session_cancelled": Words(ar="ألغيت: {title}، {day}. نعتذر لكم", fr="Annulé : {title}, {day}. Avec nos excuses", en="Cancelled: {title}, {day}. We are sorry"),
    "refused": Words(ar="لم يقبل طلبكم: {title}، {day}", fr="Demande non acceptée : {title}, {day}", en="Request not accepted: {title}, {day}"),
}

SHORT_MANY = Words(
    ar="تغيرت أشياء في برنامجكم ({count:number}). انظروا صفحتكم:",
    fr="Votre programme a changé ({count:number}). Voyez votre page :",
    en="Your programme has changed ({count:number}). See your page:",
)
