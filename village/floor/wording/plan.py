"""The sentences of the floor's refusals and deeds, and the reasons of placements."""

from __future__ import annotations

from village.kit.i18n import Words

REFUSALS = {
    "stand_taken": Words(
        ar="الرواق {stand:ltr} أُعطي في هذه الأثناء إلى {name_ar}.",
        fr="Le stand {stand} vient d’être donné à {name_fr}.",
        en="Stand {stand} has just been given to {name_fr}.",
    ),
    "stand_changed": Words(
        ar="الرواق {stand:ltr} صار فارغا في هذه الأثناء.",
        fr="Le stand {stand} vient d’être libéré.",
        en="Stand {stand} has just become free.",
    ),
    "exhibitor_moved": Words(
        ar="تغير رواق {name_ar} في هذه الأثناء.",
        fr="{name_fr} vient de changer de stand.",
        en="{name_fr} has just changed stands.",
    ),
    "exhibitor_in_other_hall": Words(
        ar="رواق {name_ar} هو {stand:ltr} في قاعة أخرى. أفرغوه أولا.",
        fr="{name_fr} a le stand {stand} dans une autre halle. Libérez-le d’abord.",
        en="{name_fr} has stand {stand} in another hall. Free it first.",
    ),
    "exhibitor_not_accepted": Words(
        ar="لا يوجد {name_ar} ضمن العارضين المقبولين.",
        fr="{name_fr} n’est pas parmi les exposants retenus.",
        en="{name_fr} is not among the accepted exhibitors.",
    ),
    "stand_unsuitable": Words(
        ar="الرواق {stand:ltr} لا يناسب {name_ar}.",
        fr="Le stand {stand} ne convient pas à {name_fr}.",
        en="Stand {stand} does not suit {name_fr}.",
    ),
    "stand_closed": Words(
        ar="الرواق {stand:ltr} مغلق.", fr="Le stand {stand} est fermé.", en="Stand {stand} is closed."
    ),
    "stand_reserved": Words(
        ar="الرواق {stand:ltr} محجوز، وليس للعارضين.",
        fr="Le stand {stand} est réservé, il n’est pas pour les exposants.",
        en="Stand {stand} is reserved and not for exhibitors.",
    ),
    "stand_without_power": Words(
        ar="لا كهرباء في الرواق {stand:ltr}، وهي ضرورية لـ {name_ar}.",
        fr="Pas d’électricité au stand {stand} ; {name_fr} en a besoin.",
        en="Stand {stand} has no power; {name_fr} needs it.",
    ),
    "stand_without_water": Words(
        ar="لا ماء في الرواق {stand:ltr}، وهو ضروري لـ {name_ar}.",
        fr="Pas d’eau au stand {stand} ; {name_fr} en a besoin.",
        en="Stand {stand} has no water; {name_fr} needs it.",
    ),
    "stand_not_step_free": Words(
        ar="الوصول إلى الرواق {stand:ltr} فيه درج، والولوج بلا درج ضروري لـ {name_ar}.",
        fr="Le stand {stand} a des marches ; {name_fr} a besoin d’un accès de plain-pied.",
        en="Stand {stand} has steps; {name_fr} needs step-free access.",
    ),
    "stand_locked": Words(
        ar="الرواق {stand:ltr} مثبت. ألغوا التثبيت أولا.",
        fr="Le stand {stand} est verrouillé. Déverrouillez-le d’abord.",
        en="Stand {stand} is locked. Unlock it first.",
    ),
    "stand_free": Words(ar="الرواق {stand:ltr} فارغ.", fr="Le stand {stand} est libre.", en="Stand {stand} is free."),
    "stand_occupied": Words(
        ar="الرواق {stand:ltr} معطى لعارض. أفرغوه أولا.",
        fr="Le stand {stand} est occupé. Libérez-le d’abord.",
        en="Stand {stand} is occupied. Free it first.",
    ),
    "stand_given_twice": Words(
        ar="الرواق {stand:ltr} معطى مرتين.",
        fr="Le stand {stand} est donné deux fois.",
        en="Stand {stand} is given twice.",
    ),
    "placement_unknown": Words(
        ar="الرواق {stand:ltr} أو العارض {exhibitor:ltr} غير معروف.",
        fr="Le stand {stand} ou l’exposant {exhibitor} est inconnu.",
        en="Stand {stand} or exhibitor {exhibitor} is unknown.",
    ),
    "pin_moved": Words(
        ar="العارض {exhibitor:ltr} مثبت في الرواق {stand:ltr}.",
        fr="{exhibitor} est verrouillé au stand {stand}.",
        en="{exhibitor} is locked to stand {stand}.",
    ),
    "stands_in_two_halls": Words(
        ar="الرواقان {stand:ltr} و{other:ltr} ليسا في قاعة واحدة.",
        fr="Les stands {stand} et {other} ne sont pas dans la même halle.",
        en="Stands {stand} and {other} are not in one hall.",
    ),
    "stand_not_found": Words(ar="لا يوجد هذا الرواق.", fr="Ce stand n’existe pas.", en="There is no such stand."),
    "hall_not_found": Words(
        ar="لم يُرسم مخطط المعرض بعد.",
        fr="Le plan du salon n’est pas encore dessiné.",
        en="The floor plan has not been drawn yet.",
    ),
    "hall_code_taken": Words(
        ar="القاعة {hall:ltr} موجودة من قبل.",
        fr="La halle {hall} existe déjà.",
        en="Hall {hall} already exists.",
    ),
    "zone_not_found": Words(
        ar="الجناح {zone:ltr} غير موجود في المخطط.",
        fr="Le pôle {zone} n’est pas sur le plan.",
        en="Zone {zone} is not on the plan.",
    ),
    "rule_set_not_found": Words(
        ar="قواعد التوزيع {rule_set:ltr} غير معروفة.",
        fr="Les règles {rule_set} sont inconnues.",
        en="The rule set {rule_set} is unknown.",
    ),
    "floor_unreadable": Words(
        ar="لا يمكن قراءة ملف المخطط: {detail:ltr}",
        fr="Le fichier du plan est illisible : {detail}",
        en="The file of the plan cannot be read: {detail}",
    ),
    "floor_faulty": Words(ar="في المخطط أخطاء.", fr="Le plan contient des erreurs.", en="The plan has faults."),
    "stand_code_twice": Words(
        ar="الرمز {stand:ltr} مكتوب على رواقين.",
        fr="Le code {stand} est écrit deux fois.",
        en="The code {stand} is written twice.",
    ),
    "stand_outside_hall": Words(
        ar="الرواق {stand:ltr} خارج القاعة.",
        fr="Le stand {stand} sort de la halle.",
        en="Stand {stand} lies outside the hall.",
    ),
    "stand_on_obstacle": Words(
        ar="الرواق {stand:ltr} فوق حاجز.",
        fr="Le stand {stand} est sur un obstacle.",
        en="Stand {stand} lies on an obstacle.",
    ),
    "stands_overlap": Words(
        ar="الرواقان {stand:ltr} و{other:ltr} متداخلان.",
        fr="Les stands {stand} et {other} se chevauchent.",
        en="Stands {stand} and {other} overlap.",
    ),
    "stand_zone_unknown": Words(
        ar="جناح الرواق {stand:ltr} غير معروف: {zone:ltr}.",
        fr="Le pôle du stand {stand} est inconnu : {zone}.",
        en="The zone of stand {stand} is unknown: {zone}.",
    ),
    "wish_for_oneself": Words(
        ar="لا يتمنى العارض {exhibitor:ltr} مكانا بجانب نفسه.",
        fr="{exhibitor} ne peut être son propre voisin.",
        en="{exhibitor} cannot be its own neighbour.",
    ),
    "nothing_changes": Words(
        ar="هذا العارض في هذا الرواق من قبل.",
        fr="Cet exposant a déjà ce stand.",
        en="This exhibitor already has this stand.",
    ),
    "nothing_to_undo": Words(
        ar="لا شيء يمكن التراجع عنه.", fr="Il n’y a rien à annuler.", en="There is nothing to undo."
    ),
    "change_not_found": Words(
        ar="لا يوجد هذا التغيير.", fr="Ce changement n’existe pas.", en="There is no such change."
    ),
    "change_undone": Words(
        ar="تم التراجع عن هذا التغيير من قبل.",
        fr="Ce changement est déjà annulé.",
        en="This change has already been undone.",
    ),
    "nothing_to_allocate": Words(
        ar="لا عارضين مقبولين أو لا أروقة بعد.",
        fr="Il n’y a pas encore d’exposants retenus ou de stands.",
        en="There are no accepted exhibitors or no stands yet.",
    ),
    "floor_changed_meanwhile": Words(
        ar="تغيرت الأروقة أو العارضون أثناء الحساب. أعيدوا التوزيع.",
        fr="Les stands ou les exposants ont changé pendant le calcul. Relancez l’attribution.",
        en="Stands or exhibitors changed during the computation. Run the allocation again.",
    ),
    "plan_empty": Words(
        ar="لا أحد في المخطط بعد: لا شيء للنشر.",
        fr="Le plan est encore vide : rien à publier.",
        en="The plan is still empty: nothing to publish.",
    ),
    "plan_published": Words(
        ar="هذا المخطط منشور من قبل (النسخة {number}).",
        fr="Ce plan est déjà publié (version {number}).",
        en="This plan is already published (version {number}).",
    ),
}

DEEDS = {
    "floor.imported": Words(
        ar="أُدخل مخطط القاعة: {stands:stand}.",
        fr="Le plan de la halle a été importé : {stands:stand}.",
        en="The hall’s plan was imported: {stands:stand}.",
    ),
    "wish.noted": Words(
        ar="سُجلت رغبة بشأن العارض {other:ltr}.",
        fr="Un souhait de voisinage avec {other} a été noté.",
        en="A wish about {other} was noted.",
    ),
    "stand.assigned": Words(
        ar="أُعطي الرواق {stand:ltr} إلى {exhibitor:ltr}.",
        fr="Le stand {stand} a été attribué à {exhibitor}.",
        en="Stand {stand} was given to {exhibitor}.",
    ),
    "stand.moved": Words(
        ar="انتقل {exhibitor:ltr} إلى الرواق {stand:ltr}.",
        fr="{exhibitor} a été déplacé au stand {stand}.",
        en="{exhibitor} was moved to stand {stand}.",
    ),
    "stand.swapped": Words(
        ar="تبادل الرواقان {stand:ltr} و{other:ltr} عارضيهما.",
        fr="Les stands {stand} et {other} ont échangé leurs exposants.",
        en="Stands {stand} and {other} exchanged their exhibitors.",
    ),
    "stand.freed": Words(
        ar="أُفرغ الرواق {stand:ltr} من {exhibitor:ltr}.",
        fr="Le stand {stand} a été libéré ({exhibitor}).",
        en="Stand {stand} was freed ({exhibitor}).",
    ),
    "stand.locked": Words(ar="ثُبت رواق.", fr="Un stand a été verrouillé.", en="A stand was locked."),
    "stand.unlocked": Words(ar="أُلغي تثبيت رواق.", fr="Un stand a été déverrouillé.", en="A stand was unlocked."),
    "stand.closed": Words(ar="أُغلق رواق.", fr="Un stand a été fermé.", en="A stand was closed."),
    "stand.opened": Words(ar="أُعيد فتح رواق.", fr="Un stand a été rouvert.", en="A stand was opened again."),
    "plan.undone": Words(
        ar="تم التراجع عن التغيير رقم {undone} في المخطط.",
        fr="Le changement n° {undone} du plan a été annulé.",
        en="Change no. {undone} of the plan was undone.",
    ),
    "plan.allocated": Words(
        ar="وُزعت الأروقة: {placed:exhibitor}، الكلفة {cost}.",
        fr="Les stands ont été attribués : {placed:exhibitor}, coût {cost}.",
        en="The stands were allocated: {placed:exhibitor}, cost {cost}.",
    ),
    "plan.published": Words(
        ar="نُشر المخطط، النسخة {number}.",
        fr="Le plan a été publié, version {number}.",
        en="The plan was published, version {number}.",
    ),
}

REASONS = {
    "pinned": Words(
        ar="ثبته المنظمون في هذا الرواق.",
        fr="Les organisateurs l’ont verrouillé sur ce stand.",
        en="The organisers locked it to this stand.",
    ),
    "moved_by_hand": Words(
        ar="نقله المنظمون بعد التوزيع.",
        fr="Les organisateurs l’ont déplacé après l’attribution.",
        en="The organisers moved it after the allocation.",
    ),
    "sector_zone": Words(
        ar="في جناح قطاعه: {zone}.", fr="Dans le pôle de son secteur : {zone}.", en="In the zone of its sector: {zone}."
    ),
    "own_zone_full": Words(
        ar="جناح قطاعه ممتلئ ({own_zone}): {wanted:exhibitor} مقابل {places:stand}؛ وُضع في {zone}.",
        fr="Le pôle de son secteur est plein ({own_zone}) : {wanted:exhibitor} pour {places:stand} ; placé dans {zone}.",
        en="The zone of its sector is full ({own_zone}): {wanted:exhibitor} for {places:stand}; placed in {zone}.",
    ),
    "other_zone": Words(
        ar="وُضع في {zone} بدل {own_zone} لأن ذلك أفضل للجميع.",
        fr="Placé dans {zone} plutôt que {own_zone} : l’ensemble y gagne.",
        en="Placed in {zone} rather than {own_zone}: better for all together.",
    ),
    "has_cold": Words(ar="فيه كهرباء لثلاجته.", fr="Une prise pour son froid.", en="It has power for cold storage."),
    "has_power": Words(ar="فيه كهرباء كما طلب.", fr="L’électricité demandée y est.", en="It has the power asked for."),
    "has_water": Words(ar="فيه ماء كما طلب.", fr="L’eau demandée y est.", en="It has the water asked for."),
    "is_step_free": Words(
        ar="الولوج إليه بلا درج كما طلب.",
        fr="L’accès est de plain-pied, comme demandé.",
        en="It is step-free, as asked.",
    ),
    "beside": Words(
        ar="بجانب {exhibitor} كما تمنى.",
        fr="À côté de {exhibitor}, comme souhaité.",
        en="Beside {exhibitor}, as wished.",
    ),
    "not_beside": Words(
        ar="لم يمكن وضعه بجانب {exhibitor}.",
        fr="Pas possible à côté de {exhibitor}.",
        en="It could not be placed beside {exhibitor}.",
    ),
    "apart": Words(
        ar="بعيد عن {exhibitor} كما تمنى.",
        fr="Loin de {exhibitor}, comme souhaité.",
        en="Apart from {exhibitor}, as wished.",
    ),
    "not_apart": Words(
        ar="قريب من {exhibitor} رغم رغبته.",
        fr="Près de {exhibitor} malgré le souhait.",
        en="Near {exhibitor} in spite of the wish.",
    ),
    "better_than_last_year": Words(
        ar="أقرب إلى المدخل من نصف الأروقة ({metres} م)، لأن مكانه في السنة الماضية كان سيئا.",
        fr="Plus près de l’entrée que la moitié des stands ({metres} m), car sa place de l’an passé était mauvaise.",
        en="Nearer the entrance than half of the stands ({metres} m), as last year’s place was poor.",
    ),
    "still_far": Words(
        ar="بعيد عن المدخل ({metres} م) رغم مكانه السيئ في السنة الماضية.",
        fr="Loin de l’entrée ({metres} m) malgré sa mauvaise place de l’an passé.",
        en="Far from the entrance ({metres} m) in spite of last year’s poor place.",
    ),
    "near_entrance": Words(
        ar="من أقرب الأروقة إلى المدخل ({metres} م).",
        fr="Parmi les stands les plus proches de l’entrée ({metres} m).",
        en="Among the stands nearest the entrance ({metres} m).",
    ),
    "no_stand_left": Words(
        ar="لم يبق رواق يناسب حاجياته.",
        fr="Il ne reste aucun stand qui réponde à ses besoins.",
        en="No stand that meets its needs is left.",
    ),
}

CHARGES = {
    "unplaced": Words(ar="بلا رواق", fr="Sans stand", en="Without a stand"),
    "out_of_zone": Words(ar="خارج جناح القطاع", fr="Hors du pôle du secteur", en="Out of the sector’s zone"),
    "apart_broken": Words(ar="قريبان رغم رغبتهما", fr="Proches malgré leur souhait", en="Near in spite of a wish"),
    "together_broken": Words(
        ar="متفرقان رغم رغبتهما", fr="Séparés malgré leur souhait", en="Separated in spite of a wish"
    ),
    "poor_again": Words(ar="مكان سيئ للمرة الثانية", fr="Mauvaise place à nouveau", en="A poor place again"),
    "province_over": Words(
        ar="إقليم واحد عند المدخل", fr="Une province trop présente à l’entrée", en="One province crowding the entrance"
    ),
}

RESERVES = {
    "institution": Words(ar="مؤسسة", fr="Institution", en="Institution"),
    "organizer": Words(ar="المنظمون", fr="Équipe", en="Team"),
    "spare": Words(ar="احتياط", fr="Réserve", en="Spare"),
}

OBSTACLES = {
    "electrical_panel": Words(ar="لوحة الكهرباء", fr="Tableau électrique", en="Electrical panel"),
    "tent_pole": Words(ar="عمود الخيمة", fr="Mât", en="Tent pole"),
    "reception_desk": Words(ar="الاستقبال", fr="Accueil", en="Reception"),
    "stage": Words(ar="المنصة", fr="Scène", en="Stage"),
    "water_point": Words(ar="نقطة ماء", fr="Point d’eau", en="Water point"),
    "toilets": Words(ar="دورات المياه", fr="Toilettes", en="Toilets"),
    "first_aid": Words(ar="الإسعافات", fr="Premiers secours", en="First aid"),
    "other": Words(ar="غير متاح", fr="Non accessible", en="Not accessible"),
}

WAYS = {
    "from": Words(ar="من المدخل: ", fr="Depuis l’entrée : ", en="From the entrance: "),
    "from_door": Words(ar="من المدخل {door:ltr}: ", fr="Depuis l’entrée {door} : ", en="From entrance {door}: "),
    "first_ahead": Words(ar="{metres} م إلى الأمام", fr="{metres} m tout droit", en="{metres} m straight on"),
    "first_left": Words(ar="{metres} م إلى اليسار", fr="{metres} m à gauche", en="{metres} m to the left"),
    "first_right": Words(ar="{metres} م إلى اليمين", fr="{metres} m à droite", en="{metres} m to the right"),
    "then_ahead": Words(ar="، ثم {metres} م إلى الأمام", fr=", puis {metres} m tout droit", en=", then {metres} m straight on"),
    "then_left": Words(ar="، ثم {metres} م إلى اليسار", fr=", puis {metres} m à gauche", en=", then {metres} m to the left"),
    "then_right": Words(ar="، ثم {metres} م إلى اليمين", fr=", puis {metres} m à droite", en=", then {metres} m to the right"),
    "there_ahead": Words(ar="، والرواق أمامكم.", fr=" ; le stand est en face.", en="; the stand is in front of you."),
    "there_left": Words(ar="، والرواق على اليسار.", fr=" ; le stand est à gauche.", en="; the stand is on the left."),
    "there_right": Words(ar="، والرواق على اليمين.", fr=" ; le stand est à droite.", en="; the stand is on the right."),
}
