"""What the log says: refusals, and what a verification found, in Arabic, French and English."""

from village.audit import words
from village.kit.i18n import Words

REFUSALS = {
    **words.REFUSALS,
    "audit_log_empty": Words(
        "السجل فارغ: لا يوجد ما يُختم بعد.",
        "Le journal est vide : il n’y a encore rien à sceller.",
        "The log is empty: there is nothing to seal yet.",
    ),
    "audit_entry_not_found": Words(
        "لا يوجد سطر رقم {number} في السجل.",
        "Le journal n’a pas de ligne {number}.",
        "The log has no line {number}.",
    ),
    "audit_checkpoint_not_found": Words(
        "لم يُختم السجل بعد.",
        "Le journal n’a pas encore été scellé.",
        "The log has not been sealed yet.",
    ),
    "audit_size_not_found": Words(
        "لم يبلغ السجل قط {size} سطرا.",
        "Le journal n’a jamais compté {size} lignes.",
        "The log never had {size} lines.",
    ),
    "audit_size_zero": Words(
        "لا معنى للمقارنة مع سجل فارغ: كل سجل يبدأ من الفراغ.",
        "Comparer avec un journal vide ne prouve rien : tout journal commence vide.",
        "Comparing with an empty log proves nothing: every log begins empty.",
    ),
    "audit_log_damaged": Words(
        "السجل المخزون تالف قرب السطر {number}. أخبروا المدقق فورا.",
        "Le journal enregistré est abîmé près de la ligne {number}. Prévenez l’auditeur sans attendre.",
        "The stored log is damaged near line {number}. Tell the auditor at once.",
    ),
    "audit_line_missing": Words(
        "السطر {number} ناقص.",
        "La ligne {number} manque.",
        "Line {number} is missing.",
    ),
    "audit_line_changed": Words(
        "السطر {number} لم يعد كما كُتب.",
        "La ligne {number} n’est plus celle qui a été écrite.",
        "Line {number} is not as it was written.",
    ),
    "audit_line_unreadable": Words(
        "السطر {number} ليس مكتوبا بالصيغة المتفق عليها.",
        "La ligne {number} n’est pas écrite dans la forme convenue.",
        "Line {number} is not written in the agreed form.",
    ),
    "audit_line_mislabelled": Words(
        "بطاقة البحث عن السطر {number} لا توافق ما كُتب فيه.",
        "L’étiquette de recherche de la ligne {number} ne dit pas ce qui y est écrit.",
        "The search label of line {number} does not say what is written in it.",
    ),
    "audit_node_changed": Words(
        "بصمة محسوبة عند السطر {number} تغيرت أو ضاعت.",
        "Une empreinte calculée à la ligne {number} a changé ou manque.",
        "A hash computed at line {number} was changed or is missing.",
    ),
    "audit_head_changed": Words(
        "بصمة السجل كله، عند {size} سطر، لا توافق أسطره.",
        "L’empreinte du journal entier, à {size} lignes, ne répond pas à ses lignes.",
        "The hash of the whole log, at {size} lines, does not match its lines.",
    ),
    "audit_checkpoint_changed": Words(
        "الختم عند {size} سطر لا يوافق أسطر السجل.",
        "Le sceau posé à {size} lignes ne répond pas aux lignes du journal.",
        "The seal set at {size} lines does not match the lines of the log.",
    ),
    "audit_checkpoint_unsigned": Words(
        "الختم عند {size} سطر ليس من مفتاح هذا السجل.",
        "Le sceau posé à {size} lignes n’est pas de la clé de ce journal.",
        "The seal set at {size} lines is not by this log’s key.",
    ),
}

# Why a head was sealed: by the reason's code, else by its family (the part before the dot).
SEALED_BECAUSE = {
    "asked": Words("بطلب من مدقق", "À la demande d’un auditeur", "An auditor asked for it"),
    "day": Words("انتهى يوم من المعرض", "Fin d’une journée de la foire", "A day of the fair ended"),
    "draw": Words("خطوة من خطوات القرعة", "Une étape d’un tirage au sort", "A step of a draw"),
    "certificates": Words("إصدار شواهد", "Émission d’attestations", "Certificates were issued"),
    "demo": Words("تحميل معطيات العرض", "Chargement de la démonstration", "The demonstration was loaded"),
}

DEEDS: dict[str, Words] = {**words.DEEDS}
