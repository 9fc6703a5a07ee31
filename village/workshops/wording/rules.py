"""The sentences of conditions, reserves, offers, groups that wait and places that change hands: what to do about each."""

from __future__ import annotations

from village.kit.i18n import Words

REFUSALS = {
    "workshop_cancelled": Words(
        ar="ألغيت هذه الورشة. اختاروا ورشة أخرى من البرنامج.",
        fr="Cet atelier est annulé. Choisissez-en un autre dans le programme.",
        en="This workshop is cancelled. Choose another one in the programme.",
    ),
    "audience_delegates": Words(
        ar="هذه الورشة لأعضاء التعاونيات المقبولة. اطلبوا من تعاونيتكم أن تضيفكم إلى ممثليها.",
        fr="Cet atelier est pour les membres des coopératives admises. Demandez à votre coopérative de vous ajouter à ses représentants.",
        en="This workshop is for members of accepted cooperatives. Ask your cooperative to add you to its representatives.",
    ),
    "audience_invited": Words(
        ar="هذه الورشة بدعوة. سجلوا بالهاتف الذي وصلتكم عليه الدعوة، أو اطلبوا دعوة من التنظيم.",
        fr="Cet atelier est sur invitation. Inscrivez-vous avec le téléphone qui a reçu l’invitation, ou demandez-en une à l’organisation.",
        en="This workshop is by invitation. Register with the telephone that received it, or ask the organisers for one.",
    ),
    "prerequisite_missing": Words(
        ar="يجب أخذ مكان أولا في «{other_ar}» ({other:ltr})، ثم الرجوع إلى هنا.",
        fr="Prenez d’abord une place à « {other_fr} » ({other:ltr}), puis revenez ici.",
        en="First take a place in “{other_fr}” ({other:ltr}), then come back here.",
    ),
    "prerequisite_later": Words(
        ar="تشترط هذه الورشة «{other_ar}» ({other:ltr})، وهي لا تنتهي قبلها. اتصلوا بالتنظيم.",
        fr="Cet atelier demande « {other_fr} » ({other:ltr}), qui ne finit pas avant lui. Adressez-vous à l’organisation.",
        en="This workshop asks for “{other_fr}” ({other:ltr}), which does not end before it. Ask the organisers.",
    ),
    "person_maximum": Words(
        ar="بلغتم عدد الورشات المسموح به لكل شخص ({max:workshop}). ألغوا مكانا لا تحتاجونه ثم سجلوا.",
        fr="Vous avez atteint le maximum par personne ({max:workshop}). Rendez une place dont vous n’avez pas besoin, puis inscrivez-vous.",
        en="You hold as many places as one person may ({max:workshop}). Give back one that you do not need, then register.",
    ),
    "person_day_maximum": Words(
        ar="بلغتم عدد الورشات المسموح به في اليوم ({max:workshop}). اختاروا يوما آخر أو ألغوا مكانا في هذا اليوم.",
        fr="Vous avez atteint le maximum par jour ({max:workshop}). Choisissez un autre jour, ou rendez une place de ce jour.",
        en="You hold as many places as one may on a day ({max:workshop}). Choose another day, or give back a place of this day.",
    ),
    "exhibitor_maximum": Words(
        ar="أخذت تعاونيتكم كل أماكنها في هذه الورشة ({max:number}). اتفقوا معها لينقل أحد مكانه إليكم.",
        fr="Votre coopérative a pris toutes les places qu’elle peut avoir à cet atelier ({max:number}). Voyez avec elle si quelqu’un vous transmet la sienne.",
        en="Your cooperative holds all the places it may have here ({max:number}). Ask it whether somebody passes theirs on to you.",
    ),
    "place_reserved": Words(
        ar="هذا المكان محفوظ لجمهور معين، فلا ينتقل إلى هذا الشخص. يمكنه التسجيل في لائحة الانتظار.",
        fr="Cette place est gardée pour un public précis : elle ne peut pas passer à cette personne, qui peut s’inscrire en liste d’attente.",
        en="This place is kept for a certain public and cannot pass to this person, who may join the waiting list.",
    ),
    "needed_by": Words(
        ar="تحتاجون هذا المكان من أجل «{other_ar}» ({other:ltr}). ألغوا تلك الورشة أولا، أو ألغوا الاثنتين معا.",
        fr="Cette place est nécessaire pour « {other_fr} » ({other:ltr}). Rendez d’abord celle-là, ou rendez les deux ensemble.",
        en="This place is needed for “{other_fr}” ({other:ltr}). Give that one back first, or give back both together.",
    ),
    "offer_lapsed": Words(
        ar="انتهى أجل الجواب، فعُرض المكان على من يليكم. يمكنكم التسجيل من جديد: تدخلون في آخر لائحة الانتظار.",
        fr="Le délai de réponse est passé : la place a été proposée à la personne suivante. Vous pouvez vous réinscrire, en fin de liste.",
        en="The time to answer has passed: the place went to the next person. You may register again, at the end of the list.",
    ),
    "offer_none": Words(
        ar="لا يوجد مكان معروض عليكم في هذه الورشة. انظروا صفحتكم.",
        fr="Aucune place ne vous est proposée à cet atelier. Regardez votre page.",
        en="No place is offered to you in this workshop. Look at your page.",
    ),
    "registration_not_found": Words(
        ar="لا يوجد هذا التسجيل.",
        fr="Cette inscription n’existe pas.",
        en="There is no such registration.",
    ),
    "transfer_not_confirmed": Words(
        ar="لا ينتقل إلا مكان مؤكد. انتظروا تأكيده، أو ألغوا الطلب وليسجل الشخص الآخر نفسه.",
        fr="Seule une place confirmée se transmet. Attendez la confirmation, ou annulez et laissez l’autre personne s’inscrire.",
        en="Only a confirmed place can be passed on. Wait until it is confirmed, or cancel and let the other person register.",
    ),
    "transfer_same": Words(
        ar="المكان لهذا الشخص من قبل. اختاروا شخصا آخر.",
        fr="La place est déjà à cette personne. Choisissez quelqu’un d’autre.",
        en="The place is this person’s already. Choose somebody else.",
    ),
    "transfer_begun": Words(
        ar="بدأت الورشة: لم يعد نقل المكان ممكنا. كلموا الاستقبال.",
        fr="L’atelier a commencé : la place ne peut plus être transmise. Adressez-vous à l’accueil.",
        en="The workshop has begun: the place can no longer be passed on. Ask at the desk.",
    ),
    "waits_for_member": Words(
        ar="شخص من نفس المجموعة لا يستطيع الحضور في هذا الوقت، والمجموعة تصعد معا.",
        fr="Un membre du groupe ne peut pas venir à cette heure, et le groupe monte ensemble.",
        en="A member of the group cannot come at this time, and the group moves up together.",
    ),
    "waits_together": Words(
        ar="المجموعة تصعد معا ({members:participant})، والأماكن الفارغة الآن: {free:number}.",
        fr="Le groupe monte ensemble ({members:participant}) ; places libres pour lui : {free:number}.",
        en="The group moves up together ({members:participant}); places free for it: {free:number}.",
    ),
    "waits_behind_group": Words(
        ar="تُجمع الأماكن الفارغة لمجموعة سبقت، إلى يومين قبل الورشة.",
        fr="Les places libres sont gardées pour un groupe arrivé avant, jusqu’à deux jours avant la séance.",
        en="The free places are kept for a group that came before, until two days before the session.",
    ),
    "waits_reserved": Words(
        ar="الأماكن الفارغة محفوظة لجمهور معين.",
        fr="Les places libres sont gardées pour un public précis.",
        en="The free places are kept for a certain public.",
    ),
    "waits_other_way": Words(
        ar="الأماكن الفارغة بالطريقة الأخرى (حضوريا أو عن بعد).",
        fr="Les places libres sont de l’autre façon (en salle ou à distance).",
        en="The free places are of the other kind (in the room, or online).",
    ),
    "exhibitor_share_taken": Words(
        ar="بلغت التعاونية عدد أماكنها في هذه الورشة؛ بقي لها: {left:number}.",
        fr="La coopérative a pris sa part des places ; il lui en reste : {left:number}.",
        en="The cooperative has had its share of the places; left for it: {left:number}.",
    ),
    "closes_before_opens": Words(
        ar="ينتهي التسجيل قبل أن يفتح. صححوا أحد التاريخين.",
        fr="L’inscription fermerait avant d’ouvrir. Corrigez l’une des deux dates.",
        en="Registration would close before it opens. Correct one of the two dates.",
    ),
    "offer_minutes_wrong": Words(
        ar="مدة الجواب بين {least:minute} و{days:number} أيام.",
        fr="Le délai de réponse va de {least:minute} à {days:number} jours.",
        en="The time to answer goes from {least:minute} to {days:number} days.",
    ),
    "maximum_wrong": Words(
        ar="العدد الأقصى واحد على الأقل. اتركوا الخانة فارغة إن لم يكن هناك حد.",
        fr="Un maximum vaut au moins 1. Laissez la case vide s’il n’y a pas de limite.",
        en="A maximum is at least 1. Leave the box empty where there is no limit.",
    ),
    "reserve_wrong": Words(
        ar="كل حصة محفوظة تحتاج عدد أماكن وصاحبا واحدا: جمهورا أو تعاونية.",
        fr="Chaque réserve demande un nombre de places et un seul destinataire : un public ou une coopérative.",
        en="Each reserve needs a number of places and one owner: an audience or a cooperative.",
    ),
    "reserves_exceed": Words(
        ar="الأماكن المحفوظة ({kept:number}) أكثر من أماكن الورشة ({places:number}). أنقصوا من الحصص.",
        fr="Les places réservées ({kept:number}) dépassent celles de la séance ({places:number}). Réduisez les réserves.",
        en="More places are reserved ({kept:number}) than the session has ({places:number}). Make the reserves smaller.",
    ),
    "prerequisite_itself": Words(
        ar="لا تشترط الورشة نفسها. اختاروا ورشة أخرى.",
        fr="Un atelier ne peut pas se demander lui-même. Choisissez-en un autre.",
        en="A workshop cannot ask for itself. Choose another one.",
    ),
    "prerequisite_not_before": Words(
        ar="الورشة {other:ltr} لا تنتهي قبل هذه. اختاروا ورشة تسبقها.",
        fr="L’atelier {other:ltr} ne finit pas avant celui-ci. Choisissez-en un qui le précède.",
        en="Workshop {other:ltr} does not end before this one. Choose one that comes earlier.",
    ),
    "invitation_not_found": Words(
        ar="سُحبت هذه الدعوة من قبل.",
        fr="Cette invitation est déjà retirée.",
        en="This invitation is withdrawn already.",
    ),
    "invited_unknown": Words(
        ar="لم نجد: {typed:ltr}. اكتبوا رقم هاتف أو رمز شخص في كل سطر.",
        fr="Introuvable : {typed:ltr}. Écrivez un téléphone ou un code de personne par ligne.",
        en="Not found: {typed:ltr}. Write one telephone or one person’s code on each line.",
    ),
}

DEEDS = {
    "registration.offered": Words(
        ar="عُرض مكان في الورشة {workshop:ltr} على شخص في لائحة الانتظار.",
        fr="Une place à l’atelier {workshop:ltr} a été proposée à une personne en attente.",
        en="A place in workshop {workshop:ltr} was offered to a waiting person.",
    ),
    "registration.accepted": Words(
        ar="قُبل مكان معروض في الورشة {workshop:ltr}.",
        fr="Une place proposée à l’atelier {workshop:ltr} a été acceptée.",
        en="An offered place in workshop {workshop:ltr} was accepted.",
    ),
    "registration.declined": Words(
        ar="رُفض مكان معروض في الورشة {workshop:ltr}.",
        fr="Une place proposée à l’atelier {workshop:ltr} a été déclinée.",
        en="An offered place in workshop {workshop:ltr} was declined.",
    ),
    "registration.lapsed": Words(
        ar="انتهى أجل الجواب على مكان معروض في الورشة {workshop:ltr}.",
        fr="Le délai de réponse à une place proposée de l’atelier {workshop:ltr} est passé.",
        en="The time to answer an offered place in workshop {workshop:ltr} ran out.",
    ),
    "registration.transferred": Words(
        ar="انتقل مكان في الورشة {workshop:ltr} إلى شخص آخر.",
        fr="Une place à l’atelier {workshop:ltr} est passée à une autre personne.",
        en="A place in workshop {workshop:ltr} passed to another person.",
    ),
    "registration.policy_set": Words(
        ar="تغير العدد الأقصى للأماكن لكل شخص.",
        fr="Le nombre maximal de places par personne a changé.",
        en="The maximum of places for one person was changed.",
    ),
    "workshop.rules_set": Words(
        ar="تغيرت شروط التسجيل في هذه الورشة.",
        fr="Les règles d’inscription de l’atelier ont changé.",
        en="The registration rules of the workshop were changed.",
    ),
    "workshop.people_invited": Words(
        ar="دُعي أشخاص إلى الورشة: {number:participant}.",
        fr="Des personnes ont été invitées à l’atelier : {number:participant}.",
        en="People were invited to the workshop: {number:participant}.",
    ),
    "workshop.invitation_withdrawn": Words(
        ar="سُحبت دعوة إلى الورشة.",
        fr="Une invitation à l’atelier a été retirée.",
        en="An invitation to the workshop was withdrawn.",
    ),
}
