"""Finding persons in either script: the right one first, from an index, quickly, among five thousand."""

from __future__ import annotations

import csv
import json
import random
from functools import lru_cache

import pytest
import sqlalchemy as sa

from config import ROOT
from tests.factories import make_edition
from village.people.actions import add_people
from village.people.queries import candidates, search_people
from village.people.rules import NewPerson, read_query

CASES = json.loads((ROOT / "tests/data/l10n/search_cases.json").read_text())
GEO = ROOT / "village/people/geo"


def taken_in(act, people):
    with act("system") as deed:
        edition = make_edition(deed)
        return edition, add_people(deed, edition, people)


def named(name):
    arabic = any("\u0600" <= c <= "\u06ff" or "\ufb50" <= c <= "\ufeff" for c in name)
    return NewPerson(given_ar=name) if arabic else NewPerson(given_fr=name)


@lru_cache
def places():
    """Names of regions, provinces and communes in both scripts; those written the same in both records count once."""
    rows = []
    for region in json.loads((GEO / "regions.json").read_text())["regions"]:
        rows += [region, *region["provinces"]]
    rows += json.loads((GEO / "communes_oriental.json").read_text())["communes"]
    return sorted({(row["name_ar"], row["name_fr"]) for row in rows})


@lru_cache
def participants():
    with (ROOT / "village/demo/data/participants.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@lru_cache
def crowd(number):
    """So many persons, named by chance from the names of the demo: seven in ten known in one script only."""
    chance = random.Random(5000)
    given = sorted({(row["given_ar"], row["given_fr"]) for row in participants()})
    family = sorted({(row["family_ar"], row["family_fr"]) for row in participants()})
    people = []
    for place in range(number):
        (given_ar, given_fr), (family_ar, family_fr) = chance.choice(given), chance.choice(family)
        script = chance.random()
        names = {"given_ar": given_ar, "family_ar": family_ar} if script < 0.65 else {}
        if script > 0.35:
            names |= {"given_fr": given_fr, "family_fr": family_fr}
        people.append(NewPerson(**names, phone=f"+2126{place:08d}"))
    return tuple(people)


def test_every_case_meets_and_no_negative_comes_first(act, session):
    names = sorted({case["name"] for case in CASES["cases"]})
    edition, ids = taken_in(act, [named(name) for name in names])
    id_of = dict(zip(names, ids, strict=True))
    first = 0
    for case in CASES["cases"]:
        found = [row.id for row in search_people(session, edition, case["query"])]
        assert id_of[case["name"]] in found, case
        first += found[0] == id_of[case["name"]]
    assert first / len(CASES["cases"]) >= 0.95


def test_what_only_shares_consonants_is_not_found_even_alone(act, session):
    edition, _ids = taken_in(act, [named(case["not"]) for case in CASES["negative"]])
    for case in CASES["negative"]:
        names = [row.name for row in search_people(session, edition, case["query"])]
        assert case["not"] not in names[:1], case


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("kept", "typed"), [("ar", "fr"), ("fr", "ar")])
def test_the_first_hit_is_right_for_the_names_of_places(act, session, kept, typed):
    pairs = [{"ar": ar, "fr": fr} for ar, fr in places()]
    edition, ids = taken_in(act, [named(pair[kept]) for pair in pairs])
    right = 0
    for pair, person in zip(pairs, ids, strict=True):
        found = search_people(session, edition, pair[typed], 1)
        # Two communes may bear one name: either is right.
        right += bool(found) and (found[0].id == person or found[0].name == pair[kept])
    assert right / len(pairs) >= 0.95


@pytest.mark.sqlite_only
@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_the_first_hit_is_right_for_the_people_of_the_demo_in_the_other_script(act, session, lang):
    other = "fr" if lang == "ar" else "ar"
    rows = [
        (f"{r[f'given_{lang}']} {r[f'family_{lang}']}", f"{r[f'given_{other}']} {r[f'family_{other}']}")
        for r in participants()
    ]
    rows = sorted({(kept, typed) for kept, typed in rows if kept.strip() and typed.strip()})
    edition, _ids = taken_in(act, [named(kept) for kept, _ in rows])
    right = sum(
        bool(found) and found[0].name == kept
        for kept, typed in rows
        for found in [search_people(session, edition, typed, 1)]
    )
    assert right / len(rows) >= 0.95


@pytest.mark.parametrize(
    "typed",
    [
        "06 00 00 00 21",
        "0600000021",
        "+212600000021",
        "00212 600000021",
        "0021",
        "٠٠٢١",
        "p002",
        "El Mourabit Youssef",
        "المرابط",
    ],
)
def test_by_telephone_code_or_family_name_first(act, session, typed):
    edition, ids = taken_in(
        act,
        [
            NewPerson(given_fr="Fadma", family_fr="Oubella", phone="+212600000022"),
            NewPerson(given_fr="Youssef", family_fr="Elmourabit", phone="+212600000021"),
            NewPerson(given_fr="Youssef", family_fr="Tazi"),
        ],
    )
    assert search_people(session, edition, typed)[0].id == ids[1]


@pytest.mark.parametrize(
    "typed", ["", " ", "%", "_", "-", "\u200f", "'; DROP TABLE person --", "ﷺ" * 300, "a" * 500, "😀"]
)
def test_whatever_is_typed_is_answered(act, session, typed):
    edition, _ids = taken_in(act, [NewPerson(given_fr="Fadma")])
    assert search_people(session, edition, typed) == []


def test_names_of_vowels_alone_are_found(act, session):
    edition, ids = taken_in(act, [NewPerson(given_ar="يحيى"), NewPerson(given_ar="آية"), NewPerson(given_ar="سعيد")])
    assert search_people(session, edition, "Yahya")[0].id == ids[0]
    assert search_people(session, edition, "Aya")[0].id == ids[1]


def test_another_edition_is_another_list(act, session):
    edition, _ids = taken_in(act, [NewPerson(given_fr="Fadma")])
    assert search_people(session, edition + 1, "Fadma") == []


def plan_of(session, statement, values):
    statement = statement.params(values)
    compiled = statement.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN QUERY PLAN " if session.get_bind().dialect.name == "sqlite" else "EXPLAIN "
    # The percent signs of a compiled text are for a driver that fills in values; here there are none to fill in.
    return "\n".join(str(row) for row in session.connection().exec_driver_sql(explain + str(compiled)))


@pytest.mark.parametrize("typed", ["خديجة المرابط", "0021"])
def test_the_index_is_used_on_both_databases(act, session, typed):
    edition, _ids = taken_in(act, crowd(5000))
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text("ANALYZE person_key"))
    plan = plan_of(session, *candidates(edition, read_query(typed)))
    assert "Seq Scan" not in plan, plan
    scans = [line for line in plan.splitlines() if "Scan" in line or "SCAN" in line or "SEARCH" in line]
    scans = [line for line in scans if "person_key" in line]
    assert scans, plan
    for line in scans:
        assert "pk_person_key" in line or (
            "USING COVERING INDEX sqlite_autoindex_person_key" in line and "SEARCH" in line
        ), plan


def test_two_queries_whatever_is_found(act, session):
    edition, _ids = taken_in(act, crowd(300))
    asked = []
    sa.event.listen(session.get_bind(), "before_cursor_execute", lambda *said: asked.append(said[2]))
    search_people(session, edition, "Khadija")
    assert len([statement for statement in asked if statement.startswith("SELECT")]) == 2
