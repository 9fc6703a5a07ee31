"""The sentences of refusals and deeds on persons and accounts, and the names of roles."""

from __future__ import annotations

from village.kit.i18n import Words
from village.people.rules import Sign

REFUSALS = {
    "person_not_found": Words(
        ar="لم نجد هذا الشخص.",
        fr="Cette personne est introuvable.",
        en="This person was not found.",
    ),
    "person_without_name": Words(
        ar="لا بد من اسم بالعربية أو بالحروف اللاتينية.",
        fr="Il faut un nom, en arabe ou en lettres latines.",
        en="A name is needed, in Arabic or in Latin letters.",
    ),
    "person_category_unknown": Words(
        ar="لا توجد هذه الفئة من الأشخاص: {category}.",
        fr="Cette catégorie de personnes n’existe pas : {category}.",
        en="There is no such category of persons: {category}.",
    ),
    "phone_invalid": Words(
        ar="رقم الهاتف {phone:ltr} غير صحيح. اكتبوه هكذا: 06 00 00 00 12.",
        fr="Le numéro de téléphone {phone} n’est pas valable. Écrivez-le ainsi : 06 00 00 00 12.",
        en="The telephone number {phone} is not valid. Write it like this: 06 00 00 00 12.",
    ),
    "account_not_found": Words(
        ar="لا يوجد هذا الحساب.",
        fr="Ce compte n’existe pas.",
        en="There is no such account.",
    ),
    "username_malformed": Words(
        ar="اسم المستخدم من 3 إلى 64 حرفا لاتينيا صغيرا أو رقما، ويمكن أن تفصل بينها نقطة أو شرطة.",
        fr="Le nom d’utilisateur compte 3 à 64 petites lettres latines ou chiffres, séparés au besoin par un point ou un tiret.",
        en="A user name has 3 to 64 small Latin letters or digits, with single dots or dashes between them.",
    ),
    "username_taken": Words(
        ar="اسم المستخدم {username:ltr} مأخوذ. اختاروا اسما آخر.",
        fr="Le nom d’utilisateur {username} est déjà pris. Choisissez-en un autre.",
        en="The user name {username} is taken. Choose another one.",
    ),
    "email_taken": Words(
        ar="هذا البريد الإلكتروني مرتبط بحساب آخر.",
        fr="Cette adresse électronique appartient déjà à un autre compte.",
        en="This mail address belongs to another account.",
    ),
    "account_without_role": Words(
        ar="اختاروا صفة واحدة على الأقل.",
        fr="Choisissez au moins un rôle.",
        en="Choose at least one role.",
    ),
    "role_unknown": Words(
        ar="لا توجد هذه الصفة: {role:ltr}.",
        fr="Ce rôle n’existe pas : {role}.",
        en="There is no such role: {role}.",
    ),
    "password_too_short": Words(
        ar="كلمة السر قصيرة: لا بد من {least} أحرف أو أكثر.",
        fr="Le mot de passe est trop court : il faut au moins {least} caractères.",
        en="The password is too short: at least {least} characters are needed.",
    ),
    "password_too_long": Words(
        ar="كلمة السر طويلة جدا: {most} حرف على الأكثر.",
        fr="Le mot de passe est trop long : {most} caractères au plus.",
        en="The password is too long: {most} characters at most.",
    ),
    "password_holds_username": Words(
        ar="كلمة السر قريبة جدا من اسم المستخدم.",
        fr="Le mot de passe est trop proche du nom d’utilisateur.",
        en="The password is too close to the user name.",
    ),
    "own_account": Words(
        ar="لا يمكن أن تغلقوا حسابكم بأنفسكم. اطلبوا ذلك من منظم آخر.",
        fr="Vous ne pouvez pas fermer votre propre compte. Demandez-le à une autre personne de l’organisation.",
        en="You cannot close your own account. Ask another organiser.",
    ),
    "last_organiser": Words(
        ar="هذا آخر حساب مفتوح للتنظيم. افتحوا حسابا آخر للتنظيم أولا.",
        fr="C’est le dernier compte ouvert de l’organisation. Ouvrez-en d’abord un autre.",
        en="This is the last open organiser’s account. Open another one first.",
    ),
    "recovery_code_used": Words(
        ar="استُعمل رمز الاسترجاع هذا من قبل.",
        fr="Ce code de secours a déjà servi.",
        en="This recovery code has been used already.",
    ),
    "merge_of_one": Words(
        ar="اختاروا شخصين مختلفين.", fr="Choisissez deux personnes différentes.", en="Choose two different persons."
    ),
    "person_merged_already": Words(
        ar="ضُم هذا الشخص إلى شخص آخر من قبل. أعيدوا فتح اللائحة.",
        fr="Cette personne a déjà été réunie à une autre. Rouvrez la liste.",
        en="This person was merged into another already. Please open the list again.",
    ),
    "person_erased": Words(
        ar="حُذف اسم هذا الشخص بطلب منه، ولا رجوع في ذلك.",
        fr="Le nom de cette personne a été effacé à sa demande ; c’est définitif.",
        en="This person’s name was taken out at their wish; that is final.",
    ),
    "not_said_distinct": Words(
        ar="لم يُقل عن هذين إنهما شخصان، أو تُراجع عن ذلك من قبل.",
        fr="Il n’est pas noté que ces deux fiches sont deux personnes, ou cela a déjà été repris.",
        en="It is not noted that these are two people, or it was taken back already.",
    ),
    "merge_not_found": Words(
        ar="لا يوجد هذا الضم.", fr="Cette réunion de fiches est introuvable.", en="There is no such merge."
    ),
    "merge_undone": Words(
        ar="سبق التراجع عن هذا الضم.", fr="Cette réunion a déjà été annulée.", en="This merge was undone already."
    ),
    "merge_built_upon": Words(
        ar="وقع ضم آخر بعد هذا. تراجعوا عن الأخير أولا.",
        fr="Une autre réunion a suivi celle-ci. Annulez d’abord la dernière.",
        en="Another merge followed this one. Undo the last one first.",
    ),
    "merge_changed_since": Words(
        ar="تغير شيء بعد هذا الضم، فلا يمكن إرجاع كل شيء كما كان.",
        fr="Quelque chose a changé depuis ; tout ne peut plus être remis comme avant.",
        en="Something has changed since; not everything can be put back as it was.",
    ),
    "api_key_not_found": Words(
        ar="لا يوجد هذا المفتاح.",
        fr="Cette clé n’existe pas.",
        en="There is no such key.",
    ),
    "api_key_without_name": Words(
        ar="سمّوا البرنامج الذي سيستعمل المفتاح.",
        fr="Nommez le programme qui utilisera la clé.",
        en="Name the program that will use the key.",
    ),
    "api_key_without_scope": Words(
        ar="اختاروا ما يسمح به المفتاح.",
        fr="Choisissez ce que la clé permet.",
        en="Choose what the key is for.",
    ),
}

DEEDS = {
    "person.added": Words(ar="أضيف شخص.", fr="Une personne a été ajoutée.", en="A person was added."),
    "people.added": Words(
        ar="أضيفت مجموعة من الأشخاص، عددها {people}.",
        fr="Un groupe de personnes a été ajouté, au nombre de {people}.",
        en="A group of persons was added, {people} in number.",
    ),
    "person.link_renewed": Words(
        ar="أُلغي الرابط الشخصي القديم وأُعد رابط جديد.",
        fr="L’ancien lien personnel a été annulé et un nouveau a été préparé.",
        en="The old personal link was ended and a new one prepared.",
    ),
    "account.created": Words(
        ar="فُتح حساب جديد بصفة: {roles:ltr}.",
        fr="Un compte a été ouvert avec le rôle : {roles}.",
        en="An account was opened with the role: {roles}.",
    ),
    "account.roles_set": Words(
        ar="صارت صفة الحساب: {roles:ltr}.",
        fr="Le rôle du compte est désormais : {roles}.",
        en="The account’s role is now: {roles}.",
    ),
    "account.closed": Words(ar="أُغلق الحساب.", fr="Le compte a été fermé.", en="The account was closed."),
    "account.opened": Words(ar="أُعيد فتح الحساب.", fr="Le compte a été rouvert.", en="The account was opened again."),
    "account.reset": Words(
        ar="أُعطيت للحساب كلمة سر جديدة وأُلغيت وسائل الدخول الأخرى.",
        fr="Le compte a reçu un nouveau mot de passe ; ses autres moyens de connexion sont annulés.",
        en="The account was given a new password; its other ways of signing in were ended.",
    ),
    "account.signed_in": Words(ar="تم الدخول بالحساب.", fr="Connexion au compte.", en="The account was signed in to."),
    "account.password_changed": Words(
        ar="غُيرت كلمة السر.", fr="Le mot de passe a été changé.", en="The password was changed."
    ),
    "account.second_factor_set": Words(
        ar="صار الدخول يطلب رمزا من الهاتف.",
        fr="La connexion demande désormais un code du téléphone.",
        en="Signing in now asks for a code from the telephone.",
    ),
    "account.second_factor_removed": Words(
        ar="لم يعد الدخول يطلب رمزا من الهاتف.",
        fr="La connexion ne demande plus de code du téléphone.",
        en="Signing in no longer asks for a code from the telephone.",
    ),
    "account.recovery_codes_made": Words(
        ar="أُعدت رموز استرجاع جديدة.",
        fr="De nouveaux codes de secours ont été créés.",
        en="New recovery codes were made.",
    ),
    "account.recovery_code_used": Words(
        ar="استُعمل رمز استرجاع.", fr="Un code de secours a servi.", en="A recovery code was used."
    ),
    "account.passkey_added": Words(
        ar="أضيف مفتاح دخول.", fr="Une clé d’accès a été ajoutée.", en="A passkey was added."
    ),
    "account.passkey_removed": Words(
        ar="حُذف مفتاح دخول.", fr="Une clé d’accès a été supprimée.", en="A passkey was removed."
    ),
    "person.merged": Words(
        ar="تبين أن شخصين شخص واحد فضُمّا.",
        fr="Deux fiches étaient la même personne : elles sont réunies.",
        en="Two persons turned out to be one and were merged.",
    ),
    "person.merge_undone": Words(
        ar="تُراجع عن ضم شخصين.",
        fr="La réunion de deux personnes a été annulée.",
        en="The merge of two persons was undone.",
    ),
    "person.said_distinct": Words(
        ar="أُكد أن شخصين متشابهين مختلفان.",
        fr="Deux personnes qui se ressemblent sont bien deux.",
        en="Two persons who look alike were said to be two.",
    ),
    "person.distinct_taken_back": Words(
        ar="تُراجع عن القول إن شخصين متشابهين مختلفان.",
        fr="Il n’est plus noté que deux personnes qui se ressemblent sont deux.",
        en="It was taken back that two persons who look alike are two.",
    ),
    "data.forgotten": Words(
        ar="انتهت مدة حفظ معطيات فحُذفت: {what:ltr}، عددها {rows:number}.",
        fr="La durée de conservation est passée : données effacées ({what}), au nombre de {rows:number}.",
        en="Data kept long enough were taken out: {what}, {rows:number} in number.",
    ),
    "person.erased": Words(
        ar="حُذف اسم شخص بطلب منه.",
        fr="Le nom d’une personne a été effacé à sa demande.",
        en="A person’s name was taken out at their wish.",
    ),
    "person.exported": Words(
        ar="سُلمت لشخص معطياته.", fr="Une personne a reçu ses données.", en="A person was given their data."
    ),
    "api_key.made": Words(
        ar="أُنشئ مفتاح لبرنامج آخر.",
        fr="Une clé a été créée pour un autre programme.",
        en="A key was made for another program.",
    ),
    "api_key.revoked": Words(
        ar="أُلغي مفتاح برنامج آخر.",
        fr="La clé d’un autre programme a été révoquée.",
        en="The key of another program was revoked.",
    ),
}

ROLE_NAMES = {
    "organiser": Words(ar="التنظيم", fr="Organisation", en="Organiser"),
    "floor_manager": Words(ar="المكلف بالأروقة", fr="Responsable des stands", en="Stand manager"),
    "desk": Words(ar="فريق الاستقبال", fr="Équipe d’accueil", en="Check-in staff"),
    "juror": Words(ar="عضو لجنة التحكيم", fr="Membre du jury", en="Juror"),
    "chair": Words(ar="رئاسة لجنة التحكيم", fr="Présidence du jury", en="Chair of the jury"),
    "commission": Words(ar="لجنة القرعة", fr="Commission du tirage", en="Draw commission"),
    "auditor": Words(ar="المدقق", fr="Auditeur", en="Auditor"),
    "exhibitor": Words(ar="عارض", fr="Exposant", en="Exhibitor"),
}

# What speaks for two persons being one, or against it.
SIGN_WORDS = {
    Sign.SAME_NAME: Words(ar="الاسم نفسه", fr="même nom", en="same name"),
    Sign.SOUNDS_ALIKE: Words(
        ar="الاسم يُنطق بنفس الطريقة", fr="le nom se prononce pareil", en="the name sounds the same"
    ),
    Sign.SHORTER_NAME: Words(
        ar="اسم منهما جزء من الآخر", fr="un nom est une partie de l’autre", en="one name is a part of the other"
    ),
    Sign.SAME_PHONE: Words(ar="الهاتف نفسه", fr="même téléphone", en="same telephone"),
    Sign.SAME_EMAIL: Words(ar="البريد الإلكتروني نفسه", fr="même adresse électronique", en="same mail address"),
    Sign.OTHER_PHONE: Words(ar="هاتفان مختلفان", fr="téléphones différents", en="different telephones"),
    Sign.OTHER_GENDER: Words(ar="رجل وامرأة", fr="un homme et une femme", en="a man and a woman"),
}

# What is kept about a person, as that person reads it: parts, fields, and values that are codes.
DATA_TITLES = {
    "person": Words(ar="المعلومات الشخصية", fr="Informations personnelles", en="Personal details"),
    "delegate": Words(ar="ممثل في رواق", fr="Représentant sur un stand", en="Delegate at a stand"),
    "registrations": Words(
        ar="طلبات التسجيل في الورشات", fr="Demandes d’inscription aux ateliers", en="Requests for workshops"
    ),
    "badges": Words(ar="الشارات", fr="Badges", en="Badges"),
    "scans": Words(ar="الحضور عند الأبواب", fr="Passages aux portes", en="Seen at the doors"),
    "certificates": Words(ar="الشواهد", fr="Attestations", en="Certificates"),
    "draws": Words(ar="القرعات التي لكم فيها تذكرة", fr="Tirages où figure votre ticket", en="Draws with your ticket"),
    "invited": Words(ar="دعوات إلى ورشات", fr="Invitations à des séances", en="Invitations to sessions"),
    "told": Words(ar="ما أُخبرتم به", fr="Ce qui vous a été annoncé", en="What you were told"),
    "letters": Words(ar="الرسائل التي كُتبت لكم", fr="Messages qui vous ont été écrits", en="Messages written to you"),
    "log": Words(
        ar="ما سُجل في سجل التدقيق", fr="Ce que dit le journal d’audit", en="What the audit log says"
    ),
}
DATA_LABELS = {
    "code": Words(ar="الرمز", fr="Code", en="Code"),
    "given_ar": Words(ar="الاسم الشخصي بالعربية", fr="Prénom en arabe", en="Given name in Arabic"),
    "family_ar": Words(ar="الاسم العائلي بالعربية", fr="Nom en arabe", en="Family name in Arabic"),
    "given_fr": Words(ar="الاسم الشخصي بالفرنسية", fr="Prénom en français", en="Given name in French"),
    "family_fr": Words(ar="الاسم العائلي بالفرنسية", fr="Nom en français", en="Family name in French"),
    "gender": Words(ar="الجنس", fr="Sexe", en="Gender"),
    "category": Words(ar="الصفة", fr="Catégorie", en="Category"),
    "phone": Words(ar="الهاتف", fr="Téléphone", en="Telephone"),
    "email": Words(ar="البريد الإلكتروني", fr="Adresse électronique", en="Mail address"),
    "lang": Words(ar="لغة المراسلة", fr="Langue", en="Language"),
    "province_code": Words(ar="رمز الإقليم", fr="Code de la province", en="Code of the province"),
    "commune_code": Words(ar="رمز الجماعة", fr="Code de la commune", en="Code of the commune"),
    "age_band": Words(ar="فئة العمر", fr="Tranche d’âge", en="Age band"),
    "consent_photo": Words(ar="الموافقة على الصور", fr="Accord pour les photos", en="Consent to photographs"),
    "consent_contact": Words(
        ar="الموافقة على الدعوات القادمة",
        fr="Accord pour les prochaines invitations",
        en="Consent to future invitations",
    ),
    "organisation": Words(ar="الهيئة", fr="Organisation", en="Organisation"),
    "needs": Words(ar="حاجات للمشاركة", fr="Besoins pour participer", en="Needs for taking part"),
    "what": Words(ar="ما وقع", fr="Ce qui s’est passé", en="What happened"),
    "to": Words(ar="إلى", fr="À", en="To"),
    "message": Words(ar="الرسالة", fr="Message", en="Message"),
    "at": Words(ar="التاريخ والوقت", fr="Date et heure", en="Date and time"),
    "day": Words(ar="اليوم", fr="Jour", en="Day"),
    "state": Words(ar="الحالة", fr="État", en="State"),
    "note": Words(ar="ملاحظة المنظمين", fr="Note de l’organisation", en="Organisers’ note"),
    "title_ar": Words(ar="التسمية بالعربية", fr="Intitulé en arabe", en="Name in Arabic"),
    "title_fr": Words(ar="التسمية بالفرنسية", fr="Intitulé en français", en="Name in French"),
    "name_ar": Words(ar="الاسم بالعربية", fr="Nom en arabe", en="Name in Arabic"),
    "name_fr": Words(ar="الاسم بالفرنسية", fr="Nom en français", en="Name in French"),
    "number": Words(ar="الرقم", fr="Numéro", en="Number"),
    "printed": Words(ar="عدد مرات الطباعة", fr="Nombre d’impressions", en="Times printed"),
}
DATA_VALUES = {
    "gender.m": Words(ar="رجل", fr="homme", en="man"),
    "gender.f": Words(ar="امرأة", fr="femme", en="woman"),
    "gender.unknown": Words(ar="غير معروف", fr="non précisé", en="not said"),
    "lang.ar": Words(ar="العربية", fr="arabe", en="Arabic"),
    "lang.fr": Words(ar="الفرنسية", fr="français", en="French"),
    "lang.en": Words(ar="الإنجليزية", fr="anglais", en="English"),
    "true": Words(ar="نعم", fr="oui", en="yes"),
    "false": Words(ar="لا", fr="non", en="no"),
    "category.exhibitor": Words(ar="عارض", fr="exposant", en="exhibitor"),
    "category.project_holder": Words(ar="حامل مشروع", fr="porteur de projet", en="project holder"),
    "category.association": Words(ar="جمعية", fr="association", en="association"),
    "category.student": Words(ar="طالب", fr="étudiant", en="student"),
    "category.institution": Words(ar="مؤسسة", fr="institution", en="institution"),
    "category.press": Words(ar="صحافة", fr="presse", en="press"),
    "category.public": Words(ar="زائر", fr="visiteur", en="visitor"),
    "state.confirmed": Words(ar="مكان مؤكد", fr="place confirmée", en="place confirmed"),
    "state.waitlisted": Words(ar="في لائحة الانتظار", fr="en liste d’attente", en="on the waiting list"),
    "state.cancelled": Words(ar="ملغى", fr="annulée", en="cancelled"),
    "state.refused": Words(ar="مرفوض", fr="refusée", en="refused"),
    "state.offered": Words(ar="مكان معروض", fr="place proposée", en="place offered"),
    "state.promoted": Words(ar="انتقلتم من الانتظار إلى مكان", fr="place obtenue après attente", en="moved up to a place"),
    "state.lapsed": Words(ar="انتهى وقت العرض", fr="offre expirée", en="offer lapsed"),
    "state.transferred": Words(ar="نُقل المكان", fr="place cédée", en="place passed on"),
    "state.moved": Words(ar="تغير الموعد أو القاعة", fr="heure ou salle changée", en="time or room changed"),
    "state.session_cancelled": Words(ar="أُلغيت الحصة", fr="séance annulée", en="session cancelled"),
    "state.active": Words(ar="صالحة", fr="valable", en="valid"),
    "state.revoked": Words(ar="أُلغيت", fr="annulé", en="ended"),
    "state.replaced": Words(ar="عُوضت", fr="remplacé", en="replaced"),
    "state.valid": Words(ar="صالحة", fr="valable", en="valid"),
    "state.corrected": Words(ar="صُححت", fr="corrigée", en="corrected"),
}

# On the paper and in the file that a person takes away.
OWN_DATA_WORDS = {
    "title": Words(ar="ما نحفظه عنكم", fr="Ce que nous gardons sur vous", en="What we keep about you"),
    "when": Words(ar="كما هو في {when}", fr="Tel que le {when}", en="As of {when}"),
    "rights": Words(
        ar="لكم الحق في تصحيح هذه المعطيات أو حذفها (القانون 09-08): من صفحتكم الشخصية أو عند الاستقبال.",
        fr="Vous pouvez faire corriger ou effacer ces données (loi 09-08) : sur votre page personnelle ou à l’accueil.",
        en="You may have these data corrected or erased (law 09-08): on your own page or at the desk.",
    ),
    "how_long": Words(
        ar="الأسماء على الشواهد: ثلاث سنوات بعد المعرض. الهاتف والبريد والباقي: اثنا عشر شهرا، ثم أعداد فقط.",
        fr="Noms sur les attestations : trois ans après le village. Téléphone, adresse et le reste : douze mois, puis des nombres seulement.",
        en="Names on certificates: three years after the fair. Telephone, mail address and the rest: twelve months, then only counts.",
    ),
    "part": Words(ar="القسم", fr="Partie", en="Part"),
    "entry": Words(ar="الرقم", fr="N°", en="No."),
    "what": Words(ar="المعلومة", fr="Donnée", en="Datum"),
    "value": Words(ar="القيمة", fr="Valeur", en="Value"),
}
