"""Exhibitors: what an organisation says of itself, what becomes of its application, its days at the fair."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime, time

ICE_DIGITS = 15
ICE_MODULUS = 97


class Status(StrEnum):
    """How far an application has come."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    WAITLISTED = "waitlisted"
    REJECTED = "rejected"


class DecisionReason(StrEnum):
    """Why an application was turned down; recorded, and said to the exhibitor."""

    OUTSIDE_REGION = "outside_region"
    MISSING_ONSSA = "missing_onssa"
    LATE = "late"


class Presence(StrEnum):
    """How an exhibitor came on one day of the fair."""

    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"


class LastYear(StrEnum):
    """How good the place was that an exhibitor had at the last edition."""

    GOOD = "good"
    AVERAGE = "average"
    POOR = "poor"


@dataclass(frozen=True)
class NewExhibitor:
    """An organisation with its application as it comes in.  A name in one script is enough.

    ``power_w`` in watts; ``score_tenths`` are the committee's points in tenths; ``submitted_at`` is
    local wall time; ``labels``, ``papers`` and ``missing_papers`` are codes.
    """

    code: str
    name_ar: str
    name_fr: str
    sector: str
    branch: str
    province_code: str
    kind: str = "cooperative"
    commune_code: str | None = None
    register_no: str | None = None
    ice: str | None = None
    founded: date | None = None
    members: int = 0
    women_members: int = 0
    is_womens: bool = False
    products_ar: str = ""
    products_fr: str = ""
    labels: tuple[str, ...] = ()
    power_w: int = 0
    needs_water: bool = False
    needs_cold: bool = False
    needs_step_free: bool = False
    chair_ar: str = ""
    chair_fr: str = ""
    chair_gender: str = "unknown"
    phone: str | None = None
    email: str | None = None
    previous_editions: int = 0
    last_year_place: str | None = None
    preferred_zone: str | None = None
    reference: str | None = None
    submitted_at: datetime | None = None
    score_tenths: int | None = None
    papers: tuple[str, ...] = ()
    missing_papers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decision:
    """What the committee decided of one application; ``waiting_rank`` from 1, for the waiting list only."""

    code: str
    status: Status
    waiting_rank: int | None = None
    reason: DecisionReason | None = None


@dataclass(frozen=True)
class NewPresence:
    """One exhibitor on one day; ``sales_mad`` are the declared sales in whole dirhams."""

    exhibitor_id: int
    date: date
    status: Presence
    arrived_at: time | None = None
    sales_mad: int | None = None


@dataclass(frozen=True)
class Sector:
    """A sector of the catalogue, with the names of its branches by code: (ar, fr, en)."""

    code: str
    name_ar: str
    name_fr: str
    name_en: str
    food_safety_doc: bool
    branches: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)


def is_ice(text: str) -> bool:
    """Whether this is an identifiant commun de l'entreprise: fifteen digits whose number is 0 modulo 97."""
    return len(text) == ICE_DIGITS and text.isascii() and text.isdigit() and int(text) % ICE_MODULUS == 0


def why_not_add(new: NewExhibitor, sectors: Mapping[str, Sector]) -> list[Refusal]:
    """Everything that speaks against taking in this exhibitor."""
    who = {"exhibitor": new.code}
    sector = sectors.get(new.sector)
    tests = (
        ("exhibitor_without_name", not (new.name_ar + new.name_fr).strip()),
        ("sector_not_found", sector is None),
        ("branch_unknown", sector is not None and bool(new.branch) and new.branch not in sector.branches),
        ("ice_wrong", new.ice is not None and not is_ice(new.ice)),
        ("members_wrong", not 0 <= new.women_members <= new.members),
        ("power_wrong", new.power_w < 0),
    )
    return [Refusal(code, {**who, "sector": new.sector}) for code, wrong in tests if wrong]


def why_not_decide(decision: Decision) -> Refusal | None:
    """The refusal to record this decision, or None.

    A rejection needs its reason and a place on the waiting list its rank; nothing else has either.
    """
    who = {"exhibitor": decision.code}
    if decision.status is Status.SUBMITTED:
        return Refusal("decision_missing", who)
    if (decision.reason is not None) != (decision.status is Status.REJECTED):
        return Refusal("decision_reason_wrong", who)
    if (decision.waiting_rank is not None) != (decision.status is Status.WAITLISTED):
        return Refusal("waiting_rank_wrong", who)
    return None


# Words that say what kind of organisation it is, not which one.
_KIND_WORDS = frozenset(
    {"تعاونية", "جمعية", "اتحاد", "شبكة", "coopérative", "cooperative", "coop", "association", "union", "réseau"}
)


def short_name(name: str, limit: int = 10) -> str:
    """The word of a name that fits on a stand three metres wide: «تعاونية نحلة جبل فوغال» → «نحلة»."""
    words = [word for word in name.split() if word.casefold().strip(".") not in _KIND_WORDS]
    first = words[0] if words else name.strip()
    return first if len(first) <= limit else first[: limit - 1] + "…"
