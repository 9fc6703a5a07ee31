"""The sentences of refusals and deeds on persons and accounts, and the names of roles."""

from __future__ import annotations

from village.kit.i18n import Words

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
        ar="أُعدت رموز استرجاع جديدة.", fr="De nouveaux codes de secours ont été créés.", en="New recovery codes were made."
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
