"""The sentences of the outbox and of messages to many people."""

from __future__ import annotations

from village.kit.i18n import Words

REFUSALS = {
    "outgoing_not_found": Words(
        ar="لا توجد هذه الرسالة.",
        fr="Ce message n’existe pas.",
        en="There is no such message.",
    ),
    "outgoing_waits": Words(
        ar="هذه الرسالة لا تزال في انتظار الإرسال.",
        fr="Ce message attend encore son départ.",
        en="This message is still waiting to leave.",
    ),
    "outgoing_emptied": Words(
        ar="مُسح نص هذه الرسالة بعد انتهاء مدة حفظه: اكتبوا رسالة جديدة.",
        fr="Le texte de ce message n’est plus gardé : écrivez-en un nouveau.",
        en="The text of this message is no longer kept: write a new one.",
    ),
    "outgoing_over": Words(
        ar="خرجت هذه الرسالة من قبل.",
        fr="Ce message est déjà parti.",
        en="This message has already left.",
    ),
    "message_without_purpose": Words(
        ar="اكتبوا الغرض من الرسالة: يُحفظ معها.",
        fr="Dites à quoi sert ce message : c’est gardé avec lui.",
        en="Say what the message is for: it is kept with it.",
    ),
    "message_without_text": Words(
        ar="اكتبوا نصا بالعربية أو بالفرنسية على الأقل.",
        fr="Écrivez un texte, au moins en arabe ou en français.",
        en="Write a text, in Arabic or in French at least.",
    ),
    "message_without_subject": Words(
        ar="لكل نص موضوع: هو أول ما يظهر في البريد.",
        fr="Chaque texte a son objet : c’est ce qu’on voit d’abord dans sa boîte.",
        en="Each text has its subject: it is what people see first in their box.",
    ),
    "message_place_unknown": Words(
        ar="لا يُملأ {place}. الممكن: [الاسم] و[الصفحة] و[الرمز] و[الحصص].",
        fr="{place} ne peut pas être rempli. Possibles : [nom], [page], [code], [séances].",
        en="{place} cannot be filled in. There are [name], [page], [code] and [sessions].",
    ),
    "message_for_nobody": Words(
        ar="لا أحد يطابق هذا الاختيار. وسعوه ثم أعيدوا المعاينة.",
        fr="Personne ne correspond à ce choix. Élargissez-le, puis refaites l’aperçu.",
        en="Nobody fits this choice. Widen it, then look at the preview again.",
    ),
    "message_too_long": Words(
        ar="الرسالة القصيرة طويلة: {segments:number} أجزاء، والحد {most:number}. اختصروا النص، أو اتركوا الرسائل القصيرة.",
        fr="Le SMS est trop long : {segments:number} parties, {most:number} au plus. Raccourcissez le texte, ou renoncez aux SMS.",
        en="The short message is too long: {segments:number} parts, {most:number} at most. Shorten the text, or leave short messages out.",
    ),
    "message_changed": Words(
        ar="تغير النص أو عدد المعنيين بعد المعاينة. انظروا من جديد ثم أرسلوا.",
        fr="Le texte ou le nombre de destinataires a changé depuis l’aperçu. Regardez de nouveau, puis envoyez.",
        en="The text or the number of people has changed since the preview. Look again, then send.",
    ),
    "message_trial_address": Words(
        ar="اكتبوا بريدا إلكترونيا أو رقم هاتف للتجربة.",
        fr="Écrivez une adresse e-mail ou un numéro de téléphone pour l’essai.",
        en="Write an e-mail address or a telephone number for the trial.",
    ),
}

DEEDS = {
    "message.sent": Words(
        ar="أرسلت رسالة إلى عدة أشخاص: {mail:number} بالبريد و{sms:number} رسالة قصيرة و{voice:number} بالهاتف أو الاستقبال.",
        fr="Un message a été envoyé à plusieurs personnes : {mail:number} par e-mail, {sms:number} par SMS, {voice:number} de vive voix.",
        en="A message was sent to many people: {mail:number} by e-mail, {sms:number} by SMS, {voice:number} by voice.",
    ),
    "message.tried": Words(
        ar="جُرّب إرسال رسالة: {count:number}.",
        fr="Un message a été envoyé à l’essai : {count:number}.",
        en="A message was sent as a trial: {count:number}.",
    ),
    "message.sent_again": Words(
        ar="أُعيد إرسال رسائل لم تصل: {count:number}.",
        fr="Des messages non arrivés ont été renvoyés : {count:number}.",
        en="Messages that had not arrived were sent again: {count:number}.",
    ),
    "message.dropped": Words(
        ar="تُركت رسالة دون إرسال.",
        fr="Un message a été abandonné.",
        en="A message was given up.",
    ),
    "message.told": Words(
        ar="أُخبر شخص شفويا.",
        fr="Une personne a été prévenue de vive voix.",
        en="A person was told by voice.",
    ),
}
