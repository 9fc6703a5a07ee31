"""Persons: what a name and a telephone number are, how one is found in either script, and who may be the same."""

from village.people.rules.duplicates import Known, Pair, Sign, likely_pairs
from village.people.rules.finding import Query, Wanted, keys_of, nearness, read_query
from village.people.rules.keys import SCOPES, digest_of, looks_like_key, why_not_key, write_key
from village.people.rules.merging import PARTS, Mover, Standing, why_not_merge
from village.people.rules.needs import NEEDS, Need, list_needs, pack_needs
from village.people.rules.persons import CATEGORIES, Gender, NewPerson, why_not_add
from village.people.rules.phones import parse_phones, show_phone
from village.people.rules.spelling import consonant_key, fold, western_digits

__all__ = [
    "CATEGORIES",
    "NEEDS",
    "PARTS",
    "SCOPES",
    "Gender",
    "Known",
    "Mover",
    "Need",
    "NewPerson",
    "Pair",
    "Query",
    "Sign",
    "Standing",
    "Wanted",
    "consonant_key",
    "digest_of",
    "fold",
    "keys_of",
    "likely_pairs",
    "list_needs",
    "looks_like_key",
    "nearness",
    "pack_needs",
    "parse_phones",
    "read_query",
    "show_phone",
    "western_digits",
    "why_not_add",
    "why_not_key",
    "why_not_merge",
    "write_key",
]
