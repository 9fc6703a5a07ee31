"""The sentences of those who write the programme: sessions, tracks, trainers, rooms, minutes."""

from __future__ import annotations

from village.kit.i18n import Words

REFUSALS = {
    "session_is_public": Words(
        ar="الحصة {workshop:ltr} منشورة أو فيها مسجلون: ألغوها من اللوحة ليعلم بها الناس.",
        fr="La séance {workshop:ltr} est publiée ou a des inscrits : annulez-la sur le tableau, pour que chacun le sache.",
        en="Session {workshop:ltr} is published or has registrations: call it off on the board, so that people hear of it.",
    ),
    "session_title_missing": Words(
        ar="اكتبوا عنوانا بالعربية أو بالفرنسية.",
        fr="Écrivez un titre, en arabe ou en français.",
        en="Write a title, in Arabic or in French.",
    ),
    "session_word_unknown": Words(
        ar="«{word:ltr}» غير موجود في اللائحة. اختاروا من جديد.",
        fr="« {word} » n’est pas dans la liste. Choisissez de nouveau.",
        en="“{word}” is not in the list. Choose again.",
    ),
    "session_language_missing": Words(
        ar="اختاروا لغة واحدة على الأقل.",
        fr="Choisissez au moins une langue.",
        en="Choose one language at least.",
    ),
    "session_without_places": Words(
        ar="هذا النوع بالتسجيل: اكتبوا كم من مكان.",
        fr="On s’inscrit à ce type de séance : indiquez le nombre de places.",
        en="People register for this kind of session: write how many places there are.",
    ),
    "session_length_wrong": Words(
        ar="المدة بين 15 دقيقة و12 ساعة.",
        fr="La durée va de 15 minutes à 12 heures.",
        en="The length is between 15 minutes and 12 hours.",
    ),
    "session_has_registrations": Words(
        ar="عدد الطلبات المسجلة هنا: {n}. لا يمكن اختيار نوع بدون تسجيل قبل إلغائها.",
        fr="{n} demandes sont enregistrées ici. Un type sans inscription n’est possible qu’après leur annulation.",
        en="{n} requests are kept here. A kind without registration is possible only after they are cancelled.",
    ),
    "session_channel_taken": Words(
        ar="عدد الأماكن المؤكدة بهذه الطريقة: {n}. لا يمكن حذفها.",
        fr="{n} places sont confirmées de cette façon : elle ne peut pas disparaître.",
        en="{n} places are confirmed in that way: it cannot go away.",
    ),
    "changed_meanwhile": Words(
        ar="غيّر شخص آخر {thing:ltr} قبل قليل. ما كتبتموه محفوظ أسفله: اختاروا ثم احفظوا.",
        fr="Quelqu’un d’autre vient de modifier {thing}. Ce que vous avez écrit est gardé ci-dessous : choisissez, puis enregistrez.",
        en="Somebody else has just changed {thing}. What you wrote is kept below: choose, then keep.",
    ),
    "track_not_found": Words(
        ar="لا يوجد هذا المسار.",
        fr="Ce parcours n’existe pas.",
        en="There is no such track.",
    ),
    "track_name_missing": Words(
        ar="اكتبوا اسم المسار بالعربية أو بالفرنسية.",
        fr="Écrivez le nom du parcours, en arabe ou en français.",
        en="Write the name of the track, in Arabic or in French.",
    ),
    "this_trainer_not_found": Words(
        ar="لا يوجد هذا المؤطر.",
        fr="Cet animateur n’existe pas.",
        en="There is no such trainer.",
    ),
    "trainer_name_missing": Words(
        ar="اكتبوا اسم المؤطر بالعربية أو بالفرنسية.",
        fr="Écrivez le nom de l’animateur, en arabe ou en français.",
        en="Write the trainer’s name, in Arabic or in French.",
    ),
    "room_capacity_needed": Words(
        ar="القاعة {room:ltr} لا يمكن أن تنزل إلى {capacity}: هذه الحصص تحتاج إلى {most}: {workshops:ltr}. غيروا أماكنها أو قاعتها أولا.",
        fr="La salle {room} ne peut pas descendre à {capacity} : il en faut {most} pour {workshops}. Changez d’abord leurs places ou leur salle.",
        en="Room {room} cannot go down to {capacity}: {workshops} need up to {most}. Change their places or their room first.",
    ),
    "minutes_closed": Words(
        ar="هذا المحضر مغلق: يُقرأ ولا يُكتب.",
        fr="Ce compte rendu est clos : on le lit, on ne l’écrit plus.",
        en="These minutes are closed: they are read and no longer written.",
    ),
    "minutes_open": Words(
        ar="هذا المحضر مفتوح.",
        fr="Ce compte rendu est ouvert.",
        en="These minutes are open.",
    ),
    "minutes_empty": Words(
        ar="اكتبوا ما قيل، بالعربية أو بالفرنسية، قبل إغلاق المحضر.",
        fr="Écrivez ce qui a été dit, en arabe ou en français, avant de clore le compte rendu.",
        en="Write what was said, in Arabic or in French, before closing the minutes.",
    ),
    "minutes_reason_missing": Words(
        ar="اكتبوا لماذا يفتح المحضر من جديد.",
        fr="Écrivez pourquoi le compte rendu est rouvert.",
        en="Write why the minutes are opened again.",
    ),
    "minutes_not_found": Words(
        ar="لا يوجد محضر لهذه الحصة.",
        fr="Cette séance n’a pas encore de compte rendu.",
        en="There are no minutes of this session.",
    ),
    "attended_negative": Words(
        ar="عدد الحاضرين لا ينزل تحت الصفر.",
        fr="Le nombre de présents ne descend pas sous zéro.",
        en="The number of those present cannot go below zero.",
    ),
}

DEEDS = {
    "session.added": Words(
        ar="أضيفت الحصة {workshop:ltr} كمسودة.",
        fr="La séance {workshop:ltr} a été ajoutée comme brouillon.",
        en="Session {workshop:ltr} was added as a draft.",
    ),
    "session.discarded": Words(
        ar="حذفت مسودة الحصة {workshop:ltr}.",
        fr="Le brouillon de la séance {workshop:ltr} a été supprimé.",
        en="The draft of session {workshop:ltr} was discarded.",
    ),
    "session.edited": Words(
        ar="تغير نص الحصة {workshop:ltr}.",
        fr="Le texte de la séance {workshop:ltr} a changé.",
        en="The text of session {workshop:ltr} was changed.",
    ),
    "track.added": Words(
        ar="أضيف المسار {track:ltr}.",
        fr="Le parcours {track:ltr} a été ajouté.",
        en="Track {track:ltr} was added.",
    ),
    "track.edited": Words(
        ar="تغير المسار {track:ltr}.",
        fr="Le parcours {track:ltr} a changé.",
        en="Track {track:ltr} was changed.",
    ),
    "trainer.added": Words(
        ar="أضيف المؤطر {trainer:ltr}.",
        fr="L’animateur {trainer:ltr} a été ajouté.",
        en="Trainer {trainer:ltr} was added.",
    ),
    "trainer.edited": Words(
        ar="تغيرت معلومات المؤطر {trainer:ltr}.",
        fr="La fiche de l’animateur {trainer:ltr} a changé.",
        en="The sheet of trainer {trainer:ltr} was changed.",
    ),
    "minutes.begun": Words(
        ar="بدأت كتابة محضر الحصة {workshop:ltr}.",
        fr="Le compte rendu de la séance {workshop:ltr} est commencé.",
        en="The minutes of session {workshop:ltr} were begun.",
    ),
    "minutes.closed": Words(
        ar="أغلق محضر الحصة {workshop:ltr}.",
        fr="Le compte rendu de la séance {workshop:ltr} est clos.",
        en="The minutes of session {workshop:ltr} were closed.",
    ),
    "minutes.reopened": Words(
        ar="فتح محضر الحصة {workshop:ltr} من جديد: {reason}",
        fr="Le compte rendu de la séance {workshop:ltr} est rouvert : {reason}",
        en="The minutes of session {workshop:ltr} were opened again: {reason}",
    ),
}
