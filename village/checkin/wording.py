"""The sentences of the gates' refusals and deeds."""

from __future__ import annotations

from village.kit.i18n import Words

# What is sent to a trainer before the link of their own page; the short message fits into two parts with the link.
TRAINER_SUBJECT = Words(
    ar="صفحتكم في {fair}",
    fr="Votre page — {fair}",
    en="Your page — {fair}",
)
TRAINER_LETTER = Words(
    ar="السلام عليكم {name}،\n\nهذه صفحتكم كمؤطر في {fair}: لائحة ورشاتكم، الحضور، الملاحظات والملفات، بدون حساب. الرابط لكم وحدكم.",
    fr="Bonjour {name},\n\nVoici votre page d’animateur ou d’animatrice, {fair} : la liste de vos ateliers, la présence, vos notes et vos documents, sans compte. Ce lien est pour vous seul(e).",
    en="Hello {name},\n\nThis is your trainer’s page at {fair}: the list of your workshops, attendance, notes and files, without an account. The link is for you alone.",
)
TRAINER_TEXT = Words(
    ar="صفحتكم كمؤطر، لكم وحدكم:",
    fr="Votre page d’animateur, pour vous seul(e) :",
    en="Your trainer’s page, for you alone:",
)

REFUSALS = {
    "device_not_found": Words(
        ar="هذا الجهاز غير مسجل.",
        fr="Cet appareil n’est pas enregistré.",
        en="This device is not registered.",
    ),
    "device_revoked": Words(
        ar="أوقف هذا الجهاز: لا تقبل منه أي شارة.",
        fr="Cet appareil a été retiré : ses scans ne sont plus acceptés.",
        en="This device was withdrawn: its scans are no longer accepted.",
    ),
    "scan_not_found": Words(
        ar="لا يوجد هذا المسح.",
        fr="Ce scan n’existe pas.",
        en="There is no such scan.",
    ),
    "scan_invalid": Words(
        ar="معطيات المسح ناقصة أو غير صحيحة.",
        fr="Les données du scan sont incomplètes ou fausses.",
        en="The scan’s data are incomplete or wrong.",
    ),
    "sheet_not_found": Words(
        ar="لا توجد هذه الورقة.",
        fr="Cette feuille n’existe pas.",
        en="There is no such sheet.",
    ),
    "sheet_text_unclear": Words(
        ar="لم نفهم «{text}»: اكتبوا أرقاما مثل 1-12, 15.",
        fr="« {text} » n’est pas clair : écrivez des numéros, par exemple 1-12, 15.",
        en="“{text}” is not clear: write numbers, for example 1-12, 15.",
    ),
    "sheet_row_unknown": Words(
        ar="لا يوجد السطر {number}: آخر سطر في الورقة هو {last}.",
        fr="La ligne {number} n’existe pas : la feuille s’arrête à {last}.",
        en="There is no row {number}: the sheet ends at {last}.",
    ),
    "sheet_code_wrong": Words(
        ar="الرمز «{text}» ليس في هذه الورقة: تأكدوا من رقم الورقة.",
        fr="Le code « {text} » n’est pas sur cette feuille : vérifiez le numéro de la feuille.",
        en="The code “{text}” is not on this sheet: check the sheet’s number.",
    ),
    "sheet_unsettled": Words(
        ar="يلزم قرار في السطور: {rows:ltr}.",
        fr="Une décision manque pour les lignes : {rows:ltr}.",
        en="A decision is missing for rows: {rows:ltr}.",
    ),
    "sheet_blanks_wrong": Words(
        ar="عدد السطور الفارغة بين 0 و{most}.",
        fr="Le nombre de lignes vides va de 0 à {most}.",
        en="The number of blank rows is from 0 to {most}.",
    ),
    "sheet_row_not_blank": Words(
        ar="السطر {number} ليس سطرا فارغا.",
        fr="La ligne {number} n’est pas une ligne vide.",
        en="Row {number} is not a blank row.",
    ),
    "sheet_changed": Words(
        ar="تغيرت اللائحة في هذه الأثناء: راجعوا الورقة من جديد.",
        fr="La liste a changé entre-temps : vérifiez de nouveau la feuille.",
        en="The list has changed meanwhile: check the sheet again.",
    ),
    "attendance_certified": Words(
        ar="سلمت شهادة لصاحب السطر {number}: يجب سحب الشهادة أولا.",
        fr="Une attestation a été délivrée à la ligne {number} : annulez-la d’abord.",
        en="A certificate was issued to row {number}: revoke it first.",
    ),
    "session_certified": Words(
        ar="سلمت شواهد هذه الورشة، فلم يعد الحضور يتغير من هنا. اطلبوا ذلك من التنظيم.",
        fr="Les attestations de cet atelier sont délivrées : la présence ne se change plus ici. Adressez-vous à l’organisation.",
        en="Certificates of this workshop are issued: attendance is no longer changed here. Ask the organisers.",
    ),
    "note_changed": Words(
        ar="كتب شخص آخر في هذه الأثناء: ملاحظته في الأسفل، ونصكم لم يضع.",
        fr="Quelqu’un d’autre a écrit entre-temps : sa note est affichée, votre texte n’est pas perdu.",
        en="Somebody else has written meanwhile: their note is shown, your text is not lost.",
    ),
    "note_too_long": Words(
        ar="الملاحظة طويلة: {most} حرف على الأكثر.",
        fr="La note est trop longue : {most} caractères au plus.",
        en="The note is too long: {most} characters at most.",
    ),
    "join_too_early": Words(
        ar="تفتح القاعة على الأنترنيت {day:day} على الساعة {time:clock}. ارجعوا إلى هذا الرابط في ذلك الوقت.",
        fr="La salle en ligne ouvre {day:day} à {time:clock}. Revenez à ce lien à ce moment-là.",
        en="The online room opens on {day:day} at {time:clock}. Come back to this link then.",
    ),
    "join_over": Words(
        ar="انتهت هذه الورشة.",
        fr="Cet atelier est terminé.",
        en="This workshop is over.",
    ),
    "join_cancelled": Words(
        ar="ألغيت هذه الورشة.",
        fr="Cet atelier est annulé.",
        en="This workshop is cancelled.",
    ),
}

DEEDS = {
    "attendance.ticked": Words(
        ar="أشر على حضور {added} وألغي {gone}.",
        fr="Présence cochée pour {added}, retirée pour {gone}.",
        en="Attendance ticked for {added}, taken back for {gone}.",
    ),
    "scan.withdrawn": Words(
        ar="ألغي حضور شخص.",
        fr="La présence d’une personne a été retirée.",
        en="A person’s attendance was taken back.",
    ),
    "scan.restored": Words(
        ar="أعيد حضور شخص بعد إلغائه.",
        fr="La présence d’une personne, retirée, compte de nouveau.",
        en="A person’s attendance that was taken back counts again.",
    ),
    "session.noted": Words(
        ar="كتبت ملاحظة عن الورشة (الصيغة {version}).",
        fr="Une note a été écrite sur l’atelier (version {version}).",
        en="A note was written about the workshop (version {version}).",
    ),
    "sheet.printed": Words(
        ar="أعدت ورقة توقيعات: {rows} سطرا باسم و{blanks} فارغا.",
        fr="Une feuille d’émargement a été établie : {rows} lignes nommées, {blanks} vides.",
        en="A sign-in sheet was made: {rows} rows with names, {blanks} blank.",
    ),
    "sheet.noted": Words(
        ar="كتبت توقيعات من ورقة ({n}).",
        fr="Des signatures d’une feuille ont été saisies ({n}).",
        en="Signatures of a sheet were typed ({n}).",
    ),
    "sheet.unnoted": Words(
        ar="حذفت توقيعات كتبت خطأ ({n}).",
        fr="Des signatures saisies ont été retirées ({n}).",
        en="Typed signatures were taken back ({n}).",
    ),
    "sheet.blank_filled": Words(
        ar="كتب في السطر الفارغ {n} من حضر بدون تسجيل.",
        fr="La ligne vide {n} a reçu une personne venue sans inscription.",
        en="Blank row {n} was given to somebody who came without registration.",
    ),
    "sheet.taken": Words(
        ar="احتسبت ورقة التوقيعات: جديد {new}، مطابق {agreed}، ملغى {removed}، متروك {left_out}.",
        fr="La feuille d’émargement est comptée : nouveaux {new}, concordants {agreed}, retirés {removed}, laissés {left_out}.",
        en="The sign-in sheet was counted: new {new}, agreeing {agreed}, taken back {removed}, left out {left_out}.",
    ),
    "sheet.undone": Words(
        ar="ألغي احتساب ورقة التوقيعات ({n}).",
        fr="Le comptage de la feuille d’émargement a été annulé ({n}).",
        en="The counting of the sign-in sheet was undone ({n}).",
    ),
    "device.registered": Words(
        ar="سجل جهاز عند المدخل، وفرق ساعته {offset_s} ثانية.",
        fr="Un appareil a été enregistré, écart d’horloge {offset_s} s.",
        en="A device was registered; its clock differs by {offset_s} s.",
    ),
    "device.revoked": Words(
        ar="أوقف جهاز.",
        fr="Un appareil a été retiré.",
        en="A device was withdrawn.",
    ),
    "scan.admitted": Words(
        ar="دخل شخص بشارته أو باسمه.",
        fr="Une personne est entrée.",
        en="A person was admitted.",
    ),
    "scan.admitted_earlier": Words(
        ar="وصل متأخرا مسح أقدم، فصار هو الأول.",
        fr="Un scan plus ancien est arrivé après coup et compte désormais comme premier.",
        en="An earlier scan arrived late and now counts as the first.",
    ),
    "scan.duplicate": Words(
        ar="مسحت شارة دخل صاحبها من قبل.",
        fr="Un badge déjà entré a été scanné de nouveau.",
        en="A badge that was in already was scanned again.",
    ),
    "scan.refused": Words(
        ar="لم تقبل شارة عند المدخل ({verdict:ltr}).",
        fr="Un badge a été refusé à l’entrée ({verdict:ltr}).",
        en="A badge was refused at the gate ({verdict:ltr}).",
    ),
}
