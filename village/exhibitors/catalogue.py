"""The catalogue of sectors and the names of provinces, read once from the data files of the house."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from village.exhibitors.rules import Sector

if TYPE_CHECKING:
    from collections.abc import Mapping

Names = tuple[str, str, str]
"""A name in Arabic, French and English."""


@lru_cache(maxsize=1)
def sectors() -> Mapping[str, Sector]:
    """All sectors by code, in the order of the catalogue (after the list of ODCO)."""
    text = files("village.exhibitors").joinpath("data/sectors.json").read_text(encoding="utf-8")
    return {
        each["code"]: Sector(
            each["code"],
            each["name_ar"],
            each["name_fr"],
            each["name_en"],
            each["food_safety_doc"],
            {b["code"]: (b["name_ar"], b["name_fr"], b["name_en"]) for b in each["branches"]},
        )
        for each in json.loads(text)["sectors"]
    }


def sector_names(code: str) -> Names:
    """The sector's name in three languages; its code where the catalogue does not know it."""
    found = sectors().get(code)
    return (found.name_ar, found.name_fr, found.name_en) if found else (code, code, code)


def branch_names(sector: str, branch: str) -> Names:
    """The branch's name in three languages; empty where the catalogue does not know it."""
    found = sectors().get(sector)
    return found.branches.get(branch, ("", "", "")) if found else ("", "", "")


@lru_cache(maxsize=1)
def provinces() -> Mapping[str, Names]:
    """Names of all provinces and prefectures by code (HCP, RGPH 2024); English uses the French spelling."""
    text = files("village.people").joinpath("geo/regions.json").read_text(encoding="utf-8")
    return {
        each["code"]: (each["name_ar"], each["name_fr"], each["name_fr"])
        for region in json.loads(text)["regions"]
        for each in region["provinces"]
    }


def province_names(code: str) -> Names:
    """The province's name in three languages; its code where it is not known."""
    return provinces().get(code, (code, code, code))
