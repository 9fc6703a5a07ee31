"""Reads of persons: one, many, found by what is typed, and who may be the same."""

from village.people.queries.arrivals import find_just_come
from village.people.queries.duplicates import (
    PAIRS_SHOWN,
    DistinctRow,
    Likely,
    MergeRow,
    get_merge,
    list_distinct,
    list_likely,
    list_merges,
)
from village.people.queries.own_data import get_own_data
from village.people.queries.persons import (
    PersonRow,
    ProfileCount,
    Traits,
    candidates,
    count_people,
    find_person_by_link,
    get_person,
    ids_by_code,
    link_token,
    list_people,
    list_profiles,
    list_traits,
    search_people,
)

__all__ = [
    "PAIRS_SHOWN",
    "DistinctRow",
    "Likely",
    "MergeRow",
    "PersonRow",
    "ProfileCount",
    "Traits",
    "candidates",
    "count_people",
    "find_just_come",
    "find_person_by_link",
    "get_merge",
    "get_own_data",
    "get_person",
    "ids_by_code",
    "link_token",
    "list_distinct",
    "list_likely",
    "list_merges",
    "list_people",
    "list_profiles",
    "list_traits",
    "search_people",
]
