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
}

DEEDS: dict[str, Words] = {}
