"""What lines are about, in words: the kinds of things, and the names of facts.

A thing is written `kind:key` ("stand:A01", "person:17"), and so is an actor. A fact points to a thing where its name
says so: `{"exhibitor": "C07"}` to `exhibitor:C07`. What a thing is called today comes from the features, by `wired`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from village.kit.i18n import Words

if TYPE_CHECKING:
    from collections.abc import Mapping


class ThingName(NamedTuple):
    """What a thing is called today, empty where nothing but its key is known; `erased`: its name was taken out."""

    text: str
    erased: bool = False


KINDS: dict[str, Words] = {
    "account": Words("حساب", "Compte", "Account"),
    "agreement": Words("اتفاقية", "Convention", "Agreement"),
    "api_key": Words("مفتاح برنامج", "Clé d’un programme", "Program key"),
    "award": Words("جائزة", "Prix", "Award"),
    "badge": Words("شارة", "Badge", "Badge"),
    "certificate": Words("شهادة", "Attestation", "Certificate"),
    "device": Words("جهاز", "Appareil", "Device"),
    "draw": Words("قرعة", "Tirage au sort", "Draw"),
    "edition": Words("دورة", "Édition", "Edition"),
    "exhibitor": Words("عارض", "Exposant", "Exhibitor"),
    "export": Words("لائحة مستخرجة", "Liste sortie", "List taken out"),
    "file": Words("ملف", "Fichier", "File"),
    "group": Words("مجموعة", "Groupe", "Group"),
    "hall": Words("قاعة", "Halle", "Hall"),
    "import": Words("لائحة مستوردة", "Liste importée", "Imported list"),
    "juror": Words("عضو لجنة التحكيم", "Membre du jury", "Juror"),
    "log": Words("سجل التدقيق", "Journal d’audit", "Audit log"),
    "lot": Words("قرعة الأروقة", "Tirage des stands", "Lot for the stands"),
    "mailing": Words("رسالة جماعية", "Envoi", "Mailing"),
    "outgoing": Words("رسالة", "Message", "Message"),
    "person": Words("مشارك", "Participant", "Participant"),
    "programme": Words("برنامج", "Programme", "Programme"),
    "recommendation": Words("توصية", "Recommandation", "Recommendation"),
    "register": Words("سجل القرعات", "Registre des tirages", "Register of draws"),
    "registration": Words("طلب تسجيل", "Demande d’inscription", "Registration request"),
    "room": Words("فضاء", "Salle", "Room"),
    "sheet": Words("لائحة حضور", "Feuille d’émargement", "Sign-in sheet"),
    "stand": Words("رواق", "Stand", "Stand"),
    "track": Words("محور", "Parcours", "Track"),
    "trainer": Words("مؤطر", "Formateur", "Trainer"),
    "webhook": Words("برنامج آخر", "Autre programme", "Other program"),
    "witness": Words("شاهد", "Témoin", "Witness"),
    "workshop": Words("ورشة", "Atelier", "Workshop"),
}

# Facts that point to a thing by its key or number; the others are said as they are.
FACT_KINDS: dict[str, str] = {
    "account": "account",
    "award": "award",
    "exhibitor": "exhibitor",
    "guest": "exhibitor",
    "hall": "hall",
    "host": "exhibitor",
    "juror": "juror",
    "person": "person",
    "room": "room",
    "stand": "stand",
    "track": "track",
    "trainer": "trainer",
    "workshop": "workshop",
}
# The same of several things where the value is a list; as a number it only counts them.
LISTS_OF: dict[str, str] = {
    "exhibitors": "exhibitor",
    "jurors": "juror",
    "nominees": "exhibitor",
    "trainers": "trainer",
}
# A fact that points to a stand or to an exhibitor, by the deed: it finds its lines, but is shown as it is written.
_EITHER = {"exhibitor": ("other",), "stand": ("other",)}

FACTS: dict[str, Words] = {
    "absent": Words("الغائبون", "Absents", "Absent"),
    "added": Words("أضيف", "Ajoutés", "Added"),
    "blanks": Words("أسطر فارغة", "Lignes vides", "Blank rows"),
    "by": Words("بأي وسيلة", "Par quel moyen", "By what means"),
    "bytes": Words("الحجم (بايت)", "Taille (octets)", "Size (bytes)"),
    "call": Words("النداء", "Appel", "Call"),
    "calls": Words("النداءات", "Appels", "Calls"),
    "changed": Words("ما تغير", "Ce qui a changé", "What changed"),
    "changes": Words("عدد التغييرات", "Changements", "Changes"),
    "code": Words("الرمز", "Code", "Code"),
    "commitment": Words("التعهد", "Engagement", "Commitment"),
    "cost": Words("الكلفة", "Coût", "Cost"),
    "count": Words("العدد", "Nombre", "Count"),
    "counted": Words("الشارات المعدودة", "Badges comptés", "Badges counted"),
    "counts": Words("العدود", "Comptages", "Counts"),
    "criteria": Words("المعايير", "Critères", "Criteria"),
    "date": Words("اليوم", "Jour", "Day"),
    "day": Words("اليوم", "Jour", "Day"),
    "eligible": Words("المقبولون", "Admis", "Admitted"),
    "ends": Words("النهاية", "Fin", "End"),
    "envelopes": Words("الأظرفة", "Enveloppes", "Envelopes"),
    "events": Words("الأحداث", "Événements", "Events"),
    "exhibitors": Words("العارضون", "Exposants", "Exhibitors"),
    "first": Words("الأول", "Premier", "First"),
    "given": Words("ما أُعطي", "Donnés", "Given"),
    "gone": Words("من زال", "Parti", "Gone"),
    "guest": Words("الضيف", "Invité", "Guest"),
    "host": Words("المضيف", "Hôte", "Host"),
    "invitation": Words("الدعوة", "Invitation", "Invitation"),
    "iteration": Words("المحاولة", "Itération", "Iteration"),
    "jurors": Words("أعضاء لجنة التحكيم", "Membres du jury", "Jurors"),
    "kind": Words("النوع", "Type", "Kind"),
    "last": Words("الأخير", "Dernier", "Last"),
    "left_out": Words("غير المقبولين", "Écartés", "Left out"),
    "mail": Words("بالبريد الإلكتروني", "Par courriel", "By e-mail"),
    "merge": Words("رقم الدمج", "Numéro de la fusion", "Number of the merge"),
    "moved": Words("المنقولون", "Déplacés", "Moved"),
    "n": Words("العدد", "Nombre", "Count"),
    "name": Words("اسم المفتاح", "Nom de la clé", "Name of the key"),
    "nominee": Words("المرشح", "Nommé", "Nominee"),
    "nominees": Words("المرشحون", "Nommés", "Nominees"),
    "nonce": Words("رقم سري للظرف", "Nonce de l’enveloppe", "Nonce of the envelope"),
    "note": Words("الملاحظة", "Note", "Note"),
    "number": Words("الرقم", "Numéro", "Number"),
    "offset_s": Words("فرق الساعة (ثوان)", "Écart d’horloge (secondes)", "Clock offset (seconds)"),
    "old": Words("القديم", "Ancien", "Old"),
    "online": Words("عن بعد", "En ligne", "Online"),
    "onsite": Words("حضوريا", "Sur place", "On site"),
    "other": Words("الآخر", "L’autre", "The other"),
    "pairs": Words("التعيينات", "Affectations", "Assignments"),
    "parties": Words("الأطراف", "Parties", "Parties"),
    "people": Words("عدد الأشخاص", "Nombre de personnes", "Number of people"),
    "picks": Words("النتائج", "Résultats", "Results"),
    "place": Words("الجائزة", "Lot", "Prize"),
    "placed": Words("الموزعون", "Placés", "Placed"),
    "places": Words("الأماكن", "Places", "Places"),
    "prizes": Words("الجوائز", "Lots", "Prizes"),
    "proof": Words("الدليل", "Preuve", "Proof"),
    "randomness": Words("العشوائية", "Aléa", "Randomness"),
    "rank": Words("الرتبة", "Rang", "Rank"),
    "ranking": Words("الترتيب", "Classement", "Ranking"),
    "ranking_root": Words("بصمة الترتيب", "Empreinte du classement", "Hash of the ranking"),
    "reason": Words("السبب", "Motif", "Reason"),
    "refused": Words("المرفوض", "Refusés", "Refused"),
    "roles": Words("المهمة", "Rôle", "Role"),
    "round": Words("جولة المنارة", "Tour de la balise", "Round of the beacon"),
    "rows": Words("الأسطر", "Lignes", "Rows"),
    "scan": Words("المسح", "Lecture", "Scan"),
    "scans": Words("المسح", "Lectures", "Scans"),
    "scopes": Words("الصلاحيات", "Droits", "Permissions"),
    "seal": Words("الختم", "Sceau", "Seal"),
    "sealed": Words("الرقم المختوم", "Nombre scellé", "Sealed number"),
    "seat": Words("مقعد الشاهد", "Siège de témoin", "Witness seat"),
    "seats": Words("المقاعد", "Places assises", "Seats"),
    "secret": Words("السر", "Secret", "Secret"),
    "seed": Words("البذرة", "Graine", "Seed"),
    "set": Words("ما حُدد", "Ce qui est fixé", "What is set"),
    "sha256": Words("البصمة", "Empreinte", "Hash"),
    "sheets": Words("الأوراق", "Feuilles", "Sheets"),
    "sheets_removed": Words("أوراق محذوفة", "Fiches retirées", "Sheets removed"),
    "signature": Words("التوقيع", "Signature", "Signature"),
    "signed": Words("الموقعون", "Signataires", "Signed by"),
    "size": Words("الحجم", "Taille", "Size"),
    "sms": Words("برسالة قصيرة", "Par SMS", "By SMS"),
    "stands": Words("الأروقة", "Stands", "Stands"),
    "starts": Words("البداية", "Début", "Start"),
    "status": Words("الحالة", "État", "State"),
    "text_sha256": Words("بصمة النص", "Empreinte du texte", "Hash of the text"),
    "ticket": Words("التذكرة", "Ticket", "Ticket"),
    "time": Words("الساعة", "Heure", "Time"),
    "to": Words("إلى", "Vers", "To"),
    "trainers": Words("المؤطرون", "Formateurs", "Trainers"),
    "undone": Words("التغيير الملغى", "Changement annulé", "Change undone"),
    "value": Words("القيمة", "Valeur", "Value"),
    "verdict": Words("النتيجة", "Verdict", "Verdict"),
    "version": Words("النسخة", "Version", "Version"),
    "vkey": Words("المفتاح", "Clé", "Key"),
    "voice": Words("بالهاتف", "Par téléphone", "By voice"),
    "voter": Words("بصمة المصوت", "Empreinte du votant", "Hash of the voter"),
    "what": Words("ماذا", "Quoi", "What"),
    "winners": Words("عدد الفائزين", "Nombre de lauréats", "Number of winners"),
    "workshops": Words("الورشات", "Ateliers", "Workshops"),
}


def kind_of(thing: str) -> str:
    """Return the kind of a thing or actor."""
    return thing.partition(":")[0]


def things_of(facts: Mapping[str, Any]) -> set[str]:
    """Return the things to which facts point."""
    return {thing for name, value in facts.items() for thing in pointed(name, value)}


def pointed(name: str, value: Any) -> list[str]:
    """Return the things to which one fact points, in their order."""
    kind = LISTS_OF.get(name) if isinstance(value, list) else FACT_KINDS.get(name)
    if kind is None:
        return []
    values = value if isinstance(value, list) else [value]
    return [f"{kind}:{each}" for each in values if type(each) in (int, str) and each != ""]


def needles(thing: str) -> list[bytes]:
    """Return the bytes that stand in a line of which a fact points to a thing, whichever of its facts it is."""
    kind, _colon, key = thing.partition(":")
    written = key if key.isascii() and key.isdigit() else f'"{key}"'
    names = [name for name, points_to in FACT_KINDS.items() if points_to == kind]
    return [f'"{name}":{written}{end}'.encode() for name in (*names, *_EITHER.get(kind, ())) for end in (",", "}")]
