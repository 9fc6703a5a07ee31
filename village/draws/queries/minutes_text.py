"""The fixed words of the minutes, in Arabic and in French: each a whole text, none translated from the other."""

# ruff: noqa: E501 - one sentence stays whole in each language

from __future__ import annotations

from typing import Any, Literal

_UNITS_AR = ("الأولى", "الثانية", "الثالثة", "الرابعة", "الخامسة", "السادسة", "السابعة", "الثامنة", "التاسعة")
_TENS_AR = ("العشرين", "الثلاثين", "الأربعين", "الخمسين", "الستين", "السبعين", "الثمانين", "التسعين")
_PLURAL, _TEN, _TWENTY, _HUNDRED = 2, 10, 20, 100


def ordinal(number: int, lang: Literal["ar", "fr"]) -> str:
    """Write the number of an edition as an ordinal, feminine: الرابعة عشرة, 14e; beyond 99 as a plain number."""
    if lang == "fr":
        return "1re" if number == 1 else f"{number}e"
    if not 0 < number < _HUNDRED:
        return str(number)
    unit = number % _TEN
    if number < _TEN:
        return _UNITS_AR[number - 1]
    if number == _TEN:
        return "العاشرة"
    joined = "الحادية" if unit == 1 else _UNITS_AR[unit - 1]
    if number < _TWENTY:
        return f"{joined} عشرة"
    tens = _TENS_AR[number // _TEN - 2]
    return f"{joined} و{tens}" if unit else tens


def winners(number: int, lang: Literal["ar", "fr"]) -> str:
    """Count those to be drawn as the opening sentence needs them: in Arabic after «لتعيين», so in the genitive."""
    if lang == "fr":
        return f"{number} gagnant" if number < _PLURAL else f"{number} gagnants"
    if number <= _PLURAL:
        return "فائز واحد" if number == 1 else "فائزين اثنين"
    few = number % _HUNDRED
    noun = "فائزين" if _PLURAL < few <= _TEN else "فائزا" if few > _TEN else "فائز"
    return f"{number} {noun}"


TEXT: dict[str, dict[str, Any]] = {
    "ar": {
        "title": "محضر القرعة",
        "number": "القرعة رقم {number} من الدورة ({edition}/{code})",
        "demonstration": "عرض تجريبي: هذه دورة مختلقة للعرض، ولا يترتب عن هذا المحضر أي أثر.",
        "opening": "في يوم {day} على الساعة {time}، بـ{place}، وفي إطار الدورة {ordinal} للقرية التضامنية، اجتمعت لجنة "
        "القرعة بحضور السادة والسيدات الموقعين أسفله، قصد إجراء قرعة علنية لتعيين {winners} للاستفادة من: {prize}.",
        "sections": [
            "أعضاء اللجنة والشهود",
            "القواعد المعلنة وتاريخ نشرها",
            "لائحة المؤهلين المحصورة وعددهم وبصمتها الرقمية",
            "المستبعدون وسبب الاستبعاد",
            "كيفية السحب وما يسمح بإعادة التحقق منه",
            "النتائج حسب ترتيب السحب: الفائزون ثم الاحتياطيون",
            "النداءات والإلغاءات والتعويضات وتسليم الجوائز",
            "الملاحظات والتعرضات",
            "اختتام المحضر",
        ],
        "called": ("", ""),
        "role": "الصفة",
        "name": "الاسم",
        "signature": "التوقيع",
        "began": "بداية الجلسة",
        "closed": "إغلاق باب المساهمات",
        "revealed": "كشف كل المعطيات",
        "ended": "إعلان النتيجة",
        "rule": "من يشارك",
        "prizes": "الجوائز حسب الترتيب",
        "pool": "أصحاب التذاكر",
        "pools": {"exhibitors": "العارضون المقبولون، تذكرة لكل واحد", "visitors": "الزوار الذين دخلوا، تذكرة لكل واحد"},
        "replacement": "إذا سقط فائز",
        "replacements": {"ordered": "يليه من بعده في نفس الترتيب", "fresh": "ترتيب جديد بجولة لاحقة من المنارة"},
        "group": "أقصى عدد من الجوائز لهيئة واحدة",
        "given_by": "هبة من",
        "value_mad": "درهم",
        "announced": "الساعة المعلنة",
        "committed": "تاريخ حصر اللائحة ونشر القواعد",
        "tickets": "عدد التذاكر",
        "counts": "عد الشارات من طرف شخصين، كل واحد وحده",
        "list_root": "بصمة اللائحة",
        "reason": "السبب",
        "count": "العدد",
        "nobody": "لا أحد.",
        "method": {
            "seats": "سلم كل شاهد رقما مختوما قبل فتح أي ظرف. بعد الإغلاق فُتحت الأظرفة وقُرئت الأرقام جهرا.",
            "beacon": "واحتُسبت جولة واحدة من المنارة العمومية (drand) حُددت قبل القرعة، وهي أول جولة عند الساعة المعلنة، وتُحقق من توقيعها.",
            "secret": "ثم كُشف السر الذي نُشرت بصمته مع اللائحة.",
            "all": "من كل هذا تُحسب بذرة عشوائية واحدة، ومنها رتبة كل تذكرة. من غيّر شيئا تغيرت الرتب كلها، ومن عنده هذه المعطيات يجد نفس النتيجة.",
        },
        "witness": "الشاهد",
        "sealed": "بصمة الظرف المختوم",
        "value": "الرقم",
        "paper": "ظرف من ورق",
        "not_handed_in": "لم يُسلم أي ظرف",
        "commitment": "بصمة الالتزام",
        "beacon_round": "جولة المنارة",
        "beacon_signature": "توقيع الجولة",
        "beacon_randomness": "ما أعطته الجولة",
        "secret": "السر",
        "seed": "البذرة العشوائية",
        "verifier": "بصمة برنامج التحقق verify_draw.py",
        "checked": "ما تم التحقق منه",
        "checks": {
            "list": "حُصرت اللائحة قبل الساعة المعلنة بدقيقة على الأقل، ولم تتغير بعد ذلك.",
            "counts": "العدّان متساويان ويطابقان عدد التذاكر.",
            "seats": "كل الأظرفة سُلمت قبل فتح أولها، وكل رقم يطابق ظرفه المختوم.",
            "beacon": "توقيع جولة المنارة صحيح، وهي الجولة المحددة قبل القرعة.",
            "secret": "السر هو الذي نُشرت بصمته قبل القرعة.",
            "quorum": "وقّع الشهود على رأس السجل بعد كل مرحلة.",
            "again": "أعيد حساب الترتيب كله ببرنامج مستقل عند تحرير هذا المحضر، والنتيجة واحدة.",
        },
        "head": "رأس السجل الموقع بعد النتيجة",
        "scan_page": "صفحة القرعة: اللائحة، الملف الكامل، برنامج التحقق",
        "scan_head": "رأس السجل: عدد الأسطر والجذر",
        "place": "المرتبة",
        "prize": "الفائز",
        "substitute": "الاحتياطي",
        "ticket": "التذكرة",
        "rank": "الرتبة",
        "ranking": "ترتيب كل التذاكر",
        "ranking_cut": "بقية الترتيب في الملف الكامل وفي صفحة القرعة.",
        "heads": "رؤوس السجل الموقعة: المرحلة، عدد الأسطر، توقيعات الشهود",
        "steps": {
            "committed": "حصر اللائحة",
            "went_offline": "السير بدون منارة",
            "closed": "إغلاق المساهمات",
            "concluded": "النتيجة",
            "voided": "إلغاء دور",
        },
        "event": "ما وقع",
        "hour": "الساعة",
        "calls": "عدد النداءات: {number}",
        "claimed": "حضر الفائز",
        "voided": "أُلغي الدور بكلمة شخصين: {reason}",
        "replaced": "جاء دوره في المرتبة {rank}",
        "handed_over": "سُلمت الجائزة",
        "withdrawn": "سُحبت الجائزة: {reason}",
        "offline": "تقرر قبل الساعة المعلنة السير بدون منارة",
        "no_turn": "لم يقع بعد أي نداء ولا تسليم.",
        "no_incident": "لم تسجل أي ملاحظة ولا أي تعرض.",
        "closing": "وبه حرر هذا المحضر في نظيرين أصليين ليوقع عليه الحاضرون، وأقفل على الساعة {time}.",
        "verifiable": "وثيقة قابلة للتحقق",
    },
    "fr": {
        "title": "Procès-verbal de tirage au sort",
        "number": "Tirage n° {number} de l’édition ({edition}/{code})",
        "demonstration": "Démonstration : cette édition est inventée et ce procès-verbal est sans effet.",
        "opening": "Le {day} à {time}, à {place}, dans le cadre de la {ordinal} édition du Village solidaire, la commission "
        "du tirage s’est réunie en présence des personnes signataires ci-dessous, en vue de procéder au tirage au sort "
        "public désignant {winners} {called} à bénéficier de : {prize}.",
        "sections": [
            "Membres de la commission et témoins",
            "Règlement annoncé et date de publication",
            "Liste arrêtée des participants, leur nombre et son empreinte",
            "Exclus et motif",
            "Mode de tirage et éléments permettant de le revérifier",
            "Résultats dans l’ordre du tirage : gagnants puis suppléants",
            "Appels, annulations, remplacements et remise des lots",
            "Observations et réclamations",
            "Clôture du procès-verbal",
        ],
        "called": ("appelé", "appelés"),
        "role": "Qualité",
        "name": "Nom",
        "signature": "Signature",
        "began": "Début de la séance",
        "closed": "Clôture des contributions",
        "revealed": "Tout est révélé",
        "ended": "Proclamation du résultat",
        "rule": "Qui participe",
        "prizes": "Lots, dans l’ordre",
        "pool": "Porteurs de tickets",
        "pools": {
            "exhibitors": "exposants acceptés, un ticket chacun",
            "visitors": "visiteurs admis, un ticket chacun",
        },
        "replacement": "Si un gagnant tombe",
        "replacements": {
            "ordered": "le suivant du même classement",
            "fresh": "nouveau classement par un tour ultérieur de la balise",
        },
        "group": "Lots au plus pour un même organisme",
        "given_by": "offert par",
        "value_mad": "DH",
        "announced": "Heure annoncée",
        "committed": "Liste arrêtée et règles publiées le",
        "tickets": "Nombre de tickets",
        "counts": "Badges comptés par deux personnes, chacune seule",
        "list_root": "Empreinte de la liste",
        "reason": "Motif",
        "count": "Nombre",
        "nobody": "Personne.",
        "method": {
            "seats": "Chaque témoin a remis un nombre scellé avant l’ouverture de toute enveloppe. Après la clôture, les enveloppes ont été ouvertes et les nombres lus à voix haute.",
            "beacon": "Un seul tour de la balise publique (drand) compte : le premier à l’heure annoncée, fixé avant le tirage ; sa signature a été vérifiée.",
            "secret": "Puis le secret, dont l’empreinte était publiée avec la liste, a été révélé.",
            "all": "De tout cela se calcule une seule graine, et d’elle le rang de chaque ticket : changer un élément change tous les rangs, et quiconque tient ces éléments retrouve le même résultat.",
        },
        "witness": "Témoin",
        "sealed": "Empreinte de l’enveloppe scellée",
        "value": "Nombre",
        "paper": "enveloppe de papier",
        "not_handed_in": "aucune enveloppe remise",
        "commitment": "Empreinte de l’engagement",
        "beacon_round": "Tour de la balise",
        "beacon_signature": "Signature du tour",
        "beacon_randomness": "Ce que le tour a donné",
        "secret": "Secret",
        "seed": "Graine aléatoire",
        "verifier": "Empreinte du programme verify_draw.py",
        "checked": "Vérifications faites",
        "checks": {
            "list": "La liste était arrêtée au moins une minute avant l’heure annoncée et n’a pas changé depuis.",
            "counts": "Les deux comptes sont égaux au nombre de tickets.",
            "seats": "Toutes les enveloppes étaient remises avant l’ouverture de la première, et chaque nombre est celui qui était scellé.",
            "beacon": "La signature du tour de la balise est authentique, et c’est le tour fixé avant le tirage.",
            "secret": "Le secret est celui dont l’empreinte était publiée avant le tirage.",
            "quorum": "Les témoins ont signé la tête du journal après chaque étape.",
            "again": "Le classement entier a été recalculé par un programme indépendant à la rédaction du procès-verbal : même résultat.",
        },
        "head": "Tête signée du journal après le résultat",
        "scan_page": "Page du tirage : liste, dossier complet, programme de vérification",
        "scan_head": "Tête du journal : nombre de lignes et racine",
        "place": "Place",
        "prize": "Gagnant",
        "substitute": "Suppléant",
        "ticket": "Ticket",
        "rank": "Rang",
        "ranking": "Classement de tous les tickets",
        "ranking_cut": "La suite du classement est dans le dossier complet et sur la page du tirage.",
        "heads": "Têtes signées du journal : étape, nombre de lignes, signatures des témoins",
        "steps": {
            "committed": "liste arrêtée",
            "went_offline": "sans la balise",
            "closed": "contributions closes",
            "concluded": "résultat",
            "voided": "tour annulé",
        },
        "event": "Fait",
        "hour": "Heure",
        "calls": "appels : {number}",
        "claimed": "le gagnant s’est présenté",
        "voided": "tour annulé sur la parole de deux personnes : {reason}",
        "replaced": "vient à son tour, rang {rank}",
        "handed_over": "lot remis",
        "withdrawn": "lot retiré : {reason}",
        "offline": "Avant l’heure annoncée, il a été décidé de se passer de la balise",
        "no_turn": "Ni appel ni remise pour l’instant.",
        "no_incident": "Aucune observation ni réclamation.",
        "closing": "En foi de quoi le présent procès-verbal, établi en deux exemplaires originaux, a été signé par les présents "
        "et clos à {time}.",
        "verifiable": "Document vérifiable",
    },
}
