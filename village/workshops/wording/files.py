"""The sentences about a session's files and a trainer's own page."""

from __future__ import annotations

from village.kit.i18n import Words

REFUSALS = {
    "upload_empty": Words(
        ar="لم يصل أي ملف، أو هو فارغ. اختاروا ملفا ثم أرسلوه.",
        fr="Aucun fichier n’est arrivé, ou il est vide. Choisissez un fichier, puis envoyez-le.",
        en="No file arrived, or it is empty. Choose a file, then send it.",
    ),
    "upload_too_large": Words(
        ar="الملف كبير: الحد الأقصى {most} ميغا. صغروه أو قسموه.",
        fr="Le fichier est trop lourd : {most} Mo au plus. Réduisez-le ou partagez-le en deux.",
        en="The file is too large: {most} MB at most. Make it smaller or split it.",
    ),
    "upload_kind_unknown": Words(
        ar="هذا النوع من الملفات غير مقبول. أرسلوا PDF أو صورة أو نصا أو عرضا أو جدولا حديثا (docx، pptx، xlsx).",
        fr="Ce genre de fichier n’est pas accepté. Envoyez un PDF, une photo, un texte, ou un document récent (docx, pptx, xlsx).",
        en="This kind of file is not accepted. Send a PDF, a picture, a text, or a recent document (docx, pptx, xlsx).",
    ),
    "upload_with_macros": Words(
        ar="في هذا الملف برامج (ماكرو) قد تضر بالهواتف. احفظوه بصيغة PDF ثم أرسلوه.",
        fr="Ce fichier contient des macros, un danger pour les appareils. Enregistrez-le en PDF, puis envoyez-le.",
        en="This file contains macros, which may harm devices. Save it as PDF, then send it.",
    ),
    "upload_broken": Words(
        ar="الملف ناقص أو مقفول بكلمة سر، فلا يفتح. أرسلوه من جديد بدون كلمة سر.",
        fr="Le fichier est incomplet ou protégé par un mot de passe : il ne s’ouvre pas. Renvoyez-le sans mot de passe.",
        en="The file is incomplete or locked by a password: it does not open. Send it again without a password.",
    ),
    "files_too_many": Words(
        ar="للورشة {most} ملفا، وهو الحد الأقصى. احذفوا ملفا قبل إضافة آخر.",
        fr="L’atelier a déjà {most} fichiers, le maximum. Retirez-en un avant d’en ajouter.",
        en="The workshop already has {most} files, the most there may be. Remove one before adding another.",
    ),
    "file_not_found": Words(
        ar="هذا الملف غير موجود أو حذف.",
        fr="Ce fichier n’existe pas ou a été retiré.",
        en="There is no such file, or it was removed.",
    ),
    "files_for_registered": Words(
        ar="ملفات هذه الورشة لمن له مكان فيها.",
        fr="Les documents de cet atelier sont pour ceux qui y ont une place.",
        en="The files of this workshop are for those who hold a place in it.",
    ),
    "trainer_unreachable": Words(
        ar="لا نعرف هاتف المؤطر أو بريده. أضيفوه في صفحة المؤطرين، أو انسخوا النص.",
        fr="Ni téléphone ni adresse de l’animateur n’est connu ici. Ajoutez-le, ou copiez le texte.",
        en="The trainer’s telephone or address is not known here. Add it, or copy the text.",
    ),
    "trainer_page_not_found": Words(
        ar="هذا الرابط غير صالح. اطلبوا رابطا جديدا من التنظيم.",
        fr="Ce lien n’est pas valable. Demandez-en un à l’organisation.",
        en="This link is not valid. Ask the organisers for one.",
    ),
}

DEEDS = {
    "session_file.added": Words(
        ar="أضيف ملف إلى الورشة ({bytes:number} بايت).",
        fr="Un fichier a été ajouté à l’atelier ({bytes:number} octets).",
        en="A file was added to the workshop ({bytes:number} bytes).",
    ),
    "session_file.removed": Words(
        ar="حذف ملف من الورشة.",
        fr="Un fichier de l’atelier a été retiré.",
        en="A file of the workshop was removed.",
    ),
    "trainer.link_renewed": Words(
        ar="أعد رابط جديد لصفحة المؤطر ({trainer:ltr})، ولم يعد القديم صالحا.",
        fr="Un nouveau lien a été fait pour la page de l’animateur ({trainer:ltr}) ; l’ancien ne vaut plus.",
        en="A new link was made for the trainer’s page ({trainer:ltr}); the old one is worthless.",
    ),
    "trainer.link_sent": Words(
        ar="أرسل رابط الصفحة إلى المؤطر ({trainer:ltr}).",
        fr="Le lien de sa page a été envoyé à l’animateur ({trainer:ltr}).",
        en="The link of their page was sent to the trainer ({trainer:ltr}).",
    ),
}
