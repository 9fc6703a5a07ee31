"""The sentences of blocks given by hand, of what exhibitors ask of the floor, and of the days of the fair."""

from __future__ import annotations

from village.kit.i18n import Words

REFUSALS: dict[str, Words] = {
    "no_run_here": Words(
        ar="لا مكان هنا لـ {name_ar}: يلزمه {size:stand} متجاورة في صف واحد، فارغة.",
        fr="Pas la place ici pour {name_fr} : il lui faut {size:stand} voisins et libres dans une même rangée.",
        en="No room here for {name_fr}: it needs {size:stand} side by side in one row, and free.",
    ),
    "stand_amid_block": Words(
        ar="الرواق {stand:ltr} وسط مجموعة. أفرغوا طرفا منها أو المجموعة كلها.",
        fr="Le stand {stand} est au milieu d’un ensemble. Libérez un bout, ou tout l’ensemble.",
        en="Stand {stand} is amid a block. Free one end, or the whole block.",
    ),
    "block_too_short": Words(
        ar="{name_ar} يطلب {least:stand} على الأقل.",
        fr="{name_fr} demande au moins {least:stand}.",
        en="{name_fr} asks for at least {least:stand}.",
    ),
    "stand_not_corner": Words(
        ar="الرواق {stand:ltr} ليس في ركن، و{name_ar} يحتاج ركنا.",
        fr="Le stand {stand} n’est pas un angle ; {name_fr} en a besoin.",
        en="Stand {stand} is no corner; {name_fr} needs one.",
    ),
    "stand_without_food_floor": Words(
        ar="أرضية الرواق {stand:ltr} لا تصلح للمواد الغذائية، وهي ضرورية لـ {name_ar}.",
        fr="Le sol du stand {stand} ne convient pas aux aliments ; {name_fr} en a besoin.",
        en="The floor of stand {stand} is not fit for food; {name_fr} needs that.",
    ),
    "block_too_small": Words(
        ar="مساحة الرواق {stand:ltr} أصغر مما يطلبه {name_ar}.",
        fr="La surface du stand {stand} est plus petite que ce que demande {name_fr}.",
        en="Stand {stand} has less floor than {name_fr} asks for.",
    ),
    "block_of_other_size": Words(
        ar="عدد الأروقة ابتداء من {stand:ltr} ليس ما طلبه {name_ar}.",
        fr="Le nombre de stands à partir de {stand} n’est pas celui que demande {name_fr}.",
        en="The number of stands from {stand} on is not what {name_fr} asks for.",
    ),
    "block_broken": Words(
        ar="الأروقة ابتداء من {stand:ltr} غير متجاورة.",
        fr="Les stands à partir de {stand} ne se touchent pas.",
        en="The stands from {stand} on are not side by side.",
    ),
    "circuit_overloaded": Words(
        ar="الدارة الكهربائية {circuit:ltr} لا تتحمل: {load} واط مقابل {watts} واط.",
        fr="Le circuit {circuit} ne suffit pas : {load} W demandés pour {watts} W.",
        en="Circuit {circuit} cannot carry it: {load} W asked of {watts} W.",
    ),
    "exhibitor_is_guest": Words(
        ar="{name_ar} يقتسم رواق {host_ar}. ألغوا الاقتسام أولا.",
        fr="{name_fr} partage le stand de {host_fr}. Mettez d’abord fin au partage.",
        en="{name_fr} shares the stand of {host_fr}. End the sharing first.",
    ),
    "neighbours_apart": Words(
        ar="انتبهوا: {name_ar} و{other_ar} متجاوران، وقد طلبا الابتعاد.",
        fr="Attention : {name_fr} et {other_fr} sont voisins, alors qu’ils ont demandé à être éloignés.",
        en="Mind: {name_fr} and {other_fr} are neighbours, though they wished to be apart.",
    ),
    "request_sizes_wrong": Words(
        ar="عدد الأروقة من 1 إلى {most}، والحد الأدنى لا يفوق العدد المطلوب.",
        fr="Le nombre de stands va de 1 à {most}, et le minimum ne dépasse pas le nombre demandé.",
        en="The number of stands goes from 1 to {most}, and the least is not above the number asked for.",
    ),
    "wish_stand_unknown": Words(
        ar="الرواق {stand:ltr} غير موجود في المخطط أو ليس للعارضين.",
        fr="Le stand {stand} n’est pas sur le plan, ou n’est pas pour les exposants.",
        en="Stand {stand} is not on the plan, or not for exhibitors.",
    ),
    "wishes_too_many": Words(
        ar="يمكن تمني {most} أروقة على الأكثر.",
        fr="On peut souhaiter {most} stands au plus.",
        en="At most {most} stands can be wished for.",
    ),
    "wish_stand_twice": Words(
        ar="الرواق {stand:ltr} مكتوب مرتين.",
        fr="Le stand {stand} est écrit deux fois.",
        en="Stand {stand} is written twice.",
    ),
    "wish_both_ways": Words(
        ar="العارض {exhibitor:ltr} مكتوب مع الجيران ومع من يُبتعد عنهم.",
        fr="{exhibitor} est noté à la fois comme voisin et à éloigner.",
        en="{exhibitor} is named both as a neighbour and to be apart from.",
    ),
    "share_chain": Words(
        ar="لا يمكن أن يستضيف {exhibitor:ltr}: هو نفسه ضيف أو له ضيوف.",
        fr="{exhibitor} ne peut pas partager ainsi : il est déjà invité, ou reçoit des invités.",
        en="{exhibitor} cannot share like this: it is a guest itself, or has guests.",
    ),
    "share_guest_placed": Words(
        ar="للعارض {exhibitor:ltr} رواق خاص به. أفرغوه أولا.",
        fr="{exhibitor} a son propre stand. Libérez-le d’abord.",
        en="{exhibitor} has a stand of its own. Free it first.",
    ),
    "share_none": Words(
        ar="{exhibitor:ltr} لا يقتسم رواق أحد.",
        fr="{exhibitor} ne partage le stand de personne.",
        en="{exhibitor} shares nobody’s stand.",
    ),
    "wishes_closed": Words(
        ar="نُشر المخطط: لم يعد ممكنا تغيير الرغبات. اتصلوا بالتنظيم.",
        fr="Le plan est publié : les souhaits ne changent plus. Adressez-vous à l’organisation.",
        en="The plan is public: wishes no longer change. Ask the organisers.",
    ),
    "request_changed": Words(
        ar="غيّر شخص آخر هذا الطلب في هذه الأثناء. راجعوه ثم أعيدوا.",
        fr="Quelqu’un d’autre a modifié cette demande entre-temps. Relisez-la, puis recommencez.",
        en="Somebody else has changed this request meanwhile. Read it again, then repeat.",
    ),
    "not_a_fair_day": Words(
        ar="{day:day} ليس من أيام المعرض.",
        fr="Le {day:day} n’est pas un jour du salon.",
        en="{day:day} is not a day of the fair.",
    ),
    "claim_not_over": Words(
        ar="لم تحن الساعة بعد: للعارضين حتى {time:clock}.",
        fr="Il n’est pas encore l’heure : les exposants ont jusqu’à {time:clock}.",
        en="It is not time yet: exhibitors have until {time:clock}.",
    ),
    "claim_time_missing": Words(
        ar="حددوا أولا الساعة التي يجب أن يحضر العارضون قبلها.",
        fr="Fixez d’abord l’heure limite d’arrivée des exposants.",
        en="First set the time by which exhibitors must have come.",
    ),
    "nobody_absent": Words(
        ar="لا أحد غائب: كل من له رواق حضر.",
        fr="Personne ne manque : tous ceux qui ont un stand sont là.",
        en="Nobody is missing: all who have a stand have come.",
    ),
    "reflow_changed": Words(
        ar="تغير المخطط أو الحضور منذ حساب الاقتراح. ها هو اقتراح جديد.",
        fr="Le plan ou les présences ont changé depuis cette proposition. En voici une nouvelle.",
        en="The plan or who is present has changed since this proposal. Here is a new one.",
    ),
    "reflow_empty": Words(
        ar="لا شيء يُعاد توزيعه: لا رواق فارغ يناسب من ينتظر.",
        fr="Rien à redonner : aucun stand libéré ne convient à ceux qui attendent.",
        en="Nothing to give on: no freed stand suits those who wait.",
    ),
    "absence_not_found": Words(
        ar="هذا العارض غير مسجل غائبا اليوم.",
        fr="Cet exposant n’est pas noté absent ce jour.",
        en="This exhibitor is not noted absent that day.",
    ),
}

DEEDS: dict[str, Words] = {
    "stand.extended": Words(
        ar="أضيف الرواق {stand:ltr} إلى {exhibitor:ltr}.",
        fr="Le stand {stand} a été ajouté à ceux de {exhibitor}.",
        en="Stand {stand} was added to those of {exhibitor}.",
    ),
    "request.noted": Words(
        ar="سُجل ما يطلبه العارض {exhibitor:ltr}: {size:stand}، {wishes} رغبات.",
        fr="La demande de {exhibitor} a été notée : {size:stand}, {wishes} souhaits.",
        en="The request of {exhibitor} was noted: {size:stand}, {wishes} wishes.",
    ),
    "wish.withdrawn": Words(
        ar="سُحبت رغبة بشأن العارض {other:ltr}.",
        fr="Un souhait de voisinage avec {other} a été retiré.",
        en="A wish about {other} was withdrawn.",
    ),
    "share.noted": Words(
        ar="{exhibitor:ltr} يقتسم رواق {host:ltr}.",
        fr="{exhibitor} partage le stand de {host}.",
        en="{exhibitor} shares the stand of {host}.",
    ),
    "share.ended": Words(
        ar="لم يعد {exhibitor:ltr} يقتسم رواق {host:ltr}.",
        fr="{exhibitor} ne partage plus le stand de {host}.",
        en="{exhibitor} no longer shares the stand of {host}.",
    ),
    "day.claim_time_set": Words(
        ar="حُددت ساعة الحضور: {time}.",
        fr="L’heure limite d’arrivée a été fixée : {time}.",
        en="The time by which exhibitors must have come was set: {time}.",
    ),
    "day.absent": Words(
        ar="سُجل غياب {exhibitor:ltr} عن رواقه.",
        fr="{exhibitor} n’est pas venu à son stand.",
        en="{exhibitor} did not come to its stand.",
    ),
    "day.came_after_all": Words(
        ar="حضر {exhibitor:ltr} بعد تسجيل غيابه.",
        fr="{exhibitor} est venu après avoir été noté absent.",
        en="{exhibitor} came after having been noted absent.",
    ),
    "plan.reflowed": Words(
        ar="أُعيد توزيع أروقة الغائبين: {given:exhibitor}، وانتقل {moved:exhibitor}.",
        fr="Les stands des absents ont été redonnés : {given:exhibitor}, {moved:exhibitor} déplacés.",
        en="The stands of those absent were given on: {given:exhibitor}, {moved:exhibitor} moved.",
    ),
}
