"""The sentences of places and of people's own pages."""

from __future__ import annotations

from village.kit.i18n import Words

REFUSALS = {
    "merge_overlap": Words(ar="للشخصين مكانان في ورشتين في نفس الوقت: {workshop:ltr} و{other:ltr}. ألغوا أحدهما أولا.", fr="Ces deux personnes ont chacune une place au même moment : {workshop} et {other}. Annulez d’abord l’une des deux.", en="The two hold places at the same time: {workshop} and {other}. Cancel one of them first."),
    "merge_place_taken": Words(ar="أُعطي المكان في الورشة {workshop:ltr} لشخص ينتظر. زيدوا مكانا ثم تراجعوا عن الضم.", fr="La place libérée dans l’atelier {workshop} a été donnée à une personne en attente. Ajoutez une place, puis annulez la réunion.", en="The freed place in workshop {workshop} went to somebody who waited. Add a place, then undo the merge."),
    "refused_overlap": Words(
        ar="لديكم مكان مؤكد في «{other_ar}» من {starts:clock} إلى {ends:clock}، في نفس الوقت. ألغوه أولا إن كنتم تفضلون هذه الورشة.",
        fr="Vous avez déjà une place confirmée à « {other_fr} » de {starts:clock} à {ends:clock}, au même moment. Rendez-la d’abord si vous préférez celui-ci.",
        en="You already hold a confirmed place in “{other_fr}” from {starts:clock} to {ends:clock}, at the same time. Give it back first if you prefer this one.",
    ),
    "refused_overlap_way": Words(
        ar="لديكم مكان مؤكد في «{other_ar}» من {starts:clock} إلى {ends:clock}، والطريق بين المدينتين تأخذ {way:minute}: لن تصلوا في الوقت.",
        fr="Vous avez une place confirmée à « {other_fr} » de {starts:clock} à {ends:clock} et le trajet prend {way:minute} : vous n’arriveriez pas à temps.",
        en="You hold a confirmed place in “{other_fr}” from {starts:clock} to {ends:clock} and the way takes {way:minute}: you would not arrive in time.",
    ),
    "already_registered": Words(
        ar="أنتم في هذه الورشة من قبل. كل شيء في صفحتكم.",
        fr="Vous êtes déjà dans cet atelier. Tout est sur votre page.",
        en="You are in this workshop already. Everything is on your page.",
    ),
    "registration_not_open": Words(
        ar="لم يفتح التسجيل بعد. يفتح يوم {day:day} على {clock:clock}: عودوا في ذلك الوقت.",
        fr="L’inscription n’est pas encore ouverte. Elle ouvre {day:day} à {clock:clock} : revenez à ce moment.",
        en="Registration has not opened yet. It opens on {day:day} at {clock:clock}: come back then.",
    ),
    "registration_closed": Words(
        ar="انتهى التسجيل في هذه الورشة يوم {day:day} على {clock:clock}. اسألوا الاستقبال إن بقي مكان.",
        fr="L’inscription à cet atelier a fermé {day:day} à {clock:clock}. Demandez à l’accueil s’il reste une place.",
        en="Registration for this workshop closed on {day:day} at {clock:clock}. Ask at the desk whether a place is left.",
    ),
    "channel_not_offered": Words(
        ar="لا تنظم هذه الورشة بهذه الطريقة. اختاروا الطريقة الأخرى.",
        fr="Cet atelier n’est pas proposé sous cette forme. Choisissez l’autre.",
        en="This workshop is not held in that way. Choose the other one.",
    ),
    "workshop_full": Words(
        ar="لم يبق أي مكان في هذه الورشة.",
        fr="Il ne reste aucune place dans cet atelier.",
        en="No seat is left in this workshop.",
    ),
    "workshop_begun": Words(
        ar="بدأت الورشة: لم يعد الإلغاء ممكنا من هنا. كلموا الاستقبال.",
        fr="L’atelier a commencé : l’annulation n’est plus possible ici. Adressez-vous à l’accueil.",
        en="The workshop has begun: it can no longer be cancelled here. Ask at the desk.",
    ),
    "own_page_not_found": Words(
        ar="هذا الرابط غير صحيح أو لم يعد صالحا. يمكنكم البحث عن صفحتكم برقم الهاتف والرمز.",
        fr="Ce lien est faux ou n’est plus valable. Retrouvez votre page avec votre téléphone et votre code.",
        en="This link is wrong or no longer valid. Find your page with your telephone and your code.",
    ),
    "own_page_unknown": Words(
        ar="الهاتف والرمز لا يتطابقان مع أي صفحة. تحققوا منهما أو اسألوا الاستقبال.",
        fr="Ce téléphone et ce code ne mènent à aucune page. Vérifiez-les ou demandez à l’accueil.",
        en="This telephone and code lead to no page. Check them, or ask at the desk.",
    ),
    "places_negative": Words(
        ar="عدد المقاعد لا ينزل تحت الصفر.",
        fr="Le nombre de places ne descend pas sous zéro.",
        en="The number of seats cannot go below zero.",
    ),
}

DEEDS = {
    "registration.restored": Words(ar="أُرجع تسجيل إلى صاحبه.", fr="Une inscription a été rendue.", en="A registration was given back."),
    "workshop.places_changed": Words(
        ar="تغير عدد الأماكن: {onsite} حضوريا و{online} عن بعد.",
        fr="Les places ont changé : {onsite} en présentiel, {online} à distance.",
        en="Places were changed: {onsite} on site, {online} online.",
    ),
    "registration.confirmed": Words(
        ar="تأكد مكان في الورشة {workshop:ltr}.",
        fr="Une place a été confirmée à l’atelier {workshop:ltr}.",
        en="A place in workshop {workshop:ltr} was confirmed.",
    ),
    "registration.waitlisted": Words(
        ar="أضيف طلب إلى لائحة انتظار الورشة {workshop:ltr}.",
        fr="Une demande est entrée sur la liste d’attente de l’atelier {workshop:ltr}.",
        en="A request joined the waiting list of workshop {workshop:ltr}.",
    ),
    "registration.refused": Words(
        ar="رفض طلب في الورشة {workshop:ltr} بسبب تضارب المواعيد.",
        fr="Une demande à l’atelier {workshop:ltr} a été refusée pour chevauchement d’horaires.",
        en="A request for workshop {workshop:ltr} was refused for a schedule conflict.",
    ),
    "registration.overruled": Words(
        ar="سجل الاستقبال شخصا في الورشة {workshop:ltr} بتجاوز قاعدة مع ذكر السبب.",
        fr="L’équipe a inscrit une personne à l’atelier {workshop:ltr} en écartant une règle, avec sa raison.",
        en="Staff registered a person in workshop {workshop:ltr}, setting a rule aside with a reason.",
    ),
    "registration.cancelled": Words(
        ar="ألغي تسجيل في الورشة {workshop:ltr}.",
        fr="Une inscription à l’atelier {workshop:ltr} a été annulée.",
        en="A registration in workshop {workshop:ltr} was cancelled.",
    ),
    "registration.promoted": Words(
        ar="انتقل شخص من لائحة الانتظار إلى مكان مؤكد في الورشة {workshop:ltr}.",
        fr="Une personne de la liste d’attente a reçu une place à l’atelier {workshop:ltr}.",
        en="A waiting person received a place in workshop {workshop:ltr}.",
    ),
}
