"""Why a stand was given, why another was not, what a plan costs, and what is said to those whose stand has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from village.kit.i18n import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from village.kit.i18n import Lang

# Reasons of the rules for blocks and priorities; those of zones and wishes stand in plan.py.
REASONS = {
    "no_block_fits": Words(
        ar="لا يوجد في القاعة رواق يلبي حاجياته.",
        fr="Aucun stand de la halle ne répond à ses besoins.",
        en="No stand of the hall meets its needs.",
    ),
    "wish_given": Words(
        ar="نال الرواق {stand:ltr}، رغبته رقم {rank}.",
        fr="Il a le stand {stand}, son souhait n° {rank}.",
        en="It has stand {stand}, its wish no. {rank}.",
    ),
    "no_wish_given": Words(
        ar="لم يمكن تلبية أي رغبة في رواق.",
        fr="Aucun des stands souhaités n’a pu être donné.",
        en="None of the stands wished for could be given.",
    ),
    "wish_closed": Words(
        ar="الرواق المرغوب {stand:ltr} مغلق.", fr="Le stand souhaité {stand} est fermé.", en="The wished stand {stand} is closed."
    ),
    "wish_reserved": Words(
        ar="الرواق المرغوب {stand:ltr} محجوز.",
        fr="Le stand souhaité {stand} est réservé.",
        en="The wished stand {stand} is reserved.",
    ),
    "wish_without_food_floor": Words(
        ar="أرضية الرواق {stand:ltr} لا تصلح للأغذية.",
        fr="Le sol du stand {stand} ne convient pas aux aliments.",
        en="The floor of stand {stand} is not fit for food.",
    ),
    "wish_not_step_free": Words(
        ar="الوصول إلى الرواق {stand:ltr} فيه درج.",
        fr="Le stand {stand} a des marches.",
        en="Stand {stand} has steps.",
    ),
    "wish_without_water": Words(
        ar="لا ماء في الرواق {stand:ltr}.", fr="Pas d’eau au stand {stand}.", en="There is no water at stand {stand}."
    ),
    "wish_without_power": Words(
        ar="لا كهرباء في الرواق {stand:ltr}.",
        fr="Pas d’électricité au stand {stand}.",
        en="There is no power at stand {stand}.",
    ),
    "wish_not_corner": Words(
        ar="الرواق {stand:ltr} ليس زاوية.", fr="Le stand {stand} n’est pas un angle.", en="Stand {stand} is no corner."
    ),
    "wish_pinned": Words(
        ar="الرواق {stand:ltr} مثبت لغيره.",
        fr="Le stand {stand} est verrouillé pour un autre.",
        en="Stand {stand} is locked for another.",
    ),
    "wish_too_small": Words(
        ar="لا يتسع المكان حول الرواق {stand:ltr} لما طلبه.",
        fr="Autour du stand {stand}, la place demandée n’existe pas.",
        en="There is not as much room as asked for round stand {stand}.",
    ),
    "wish_costs_others": Words(
        ar="الرواق {stand:ltr} كان سيكلف الآخرين أكثر مما ينفعه.",
        fr="Le stand {stand} aurait coûté aux autres plus qu’il ne lui apporte.",
        en="Stand {stand} would have cost others more than it gives.",
    ),
    "wish_to_higher": Words(
        ar="الرواق {stand:ltr} أُعطي إلى {exhibitor}، وأولويته أعلى.",
        fr="Le stand {stand} est allé à {exhibitor}, plus prioritaire.",
        en="Stand {stand} went to {exhibitor}, which has a higher priority.",
    ),
    "wish_to_other": Words(
        ar="الرواق {stand:ltr} أُعطي إلى {exhibitor}: أفضل للجميع.",
        fr="Le stand {stand} est allé à {exhibitor} : l’ensemble y gagne.",
        en="Stand {stand} went to {exhibitor}: better for all together.",
    ),
    "with_its_sector": Words(
        ar="مع قطاعه في {zone} ({others:exhibitor} آخر).",
        fr="Avec son secteur dans {zone} (et {others:exhibitor}).",
        en="With its sector in {zone} (and {others:exhibitor}).",
    ),
    "has_food_floor": Words(
        ar="أرضيته تصلح للأغذية كما طلب.",
        fr="Le sol convient aux aliments, comme demandé.",
        en="Its floor is fit for food, as asked.",
    ),
    "is_corner": Words(ar="زاوية كما طلب.", fr="Un angle, comme demandé.", en="A corner, as asked."),
    "same_zone": Words(
        ar="في نفس جناح {exhibitor}، لكن ليس بجانبه.",
        fr="Dans le même pôle que {exhibitor}, sans être côte à côte.",
        en="In one zone with {exhibitor}, though not beside it.",
    ),
    "corner_given": Words(ar="نال الزاوية التي رغب فيها.", fr="L’angle souhaité.", en="The corner it wished for."),
    "no_corner_left": Words(
        ar="لم تبق له زاوية.", fr="Plus d’angle disponible pour lui.", en="No corner was left for it."
    ),
}

CHARGES = {
    "value": Words(ar="أماكن أقل قيمة", fr="Places moins bonnes", en="Less good places"),
    "corner": Words(ar="زوايا لم تُعط", fr="Angles non donnés", en="Corners not given"),
    "wish": Words(ar="أروقة مرغوبة لم تُعط", fr="Stands souhaités non donnés", en="Wished stands not given"),
    "rotation": Words(ar="أماكن جيدة لنفس العارضين", fr="Bonnes places aux mêmes", en="Good places for the same ones"),
    "zone": Words(ar="تفرق القطاعات على الأجنحة", fr="Secteurs étalés sur les pôles", en="Sectors spread over zones"),
    "competitor": Words(ar="متنافسون متجاورون", fr="Concurrents voisins", en="Competitors as neighbours"),
    "together": Words(ar="شركاء غير متجاورين", fr="Partenaires séparés", en="Partners apart"),
    "together_zone": Words(ar="شركاء في جناحين", fr="Partenaires dans deux pôles", en="Partners in two zones"),
}

# Why an exhibitor's stands differ from those of the version before.
CHANGES = {
    "placed": Words(ar="أول رواق له", fr="Premier stand attribué", en="First stand given"),
    "withdrew": Words(ar="لم يعد ضمن العارضين", fr="Ne participe plus", en="No longer takes part"),
    "stand_lost": Words(
        ar="رواقه السابق لم يعد متاحا", fr="Son ancien stand n’est plus disponible", en="Its former stand is no longer there"
    ),
    "given_up": Words(ar="أُفرغ رواقه، وهو في الانتظار", fr="Stand libéré, en attente", en="Its stand was freed; it waits"),
    "better_plan": Words(
        ar="مخطط أفضل للجميع", fr="Un meilleur plan pour l’ensemble", en="A better plan for all together"
    ),
    "exchanged": Words(ar="تبادل مع عارض آخر", fr="Échange avec un autre exposant", en="Exchanged with another exhibitor"),
    "by_hand": Words(ar="نقله المنظمون", fr="Déplacé par les organisateurs", en="Moved by the organisers"),
}

LETTER_SUBJECT = Words(
    ar="رواقكم: {after:ltr}", fr="Votre stand : {after}", en="Your stand: {after}"
)
LETTERS = {
    "placed": Words(
        ar="السلام عليكم {name_ar}،\nرواقكم هو {after:ltr}. (المخطط، النسخة {number})",
        fr="Bonjour {name_fr},\nvotre stand est le {after}. (Plan, version {number})",
        en="Dear {name_fr},\nyour stand is {after}. (Plan, version {number})",
    ),
    "moved": Words(
        ar="السلام عليكم {name_ar}،\nتغير رواقكم: من {before:ltr} إلى {after:ltr}. السبب: {why}. (المخطط، النسخة {number})",
        fr="Bonjour {name_fr},\nvotre stand change : du {before} au {after}. Raison : {why}. (Plan, version {number})",
        en="Dear {name_fr},\nyour stand changes: from {before} to {after}. Reason: {why}. (Plan, version {number})",
    ),
    "lost": Words(
        ar="السلام عليكم {name_ar}،\nلم يعد لكم الرواق {before:ltr}. السبب: {why}. اتصلوا بالمنظمين. (المخطط، النسخة {number})",
        fr="Bonjour {name_fr},\nvous n’avez plus le stand {before}. Raison : {why}. Contactez les organisateurs. (Plan, version {number})",
        en="Dear {name_fr},\nyou no longer have stand {before}. Reason: {why}. Please ask the organisers. (Plan, version {number})",
    ),
}

NEWS = Words(
    ar="تغير الرواق في النسخة {number} من المخطط: من {before:ltr} إلى {after:ltr}. السبب: {why}.",
    fr="Stand modifié dans la version {number} du plan : du {before} au {after}. Raison : {why}.",
    en="The stand changed in version {number} of the plan: from {before} to {after}. Reason: {why}.",
)
NEWS_LOST = Words(
    ar="لم يعد لكم الرواق {before:ltr} (النسخة {number} من المخطط). السبب: {why}. اتصلوا بالمنظمين.",
    fr="Vous n’avez plus le stand {before} (version {number} du plan). Raison : {why}. Contactez les organisateurs.",
    en="You no longer have stand {before} (version {number} of the plan). Reason: {why}. Please ask the organisers.",
)


def say_letter(why: str, lang: Lang, facts: Mapping[str, Any]) -> str:
    """The letter about a change, in one language."""
    kind = "placed" if why == "placed" else "lost" if facts["after"] == "–" else "moved"
    return LETTERS[kind].say(lang, {**facts, "why": CHANGES[why].say(lang)})
