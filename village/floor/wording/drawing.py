"""The sentences of the hall's drawing and its editor: refusals, deeds, and what is wrong with a drawing."""

from __future__ import annotations

from village.kit.i18n import Words

REFUSALS = {
    "pin_broken": Words(
        ar="{name_ar} مثبت على {stands:ltr}، ولم تعد هذه الأروقة متجاورة. ألغوا التثبيت أو أعيدوا الأروقة جنبا إلى جنب.",
        fr="{name_fr} est verrouillé sur {stands}, qui ne se suivent plus. Déverrouillez, ou remettez ces stands côte à côte.",
        en="{name_fr} is locked to {stands}, which no longer lie side by side. Unlock it, or put these stands side by side again.",
    ),
    "layout_conflict": Words(
        ar="في هذه الأثناء غيّر شخص آخر: {things:ltr}. لم يُسجَّل تغييركم. هذا ما في الرسم الآن.",
        fr="Entre-temps, quelqu’un d’autre a modifié : {things}. Votre changement n’est pas enregistré ; voici l’état actuel.",
        en="Meanwhile somebody else changed: {things}. Your change was not saved; this is how things are now.",
    ),
    "layout_value": Words(
        ar="قيمة غير ممكنة في {thing:ltr}: {field:ltr} ({expected:ltr}).",
        fr="Valeur impossible pour {thing} : {field} ({expected}).",
        en="An impossible value in {thing}: {field} ({expected}).",
    ),
    "layout_too_much": Words(
        ar="التغييرات كثيرة مرة واحدة (الحد {limit}).",
        fr="Trop de changements à la fois (limite : {limit}).",
        en="Too many changes at once (limit: {limit}).",
    ),
    "layout_code_taken": Words(
        ar="الرمز {thing:ltr} مستعمل من قبل.",
        fr="Le code {thing} est déjà utilisé.",
        en="The code {thing} is already in use.",
    ),
    "layout_zone_unknown": Words(
        ar="الجناح {zone:ltr} غير موجود في الرسم.",
        fr="Le pôle {zone} n’est pas sur le plan de la halle.",
        en="Zone {zone} is not in the drawing.",
    ),
    "layout_stand_unknown": Words(
        ar="الرواق {stand:ltr} غير موجود في الرسم.",
        fr="Le stand {stand} n’est pas sur le plan de la halle.",
        en="Stand {stand} is not in the drawing.",
    ),
    "stand_circuit_unknown": Words(
        ar="الدارة الكهربائية {circuit:ltr} للرواق {stand:ltr} غير معروف.",
        fr="Le circuit {circuit} du stand {stand} est inconnu.",
        en="Circuit {circuit} of stand {stand} is unknown.",
    ),
    "layout_change_not_found": Words(
        ar="لا يوجد هذا التغيير في الرسم.",
        fr="Ce changement du dessin n’existe pas.",
        en="There is no such change of the drawing.",
    ),
    "layout_undone": Words(
        ar="تم التراجع عن هذا التغيير في الرسم من قبل.",
        fr="Ce changement du dessin est déjà annulé.",
        en="This change of the drawing has already been undone.",
    ),
    "layout_unchanged": Words(
        ar="لا شيء تغير في الرسم.", fr="Rien ne change sur le dessin.", en="Nothing changes in the drawing."
    ),
    "import_kind_unknown": Words(
        ar="نوع الملف غير معروف. المقبول: {kinds:ltr}.",
        fr="Ce type de fichier n’est pas connu. Acceptés : {kinds}.",
        en="This kind of file is not known. Accepted: {kinds}.",
    ),
    "import_too_large": Words(
        ar="الملف كبير جدا (الحد {limit}).",
        fr="Le fichier est trop grand (limite : {limit}).",
        en="The file is too large (limit: {limit}).",
    ),
    "import_unreadable": Words(
        ar="لا يمكن قراءة هذا الملف ({detail:ltr}).",
        fr="Ce fichier est illisible ({detail}).",
        en="This file cannot be read ({detail}).",
    ),
    "import_not_ours": Words(
        ar="هذا الملف ليس مخططا صادرا عن هذا البرنامج.",
        fr="Ce fichier n’est pas un plan exporté d’ici.",
        en="This file is not a plan exported from here.",
    ),
    "import_unit_unknown": Words(
        ar="الملف لا يذكر وحدة القياس. اختاروها: {units:ltr}.",
        fr="Le fichier ne dit pas son unité. Choisissez-la : {units}.",
        en="The file does not tell its unit. Choose it: {units}.",
    ),
    "import_unit_wrong": Words(
        ar="بهذه الوحدة تكون القاعة {width:ltr} م على {depth:ltr} م. اختاروا وحدة أخرى.",
        fr="Avec cette unité la halle ferait {width} m sur {depth} m. Choisissez-en une autre.",
        en="With this unit the hall would be {width} m by {depth} m. Choose another.",
    ),
    "import_layer_empty": Words(
        ar="لا توجد أشكال مغلقة في الطبقة {layer:ltr}. الطبقات الموجودة: {layers:ltr}.",
        fr="Aucun contour fermé dans le calque {layer}. Calques présents : {layers}.",
        en="There is no closed outline on layer {layer}. Layers present: {layers}.",
    ),
    "import_unnamed": Words(
        ar="رواق بلا رمز في الملف: سُمي {stand:ltr}.",
        fr="Un stand sans code dans le fichier : il devient {stand}.",
        en="A stand without code in the file: it becomes {stand}.",
    ),
    "import_name_twice": Words(
        ar="الرمز {stand:ltr} مكرر في الملف: سُمي الثاني {other:ltr}.",
        fr="Le code {stand} est deux fois dans le fichier : le second devient {other}.",
        en="The code {stand} is in the file twice: the second becomes {other}.",
    ),
    "import_outline_bad": Words(
        ar="شكل الرواق {stand:ltr} غير صالح في الملف، فتُرك.",
        fr="Le contour du stand {stand} est invalide dans le fichier : il est laissé de côté.",
        en="The outline of stand {stand} in the file is invalid: it is left out.",
    ),
    "picture_unreadable": Words(
        ar="لا يمكن قراءة هذه الصورة. المقبول: PNG وJPEG وPDF.",
        fr="Cette image est illisible. Acceptés : PNG, JPEG et PDF.",
        en="This picture cannot be read. Accepted: PNG, JPEG and PDF.",
    ),
    "picture_page_not_found": Words(
        ar="لا توجد الصفحة {page} في الملف ({pages} صفحات).",
        fr="La page {page} n’existe pas dans le fichier ({pages} pages).",
        en="There is no page {page} in the file ({pages} pages).",
    ),
    "background_not_found": Words(
        ar="لا توجد صورة تحت الرسم.", fr="Il n’y a pas d’image sous le dessin.", en="There is no picture under the drawing."
    ),
}


def _deed(ar: str, fr: str, en: str) -> Words:
    """A sentence over the number of things and their codes."""
    return Words(ar=f"{ar} ({{count}}).", fr=f"{fr} ({{count}}).", en=f"{en} ({{count}}).")


_THINGS = {
    "stand": ("أروقة", "des stands", "stands"),
    "row": ("صف من الأروقة", "une rangée de stands", "a row of stands"),
    "door": ("أبواب", "des portes", "doors"),
    "obstacle": ("حواجز", "des obstacles", "obstacles"),
    "zone": ("أجنحة", "des pôles", "zones"),
    "circuit": ("دارات كهربائية", "des circuits électriques", "electric circuits"),
    "marking": ("علامات على الأرض", "des marquages au sol", "markings on the ground"),
    "link": ("جوار الأروقة", "des voisinages de stands", "neighbours of stands"),
    "hall": ("القاعة", "la halle", "the hall"),
}
_DONE = {
    "added": ("إضافة في الرسم: {}", "Dessin : ajout, {}", "Drawing: added, {}"),
    "removed": ("حذف من الرسم: {}", "Dessin : suppression, {}", "Drawing: removed, {}"),
    "moved": ("نقل في الرسم: {}", "Dessin : déplacement, {}", "Drawing: moved, {}"),
    "changed": ("تعديل في الرسم: {}", "Dessin : modification, {}", "Drawing: changed, {}"),
    "renamed": ("تغيير الرمز في الرسم: {}", "Dessin : nouveau code, {}", "Drawing: renamed, {}"),
    "imported": ("إدخال من ملف: {}", "Dessin : import, {}", "Drawing: imported, {}"),
}

DEEDS = {
    f"layout.{thing}_{done}": _deed(*(frame.format(name) for frame, name in zip(frames, names, strict=True)))
    for thing, names in _THINGS.items()
    for done, frames in _DONE.items()
} | {
    "layout.added": _deed("إضافة في الرسم", "Dessin : ajout", "Drawing: added"),
    "layout.removed": _deed("حذف من الرسم", "Dessin : suppression", "Drawing: removed"),
    "layout.moved": _deed("نقل في الرسم", "Dessin : déplacement", "Drawing: moved"),
    "layout.changed": _deed("تعديل في الرسم", "Dessin : modification", "Drawing: changed"),
    "layout.renamed": _deed("تغيير رموز في الرسم", "Dessin : nouveaux codes", "Drawing: renamed"),
    "layout.imported": _deed("إدخال رسم من ملف", "Dessin : import d’un fichier", "Drawing: imported from a file"),
    "layout.background_placed": Words(
        ar="وُضعت صورة تحت رسم القاعة.",
        fr="Une image a été placée sous le dessin de la halle.",
        en="A picture was put under the hall’s drawing.",
    ),
    "layout.background_removed": Words(
        ar="أُزيلت الصورة من تحت رسم القاعة.",
        fr="L’image sous le dessin de la halle a été retirée.",
        en="The picture under the hall’s drawing was removed.",
    ),
    "layout.undone": _deed("تراجع عن تغيير في الرسم", "Dessin : changement annulé", "Drawing: change undone"),
    "layout.redone": _deed("إعادة تغيير في الرسم", "Dessin : changement rétabli", "Drawing: change redone"),
}

FAULTS = {
    "stand_outside_hall": Words(
        ar="الرواق {stand:ltr} خارج القاعة.",
        fr="Le stand {stand} sort de la halle.",
        en="Stand {stand} lies outside the hall.",
    ),
    "thing_outside_hall": Words(
        ar="{thing:ltr} خارج القاعة.", fr="{thing} sort de la halle.", en="{thing} lies outside the hall."
    ),
    "door_off_wall": Words(
        ar="الباب {thing:ltr} ليس في جدار القاعة.",
        fr="La porte {thing} n’est pas dans un mur de la halle.",
        en="Door {thing} is not in a wall of the hall.",
    ),
    "stands_overlap": Words(
        ar="الرواقان {stand:ltr} و{other:ltr} متداخلان.",
        fr="Les stands {stand} et {other} se chevauchent.",
        en="Stands {stand} and {other} overlap.",
    ),
    "stand_on_obstacle": Words(
        ar="الرواق {stand:ltr} فوق {thing:ltr}.",
        fr="Le stand {stand} est sur {thing}.",
        en="Stand {stand} lies on {thing}.",
    ),
    "door_blocked": Words(
        ar="{thing:ltr} أمام الباب {door:ltr}: يجب أن يبقى {metres:number} م فارغة.",
        fr="{thing} est devant la porte {door} : {metres:number} m doivent rester libres.",
        en="{thing} stands before door {door}: {metres:number} m must stay free.",
    ),
    "exit_blocked": Words(
        ar="{thing:ltr} أمام مخرج النجدة {door:ltr}: يجب أن يبقى {metres:number} م فارغة.",
        fr="{thing} est devant l’issue de secours {door} : {metres:number} m doivent rester libres.",
        en="{thing} stands before emergency exit {door}: {metres:number} m must stay free.",
    ),
    "stand_on_aisle": Words(
        ar="الرواق {stand:ltr} في الممر {thing:ltr}.",
        fr="Le stand {stand} est dans l’allée {thing}.",
        en="Stand {stand} stands in aisle {thing}.",
    ),
    "safety_line_crossed": Words(
        ar="الرواق {stand:ltr} يتجاوز خط السلامة {thing:ltr}.",
        fr="Le stand {stand} dépasse la ligne de sécurité {thing}.",
        en="Stand {stand} crosses safety line {thing}.",
    ),
    "way_narrow": Words(
        ar="الممر بين {first:ltr} و{second:ltr} عرضه {metres:number} م فقط، والمطلوب {least:number} م.",
        fr="Le passage entre {first} et {second} n’a que {metres:number} m ; il faut {least:number} m.",
        en="The way between {first} and {second} is only {metres:number} m wide; {least:number} m are asked.",
    ),
    "way_narrow_wall": Words(
        ar="الممر بين {first:ltr} والجدار عرضه {metres:number} م فقط، والمطلوب {least:number} م.",
        fr="Le passage entre {first} et le mur n’a que {metres:number} m ; il faut {least:number} m.",
        en="The way between {first} and the wall is only {metres:number} m wide; {least:number} m are asked.",
    ),
    "stand_without_circuit": Words(
        ar="في الرواق {stand:ltr} كهرباء لكنه غير مربوط بأي دارة.",
        fr="Le stand {stand} a l’électricité mais n’est sur aucun circuit.",
        en="Stand {stand} has power but is on no circuit.",
    ),
    "circuit_overloaded": Words(
        ar="الدارة الكهربائية {circuit:ltr} محملة فوق طاقتها: {load:number} واط من أصل {watts:number}.",
        fr="Le circuit {circuit} est surchargé : {load:number} W pour {watts:number} W.",
        en="Circuit {circuit} is overloaded: {load:number} W of {watts:number} W.",
    ),
    "block_apart": Words(
        ar="الأروقة {stands:ltr} لعارض واحد ولم تعد متجاورة.",
        fr="Les stands {stands} sont à un même exposant et ne se touchent plus.",
        en="Stands {stands} are of one exhibitor and no longer side by side.",
    ),
    "people_above_floor": Words(
        ar="عدد الناس المعلن {people:number}، والأرضية الفارغة تكفي {most:number} (شخص واحد في كل متر مربع).",
        fr="{people:number} personnes annoncées ; le sol libre en admet {most:number} (une par mètre carré).",
        en="{people:number} people are announced; the free floor allows {most:number} (one for each square metre).",
    ),
    "people_above_exits": Words(
        ar="عدد الناس المعلن {people:number}، والأبواب تكفي لخروج {most:number}: يلزم {ways} أبواب عرضها معا {units} وحدات مرور.",
        fr="{people:number} personnes annoncées ; les portes suffisent pour {most:number} : il faut {ways} issues et {units} unités de passage.",
        en="{people:number} people are announced; the doors suffice for {most:number}: {ways} ways out and {units} units of passage are needed.",
    ),
}
