"""What the screen for the hall says, in Arabic and in French beside each other: each text made for itself."""

from __future__ import annotations

from village.kit.i18n import Words

SAYS = {
    "soon": Words(ar="القرعة قيد الإعداد", fr="Le tirage se prépare", en="The draw is being prepared"),
    "at": Words(ar="الساعة المعلنة", fr="Heure annoncée", en="Announced hour"),
    "prizes": Words(ar="الجوائز حسب الترتيب", fr="Les lots, dans l’ordre", en="The prizes, in order"),
    "tickets": Words(
        ar="تذاكر في اللائحة. حُصرت ولا يمكن لأحد أن يغيرها.",
        fr="tickets dans la liste. Elle est scellée : personne ne peut plus la changer.",
        en="tickets in the list. It is sealed: nobody can change it.",
    ),
    "fingerprint": Words(
        ar="بصمة كل ما اتُّفق عليه. سجلوها عندكم.",
        fr="Empreinte de tout ce qui est fixé. Notez-la.",
        en="Fingerprint of all that is fixed. Write it down.",
    ),
    "envelopes": Words(
        ar="لا يفتح أي ظرف قبل أن تُسلم كلها",
        fr="Aucune enveloppe ne s’ouvre avant que toutes soient remises",
        en="No envelope is opened before all are in",
    ),
    "numbers": Words(
        ar="الأرقام كما قُرئت جهرا", fr="Les nombres, tels que lus à voix haute", en="The numbers as read aloud"
    ),
    "awaited": Words(ar="ننتظر", fr="attendue", en="awaited"),
    "missing": Words(ar="لم يُسلم", fr="non remise", en="not handed in"),
    "sealed": Words(ar="مسلم ومختوم", fr="remise, scellée", en="handed in, sealed"),
    "counted": Words(
        ar="شخصان يعدان الشارات، كل واحد وحده",
        fr="Deux personnes comptent les badges, chacune seule",
        en="Two people count the badges, each alone",
    ),
    "beacon": Words(
        ar="المنارة العمومية: جولة واحدة تُحتسب، ولا تعوض بغيرها",
        fr="La balise publique : un seul tour compte, aucun autre ne le remplace",
        en="The public beacon: one round counts, no other replaces it",
    ),
    "beacon_in": Words(
        ar="وصلت الجولة، وتوقيعها صحيح",
        fr="Le tour est arrivé, sa signature est authentique",
        en="The round is in, and its signature is genuine",
    ),
    "determined": Words(
        ar="النتيجة محددة من الآن",
        fr="Le résultat est déjà déterminé",
        en="The result is already determined",
    ),
    "determined_why": Words(
        ar="كل ما يدخل في القرعة معروف. من هذه البذرة تُحسب رتبة كل تذكرة، ولا شيء على هذه الشاشة يغيرها.",
        fr="Tout est ouvert. De cette graine vient le rang de chaque ticket ; rien sur cet écran ne le change.",
        en="All that counts is open. From this seed comes the rank of every ticket; nothing on this screen changes it.",
    ),
    "signed": Words(
        ar="كُتبت في السجل الموقع على الساعة {time:ltr}، السطر {size}. ما يأتي عرض فقط.",
        fr="Écrit dans le journal signé à {time:ltr}, ligne {size}. La suite n’est que l’affichage.",
        en="Written in the signed log at {time:ltr}, line {size}. What follows is only showing it.",
    ),
    "winner": Words(ar="الفائز", fr="Gagnant", en="Winner"),
    "next": Words(ar="من يليه في الترتيب", fr="Le suivant au classement", en="Next in the ranking"),
    "void": Words(ar="ألغي دور {ticket:ltr}", fr="Tour de {ticket:ltr} annulé", en="Turn of {ticket:ltr} void"),
    "substitutes": Words(ar="الاحتياطيون حسب الترتيب", fr="Les suppléants, dans l’ordre", en="Substitutes, in order"),
    "result": Words(ar="النتيجة", fr="Le résultat", en="The result"),
    "check": Words(
        ar="تحققوا بأنفسكم: صوروا الرمز",
        fr="Vérifiez vous-mêmes : scannez le code",
        en="Check it yourself: scan the code",
    ),
    "rank": Words(ar="الرتبة", fr="Rang", en="Rank"),
    "call": Words(ar="النداء {number} من 3", fr="Appel {number} sur 3", en="Call {number} of 3"),
    "claimed": Words(ar="الفائز هنا", fr="Le gagnant est là", en="The winner is here"),
    "handed_over": Words(ar="سُلمت الجائزة", fr="Lot remis", en="Prize handed over"),
    "voided": Words(ar="ملغى", fr="annulé", en="void"),
    "waiting": Words(ar="في الانتظار", fr="attendu", en="waiting"),
    "withdrawn": Words(ar="جائزة مسحوبة", fr="Lot retiré", en="Prize withdrawn"),
    "cancelled": Words(ar="أُلغيت القرعة", fr="Le tirage est annulé", en="The draw is cancelled"),
    "demonstration": Words(ar="عرض تجريبي", fr="Démonstration", en="Demonstration"),
    "help": Words(ar="المفاتيح", fr="Touches", en="Keys"),
    "forward": Words(ar="التالي", fr="Suivant", en="Next"),
    "back": Words(ar="السابق", fr="Précédent", en="Back"),
    "whole": Words(ar="ملء الشاشة", fr="Plein écran", en="Full screen"),
    "close": Words(ar="إغلاق", fr="Fermer", en="Close"),
    "leave": Words(ar="صفحة القرعة", fr="Page du tirage", en="Page of the draw"),
    "alone": Words(
        ar="لا اتصال: تبقى الشاشة كما هي",
        fr="Sans connexion : l’écran reste tel quel",
        en="No connection: the screen stays as it is",
    ),
}
