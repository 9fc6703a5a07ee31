"""The sentences of the studio: refusals, deeds, modes, weights in plain words, conflicts."""

from __future__ import annotations

from village.kit.i18n import Words

REFUSALS: dict[str, Words] = {
    "instance_unreadable": Words(
        ar="لا يمكن قراءة ملف المعطيات: {detail:ltr}",
        fr="Le fichier des données est illisible : {detail}",
        en="The file of the instance cannot be read: {detail}",
    ),
    "plan_unreadable": Words(
        ar="لا يمكن قراءة ملف المخطط المقترح: {detail:ltr}",
        fr="Le fichier de l’attribution est illisible : {detail}",
        en="The file of the plan cannot be read: {detail}",
    ),
    "run_not_found": Words(ar="لا يوجد هذا المقترح.", fr="Cette proposition n’existe pas.", en="There is no such proposal."),
    "run_not_ready": Words(
        ar="لم يجد البحث أي مخطط بعد.",
        fr="La recherche n’a pas encore trouvé de plan.",
        en="The search has not found a plan yet.",
    ),
    "plan_changed_meanwhile": Words(
        ar="غيّر شخص آخر المخطط في هذه الأثناء. راجعوه ثم أعيدوا المحاولة.",
        fr="Quelqu’un d’autre vient de modifier le plan. Regardez-le, puis réessayez.",
        en="Somebody else has just changed the plan. Look at it, then try again.",
    ),
    "stands_changed_meanwhile": Words(
        ar="أروقة تغيرت: {codes:ltr}.", fr="Stands modifiés : {codes:ltr}.", en="Stands that changed: {codes:ltr}."
    ),
    "exhibitors_changed_meanwhile": Words(
        ar="عارضون تغيروا: {codes:ltr}.",
        fr="Exposants modifiés : {codes:ltr}.",
        en="Exhibitors that changed: {codes:ltr}.",
    ),
    "wishes_changed_meanwhile": Words(
        ar="تغيرت رغبات الجوار.", fr="Les souhaits de voisinage ont changé.", en="The wishes about neighbours changed."
    ),
    "weights_unknown": Words(
        ar="هذه النقط غير مقبولة: أعداد صحيحة من 0 فما فوق.",
        fr="Ces points ne conviennent pas : des nombres entiers à partir de 0.",
        en="These points cannot be used: whole numbers from 0 up.",
    ),
    "publication_not_found": Words(
        ar="لا توجد هذه النسخة من المخطط.",
        fr="Cette version du plan n’existe pas.",
        en="There is no such version of the plan.",
    ),
}

DEEDS: dict[str, Words] = {
    "plan.asked": Words(
        ar="بدأ البحث عن مخطط (المقترح {run}).",
        fr="La recherche d’un plan a commencé (proposition {run}).",
        en="A search for a plan began (proposal {run}).",
    ),
    "rules.chosen": Words(
        ar="اختيرت قواعد التوزيع ونقطها: {rule_set:ltr}.",
        fr="Les règles d’attribution et leurs points ont été choisis : {rule_set}.",
        en="The rules of the allocation and their points were chosen: {rule_set}.",
    ),
}

MODES = {
    "balanced": Words(ar="متوازن", fr="Équilibré", en="Balanced"),
    "priority": Words(ar="حسب الأولوية", fr="Par priorité stricte", en="Strict priority"),
    "lot": Words(ar="بالقرعة", fr="Par tirage au sort", en="By lot"),
}

MODE_HINTS = {
    "balanced": Words(
        ar="الأفضل للجميع معا: أقل مجموع من النقط.",
        fr="Le meilleur pour l’ensemble : le moins de points au total.",
        en="Best for all together: the fewest points in total.",
    ),
    "priority": Words(
        ar="صاحب الأولوية الأعلى يُخدم أولا، ولا أحد يُظلم أمام من هو دونه.",
        fr="La priorité la plus haute est servie d’abord ; personne n’est lésé par un moins prioritaire.",
        en="The highest priority is served first; nobody loses out to a lower one.",
    ),
    "lot": Words(
        ar="كل واحد يختار في دوره حسب القرعة، من غير أن يبقى أحد بلا رواق.",
        fr="Chacun choisit à son tour selon le sort, sans que personne ne reste sans stand.",
        en="Each chooses in turn as drawn, and nobody is left out for it.",
    ),
}

RULE_SETS = {
    "zones-and-wishes": Words(ar="الأجنحة والرغبات", fr="Pôles et souhaits", en="Zones and wishes"),
    "blocks-and-priorities": Words(
        ar="الكتل والأولويات", fr="Blocs et priorités", en="Blocks and priorities"
    ),
}

RULE_SET_HINTS = {
    "zones-and-wishes": Words(
        ar="كل قطاع في جناحه، ورغبات الجوار، ومكان أفضل لمن كان مكانه سيئا.",
        fr="Chaque secteur dans son pôle, les souhaits de voisinage, une meilleure place après une mauvaise.",
        en="Each sector in its zone, wishes about neighbours, a better place after a poor one.",
    ),
    "blocks-and-priorities": Words(
        ar="عدة أروقة متجاورة، والأروقة المطلوبة، والأولوية والأقدمية، وقيمة المكان.",
        fr="Plusieurs stands d’affilée, stands demandés, priorité et ancienneté, valeur de la place.",
        en="Several stands in a row, stands asked for, priority and seniority, how good a place is.",
    ),
}

# What each point of a rule set is for: the question an organiser answers with a number.
WEIGHTS = {
    "unplaced": Words(ar="عارض بلا رواق", fr="Un exposant sans stand", en="An exhibitor without a stand"),
    "out_of_zone": Words(
        ar="عارض خارج جناح قطاعه", fr="Un exposant hors du pôle de son secteur", en="An exhibitor out of its sector’s zone"
    ),
    "apart_broken": Words(
        ar="قريبان طلبا التباعد", fr="Deux voisins qui voulaient être éloignés", en="Two neighbours who wished to be apart"
    ),
    "together_broken": Words(
        ar="متفرقان طلبا التجاور", fr="Deux séparés qui voulaient être côte à côte", en="Two apart who wished to be side by side"
    ),
    "poor_again": Words(
        ar="مكان سيئ لمن كان مكانه سيئا في السنة الماضية",
        fr="Encore une mauvaise place après celle de l’an passé",
        en="A poor place again after last year’s",
    ),
    "province_over": Words(
        ar="عارض زائد من إقليم واحد عند المدخل",
        fr="Un exposant de trop d’une même province à l’entrée",
        en="One exhibitor too many of one province at the entrance",
    ),
    "wish_none": Words(
        ar="عارض لم ينل أي رواق طلبه", fr="Un exposant sans aucun des stands demandés", en="An exhibitor with none of the stands asked for"
    ),
    "value_div": Words(
        ar="قلة أهمية قيمة المكان (عدد أكبر: أهمية أقل)",
        fr="Peu d’importance de la valeur de la place (plus grand : moins important)",
        en="How little the value of a place counts (larger: less)",
    ),
    "corner": Words(ar="زاوية مطلوبة لم تُعط", fr="Un angle demandé et non donné", en="A corner asked for and not given"),
    "zone": Words(
        ar="قطاع موزع على جناح إضافي", fr="Un secteur étalé sur un pôle de plus", en="A sector spread over one more zone"
    ),
    "competitor": Words(ar="متنافسان متجاوران", fr="Deux concurrents voisins", en="Two competitors as neighbours"),
    "together_adjacent": Words(
        ar="شريكان غير متجاورين", fr="Deux partenaires qui ne sont pas côte à côte", en="Two partners not side by side"
    ),
    "together_zone": Words(
        ar="شريكان في جناحين مختلفين", fr="Deux partenaires dans deux pôles", en="Two partners in two zones"
    ),
    "rotation": Words(
        ar="مكان جيد لمن كان له مكان جيد من قبل",
        fr="Une bonne place pour qui en avait déjà eu",
        en="A good place for who had good ones before",
    ),
}

EFFORTS = {
    "quick": Words(ar="سريع", fr="Rapide", en="Quick"),
    "normal": Words(ar="عادي", fr="Normal", en="Normal"),
    "thorough": Words(ar="معمق", fr="Approfondi", en="Thorough"),
}

STATES = {
    "queued": Words(ar="في الانتظار", fr="En attente", en="Waiting"),
    "running": Words(ar="جار البحث", fr="Recherche en cours", en="Searching"),
    "stopping": Words(ar="يتوقف", fr="Arrêt en cours", en="Stopping"),
    "done": Words(ar="جاهز", fr="Prêt", en="Ready"),
    "stopped": Words(ar="أُوقف", fr="Arrêté", en="Stopped"),
    "failed": Words(ar="لم يكتمل", fr="Inachevé", en="Not finished"),
}

NEEDS = {
    "power": Words(ar="الكهرباء", fr="électricité", en="power"),
    "water": Words(ar="الماء", fr="eau", en="water"),
    "food": Words(ar="أرضية للأغذية", fr="sol alimentaire", en="food-grade floor"),
    "step_free": Words(ar="ولوج بلا درج", fr="accès de plain-pied", en="step-free access"),
    "corner": Words(ar="زاوية", fr="angle", en="a corner"),
    "area": Words(ar="مساحة أكبر", fr="plus de surface", en="a larger area"),
    "size": Words(ar="عدة أروقة متجاورة", fr="plusieurs stands d’affilée", en="several stands in a row"),
}

NO_NEED = Words(ar="أي رواق", fr="un stand quelconque", en="any stand")

CONFLICTS = {
    "no_block": Words(
        ar="لا يوجد رواق يناسب {exhibitor}: ينقصه {needs}.",
        fr="Aucun stand ne convient à {exhibitor} : il manque {needs}.",
        en="No stand suits {exhibitor}: missing {needs}.",
    ),
    "hall_set": Words(
        ar="{wanted:exhibitor} بحاجة إلى: {needs}. المتوفر: {available:stand}.",
        fr="{wanted:exhibitor} ont besoin de : {needs}. Disponibles : {available:stand}.",
        en="{wanted:exhibitor} need: {needs}. There is room for {available:stand}.",
    ),
    "hall_set_stand": Words(
        ar="مطلوب {wanted:stand} فيها: {needs}. المتوفر: {available:stand}.",
        fr="{wanted:stand} demandés avec : {needs}. Disponibles : {available:stand}.",
        en="{wanted:stand} asked for with: {needs}. There are {available:stand}.",
    ),
    "hall_set_block": Words(
        ar="مطلوب كتل من {size:stand} متجاورة: {wanted}. المتوفر: {available}.",
        fr="Blocs de {size:stand} d’affilée demandés : {wanted}. Possibles : {available}.",
        en="Blocks of {size:stand} in a row asked for: {wanted}. Possible: {available}.",
    ),
    "circuit": Words(
        ar="الحمل على الدارة {circuits:ltr} هو {wanted} واط، وهي تتحمل {available} واط.",
        fr="Le circuit {circuits} devrait porter {wanted} W ; il en porte {available}.",
        en="Circuit {circuits} would have to carry {wanted} W; it carries {available}.",
    ),
    "pins": Words(
        ar="التثبيت يخالف ما يلزم: {exhibitor}.",
        fr="Un verrouillage ne respecte pas les besoins : {exhibitor}.",
        en="A lock goes against what is needed: {exhibitor}.",
    ),
    "pins_circuit": Words(
        ar="المثبتون يحمّلون الدارة {circuits:ltr} أكثر من طاقتها: {wanted} واط مقابل {available}.",
        fr="Les verrouillés surchargent le circuit {circuits} : {wanted} W pour {available}.",
        en="Those locked overload circuit {circuits}: {wanted} W for {available}.",
    ),
    "pins_instead": Words(
        ar="المثبتون يأخذون أروقة لا يستغني عنها غيرهم: {exhibitor}.",
        fr="Des verrouillés occupent des stands dont d’autres ne peuvent se passer : {exhibitor}.",
        en="Those locked hold stands that others cannot do without: {exhibitor}.",
    ),
}

REMEDIES = {
    "no_block": Words(
        ar="ما العمل: أضيفوا ما ينقص إلى رواق في محرر المخطط، أو راجعوا حاجة العارض معه.",
        fr="Que faire : équiper un stand dans l’éditeur du plan, ou revoir le besoin avec l’exposant.",
        en="What to do: equip a stand in the plan’s editor, or go over the need with the exhibitor.",
    ),
    "hall_set": Words(
        ar="ما العمل: جهزوا أروقة أخرى، أو افتحوا رواقا مغلقا أو محجوزا، أو انقلوا عارضا إلى لائحة الانتظار.",
        fr="Que faire : équiper d’autres stands, ouvrir un stand fermé ou réservé, ou remettre un exposant en liste d’attente.",
        en="What to do: equip more stands, open a closed or reserved one, or put an exhibitor on the waiting list.",
    ),
    "circuit": Words(
        ar="ما العمل: قووا الدارة، أو اربطوا بعض الأروقة بدارة أخرى، أو خففوا الأجهزة.",
        fr="Que faire : renforcer le circuit, raccorder des stands à un autre, ou réduire les appareils.",
        en="What to do: strengthen the circuit, connect some stands to another one, or bring fewer machines.",
    ),
    "pins": Words(
        ar="ما العمل: ألغوا تثبيتا أو غيروا مكانه.",
        fr="Que faire : déverrouiller un stand, ou en changer.",
        en="What to do: unlock a stand, or choose another.",
    ),
}

FAIRNESS = {
    "placed": Words(ar="لهم رواق", fr="Ont un stand", en="Have a stand"),
    "wish": Words(ar="نالوا رغبتهم رقم {rank}", fr="Ont eu leur souhait n° {rank}", en="Got their wish no. {rank}"),
    "no_wish": Words(
        ar="لم ينالوا أي رغبة", fr="N’ont eu aucun souhait", en="Got none of their wishes"
    ),
    "together": Words(ar="رغبات التجاور الملباة", fr="Souhaits d’être côte à côte exaucés", en="Wishes to be side by side met"),
    "apart": Words(ar="رغبات التباعد الملباة", fr="Souhaits d’être éloignés exaucés", en="Wishes to be apart met"),
    "envy": Words(
        ar="يفضل رواق غيره (أزواج)", fr="Préférerait le stand d’un autre (paires)", en="Would rather have another’s stand (pairs)"
    ),
    "justified": Words(
        ar="منها والآخر أقل أولوية", fr="dont l’autre est moins prioritaire", en="of these, the other has a lower priority"
    ),
    "weight": Words(
        ar="الأولوية {weight} ({count:exhibitor}): لهم رواق · متضررون",
        fr="Priorité {weight} ({count:exhibitor}) : placés · lésés",
        en="Priority {weight} ({count:exhibitor}): placed · losing out",
    ),
}

PRICES = {
    "costs": Words(
        ar="يزيد {points} من النقط على المجموع.", fr="Cela ajouterait {points} points.", en="It would cost {points} points more."
    ),
    "gains": Words(
        ar="ينقص {points} من النقط من المجموع.", fr="Cela enlèverait {points} points.", en="It would save {points} points."
    ),
    "free": Words(ar="لا يغير مجموع النقط.", fr="Le total ne changerait pas.", en="The total would stay the same."),
    "moves": Words(
        ar="وينتقل معه {others:exhibitor}.", fr="D’autres bougeraient : {others:exhibitor}.", en="Others would move: {others:exhibitor}."
    ),
    "alone": Words(ar="ولا ينتقل أحد غيره.", fr="Personne d’autre ne bougerait.", en="Nobody else would move."),
}

# Why a stand cannot be an exhibitor's, said of the stand alone.
OBJECTIONS = {
    "stand_closed": Words(ar="الرواق {stand:ltr} مغلق.", fr="Le stand {stand} est fermé.", en="Stand {stand} is closed."),
    "stand_reserved": Words(
        ar="الرواق {stand:ltr} محجوز.", fr="Le stand {stand} est réservé.", en="Stand {stand} is reserved."
    ),
    "stand_without_power": Words(
        ar="لا كهرباء في {stand:ltr}.", fr="Pas d’électricité au {stand}.", en="There is no power at {stand}."
    ),
    "stand_without_water": Words(ar="لا ماء في {stand:ltr}.", fr="Pas d’eau au {stand}.", en="There is no water at {stand}."),
    "stand_not_corner": Words(ar="{stand:ltr} ليس زاوية.", fr="Le {stand} n’est pas un angle.", en="{stand} is no corner."),
    "stand_not_step_free": Words(
        ar="الوصول إلى {stand:ltr} فيه درج.", fr="Le {stand} a des marches.", en="{stand} has steps."
    ),
    "stand_without_food_floor": Words(
        ar="أرضية {stand:ltr} لا تصلح للأغذية.",
        fr="Le sol du {stand} ne convient pas aux aliments.",
        en="The floor of {stand} is not fit for food.",
    ),
    "block_too_small": Words(ar="المساحة لا تكفي.", fr="La surface ne suffit pas.", en="The area is too small."),
    "block_of_other_size": Words(
        ar="عدد الأروقة ليس العدد المطلوب.",
        fr="Ce n’est pas le nombre de stands demandé.",
        en="It is not the number of stands asked for.",
    ),
    "block_broken": Words(
        ar="لا توجد هناك أروقة متجاورة بالعدد المطلوب.",
        fr="Il n’y a pas là assez de stands d’affilée.",
        en="There are not enough stands in a row there.",
    ),
    "stand_pinned": Words(
        ar="{stand:ltr} مثبت: {exhibitor}.", fr="Le {stand} est verrouillé : {exhibitor}.", en="{stand} is locked: {exhibitor}."
    ),
    "circuit_overloaded": Words(
        ar="دارة الكهرباء في {stand:ltr} لا تتحمل أكثر.",
        fr="Le circuit électrique du {stand} n’en porte pas plus.",
        en="The circuit at {stand} carries no more.",
    ),
}
