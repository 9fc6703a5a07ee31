"""The sentences of the timetable board and of publishing the programme."""

from __future__ import annotations

from village.kit.i18n import Words

REFUSALS = {
    "slot_hours_order": Words(
        ar="تنتهي الجلسة بعد بدايتها بربع ساعة على الأقل.",
        fr="Une séance finit au moins un quart d’heure après son début.",
        en="A session ends at least a quarter of an hour after it begins.",
    ),
    "slot_room_needed": Words(
        ar="اختاروا قاعة لهذه الجلسة.",
        fr="Choisissez une salle pour cette séance.",
        en="Choose a room for this session.",
    ),
    "slot_day_outside": Words(
        ar="يوم {day:day} ليس من أيام المعرض.",
        fr="Le {day:day} n’est pas un jour de la foire.",
        en="{day:day} is not a day of the fair.",
    ),
    "slot_hours_outside": Words(
        ar="المعرض مفتوح ذلك اليوم من {opens:clock} إلى {closes:clock} فقط.",
        fr="Ce jour-là, la foire n’est ouverte que de {opens:clock} à {closes:clock}.",
        en="On that day the fair is open only from {opens:clock} to {closes:clock}.",
    ),
    "slot_in_prayer": Words(
        ar="هذا وقت الصلاة، من {starts:clock} إلى {ends:clock}: لا تبرمج فيه أي جلسة.",
        fr="C’est l’heure de la prière, de {starts:clock} à {ends:clock} : aucune séance n’y est prévue.",
        en="This is the time of prayer, from {starts:clock} to {ends:clock}: no session is planned in it.",
    ),
    "slot_in_meal": Words(
        ar="هذا وقت الأكل، من {starts:clock} إلى {ends:clock}: لا تبرمج فيه أي جلسة.",
        fr="C’est l’heure du repas, de {starts:clock} à {ends:clock} : aucune séance n’y est prévue.",
        en="This is the time of the meal, from {starts:clock} to {ends:clock}: no session is planned in it.",
    ),
    "slot_room_online": Words(
        ar="«{room_ar}» قاعة عن بعد، والجلسة حضورية.",
        fr="« {room_fr} » est une salle en ligne ; la séance se tient sur place.",
        en="“{room_fr}” is an online room; the session is held on site.",
    ),
    "slot_room_onsite": Words(
        ar="الجلسة عن بعد، و«{room_ar}» قاعة حضورية.",
        fr="La séance se tient en ligne ; « {room_fr} » est une salle sur place.",
        en="The session is held online; “{room_fr}” is a room on site.",
    ),
    "slot_room_too_small": Words(
        ar="«{room_ar}» صغيرة: سجل في هذه الجلسة {taken:participant}، وعدد مقاعد القاعة {seats}.",
        fr="« {room_fr} » est trop petite : {taken:participant} ont déjà une place, la salle a {seats} sièges.",
        en="“{room_fr}” is too small: {taken:participant} already hold a place, the room has {seats} seats.",
    ),
    "slot_equipment_missing": Words(
        ar="ينقص «{room_ar}» ما تحتاجه الجلسة: {things_ar}.",
        fr="Il manque à « {room_fr} » ce que la séance demande : {things_fr}.",
        en="“{room_fr}” lacks what the session needs: {things_en}.",
    ),
    "slot_room_taken": Words(
        ar="القاعة مشغولة من {starts:clock} إلى {ends:clock} بجلسة {other:ltr} «{other_ar}».",
        fr="La salle est prise de {starts:clock} à {ends:clock} par {other} « {other_fr} ».",
        en="The room is taken from {starts:clock} to {ends:clock} by {other} “{other_fr}”.",
    ),
    "slot_trainer_taken": Words(
        ar="{trainer_ar} يؤطر في هذا الوقت جلسة {other:ltr} «{other_ar}»، من {starts:clock} إلى {ends:clock}.",
        fr="{trainer_fr} anime déjà {other} « {other_fr} », de {starts:clock} à {ends:clock}.",
        en="{trainer_fr} already leads {other} “{other_fr}”, from {starts:clock} to {ends:clock}.",
    ),
    "slot_trainer_way": Words(
        ar="{trainer_ar} في جلسة {other:ltr} «{other_ar}» من {starts:clock} إلى {ends:clock}، والطريق بين المكانين تأخذ {way:minute}.",
        fr="{trainer_fr} est à {other} « {other_fr} » de {starts:clock} à {ends:clock}, et le trajet prend {way:minute}.",
        en="{trainer_fr} is at {other} “{other_fr}” from {starts:clock} to {ends:clock}, and the way takes {way:minute}.",
    ),
    "slot_changed_meanwhile": Words(
        ar="غير شخص آخر الجلسة {workshop:ltr} قبلكم بقليل: صارت يوم {day:day} من {starts:clock} إلى {ends:clock}.",
        fr="Quelqu’un vient de changer la séance {workshop} : elle est maintenant le {day:day} de {starts:clock} à {ends:clock}.",
        en="Somebody has just changed session {workshop}: it is now on {day:day} from {starts:clock} to {ends:clock}.",
    ),
    "slot_unchanged": Words(
        ar="الجلسة {workshop:ltr} في هذا المكان وهذا الوقت من قبل.",
        fr="La séance {workshop} est déjà à cette place.",
        en="Session {workshop} is already there.",
    ),
    "slot_standing_impossible": Words(
        ar="لا يمكن ذلك للجلسة {workshop:ltr}: الجلسة المنشورة تلغى، وغير المنشورة ترجع إلى المسودات.",
        fr="Ce n’est pas possible pour {workshop} : une séance publiée s’annule, une séance jamais publiée retourne aux brouillons.",
        en="That cannot be done with {workshop}: a published session is called off, one never published goes back to the drafts.",
    ),
    "slot_invalid": Words(
        ar="اكتبوا اليوم وساعة البداية وساعة النهاية.",
        fr="Indiquez le jour, l’heure du début et celle de la fin.",
        en="Give the day, and the hours of beginning and end.",
    ),
    "no_step_to_undo": Words(
        ar="ليس لكم أي تغيير للتراجع عنه.",
        fr="Vous n’avez aucun changement à annuler.",
        en="You have no change to take back.",
    ),
    "nothing_to_redo": Words(
        ar="ليس لكم أي تغيير لإعادته.",
        fr="Vous n’avez aucun changement à rétablir.",
        en="You have no change to make again.",
    ),
    "programme_unchanged": Words(
        ar="لا جديد للنشر: البرنامج العام كما هو في الجدول.",
        fr="Rien à publier : le programme public est celui du tableau.",
        en="Nothing to publish: the public programme is what the board shows.",
    ),
    "programme_changed_meanwhile": Words(
        ar="تغير الجدول منذ أن فتحتم هذه الصفحة. راجعوا التغييرات ثم انشروا.",
        fr="Le tableau a changé depuis l’ouverture de cette page. Regardez les changements, puis publiez.",
        en="The board has changed since you opened this page. Look at the changes, then publish.",
    ),
    "programme_version_not_found": Words(
        ar="لا توجد هذه النسخة من البرنامج.",
        fr="Cette version du programme n’existe pas.",
        en="There is no such version of the programme.",
    ),
}

DEEDS = {
    "session.moved": Words(
        ar="نقلت الجلسة {workshop:ltr} في الجدول إلى {day:day} من {starts:clock} إلى {ends:clock}.",
        fr="La séance {workshop} a été placée au tableau le {day:day} de {starts:clock} à {ends:clock}.",
        en="Session {workshop} was moved on the board to {day:day} from {starts:clock} to {ends:clock}.",
    ),
    "session.placed": Words(
        ar="وضعت الجلسة {workshop:ltr} في الجدول يوم {day:day} من {starts:clock} إلى {ends:clock}.",
        fr="La séance {workshop} est entrée au tableau le {day:day} de {starts:clock} à {ends:clock}.",
        en="Session {workshop} was put on the board on {day:day} from {starts:clock} to {ends:clock}.",
    ),
    "session.set_aside": Words(
        ar="أرجعت الجلسة {workshop:ltr} إلى المسودات ({day:day}، {starts:clock} – {ends:clock}).",
        fr="La séance {workshop} est retournée aux brouillons ({day:day}, {starts:clock} – {ends:clock}).",
        en="Session {workshop} went back to the drafts ({day:day}, {starts:clock} – {ends:clock}).",
    ),
    "session.called_off": Words(
        ar="ألغيت الجلسة {workshop:ltr} في الجدول ({day:day}، {starts:clock} – {ends:clock}).",
        fr="La séance {workshop} a été annulée au tableau ({day:day}, {starts:clock} – {ends:clock}).",
        en="Session {workshop} was called off on the board ({day:day}, {starts:clock} – {ends:clock}).",
    ),
    "session.restored": Words(
        ar="رجعت الجلسة {workshop:ltr} إلى الجدول يوم {day:day} من {starts:clock} إلى {ends:clock}.",
        fr="La séance {workshop} a été rétablie au tableau le {day:day} de {starts:clock} à {ends:clock}.",
        en="Session {workshop} was restored on the board on {day:day} from {starts:clock} to {ends:clock}.",
    ),
    "session.trainers_changed": Words(
        ar="تغير مؤطرو الجلسة {workshop:ltr} في الجدول ({day:day}، {starts:clock} – {ends:clock}).",
        fr="Les animateurs de la séance {workshop} ont changé au tableau ({day:day}, {starts:clock} – {ends:clock}).",
        en="The trainers of session {workshop} changed on the board ({day:day}, {starts:clock} – {ends:clock}).",
    ),
    "session.step_undone": Words(
        ar="تراجع المنظم عن التغيير رقم {step} في الجدول، وكان للجلسة {workshop:ltr}.",
        fr="Le changement n° {step} du tableau, sur la séance {workshop}, a été annulé.",
        en="Change no. {step} of the board, on session {workshop}, was taken back.",
    ),
    "session.step_redone": Words(
        ar="أعيد التغيير رقم {step} في الجدول، وهو للجلسة {workshop:ltr}.",
        fr="Le changement n° {step} du tableau, sur la séance {workshop}, a été rétabli.",
        en="Change no. {step} of the board, on session {workshop}, was made again.",
    ),
    "programme.published": Words(
        ar="نشرت النسخة {number} من البرنامج: عدد الجلسات التي تغيرت {changes}، وعدد الإشعارات {told}.",
        fr="La version {number} du programme a été publiée : {changes} séance(s) changée(s), {told} avis.",
        en="Version {number} of the programme was published: sessions changed {changes}, notices {told}.",
    ),
}
