"""The people of the fair's tests. Each has a trade and a name; nobody is called user1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PASSWORD = "qasba-zaytoun-2026"  # every account of the cast, in tests only


@dataclass(frozen=True)
class Member:
    """One of the cast: names in both scripts, and the account's user name and role where there is an account."""

    number: int
    username: str
    role: str | None
    given_ar: str
    family_ar: str
    given_fr: str
    family_fr: str
    gender: Literal["m", "f", "unknown"]
    phone: str


# With an account. `number` is also the account's id in deeds of tests that make no account row.
ZINEB = Member(1, "zineb", "organiser", "زينب", "أمزيان", "Zineb", "Ameziane", "f", "+212600000001")
HAMID = Member(2, "hamid", "floor_manager", "حميد", "الورياغلي", "Hamid", "El Ouriaghli", "m", "+212600000002")
NAIMA = Member(3, "naima", "desk", "نعيمة", "بنعمر", "Naima", "Benomar", "f", "+212600000003")
DRISS = Member(4, "driss", "juror", "إدريس", "السوسي", "Driss", "Soussi", "m", "+212600000004")
LATIFA = Member(5, "latifa", "chair", "لطيفة", "الإدريسي", "Latifa", "El Idrissi", "f", "+212600000005")
BRAHIM = Member(6, "brahim", "commission", "إبراهيم", "أوعلي", "Brahim", "Ouali", "m", "+212600000006")
SALMA = Member(7, "salma", "auditor", "سلمى", "التازي", "Salma", "Tazi", "f", "+212600000007")
RACHIDA = Member(8, "rachida", "exhibitor", "رشيدة", "آيت القاضي", "Rachida", "Aït El Kadi", "f", "+212600000008")

# Without an account: they come to the workshops.
YOUSSEF = Member(21, "", None, "يوسف", "المرابط", "Youssef", "El Mourabit", "m", "+212600000021")
FADMA = Member(22, "", None, "فاضمة", "أوبلا", "Fadma", "Oubella", "f", "+212600000022")
MINA = Member(23, "", None, "مينة", "", "", "", "unknown", "")  # known by one name, in one script, without a phone

STAFF: dict[str, Member] = {
    member.role: member
    for member in (ZINEB, HAMID, NAIMA, DRISS, LATIFA, BRAHIM, SALMA, RACHIDA)
    if member.role is not None
}
VISITORS = (YOUSSEF, FADMA, MINA)

# Organisations of the cast: (code, Arabic name, French name, sector).
TIFAWIN = ("C901", "تعاونية تيفاوين", "Coopérative Tifawine", "argan")
ANNOUR = ("C902", "تعاونية النور", "Coopérative Annour", "agriculture")
