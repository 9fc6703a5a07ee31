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
    "audit_file_unreadable": Words(
        "هذا الملف ليس نسخة من السجل، أو هو ناقص.",
        "Ce fichier n’est pas une copie du journal, ou il est abîmé.",
        "This file is not a copy of the log, or it is damaged.",
    ),
    "audit_file_longer": Words(
        "في الملف أسطر أكثر من {size} سطر الذي يعلنه.",
        "Le fichier contient plus de lignes que les {size} qu’il annonce.",
        "The file holds more lines than the {size} it announces.",
    ),
    "audit_file_head_unsigned": Words(
        "الختم رقم {number} في الملف ليس من مفتاح هذا السجل، أو توقيع شاهد عليه لا يصح.",
        "Le sceau n° {number} du fichier n’est pas de la clé de ce journal, ou la signature d’un témoin n’est pas bonne.",
        "Seal no. {number} of the file is not by this log’s key, or a witness’s signature under it does not hold.",
    ),
    "audit_file_unsealed": Words(
        "الأختام لا تغطي إلا {sealed} من {size} سطر في الملف.",
        "Les sceaux ne couvrent que {sealed} des {size} lignes du fichier.",
        "The seals cover only {sealed} of the {size} lines of the file.",
    ),
    "audit_key_unreadable": Words(
        "هذا ليس مفتاحا لسجل.",
        "Ce n’est pas la clé d’un journal.",
        "This is not the key of a log.",
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
    "exported": Words("أُخذت نسخة من السجل", "Une copie du journal a été prise", "A copy of the log was taken"),
    "demo": Words("تحميل معطيات العرض", "Chargement de la démonstration", "The demonstration was loaded"),
}

DEEDS: dict[str, Words] = {
    "log.exported": Words(
        "أُخذت نسخة كاملة من السجل.",
        "Une copie entière du journal a été prise.",
        "A whole copy of the log was taken.",
    ),
    **words.DEEDS,
}
