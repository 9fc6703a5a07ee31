"""What an import says of a file, a row or a cell, in Arabic, French and English."""

from village.kit.i18n import Words

REFUSALS = {
    "batch_ended": Words(
        "هذه اللائحة أُدخلت أو أُلغيت من قبل.",
        "Cette liste a déjà été chargée ou abandonnée.",
        "This list was already loaded or given up.",
    ),
    "batch_not_found": Words("هذه اللائحة غير موجودة.", "Cette liste n’existe pas.", "This list does not exist."),
    "cell_empty": Words(
        "السطر {row}، العمود {column:ltr}: خانة فارغة.",
        "Ligne {row}, colonne {column:ltr} : case vide.",
        "Row {row}, column {column:ltr}: empty cell.",
    ),
    "cell_not_date": Words(
        "السطر {row}، العمود {column:ltr}: «{value}» ليس تاريخا (2026-12-04).",
        "Ligne {row}, colonne {column:ltr} : « {value} » n’est pas une date (2026-12-04).",
        "Row {row}, column {column:ltr}: “{value}” is not a date (2026-12-04).",
    ),
    "cell_not_instant": Words(
        "السطر {row}، العمود {column:ltr}: «{value}» ليس تاريخا مع ساعة (2026-12-04T09:30).",
        "Ligne {row}, colonne {column:ltr} : « {value} » n’est pas une date avec heure (2026-12-04T09:30).",
        "Row {row}, column {column:ltr}: “{value}” is not a date with time (2026-12-04T09:30).",
    ),
    "cell_not_listed": Words(
        "السطر {row}، العمود {column:ltr}: «{value}» ليس من القيم المقبولة ({choices:ltr}).",
        "Ligne {row}, colonne {column:ltr} : « {value} » n’est pas dans la liste ({choices:ltr}).",
        "Row {row}, column {column:ltr}: “{value}” is not one of {choices:ltr}.",
    ),
    "cell_not_number": Words(
        "السطر {row}، العمود {column:ltr}: «{value}» ليس عددا.",
        "Ligne {row}, colonne {column:ltr} : « {value} » n’est pas un nombre.",
        "Row {row}, column {column:ltr}: “{value}” is not a number.",
    ),
    "cell_not_time": Words(
        "السطر {row}، العمود {column:ltr}: «{value}» ليس ساعة (09:30).",
        "Ligne {row}, colonne {column:ltr} : « {value} » n’est pas une heure (09:30).",
        "Row {row}, column {column:ltr}: “{value}” is not a time (09:30).",
    ),
    "cell_not_whole": Words(
        "السطر {row}، العمود {column:ltr}: «{value}» ليس عددا صحيحا.",
        "Ligne {row}, colonne {column:ltr} : « {value} » n’est pas un nombre entier.",
        "Row {row}, column {column:ltr}: “{value}” is not a whole number.",
    ),
    "cell_not_yes_no": Words(
        "السطر {row}، العمود {column:ltr}: «{value}» ليس نعم ولا لا.",
        "Ligne {row}, colonne {column:ltr} : « {value} » n’est ni oui ni non.",
        "Row {row}, column {column:ltr}: “{value}” is neither yes nor no.",
    ),
    "cell_repeated": Words(
        "السطر {row}: الرمز {value:ltr} سبق في السطر {first}.",
        "Ligne {row} : le code {value:ltr} figure déjà à la ligne {first}.",
        "Row {row}: the code {value:ltr} already stands in row {first}.",
    ),
    "column_twice": Words(
        "العمود {column:ltr} مكرر.", "La colonne {column:ltr} figure deux fois.", "Column {column:ltr} stands twice."
    ),
    "columns_missing": Words(
        "عمود ناقص: {columns:ltr}.", "Colonne manquante : {columns:ltr}.", "Missing column: {columns:ltr}."
    ),
    "exhibitor_already_known": Words(
        "مسجلة من قبل تحت الرمز {exhibitor:ltr}.",
        "Déjà inscrite sous le code {exhibitor:ltr}.",
        "Already registered as {exhibitor:ltr}.",
    ),
    "file_cell_too_long": Words(
        "السطر {line}: خانة أطول من {limit} حرفا.",
        "Ligne {line} : une case dépasse {limit} caractères.",
        "Row {line}: a cell is longer than {limit} characters.",
    ),
    "file_empty": Words("الملف فارغ.", "Le fichier est vide.", "The file is empty."),
    "file_encoding_unknown": Words(
        "تعذرت قراءة حروف الملف. احفظوه بصيغة «CSV UTF-8» ثم أعيدوا الإرسال.",
        "Les lettres du fichier sont illisibles. Enregistrez-le en « CSV UTF-8 » et renvoyez-le.",
        "The letters of the file cannot be read. Save it as “CSV UTF-8” and send it again.",
    ),
    "file_is_workbook": Words(
        "هذا ملف إكسيل. افتحوه واختاروا «حفظ باسم»، ثم «CSV UTF-8».",
        "Ceci est un classeur Excel. Ouvrez-le, « Enregistrer sous », puis « CSV UTF-8 ».",
        "This is an Excel workbook. Open it, “Save as”, then “CSV UTF-8”.",
    ),
    "file_missing": Words("اختاروا ملفا أولا.", "Choisissez d’abord un fichier.", "Choose a file first."),
    "file_not_table": Words(
        "لا توجد أعمدة في هذا الملف. يجب أن يكون جدول CSV.",
        "Ce fichier n’a pas de colonnes. Il faut un tableau CSV.",
        "This file has no columns. A CSV table is needed.",
    ),
    "file_not_text": Words(
        "هذا الملف ليس جدولا (صورة أو PDF أو غيرها). يجب أن يكون CSV.",
        "Ce fichier n’est pas un tableau (image, PDF ou autre). Il faut un CSV.",
        "This file is not a table (a picture, a PDF or other). A CSV is needed.",
    ),
    "file_quote_open": Words(
        "السطر {line}: علامة اقتباس مفتوحة أو في غير محلها.",
        "Ligne {line} : un guillemet est ouvert ou mal placé.",
        "Row {line}: a quotation mark is left open or misplaced.",
    ),
    "file_too_large": Words(
        "الملف كبير جدا: {limit_kb} كيلوبايت على الأكثر.",
        "Le fichier est trop grand : {limit_kb} Ko au plus.",
        "The file is too large: at most {limit_kb} KB.",
    ),
    "file_too_many_rows": Words(
        "الملف طويل جدا: {limit} سطر على الأكثر. قسموه إلى أجزاء.",
        "Le fichier est trop long : {limit} lignes au plus. Coupez-le en plusieurs.",
        "The file is too long: at most {limit} rows. Cut it into parts.",
    ),
    "file_too_wide": Words(
        "السطر {line}: أكثر من {limit} عمودا.",
        "Ligne {line} : plus de {limit} colonnes.",
        "Row {line}: more than {limit} columns.",
    ),
    "file_unreadable": Words(
        "في الملف خانات غير مقروءة: {faults}.",
        "Le fichier a des cases illisibles : {faults}.",
        "The file has unreadable cells: {faults}.",
    ),
    "headings_unknown": Words(
        "لم نتعرف على عناوين الأعمدة. اكتبوها في أول سطر، مثل: الاسم الكامل، الهاتف.",
        "Les titres des colonnes ne sont pas reconnus. Écrivez-les en première ligne, par exemple : Nom, Prénom, Téléphone.",
        "The column headings are not recognised. Write them in the first row, such as: Last name, First name, Phone.",
    ),
    "name_lost": Words(
        "ضاعت حروف الاسم («{value}»). احفظوا الملف بصيغة «CSV UTF-8».",
        "Les lettres du nom sont perdues (« {value} »). Enregistrez le fichier en « CSV UTF-8 ».",
        "The letters of the name are lost (“{value}”). Save the file as “CSV UTF-8”.",
    ),
    "nothing_to_load": Words(
        "ليس في هذه اللائحة سطر يمكن إدخاله.",
        "Aucune ligne de cette liste ne peut être chargée.",
        "No row of this list can be loaded.",
    ),
    "person_already_known": Words(
        "مسجل من قبل بنفس الاسم والهاتف، تحت الرمز {person:ltr}.",
        "Déjà inscrit avec ce nom et ce téléphone, sous le code {person:ltr}.",
        "Already registered with this name and phone, as {person:ltr}.",
    ),
    "phone_unreadable": Words(
        "رقم الهاتف غير صحيح: {value:ltr}. رقم مغربي من عشرة أرقام، مثل 0612345678.",
        "Téléphone incorrect : {value:ltr}. Dix chiffres, par exemple 0612345678.",
        "Wrong phone number: {value:ltr}. Ten digits, such as 0612345678.",
    ),
    "power_unreadable": Words(
        "القدرة الكهربائية غير مقروءة: «{value}». اكتبوا عددا بالواط.",
        "Puissance illisible : « {value} ». Écrivez un nombre de watts.",
        "Power cannot be read: “{value}”. Write a number of watts.",
    ),
    "preview_outdated": Words(
        "تغيرت المعطيات بعد عرض اللائحة. راجعوها من جديد قبل الإدخال.",
        "Les données ont changé depuis l’aperçu. Relisez-le avant de charger.",
        "The data changed since the preview. Read it again before loading.",
    ),
    "province_needed": Words(
        "الإقليم ناقص أو غير معروف: «{value}».",
        "Province absente ou inconnue : « {value} ».",
        "Province missing or unknown: “{value}”.",
    ),
    "row_repeated": Words(
        "نفس سطر {first} في هذا الملف.",
        "Même chose qu’à la ligne {first} du fichier.",
        "Same as row {first} of the file.",
    ),
    "rows_missing": Words(
        "لا سطور تحت العناوين.", "Il n’y a aucune ligne sous les titres.", "There are no rows under the headings."
    ),
    "sector_unknown": Words(
        "قطاع غير معروف: «{value}».", "Secteur inconnu : « {value} ».", "Unknown sector: “{value}”."
    ),
}

DEEDS = {
    "import.given_up": Words(
        "أُلغيت لائحة قبل إدخالها", "Liste abandonnée avant chargement", "List given up before loading"
    ),
    "import.loaded": Words(
        "أُدخلت لائحة: {loaded} مقبول، {refused} مرفوض",
        "Liste chargée : {loaded} acceptées, {refused} refusées",
        "List loaded: {loaded} accepted, {refused} refused",
    ),
    "import.read": Words("قُرئت لائحة من {rows} سطر", "Liste lue : {rows} lignes", "List read: {rows} rows"),
}

NOTES = {
    "age_left_out": Words(
        "السن «{before}» غير واضح: تُرك فارغا.",
        "Âge « {before} » peu clair : laissé vide.",
        "Age “{before}” unclear: left empty.",
    ),
    "branch_left_out": Words(
        "النشاط «{before}» غير معروف في هذا القطاع: تُرك فارغا.",
        "Branche « {before} » inconnue dans ce secteur : laissée vide.",
        "Branch “{before}” unknown in this sector: left empty.",
    ),
    "category_unknown": Words(
        "الصفة «{before}» غير معروفة: سُجلت «عموم».",
        "Qualité « {before} » inconnue : notée « public ».",
        "Category “{before}” unknown: noted as “public”.",
    ),
    "email_left_out": Words(
        "البريد «{before}» غير صالح: تُرك فارغا.",
        "Adresse « {before} » non valable : laissée vide.",
        "Address “{before}” not valid: left empty.",
    ),
    "gender_unknown": Words(
        "النوع «{before}» غير واضح: تُرك دون تحديد.",
        "Sexe « {before} » peu clair : laissé non précisé.",
        "Gender “{before}” unclear: left unsaid.",
    ),
    "ice_left_out": Words(
        "رقم ICE {before:ltr} غير صحيح (15 رقما): تُرك فارغا.",
        "ICE {before:ltr} incorrect (15 chiffres) : laissé vide.",
        "ICE {before:ltr} wrong (15 digits): left empty.",
    ),
    "lang_unknown": Words(
        "اللغة «{before}» غير معروفة.", "Langue « {before} » inconnue.", "Language “{before}” unknown."
    ),
    "person_resembles": Words(
        "نفس الاسم موجود تحت الرمز {after:ltr}: تحققوا إن كان شخصا آخر.",
        "Même nom sous le code {after:ltr} : vérifiez que c’est une autre personne.",
        "Same name as {after:ltr}: check that it is another person.",
    ),
    "phone_first_kept": Words(
        "رقمان في خانة واحدة ({before:ltr}): احتُفظ بالأول {after:ltr}.",
        "Deux numéros dans une case ({before:ltr}) : le premier est gardé, {after:ltr}.",
        "Two numbers in one cell ({before:ltr}): the first is kept, {after:ltr}.",
    ),
    "phone_mended": Words(
        "صُحح الهاتف {before:ltr} إلى {after:ltr}.",
        "Téléphone {before:ltr} corrigé en {after:ltr}.",
        "Phone {before:ltr} corrected to {after:ltr}.",
    ),
    "province_unknown": Words(
        "الإقليم «{before}» غير معروف: تُرك فارغا.",
        "Province « {before} » inconnue : laissée vide.",
        "Province “{before}” unknown: left empty.",
    ),
    "script_moved": Words(
        "نُقل «{before}» إلى الاسم المكتوب بحروفه.",
        "« {before} » est rangé avec les noms de son écriture.",
        "“{before}” is put with the names of its script.",
    ),
}
