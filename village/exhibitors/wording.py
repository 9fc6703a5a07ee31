"""The sentences of the exhibitors' refusals and deeds, and the words for their codes."""

from __future__ import annotations

from village.kit.i18n import Words

REFUSALS = {
    "exhibitor_not_found": Words(
        ar="لا يوجد هذا العارض.", fr="Cet exposant n’existe pas.", en="There is no such exhibitor."
    ),
    "exhibitor_code_taken": Words(
        ar="الرمز {exhibitor:ltr} معطى لعارض آخر.",
        fr="Le code {exhibitor} est déjà celui d’un autre exposant.",
        en="The code {exhibitor} already belongs to another exhibitor.",
    ),
    "exhibitor_without_name": Words(
        ar="لا بد من اسم للعارض {exhibitor:ltr}، بالعربية أو بالفرنسية.",
        fr="L’exposant {exhibitor} doit avoir un nom, en arabe ou en français.",
        en="The exhibitor {exhibitor} needs a name, in Arabic or in French.",
    ),
    "sector_not_found": Words(
        ar="القطاع {sector:ltr} غير موجود في اللائحة.",
        fr="Le secteur {sector} n’est pas dans la liste.",
        en="The sector {sector} is not in the list.",
    ),
    "branch_unknown": Words(
        ar="الفرع المذكور للعارض {exhibitor:ltr} لا ينتمي إلى قطاعه.",
        fr="La filière indiquée pour {exhibitor} n’est pas de son secteur.",
        en="The branch given for {exhibitor} is not one of its sector.",
    ),
    "ice_wrong": Words(
        ar="رقم التعريف الموحد للمقاولة للعارض {exhibitor:ltr} غير صحيح: خمسة عشر رقما.",
        fr="L’ICE de {exhibitor} est faux : il a quinze chiffres.",
        en="The ICE number of {exhibitor} is wrong: it has fifteen digits.",
    ),
    "members_wrong": Words(
        ar="عدد العضوات أكبر من عدد الأعضاء عند العارض {exhibitor:ltr}.",
        fr="{exhibitor} : le nombre de femmes dépasse le nombre de membres.",
        en="{exhibitor}: more women than members.",
    ),
    "power_wrong": Words(
        ar="القدرة الكهربائية للعارض {exhibitor:ltr} غير صحيحة.",
        fr="La puissance électrique de {exhibitor} est fausse.",
        en="The electric power of {exhibitor} is wrong.",
    ),
    "decision_missing": Words(
        ar="لم يُتخذ أي قرار في طلب العارض {exhibitor:ltr}.",
        fr="Aucune décision n’est prise pour {exhibitor}.",
        en="Nothing was decided for {exhibitor}.",
    ),
    "decision_reason_wrong": Words(
        ar="رفض الطلب يحتاج إلى سبب، والقبول لا سبب له ({exhibitor:ltr}).",
        fr="Un refus demande un motif, et lui seul ({exhibitor}).",
        en="A rejection, and only a rejection, needs a reason ({exhibitor}).",
    ),
    "waiting_rank_wrong": Words(
        ar="لائحة الانتظار تحتاج إلى رتبة، وغيرها لا رتبة له ({exhibitor:ltr}).",
        fr="La liste d’attente, et elle seule, demande un rang ({exhibitor}).",
        en="The waiting list, and only the waiting list, needs a rank ({exhibitor}).",
    ),
    "delegate_taken": Words(
        ar="هذا الشخص يمثل عارضا من قبل.",
        fr="Cette personne représente déjà un exposant.",
        en="This person already stands for an exhibitor.",
    ),
    "sales_wrong": Words(
        ar="مبلغ المبيعات لا يكون سالبا ({exhibitor:ltr}).",
        fr="Les ventes ne peuvent être négatives ({exhibitor}).",
        en="Sales cannot be negative ({exhibitor}).",
    ),
    "exhibitor_unlinked": Words(
        ar="حسابكم غير مرتبط بأي عارض. اتصلوا بالمنظمين.",
        fr="Votre compte n’est lié à aucun exposant. Demandez aux organisateurs.",
        en="Your account is not linked to an exhibitor. Ask the organisers.",
    ),
}

DEEDS = {
    "exhibitor.applied": Words(
        ar="سُجل طلب عارض.", fr="Une candidature a été enregistrée.", en="An application was taken in."
    ),
    "exhibitor.accepted": Words(
        ar="قُبل العارض {exhibitor:ltr}.", fr="{exhibitor} a été retenu.", en="{exhibitor} was accepted."
    ),
    "exhibitor.waitlisted": Words(
        ar="وُضع العارض {exhibitor:ltr} في لائحة الانتظار، الرتبة {rank}.",
        fr="{exhibitor} a été mis en liste d’attente, rang {rank}.",
        en="{exhibitor} was put on the waiting list, rank {rank}.",
    ),
    "exhibitor.rejected": Words(
        ar="لم يُقبل طلب العارض {exhibitor:ltr}.",
        fr="{exhibitor} n’a pas été retenu.",
        en="{exhibitor} was not accepted.",
    ),
    "exhibitor.delegates_named": Words(
        ar="عُين ممثلو العارض {exhibitor:ltr}: {people}.",
        fr="{exhibitor} : {people} représentants ont été nommés.",
        en="{exhibitor}: {people} representatives were named.",
    ),
    "exhibitor.account_linked": Words(
        ar="رُبط حساب بالعارض {exhibitor:ltr}.",
        fr="Un compte a été lié à {exhibitor}.",
        en="An account was linked to {exhibitor}.",
    ),
    "exhibitor.presence_noted": Words(
        ar="سُجل حضور العارض {exhibitor:ltr} يوم {date:day}.",
        fr="La présence de {exhibitor} a été notée pour le {date:day}.",
        en="The presence of {exhibitor} was noted for {date:day}.",
    ),
}

STATUSES = {
    "submitted": Words(ar="قيد الدراسة", fr="À l’étude", en="Under study"),
    "accepted": Words(ar="مقبول", fr="Retenu", en="Accepted"),
    "waitlisted": Words(ar="لائحة الانتظار", fr="Liste d’attente", en="Waiting list"),
    "rejected": Words(ar="غير مقبول", fr="Non retenu", en="Not accepted"),
}

REASONS = {
    "outside_region": Words(
        ar="مقر التعاونية خارج الجهة.",
        fr="Le siège est hors de la région.",
        en="The seat is outside the region.",
    ),
    "missing_onssa": Words(
        ar="تنقص وثيقة المكتب الوطني للسلامة الصحية (ONSSA).",
        fr="Il manque le document de l’ONSSA.",
        en="The ONSSA food-safety paper is missing.",
    ),
    "late": Words(
        ar="وصل الطلب بعد آخر أجل.",
        fr="La demande est arrivée après la date limite.",
        en="The application came after the deadline.",
    ),
}

PRESENCES = {
    "present": Words(ar="حاضر", fr="Présent", en="Present"),
    "late": Words(ar="متأخر", fr="En retard", en="Late"),
    "absent": Words(ar="غائب", fr="Absent", en="Absent"),
}

PAPERS = {
    "request": Words(ar="طلب المشاركة", fr="Demande de participation", en="Request to take part"),
    "form": Words(ar="الاستمارة", fr="Formulaire", en="Form"),
    "register_certificate": Words(
        ar="شهادة التقييد في سجل التعاونيات",
        fr="Certificat du registre des coopératives",
        en="Certificate of the register of cooperatives",
    ),
    "statutes": Words(ar="النظام الأساسي", fr="Statuts", en="Statutes"),
    "board_minutes": Words(ar="محضر انتخاب المكتب", fr="PV d’élection du bureau", en="Minutes of the board’s election"),
    "ice": Words(ar="رقم التعريف الموحد للمقاولة", fr="ICE", en="ICE number"),
    "onssa": Words(ar="وثيقة ONSSA", fr="Document de l’ONSSA", en="ONSSA paper"),
    "photos": Words(ar="صور المنتوجات", fr="Photos des produits", en="Photos of the products"),
    "rules": Words(ar="النظام الداخلي موقعا", fr="Règlement signé", en="Signed rules of the fair"),
}

LABELS = {
    "bio": Words(ar="منتوج بيولوجي", fr="Agriculture biologique", en="Organic"),
    "igp": Words(ar="بيان جغرافي محمي", fr="IGP", en="Protected geographical indication"),
}

KINDS = {
    "cooperative": Words(ar="تعاونية", fr="Coopérative", en="Cooperative"),
    "association": Words(ar="جمعية", fr="Association", en="Association"),
    "union": Words(ar="اتحاد", fr="Union", en="Union"),
    "network": Words(ar="شبكة", fr="Réseau", en="Network"),
    "firm": Words(ar="مقاولة صغيرة", fr="Petite entreprise", en="Small firm"),
}
