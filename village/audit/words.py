"""What is said of witnesses, of their cosignatures and of what else binds the log to the world outside."""

from village.kit.i18n import Words

REFUSALS = {
    "witness_not_found": Words(
        "لا يوجد شاهد رقم {witness}.",
        "Il n’y a pas de témoin {witness}.",
        "There is no witness {witness}.",
    ),
    "witness_name_malformed": Words(
        "اسم المفتاح {name:ltr} غير صالح: استعملوا حروفا لاتينية صغيرة وأرقاما ونقطا وشُرطا فقط.",
        "Le nom de clé {name:ltr} ne convient pas : seulement de petites lettres latines, des chiffres, des points et des tirets.",
        "The key name {name:ltr} does not fit: small Latin letters, digits, points and hyphens only.",
    ),
    "witness_name_taken": Words(
        "اسم المفتاح {name:ltr} مستعمل. اختاروا اسما آخر.",
        "Le nom de clé {name:ltr} est déjà pris. Choisissez-en un autre.",
        "The key name {name:ltr} is taken. Choose another.",
    ),
    "witness_code_unknown": Words(
        "هذا الرمز غير معروف أو استُعمل أو فات أجله. اطلبوا من المنظم رمزا جديدا.",
        "Ce code est inconnu, a déjà servi ou a expiré. Demandez-en un nouveau à l’organisation.",
        "This code is unknown, has served already or is too old. Ask the organiser for a new one.",
    ),
    "witness_enrolled": Words(
        "للشاهد {name:ltr} لوحة مسجلة. للوحة أخرى، أضيفوا شاهدا جديدا.",
        "Le témoin {name:ltr} a déjà sa tablette. Pour une autre tablette, ajoutez un autre témoin.",
        "The witness {name:ltr} has a tablet already. For another tablet, add another witness.",
    ),
    "witness_retired": Words(
        "انتهت مهمة الشاهد {name:ltr}.",
        "La mission du témoin {name:ltr} est terminée.",
        "The witness {name:ltr} keeps heads no more.",
    ),
    "witness_unknown": Words(
        "لا نعرف شاهدا بمفتاح اسمه {name:ltr}.",
        "Aucun témoin n’a de clé nommée {name:ltr}.",
        "No witness has a key named {name:ltr}.",
    ),
    "witness_key_malformed": Words(
        "مفتاح اللوحة غير مكتوب بالصيغة المتفق عليها.",
        "La clé de la tablette n’est pas écrite dans la forme convenue.",
        "The tablet’s key is not written in the agreed form.",
    ),
    "witness_key_known": Words(
        "هذا المفتاح لشاهد آخر أو للسجل نفسه: لكل شاهد مفتاح خاص به.",
        "Cette clé est celle d’un autre témoin ou du journal : à chaque témoin la sienne.",
        "This key is another witness’s or the log’s own: every witness has its own.",
    ),
    "cosignature_wrong": Words(
        "توقيع {name:ltr} لا يوافق الختم عند {size} سطر.",
        "La signature de {name:ltr} ne répond pas au sceau posé à {size} lignes.",
        "The signature of {name:ltr} does not match the seal set at {size} lines.",
    ),
    "cosignature_clock": Words(
        "ساعة اللوحة خاطئة بنحو {minutes} دقيقة. اضبطوها ثم وقعوا من جديد.",
        "L’horloge de la tablette se trompe d’environ {minutes} min. Réglez-la, puis signez de nouveau.",
        "The tablet’s clock is wrong by about {minutes} min. Set it, then sign again.",
    ),
    "cosignature_unreadable": Words(
        "هذا ليس توقيع لوحة. انسخوا السطر كله كما تعرضه.",
        "Ce n’est pas la signature d’une tablette. Copiez la ligne entière, telle qu’elle l’affiche.",
        "This is no tablet’s signature. Copy the whole line as it shows it.",
    ),
    "audit_timestamp_not_found": Words(
        "لم تختم أي سلطة خارجية هذا الختم زمنيا.",
        "Aucune autorité extérieure n’a horodaté ce sceau.",
        "No authority outside has stamped this seal.",
    ),
    "timestamp_wrong": Words(
        "الختم الزمني لا يوافق ختم السجل أو ليس من السلطة المعروفة.",
        "L’horodatage ne répond pas au sceau ou ne vient pas de l’autorité connue.",
        "The time stamp does not match the seal or is not by the known authority.",
    ),
}

DEEDS = {
    "witness.invited": Words(
        "دُعي شاهد جديد، مفتاحه {name:ltr}",
        "Un témoin a été invité, sa clé est {name:ltr}",
        "A witness was invited, its key is {name:ltr}",
    ),
    "witness.enrolled": Words(
        "سُجلت لوحة الشاهد {name:ltr}",
        "La tablette du témoin {name:ltr} a été enregistrée",
        "The tablet of the witness {name:ltr} was enrolled",
    ),
    "witness.retired": Words(
        "انتهت مهمة الشاهد {name:ltr}",
        "La mission du témoin {name:ltr} a pris fin",
        "The witness {name:ltr} was retired",
    ),
    "log.beacon_noted": Words(
        "دُوّنت المنارة العمومية، الجولة {round}",
        "La balise publique a été notée, tour {round}",
        "The public beacon was noted, round {round}",
    ),
}

KINDS = {
    "jury": Words("لجنة التحكيم", "Le jury", "The jury"),
    "cooperative": Words("تعاونية", "Une coopérative", "A cooperative"),
    "officer": Words("مفوض قضائي أو موثق", "Un huissier ou notaire", "A bailiff or notary"),
    "public": Words("الجمهور", "Le public", "The public"),
    "auditor": Words("مدقق", "Un auditeur", "An auditor"),
}
