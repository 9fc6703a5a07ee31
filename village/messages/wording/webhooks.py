"""The sentences of calls to other programs."""

from __future__ import annotations

from village.kit.i18n import Words

REFUSALS = {
    "webhook_not_found": Words(
        ar="لا يوجد هذا العنوان.",
        fr="Cette adresse n’existe pas.",
        en="There is no such address.",
    ),
    "webhook_url_invalid": Words(
        ar="هذا ليس عنوانا صحيحا. اكتبوه هكذا: https://exemple.ma/hook.",
        fr="Ce n’est pas une adresse valable. Écrivez-la ainsi : https://exemple.ma/hook.",
        en="This is no valid address. Write it like this: https://exemple.ma/hook.",
    ),
    "webhook_url_not_secure": Words(
        ar="يجب أن يبدأ العنوان بـ https://.",
        fr="L’adresse doit commencer par https://.",
        en="The address must begin with https://.",
    ),
    "webhook_url_private": Words(
        ar="يقود هذا العنوان إلى شبكة خاصة. يقرر مشغل البرنامج إن كان ذلك مسموحا (VILLAGE_WEBHOOKS).",
        fr="Cette adresse mène à un réseau privé. C’est l’exploitant qui le permet (VILLAGE_WEBHOOKS).",
        en="This address leads to a private network. The operator decides whether it may (VILLAGE_WEBHOOKS).",
    ),
    "webhook_without_events": Words(
        ar="اختاروا حدثا واحدا على الأقل.",
        fr="Choisissez au moins un événement.",
        en="Choose at least one event.",
    ),
    "webhook_is_stopped": Words(
        ar="هذا العنوان متوقف. شغلوه أولا.",
        fr="Cette adresse est arrêtée. Remettez-la d’abord en marche.",
        en="This address is stopped. Start it first.",
    ),
}
DEEDS = {
    "webhook.added": Words(
        ar="أُضيف عنوان يُخبَر فيه برنامج آخر.",
        fr="Une adresse où prévenir un autre programme a été ajoutée.",
        en="An address at which another program is told was added.",
    ),
    "webhook.secret_renewed": Words(
        ar="جُدّد سر عنوان برنامج آخر.",
        fr="Le secret de l’adresse d’un autre programme a été renouvelé.",
        en="The secret of another program’s address was renewed.",
    ),
    "webhook.stopped": Words(
        ar="أُوقف عنوان برنامج آخر.",
        fr="L’adresse d’un autre programme a été arrêtée.",
        en="The address of another program was stopped.",
    ),
    "webhook.started": Words(
        ar="شُغّل من جديد عنوان برنامج آخر.",
        fr="L’adresse d’un autre programme a été remise en marche.",
        en="The address of another program was started again.",
    ),
    "webhook.gone": Words(
        ar="أجاب عنوان برنامج آخر بأنه زال، فأُوقف.",
        fr="L’adresse d’un autre programme a répondu qu’elle n’existe plus : elle est arrêtée.",
        en="The address of another program answered that it is gone, so it was stopped.",
    ),
    "webhook.replayed": Words(
        ar="أُعيد إرسال نداءات إلى برنامج آخر: {calls:number}.",
        fr="Des appels à un autre programme sont repartis : {calls:number}.",
        en="Calls to another program were sent again: {calls:number}.",
    ),
}
