"""What sessions are: their kinds with what each one asks for, the themes they touch, the languages they are held in.

The organisers' rule: «الورشات واللقاءات التحسيسية والموائد المستديرة بالتسجيل وبشهادة؛ الجلسات العامة والمنتديات
والندوات والأيام الدراسية واللقاءات التشاورية بمحضر؛ والحفل مفتوح للجميع» / « inscription et attestation pour les
ateliers, les sensibilisations et les tables rondes ; compte rendu pour les plénières, les forums, les colloques, les
journées d’étude et les consultations ; une cérémonie est ouverte à tous ».

Codes are kept in the database and stand in addresses: they never change. This table alone decides; the pages, the desk,
the certificates and the minutes read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeVar

from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Named:
    """A code of the programme with its name in three languages."""

    code: str
    ar: str
    fr: str
    en: str

    def name(self, lang: Literal["ar", "fr", "en"]) -> str:
        """The name in one language."""
        return {"ar": self.ar, "fr": self.fr, "en": self.en}[lang]


@dataclass(frozen=True, slots=True)
class SessionKind(Named):
    """A kind of session.

    `registers`: people take a place beforehand; without it everybody is welcome and no list is kept.
    `certificate`: whoever attended is given one. `minutes`: somebody writes what was said and decided.
    """

    registers: bool = True
    certificate: bool = False
    minutes: bool = False


Thing = TypeVar("Thing", bound=Named)


def _by_code(*things: Thing) -> Mapping[str, Thing]:
    return MappingProxyType({thing.code: thing for thing in things})


KINDS: Mapping[str, SessionKind] = _by_code(
    SessionKind("training", "ورشة تكوينية", "Atelier de formation", "Training workshop", certificate=True),
    SessionKind("awareness", "ورشة تحسيسية", "Atelier de sensibilisation", "Awareness workshop", certificate=True),
    SessionKind("round_table", "مائدة مستديرة", "Table ronde", "Round table", certificate=True),
    SessionKind("plenary", "جلسة عامة", "Séance plénière", "Plenary session", minutes=True),
    SessionKind("forum", "منتدى", "Forum", "Forum", minutes=True),
    SessionKind("seminar", "ندوة", "Colloque", "Seminar", minutes=True),
    SessionKind("study_day", "يوم دراسي", "Journée d’étude", "Study day", minutes=True),
    SessionKind("consultation", "لقاء تشاوري", "Consultation", "Consultation", minutes=True),
    SessionKind("ceremony", "حفل", "Cérémonie", "Ceremony", registers=False),
)
"""The kinds of session by code, in the order in which they are offered."""

THEMES: Mapping[str, Named] = _by_code(
    Named("entrepreneurship", "المقاولة الاجتماعية", "Entrepreneuriat social", "Social enterprise"),
    Named("management", "تدبير التعاونيات", "Gestion des coopératives", "Running a cooperative"),
    Named("marketing", "التسويق والبيع", "Commercialisation et vente", "Marketing and sales"),
    Named("digital", "الرقمنة والتواصل", "Numérique et communication", "Digital tools and communication"),
    Named("finance", "التمويل", "Financement", "Finance"),
    Named("quality", "الجودة والسلامة الصحية", "Qualité et sécurité sanitaire", "Quality and food safety"),
    Named("local_products", "المنتوجات المجالية", "Produits du terroir", "Local products"),
    Named("ecology", "البيئة والتنمية المستدامة", "Écologie et développement durable", "Ecology and sustainability"),
    Named("health", "الصحة والوقاية", "Santé et prévention", "Health and prevention"),
    Named("ethics", "القيم والأخلاق", "Valeurs et éthique", "Values and ethics"),
    Named("citizenship", "المواطنة والحكامة المحلية", "Citoyenneté, gouvernance locale", "Citizenship, local affairs"),
)
"""What sessions are about, by code."""

LANGS: Mapping[str, Named] = _by_code(
    Named("ar", "العربية", "Arabe", "Arabic"),
    Named("zgh", "الأمازيغية", "Amazighe", "Amazigh"),
    Named("fr", "الفرنسية", "Français", "French"),
    Named("en", "الإنجليزية", "Anglais", "English"),
)
"""The languages in which sessions are held, by their code of BCP 47 (zgh: standard Moroccan Amazigh)."""

EARNING_KINDS = frozenset(kind.code for kind in KINDS.values() if kind.certificate)
"""Codes of the kinds that give a certificate."""


def registers(kind: str) -> bool:
    """Tell whether people take a place in sessions of this kind; a kind nobody knows takes none."""
    return kind in KINDS and KINDS[kind].registers


def gives_certificate(kind: str) -> bool:
    """Tell whether attending a session of this kind gives a certificate."""
    return kind in EARNING_KINDS


def asks_minutes(kind: str) -> bool:
    """Tell whether minutes are written of sessions of this kind."""
    return kind in KINDS and KINDS[kind].minutes


def why_no_registration(kind: str, workshop: str) -> Refusal | None:
    """Say that a session of this kind takes no registrations: everybody is welcome. None where it takes some."""
    return None if registers(kind) else Refusal("registration_not_needed", {"workshop": workshop})


def why_no_minutes(kind: str, workshop: str) -> Refusal | None:
    """Say that no minutes are kept of a session of this kind, or None."""
    return None if asks_minutes(kind) else Refusal("minutes_not_asked", {"workshop": workshop})


def in_order(codes: Iterable[str], known: Collection[str]) -> tuple[str, ...]:
    """Return the known ones of some codes, each once, in the order of the table."""
    wanted = set(codes)
    return tuple(code for code in known if code in wanted)
