"""The names of reasons, seats and roles of a draw."""

from __future__ import annotations

from village.draws.rules.eligibility import Reason
from village.draws.rules.plan import SeatKind
from village.kit.i18n import Words

REASONS = {
    Reason.ABSENT: Words(
        ar="غياب يوم على الأقل",
        fr="absence d’au moins un jour",
        en="absent for at least one day",
    ),
    Reason.AWARD: Words(ar="متوج بجائزة", fr="lauréat d’un prix", en="winner of an award"),
    Reason.TIE: Words(
        ar="صلة مصرح بها مع الجهة المنظمة",
        fr="lien déclaré avec l’organisateur",
        en="declared tie to the organiser",
    ),
}

SEATS = {
    SeatKind.PARTICIPANTS: Words(
        ar="ممثل(ة) المشاركين",
        fr="Représentant(e) des participants",
        en="Representative of the participants",
    ),
    SeatKind.JUROR: Words(
        ar="عضو لجنة التحكيم",
        fr="Membre du jury",
        en="Member of the jury",
    ),
    SeatKind.OFFICER: Words(ar="مفوض قضائي", fr="Huissier de justice", en="Judicial officer"),
    SeatKind.COOPERATIVE: Words(
        ar="تعاونية خارج القرعة",
        fr="Coopérative hors tirage",
        en="Cooperative outside the draw",
    ),
    SeatKind.PUBLIC: Words(ar="شاهد(ة) من الجمهور", fr="Témoin du public", en="Witness from the public"),
}

ROLES = {
    "chair": Words(
        ar="رئيس(ة) لجنة القرعة",
        fr="Président(e) de la commission",
        en="Chair of the commission",
    ),
    "member": Words(ar="عضو اللجنة", fr="Membre de la commission", en="Member of the commission"),
    "secretary": Words(ar="كاتب(ة) اللجنة", fr="Secrétaire de la commission", en="Secretary of the commission"),
}

VOIDS = {
    "absent_three_calls": Words(
        ar="غائب بعد ثلاثة نداءات",
        fr="absence après trois appels",
        en="absent after three calls",
    ),
    "declined": Words(ar="تنازل عن الجائزة", fr="renonciation au lot", en="gave up the prize"),
    "not_eligible": Words(
        ar="لا تتوفر فيه شروط المشاركة",
        fr="ne remplissait pas les conditions",
        en="did not meet the conditions",
    ),
}

CANCELS = {
    "list_wrong": Words(ar="خطأ في اللائحة", fr="erreur dans la liste", en="a mistake in the list"),
    "no_prize": Words(ar="الجائزة غير متوفرة", fr="lot indisponible", en="the prize is not there"),
    "postponed": Words(ar="تأجيل القرعة", fr="tirage reporté", en="the draw is put off"),
    "forbidden": Words(ar="منع من السلطات", fr="interdiction par les autorités", en="forbidden by the authorities"),
}

WITHDRAWALS = {
    "not_available": Words(ar="الجائزة غير متوفرة", fr="lot indisponible", en="the prize is not there"),
    "unfit": Words(ar="الجائزة غير صالحة", fr="lot défectueux", en="the prize is not fit to be given"),
    "given_back": Words(ar="أُرجعت الجائزة", fr="lot rendu", en="the prize was given back"),
}
